"""What people see of guarantee cases: the officers' list, the case pack, one's own part in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from financing.access import COMMITTEE
from financing.acts import Act
from financing.credit import flags
from financing.credit.flags import FlagView
from financing.credit.model import Assessment
from financing.desk import Desk
from financing.diligence import views as diligence
from financing.diligence.affordability import Affordability
from financing.diligence.model import Survey
from financing.diligence.views import Seen
from financing.guarantees import agenda, conditions, limits, service, tally
from financing.guarantees.agenda_model import Deferral
from financing.guarantees.if_passed import IfPassed, if_passed
from financing.guarantees.limits import Room
from financing.guarantees.model import Ballot, Condition, GuaranteeCase, Meeting, Resolution, Seat
from financing.guarantees.rules import UNDECIDED, CaseState, Gate, Hurdle, MeetingState, Round, Vote, exposure
from financing.listed import Listed, listed
from financing.money import Fen
from financing.needs.model import Need
from financing.parties import names
from financing.parties.model import Firm, Guarantor
from financing.parties.rules import SUPPORT_BY_KIND
from scoring.sheet import Sheet

#: More cases than any meeting can hear.
MOST = 200


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in a list."""

    id: int
    number: str
    firm: str
    line: Fen
    months: int
    grade: str
    total: int
    state: CaseState
    version: int
    voted: bool = False


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many have voted in the present round of those who may, and whom it waits for; never which way."""

    round: Round
    seats: int
    cast: int
    quorate: bool
    voters: tuple[tuple[int, str, bool], ...]  # account, name, has voted


@dataclass(frozen=True, slots=True)
class FirstVote:
    """What one member said in the first round, once it is discussed."""

    name: str
    vote: Vote
    opinion: str


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything a decision rests on, as the person at the desk may see it."""

    case: GuaranteeCase
    need: Need
    firm: Firm
    guarantor: Guarantor
    assessment: Assessment
    sheet: Sheet | None
    gates: tuple[Gate, ...]
    rooms: tuple[Room, ...]
    passed: IfPassed | None  # while it is not decided
    meeting: Meeting | None
    turnout: Turnout | None
    ballot: Ballot | None
    first: tuple[FirstVote, ...]
    resolution: Resolution | None
    seen: Seen | None  # the survey the case was opened on
    asked: Affordability | None  # as sealed when it was opened
    conditions: tuple[Condition, ...]
    earlier: tuple[str, ...]  # numbers of cases that come before it on the open agenda
    deferrals: tuple[Deferral, ...]
    flags: tuple[FlagView, ...]
    acts: frozenset[Act]

    @property
    def id(self) -> int:
        return self.case.id


@dataclass(frozen=True, slots=True)
class Prospect:
    """A need on its way to a case: its gates and the room it would take."""

    need: Need
    firm: Firm
    assessment: Assessment
    guarantor: Guarantor
    gates: tuple[Gate, ...]
    rooms: tuple[Room, ...]

    @property
    def failed(self) -> tuple[Gate, ...]:
        return tuple(gate for gate in self.gates if not gate.passed)


def cases(desk: Desk, state: CaseState | None = None, page: int = 1) -> Listed[CaseRow]:
    """One page of the cases in sight, the newest first."""
    where = () if state is None else (GuaranteeCase.state == state,)
    return listed(
        desk, _query(desk, *where).order_by(GuaranteeCase.opened_on.desc(), GuaranteeCase.number.desc()), page, CaseRow
    )


def ready(desk: Desk) -> list[CaseRow]:
    """Cases that can be put on an agenda now, in the order in which they are to be heard (F114)."""
    waiting = GuaranteeCase.state.in_([CaseState.IN_REVIEW, CaseState.DEFERRED])
    return _rows(desk, waiting)


def on_agenda(desk: Desk, meeting: Meeting) -> list[CaseRow]:
    """The agenda in sight and in its order: a case one is tied to is not on it."""
    return _rows(desk, GuaranteeCase.meeting_id == meeting.id)


def pack(desk: Desk, case: GuaranteeCase) -> Pack:
    """One case with all its papers."""
    assessment = desk.get(Assessment, case.assessment_id)
    guarantor = desk.get(Guarantor, case.guarantor_id)
    meeting = desk.find(Meeting, Meeting.id == case.meeting_id)
    turnout = _turnout(desk, case, meeting)
    firm = desk.get(Firm, case.firm_id)
    return Pack(
        case=case,
        need=desk.get(Need, case.need_id),
        firm=firm,
        guarantor=guarantor,
        assessment=assessment,
        sheet=read_sheet(assessment),
        gates=read_gates(case.gates),
        rooms=limits.rooms(desk, guarantor, firm, _still_asked(case)),
        passed=if_passed(desk, case, assessment) if case.state in UNDECIDED else None,
        meeting=meeting,
        turnout=turnout,
        ballot=_own_ballot(desk, case),
        first=_discussed(desk, case) if turnout else (),
        resolution=desk.find(Resolution, Resolution.case_id == case.id),
        flags=flags.of(desk, case.need_id),
        seen=_seen(desk, case),
        asked=Affordability.from_json(case.affordability) if case.affordability else None,
        conditions=tuple(conditions.of_case(desk, case)),
        earlier=_earlier(desk, case) if turnout else (),
        deferrals=tuple(desk.all(Deferral, Deferral.case_id == case.id, by=Deferral.at)),
        acts=_acts(desk, case, meeting, turnout),
    )


