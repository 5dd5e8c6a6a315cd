"""Pages of what firms claim by policies (申报与兑付): the list, one claim with its road, and each step of the office."""

from __future__ import annotations

from collections.abc import Callable

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing.acts import Act
from financing.listed import listed
from financing.policies import claims
from financing.policies.claim_model import PolicyClaim, PolicyLine
from financing.policies.model import Policy, PolicyClause
from financing.policies.rules import ClaimState
from web import policy_forms as forms
from web.fields import one_of
from web.forms import Form
from web.page import Answer, Page, get, post
from web.policy_words import amount_words, conditions_of

#: Each act that needs a form, and that form.
KINDS: dict[Act, type[Form]] = {
    Act.REVIEW_CLAIM: forms.GrantForm, Act.REFUSE_CLAIM: forms.RefuseForm, Act.ASK_PAYMENT: forms.PayForm,
    Act.RETURN_PAYMENT: forms.ReturnForm,
}  # fmt: skip


class ClaimPages(Controller):
    @get("/policies/claims", name="policies.claims")
    def every(self, request: Page, status: FromQuery[str] = "", page: FromQuery[int] = 1) -> Answer:
        chosen = one_of(ClaimState, status)
        with request.desk(write=False) as desk:
            where = [PolicyClaim.state == chosen] if chosen else []
            query = (
                desk.select(PolicyClaim).where(*where).order_by(PolicyClaim.opened_at.desc(), PolicyClaim.number.desc())
            )
            found = listed(desk, query, page, lambda claim: claim)
        return request.show("policies/claims.html", found=found, chosen=chosen, states=list(ClaimState), act=Act)

    @get("/policies/claims/{key:int}", name="policy.claim")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            claim = desk.get(PolicyClaim, key)
            clause, policy = desk.get(PolicyClause, claim.clause_id), desk.get(Policy, claim.policy_id)
            lines = desk.all(PolicyLine, PolicyLine.claim_id == key, by=PolicyLine.at)
            acts = [act for act in desk.acts(claim) if act is not Act.APPLY_CLAIM]
        given: dict[Act, dict[str, object]] = {Act.REVIEW_CLAIM: {"granted": claim.applied}}
        sheets = {act: request.sheet(kind, **given.get(act, {})) for act, kind in KINDS.items() if act in acts}
        tried = str(request.route_handler.name) if request.refusal else ""
        return request.show(
            "policies/claim.html", claim=claim, clause=clause, policy=policy, lines=lines, acts=acts, sheets=sheets, tried=tried,
            plain=request.sheet(Form), conditions=conditions_of(request.lang), amount=amount_words(request.lang), act=Act,
        )  # fmt: skip

    @post("/policies/claims/{key:int}/withdraw", name=Act.WITHDRAW_CLAIM, page=show)
    def withdraw(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        return _done(request, key, claims.withdraw)

    @post("/policies/claims/{key:int}/review", name=Act.REVIEW_CLAIM, page=show)
    def review(self, request: Page, key: FromPath[int]) -> Answer:
        return _done(request, key, claims.review, request.read(forms.GrantForm).granted)

    @post("/policies/claims/{key:int}/refuse", name=Act.REFUSE_CLAIM, page=show)
    def refuse(self, request: Page, key: FromPath[int]) -> Answer:
        return _done(request, key, claims.refuse, request.read(forms.RefuseForm).reason)

    @post("/policies/claims/{key:int}/publicise", name=Act.PUBLICISE_CLAIM, page=show)
    def publicise(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        return _done(request, key, claims.publicise)

    @post("/policies/claims/{key:int}/ask-payment", name=Act.ASK_PAYMENT, page=show)
    def ask_payment(self, request: Page, key: FromPath[int]) -> Answer:
        return _done(request, key, claims.ask_payment, request.read(forms.PayForm).voucher)

    @post("/policies/claims/{key:int}/pay", name=Act.PAY_CLAIM, page=show)
    def pay(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        return _done(request, key, claims.pay)

    @post("/policies/claims/{key:int}/return", name=Act.RETURN_PAYMENT, page=show)
    def return_payment(self, request: Page, key: FromPath[int]) -> Answer:
        return _done(request, key, claims.return_payment, request.read(forms.ReturnForm).reason)


def _done(request: Page, key: int, do: Callable[..., object], *said: object) -> Answer:
    """Do something about a claim, and back to its page."""
    with request.desk() as desk:
        do(desk, desk.get(PolicyClaim, key), *said)
        return request.go("policy.claim", key=key)
