"""Guests of a session: invited and checked in by officers, answering for themselves."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing import wording
from financing.acts import Act
from financing.desk import BEIJING, Desk
from financing.forums import guest_views, inviting, views
from financing.forums.calendar_file import Event, calendar_file
from financing.forums.day_model import Guest
from financing.forums.day_rules import Reply
from financing.forums.model import ForumSession
from reports.square import square
from web.fields import Among, Text, Wan, Yes
from web.forms import Form
from web.page import Answer, Page, address, get, post


class ReplyForm(Form):
    reply: Annotated[Reply, Among((Reply.COMING, Reply.NOT_COMING))]
    person: Annotated[str, Text(60)] = ""
    power: Wan | None = None
    reason: Annotated[str, Text(200, lines=True)] = ""
    shown: Yes = False


class ArriveForm(Form):
    guest_code: Annotated[str, Text(200)]


class GuestPages(Controller):
    @get("/sessions/{key:int}/guests", name="session.guests")
    def listed(self, request: Page, key: FromPath[int], code: FromQuery[str] = "") -> Answer:
        with request.desk(write=False) as desk:
            session = desk.get(ForumSession, key)
            guests = guest_views.guests(desk, session)
            acts = desk.acts(session)
        form = request.sheet(ArriveForm, guest_code=code[:60])
        return request.show("forums/guests.html", session=session, guests=guests, acts=acts, form=form, act=Act)

    @post("/sessions/{key:int}/invite", name=Act.INVITE_GUESTS, page=listed)
    def invite(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            inviting.invite(desk, desk.get(ForumSession, key))
            return request.go("session.guests", key=key)

    @post("/sessions/{key:int}/arrive", name=Act.CHECK_IN, page=listed)
    def arrive(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ArriveForm)
        with request.desk() as desk:
            guest = inviting.arrive(desk, desk.get(ForumSession, key), form.guest_code)
            return request.go("session.guests", key=key, here=guest.id)

    @get("/invites/{key:int}", name="guest.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            guest = desk.get(Guest, key)
            session = views.one(desk, desk.get(ForumSession, guest.session_id))
        form = request.sheet(ReplyForm, guest, reason=guest.why)
        code = square(scanned(request, guest))
        return request.show("forums/guest.html", guest=guest, session=session, form=form, square=code, act=Act)

    @post("/invites/{key:int}/answer", name=Act.ANSWER_INVITE, page=show)
    def answer(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ReplyForm)
        said = inviting.Answer(form.reply is Reply.COMING, form.person, form.power, form.reason, form.shown)
        with request.desk() as desk:
            inviting.answer(desk, desk.get(Guest, key), said)
            return request.go("guest.show", key=key)

    @get("/invites/{key:int}/calendar", name="guest.calendar")
    def calendar(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            guest = desk.get(Guest, key)
            event = _event(request, desk, guest)
        return request.download(calendar_file(event), f"{event.title}.ics", "text/calendar; charset=utf-8")


def scanned(request: Page, guest: Guest) -> str:
    """What the square says: the address at which an officer's telephone opens the list with the code filled in."""
    site: str = request.app.state.settings.site
    return site + address(request.app, "session.guests", key=guest.session_id, code=guest.code)


def _event(request: Page, desk: Desk, guest: Guest) -> Event:
    session = desk.get(ForumSession, guest.session_id)
    starts = datetime.fromisoformat(f"{session.day}T{session.starts}").replace(tzinfo=BEIJING)
    site = request.app.state.settings.site
    return Event(
        uid=f"{session.number}-{guest.id}@{site.partition('://')[2]}",
        sequence=session.version,
        stamp=desk.now,
        starts=starts,
        ends=starts + timedelta(minutes=session.minutes * session.rounds),
        title=f"{session.title} {session.number}",
        place=session.place,
        words=[f"{point.at} {wording.name(point.kind, request.lang)}" for point in views.agenda(session)]
        + [site + address(request.app, "guest.show", key=guest.id)],
    )
