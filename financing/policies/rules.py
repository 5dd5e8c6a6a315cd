"""How policies, their clauses, what firms claim and what they ask move; and what several clauses together come to. No database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from financing.acts import Act
from financing.flow import Flow
from financing.money import Fen


class Level(StrEnum):
    NATIONAL = "national"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    ZONE = "zone"


class Benefit(StrEnum):
    """What a clause gives."""

    SUBSIDY = "subsidy"
    INTEREST = "interest"
    GUARANTEE_FEE = "guarantee_fee"
    TAX = "tax"
    AWARD = "award"
    LAND = "land"
    TALENT = "talent"
    SERVICE = "service"


class Route(StrEnum):
    """How a firm gets it."""

    AUTOMATIC = "automatic"  # 免申即享
    QUICK = "quick"  # 快申快享
    ORDINARY = "ordinary"


class PolicyState(StrEnum):
    DRAFT = "draft"
    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    EXPIRED = "expired"
    REPEALED = "repealed"


class ClauseState(StrEnum):
    DRAFT = "draft"
    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    REPLACED = "replaced"  # another edition counts from its day on


class ClaimState(StrEnum):
    NOTIFIED = "notified"
    APPLIED = "applied"
    REVIEWED = "reviewed"
    PUBLICISED = "publicised"
    PAYING = "paying"
    PAID = "paid"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Entry(StrEnum):
    """What a line of the ledger says of a claim."""

    APPLIED = "applied"
    GRANTED = "granted"
    PAID = "paid"


class AmountRule(StrEnum):
    """How a sum is worked out (scoring.policy)."""

    FIXED = "fixed"
    SHARE = "share"
    PER_UNIT = "per_unit"
    TIERS = "tiers"
    INTEREST = "interest"
    SERVICE = "service"


class Confidence(StrEnum):
    """How sure we are of a source."""

    A = "A"
    B = "B"
    C = "C"


class QuestionState(StrEnum):
    ASKED = "asked"
    PUBLISHED = "published"


P, C, M = PolicyState, ClauseState, ClaimState
POLICY_FLOW = Flow(
    start=P.DRAFT,
    steps={
        (P.DRAFT, Act.PROPOSE_POLICY): P.PROPOSED,
        (P.PROPOSED, Act.ADOPT_POLICY): P.IN_FORCE,
        (P.PROPOSED, Act.TURN_DOWN_POLICY): P.DRAFT,
        (P.IN_FORCE, Act.REPEAL_POLICY): P.REPEALED,
        (P.IN_FORCE, Act.EXPIRE_POLICY): P.EXPIRED,
    },
)
CLAUSE_FLOW = Flow(
    start=C.DRAFT,
    steps={
        (C.DRAFT, Act.PROPOSE_CLAUSE): C.PROPOSED,
        (C.PROPOSED, Act.ADOPT_CLAUSE): C.IN_FORCE,
        (C.PROPOSED, Act.TURN_DOWN_CLAUSE): C.DRAFT,
    },
    follows={
        (C.DRAFT, Act.ADOPT_POLICY): C.IN_FORCE,
        (C.IN_FORCE, Act.ADOPT_CLAUSE): C.REPLACED,  # by the edition after it
    },
)
CLAIM_FLOW = Flow(
    start=M.APPLIED,
    steps={
        (M.NOTIFIED, Act.APPLY_CLAIM): M.APPLIED,
        (M.NOTIFIED, Act.WITHDRAW_CLAIM): M.WITHDRAWN,
        (M.APPLIED, Act.WITHDRAW_CLAIM): M.WITHDRAWN,
        (M.NOTIFIED, Act.REVIEW_CLAIM): M.REVIEWED,  # 免申即享 alone
        (M.APPLIED, Act.REVIEW_CLAIM): M.REVIEWED,
        **{(state, Act.REFUSE_CLAIM): M.REFUSED for state in (M.APPLIED, M.REVIEWED, M.PUBLICISED)},
        (M.REVIEWED, Act.PUBLICISE_CLAIM): M.PUBLICISED,
        (M.PUBLICISED, Act.ASK_PAYMENT): M.PAYING,
        (M.PAYING, Act.PAY_CLAIM): M.PAID,
        (M.PAYING, Act.RETURN_PAYMENT): M.PUBLICISED,
    },
)
QUESTION_FLOW = Flow(
    start=QuestionState.ASKED, steps={(QuestionState.ASKED, Act.ANSWER_POLICY): QuestionState.PUBLISHED}
)
#: Of a claim in one of these nothing will come.
OVER = (M.REFUSED, M.WITHDRAWN)
#: A policy that firms cannot read yet.
UNPUBLISHED = (P.DRAFT, P.PROPOSED)
#: Clauses that count, each on its own days.
COUNTED = (C.IN_FORCE, C.REPLACED)


@dataclass(frozen=True, slots=True)
class Worth:
    """What a firm may get by one clause: fen, None where that cannot be told; clauses of one group exclude each other."""

    fen: int | None
    group: str
    closes: date | None
    sure: bool


def total(worth: Iterable[Worth]) -> Fen:
    """What these come to together: of a group that excludes only the largest counts (不得重复享受)."""
    alone, best = 0, dict[str, int]()
    for one in worth:
        if one.group:
            best[one.group] = max(best.get(one.group, 0), one.fen or 0)
        else:
            alone += one.fen or 0
    return Fen(min(alone + sum(best.values()), 10**15))


def by_money_and_day(one: Worth) -> tuple[bool, int, date]:
    """Sure ones first, then by money, then by the nearest deadline."""
    return (not one.sure, -(one.fen or 0), one.closes or date.max)


def level_due(closes: date, today: date, levels: Iterable[int]) -> int | None:
    """The nearest bound of days that has been reached before a window closes; None before the first one, and once it is closed."""
    left = (closes - today).days
    reached = [level for level in levels if 0 <= left <= level]
    return min(reached) if reached else None
