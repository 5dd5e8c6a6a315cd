"""Pages of counter-guarantees: one case's list, asking, forgoing, the contract, the register number, letting go; and the register."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing.acts import Act
from financing.guarantees import securities, security_views
from financing.guarantees.change_rules import DocumentKind
from financing.guarantees.model import GuaranteeCase
from financing.guarantees.security_model import CounterGuarantee
from financing.guarantees.security_rules import SecurityKind, SecurityState
from financing.money import Fen
from financing.wording import name
from web.fields import Among, Day, Text, Upload, Wan, one_of
from web.filing import filing
from web.forms import Form
from web.page import Answer, Page, get, post

ASKABLE = tuple(kind for kind in SecurityKind if kind is not SecurityKind.NOTHING)


class AskForm(Form):
    kind: Annotated[SecurityKind, Among(ASKABLE)]
    about: Annotated[str, Text(100)]
    value: Wan | None = None


class ForgoForm(Form):
    reason: Annotated[str, Text(200)]


class ContractForm(Form):
    agreement: Upload


class RegisterNumberForm(Form):
    number: Annotated[str, Text(60)]
    on: Day


class SecurityPages(Controller):
    @get("/securities", name="securities")
    def register_of_all(self, request: Page, only: FromQuery[str] = "", page: FromQuery[int] = 1) -> Answer:
        state = one_of(SecurityState, only)
        with request.desk() as desk:
            found = security_views.register(desk, state, min(page, 100_000))
        return request.show("guarantees/security_register.html", found=found, only=state, states=SecurityState)

    @get("/cases/{key:int}/securities", name="case.securities")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        return _page(request, key)

    @get("/securities/{key:int}", name="security.page")
    def one(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            case = desk.get(CounterGuarantee, key).case_id
        return _page(request, case, key)

    @post("/cases/{key:int}/securities/ask", name=Act.ASK_SECURITY, page=show)
    def ask(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(AskForm)
        with request.desk() as desk:
            securities.ask(desk, desk.get(GuaranteeCase, key), form.kind, form.value or Fen(0), form.about)
            return request.go("case.securities", key=key)

    @post("/cases/{key:int}/securities/forgo", name=Act.FORGO_SECURITY, page=show)
    def forgo(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ForgoForm)
        with request.desk() as desk:
            securities.forgo(desk, desk.get(GuaranteeCase, key), form.reason)
            return request.go("case.securities", key=key)

    @post("/cases/{key:int}/securities/release", name=Act.RELEASE_SECURITY, page=show)
    def release(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        with request.desk() as desk:
            securities.release(desk, desk.get(GuaranteeCase, key))
            return request.go("case.securities", key=key)

    @post("/securities/{key:int}/waive", name=Act.WAIVE_SECURITY, page=one)
    def waive(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ForgoForm)
        with request.desk() as desk:
            security = desk.get(CounterGuarantee, key)
            securities.waive(desk, security, form.reason)
            return request.go("case.securities", key=security.case_id)

    @post("/securities/{key:int}/give", name=Act.GIVE_SECURITY, page=one, upload=True)
    def give(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ContractForm)
        files = {DocumentKind.AGREEMENT: form.agreement}
        with filing(request.app.state.settings, files) as filed, request.desk() as desk:
            security = desk.get(CounterGuarantee, key)
            securities.give(desk, security, filed[0])
            return request.go("case.securities", key=security.case_id)

    @post("/securities/{key:int}/register", name=Act.REGISTER_SECURITY, page=one)
    def register(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(RegisterNumberForm)
        with request.desk() as desk:
            security = desk.get(CounterGuarantee, key)
            securities.register(desk, security, form.number, form.on)
            return request.go("case.securities", key=security.case_id)


def _page(request: Page, key: int, asked: int = 0) -> Answer:
    """The list of a case; `asked` is the line whose form was not accepted."""
    with request.desk(write=False) as desk:
        found = security_views.of_case(desk, desk.get(GuaranteeCase, key))
    return request.show(
        "guarantees/securities.html", found=found, asked=asked, act=Act,
        kinds=[(kind, name(kind, request.lang)) for kind in found.cap.kinds] if found.cap else [], asking=request.sheet(AskForm),
        forgoing=request.sheet(ForgoForm), contract=request.sheet(ContractForm), number=request.sheet(RegisterNumberForm),
    )  # fmt: skip
