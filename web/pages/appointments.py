"""Pages of appointments: times that leaders offer, booking one, and one appointment with its minutes and tasks."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Annotated, ClassVar

from litestar import Controller
from litestar.params import FromPath, FromQuery
from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from financing.acts import Act
from financing.desk import BEIJING
from financing.helping import appointment_views, appointments, people
from financing.helping.appointment_model import Appointment, Slot
from financing.helping.appointment_views import Which
from financing.helping.rules import Topic
from financing.roles import Role
from web.fields import Day, Text, Whole, one_of
from web.forms import Form
from web.page import Answer, Page, get, post

CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


def _clock(text: str) -> str:
    """A time of the day such as 14:30."""
    if not CLOCK.fullmatch(text):
        raise PydanticCustomError("clock", "not a time")
    return text


class SlotForm(Form):
    tag: ClassVar[str] = "slot-"
    help_leader: int
    slot_day: Day
    slot_time: Annotated[str, Text(5), AfterValidator(_clock)]
    slot_minutes: Annotated[int, Whole(10, 240, "分钟")] = 30
    place: Annotated[str, Text(80)]


class BookForm(Form):
    tag: ClassVar[str] = "book-"
    help_slot: int
    help_topic: Topic
    help_matter: Annotated[str, Text(500, lines=True)]


class ReferForm(Form):
    tag: ClassVar[str] = "refer-"
    reason: Annotated[str, Text(300, lines=True)]


class ShiftForm(Form):
    tag: ClassVar[str] = "shift-"
    help_slot: int
    reason: Annotated[str, Text(300, lines=True)]


class CancelForm(Form):
    tag: ClassVar[str] = "cancel-"
    reason: Annotated[str, Text(300, lines=True)]


class MinutesForm(Form):
    minutes_text: Annotated[str, Text(2000, lines=True)]


class TaskForm(Form):
    tag: ClassVar[str] = "task-"
    task_title: Annotated[str, Text(120)]
    owner: int
    task_due: Day


FORMS: dict[Act, type[Form]] = {
    Act.REFER_APPOINTMENT: ReferForm,
    Act.SHIFT_APPOINTMENT: ShiftForm,
    Act.CANCEL_APPOINTMENT: CancelForm,
    Act.HOLD_APPOINTMENT: MinutesForm,
    Act.SET_TASK: TaskForm,
}


class AppointmentPages(Controller):
    @get("/appointments", name="appointments")
    def listed(self, request: Page, which: FromQuery[str] = "", page: FromQuery[int] = 1) -> Answer:
        shown = one_of(Which, which) or Which.OPEN
        with request.desk(write=False) as desk:
            found = appointment_views.appointments(desk, shown, min(page, 10_000))
            offered, until = appointment_views.offered(desk), appointments.last_day(desk)
            free = {one.id for one in appointments.bookable(desk)}
            leaders = [] if request.actor.firm_id else [(one.id, one.name) for one in people.helpers(desk, Role.LEADER)]
        mine = request.actor.id if request.actor.role is Role.LEADER else None
        return request.show(
            "helping/appointments.html", found=found, which=shown, whiches=Which, offered=offered, free=free, until=until,
            leaders=leaders, slot=request.sheet(SlotForm, help_leader=mine, slot_minutes=30), book=request.sheet(BookForm), act=Act,
        )  # fmt: skip

    @post("/appointments/slots", name=Act.PUBLISH_SLOT, page=listed)
    def publish(self, request: Page) -> Answer:
        form = request.read(SlotForm)
        hour, minute = form.slot_time.split(":")
        begins = datetime.combine(form.slot_day, time(int(hour), int(minute)), BEIJING)
        with request.desk() as desk:
            appointments.publish(desk, form.help_leader, begins, form.slot_minutes, form.place)
            return request.go("appointments")

    @post("/appointments/slots/{key:int}/withdraw", name=Act.WITHDRAW_SLOT, page=listed)
    def withdraw(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        with request.desk() as desk:
            appointments.withdraw(desk, desk.get(Slot, key))
            return request.go("appointments")

    @post("/appointments", name=Act.BOOK_SLOT, page=listed)
    def book(self, request: Page) -> Answer:
        form = request.read(BookForm)
        with request.desk() as desk:
            firm = people.firm(desk, request.actor.firm_id or 0)
            made = appointments.book(
                desk, firm, appointments.slot(desk, form.help_slot), form.help_topic, form.help_matter
            )
            return request.go("appointment.show", key=made.id)

    @get("/appointments/{key:int}", name="appointment.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            found = appointment_views.appointment(desk, desk.get(Appointment, key))
            staff = [] if request.actor.firm_id else [(one.id, one.name) for one in people.helpers(desk)]
            begun = desk.now >= found.row.made.starts_at
        sheets = {step: request.sheet(kind) for step, kind in FORMS.items()}
        return request.show(
            "helping/appointment.html",
            found=found,
            staff=staff,
            begun=begun,
            forms=sheets,
            act=Act,
            form=request.sheet(Form),
        )

    @post("/appointments/{key:int}/accept", name=Act.ACCEPT_APPOINTMENT, page=show)
    def accept(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        with request.desk() as desk:
            appointments.accept(desk, desk.get(Appointment, key))
            return request.go("appointment.show", key=key)

    @post("/appointments/{key:int}/refer", name=Act.REFER_APPOINTMENT, page=show)
    def refer(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ReferForm)
        with request.desk() as desk:
            appointments.refer(desk, desk.get(Appointment, key), form.reason)
            return request.go("appointment.show", key=key)

    @post("/appointments/{key:int}/shift", name=Act.SHIFT_APPOINTMENT, page=show)
    def shift(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ShiftForm)
        with request.desk() as desk:
            appointments.shift(desk, desk.get(Appointment, key), appointments.slot(desk, form.help_slot), form.reason)
            return request.go("appointment.show", key=key)

    @post("/appointments/{key:int}/cancel", name=Act.CANCEL_APPOINTMENT, page=show)
    def cancel(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(CancelForm)
        with request.desk() as desk:
            appointments.cancel(desk, desk.get(Appointment, key), form.reason)
            return request.go("appointment.show", key=key)

    @post("/appointments/{key:int}/minutes", name=Act.HOLD_APPOINTMENT, page=show)
    def hold(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(MinutesForm)
        with request.desk() as desk:
            appointments.hold(desk, desk.get(Appointment, key), form.minutes_text)
            return request.go("appointment.show", key=key)

    @post("/appointments/{key:int}/miss-firm", name=Act.MISS_BY_FIRM, page=show)
    def miss_firm(self, request: Page, key: FromPath[int]) -> Answer:
        return _missed(request, key, firm=True)

    @post("/appointments/{key:int}/miss-leader", name=Act.MISS_BY_LEADER, page=show)
    def miss_leader(self, request: Page, key: FromPath[int]) -> Answer:
        return _missed(request, key, firm=False)

    @post("/appointments/{key:int}/tasks", name=Act.SET_TASK, page=show)
    def set_task(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(TaskForm)
        with request.desk() as desk:
            made = desk.get(Appointment, key)
            appointments.set_task(desk, made, title=form.task_title, owner=form.owner, due_on=form.task_due)
            return request.go("appointment.show", key=key)


def _missed(request: Page, key: int, *, firm: bool) -> Answer:
    request.read(Form)
    with request.desk() as desk:
        appointments.miss(desk, desk.get(Appointment, key), firm=firm)
        return request.go("appointment.show", key=key)
