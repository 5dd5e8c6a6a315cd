"""Visits of helpers: planned in the calendar of everybody who comes, warned of on quiet days, settled by what is written down."""

from __future__ import annotations

from datetime import date

import pytest

from financing.access import Actor, Role
from financing.helping import visits
from financing.helping.model import VisitPlan
from financing.helping.rules import PlanState
from financing.helping.visits import Planned
from financing.inspection_refusals import ClosedDay, DayTaken, QuietDay
from financing.inspections import service, views
from financing.office import worklist
from financing.office.rules import Duty
from financing.office.worklist import Asked
from financing.parties.model import Firm
from financing.refusals import OutOfRange, WrongState
from tests.financing.inspections.conftest import booking
from tests.makers import TODAY

#: The days after the 25th are not quiet by the figures shipped.
FRIDAY, MONDAY, SATURDAY, QUIET = date(2026, 11, 27), date(2026, 11, 30), date(2026, 11, 28), date(2026, 12, 8)


def plans(zone, day: date, *, anyway: bool = False) -> VisitPlan:
    with zone.at(zone.officer) as desk:
        return visits.plan(desk, desk.get(Firm, zone.firm.id), Planned(day, "看看订单和用工"), anyway=anyway)


def calendar(zone, who, month: date) -> list[tuple[date, str, object]]:
    with zone.at(who) as desk:
        return [
            (one.day, one.helper or one.number, one.state) for one in views.month(desk, month, visits.entries).entries
        ]


def test_a_plan_warns_and_stands_beside_inspections_until_the_visit_is_written_down(zone):
    with zone.at(zone.second) as desk:
        service.book(desk, desk.get(Firm, zone.firm.id), booking(day=MONDAY))
    for day, refusal in ((QUIET, QuietDay), (SATURDAY, ClosedDay), (MONDAY, DayTaken), (date(2026, 11, 1), OutOfRange)):
        with pytest.raises(refusal) as told:
            plans(zone, day)
        assert told.value.facts["field"] == "visit_day"
    one, other = plans(zone, FRIDAY), plans(zone, MONDAY, anyway=True)
    assert zone.notices("visit.plan") == [{"firm": zone.firm.id}] * 2
    stranger = Actor(99, Role.SIGNATORY, firm_id=1, name="路人")
    booked = (MONDAY, "JC2026-0001", "booked")
    planned = [(FRIDAY, "周经办", PlanState.PLANNED), (MONDAY, "周经办", PlanState.PLANNED)]
    for who, seen in ((zone.officer, {*planned, booked}), (zone.signatory, {*planned, booked}), (stranger, set())):
        assert set(calendar(zone, who, date(2026, 11, 1))) == seen
    with zone.at(zone.officer, FRIDAY) as desk:
        found, _counts = worklist.tasks(desk, Asked(duty=Duty.HELP_VISIT))
        assert [row.due for row in found.rows] == [FRIDAY, MONDAY]
        visits.record(desk, desk.get(Firm, zone.firm.id), on=FRIDAY, met="张总", found="订单充足")
        visits.drop(desk, desk.get(VisitPlan, other.id), "检查当天不便")
    states = {row.id: row.state for row in zone.read(VisitPlan)}
    assert states == {one.id: PlanState.KEPT, other.id: PlanState.DROPPED}
    assert set(calendar(zone, zone.signatory, date(2026, 11, 1))) == {(FRIDAY, "周经办", PlanState.KEPT), booked}
    assert zone.notices("visit.drop") == [{"firm": zone.firm.id}]
    with pytest.raises(WrongState), zone.at(zone.officer) as desk:
        visits.drop(desk, desk.get(VisitPlan, one.id), "再取消")
    assert TODAY < FRIDAY
