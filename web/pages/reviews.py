"""Pages of what losses teach (代偿复盘): all reviews with what was decided, one with everything behind it, and its paper."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing.acts import Act
from financing.compensation import review, review_views
from financing.compensation.review import Learned
from financing.compensation.review_model import CompensationReview
from financing.compensation.review_rules import Change, Event, Happened, ReviewState
from reports.review import review_paper
from web.fields import Day, Text
from web.forms import Form
from web.page import Answer, Page, get, post
from web.routes import ROUTES

#: Where an event of a kind is looked up, by who may open it.
PLACES = {
    Happened.CHECKED: "check.show",
    Happened.UNCHECKED: "check.show",
    Happened.WARNED: "warning.show",
    Happened.SETTLED: "warning.show",
    Happened.CLAIMED: "compensation.show",
}
ALONGSIDE = ("guarantee.show", "case.show", "card.show", *PLACES.values())


class LearnedForm(Form):
    lesson: Annotated[str, Text(2_000, lines=True)]
    change: Change
    changed: Annotated[str, Text(500, lines=True)] | None = None
    change_by: Day | None = None
    reason: Annotated[str, Text(500, lines=True)]


class ReasonForm(Form):
    reason: Annotated[str, Text(500, lines=True)]


class ResultForm(Form):
    result: Annotated[str, Text(500, lines=True)]


class ReviewPages(Controller):
    @get("/reviews", name="reviews")
    def list(self, request: Page, only: FromQuery[str] = "", page: FromQuery[int] = 1) -> Answer:
        with request.desk(write=False) as desk:
            found = review_views.reviews(desk, done=only == "done", page=min(page, 100_000))
            left = {row.id: desk.calendar.left(desk.today, day) for row in found.rows if (day := _next(row))}
        return request.show("compensation/reviews.html", found=found, left=left, done=only == "done")

    @get("/reviews/{key:int}", name="review.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            found = review_views.shown(desk, desk.get(CompensationReview, key))
            left = desk.calendar.left(desk.today, day) if (day := _next(found.review)) else None
        links = frozenset(route for route in ALONGSIDE if request.actor.role in ROUTES[route])
        one = found.review
        form = request.sheet(
            LearnedForm,
            lesson=one.lesson,
            change=one.change,
            changed=one.changed,
            change_by=one.change_by,
            reason=one.reason,
        )
        return request.show(
            "compensation/review.html", found=found, left=left, links=links, place=_place, act=Act, form=form,
            back=request.sheet(ReasonForm), end=request.sheet(ResultForm),
        )  # fmt: skip

    @get("/reviews/{key:int}/paper", name=Act.PRINT_REVIEW)
    def paper(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=True, claim=False) as desk:
            found = review_views.shown(desk, desk.get(CompensationReview, key))
            desk.note(Act.PRINT_REVIEW, found.review, number=found.review.number)
            today = desk.today
        job = review_paper(found, request.app.state.settings.zone_name, today, request.lang)
        return request.paper(job, found.review.number)

    @post("/reviews/{key:int}/propose", name=Act.PROPOSE_REVIEW, page=show)
    def propose(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(LearnedForm)
        with request.desk() as desk:
            said = Learned(form.lesson, form.change, form.reason, form.changed or "", form.change_by)
            review.propose(desk, desk.get(CompensationReview, key), said)
            return request.go("review.show", key=key)

    @post("/reviews/{key:int}/return", name=Act.RETURN_REVIEW, page=show)
    def send_back(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ReasonForm)
        with request.desk() as desk:
            review.send_back(desk, desk.get(CompensationReview, key), form.reason)
            return request.go("review.show", key=key)

    @post("/reviews/{key:int}/change-nothing", name=Act.CHANGE_NOTHING, page=show)
    def change_nothing(self, request: Page, key: FromPath[int]) -> Answer:
        return _decide(request, key, Act.CHANGE_NOTHING)

    @post("/reviews/{key:int}/change", name=Act.CHANGE_SOMETHING, page=show)
    def change(self, request: Page, key: FromPath[int]) -> Answer:
        return _decide(request, key, Act.CHANGE_SOMETHING)

    @post("/reviews/{key:int}/finish", name=Act.FINISH_REVIEW, page=show)
    def finish(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ResultForm)
        with request.desk() as desk:
            review.finish(desk, desk.get(CompensationReview, key), form.result)
            return request.go("review.show", key=key)


def _decide(request: Page, key: int, act: Act) -> Answer:
    request.read(Form)
    with request.desk() as desk:
        review.decide(desk, desk.get(CompensationReview, key), act)
        return request.go("review.show", key=key)


def _next(one: CompensationReview | review_views.Row) -> date | None:
    """The day that is next: of the opinion, then of the change."""
    if one.state is ReviewState.DONE:
        return None
    return one.change_by if one.state is ReviewState.DECIDED else one.due_on


def _place(event: Event) -> str:
    return PLACES.get(event.kind, "")
