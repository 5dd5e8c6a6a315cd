"""Inspections and visits (入企检查, 宁静日): the month's calendar, one matter, figures by authority, what firms say."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing.access import FIRM
from financing.acts import Act
from financing.desk import Desk
from financing.helping import visits
from financing.inspection_refusals import FirmNotOnFile
from financing.inspections import service, views, words
from financing.inspections.model import Inspection, UnannouncedWord
from financing.inspections.rules import Authority, Found, Grievance, Kind, Topic, Urgent
from financing.inspections.service import Booking
from financing.parties.model import Firm
from web.fields import CreditCode, Day, Text, Whole
from web.forms import Form
from web.page import Answer, Page, get, post


class BookForm(Form):
    code: CreditCode
    inspection_kind: Kind
    inspector: Authority
    topic: Topic
    basis: Annotated[str, Text(200)]
    day: Day
    urgent: Urgent | None = None
    urgent_reason: Annotated[str, Text(300, lines=True)] = ""


class JoinForm(Form):
    tag = "join-"
    inspector: Authority
    topic: Topic
    basis: Annotated[str, Text(200)]


class ResultForm(Form):
    tag = "result-"
    inspection_result: Found
    result_report: Annotated[str, Text(1_000, lines=True)]
    mend_by: Day | None = None


class ReasonForm(Form):
    reason: Annotated[str, Text(300, lines=True)]


class WordForm(Form):
    grievance: Grievance
    inspector: Authority
    came_on: Day
    unannounced: Annotated[str, Text(500, lines=True)]
    inspection: Annotated[int | None, Whole(1, 2**53)] = None


class AnswerForm(Form):
    firm_answer: Annotated[str, Text(500, lines=True)]


class InspectionPages(Controller):
    @get("/inspections", name="inspections")
    def month(self, request: Page, month: FromQuery[str] = "") -> Answer:
        with request.desk(write=False) as desk:
            found, waiting = views.month(desk, _first(month, desk.today), visits.entries), views.waiting(desk)
            words_open = sum(bool(acts) for _, _, acts in views.unannounced(desk))
        return request.show("inspections/list.html", found=found, waiting=waiting, words=words_open, act=Act)

    @get("/inspections/figures", name="inspection.figures")
    def figures(self, request: Page, year: FromQuery[int] = 0) -> Answer:
        with request.desk(write=False) as desk:
            this = desk.today.year
            year = year if 2000 < year <= this else this
            rows = views.figures(desk, year)
        return request.show("inspections/figures.html", rows=rows, year=year, years=range(this, this - 3, -1))

    @get("/inspections/book", name="inspection.form")
    def form(self, request: Page, firm: FromQuery[int] = 0) -> Answer:
        with request.desk(write=False) as desk:
            known = desk.find(Firm, Firm.id == firm) if firm else None
            other = _other(request, desk)
            still = service.quiet(desk.today)
        given = {"inspection_kind": Kind.INSPECTION} | ({"code": known.code} if known else {})
        return request.show(
            "inspections/book.html", form=request.sheet(BookForm, **given), quiet=still, other=other, act=Act
        )

    @post("/inspections/book", name=Act.BOOK_INSPECTION, page=form)
    def book(self, request: Page) -> Answer:
        form = request.read(BookForm)
        said = Booking(
            form.inspection_kind, form.inspector, form.topic, form.basis, form.day, form.urgent, form.urgent_reason
        )
        with request.desk() as desk:
            firm = desk.find(Firm, Firm.code == form.code)
            if firm is None:
                raise FirmNotOnFile(field="code", code=form.code)
            return request.go("inspection.show", key=service.book(desk, firm, said).id)

    @get("/inspections/{key:int}", name="inspection.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            found = views.one(desk, desk.get(Inspection, key))
        tried = str(request.route_handler.name) if request.refusal else ""
        sheets = {Act.JOIN_INSPECTION: request.sheet(JoinForm), Act.RECORD_INSPECTION: request.sheet(ResultForm)}
        return request.show(
            "inspections/show.html", found=found, sheets=sheets, reason=request.sheet(ReasonForm), tried=tried, act=Act
        )

    @post("/inspections/{key:int}/join", name=Act.JOIN_INSPECTION, page=show)
    def join(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(JoinForm)
        with request.desk() as desk:
            service.join(desk, desk.get(Inspection, key), form.inspector, form.topic, form.basis)
            return request.go("inspection.show", key=key)

    @post("/inspections/{key:int}/approve", name=Act.APPROVE_INSPECTION, page=show)
    def approve(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            service.approve(desk, desk.get(Inspection, key))
            return request.go("inspection.show", key=key)

    @post("/inspections/{key:int}/refuse", name=Act.REFUSE_INSPECTION, page=show)
    def refuse(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ReasonForm)
        with request.desk() as desk:
            service.refuse(desk, desk.get(Inspection, key), form.reason)
            return request.go("inspection.show", key=key)

    @post("/inspections/{key:int}/cancel", name=Act.CANCEL_INSPECTION, page=show)
    def cancel(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ReasonForm)
        with request.desk() as desk:
            service.cancel(desk, desk.get(Inspection, key), form.reason)
            return request.go("inspection.show", key=key)

    @post("/inspections/{key:int}/record", name=Act.RECORD_INSPECTION, page=show)
    def record(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ResultForm)
        with request.desk() as desk:
            service.record(desk, desk.get(Inspection, key), form.inspection_result, form.result_report, form.mend_by)
            return request.go("inspection.show", key=key)

    @get("/inspections/unannounced", name="unannounced")
    def words(self, request: Page, about: FromQuery[int] = 0) -> Answer:
        with request.desk(write=False) as desk:
            said, firm = views.unannounced(desk), desk.actor.role in FIRM
            today = desk.today
        given: dict[str, object] = {"came_on": today} | ({"inspection": about} if about else {})
        return request.show(
            "inspections/unannounced.html", said=said, firm=firm, form=request.sheet(WordForm, **given), answer=request.sheet(AnswerForm),
            act=Act,
        )  # fmt: skip

    @post("/inspections/unannounced", name=Act.SAY_UNANNOUNCED, page=words)
    def say(self, request: Page) -> Answer:
        form = request.read(WordForm)
        with request.desk() as desk:
            words.say(desk, form.grievance, form.inspector, form.came_on, form.unannounced, form.inspection)
            return request.go("unannounced")

    @post("/inspections/unannounced/{key:int}/answer", name=Act.ANSWER_UNANNOUNCED, page=words)
    def answer(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(AnswerForm)
        with request.desk() as desk:
            words.answer(desk, desk.get(UnannouncedWord, key), form.firm_answer)
            return request.go("unannounced")


def _first(month: str, today: date) -> date:
    """The first day of the month that an address names, this month's otherwise."""
    try:
        return date.fromisoformat(f"{month}-01")
    except ValueError:
        return today.replace(day=1)


def _other(request: Page, desk: Desk) -> Inspection | None:
    """What stands in the way of a booking that was refused: it can be joined."""
    number = request.refusal.facts.get("number") if request.refusal else None
    return desk.find(Inspection, Inspection.number == number) if number else None
