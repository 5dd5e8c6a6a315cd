"""Commitments (履约台账): every intent on its way to contract and money, what is due, what each bank kept."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing import parameters
from financing.acts import Act
from financing.commitments import reversals, service, views
from financing.commitments.rules import OVER, Stage
from financing.forums.day_model import Intent
from financing.offers.reversal_model import Reversal
from web.fields import Day, Text, Wan
from web.forms import Form
from web.page import Answer, Page, get, post


class ReportForm(Form):
    stage: Stage
    on: Day
    amount: Wan | None = None
    note: Annotated[str, Text(200)] = ""


class ReversalForm(Form):
    reason: Annotated[str, Text(300, lines=True)]


class CommitmentPages(Controller):
    @get("/commitments", name="commitments", unmoved=True)
    def listed(self, request: Page, page: FromQuery[int] = 1) -> Answer:
        with request.desk(write=False) as desk:
            ledger, back = views.ledger(desk, page), reversals.waiting(desk)
            figures = [parameters.figure(key, desk.today) for key in service.MARKS]
        return request.show(
            "commitments/list.html", ledger=ledger, back=back, figures=figures, form=request.sheet(Form), act=Act
        )

    @get("/commitments/{key:int}", name="commitment.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            intent = desk.get(Intent, key)
            line, entries = views.one(desk, intent)
            may = desk.may(Act.REPORT_OUTCOME, intent) and line.standing not in OVER
        form = request.sheet(ReportForm, on=desk.today)
        return request.show(
            "commitments/show.html", intent=intent, line=line, entries=entries, may_report=may, form=form, act=Act
        )

    @post("/commitments/{key:int}/report", name=Act.REPORT_OUTCOME, page=show)
    def report(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ReportForm)
        with request.desk() as desk:
            news = service.News(form.stage, form.on, form.amount, form.note)
            service.report(desk, desk.get(Intent, key), news)
            return request.go("commitment.show", key=key)

    @get("/reports/{key:int}/take-back", name="reversal.form")
    def reversal_form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            told = reversals.told(desk, reversals.reported(desk, key))
        form = request.sheet(ReversalForm)
        return request.show("commitments/reversal.html", key=key, told=told, form=form, act=Act)

    @post("/reports/{key:int}/take-back", name=Act.ASK_REVERSAL, page=reversal_form)
    def ask_reversal(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ReversalForm)
        with request.desk() as desk:
            reversals.ask(desk, reversals.reported(desk, key), form.reason)
            return request.go("commitments")

    @post("/reversals/{key:int}/confirm", name=Act.CONFIRM_REVERSAL, page=listed)
    def confirm_reversal(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            reversals.confirm(desk, desk.get(Reversal, key))
            return request.go("commitments")
