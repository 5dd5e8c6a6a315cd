"""Pages of due diligence: the visit with its photos, the second opinion, what the loan asks of the firm."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Annotated, Any

from litestar import Controller
from litestar.params import FromPath
from pydantic import Field, create_model

from financing.access import Role
from financing.acts import Act
from financing.diligence import affording, service, views
from financing.diligence.model import Survey
from financing.diligence.rules import Advice, Check, Checks, Finding, Result, checks
from financing.diligence.service import Visit
from financing.needs.model import Need
from financing.papers import service as papers
from financing.papers import store
from financing.papers.rules import PaperKind, picture_of
from financing.parties.model import Firm
from scoring.dated import series
from scoring.facts import FACTS
from scoring.repayment import Repayment
from web.affording import picture
from web.fact_fields import choices, fact_field, standing, typed
from web.fields import Among, Day, Percent, Text, Upload, Wan
from web.forms import Form
from web.page import Answer, Page, get, post

#: What a loan can be worked out for before any bank has answered; a plan of one's own needs its table.
ASSUMED = tuple(one for one in Repayment if one is not Repayment.STEPPED)


class VisitFields(Form):
    visited_on: Day
    place: Annotated[str, Text(120)]
    rate: Percent
    repayment: Annotated[Repayment, Among(ASSUMED)]
    other: Wan | None = None
    advice: Advice
    opinion: Annotated[str, Text(500, lines=True)]


class PhotoForm(Form):
    file: Upload


class ReviewForm(Form):
    advice: Advice
    opinion: Annotated[str, Text(500, lines=True)]


@cache
def visit_form(asked: Checks, lang: str) -> type[VisitFields]:
    """The form of the checks in force, its fields called by the checks' own words."""
    fields: dict[str, Any] = {}
    for check in asked.check:
        titles = {
            name: f"{check.says if lang == 'zh' else check.english}{_SUFFIX[name][lang == 'en']}" for name in _SUFFIX
        }
        fields |= {
            f"{check.key}_result": (Result, Field(title=titles["result"])),
            f"{check.key}_value": (Annotated[str, Text(200)], Field(title=titles["value"])),
            f"{check.key}_on": (Day | None, Field(default=None, title=titles["on"])),
            **{name: fact_field(FACTS[name]) for name in check.facts},
        }
    made: type[VisitFields] = create_model("VisitForm", __base__=VisitFields, **fields)
    return made


_SUFFIX = {"result": ("：结果", ": result"), "value": ("：看到的情况", ": what was seen"), "on": ("：日期", ": day")}


class DiligencePages(Controller):
    @get("/needs/{key:int}/survey", name="survey.form")
    def form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            found, today = views.before(desk, desk.get(Need, key)), desk.today
            lpr = series("lpr").on(today)["one_year"]
        facts = [name for check in found.checks.check for name in check.facts]
        known = {name: standing(FACTS[name], found.known[name].value) for name in facts if name in found.known}
        given = {"visited_on": today, "place": found.firm.address, "rate": found.need.wish or f"{lpr / 10_000:g}"}
        sheet = request.sheet(visit_form(found.checks, request.lang), None, **given, **known)
        return request.show(
            "diligence/form.html", found=found, form=sheet, photo=request.sheet(PhotoForm), options=choices(facts, request.lang), facts_of=FACTS,
            act=Act,
        )  # fmt: skip

    @post("/needs/{key:int}/survey", name=Act.RECORD_SURVEY, page=form)
    def record(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            asked = checks(desk.today)
        filled = request.read(visit_form(asked, request.lang))
        with request.desk() as desk:
            survey = service.record(desk, desk.get(Need, key), _visit(asked, filled))
            return request.go("survey.show", key=survey.id)

    @post("/needs/{key:int}/survey/photo", name="survey.photo", page=form, upload=True)
    def photo(self, request: Page, key: FromPath[int]) -> Answer:
        filled = request.read(PhotoForm)
        name, content = filled.file.filename or "", filled.file.file.read()
        media, uploads = picture_of(content), request.app.state.settings.uploads
        with store.keeping(uploads, content) as kept:
            with request.desk() as desk:
                firm = desk.get(Firm, desk.get(Need, key).firm_id)
                paper = papers.add(
                    desk, firm, kind=PaperKind.PHOTO, name=name, media=media, size=kept.size, sha256=kept.sha256, stored=kept.stored
                )  # fmt: skip
                new = paper.stored == kept.stored
                answer = request.go("survey.form", key=key)
            if not new:
                store.forget(uploads, kept.stored)
        return answer

    @get("/surveys/{key:int}", name="survey.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            survey = desk.get(Survey, key)
            seen, need, firm = (
                views.one(desk, survey),
                desk.get(Need, survey.need_id),
                desk.get(Firm, survey.firm_id),
            )
            books_open = request.actor.role is Role.OFFICER
            asked = affording.affordability(desk, need, survey) if books_open else None
        return request.show(
            "diligence/show.html", seen=seen, need=need, firm=firm, asked=asked, chart=picture(asked, request.lang),
            books_open=books_open, form=request.sheet(ReviewForm), act=Act,
        )  # fmt: skip

    @post("/surveys/{key:int}/review", name=Act.REVIEW_SURVEY, page=show)
    def review(self, request: Page, key: FromPath[int]) -> Answer:
        filled = request.read(ReviewForm)
        with request.desk() as desk:
            service.review(desk, desk.get(Survey, key), advice=filled.advice, opinion=filled.opinion)
            return request.go("survey.show", key=key)


def _visit(asked: Checks, filled: VisitFields) -> Visit:
    found = [_finding(check, filled) for check in asked.check]
    return Visit(
        on=filled.visited_on, place=filled.place, found=found, rate=filled.rate, repayment=filled.repayment,
        other=filled.other, advice=filled.advice, opinion=filled.opinion,
    )  # fmt: skip


def _finding(check: Check, filled: VisitFields) -> Finding:
    def told(name: str) -> Any:
        return getattr(filled, f"{check.key}_{name}")

    on: date = told("on") or filled.visited_on
    facts = {name: typed(FACTS[name], getattr(filled, name)) for name in check.facts}
    return Finding(check.key, told("result"), told("value"), on, facts)
