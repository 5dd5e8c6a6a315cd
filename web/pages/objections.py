"""Objections (异议): the firm says what is wrong, the office answers within the days of the law."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, cast

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing import parameters
from financing.access import FIRM
from financing.acts import Act
from financing.desk import Desk
from financing.parties.model import Firm
from financing.personal import objections, views
from financing.personal.model import Objection
from financing.personal.objections import Thing
from financing.personal.rules import Disputed
from financing.refusals import NotFound
from scoring.sheet import Value
from web import corrections, score_words
from web.fields import Day, Text
from web.forms import Form
from web.page import Answer, Page, get, post


class ObjectionForm(Form):
    disputed: Annotated[str, Text(80)]
    objection_why: Annotated[str, Text(500, lines=True)]


class UpholdForm(Form):
    tag = "right-"
    objection_answer: Annotated[str, Text(500, lines=True)]
    right_value: Annotated[str, Text(120)] = ""
    right_on: Day | None = None


class RefuseForm(Form):
    tag = "wrong-"
    objection_answer: Annotated[str, Text(500, lines=True)]


class ObjectionPages(Controller):
    @get("/objections", name="objections")
    def listed(self, request: Page, answered: FromQuery[str] = "") -> Answer:
        with request.desk(write=False) as desk:
            rows = views.listed(desk, answered=bool(answered), most=request.rows(100))
            firms = {one.id: one.name for one in desk.all(Firm, Firm.id.in_(row.firm_id for row in rows))}
            left = {row.id: (row.due_on - desk.today).days for row in rows}
        return request.show(
            "personal/objections.html",
            rows=rows,
            firms=firms,
            left=left,
            answered=bool(answered),
            said=said(request.lang),
        )

    @get("/objections/new", name="objection.form")
    def form(self, request: Page, about: FromQuery[str] = "") -> Answer:
        with request.desk(write=False) as desk:
            if desk.actor.firm_id is None:
                raise NotFound(kind="Firm")
            things = objections.disputable(desk, desk.get(Firm, desk.actor.firm_id))
            days = parameters.figure("personal_objection_days", desk.today)
        options = [(one.code, _told(one, request.lang)) for one in things]
        form = request.sheet(ObjectionForm, disputed=about)
        return request.show("personal/objection_form.html", form=form, options=options, days=days, act=Act)

    @post("/objections/new", name=Act.RAISE_OBJECTION, page=form)
    def raise_(self, request: Page) -> Answer:
        form = request.read(ObjectionForm)
        with request.desk() as desk:
            firm = desk.get(Firm, desk.actor.firm_id or 0)
            made = objections.raise_objection(desk, firm, code=form.disputed, why=form.objection_why)
            return request.go("objection.show", key=made.id)

    @get("/objections/{key:int}", name="objection.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            one = desk.get(Objection, key)
            firm, acts = _firm_name(desk, one), desk.acts(one)
            days = (one.due_on - desk.today).days
        tried = str(request.route_handler.name) if request.refusal else ""
        sheets = {Act.UPHOLD_OBJECTION: request.sheet(UpholdForm), Act.REFUSE_OBJECTION: request.sheet(RefuseForm)}
        return request.show(
            "personal/objection.html", one=one, firm=firm, acts=acts, left=days, sheets=sheets, tried=tried, act=Act,
            typed=objections.by_value(one), options=corrections.options(one, request.lang), known=corrections.held(one),
            said=said(request.lang), own=request.actor.role in FIRM,
        )  # fmt: skip

    @post("/objections/{key:int}/uphold", name=Act.UPHOLD_OBJECTION, page=show)
    def uphold(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(UpholdForm)
        with request.desk() as desk:
            one = desk.get(Objection, key, lock=True)
            value = corrections.read(one, form.right_value)
            objections.uphold(desk, one, answer=form.objection_answer, value=value, as_of=form.right_on)
            return request.go("objection.show", key=key)

    @post("/objections/{key:int}/refuse", name=Act.REFUSE_OBJECTION, page=show)
    def refuse(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(RefuseForm)
        with request.desk() as desk:
            objections.refuse(desk, desk.get(Objection, key, lock=True), answer=form.objection_answer)
            return request.go("objection.show", key=key)

    @post("/objections/{key:int}/withdraw", name=Act.WITHDRAW_OBJECTION, page=show)
    def withdraw(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            objections.withdraw(desk, desk.get(Objection, key, lock=True))
            return request.go("objection.show", key=key)


def said(lang: str) -> Callable[[Objection], str]:
    """What an objection is about, in the words of its own page."""
    return lambda one: score_words.item_word(one.item, lang)


def _told(one: Thing, lang: str) -> str:
    value = (
        score_words.fact_value(one.item, cast("Value", one.value), lang=lang)
        if one.kind is Disputed.FACT
        else one.value
    )
    return f"{score_words.item_word(one.item, lang)}：{value}"


def _firm_name(desk: Desk, one: Objection) -> str:
    found = desk.find(Firm, Firm.id == one.firm_id)
    return found.name if found else "—"
