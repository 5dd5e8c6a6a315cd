"""Forum sessions: planned, seated, opened and closed by officers; looked up by banks and firms."""

from __future__ import annotations

import re
from typing import Annotated

from litestar import Controller
from litestar.params import FromPath, FromQuery
from pydantic import Field

from financing.access import Role
from financing.acts import Act
from financing.forums import guest_views, mending, service, views
from financing.forums.model import ForumSession
from financing.parties.model import Bank
from reports.session import session as pack
from web.bundle import answer, for_table
from web.fields import Day, Text, Whole
from web.forms import Form
from web.page import Answer, Page, get, post
from web.session_pack import programme_of

PAGE = 20
WHO = r"(bank|firm):[1-9][0-9]{0,15}|all|new"
Key = Annotated[int, Field(ge=1, le=2**53)]


class SessionForm(Form):
    title: Annotated[str, Text(60)]
    day: Day
    starts: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
    place: Annotated[str, Text(60)]
    rounds: Annotated[int, Whole(1, 20, "轮")]
    minutes: Annotated[int, Whole(5, 120, "分钟")]
    least_talks: Annotated[int, Whole(1, 20, "场")] = 1
    banks: tuple[Key, ...]


class MendForm(Form):
    """Who is not there, and the digest of the change that was looked at."""

    who: Annotated[str, Field(pattern=f"^({WHO})$")]
    first: Annotated[int, Whole(1, 20, "轮")]
    last: Annotated[int, Whole(0, 20, "轮")]
    past: Annotated[int, Whole(0, 20, "轮")]
    seen: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


def change_of(who: str, first: int, last: int, past: int) -> mending.Change:
    """The change as the page names it: `bank:7`, `firm:9`, `all` for lost rounds, `new` for new talks alone."""
    kind, _, key = who.partition(":")
    owner = {f"{kind}_id": int(key)} if key else {}
    return mending.Change(first, first - 1 if kind == "new" else last, past=past, **owner)


class ForumPages(Controller):
    @get("/sessions", name="sessions")
    def listed(self, request: Page, page: FromQuery[int] = 1) -> Answer:
        with request.desk() as desk:
            found = views.sessions(desk, page=page, size=PAGE)
        return request.show("forums/list.html", found=found, act=Act)

    @get("/my-sessions", name="sessions.mine")
    def mine(self, request: Page, page: FromQuery[int] = 1) -> Answer:
        with request.desk() as desk:
            found = views.sessions(desk, page=page, size=PAGE)
        return request.show("forums/list.html", found=found, act=Act)

    @get("/sessions/plan", name="session.form")
    def plan_form(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            banks = [(bank.id, bank.name) for bank in desk.all(Bank, by=Bank.name)]
        form = request.sheet(SessionForm, starts="09:30", rounds=6, minutes=20, least_talks=1)
        return request.show("forums/plan.html", form=form, banks=banks, act=Act)

    @post("/sessions/plan", name=Act.PLAN_SESSION, page=plan_form)
    def plan(self, request: Page) -> Answer:
        form = request.read(SessionForm)
        with request.desk() as desk:
            session = service.plan(desk, **form.model_dump(exclude={"version"}))
            return request.go("session.show", key=session.id)

    @get("/sessions/{key:int}", name="session.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            held = desk.get(ForumSession, key)
            session, own = views.one(desk, held), guest_views.mine(desk, key)
            short = service.short(desk, held) if desk.actor.role is Role.OFFICER else ()
        form = request.sheet(Form)
        return request.show(
            "forums/show.html", session=session, agenda=views.agenda(held), own=own, short=short, form=form, act=Act
        )

    @post("/sessions/{key:int}/seat", name=Act.SEAT_SESSION, page=show)
    def seat(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            service.seat(desk, desk.get(ForumSession, key))
            return request.go("session.show", key=key)

    @get("/sessions/{key:int}/mend", name="session.mend.form")
    def mend_form(
        self,
        request: Page,
        key: FromPath[int],
        who: FromQuery[str] = "",
        first: FromQuery[int] = 1,
        last: FromQuery[int] = 0,
        past: FromQuery[int] = 0,
    ) -> Answer:
        with request.desk(write=False) as desk:
            session = desk.get(ForumSession, key)
            asked = change_of(who, first, last or session.rounds, past) if re.fullmatch(WHO, who) else None
            return request.show(
                "forums/mend.html",
                session=views.one(desk, session),
                who=mending.who(desk, session),
                chosen=who,
                asked=asked,
                found=mending.preview(desk, session, asked) if asked else None,
                form=request.sheet(MendForm),
                act=Act,
            )

    @post("/sessions/{key:int}/mend", name=Act.MEND_SESSION, page=mend_form)
    def mend(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(MendForm)
        with request.desk() as desk:
            change = change_of(form.who, form.first, form.last, form.past)
            mending.mend(desk, desk.get(ForumSession, key), change, seen=form.seen)
            return request.go("session.show", key=key)

    @post("/sessions/{key:int}/open", name=Act.OPEN_SESSION, page=show)
    def open(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            service.open_session(desk, desk.get(ForumSession, key))
            return request.go("session.show", key=key)

    @post("/sessions/{key:int}/close", name=Act.CLOSE_SESSION, page=show)
    def close(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            service.close_session(desk, desk.get(ForumSession, key))
            return request.go("session.show", key=key)

    @get("/sessions/{key:int}/pack", name="session.pack")
    def pack(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            session, settings = desk.get(ForumSession, key), request.app.state.settings
            view = programme_of(desk, session, settings.zone_name, site=settings.site)
        return request.paper(pack(view, request.lang), session.number)

    @get("/sessions/{key:int}/tables/{place:int}", name="session.bundle")
    def bundle(self, request: Page, key: FromPath[int], place: FromPath[int]) -> Answer:
        with request.desk(write=True) as desk:
            bag = for_table(request, desk, desk.get(ForumSession, key), place)
        return answer(request, bag)
