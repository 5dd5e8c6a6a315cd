"""Appointments with leaders (约见, F69): a time is booked, accepted or referred, held; minutes become tasks, and no-shows are counted."""

from __future__ import annotations

from datetime import date, datetime

from financing import parameters
from financing.access import Role, require
from financing.acts import Act
from financing.desk import BEIJING, Desk
from financing.helping import people, requests, tasks
from financing.helping.appointment_model import Appointment, Slot
from financing.helping.appointment_rules import SlotState
from financing.helping.rules import Topic
from financing.helping.task_model import Task
from financing.helping.task_rules import TaskSource
from financing.helping_refusals import NotOver, SlotGone, SlotTaken, TooFarAhead
from financing.journal import Private
from financing.numbers import Series, take_number
from financing.parties.identity import line, passage
from financing.parties.model import Firm
from financing.refusals import OutOfRange


def publish(desk: Desk, leader: int, starts_at: datetime, minutes: int, place: str) -> Slot:
    """Offer a time (公布约见时段); SlotGone for the past, SlotTaken when the leader offers that very time already."""
    require(desk.actor, Act.PUBLISH_SLOT, None)
    who = people.in_service(desk, leader, "help_leader", Role.LEADER)
    if starts_at <= desk.now:
        raise SlotGone(field="slot_day")
    if not 10 <= minutes <= 240:
        raise OutOfRange(field="slot_minutes", least=10, most=240)
    if desk.find(Slot, Slot.leader_id == who.id, Slot.starts_at == starts_at, Slot.state != SlotState.WITHDRAWN):
        raise SlotTaken(field="slot_time")
    slot = desk.add(
        Slot(leader_id=who.id, leader=who.name, starts_at=starts_at, minutes=minutes, place=line(place, "place", 80),
             published_at=desk.now, published_by=desk.actor.id)
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.PUBLISH_SLOT, slot, leader=who.id, at=starts_at, minutes=minutes)
    return slot


def withdraw(desk: Desk, slot: Slot) -> None:
    """Take back a time that nobody has booked (撤回时段)."""
    desk.session.refresh(slot, with_for_update=True)
    desk.take(Act.WITHDRAW_SLOT, slot)


def last_day(desk: Desk) -> date:
    """The last day on which what is asked for today may be held."""
    return desk.calendar.after(desk.today, parameters.figure("appointment_hold_days", desk.today).value).day


def bookable(desk: Desk) -> list[Slot]:
    """Times that may be booked today, the next first."""
    until = last_day(desk)
    found = desk.all(Slot, Slot.state == SlotState.OPEN, Slot.starts_at > desk.now, by=Slot.starts_at)
    return [one for one in found if day_of(one.starts_at) <= until]


def slot(desk: Desk, key: int) -> Slot:
    """A time by its number; SlotGone when it was taken back while the form was open."""
    found = desk.find(Slot, Slot.id == key)
    if found is None:
        raise SlotGone(field="help_slot")
    return found


def book(desk: Desk, firm: Firm, slot: Slot, topic: Topic, matter: str) -> Appointment:
    """Ask for a time with what it is about (预约约见); SlotTaken, SlotGone, TooFarAhead."""
    desk.session.refresh(slot, with_for_update=True)
    _free(desk, slot, last_day(desk))
    days = parameters.figure("appointment_answer_days", desk.today).value
    made = desk.add(
        Appointment(
            number=take_number(desk.session, Series.APPOINTMENT, desk.today.year), firm_id=firm.id, slot_id=slot.id,
            leader_id=slot.leader_id, leader=slot.leader, starts_at=slot.starts_at, place=slot.place, topic=topic,
            matter=passage(matter, "help_matter", 500), asked_at=desk.now, asked_by=desk.actor.id, asker=desk.actor.name,
            answer_by=desk.calendar.after(desk.today, days).day, hold_by=last_day(desk),
        )
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.BOOK_SLOT, made, slot=slot.id, leader=slot.leader_id, topic=topic, matter=Private(made.matter))
    desk.follow(Act.BOOK_SLOT, slot)
    _tell(desk, Act.BOOK_SLOT, made, "asked", user=made.leader_id)
    return made


def accept(desk: Desk, made: Appointment) -> None:
    """The leader receives the firm at that time (确认约见): the firm gets a confirmation."""
    desk.session.refresh(made, with_for_update=True)
    made.accepted_at = desk.now
    desk.take(Act.ACCEPT_APPOINTMENT, made, at=made.starts_at)
    _tell(desk, Act.ACCEPT_APPOINTMENT, made, "accepted", firm=made.firm_id)


