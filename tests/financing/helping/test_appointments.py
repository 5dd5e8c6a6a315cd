"""Appointments: booked within their days, accepted or referred, held; minutes become tasks; who does not come is counted."""

from __future__ import annotations

from datetime import date

import pytest

from financing.access import Role
from financing.helping import appointment_views, appointments
from financing.helping.appointment_model import Appointment, Slot
from financing.helping.appointment_rules import AppointmentState, SlotState
from financing.helping.request_model import HelpRequest
from financing.helping.rules import Topic
from financing.helping.task_model import Task
from financing.helping_refusals import NotOver, SlotGone, SlotTaken, TooFarAhead
from financing.refusals import WrongState
from tests.financing.helping.conftest import moment
from tests.makers import TODAY, a_firm, a_user, writing

WEDNESDAY, FRIDAY = date(2026, 11, 25), date(2026, 11, 27)


def offers(zone, day=WEDNESDAY, hour=9, leader=None) -> Slot:
    with zone.at(zone.leader) as desk:
        return appointments.publish(desk, (leader or zone.leader).id, moment(day, hour), 30, "管委会 201")


def books(zone, slot, who=None, firm=None) -> Appointment:
    with zone.at(who or zone.signatory) as desk:
        return appointments.book(desk, firm or zone.firm, desk.get(Slot, slot.id), Topic.LAND, "厂房产权\n去年已交材料")


def does(zone, who, made, deed, *rest, day=TODAY, hour=11, **more):
    with zone.at(who, day, hour) as desk:
        return deed(desk, desk.get(Appointment, made.id), *rest, **more)


def moves(zone, made, slot) -> None:
    with zone.at(zone.leader) as desk:
        appointments.shift(desk, desk.get(Appointment, made.id), desk.get(Slot, slot.id), "出差")


def now(zone, made) -> Appointment:
    (found,) = zone.read(Appointment, Appointment.id == made.id)
    return found


def state(zone, slot) -> SlotState:
    (found,) = zone.read(Slot, Slot.id == slot.id)
    return found.state


def test_a_time_is_booked_once_and_the_firm_gets_a_confirmation(zone):
    slot = offers(zone)
    made = books(zone, slot)
    assert (made.number, made.answer_by, made.hold_by) == ("HM2026-0001", WEDNESDAY, date(2026, 12, 7))
    assert zone.notices("appointment.book") == [{"user": zone.leader.id}]
    with writing(zone.database) as session:
        other = a_firm(session)
        second = a_user(session, Role.SIGNATORY, firm_id=other.id)
    with pytest.raises(SlotTaken):
        books(zone, slot, second, other)
    does(zone, zone.leader, made, appointments.accept)
    assert zone.notices("appointment.accept") == [{"firm": zone.firm.id}]


def test_what_lies_beyond_ten_working_days_is_not_booked_nor_what_has_begun(zone):
    last, beyond = offers(zone, date(2026, 12, 7)), offers(zone, date(2026, 12, 8))
    with zone.at(zone.signatory) as desk:
        assert [one.id for one in appointments.bookable(desk)] == [last.id]
    with pytest.raises(TooFarAhead):
        books(zone, beyond)
    with pytest.raises(SlotGone):
        offers(zone, TODAY, 9)
    with pytest.raises(SlotTaken):
        offers(zone, date(2026, 12, 7))


def test_a_referred_matter_becomes_a_request_of_the_firm(zone):
    slot = offers(zone)
    made = books(zone, slot)
    does(zone, zone.leader, made, appointments.refer, "由自然资源部门办理")
    (asked,) = zone.read(HelpRequest)
    assert (asked.title, asked.source_id, now(zone, made).request_id) == ("厂房产权", made.id, asked.id)
    assert (now(zone, made).state, state(zone, slot)) == (AppointmentState.REFERRED, SlotState.OPEN)


def test_it_is_moved_to_another_time_of_the_same_leader_and_both_are_told(zone):
    first, second, strange = offers(zone), offers(zone, FRIDAY), offers(zone, FRIDAY, leader=zone.other_leader)
    made = books(zone, first)
    with pytest.raises(SlotTaken):
        moves(zone, made, strange)
    moves(zone, made, second)
    assert (now(zone, made).starts_at, now(zone, made).state) == (moment(FRIDAY, 9), AppointmentState.ACCEPTED)
    assert (state(zone, first), state(zone, second)) == (SlotState.OPEN, SlotState.TAKEN)
    assert len(zone.notices("appointment.shift")) == 2


def test_either_side_cancels_before_it_begins_and_the_time_is_open_again(zone):
    slot = offers(zone)
    made = books(zone, slot)
    does(zone, zone.signatory, made, appointments.cancel, "已解决")
    assert (now(zone, made).state, state(zone, slot)) == (AppointmentState.CANCELLED, SlotState.OPEN)
    again = books(zone, slot)
    does(zone, zone.leader, again, appointments.accept)
    with pytest.raises(SlotGone):
        does(zone, zone.signatory, again, appointments.cancel, "不来了", day=WEDNESDAY)


def test_minutes_become_tasks_that_the_firm_sees(zone):
    made = books(zone, offers(zone))
    does(zone, zone.leader, made, appointments.accept)
    with pytest.raises(NotOver):
        does(zone, zone.leader, made, appointments.hold, "已谈")
    with pytest.raises(WrongState):
        does(zone, zone.leader, made, appointments.set_task, title="核实产权", owner=zone.officer.id, due_on=FRIDAY)
    does(zone, zone.leader, made, appointments.hold, "先办首次登记", day=WEDNESDAY)
    does(
        zone,
        zone.leader,
        made,
        appointments.set_task,
        day=WEDNESDAY,
        title="核实产权",
        owner=zone.officer.id,
        due_on=FRIDAY,
    )
    with zone.at(zone.signatory) as desk:
        shown = appointment_views.appointment(desk, desk.get(Appointment, made.id))
    assert [(row.task.title, row.task.owner) for row in shown.tasks] == [("核实产权", "周经办")]
    assert len(zone.read(Task)) == 1


def test_who_did_not_come_is_counted_on_either_side(zone):
    for firm in (True, False, False):
        made = books(zone, offers(zone, hour=9 + len(zone.read(Slot))))
        does(zone, zone.leader, made, appointments.accept)
        does(zone, zone.officer, made, appointments.miss, day=WEDNESDAY, hour=17, firm=firm)
    with zone.at(zone.leader) as desk:
        shown = appointment_views.appointment(desk, desk.get(Appointment, made.id))
    assert shown.missed == {AppointmentState.FIRM_MISSED: 1, AppointmentState.LEADER_MISSED: 2}


def test_an_appointment_that_nobody_answers_or_writes_down_climbs(zone):
    silent, unwritten = books(zone, offers(zone, FRIDAY)), books(zone, offers(zone, WEDNESDAY))
    does(zone, zone.leader, unwritten, appointments.accept)
    zone.runs(WEDNESDAY, 23)
    assert (zone.told(silent), zone.told(unwritten)) == ([], [])
    zone.runs(date(2026, 11, 30))
    zone.runs(date(2026, 11, 30))
    assert zone.told(silent) == zone.told(unwritten) == [(WEDNESDAY, "helper"), (WEDNESDAY, "section")]
