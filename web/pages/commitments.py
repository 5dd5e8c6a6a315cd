"""Commitments (履约台账): every intent on its way to contract and money, what is due, what each bank kept."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller
from litestar.params import FromPath

from financing import parameters
from financing.acts import Act
from financing.commitments import service, views
from financing.commitments.rules import OVER, Stage
from financing.forums.day_model import Intent
from web.fields import Day, Text, Wan
from web.forms import Form
from web.page import Answer, Page, get, post


class ReportForm(Form):
    stage: Stage
    on: Day
    amount: Wan | None = None
    note: Annotated[str, Text(200)] = ""


class CommitmentPages(Controller):
    @get("/commitments", name="commitments")
    def listed(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            ledger = views.ledger(desk)
            figures = [parameters.figure(key, desk.today) for key in service.MARKS]
        return request.show("commitments/list.html", ledger=ledger, figures=figures, act=Act)

    @get("/commitments/{key:int}", name="commitment.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            intent = desk.get(Intent, key)
            line, outcomes = views.one(desk, intent)
            may = desk.may(Act.REPORT_OUTCOME, intent) and line.standing not in OVER
        form = request.sheet(ReportForm, on=desk.today)
        return request.show(
            "commitments/show.html", intent=intent, line=line, outcomes=outcomes, may_report=may, form=form, act=Act
        )

    @post("/commitments/{key:int}/report", name=Act.REPORT_OUTCOME, page=show)
    def report(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ReportForm)
        with request.desk() as desk:
            news = service.News(form.stage, form.on, form.amount, form.note)
            service.report(desk, desk.get(Intent, key), news)
            return request.go("commitment.show", key=key)
