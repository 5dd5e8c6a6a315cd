"""Forms of policies and their clauses: what a document says, a clause in lines that people can read, and what a firm states."""

from __future__ import annotations

from dataclasses import fields
from typing import Annotated, Any, ClassVar

from pydantic import create_model

from financing.policies.lines import Lines
from financing.policies.model import Policy, PolicyClause
from financing.policies.rules import AmountRule, Benefit, Confidence, Level, Route
from financing.policies.service import Told, Written
from scoring.policy_facts import GIVEN
from web.fact_fields import fact_field
from web.fields import Day, Percent, Text, Wan, Whole, Yes, Yuan
from web.forms import Form

Reason = Annotated[str, Text(500, lines=True)]


class PolicyForm(Form):
    title: Annotated[str, Text(200)]
    doc_no: Annotated[str, Text(60)] = ""
    level: Level
    issuer: Annotated[str, Text(200)]
    department: Annotated[str, Text(200)]
    phone: Annotated[str, Text(40)] = ""
    issued_on: Day | None = None
    since: Day
    until: Day | None = None
    source: Annotated[str, Text(200)]
    confidence: Confidence
    summary: Annotated[str, Text(1_000, lines=True)]

    def said(self, example: str = "") -> Told:
        return Told(**self.model_dump(exclude={"version"}), example=example)


class ClauseForm(Form):
    """A clause as it is written; `look` asks how many firms it would match and keeps nothing."""

    title: Annotated[str, Text(120)]
    says: Annotated[str, Text(1_000, lines=True)]
    benefit: Benefit
    route: Route
    papers: Annotated[str, Text(1_000, lines=True)] = ""
    clause_conditions: Annotated[str, Text(4_000, lines=True)] = ""
    amount_rule: AmountRule
    amount_base: Annotated[str, Text(40)] | None = None
    amount_sum: Yuan | None = None
    amount_rate: Percent | None = None
    amount_months: Annotated[int, Whole(1, 120, "个月")] | None = None
    amount_base_cap: Wan | None = None
    amount_cap: Wan | None = None
    amount_steps: Annotated[str, Text(1_000, lines=True)] = ""
    clause_windows: Annotated[str, Text(1_000, lines=True)] = ""
    exclusive: Annotated[str, Text(60)] = ""
    per_loan: Yes = False
    since: Day | None = None
    until: Day | None = None
    pay_days: Annotated[int, Whole(1, 500, "个工作日")] | None = None
    budget: Wan | None = None
    look: Yes = False

    def written(self) -> Written:
        """The clause; ClauseMisstated names the line that cannot be read."""
        plain = self.model_dump(
            include={"title", "says", "benefit", "route", "exclusive", "per_loan", "since", "until", "pay_days"}
        )
        papers = tuple(line.strip() for line in self.papers.splitlines() if line.strip())
        return Written(**plain, papers=papers, budget=self.budget, terms=self.terms())

    def terms(self) -> dict[str, Any]:
        return Lines(**{each.name: getattr(self, each.name) for each in fields(Lines)}).terms()


def standing(clause: PolicyClause, lang: str) -> dict[str, object]:
    """A clause as it stands in the form, in the language of the page."""
    written = Lines.of(clause.clause, lang)
    return {
        "title": clause.title, "says": clause.says, "benefit": clause.benefit, "route": clause.route,
        "papers": "\n".join(clause.papers), "exclusive": clause.exclusive, "per_loan": clause.per_loan, "since": clause.since,
        "until": clause.until, "pay_days": clause.pay_days, "budget": clause.budget,
        **{each.name: getattr(written, each.name) for each in fields(Lines)},
    }  # fmt: skip


def told(policy: Policy) -> dict[str, object]:
    """A draft as it stands in the form."""
    return {
        name: getattr(policy, name) for name in PolicyForm.model_fields if name not in {"version", "confidence"}
    } | {"confidence": Confidence(policy.confidence)}


class ReasonForm(Form):
    reason: Reason


class ClauseReasonForm(ReasonForm):
    tag: ClassVar[str] = "clause-"


class ExampleForm(Form):
    example: Annotated[str, Text(40)]


class QuestionForm(Form):
    tag: ClassVar[str] = "ask-"
    question: Annotated[str, Text(500, lines=True)]


class AnswerForm(Form):
    question: Annotated[str, Text(500, lines=True)]
    answer: Annotated[str, Text(1_000, lines=True)]


class ClaimForm(Form):
    claim_amount: Yuan
    contract: Annotated[str, Text(60)] = ""
    note: Annotated[str, Text(500, lines=True)] = ""


class GrantForm(Form):
    tag: ClassVar[str] = "grant-"
    granted: Yuan


class PayForm(Form):
    tag: ClassVar[str] = "pay-"
    voucher: Annotated[str, Text(60)]


class RefuseForm(ReasonForm):
    tag: ClassVar[str] = "refuse-"


class ReturnForm(ReasonForm):
    tag: ClassVar[str] = "return-"


class NotifyForm(Form):
    firm: Annotated[int, Whole(1, 2**53)]


FactsForm: type[Form] = create_model("FactsForm", __base__=Form, **{fact.name: fact_field(fact) for fact in GIVEN})  # type: ignore[call-overload]  # the fields are known only from the list of facts
