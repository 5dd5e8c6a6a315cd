"""Pages of committee meetings: calling one, its agenda, opening and closing."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller
from litestar.params import FromPath, FromQuery
from pydantic import Field

from financing.acts import Act
from financing.guarantees import meeting_views, meetings
from financing.guarantees.model import Meeting
from financing.guarantees.room import counted, room
from financing.letters import papers
from web.committee_words import committee_words
from web.fields import Day, Text
from web.forms import Form
from web.page import Answer, Page, get, post


class CallForm(Form):
    day: Day
    place: Annotated[str, Text(60)]
    members: Annotated[list[Annotated[int, Field(ge=1, le=2**53)]], Field(min_length=1, max_length=50)]


class BeginForm(Form):
    #: Why cases that came earlier are not on the agenda.
    left_out: Annotated[str, Text(200)] | None = None


class MeetingPages(Controller):
    @get("/meetings", name="meetings", unmoved=True)
    def meetings(self, request: Page, page: FromQuery[int] = 1) -> Answer:
        with request.desk() as desk:
            found = meeting_views.meetings(desk, page)
        return request.show("guarantees/meetings.html", found=found, act=Act)

    @get("/meetings/new", name="meeting.call.form")
    def call_form(self, request: Page) -> Answer:
        with request.desk() as desk:
            people, today = meeting_views.callable_members(desk), desk.today
        form = request.sheet(CallForm, day=today, members=[key for key, _, _ in people])
        return request.show("guarantees/call.html", people=people, form=form, act=Act)

    @post("/meetings", name=Act.CALL_MEETING, page=call_form)
    def call(self, request: Page) -> Answer:
        form = request.read(CallForm)
        with request.desk() as desk:
            meeting = meetings.call_meeting(desk, day=form.day, place=form.place, members=form.members)
            return request.go("meeting.show", key=meeting.id)

    @get("/meetings/{key:int}", name="meeting.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            agenda = meeting_views.agenda(desk, desk.get(Meeting, key))
            minutes = papers.about(desk, key)
        return request.show(
            "guarantees/meeting.html", meeting=agenda, minutes=minutes, form=request.sheet(BeginForm), act=Act
        )

    @get("/meetings/{key:int}/room", name="meeting.room")
    def room(self, request: Page, key: FromPath[int], case: FromQuery[int | None] = None) -> Answer:
        with request.desk() as desk:
            found = room(desk, desk.get(Meeting, key), case)
        return request.show("guarantees/room.html", room=found, counted=counted, **committee_words(request.lang))

    @post("/meetings/{key:int}/open", name=Act.OPEN_MEETING, page=show)
    def open_meeting(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(BeginForm)
        with request.desk() as desk:
            meetings.open_meeting(desk, desk.get(Meeting, key), form.left_out or "")
            return request.go("meeting.show", key=key)

    @post("/meetings/{key:int}/close", name=Act.CLOSE_MEETING, page=show)
    def close_meeting(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        with request.desk() as desk:
            meetings.close_meeting(desk, desk.get(Meeting, key))
            return request.go("meeting.show", key=key)
