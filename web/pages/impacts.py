"""Impact assessments (个人信息保护影响评估): which kinds of processing are assessed, one assessment, and the form it is filed with."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing.acts import Act
from financing.personal import impacts
from financing.personal.impacts import Said
from financing.personal.model import Impact
from financing.personal.rules import Processing
from web.fields import Day, Text, Whole, one_of
from web.forms import Form
from web.page import Answer, Page, get, post


class ImpactForm(Form):
    processing: Processing
    impact_title: Annotated[str, Text(80)]
    impact_what: Annotated[str, Text(2_000, lines=True)]
    impact_why: Annotated[str, Text(2_000, lines=True)]
    impact_risks: Annotated[str, Text(2_000, lines=True)]
    impact_measures: Annotated[str, Text(2_000, lines=True)]
    assessed_on: Day
    review_on: Day
    replaces: Annotated[int | None, Whole(1, 2**53)] = None


class ImpactPages(Controller):
    @get("/impacts", name="impacts")
    def listed(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            rows = impacts.standing(desk)
        return request.show("personal/impacts.html", rows=rows, act=Act)

    @get("/impacts/new", name="impact.form")
    def form(self, request: Page, processing: FromQuery[str] = "", replaces: FromQuery[int] = 0) -> Answer:
        with request.desk(write=False) as desk:
            former = desk.get(Impact, replaces) if replaces else None
            today, review = desk.today, impacts.usual_review(desk)
        kind = one_of(Processing, processing)
        draft = impacts.drafts().get(kind) if kind else None
        known = former or draft
        filled = {
            **({f"impact_{part}": getattr(known, part) for part in ("title", "what", "why", "risks", "measures")} if known else {}),
            "processing": known.processing if known else kind, "assessed_on": today, "review_on": review, "replaces": former.id if former else None,
        }  # fmt: skip
        return request.show(
            "personal/impact_form.html",
            form=request.sheet(ImpactForm, **filled),
            former=former,
            draft=draft and not former,
            act=Act,
        )

    @post("/impacts/new", name=Act.FILE_IMPACT, page=form)
    def file(self, request: Page) -> Answer:
        form = request.read(ImpactForm)
        told = Said(
            form.processing,
            form.impact_title,
            form.impact_what,
            form.impact_why,
            form.impact_risks,
            form.impact_measures,
        )
        with request.desk() as desk:
            former = desk.get(Impact, form.replaces) if form.replaces else None
            made = impacts.file(desk, told, assessed_on=form.assessed_on, review_on=form.review_on, replaces=former)
            return request.go("impact.show", key=made.id)

    @get("/impacts/{key:int}", name="impact.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            one = desk.get(Impact, key)
            newer = desk.find(Impact, Impact.replaces_id == one.id)
            former = desk.find(Impact, Impact.id == one.replaces_id) if one.replaces_id else None
        return request.show("personal/impact.html", one=one, newer=newer, former=former, act=Act)
