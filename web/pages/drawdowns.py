"""Pages of pay-outs: a bank's loans with what has been paid of each, and the report of one payment."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller
from litestar.params import FromPath

from financing.acts import Act
from financing.offers import drawdowns
from financing.offers.model import Offer
from web.fields import Day, Percent, Text, Wan
from web.forms import Form
from web.page import Answer, Page, get, post


class DrawdownForm(Form):
    paid_on: Day
    amount: Wan
    rate: Percent
    added: Annotated[str, Text(300, lines=True)] = ""


class DrawdownPages(Controller):
    @get("/drawdowns", name="drawdowns")
    def mine(self, request: Page) -> Answer:
        with request.desk() as desk:
            loans = drawdowns.loans(desk)
        return request.show("offers/drawdowns.html", loans=loans, act=Act)

    @get("/offers/{key:int}/drawdown", name="drawdown.form")
    def form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            loan = drawdowns.loan(desk, desk.get(Offer, key))
        given = {"amount": loan.left, "rate": loan.offer.rate}
        return request.show("offers/drawdown.html", loan=loan, form=request.sheet(DrawdownForm, **given), act=Act)

    @post("/offers/{key:int}/drawdown", name=Act.REPORT_DRAWDOWN, page=form)
    def report(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(DrawdownForm)
        with request.desk() as desk:
            offer = desk.get(Offer, key)
            drawdowns.report(desk, offer, paid_on=form.paid_on, amount=form.amount, rate=form.rate, added=form.added)
            return request.go("drawdowns")