def prospect(desk: Desk, need: Need) -> Prospect:
    """What opening a case for this need would meet."""
    assessment, guarantor, gates = service.examine(desk, need)
    asked = exposure(need.amount, SUPPORT_BY_KIND[guarantor.kind])
    firm = desk.get(Firm, need.firm_id)
    return Prospect(need, firm, assessment, guarantor, gates, limits.rooms(desk, guarantor, firm, asked))


def read_gates(stored: list[Any]) -> tuple[Gate, ...]:
    """Gates as they were kept with the case."""
    return tuple(
        Gate(Hurdle(g["key"]), g["passed"], _value(g["found"]), _value(g["asked"]), g["source"]) for g in stored
    )


def read_sheet(assessment: Assessment) -> Sheet | None:
    """The score sheet as it was sealed with the assessment; None for one that was kept in short."""
    return Sheet.from_json(assessment.sheet) if "digest" in assessment.sheet else None


def _seen(desk: Desk, case: GuaranteeCase) -> Seen | None:
    survey = desk.find(Survey, Survey.id == case.survey_id)
    return None if survey is None else diligence.one(desk, survey)


def _value(stored: Any) -> Any:
    return Fen(stored["fen"]) if isinstance(stored, dict) else stored


def _still_asked(case: GuaranteeCase) -> Fen:
    """A case that is decided asks for nothing more: what it took is in the counters."""
    return exposure(case.line, case.support) if case.state in UNDECIDED else Fen(0)


def _rows(desk: Desk, *where: Any) -> list[CaseRow]:
    query = _query(desk, *where).join(Need, Need.id == GuaranteeCase.need_id).order_by(*agenda.order())
    return [CaseRow(*row) for row in desk.session.execute(query.limit(MOST))]


def _query(desk: Desk, *where: Any) -> Select[Any]:
    """The columns of a row, with whether the person at the desk has voted at the present meeting."""
    mine = (
        select(Ballot.id)
        .where(Ballot.case_id == GuaranteeCase.id, Ballot.meeting_id == GuaranteeCase.meeting_id)
        .where(Ballot.user_id == desk.actor.id, Ballot.round == GuaranteeCase.round, Ballot.void.is_(False))
        .exists()
    )
    query = desk.select(
        GuaranteeCase, GuaranteeCase.id, GuaranteeCase.number, names.of_firm(GuaranteeCase.firm_id), GuaranteeCase.line, GuaranteeCase.months,
        _score(Assessment.grade), _score(Assessment.total), GuaranteeCase.state, GuaranteeCase.version,
    ).add_columns(mine)  # fmt: skip
    return query.where(*where)


def _score(column: Any) -> Any:
    """A column of the score a case was opened on, for the rows that are shown."""
    return select(column).where(Assessment.id == GuaranteeCase.assessment_id).scalar_subquery()


def _turnout(desk: Desk, case: GuaranteeCase, meeting: Meeting | None) -> Turnout | None:
    """For the committee alone, and only while it sits."""
    if meeting is None or desk.actor.role not in COMMITTEE or case.state is not CaseState.ON_AGENDA:
        return None
    sat = tally.sitting(desk, case)
    counts, voted = tally.counted(desk, sat, case.round), sat.voters(case.round)
    who = tuple((user, name, user in voted) for user, name in sat.names.items() if user in sat.eligible)
    return Turnout(case.round, counts.seats, counts.cast, counts.quorate, who)


def _earlier(desk: Desk, case: GuaranteeCase) -> tuple[str, ...]:
    """Whom the order of the agenda puts first; nobody for a case that was taken ahead."""
    ahead = () if agenda.taken_ahead(desk, case) else agenda.earlier(desk, case)
    return tuple(one.number for one in ahead)


def _own_ballot(desk: Desk, case: GuaranteeCase) -> Ballot | None:
    mine = (Ballot.user_id == desk.actor.id, Ballot.round == case.round, Ballot.void.is_(False))
    return desk.find(Ballot, Ballot.case_id == case.id, Ballot.meeting_id == case.meeting_id, *mine)


def _discussed(desk: Desk, case: GuaranteeCase) -> tuple[FirstVote, ...]:
    """The votes of the first round by name; nothing while it is still blind."""
    if case.round is Round.FIRST:
        return ()
    seats = {seat.user_id: seat.name for seat in desk.all(Seat, Seat.meeting_id == case.meeting_id)}
    here = (Ballot.case_id == case.id, Ballot.meeting_id == case.meeting_id, Ballot.round == Round.FIRST)
    found = (b for b in desk.all(Ballot, *here, Ballot.void.is_(False)) if b.user_id in seats)
    return tuple(sorted((FirstVote(seats[b.user_id], b.vote, b.opinion) for b in found), key=lambda said: said.name))


def _acts(desk: Desk, case: GuaranteeCase, meeting: Meeting | None, turnout: Turnout | None) -> frozenset[Act]:
    """What the page offers: the acts of the flow, as far as meeting and turnout let them succeed."""
    allowed = {act for act in (*desk.acts(case), Act.SEAL_CASE) if desk.may(act, case)}
    if case.state is not CaseState.ON_AGENDA or turnout is None:
        return frozenset(allowed & {Act.TABLE_CASE})
    ties = {Act.DECLARE_TIE} | ({Act.IMPOSE_TIE} if turnout.round is Round.FIRST else set())
    if meeting is None or meeting.state is not MeetingState.OPEN:
        return frozenset(allowed & ties)
    over = Act.CLOSE_ROUND if turnout.round is Round.FIRST else Act.SEAL_CASE
    closing = over if turnout.quorate else Act.DEFER_CASE
    next_one = Act.JUMP_CASE if _earlier(desk, case) else closing
    return frozenset(allowed & (ties | {Act.CAST_VOTE, next_one}))
