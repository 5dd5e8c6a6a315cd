"""Clocks of needs: pausing, explaining and extending with their reasons, and the posts of the ladder."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing.acts import Act
from financing.clocks import limits, posts, promise_rules, service, views
from financing.clocks.model import Extension
from financing.clocks.rules import Delay, Halt, Rung
from financing.diligence import tasks
from financing.needs import lateness
from financing.needs.model import Need
from financing.people.model import User
from web.fields import Day, Text, Whole, one_of
from web.forms import Form
from web.page import Answer, Page, get, post


class HaltForm(Form):
    reason: Halt
    evidence: Annotated[str, Text(500, lines=True)]


class DelayForm(Form):
    delay: Delay
    why: Annotated[str, Text(500, lines=True)]


class ExtendForm(Form):
    days: Annotated[int, Whole(1, 250, "个工作日")]
    why: Annotated[str, Text(500, lines=True)]


class PostForm(Form):
    rung: Rung
    person: Annotated[int | None, Whole(1, 2**53)] = None
    since: Day


#: The form of each act with one; the others are a button.
FORMS: dict[Act, type[Form]] = {
    Act.HALT_STEP: HaltForm,
    Act.EXPLAIN_STEP: DelayForm,
    Act.ASK_EXTENSION: ExtendForm,
    Act.RESUME_STEP: Form,
}


class ClockPages(Controller):
    @get("/needs/{key:int}/clock", name="need.clock")
    def show(self, request: Page, key: FromPath[int], act: FromQuery[str] = "") -> Answer:
        with request.desk(write=False) as desk:
            need = desk.get(Need, key)
            times, found = views.of_need(desk, key), tasks.chart(desk, need)
            waiting = [one for one in times.now.extensions if one.decided_by is None] if times.now else []
            may_agree = {one.id: desk.acts(one) for one in waiting}
        chosen = one_of(Act, act or str(request.route_handler.name))
        chosen = chosen if chosen in times.acts else next(iter(times.acts), None)
        return request.show(
            "clocks/show.html", need=need, times=times, waiting=waiting, may_agree=may_agree, chosen=chosen, chart=found,
            form=request.sheet(FORMS[chosen] if chosen else Form), act=Act,
        )  # fmt: skip

    @post("/needs/{key:int}/halt", name=Act.HALT_STEP, page=show)
    def halt(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(HaltForm)
        with request.desk() as desk:
            service.halt(desk, desk.get(Need, key, lock=True), form.reason, form.evidence)
            return request.go("need.show", key=key)

    @post("/needs/{key:int}/resume", name=Act.RESUME_STEP, page=show)
    def resume(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            service.go_on(desk, desk.get(Need, key, lock=True))
            return request.go("need.show", key=key)

    @post("/needs/{key:int}/explain", name=Act.EXPLAIN_STEP, page=show)
    def explain(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(DelayForm)
        with request.desk() as desk:
            service.explain(desk, desk.get(Need, key, lock=True), form.delay, form.why)
            return request.go("need.show", key=key)

    @post("/needs/{key:int}/extend", name=Act.ASK_EXTENSION, page=show)
    def extend(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ExtendForm)
        with request.desk() as desk:
            service.ask(desk, desk.get(Need, key, lock=True), form.days, form.why)
            return request.go("need.clock", key=key)

    @post("/extensions/{key:int}/agree", name=Act.AGREE_EXTENSION)
    def agree(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            asked = desk.get(Extension, key)
            service.agree(desk, desk.get(Need, asked.need_id, lock=True), asked)
            return request.go("need.show", key=asked.need_id)

    @post("/extensions/{key:int}/turn-down", name=Act.TURN_DOWN_EXTENSION)
    def turn_down(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            asked = desk.get(Extension, key)
            service.turn_down(desk, asked)
            return request.go("need.clock", key=asked.need_id)

    @get("/overdue", name="overdue")
    def overdue(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            found = lateness.overdue(desk)
        return request.show("clocks/overdue.html", found=found)

    @get("/tolerated", name="tolerated")
    def tolerated(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            listed, today = promise_rules.tolerated(desk.today), desk.today
        return request.show("clocks/tolerated.html", listed=listed, today=today)


class PostPages(Controller):
    @get("/posts", name="posts")
    def show(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            found, ladder = posts.history(desk), limits.ladder(desk.today)
            people = [(one.id, one.name) for one in posts.people(desk)]
            form = request.sheet(PostForm, since=desk.today)
        return request.show(
            "clocks/posts.html", found=found, ladder=ladder, people=people, fallback=posts.FALLBACK, form=form, act=Act
        )

    @post("/posts", name=Act.SET_POST, page=show)
    def give(self, request: Page) -> Answer:
        form = request.read(PostForm)
        with request.desk() as desk:
            user = desk.get(User, form.person) if form.person else None
            posts.give(desk, form.rung, user, form.since)
            return request.go("posts")
