"""How helpers have served (帮扶成绩, F120): closed, late, opened again, visits and grades side by side, each with its cases; no single score."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import func

from financing import parameters
from financing.access import Role
from financing.desk import BEIJING, Desk
from financing.helping.model import HelperProfile, HelpVisit, Pairing
from financing.helping.request_model import HelpRating, HelpRequest
from financing.helping.rules import RequestState
from financing.helping.views import RequestRow
from financing.parties import names
from financing.ratings.periods import Period, Said, spread
from financing.ratings.periods import Spread as Grades


class Measure(StrEnum):
    """What is counted of a helper's requests."""

    CLOSED = "closed"
    LATE = "late"
    SIGNED_LATE = "signed_late"
    REOPENED = "reopened"


@dataclass(slots=True)
class Score:
    """One helper in one period; `grades` None while the period is not over, or where they are one's own."""

    helper_id: int
    name: str
    unit: str = ""
    firms: int = 0
    counts: Counter[Measure] = field(default_factory=Counter)
    visits: int = 0
    grades: Grades | None = None


@dataclass(frozen=True, slots=True)
class UnitScore:
    """All helpers of one unit together; grades are told of persons alone, or a difference would tell of one."""

    unit: str
    firms: int
    counts: Counter[Measure]
    visits: int


def rounds(one: HelpRequest) -> list[tuple[date, date | None]]:
    """The day by which each answer was due, and when it came; two rounds once it was opened again."""
    if one.due_on is None:
        return []
    if one.reopened_at is None or one.first_due_on is None:
        return [(one.due_on, one.answered_on)]
    second = None if one.state is RequestState.REOPENED else one.answered_on
    return [(one.first_due_on, one.first_answered_on), (one.due_on, second)]


def late(one: HelpRequest, period: Period, today: date) -> bool:
    """Whether an answer that was due within the period came after its day, or has not come by today; withdrawn ones never."""
    missed = ((due, came or today) for due, came in rounds(one) if period.since <= due <= period.until)
    return one.state is not RequestState.WITHDRAWN and any(came > due for due, came in missed)


def signed_late(one: HelpRequest, period: Period, now: datetime) -> bool:
    """Whether it was to be signed for within the period and was not, in the working hours that are set."""
    if one.state is RequestState.WITHDRAWN and one.signed_at is None:
        return False
    return _in(one.sign_by, period) and (one.signed_at or now) > one.sign_by


def counted(one: HelpRequest, period: Period, now: datetime) -> list[Measure]:
    """What one request counts for in a period."""
    today = now.astimezone(BEIJING).date()
    holds = {
        Measure.CLOSED: one.state is RequestState.CLOSED and _in(one.ended_at, period),
        Measure.LATE: late(one, period, today),
        Measure.SIGNED_LATE: signed_late(one, period, now),
        Measure.REOPENED: _in(one.reopened_at, period),
    }
    return [measure for measure, true in holds.items() if true]


def scores(desk: Desk, period: Period) -> list[Score]:
    """Every helper, by name; an officer sees only their own line, who leads or audits sees all."""
    found = {one.user_id: Score(one.user_id, one.name, one.unit) for one in desk.all(HelperProfile)}
    for row in _requests(desk):
        if row.request.helper_id is not None:
            mine = found.setdefault(row.request.helper_id, Score(row.request.helper_id, row.request.helper))
            mine.counts.update(counted(row.request, period, desk.now))
    _add_sums(desk, period, found)
    shown = (
        found.values()
        if desk.actor.role is not Role.OFFICER
        else [one for one in found.values() if one.helper_id == desk.actor.id]
    )
    return sorted(shown, key=lambda one: (one.unit, one.name, one.helper_id))


def units(found: Iterable[Score]) -> list[UnitScore]:
    """The same by unit."""
    by: defaultdict[str, list[Score]] = defaultdict(list)
    for one in found:
        by[one.unit].append(one)
    return [
        UnitScore(
            unit,
            sum(s.firms for s in each),
            sum((s.counts for s in each), Counter[Measure]()),
            sum(s.visits for s in each),
        )
        for unit, each in sorted(by.items())
    ]


def cases(desk: Desk, helper: int, measure: Measure, period: Period) -> list[RequestRow]:
    """The requests behind one number, the newest first."""
    rows = [
        row
        for row in _requests(desk)
        if row.request.helper_id == helper and measure in counted(row.request, period, desk.now)
    ]
    return sorted(rows, key=lambda row: row.request.raised_at, reverse=True)


def visits(desk: Desk, helper: int, period: Period) -> list[tuple[HelpVisit, str]]:
    """The visits behind the number, each with the firm's name."""
    query = desk.select(HelpVisit).add_columns(names.of_firm(HelpVisit.firm_id)).where(HelpVisit.by == helper)
    inside = query.where(HelpVisit.visited_on.between(period.since, period.until))
    return [
        (row[0], row[1]) for row in desk.session.execute(inside.order_by(HelpVisit.visited_on.desc(), HelpVisit.id))
    ]


def _requests(desk: Desk) -> list[RequestRow]:
    query = desk.select(HelpRequest).add_columns(names.of_firm(HelpRequest.firm_id))
    left = desk.calendar.left
    return [
        RequestRow(one, firm, one.due_on, left(desk.today, one.due_on) if one.due_on else 0)
        for one, firm in desk.session.execute(query)
    ]


def _add_sums(desk: Desk, period: Period, found: dict[int, Score]) -> None:
    helps = (
        desk.select(Pairing, Pairing.helper_id, func.count()).where(Pairing.until.is_(None)).group_by(Pairing.helper_id)
    )
    for key, count in desk.session.execute(helps):
        if key in found:
            found[key].firms = count
    inside = HelpVisit.visited_on.between(period.since, period.until)
    went = desk.select(HelpVisit, HelpVisit.by, func.count()).where(inside).group_by(HelpVisit.by)
    for key, count in desk.session.execute(went):
        if key in found:
            found[key].visits = count
    least = parameters.figure("rating_least_firms", desk.today).value
    for key, said in _said(desk).items() if period.until < desk.today else ():
        if key in found:
            found[key].grades = spread(said, period, least)


def _said(desk: Desk) -> dict[int, list[Said]]:
    """What firms said of each helper, without what is one's own."""
    by: defaultdict[int, list[Said]] = defaultdict(list)
    columns = (HelpRating.helper_id, HelpRating.firm_id, HelpRating.grade, HelpRating.given_on)
    for helper, firm, grade, on in desk.session.execute(desk.select(HelpRating, *columns)):
        if helper is not None:
            by[helper].append((firm, grade, on))
    return by


def _in(moment: datetime | None, period: Period) -> bool:
    return moment is not None and period.since <= moment.astimezone(BEIJING).date() <= period.until
