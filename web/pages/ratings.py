"""Ratings of handled needs, calls to firms, and what both add up to."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing import parameters, wording
from financing.acts import Act
from financing.needs.model import Need
from financing.office import draws
from financing.ratings import periods, service, views
from financing.ratings.model import CallBack
from financing.ratings.rules import ASPECTS, CallState, Grade
from web.fields import Text, Yes
from web.forms import Form
from web.page import Answer, Page, get, post


class RatingForm(Form):
    overall: Grade
    efficiency: Grade | None = None
    guidance: Grade | None = None
    convenience: Grade | None = None
    usability: Grade | None = None
    rating_says: Annotated[str, Text(500, lines=True)] = ""


class VerifyForm(Form):
    complaint_true: Yes = False
    complaint_found: Annotated[str, Text(500, lines=True)]


class RectifyForm(Form):
    rectified: Annotated[str, Text(500, lines=True)]


class CallForm(Form):
    overall: Grade
    heard: Annotated[str, Text(500, lines=True)] = ""


def _said(what: StrEnum | str, lang: str) -> str:
    """A word of the platform by its name, words of a firm as they stand."""
    return wording.name(what, lang) if isinstance(what, StrEnum) else what


class RatingPages(Controller):
    @get("/needs/{key:int}/rating", name="rating.form")
    def rating_form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            need = desk.get(Need, key)
            rated, may_rate = service.of_need(desk, key), service.may_rate(desk, need)
            least = parameters.figure("rating_least_firms", desk.today).value
        return request.show(
            "office/rating.html", need=need, rated=rated, may_rate=may_rate, least=least, form=request.sheet(RatingForm),
            grades=Grade, aspects=ASPECTS, act=Act,
        )  # fmt: skip

    @post("/needs/{key:int}/rating", name=Act.RATE, page=rating_form)
    def rate(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(RatingForm)
        with request.desk() as desk:
            aspects = {name: getattr(form, name) for name in ASPECTS}
            service.rate(desk, desk.get(Need, key), form.overall, aspects, form.rating_says)
            return request.go("rating.form", key=key)

    @get("/ratings", name="ratings")
    def results(self, request: Page, period: FromQuery[str] = "") -> Answer:
        with request.desk(write=False) as desk:
            offered, asked = periods.over(desk.today), periods.named(period)
            chosen = asked if asked in offered else next(one for one in offered if one.months == 1)
            found, draws = views.results(desk, chosen), views.draws(desk)
            figures = [parameters.figure(key, desk.today) for key in ("call_back_ppm", "bad_rating_days")]
        return request.show(
            "office/ratings.html",
            found=found,
            draws=draws,
            offered=offered,
            grades=Grade,
            aspects=ASPECTS,
            figures=figures,
        )

    @get("/calls", name="calls")
    def calls(self, request: Page, over: FromQuery[str] = "", page: FromQuery[int] = 1) -> Answer:
        with request.desk(write=False) as desk:
            found = views.calls(desk, min(page, 10_000), over=bool(over))
        return request.show("office/calls.html", found=found, over=bool(over))

    @get("/calls/{key:int}", name="call.show")
    def call(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            one = desk.get(CallBack, key)
            about, matter = views.about(desk, one), draws.about(desk, one)
            left, acts = desk.calendar.left(desk.today, one.due_on), desk.acts(one)
        sheets: dict[Act, type[Form]] = {
            Act.VERIFY_RATING: VerifyForm,
            Act.RECTIFY: RectifyForm,
            Act.CALL_BACK: CallForm,
        }
        sheet = next((request.sheet(kind) for act, kind in sheets.items() if act in acts), None)
        return request.show(
            "office/call.html", one=one, about=about, matter=" · ".join(_said(each, request.lang) for each in matter), left=left, acts=acts, form=sheet, act=Act,
            state=CallState, aspects=ASPECTS,
        )  # fmt: skip

    @post("/calls/{key:int}/verify", name=Act.VERIFY_RATING, page=call)
    def verify(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(VerifyForm)
        with request.desk() as desk:
            service.verify(desk, desk.get(CallBack, key), true=form.complaint_true, found=form.complaint_found)
            return request.go("call.show", key=key)

    @post("/calls/{key:int}/rectify", name=Act.RECTIFY, page=call)
    def rectify(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(RectifyForm)
        with request.desk() as desk:
            service.rectify(desk, desk.get(CallBack, key), form.rectified)
            return request.go("call.show", key=key)

    @post("/calls/{key:int}/called", name=Act.CALL_BACK, page=call)
    def called(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(CallForm)
        with request.desk() as desk:
            service.called(desk, desk.get(CallBack, key), form.overall, form.heard)
            return request.go("call.show", key=key)

    @post("/calls/{key:int}/missed", name=Act.MISS_CALL, page=call)
    def missed(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            service.missed(desk, desk.get(CallBack, key))
            return request.go("call.show", key=key)
