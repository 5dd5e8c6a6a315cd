"""Events (培训与活动): the public list, one event with sign-up, list and ratings, and figures by kind."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from litestar import Controller
from litestar.params import FromPath, FromQuery
from pydantic import Field

from financing import parameters
from financing.access import FIRM
from financing.acts import Act
from financing.desk import BEIJING
from financing.events import attendance, service, views
from financing.events.model import Event, EventPlace
from financing.events.rules import MOST_EACH, MOST_PLACES, Audience, EventKind
from financing.forums.calendar_file import Event as Entry
from financing.forums.calendar_file import calendar_file
from financing.parties.model import Firm
from financing.ratings.rules import Grade
from web.fields import Day, Phone, Text, Whole
from web.forms import Form
from web.page import Answer, Page, address, get, post

OClock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class EventForm(Form):
    title: Annotated[str, Text(60)]
    event_kind: EventKind
    event_about: Annotated[str, Text(1_000, lines=True)]
    host: Annotated[str, Text(60)]
    place: Annotated[str, Text(100)]
    day: Day
    starts_at: OClock
    ends_at: OClock
    sign_until: Day
    places: Annotated[int, Whole(1, MOST_PLACES, "人")]
    most_people: Annotated[int, Whole(1, MOST_EACH, "人")]
    audience: Audience
    branch: Annotated[str, Field(pattern=r"^[1-9]?\d{1,3}$")] = ""


class MoveForm(Form):
    place: Annotated[str, Text(100)]
    day: Day
    starts_at: OClock
    ends_at: OClock
    sign_until: Day
    reason: Annotated[str, Text(300, lines=True)]


class CancelForm(Form):
    tag = "cancel-"
    reason: Annotated[str, Text(300, lines=True)]


class SignForm(Form):
    participants: Annotated[str, Text(500, lines=True)]
    phone: Phone


class RateForm(Form):
    overall: Grade
    rating_says: Annotated[str, Text(500, lines=True)] = ""


class EventPages(Controller):
    @get("/events", name="events")
    def every(self, request: Page, over: FromQuery[int] = 0, page: FromQuery[int] = 1) -> Answer:
        with request.desk(write=False) as desk:
            found, today = views.every(desk, page, over=bool(over)), desk.today
        return request.show("events/list.html", found=found, over=bool(over), today=today, act=Act)

    @get("/events/figures", name="event.figures")
    def figures(self, request: Page, year: FromQuery[int] = 0) -> Answer:
        with request.desk(write=False) as desk:
            year = year if 2000 < year <= desk.today.year else desk.today.year
            rows, this = views.figures(desk, year), desk.today.year
        return request.show("events/figures.html", rows=rows, year=year, years=range(this, this - 3, -1))

    @get("/events/plan", name="event.form")
    def form(self, request: Page) -> Answer:
        given = {"starts_at": "14:30", "ends_at": "17:00", "places": 40, "most_people": 2, "audience": Audience.ALL}
        return request.show("events/plan.html", form=request.sheet(EventForm, **given), act=Act)

    @post("/events/plan", name=Act.PLAN_EVENT, page=form)
    def plan(self, request: Page) -> Answer:
        form = request.read(EventForm)
        said = service.Plan(
            form.title, form.event_kind, form.event_about, form.host, form.place, _moment(form.day, form.starts_at),
            _moment(form.day, form.ends_at), form.places, form.most_people, form.sign_until, form.audience, form.branch,
        )  # fmt: skip
        with request.desk() as desk:
            return request.go("event.show", key=service.plan(desk, said).id)

    @get("/events/{key:int}", name="event.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            found = views.one(desk, desk.get(Event, key))
            least = parameters.figure("rating_least_firms", desk.today).value
            firm = desk.find(Firm, Firm.id == desk.actor.firm_id) if desk.actor.role in FIRM else None
        sign = request.sheet(SignForm, phone=firm.phone if firm else "", participants=firm.contact if firm else "")
        return request.show(
            "events/show.html", found=found, least=least, grades=Grade, sign=sign, rate=request.sheet(RateForm),
            cancel=request.sheet(CancelForm), act=Act,
        )  # fmt: skip

    @get("/events/{key:int}/places", name="event.places")
    def places(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            found = views.one(desk, desk.get(Event, key))
        return request.show("events/places.html", found=found, form=request.sheet(Form), act=Act)

    @get("/events/{key:int}/calendar", name="event.calendar")
    def calendar(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            event, now = desk.get(Event, key), desk.now
        site: str = request.app.state.settings.site
        words = [event.about, site + address(request.app, "event.show", key=key)]
        uid = f"{event.number}@{site.partition('://')[2]}"
        entry = Entry(
            uid, event.version, now, event.starts, event.ends, f"{event.title} {event.number}", event.place, words
        )
        return request.download(calendar_file(entry), f"{event.title}.ics", "text/calendar; charset=utf-8")

    @get("/events/{key:int}/move", name="event.move.form")
    def move_form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            event = desk.get(Event, key)
        starts, ends = (one.astimezone(BEIJING) for one in (event.starts, event.ends))
        given = {
            "day": starts.date(),
            "starts_at": f"{starts:%H:%M}",
            "ends_at": f"{ends:%H:%M}",
            "sign_until": event.until,
        }
        return request.show("events/move.html", event=event, form=request.sheet(MoveForm, event, **given), act=Act)

    @post("/events/{key:int}/move", name=Act.MOVE_EVENT, page=move_form)
    def move(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(MoveForm)
        starts, ends = _moment(form.day, form.starts_at), _moment(form.day, form.ends_at)
        with request.desk() as desk:
            event = desk.get(Event, key, version=form.version)
            service.move(
                desk, event, starts=starts, ends=ends, place=form.place, until=form.sign_until, why=form.reason
            )
            return request.go("event.show", key=key)

    @post("/events/{key:int}/cancel", name=Act.CANCEL_EVENT, page=show)
    def cancel(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(CancelForm)
        with request.desk() as desk:
            service.cancel(desk, desk.get(Event, key), form.reason)
            return request.go("event.show", key=key)

    @post("/events/{key:int}/sign-up", name=Act.SIGN_UP, page=show)
    def sign_up(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(SignForm)
        with request.desk() as desk:
            service.sign_up(desk, desk.get(Event, key), form.participants, form.phone)
            return request.go("event.show", key=key)

    @post("/events/{key:int}/hold", name=Act.HOLD_EVENT, page=show)
    def hold(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            attendance.hold(desk, desk.get(Event, key))
            return request.go("event.show", key=key)

    @post("/events/{key:int}/leave", name=Act.LEAVE_EVENT, page=show)
    def leave(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            service.leave(desk, views.own_place(desk, key))
            return request.go("event.show", key=key)

    @post("/events/{key:int}/rate", name=Act.RATE_EVENT, page=show)
    def rate(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(RateForm)
        with request.desk() as desk:
            attendance.rate(desk, views.own_place(desk, key), form.overall, form.rating_says)
            return request.go("event.show", key=key)

    @post("/event-places/{key:int}/came", name=Act.TICK_CAME)
    def came(self, request: Page, key: FromPath[int]) -> Answer:
        return _ticked(request, key, came=True)

    @post("/event-places/{key:int}/missed", name=Act.TICK_MISSED)
    def missed(self, request: Page, key: FromPath[int]) -> Answer:
        return _ticked(request, key, came=False)


def _ticked(request: Page, key: int, *, came: bool) -> Answer:
    with request.desk() as desk:
        place = desk.get(EventPlace, key)
        attendance.tick(desk, place, came=came)
        return request.go("event.places", key=place.event_id)


def _moment(day: date, at: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{at}").replace(tzinfo=BEIJING)
