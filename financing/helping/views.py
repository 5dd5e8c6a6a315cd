"""What people see of help: a firm its own page, the office its firms, one request with all that was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from financing.acts import Act
from financing.desk import BEIJING, Desk
from financing.helping import ladder, visits
from financing.helping.ladder_model import HelpEscalation
from financing.helping.model import Goal, GoalNote, HelperProfile, HelpVisit, Pairing, VisitPlan
from financing.helping.request_model import HelpRating, HelpRequest, HelpWord
from financing.helping.rules import FIRMS_TURN, OPEN, ZONES_TURN, GoalState, RequestState
from financing.listed import Listed, listed
from financing.parties import names
from financing.parties.model import Firm
from financing.parties.rules import FirmState


class Which(StrEnum):
    """Which requests a list shows."""

    ZONE = "zone"
    MINE = "mine"
    FIRM = "firm"
    LATE = "late"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request; `due` the day by which the zone acts next, `left` working days to it."""

    request: HelpRequest
    firm: str
    due: date | None
    left: int


@dataclass(frozen=True, slots=True)
class RequestShown:
    row: RequestRow
    words: tuple[HelpWord, ...]
    told: tuple[HelpEscalation, ...]
    rating: HelpRating | None
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class GoalShown:
    goal: Goal
    left: int  # working days
    notes: tuple[GoalNote, ...]
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class Helped:
    """Who helps a firm, with telephone and unit, those before, its plan of a year, its visits."""

    pairing: Pairing | None
    profiles: dict[int, HelperProfile]
    former: tuple[Pairing, ...]
    year: int
    goals: tuple[GoalShown, ...]
    visits: tuple[HelpVisit, ...]
    planned: tuple[VisitPlan, ...]
    requests: tuple[RequestRow, ...]


@dataclass(frozen=True, slots=True)
class FirmRow:
    """One firm of the list: who helps it, what is open, when somebody was there last."""

    id: int
    name: str
    leader: str | None
    helper: str | None
    requests: int
    goals: int
    visited_on: date | None


def helped(desk: Desk, firm_id: int, year: int) -> Helped:
    """Everything of help about one firm, for whoever may see it."""
    every = desk.all(Pairing, Pairing.firm_id == firm_id, by=Pairing.at.desc())
    now = next((one for one in every if one.until is None), None)
    people = (now.leader_id, now.helper_id, now.deputy_id) if now else ()
    profiles = desk.all(HelperProfile, HelperProfile.user_id.in_(people))
    open_first = (HelpRequest.ended_at.is_not(None), HelpRequest.raised_at.desc())
    asked = desk.session.execute(_requests(desk).where(HelpRequest.firm_id == firm_id).order_by(*open_first))
    return Helped(
        now, {one.user_id: one for one in profiles}, tuple(one for one in every if one is not now), year,
        tuple(goals(desk, firm_id, year)), tuple(desk.all(HelpVisit, HelpVisit.firm_id == firm_id, by=HelpVisit.visited_on.desc())),
        tuple(visits.to_come(desk, firm_id)),
        tuple(_row(desk, *row) for row in asked),
    )  # fmt: skip


def goals(desk: Desk, firm_id: int, year: int) -> list[GoalShown]:
    """A firm's plan of a year, what is open first."""
    found = desk.all(Goal, Goal.firm_id == firm_id, Goal.year == year, by=(Goal.due_on))
    notes = desk.all(GoalNote, GoalNote.goal_id.in_([one.id for one in found]), by=GoalNote.at.desc())
    shown = [
        GoalShown(
            one,
            desk.calendar.left(desk.today, one.due_on),
            tuple(n for n in notes if n.goal_id == one.id),
            desk.acts(one),
        )
        for one in found
    ]
    return sorted(shown, key=lambda one: one.goal.state is not GoalState.OPEN)


def requests(desk: Desk, which: Which, page: int = 1) -> Listed[RequestRow]:
    """One page of requests in sight, the first to be dealt with in front; what is over, the newest first."""
    query = _requests(desk).where(_which(desk, which))
    last = HelpRequest.ended_at.desc() if which is Which.OVER else _due()
    return listed(desk, query.order_by(last, HelpRequest.id), page, lambda *row: _row(desk, *row))


def request(desk: Desk, one: HelpRequest) -> RequestShown:
    """One request as the person at the desk may see it; how it was rated not by who handled it."""
    row = desk.session.execute(_requests(desk).where(HelpRequest.id == one.id)).one()
    return RequestShown(
        _row(desk, *row), tuple(desk.all(HelpWord, HelpWord.request_id == one.id, by=HelpWord.at)),
        tuple(ladder.told(desk, one.id)), desk.find(HelpRating, HelpRating.request_id == one.id), desk.acts(one),
    )  # fmt: skip


def firms(desk: Desk, *, mine: bool, without: bool, page: int = 1) -> Listed[FirmRow]:
    """One page of confirmed firms with who helps them; those without a helper first."""
    joined = and_(Pairing.firm_id == Firm.id, Pairing.until.is_(None))
    query = _firms(desk).outerjoin(Pairing, joined).where(Firm.state == FirmState.CONFIRMED)
    if mine:
        me = desk.actor.id
        query = query.where(or_(Pairing.helper_id == me, Pairing.deputy_id == me, Pairing.leader_id == me))
    if without:
        query = query.where(Pairing.id.is_(None))
    return listed(desk, query.order_by(Pairing.id.is_not(None), Firm.name, Firm.id), page, FirmRow)


def _firms(desk: Desk) -> Any:
    """Firms, whose names everybody who helps may read, with sums beside each of what is in sight."""
    asked = desk.select(HelpRequest, func.count()).where(HelpRequest.firm_id == Firm.id, HelpRequest.state.in_(OPEN))
    aims = desk.select(Goal, func.count()).where(Goal.firm_id == Firm.id, Goal.state == GoalState.OPEN)
    seen = desk.select(HelpVisit, func.max(HelpVisit.visited_on)).where(HelpVisit.firm_id == Firm.id)
    sums = (one.correlate(Firm).scalar_subquery() for one in (asked, aims, seen))
    return select(Firm.id, Firm.name, Pairing.leader, Pairing.helper, *sums)


def _requests(desk: Desk) -> Any:
    return desk.select(HelpRequest).add_columns(names.of_firm(HelpRequest.firm_id))


def _row(desk: Desk, one: HelpRequest, firm: str) -> RequestRow:
    due = one.sign_by.astimezone(BEIJING).date() if one.state is RequestState.RAISED else one.due_on
    return RequestRow(one, firm, due, desk.calendar.left(desk.today, due) if due else 0)


def _due() -> ColumnElement[Any]:
    """What is not signed for is the most urgent, then by day."""
    return func.coalesce(HelpRequest.due_on, date(1, 1, 1))


def _late(desk: Desk) -> ColumnElement[bool]:
    unsigned = and_(HelpRequest.state == RequestState.RAISED, HelpRequest.sign_by < desk.now)
    return or_(unsigned, and_(HelpRequest.state.in_(ZONES_TURN), HelpRequest.due_on < desk.today))


def _which(desk: Desk, which: Which) -> ColumnElement[bool]:
    match which:
        case Which.MINE:
            return and_(HelpRequest.state.in_(OPEN), HelpRequest.helper_id == desk.actor.id)
        case Which.FIRM:
            return HelpRequest.state.in_(FIRMS_TURN)
        case Which.LATE:
            return _late(desk)
        case Which.OVER:
            return HelpRequest.state.not_in(OPEN)
    return HelpRequest.state.in_(ZONES_TURN)
