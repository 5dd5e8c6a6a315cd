"""Conduct of banks (七不准): what may be reported, how a case goes, and when figures alone raise a flag. No database here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from financing.acts import Act
from financing.flow import Flow
from financing.money import Fen


class Practice(StrEnum):
    """The seven practices that are forbidden (银监发〔2012〕3号), and a promise of renewal that was broken after a bridge."""

    TURNED_INTO_DEPOSIT = "P1"
    DEPOSIT_FIRST = "P2"
    FEE_FOR_LOAN = "P3"
    INTEREST_AS_FEE = "P4"
    BUNDLED = "P5"
    FULL_MARK_UP = "P6"
    COST_PASSED_ON = "P7"
    PROMISE_BROKEN = "B1"


#: What a firm can report; a broken promise is found by the bridge fund itself.
REPORTED = tuple(one for one in Practice if one is not Practice.PROMISE_BROKEN)
#: Rules of `offers.forbidden` that are no P of their own: fees for transfers and unused money, costs the bank has to bear.
RULE_MEANS = {
    "E1": Practice.FEE_FOR_LOAN,
    "E2": Practice.FEE_FOR_LOAN,
    "E3": Practice.COST_PASSED_ON,
    "E4": Practice.COST_PASSED_ON,
}


class Source(StrEnum):
    """How a case came up."""

    REPORT = "report"
    CHECK = "check"
    DETECTION = "detection"
    BRIDGE = "bridge"


#: Sources behind which stands a firm that nobody else may learn of.
CONFIDED = frozenset({Source.REPORT, Source.CHECK})


class ConductState(StrEnum):
    RECEIVED = "received"
    LOOKING = "looking"
    ASKED = "asked"
    FOUND = "found"
    NOT_FOUND = "not_found"
    REFERRED = "referred"
    CLOSED = "closed"


S = ConductState
OPEN = frozenset(S) - {S.CLOSED}
#: States in which nothing has been found yet, so that the clock runs.
UNDECIDED = frozenset({S.RECEIVED, S.LOOKING, S.ASKED})
FLOW = Flow(
    start=S.RECEIVED,
    steps={
        (S.RECEIVED, Act.LOOK_INTO): S.LOOKING,
        (S.LOOKING, Act.ASK_BANK): S.ASKED,
        **{(state, Act.FIND_BREACH): S.FOUND for state in (S.LOOKING, S.ASKED)},
        **{(state, Act.FIND_NOTHING): S.NOT_FOUND for state in (S.LOOKING, S.ASKED)},
        **{(state, Act.REFER_CONDUCT): S.REFERRED for state in (S.LOOKING, S.ASKED)},
        **{(state, Act.CLOSE_CONDUCT): S.CLOSED for state in (S.FOUND, S.NOT_FOUND, S.REFERRED)},
        **{(state, Act.HEAR_WORD): state for state in S},
    },
    follows={(S.ASKED, Act.ANSWER_LETTER): S.LOOKING},
)


class ConductOutcome(StrEnum):
    """What came of a case, for whoever reported and for the statistics."""

    CORRECTED = "corrected"
    REPAID = "repaid"
    WARNED = "warned"
    UNPROVEN = "unproven"
    UNFOUNDED = "unfounded"
    PASSED_ON = "passed_on"


O = ConductOutcome  # noqa: E741  as S above
#: What may come of a case by what was found.
OUTCOMES: Mapping[ConductState, tuple[ConductOutcome, ...]] = {
    S.FOUND: (O.CORRECTED, O.REPAID, O.WARNED),
    S.NOT_FOUND: (O.UNPROVEN, O.UNFOUNDED),
    S.REFERRED: (O.PASSED_ON,),
}
#: Outcomes that say the bank did it.
BREACH = frozenset(OUTCOMES[S.FOUND])


class Word(StrEnum):
    """What is written in a case; the first three come from whoever reported."""

    MORE = "more"
    AGREES = "agrees"
    RETALIATION = "retaliation"
    HANDLING = "handling"
    ANSWER = "answer"


#: What whoever reported may add, at any time.
OWN_WORDS = (Word.MORE, Word.AGREES, Word.RETALIATION)


class Seat(StrEnum):
    """The two who handle reports: a leader, who is no firm's officer, and one more."""

    LEADING = "leading"
    SECOND = "second"


class SeatState(StrEnum):
    PROPOSED = "proposed"
    ADOPTED = "adopted"
    TURNED_DOWN = "turned_down"


SEAT_FLOW = Flow(
    start=SeatState.PROPOSED,
    steps={
        (SeatState.PROPOSED, Act.ADOPT_HANDLER): SeatState.ADOPTED,
        (SeatState.PROPOSED, Act.TURN_DOWN_HANDLER): SeatState.TURNED_DOWN,
    },
)


class Cost(StrEnum):
    """What a bank may have asked for beside the loan."""

    DEPOSIT = "deposit"
    INSURANCE = "insurance"
    FEE = "fee"


#: The practice that a cost points to, for a report that begins with the answer.
MEANS = {Cost.DEPOSIT: Practice.TURNED_INTO_DEPOSIT, Cost.INSURANCE: Practice.BUNDLED, Cost.FEE: Practice.FEE_FOR_LOAN}


def practice_of(rule: str) -> Practice:
    """The practice that a rule of `offers.forbidden` speaks of."""
    return RULE_MEANS[rule] if rule in RULE_MEANS else Practice(rule)


def flagged(kept: Fen, paid: Fen, kept_on: date, paid_on: date, *, share_ppm: int, days: int) -> bool:
    """Whether a deposit beside a pay-out is a sign by its size and its day alone (以贷转存): both bounds included."""
    return kept.fen * 1_000_000 >= paid.fen * share_ppm and abs((kept_on - paid_on).days) <= days


class Telling(StrEnum):
    """What in a letter would tell who reported."""

    FIRM = "firm"
    CODE = "code"
    PHONE = "phone"
    PERSON = "person"
    NEED = "need"


def gives_away(text: str, secrets: Iterable[tuple[Telling, str]]) -> Telling | None:
    """The kind of thing in a letter that would tell who reported, spaces and case aside; None when nothing does."""
    plain = "".join(text.split()).casefold()
    for kind, secret in secrets:
        bare = "".join(secret.split()).casefold()
        if len(bare) >= 2 and bare in plain:
            return kind
    return None


#: What the names of firms end with and begin with, and which tells nobody.
COMMON = ("有限责任公司", "股份有限公司", "有限公司", "合伙企业", "公司", "厂")


def plain_name(name: str) -> str:
    """The part of a firm's name by which people call it: without what all firms are called."""
    for end in COMMON:
        if name.endswith(end):
            return name.removesuffix(end)
    return name
