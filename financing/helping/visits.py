"""Visits by who helps a firm (帮扶走访): planned for a day in the calendar of everybody who comes, and written down afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from financing.access import require
from financing.acts import Act
from financing.desk import Desk
from financing.helping.model import HelpVisit, VisitPlan
from financing.helping.rules import PlanState
from financing.inspections.rules import Authority, Kind, Topic
from financing.inspections.service import FURTHEST, fits
from financing.inspections.views import Entry
from financing.journal import Private
from financing.parties import names
from financing.parties.identity import line, passage
from financing.parties.model import Firm
from financing.refusals import OutOfRange

#: How long ago a visit may lie that is written down today.
OLDEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Planned:
    """A visit that is to come: on which day, and what for."""

    day: date
    purpose: str


def plan(desk: Desk, firm: Firm, said: Planned, *, anyway: bool = False) -> VisitPlan:
    """Plan a visit (安排走访), for the firm to know; OutOfRange.

    On a quiet day, a day off or one on which somebody else comes it warns (QuietDay, ClosedDay, DayTaken) unless it is meant `anyway`.
    """
    require(desk.actor, Act.PLAN_HELP_VISIT, firm)
    if not desk.today <= said.day <= desk.today + FURTHEST:
        raise OutOfRange(field="visit_day", least=desk.today, most=desk.today + FURTHEST)
    if not anyway:
        fits(desk, firm.id, said.day, "visit_day")
    made = desk.add(
        VisitPlan(firm_id=firm.id, day=said.day, purpose=line(said.purpose, "visit_purpose", 120), anyway=anyway, planned_at=desk.now,
                  by=desk.actor.id, by_name=desk.actor.name)
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.PLAN_HELP_VISIT, made, day=said.day, anyway=anyway)
    _tell(desk, Act.PLAN_HELP_VISIT, made)
    return made


def drop(desk: Desk, one: VisitPlan, why: str) -> None:
    """Nobody comes on that day (取消走访安排); the firm reads why."""
    desk.session.refresh(one, with_for_update=True)
    one.why, one.ended_on = passage(why, "reason", 300), desk.today
    desk.take(Act.DROP_HELP_VISIT, one, day=one.day, why=Private(one.why))
    _tell(desk, Act.DROP_HELP_VISIT, one)


def record(desk: Desk, firm: Firm, *, on: date, met: str, found: str) -> HelpVisit:
    """Keep a visit to a firm (记录走访), which also settles what its writer had planned until today; OutOfRange for a day to come."""
    require(desk.actor, Act.RECORD_HELP_VISIT, firm)
    if not desk.today - OLDEST <= on <= desk.today:
        raise OutOfRange(field="visited_on", least=desk.today - OLDEST, most=desk.today)
    made = desk.add(
        HelpVisit(firm_id=firm.id, visited_on=on, met=line(met, "met", 60), found=passage(found, "help_found", 500), at=desk.now,
                  by=desk.actor.id, by_name=desk.actor.name)
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.RECORD_HELP_VISIT, made, on=on)
    mine = (VisitPlan.firm_id == firm.id, VisitPlan.by == desk.actor.id, VisitPlan.day <= desk.today)
    for one in desk.all(VisitPlan, *mine, VisitPlan.state == PlanState.PLANNED):
        one.ended_on = desk.today
        desk.follow(Act.RECORD_HELP_VISIT, one, visit=made.id)
    return made


def to_come(desk: Desk, firm: int) -> list[VisitPlan]:
    """What is planned at a firm, the next first."""
    return desk.all(VisitPlan, VisitPlan.firm_id == firm, VisitPlan.state == PlanState.PLANNED, by=VisitPlan.day)


def entries(desk: Desk, since: date, until: date) -> list[Entry]:
    """Visits planned and made in these days, for the calendar of everybody who comes to firms."""
    planned = desk.select(VisitPlan).add_columns(names.of_firm(VisitPlan.firm_id))
    planned = planned.where(VisitPlan.day >= since, VisitPlan.day < until, VisitPlan.state == PlanState.PLANNED)
    made = desk.select(HelpVisit).add_columns(names.of_firm(HelpVisit.firm_id))
    made = made.where(HelpVisit.visited_on >= since, HelpVisit.visited_on < until)
    return [
        *(_entry(one.day, one.firm_id, firm, PlanState.PLANNED, one.by_name) for one, firm in desk.session.execute(planned)),
        *(_entry(one.visited_on, one.firm_id, firm, PlanState.KEPT, one.by_name) for one, firm in desk.session.execute(made)),
    ]  # fmt: skip


def _entry(day: date, firm_id: int, firm: str, state: PlanState, who: str) -> Entry:
    return Entry(day, firm_id, firm, "", Kind.VISIT, (Authority.ZONE,), (Topic.CARE,), state, helper=who)


def _tell(desk: Desk, act: Act, one: VisitPlan) -> None:
    desk.later("notice", f"{act}:{one.id}", to={"firm": one.firm_id}, code=act.value, subject=one.id, number="")
