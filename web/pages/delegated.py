"""Pages of small cases that two officers decide (授权审批): the list, one of them, and the acts of officers and members."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing.acts import Act
from financing.guarantees import delegated, delegation_views
from financing.guarantees.delegation_model import Delegation
from financing.guarantees.model import GuaranteeCase
from web.fields import Text
from web.forms import Form
from web.page import Answer, Page, get, post


class AgreeForm(Form):
    opinion: Annotated[str, Text(500, lines=True)]


class ReferForm(Form):
    opinion: Annotated[str, Text(500, lines=True)]


class CallForm(Form):
    reason: Annotated[str, Text(200)]


class DelegationPages(Controller):
    @get("/delegated", name="delegated")
    def delegated(self, request: Page, page: FromQuery[int] = 1) -> Answer:
        with request.desk() as desk:
            found, bounds = delegation_views.decisions(desk, page), delegation_views.bounds(desk)
        return request.show("delegated/list.html", found=found, bounds=bounds)

    @get("/delegated/{key:int}", name="delegation.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            small = delegation_views.shown(desk, desk.get(Delegation, key))
            bounds = delegation_views.bounds(desk)
        return request.show(
            "delegated/show.html", small=small, bounds=bounds, act=Act, agreeing=request.sheet(AgreeForm),
            referring=request.sheet(ReferForm), calling=request.sheet(CallForm),
        )  # fmt: skip

    @get("/cases/{key:int}/delegate", name="delegate.form")
    def form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            case, bounds = desk.get(GuaranteeCase, key), delegation_views.bounds(desk)
        return request.show("delegated/form.html", case=case, bounds=bounds, form=request.sheet(AgreeForm), act=Act)

    @post("/cases/{key:int}/delegate", name=Act.DELEGATE_CASE, page=form)
    def delegate(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(AgreeForm)
        with request.desk() as desk:
            one = delegated.propose(desk, desk.get(GuaranteeCase, key), form.opinion)
            return request.go("delegation.show", key=one.id)

    @post("/delegated/{key:int}/decide", name=Act.DECIDE_SMALL, page=show)
    def decide(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(AgreeForm)
        with request.desk() as desk:
            delegated.decide(desk, desk.get(Delegation, key), form.opinion)
            return request.go("delegation.show", key=key)

    @post("/delegated/{key:int}/refer", name=Act.REFER_CASE, page=show)
    def refer(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ReferForm)
        with request.desk() as desk:
            delegated.refer(desk, desk.get(Delegation, key), form.opinion)
            return request.go("delegation.show", key=key)

    @post("/delegated/{key:int}/call-in", name=Act.CALL_IN, page=show)
    def call_in(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(CallForm)
        with request.desk() as desk:
            delegated.call_in(desk, desk.get(Delegation, key), form.reason)
            return request.go("delegation.show", key=key)
