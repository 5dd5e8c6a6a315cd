"""Pages of banks by their compensation rate (银行代偿率): where each stands, and lifting what has stopped."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller
from litestar.params import FromPath

from financing.acts import Act
from financing.compensation import breaker, views
from financing.compensation.stop_model import BankStop
from web.fields import Text
from web.forms import Form
from web.page import Answer, Page, get, post


class WhyForm(Form):
    why: Annotated[str, Text(500, lines=True)]


class AnswerForm(Form):
    reason: Annotated[str, Text(500, lines=True)]


class BreakerPages(Controller):
    @get("/bank-rates", name="breakers")
    def list(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            rows, source = views.banks(desk), views.source(desk)
        return request.show("compensation/breakers.html", rows=rows, source=source, act=Act)

    @get("/bank-rates/{key:int}", name="breaker.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            stop = desk.get(BankStop, key)
            row, acts = views.bank(desk, stop.bank_id), desk.acts(stop)
        forms = {"why": request.sheet(WhyForm), "answer": request.sheet(AnswerForm)}
        return request.show("compensation/breaker.html", stop=stop, row=row, acts=acts, forms=forms, act=Act)

    @post("/bank-rates/{key:int}/ask", name=Act.ASK_LIFT, page=show)
    def ask(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(WhyForm)
        with request.desk() as desk:
            breaker.ask_lift(desk, desk.get(BankStop, key), form.why)
            return request.go("breaker.show", key=key)

    @post("/bank-rates/{key:int}/keep", name=Act.KEEP_STOP, page=show)
    def keep(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(AnswerForm)
        with request.desk() as desk:
            breaker.keep(desk, desk.get(BankStop, key), form.reason)
            return request.go("breaker.show", key=key)

    @post("/bank-rates/{key:int}/lift", name=Act.LIFT_STOP, page=show)
    def lift(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        with request.desk() as desk:
            breaker.lift(desk, desk.get(BankStop, key))
            return request.go("breaker.show", key=key)
