"""The work list of whoever sits on a seat: a report by its number and day, for nobody else and without a word of it (F59, F81, I-26)."""

from __future__ import annotations

from datetime import timedelta

from financing.access import Role
from financing.acts import Act
from financing.conduct import cases
from financing.conduct.rules import ConductOutcome, Seat
from financing.office import handover, worklist
from financing.office.rules import Duty, Whose
from financing.office.worklist import Asked
from tests.financing.conduct.conftest import MARKER, seated
from tests.makers import NOW, TODAY, a_firm, a_need, a_user, at, writing


def listed(zone, who, when, **asked):
    with at(zone.database, who.actor, when, write=False) as desk:
        found, counts = worklist.tasks(desk, Asked(**asked))
    rows = [one for one in found.rows if one.duty in worklist.OF_CONDUCT]
    assert len(rows) == sum(counts.duty[duty] for duty in worklist.OF_CONDUCT)
    return rows


def test_a_report_waits_for_the_two_by_number_and_day_until_it_is_answered(zone):
    zone.report()
    when = zone.a_week_on()
    (case,) = zone.cases()
    (row,) = listed(zone, zone.second, when, whose=Whose.MINE)
    assert (row.duty, row.key, row.number, row.due) == (Duty.LOOK_INTO, case.id, case.number, case.begin_by)
    assert (row.firm, row.who, row.need_id) == ("", zone.second.name, None)
    for word in (MARKER, zone.firm.name, zone.banks[0].name, case.practice.value):
        assert word not in str(row)
    zone.handled(case.id, lambda desk, held: cases.look_into(desk, held, "先看合同"), when=when)
    (row,) = listed(zone, zone.second, when)
    assert (row.duty, row.number, row.due) == (Duty.ANSWER_REPORT, case.number, case.answer_by)
    zone.handled(case.id, lambda desk, held: cases.find(desk, held, Act.FIND_NOTHING, "查无此事"), when=when)
    assert [one.duty for one in listed(zone, zone.second, when)] == [Duty.ANSWER_REPORT]
    zone.handled(case.id, lambda desk, held: cases.close(desk, held, ConductOutcome.UNFOUNDED, "已核查"), when=when)
    assert listed(zone, zone.second, when) == []


def test_no_other_officer_sees_that_there_is_anything_not_even_a_deputy_of_the_seat(zone):
    zone.report()
    when = zone.a_week_on()
    with writing(zone.database) as session:
        deputy = a_user(session, Role.OFFICER)
    with at(zone.database, zone.second.actor, when) as desk:
        handover.set_deputy(desk, zone.second.id, deputy.id, when.date(), when.date(), "外出")
    for who in (zone.officer, deputy):
        assert listed(zone, who, when) == []


def test_on_a_seat_the_firms_own_officer_sees_what_is_of_other_firms_alone(zone):
    seated(zone, Seat.SECOND, zone.officer, when=NOW + timedelta(minutes=1))
    zone.report()
    when = zone.a_week_on()
    assert len(zone.cases()) == 1
    assert listed(zone, zone.officer, when) == []
    with writing(zone.database) as session:
        a_need(session, other := a_firm(session))
        stranger = a_user(session, Role.CLERK, firm_id=other.id)
    zone.report(stranger)
    when = zone.a_week_on(14)
    strange = max(zone.cases(), key=lambda case: case.number)
    (row,) = listed(zone, zone.officer, when)
    assert (row.key, row.number) == (strange.id, strange.number)
    assert strange.received_on > TODAY
