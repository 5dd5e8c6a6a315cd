"""One repayment on record (还款): what was paid, and taking it back when it was mistyped, asked by one person and decided by another."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller
from litestar.params import FromPath

from financing.acts import Act
from financing.guarantees.change_rules import DocumentKind
from financing.loans import reversing, shown
from financing.loans.model import LoanRepayment
from web.fields import Text, Upload
from web.filing import filing
from web.forms import Form
from web.page import Answer, Page, get, post

Reason = Annotated[str, Text(500, lines=True)]


class BackForm(Form):
    reason: Reason
    correction: Upload


class KeepForm(Form):
    reason: Reason


class RepaymentPages(Controller):
    path = "/repayments/{key:int}"

    @get("/", name="repayment.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            found = shown.repayment(desk, desk.get(LoanRepayment, key))
        forms = {"ask": request.sheet(BackForm), "keep": request.sheet(KeepForm)}
        mib = request.app.state.settings.upload_mib
        return request.show("lending/repayment.html", found=found, forms=forms, mib=mib, act=Act)

    @post("/ask-back", name=Act.ASK_REPAYMENT_BACK, page=show, upload=True)
    def ask(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(BackForm)
        given = {DocumentKind.PROOF: form.correction}
        with filing(request.app.state.settings, given) as filed, request.desk() as desk:
            reversing.ask(desk, desk.get(LoanRepayment, key), form.reason, filed[0])
            return request.go("repayment.show", key=key)

    @post("/take-back", name=Act.TAKE_REPAYMENT_BACK, page=show)
    def take_back(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        with request.desk() as desk:
            reversing.take_back(desk, shown.waiting_back(desk, key))
            return request.go("repayment.show", key=key)

    @post("/keep", name=Act.KEEP_REPAYMENT, page=show)
    def keep(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(KeepForm)
        with request.desk() as desk:
            reversing.keep(desk, shown.waiting_back(desk, key), form.reason)
            return request.go("repayment.show", key=key)
