"""The committee's resolution (决议) and minutes (评审纪要) of one case, ready to sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from financing.guarantees.rules import CaseState, Vote
from financing.money import Fen
from financing.money_words import capitals
from financing.parties.rules import Support
from financing.words import _
from reports.charts import Bar, bars
from reports.issued import Issued, issued_paper
from reports.pdf import Job
from reports.typesetting import SOURCE, wan, words

GRANTED = (CaseState.APPROVED, CaseState.CONDITIONAL)


class Attendance(StrEnum):
    """Where a member was while the case was heard."""

    PRESENT = "present"
    ABSENT = "absent"
    RECUSED = "recused"


@dataclass(frozen=True, slots=True)
class Member:
    """One seat of the committee; `tie` names why a recused member stepped aside (回避)."""

    name: str
    role: str
    attendance: Attendance
    tie: str = ""


@dataclass(frozen=True, slots=True)
class BallotLine:
    """One member's vote in one round with its reason."""

    name: str
    vote: Vote
    opinion: str


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit (限额) in fen: what was taken before the decision and what is taken after it."""

    name: str
    cap: int
    before: int
    after: int

    @property
    def free(self) -> int:
        """What is left after the decision."""
        return self.cap - self.after


@dataclass(frozen=True, slots=True)
class Terms:
    """What was granted: form, amount in fen, months, yearly fee in ppm, and the last day it may be used."""

    form: Support
    guarantor: str
    amount: int
    months: int
    fee: int
    until: date


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one of the two officers who surveyed the firm advised."""

    part: str
    name: str
    advice: str
    opinion: str


@dataclass(frozen=True, slots=True)
class ResolutionView:
    """Everything one resolution and its minutes say; amounts in fen, the rest as it is printed."""

    number: str
    zone: str
    committee: str
    meeting: str
    held: datetime
    place: str
    chair: str
    secretary: str
    firm: str
    uscc: str
    need: str
    amount: int
    months: int
    purpose: str
    grade: str
    total: int
    full: int
    card: str
    outcome: CaseState
    members: Sequence[Member]
    quorum: int
    majority: int
    rounds: Sequence[Sequence[BallotLine]]
    points: Sequence[str]
    conditions: Sequence[str]
    dissent: Sequence[BallotLine]
    limits: Sequence[Limit]
    terms: Terms | None
    reason: str
    sealed: datetime
    digest: str
    by_two: bool = False  # two officers decided, nobody sat (授权审批)
    order: Sequence[str] = ()  # what was heard out of order, and when it was put off
    opinions: Sequence[Opinion] = ()
    afford: str = ""
    price: Sequence[tuple[str, str]] = ()  # what the guarantee costs, what is asked in return, who bears a loss
    rehearsal: bool = False

    @property
    def present(self) -> int:
        """Members who sat and could vote."""
        return sum(member.attendance is Attendance.PRESENT for member in self.members)

    @property
    def recused(self) -> Sequence[Member]:
        """Members who stepped aside."""
        return [member for member in self.members if member.attendance is Attendance.RECUSED]

    @property
    def granted(self) -> bool:
        """Whether the committee stands behind the loan."""
        return self.outcome in GRANTED


def resolution(issued: Issued, view: ResolutionView, lang: str = SOURCE) -> Job:
    """The printing job of a resolution with its minutes, as it is kept."""
    return issued_paper(
        "resolution.html",
        issued,
        lang,
        rehearsal=view.rehearsal,
        r=view,
        capitals=capitals(Fen(view.terms.amount)) if view.terms else "",
        tally=tally(view.rounds[-1]) if view.rounds else {},
        chart=headroom(view.limits, lang),
    )


def tally(ballots: Sequence[BallotLine]) -> dict[Vote, int]:
    """How often each vote was cast, in the order of the enumeration."""
    return {vote: sum(ballot.vote is vote for ballot in ballots) for vote in Vote}


def headroom(limits: Sequence[Limit], lang: str) -> str:
    """Each limit as a bar: taken after the decision, of the whole."""
    say = words(lang)
    rows = [Bar(line.name, line.after, line.cap, f"{wan(line.after)} / {wan(line.cap)}") for line in limits]
    return bars([scaled(row) for row in rows], say(_("限额占用（万元）")))


def scaled(row: Bar) -> Bar:
    """The same bar in thousandths of its own limit, so that small limits are seen beside large ones."""
    return Bar(row.name, 1000 * row.value // row.most if row.most else 0, 1000, row.label)
