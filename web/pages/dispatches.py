"""Meetings of the rhythm (调度会): the calendar, one meeting, its screen, its paper and workbook, and what it decides."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Controller
from litestar.params import FromPath, FromQuery
from pydantic import Field

from financing.acts import Act
from financing.cadence import service, views
from financing.cadence.model import Dispatch
from financing.cadence.views import Meeting
from financing.helping.people import in_service
from financing.helping.task_rules import TaskState
from financing.wording import name, translate
from financing.words import _
from reports.dispatch import about, agenda, meeting_sheets, titled
from reports.sheets import book_bytes
from reports.statistics import told as figures_told
from web.exports import XLSX
from web.fields import Day, Text
from web.forms import Form
from web.page import Answer, Page, get, post


class DecisionForm(Form):
    dispatch_item: Annotated[int, Field(ge=0, le=10_000)] = 0
    task_title: Annotated[str, Text(120)]
    owner: int
    task_due: Day


class MinutesForm(Form):
    dispatch_minutes: Annotated[str, Text(2_000, lines=True)]


class BackForm(Form):
    reason: Annotated[str, Text(500, lines=True)]


class JoinForm(Form):
    into: int


class DispatchPages(Controller):
    path = "/dispatches"

    @get("/", name="dispatches")
    def convened(self, request: Page, page: FromQuery[int] = 1) -> Answer:
        with request.desk(write=False) as desk:
            found, coming = views.convened(desk, min(page, 100_000)), list(views.coming(desk))
        return request.show(
            "cadence/list.html",
            found=found,
            coming=coming,
            titled=lambda one: titled(one.span, one.until, request.lang),
        )

    @get("/{key:int}", name="dispatch.show")
    def show(self, request: Page, key: FromPath[int], item: FromQuery[int] = 0) -> Answer:
        with request.desk(write=False) as desk:
            found = views.one(desk, desk.get(Dispatch, key))
        sheets = {
            Act.DECIDE_ITEM: request.sheet(DecisionForm, dispatch_item=item),
            Act.MINUTE_DISPATCH: request.sheet(MinutesForm, dispatch_minutes=found.dispatch.minutes),
            Act.RETURN_DISPATCH: request.sheet(BackForm),
            Act.JOIN_DISPATCH: request.sheet(JoinForm),
        }
        tried = next((one for one in sheets if one == request.route_handler.name), Act.DECIDE_ITEM)
        return request.show(
            "cadence/show.html", act=Act, form=sheets[Act.DECIDE_ITEM], minutes_form=sheets[Act.MINUTE_DISPATCH],
            back_form=sheets[Act.RETURN_DISPATCH], join_form=sheets[Act.JOIN_DISPATCH], wrong=sheets[tried],
            places=_places(request, found), owners=[(one.id, one.name) for one in found.owners],
            others=[(one.id, f"{titled(one.span, one.until, request.lang)} {one.number}") for one in found.others],
            **_said(request, found),
        )  # fmt: skip

    @get("/{key:int}/screen", name="dispatch.screen")
    def screen(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            found = views.one(desk, desk.get(Dispatch, key))
        return request.show("cadence/screen.html", **_said(request, found))

    @get("/{key:int}/paper", name="dispatch.paper")
    def paper(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            meeting = desk.get(Dispatch, key)
            record = service.minuted(desk, meeting)
        return request.paper(
            agenda(record, meeting.digest, request.app.state.settings.zone_name, request.lang), meeting.number
        )

    @get("/{key:int}/sheet", name="dispatch.sheet")
    def sheet(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            meeting = desk.get(Dispatch, key)
            record = service.minuted(desk, meeting)
        return request.download(book_bytes(meeting_sheets(record, request.lang)), f"{meeting.number}.xlsx", XLSX)

    @post("/{key:int}/decide", name=Act.DECIDE_ITEM, page=show)
    def decide(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(DecisionForm)
        with request.desk() as desk:
            owner = in_service(desk, form.owner, "owner")
            service.decide(
                desk,
                desk.get(Dispatch, key),
                item=form.dispatch_item,
                said=form.task_title,
                owner=owner,
                due_on=form.task_due,
            )
            return request.go("dispatch.show", key=key)

    @post("/{key:int}/minutes", name=Act.MINUTE_DISPATCH, page=show)
    def write(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(MinutesForm)
        with request.desk() as desk:
            service.write_minutes(desk, desk.get(Dispatch, key), form.dispatch_minutes)
            return request.go("dispatch.show", key=key)

    @post("/{key:int}/close", name=Act.CLOSE_DISPATCH, page=show)
    def close(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(Form)
        with request.desk() as desk:
            service.close(desk, desk.get(Dispatch, key, version=form.version))
            return request.go("dispatch.show", key=key)

    @post("/{key:int}/return", name=Act.RETURN_DISPATCH, page=show)
    def send_back(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(BackForm)
        with request.desk() as desk:
            service.send_back(desk, desk.get(Dispatch, key), form.reason)
            return request.go("dispatch.show", key=key)

    @post("/{key:int}/join", name=Act.JOIN_DISPATCH, page=show)
    def join(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(JoinForm)
        with request.desk() as desk:
            service.join(desk, desk.get(Dispatch, key), desk.find(Dispatch, Dispatch.id == form.into))
            return request.go("dispatch.show", key=form.into)


def _said(request: Page, found: Meeting) -> dict[str, Any]:
    """A meeting with the words that its pages need."""
    return {
        "found": found,
        "titled": lambda one: titled(one.span, one.until, request.lang),
        "about": lambda item: about(item, request.lang),
        "figures": figures_told(found.figures, request.lang) if found.figures else None,
        "task_state": TaskState,
    }


def _places(request: Page, found: Meeting) -> list[tuple[int, str]]:
    """The items a decision can be about, and none."""
    say = translate(request.lang)
    named = [(e.place, f"{e.place}. {name(e.item.matter, request.lang)} {e.item.number}") for e in found.entries]
    return [(0, say(_("不针对某一项"))), *named]