def refer(desk: Desk, made: Appointment, why: str) -> None:
    """Somebody else can settle it sooner (转办): it becomes a request of the firm, with all that holds for one."""
    desk.session.refresh(made, with_for_update=True)
    _over(desk, made, passage(why, "reason", 300))
    desk.take(Act.REFER_APPOINTMENT, made, why=Private(made.why))
    _freed(desk, Act.REFER_APPOINTMENT, made)
    asked = requests.raise_(desk, people.firm(desk, made.firm_id), made.topic, made.matter.splitlines()[0][:80], made.matter,
                            source_id=made.id, act=Act.REFER_APPOINTMENT)  # fmt: skip
    made.request_id = asked.id
    _tell(desk, Act.REFER_APPOINTMENT, made, "referred", firm=made.firm_id)


def shift(desk: Desk, made: Appointment, slot: Slot, why: str) -> None:
    """Another time of the same leader (改期), which both are told of; SlotTaken, SlotGone, TooFarAhead."""
    desk.session.refresh(made, with_for_update=True)
    desk.session.refresh(slot, with_for_update=True)
    _free(desk, slot, made.hold_by)
    if slot.leader_id != made.leader_id:
        raise SlotTaken(field="help_slot")
    former = desk.session.get_one(Slot, made.slot_id)
    made.slot_id, made.starts_at, made.place, made.shifted = slot.id, slot.starts_at, slot.place, made.shifted + 1
    made.accepted_at = made.accepted_at or desk.now
    desk.take(Act.SHIFT_APPOINTMENT, made, at=slot.starts_at, why=Private(passage(why, "reason", 300)))
    desk.follow(Act.SHIFT_APPOINTMENT, former)
    desk.follow(Act.SHIFT_APPOINTMENT, slot)
    _tell_both(desk, Act.SHIFT_APPOINTMENT, made, f"{made.shifted}")


def cancel(desk: Desk, made: Appointment, why: str) -> None:
    """Either side cancels before it begins (取消约见), with a reason the other one reads; SlotGone once it has begun."""
    desk.session.refresh(made, with_for_update=True)
    if desk.now >= made.starts_at:
        raise SlotGone(field="reason")
    _over(desk, made, passage(why, "reason", 300))
    desk.take(Act.CANCEL_APPOINTMENT, made, why=Private(made.why))
    _freed(desk, Act.CANCEL_APPOINTMENT, made)
    _tell_both(desk, Act.CANCEL_APPOINTMENT, made, "cancelled")


def hold(desk: Desk, made: Appointment, minutes: str) -> None:
    """What was said (登记约见纪要), once it has begun; tasks are set afterwards one by one. NotOver."""
    _begun(desk, made)
    made.minutes = passage(minutes, "minutes_text", 2000)
    _over(desk, made, "")
    desk.take(Act.HOLD_APPOINTMENT, made, minutes=Private(made.minutes))
    _tell(desk, Act.HOLD_APPOINTMENT, made, "held", firm=made.firm_id)


def miss(desk: Desk, made: Appointment, *, firm: bool) -> None:
    """One side did not come (登记未到场); counted for that side. NotOver before it has begun."""
    _begun(desk, made)
    act = Act.MISS_BY_FIRM if firm else Act.MISS_BY_LEADER
    _over(desk, made, "")
    desk.take(act, made)
    _tell_both(desk, act, made, "missed")


def set_task(desk: Desk, made: Appointment, *, title: str, owner: int, due_on: date) -> Task:
    """Something to do that was agreed (布置任务), from the minutes of an appointment that was held; the firm sees it."""
    made.flow.after(made.state, Act.SET_TASK)
    who = people.in_service(desk, owner, "owner")
    return tasks.set_task(
        desk, title=title, owner=who, due_on=due_on, source=TaskSource.MINUTES, source_id=made.id, firm_id=made.firm_id
    )


def day_of(moment: datetime) -> date:
    return moment.astimezone(BEIJING).date()


def _free(desk: Desk, slot: Slot, until: date) -> None:
    if slot.state is not SlotState.OPEN:
        raise SlotTaken(field="help_slot")
    if slot.starts_at <= desk.now:
        raise SlotGone(field="help_slot")
    if day_of(slot.starts_at) > until:
        raise TooFarAhead(field="help_slot", until=until)


def _begun(desk: Desk, made: Appointment) -> None:
    desk.session.refresh(made, with_for_update=True)
    if desk.now < made.starts_at:
        raise NotOver(at=made.starts_at)


def _over(desk: Desk, made: Appointment, why: str) -> None:
    made.ended_at, made.ender, made.why = desk.now, desk.actor.name, why


def _freed(desk: Desk, act: Act, made: Appointment) -> None:
    desk.session.flush()
    desk.follow(act, desk.session.get_one(Slot, made.slot_id))


def _tell_both(desk: Desk, act: Act, made: Appointment, which: str) -> None:
    _tell(desk, act, made, f"{which}:firm", firm=made.firm_id)
    _tell(desk, act, made, f"{which}:leader", user=made.leader_id)


def _tell(desk: Desk, act: Act, made: Appointment, which: str, **to: object) -> None:
    desk.later("notice", f"{act}:{made.id}:{which}", to=to, code=act.value, subject=made.id, number=made.number)
