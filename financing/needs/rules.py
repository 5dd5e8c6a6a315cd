"""Financing needs (融资需求): states, what goes together, time limits. No database here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from financing.acts import Act
from financing.flow import Flow
from financing.money import Fen, Rate


class NeedState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    SCORED = "scored"
    INELIGIBLE = "ineligible"
    COMMITTEE = "committee"
    APPROVED = "approved"
    CONDITIONAL = "conditional"
    REJECTED = "rejected"
    LISTED = "listed"
    OFFERED = "offered"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"
    TERMINATED = "terminated"  # what it promised to hand in did not come
    CLOSED = "closed"  # nobody needs it any more, or nobody answers


S = NeedState
_ROAD = {
    (S.DRAFT, Act.EDIT_NEED): S.DRAFT,
    (S.DRAFT, Act.SUBMIT_NEED): S.SUBMITTED,
    (S.DRAFT, Act.TYPE_NEED): S.SUBMITTED,  # from a signed form, by an officer on the firm's behalf
    (S.RETURNED, Act.EDIT_NEED): S.RETURNED,
    (S.RETURNED, Act.SUBMIT_NEED): S.SUBMITTED,
    (S.SUBMITTED, Act.RETURN_NEED): S.RETURNED,
    (S.SUBMITTED, Act.ACCEPT_NEED): S.ACCEPTED,
    (S.ACCEPTED, Act.ASSESS_NEED): S.SCORED,
    (S.SCORED, Act.ASSESS_NEED): S.SCORED,
    (S.SCORED, Act.REFUSE_NEED): S.INELIGIBLE,
    (S.INELIGIBLE, Act.ASSESS_NEED): S.INELIGIBLE,
    (S.COMMITTEE, Act.ASSESS_NEED): S.COMMITTEE,  # the file has changed while the case is on its way
    (S.APPROVED, Act.PROPOSE_MATCH): S.APPROVED,
    (S.CONDITIONAL, Act.PROPOSE_MATCH): S.CONDITIONAL,
    (S.LISTED, Act.PROPOSE_MATCH): S.LISTED,
    (S.OFFERED, Act.PROPOSE_MATCH): S.OFFERED,
}
#: What comes of a second look, an objection, the committee's case, the ways to banks, and of papers that were promised.
_FOLLOWS = {
    (S.INELIGIBLE, Act.REVIEW_CONTEST): S.ACCEPTED,  # a second look overturned the refusal: scored anew
    (S.SCORED, Act.REVIEW_CONTEST): S.ACCEPTED,
    (S.INELIGIBLE, Act.UPHOLD_OBJECTION): S.ACCEPTED,  # a fact it was refused on was wrong: scored anew
    (S.DRAFT, Act.REVIEW_CONTEST): S.ACCEPTED,  # filed anew for a new vote; what was sealed stands
    (S.SCORED, Act.OPEN_CASE): S.COMMITTEE,
    (S.COMMITTEE, Act.APPROVE_CASE): S.APPROVED,
    (S.COMMITTEE, Act.CONFIRM_SMALL): S.APPROVED,  # two officers have agreed and no member called it in
    (S.COMMITTEE, Act.CONDITION_CASE): S.CONDITIONAL,
    (S.COMMITTEE, Act.REJECT_CASE): S.REJECTED,
    (S.APPROVED, Act.SEND_DOSSIER): S.LISTED,
    (S.CONDITIONAL, Act.SEND_DOSSIER): S.LISTED,
    (S.LISTED, Act.SEND_DOSSIER): S.LISTED,
    (S.OFFERED, Act.SEND_DOSSIER): S.OFFERED,
    (S.LISTED, Act.MAKE_OFFER): S.OFFERED,
    (S.OFFERED, Act.MAKE_OFFER): S.OFFERED,
    (S.OFFERED, Act.ACCEPT_OFFER): S.SETTLED,
    (S.ACCEPTED, Act.BREAK_PROMISE): S.TERMINATED,
    (S.SCORED, Act.BREAK_PROMISE): S.TERMINATED,
}
OPEN = frozenset(S) - {S.INELIGIBLE, S.REJECTED, S.SETTLED, S.WITHDRAWN, S.TERMINATED, S.CLOSED}
#: What the firm may be asked about when nothing is heard of it (F81): handed in, and not before the committee.
ASKABLE = OPEN - {S.DRAFT, S.COMMITTEE}
_ENDS = {(state, Act.WITHDRAW_NEED): S.WITHDRAWN for state in OPEN} | {
    (state, Act.CLOSE_NEED): S.CLOSED for state in ASKABLE
}
FLOW = Flow(start=S.DRAFT, steps=_ROAD | _ENDS, follows=_FOLLOWS)


class Purpose(StrEnum):
    """What the money is for; the guarantee reaches no further."""

    WORKING_CAPITAL = "working_capital"
    EQUIPMENT = "equipment"
    UPGRADE = "upgrade"


class Security(StrEnum):
    """What the firm can offer by itself."""

    NONE = "none"
    RECEIVABLES = "receivables"
    EQUIPMENT = "equipment"
    PROPERTY = "property"
    OWNER = "owner"


LONGEST_MONTHS = 60
LONGEST_USE = 500
HIGHEST_WISH = Rate.percent(24)  # a yearly rate above is a slip of the pen
#: States in which the zone's own clock runs (限时办结); later steps have their own.
CLOCKED = frozenset({S.SUBMITTED, S.ACCEPTED, S.SCORED})


class Wrong(StrEnum):
    """What cannot be true of a need; the part before the colon is the field."""

    AMOUNT = "amount:not_positive"
    CEILING = "amount:above_the_ceiling"
    MONTHS = "months:out_of_range"
    TOO_LONG = "months:too_long_for_working_capital"
    LATEST = "latest:in_the_past"
    UNREACHABLE = "latest:no_bank_day_before"
    USE = "use:empty"
    UNNAMED = "use:equipment_unnamed"
    WISH = "wish:out_of_range"
    BROKER = "no_broker:unconfirmed"

    @property
    def field(self) -> str:
        return self.value.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the figures of the day allow."""

    most: Fen  # one firm may ask for
    working_capital: int  # months of the longest working capital loan
    first: date  # on which a bank could pay out

    def facts(self) -> dict[str, object]:
        """The same for a sentence."""
        return {"most": self.most, "working_capital": self.working_capital, "first": self.first}


