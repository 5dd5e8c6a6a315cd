"""Pages of the office about policies: the ledger with its sums, entering and writing, publishing by two, questions, the pocket book."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing.acts import Act
from financing.imports.policies import whole
from financing.imports.rules import ImportKind
from financing.listed import leafed
from financing.parameters import figure
from financing.parties.model import Firm
from financing.policies import claims, ledger, questions, service, views
from financing.policies.examples import enter, examples
from financing.policies.lines import BASES, checked
from financing.policies.model import Policy, PolicyClause, PolicyQuestion
from financing.policies.rules import PolicyState
from financing.policy_refusals import NotEntitled
from financing.refusals import NotFound
from reports.import_kinds import KINDS
from reports.import_templates import template
from reports.pocket_book import pocket_book
from scoring.policy import Clause
from scoring.policy_facts import POLICY_FACTS
from web import policy_forms as forms
from web.exports import Form as File
from web.exports import Made
from web.forms import Form
from web.page import Answer, Page, get, post
from web.policy_words import amount_words, conditions_of, fact_word


class PolicyOfficePages(Controller):
    @get("/policies/ledger", name="policies.ledger")
    def ledger(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            rows = views.book(desk)
            drafts = desk.all(Policy, Policy.state.in_((PolicyState.DRAFT, PolicyState.PROPOSED)), by=Policy.entered_at)
            asked, wrong = views.waiting(desk), ledger.differences(desk)
        total = ledger.together({clause.id: sums for _, clause, sums in rows})
        return request.show(
            "policies/ledger.html",
            rows=rows,
            drafts=drafts,
            asked=asked,
            wrong=wrong,
            total=total,
            today=desk.today,
            act=Act,
        )

    @get("/policies/workbook", name="policies.workbook")
    def workbook(self, request: Page) -> Answer:
        """Every clause of the ledger and the drafts as the workbook that the import takes."""
        with request.desk(write=False) as desk:
            rows = whole(desk)
        kind = KINDS[ImportKind.POLICIES]
        return request.give(Made(kind.sheet, template(kind, rows), len(rows)), File.XLSX)

    @get("/policies/examples", name="policies.examples")
    def examples(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            taken = {one.example for one in desk.all(Policy)}
        return request.show("policies/examples.html", found=list(examples().values()), taken=taken, act=Act)

    @post("/policies/examples", name="policy.take", page=examples)
    def take(self, request: Page) -> Answer:
        form = request.read(forms.ExampleForm)
        if form.example not in examples():
            raise NotFound(kind="Policy")
        with request.desk() as desk:
            return request.go("policy.show", key=enter(desk, form.example).id)

    @get("/policies/new", name="policy.form")
    def form(self, request: Page) -> Answer:
        return request.show("policies/form.html", form=request.sheet(forms.PolicyForm), policy=None, act=Act)

    @post("/policies/new", name=Act.ENTER_POLICY, page=form)
    def enter(self, request: Page) -> Answer:
        form = request.read(forms.PolicyForm)
        with request.desk() as desk:
            return request.go("policy.show", key=service.enter(desk, form.said()).id)

    @get("/policies/{key:int}/edit", name="policy.edit.form")
    def edit_form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            policy = desk.get(Policy, key)
        return request.show(
            "policies/form.html",
            form=request.sheet(forms.PolicyForm, policy, **forms.told(policy)),
            policy=policy,
            act=Act,
        )

    @post("/policies/{key:int}/edit", name=Act.EDIT_POLICY, page=edit_form)
    def edit(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(forms.PolicyForm)
        with request.desk() as desk:
            policy = desk.get(Policy, key, version=form.version)
            service.edit(desk, policy, form.said(policy.example))
            return request.go("policy.show", key=key)

    @get("/policies/{key:int}/clause", name="clause.form")
    def clause_form(self, request: Page, key: FromPath[int], place: FromQuery[int] = 0) -> Answer:
        return _written(request, key, place)

    @post("/policies/{key:int}/clause", name=Act.WRITE_CLAUSE, page=clause_form)
    def write(self, request: Page, key: FromPath[int], place: FromQuery[int] = 0) -> Answer:
        form = request.read(forms.ClauseForm)
        if form.look:
            return _written(request, key, place, form.terms())
        with request.desk() as desk:
            service.write(desk, desk.get(Policy, key), form.written(), place=place or None)
            return request.go("policy.show", key=key)

    @get("/policies/clauses/{key:int}", name="clause.show")
    def clause(self, request: Page, key: FromPath[int], page: FromQuery[int] = 1) -> Answer:
        with request.desk(write=False) as desk:
            clause = desk.get(PolicyClause, key)
            policy, found = desk.get(Policy, clause.policy_id), views.firms(desk, clause)
            acts = desk.acts(clause)
        return request.show(
            "policies/clause.html", clause=clause, policy=policy, found=leafed(found, page), acts=acts,
            form=request.sheet(forms.NotifyForm), conditions=conditions_of(request.lang), amount=amount_words(request.lang), act=Act,
        )  # fmt: skip

    @post("/policies/clauses/{key:int}/notify", name=Act.NOTIFY_CLAIM, page=clause)
    def notify(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(forms.NotifyForm)
        with request.desk() as desk:
            clause, firm = desk.get(PolicyClause, key), desk.find(Firm, Firm.id == form.firm)
            if firm is None:
                raise NotEntitled(unmet=clause.title)
            made = claims.notify(desk, clause, firm)
            return request.go("policy.claim", key=made.id)

    @get("/policies/questions", name="policies.questions")
    def questions(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            found = views.waiting(desk)
            policies = {one.id: one for one in desk.all(Policy)}
            within = figure("policy_publicity_days", desk.today).value
        return request.show(
            "policies/questions.html",
            found=found,
            policies=policies,
            form=request.sheet(forms.AnswerForm),
            within=within,
            act=Act,
        )

    @post("/policies/questions/{key:int}/answer", name=Act.ANSWER_POLICY, page=questions)
    def answer(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(forms.AnswerForm)
        with request.desk() as desk:
            asked = desk.get(PolicyQuestion, key)
            questions.answer(desk, asked, form.question, form.answer)
            return request.go("policy.show", key=asked.policy_id)

    @get("/policies/pocket-book", name=Act.PRINT_POCKET_BOOK)
    def pocket_book(self, request: Page) -> Answer:
        with request.desk(write=True, claim=False) as desk:
            found, today = views.in_force(desk), desk.today
            for policy, _ in found[:1]:
                desk.note(Act.PRINT_POCKET_BOOK, policy, policies=len(found))
        job = pocket_book(found, request.app.state.settings.zone_name, today, amount_words(request.lang), request.lang)
        return request.paper(job, f"policies-{today.isoformat()}")


class PublishingPages(Controller):
    """Two people put a policy, or another edition of a clause, in force; each button its own act."""

    @post("/policies/{key:int}/propose", name=Act.PROPOSE_POLICY)
    def propose(self, request: Page, key: FromPath[int]) -> Answer:
        return _policy(request, key, service.propose)

    @post("/policies/{key:int}/adopt", name=Act.ADOPT_POLICY)
    def adopt(self, request: Page, key: FromPath[int]) -> Answer:
        return _policy(request, key, service.adopt)

    @post("/policies/{key:int}/turn-down", name=Act.TURN_DOWN_POLICY)
    def turn_down(self, request: Page, key: FromPath[int]) -> Answer:
        return _policy(request, key, service.turn_down, request.read(forms.ReasonForm).reason)

    @post("/policies/{key:int}/repeal", name=Act.REPEAL_POLICY)
    def repeal(self, request: Page, key: FromPath[int]) -> Answer:
        return _policy(request, key, service.repeal, request.read(forms.ReasonForm).reason)

    @post("/policies/clauses/{key:int}/propose", name=Act.PROPOSE_CLAUSE)
    def propose_clause(self, request: Page, key: FromPath[int]) -> Answer:
        return _clause(request, key, service.propose_clause)

    @post("/policies/clauses/{key:int}/adopt", name=Act.ADOPT_CLAUSE)
    def adopt_clause(self, request: Page, key: FromPath[int]) -> Answer:
        return _clause(request, key, service.adopt_clause)

    @post("/policies/clauses/{key:int}/turn-down", name=Act.TURN_DOWN_CLAUSE)
    def turn_down_clause(self, request: Page, key: FromPath[int]) -> Answer:
        return _clause(request, key, service.turn_down_clause, request.read(forms.ClauseReasonForm).reason)


def _policy(request: Page, key: int, do: Callable[..., object], *said: str) -> Answer:
    if not said:
        request.read(Form)
    with request.desk() as desk:
        do(desk, desk.get(Policy, key), *said)
        return request.go("policy.show", key=key)


def _clause(request: Page, key: int, do: Callable[..., object], *said: str) -> Answer:
    if not said:
        request.read(Form)
    with request.desk() as desk:
        clause = desk.get(PolicyClause, key)
        do(desk, clause, *said)
        return request.go("policy.show", key=clause.policy_id)


def _written(request: Page, key: int, place: int, terms: dict[str, Any] | None = None) -> Answer:
    """The form of a new clause, or of the next edition of one; with `terms` how many firms they would match today."""
    with request.desk(write=False) as desk:
        policy, clause, reach = desk.get(Policy, key), _newest(desk, key, place), None
        if terms is not None:
            kept = checked(terms, desk.today, None)
            reach = views.reach(desk, Clause.model_validate(kept | {"key": "draft", "since": desk.today}))
    say = fact_word(request.lang)
    given = forms.standing(clause, request.lang) if clause else {}
    return request.show(
        "policies/clause_form.html", form=request.sheet(forms.ClauseForm, **given), policy=policy, clause=clause,
        bases=[(name, say(name)) for name in BASES], facts=list(POLICY_FACTS.values()), reach=reach, fact=say, act=Act,
    )  # fmt: skip


def _newest(desk: Any, policy: int, place: int) -> PolicyClause | None:
    if not place:
        return None
    same = desk.all(
        PolicyClause, PolicyClause.policy_id == policy, PolicyClause.place == place, by=PolicyClause.edition
    )
    if not same:
        raise NotFound(kind="PolicyClause")
    found: PolicyClause = same[-1]
    return found
