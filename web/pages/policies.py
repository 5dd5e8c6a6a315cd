"""Policies as everybody reads them, and a firm's own page (惠企政策、我的政策): entitled to, missing, applied for, paid."""

from __future__ import annotations

from typing import Any

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing.access import FIRM
from financing.acts import Act
from financing.desk import Desk
from financing.helping import ladder
from financing.listed import leafed
from financing.money import Fen
from financing.parties.model import Firm
from financing.policies import claims, facts, questions, views
from financing.policies.claim_model import PolicyClaim
from financing.policies.model import Policy, PolicyClause, PolicyFacts
from financing.policies.rules import UNPUBLISHED, ClaimState
from financing.refusals import NotFound
from scoring.policy_facts import ASKED, GIVEN, POLICY_FACTS
from scoring.policy_match import match
from web import policy_forms as forms
from web.fact_fields import standing, typed
from web.page import Answer, Page, get, post
from web.policy_words import amount_words, conditions_of, fact_word, options, where


class PolicyPages(Controller):
    @get("/policies", name="policies")
    def every(self, request: Page, words: FromQuery[str] = "") -> Answer:
        with request.desk(write=False) as desk:
            found = views.in_force(desk, words[:100])
        return request.show("policies/list.html", found=found, words=words[:100], today=desk.today, act=Act)

    @get("/policies/{key:int}", name="policy.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            policy = desk.get(Policy, key)
            found, told = views.shown(desk, policy), ladder.told(desk, key)
            by = policy.guide_by if policy.state in UNPUBLISHED else None
            left = desk.calendar.left(desk.today, by) if by else 0
            mine = desk.actor.role in FIRM
        return request.show(
            "policies/show.html", found=found, mine=mine, told=told, by=by, left=left, ask=request.sheet(forms.QuestionForm),
            down=request.sheet(forms.ReasonForm), clause_down=request.sheet(forms.ClauseReasonForm), act=Act,
            conditions=conditions_of(request.lang), amount=amount_words(request.lang), today=desk.today,
        )  # fmt: skip

    @post("/policies/{key:int}/ask", name=Act.ASK_POLICY, page=show)
    def ask(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(forms.QuestionForm)
        with request.desk() as desk:
            questions.ask(desk, desk.get(Policy, key), _own(desk), form.question)
            return request.go("policy.show", key=key)

    @get("/policies/publicity", name="policies.publicity")
    def publicity(self, request: Page, page: FromQuery[int] = 1) -> Answer:
        """Subsidies that are being shown to everybody before they are paid."""
        with request.desk(write=False) as desk:
            shown = (ClaimState.PUBLICISED, ClaimState.PAYING)
            found = desk.all(PolicyClaim, PolicyClaim.state.in_(shown), by=PolicyClaim.public_until)
            policies = {one.id: one for one in desk.all(Policy)}
        return request.show("policies/publicity.html", found=leafed(found, page), policies=policies)

    @get("/policies/mine", name="policies.mine")
    def mine(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            firm = _own(desk)
            found = views.mine(desk, firm)
            row = desk.find(PolicyFacts, PolicyFacts.firm_id == firm.id)
            policies = {one.id: one for one in desk.all(Policy)}
        return request.show(
            "policies/mine.html", found=found, form=request.sheet(forms.FactsForm, **_given(row)), policies=policies,
            facts=GIVEN, wanted=set(found.missing), options=options(request.lang), fact=fact_word(request.lang), where=where,
            amount=amount_words(request.lang), fen=Fen, act=Act,
        )  # fmt: skip

    @post("/policies/facts", name=Act.STATE_POLICY_FACTS, page=mine)
    def state(self, request: Page) -> Answer:
        form = request.read(forms.FactsForm)
        with request.desk() as desk:
            told = {name: typed(POLICY_FACTS[name], getattr(form, name)) for name in sorted(ASKED)}
            facts.state(desk, _own(desk), told)
            return request.go("policies.mine")

    @get("/policies/clauses/{key:int}/apply", name="claim.form")
    def claim_form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            clause, firm = desk.get(PolicyClause, key), _own(desk)
            found = match(clause.clause, facts.known(desk, firm), desk.today)
            policy = desk.get(Policy, clause.policy_id)
        given: dict[str, Any] = {"claim_amount": Fen(found.amount)} if found.amount else {}
        return request.show(
            "policies/claim_form.html", clause=clause, policy=policy, found=found, form=request.sheet(forms.ClaimForm, **given),
            conditions=conditions_of(request.lang), amount=amount_words(request.lang), fact=fact_word(request.lang),
            where=where, fen=Fen, act=Act,
        )  # fmt: skip

    @post("/policies/clauses/{key:int}/apply", name=Act.APPLY_CLAIM, page=claim_form)
    def apply(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(forms.ClaimForm)
        with request.desk() as desk:
            clause = desk.get(PolicyClause, key)
            made = claims.apply(desk, clause, _own(desk), form.claim_amount, contract=form.contract, note=form.note)
            return request.go("policy.claim", key=made.id)


def _own(desk: Desk) -> Firm:
    """The firm whose person asks; NotFound for anybody else."""
    if desk.actor.role not in FIRM or desk.actor.firm_id is None:
        raise NotFound(kind="Firm")
    return desk.get(Firm, desk.actor.firm_id)


def _given(row: PolicyFacts | None) -> dict[str, object]:
    given = row.given if row else {}
    return {name: standing(POLICY_FACTS[name], one["value"]) for name, one in given.items()}