#: Words that name no equipment; what is left of a use when they are taken out is what is bought.
UNNAMING = re.compile(
    r"购买|购置|采购|添置|更新|更换|升级|改造|租赁|支付|生产线|生产|设备|机器|机械|装备|设施|若干|一批|一台|两台|几台|等|用于|用|的|款|费|买|和|及|新|"
    r"\b(?:buy|buying|purchase|of|new|some|more|the|a|an|for|equipment|machines?|machinery|production)\b|[\W\d_]",
    re.IGNORECASE,
)


def names_equipment(use: str) -> bool:
    """Whether a use says which equipment is bought, not merely that some is."""
    return len(UNNAMING.sub("", use)) >= 2


def impossible(
    amount: Fen, months: int, latest: date, today: date, *, use: str, wish: Rate | None, purpose: Purpose, bounds: Bounds
) -> tuple[Wrong, ...]:  # fmt: skip
    """Everything that cannot be true, by field; of one field the plainest alone."""
    turnover = purpose is Purpose.WORKING_CAPITAL
    wrong = (
        (Wrong.AMOUNT, amount.fen <= 0),
        (Wrong.CEILING, amount > bounds.most),
        (Wrong.MONTHS, not 1 <= months <= LONGEST_MONTHS),
        (Wrong.TOO_LONG, turnover and bounds.working_capital < months <= LONGEST_MONTHS),
        (Wrong.LATEST, latest < today),
        (Wrong.UNREACHABLE, today <= latest < bounds.first),
        (Wrong.USE, not use.strip() or len(use) > LONGEST_USE),
        (Wrong.UNNAMED, purpose is Purpose.EQUIPMENT and bool(use.strip()) and not names_equipment(use)),
        (Wrong.WISH, wish is not None and not Rate(0) <= wish <= HIGHEST_WISH),
    )
    return tuple(reason for reason, holds in wrong if holds)


class Turn(StrEnum):
    """Whose turn it is (轮到谁)."""

    FIRM = "firm"
    OFFICER = "officer"
    COMMITTEE = "committee"
    BANK = "bank"
    NOBODY = "nobody"


TURNS: Mapping[NeedState, Turn] = {
    S.DRAFT: Turn.FIRM,
    S.SUBMITTED: Turn.OFFICER,
    S.RETURNED: Turn.FIRM,
    S.ACCEPTED: Turn.OFFICER,
    S.SCORED: Turn.OFFICER,
    S.INELIGIBLE: Turn.NOBODY,
    S.COMMITTEE: Turn.COMMITTEE,
    S.APPROVED: Turn.OFFICER,
    S.CONDITIONAL: Turn.OFFICER,
    S.REJECTED: Turn.NOBODY,
    S.LISTED: Turn.BANK,
    S.OFFERED: Turn.FIRM,
    S.SETTLED: Turn.NOBODY,
    S.WITHDRAWN: Turn.NOBODY,
    S.TERMINATED: Turn.NOBODY,
    S.CLOSED: Turn.NOBODY,
}
#: The road as a firm sees it: each step is an act, passed when one of the states has been reached.
ROAD: tuple[tuple[Act, frozenset[NeedState]], ...] = (
    (Act.SUBMIT_NEED, frozenset({S.SUBMITTED})),
    (Act.ACCEPT_NEED, frozenset({S.ACCEPTED})),
    (Act.ASSESS_NEED, frozenset({S.SCORED})),
    (Act.OPEN_CASE, frozenset({S.COMMITTEE, S.INELIGIBLE})),
    (Act.CAST_VOTE, frozenset({S.APPROVED, S.CONDITIONAL, S.REJECTED})),
    (Act.SEND_DOSSIER, frozenset({S.LISTED})),
    (Act.MAKE_OFFER, frozenset({S.OFFERED})),
    (Act.ACCEPT_OFFER, frozenset({S.SETTLED})),
)


def passed(state: NeedState) -> int | None:
    """How many steps of the road lie behind a need; None for one taken back or closed on the way, whose journal knows."""
    if state in {S.WITHDRAWN, S.TERMINATED, S.CLOSED}:
        return None
    return next((place for place, (_, reached) in enumerate(ROAD, 1) if state in reached), 0)


def places(states: Iterable[NeedState | None]) -> list[int]:
    """To which step of the road each line of a need's history belongs: the one under way when it was written.

    A line names the state it led to, or None when it moved nothing.
    """
    at, found = 0, []
    for state in states:
        found.append(min(at, len(ROAD) - 1))
        if state is not None and (behind := passed(state)) is not None:
            at = behind
    return found
