"""Incidents with personal data (个人信息安全事件): recorded, whom they concern, who was told, and the paper for the authority."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated, Any, ClassVar

from litestar import Controller
from litestar.params import FromPath
from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from financing.acts import Act
from financing.desk import BEIJING, Desk
from financing.incident_words import WAY_HINTS
from financing.incidents import service, views
from financing.incidents.model import Incident, IncidentParty
from financing.incidents.rules import Way
from financing.incidents.service import Said
from financing.parameters import figure
from financing.personal.rules import Held
from reports import incident as paper
from web.fields import Day, Text
from web.forms import Form
from web.page import Answer, Page, get, post

#: Forms of acts on the page of one incident.
WORDS = Annotated[str, Text(2_000, lines=True)]


def _clock(text: str) -> str:
    """A time of the day such as 09:30."""
    try:
        time.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("clock", "not a time") from None
    return text


class IncidentForm(Form):
    incident_title: Annotated[str, Text(80)]
    kinds: tuple[Held, ...]
    began_on: Day
    ended_on: Day
    found_on: Day
    found_time: Annotated[str, Text(5), AfterValidator(_clock)]
    cause: WORDS
    harm: WORDS
    measures: WORDS
    can_do: WORDS
    reach_us: Annotated[str, Text(300, lines=True)]

    def said(self) -> Said:
        """As the service takes it; days are whole days in Beijing."""
        ended = datetime.combine(self.ended_on, time.max, BEIJING)
        found = datetime.combine(self.found_on, time.fromisoformat(self.found_time), BEIJING)
        return Said(
            self.incident_title, self.kinds, _midnight(self.began_on), ended, found, self.cause, self.harm, self.measures, self.can_do,
            self.reach_us,
        )  # fmt: skip


class DrawForm(Form):
    tag: ClassVar[str] = "draw-"
    way: Way
    of: Annotated[str, Text(120)] = ""
    held: Held | None = None


class LeaveForm(Form):
    tag: ClassVar[str] = "leave-"
    reason: Annotated[str, Text(300, lines=True)]


class ReportForm(Form):
    tag: ClassVar[str] = "report-"
    reported_to: Annotated[str, Text(300, lines=True)]


class CloseForm(Form):
    tag: ClassVar[str] = "close-"
    learned: WORDS


#: What is filled in for each act, by act.
FORMS: dict[Act, type[Form]] = {
    Act.DRAW_PARTIES: DrawForm,
    Act.REPORT_INCIDENT: ReportForm,
    Act.CLOSE_INCIDENT: CloseForm,
}


class IncidentPages(Controller):
    path = "/incidents"

    @get("/", name="incidents")
    def listed(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            rows = views.newest(desk, request.rows(100))
        return request.show("incidents/list.html", rows=rows, now=request.now, act=Act)

    @get("/new", name="incident.form")
    def form(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            today, hours = desk.today, _hours(desk)
        found = {
            "found_on": today,
            "began_on": today,
            "ended_on": today,
            "found_time": f"{request.now.astimezone(BEIJING):%H:%M}",
        }
        return request.show(
            "incidents/form.html", form=request.sheet(IncidentForm, **found), one=None, hours=hours, act=Act
        )

    @post("/new", name=Act.RECORD_INCIDENT, page=form)
    def record(self, request: Page) -> Answer:
        form = request.read(IncidentForm)
        with request.desk() as desk:
            return request.go("incident.show", key=service.record(desk, form.said()).id)

    @get("/{key:int}", name="incident.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            found = views.one(desk, desk.get(Incident, key))
        sheets = {act: request.sheet(form) for act, form in FORMS.items()}
        tried = str(request.route_handler.name) if request.refusal else ""
        return request.show(
            "incidents/show.html", found=found, one=found.incident, sheets=sheets, tried=tried, hints=WAY_HINTS, now=request.now,
            form=request.sheet(Form), act=Act,
        )  # fmt: skip

    @get("/{key:int}/edit", name="incident.edit.form")
    def edit_form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            one, hours = desk.get(Incident, key), _hours(desk)
        return request.show(
            "incidents/form.html", form=request.sheet(IncidentForm, **_standing(one)), one=one, hours=hours, act=Act
        )

    @post("/{key:int}/edit", name=Act.EDIT_INCIDENT, page=edit_form)
    def edit(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(IncidentForm)
        with request.desk() as desk:
            service.edit(desk, desk.get(Incident, key, lock=True), form.said())
            return request.go("incident.show", key=key)

    @post("/{key:int}/draw", name=Act.DRAW_PARTIES, page=show)
    def draw(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(DrawForm)
        of = (form.held.value if form.held else "") if form.way is Way.KIND else form.of
        with request.desk() as desk:
            service.draw(desk, desk.get(Incident, key, lock=True), form.way, of)
            return request.go("incident.show", key=key)

    @post("/parties/{key:int}/leave-out", name=Act.LEAVE_OUT_PARTY)
    def leave_out(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(LeaveForm)
        with request.desk() as desk:
            party = desk.get(IncidentParty, key, lock=True)
            service.leave_out(desk, desk.get(Incident, party.incident_id, lock=True), party, form.reason)
            return request.go("incident.show", key=party.incident_id)

    @post("/{key:int}/tell", name=Act.TELL_PARTIES, page=show)
    def tell(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            service.tell(desk, desk.get(Incident, key, lock=True))
            return request.go("incident.show", key=key)

    @post("/{key:int}/report", name=Act.REPORT_INCIDENT, page=show)
    def report(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ReportForm)
        with request.desk() as desk:
            service.report(desk, desk.get(Incident, key, lock=True), form.reported_to)
            return request.go("incident.show", key=key)

    @post("/{key:int}/close", name=Act.CLOSE_INCIDENT, page=show)
    def close(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(CloseForm)
        with request.desk() as desk:
            service.close(desk, desk.get(Incident, key, lock=True), form.learned)
            return request.go("incident.show", key=key)

    @get("/{key:int}/paper", name="incident.paper")
    def paper(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            found = views.one(desk, desk.get(Incident, key))
        settings = request.app.state.settings
        told = paper.Notice(
            settings.zone_name, settings.zone_office, settings.zone_phone, found.incident, found.firms, found.people
        )
        return request.paper(paper.notice(told, request.lang), found.incident.number)


def _hours(desk: Desk) -> dict[str, int]:
    return {clock: figure(f"incident_{clock}_hours", desk.today).value for clock in ("report", "tell")}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, BEIJING)


def _standing(one: Incident) -> dict[str, Any]:
    began, ended, found = (at.astimezone(BEIJING) for at in (one.began_at, one.ended_at, one.found_at))
    words = {name: getattr(one, name) for name in ("cause", "harm", "measures", "can_do", "reach_us")}
    kinds = tuple(Held(kind) for kind in one.kinds)
    days = {
        "began_on": began.date(),
        "ended_on": ended.date(),
        "found_on": found.date(),
        "found_time": f"{found:%H:%M}",
    }
    return {"incident_title": one.title, "kinds": kinds, **days, **words}
