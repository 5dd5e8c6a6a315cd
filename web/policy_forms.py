"""Forms of policies and their clauses: what a document says, a clause in lines that people can read, and what a firm states."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import create_model

from financing.money import Fen, Rate
from financing.policies.model import Policy, PolicyClause
from financing.policies.rules import AmountRule, Benefit, Confidence, Level, Route
from financing.policies.service import Told, Written
from financing.policy_refusals import misstated
from scoring.facts import Kind
from scoring.policy import Misstated, Window
from scoring.policy_facts import GIVEN, POLICY_FACTS
from scoring.policy_text import condition_words, read_conditions, read_steps, read_windows, step_words, window_words
from web.fact_fields import fact_field
from web.fields import Day, Percent, Text, Wan, Whole, Yes, Yuan
from web.forms import Form

Reason = Annotated[str, Text(500, lines=True)]
#: Facts that a sum may be worked out from.
BASES = tuple(fact.name for fact in POLICY_FACTS.values() if fact.kind in {Kind.MONEY, Kind.COUNT})


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
        field = "clause_conditions"
        try:
            conditions = read_conditions(self.clause_conditions)
            field = "clause_windows"
            windows: tuple[Window, ...] = read_windows(self.clause_windows)
            field = "amount_steps"
            steps = read_steps(self.amount_steps)
        except Misstated as wrong:
            raise misstated(wrong.code, **wrong.facts | {"field": field}) from None
        return {
            "conditions": [each.model_dump(by_alias=True) for each in conditions],
            "windows": [each.model_dump() for each in windows], "amount": self._amount(steps),
        }  # fmt: skip

    def _amount(self, steps: object) -> dict[str, Any]:
        """What the rule needs of all the fields; what was left empty the engine misses by its name."""
        base = self.amount_base or ""
        rate = self.amount_rate.ppm if self.amount_rate else None
        fen, cap, base_cap = (
            each.fen if each else None for each in (self.amount_sum, self.amount_cap, self.amount_base_cap)
        )
        given: dict[AmountRule, dict[str, Any]] = {
            AmountRule.FIXED: {"sum": fen}, AmountRule.SHARE: {"base": base, "ppm": rate, "cap": cap},
            AmountRule.PER_UNIT: {"base": base, "unit": fen, "cap": cap}, AmountRule.TIERS: {"base": base, "steps": steps},
            AmountRule.INTEREST: {"ppm": rate, "months": self.amount_months, "base_cap": base_cap, "cap": cap},
            AmountRule.SERVICE: {},
        }  # fmt: skip
        return {"rule": self.amount_rule.value, **given[self.amount_rule]}


def standing(clause: PolicyClause, lang: str) -> dict[str, object]:
    """A clause as it stands in the form, in the language of the page."""
    counted = clause.clause
    rule: Any = counted.amount
    fen = getattr(rule, "sum", None) or getattr(rule, "unit", None)
    sums = {
        "amount_sum": fen,
        "amount_cap": getattr(rule, "cap", None),
        "amount_base_cap": getattr(rule, "base_cap", None),
    }
    return {
        "title": clause.title, "says": clause.says, "benefit": clause.benefit, "route": clause.route,
        "papers": "\n".join(clause.papers), "exclusive": clause.exclusive, "per_loan": clause.per_loan, "since": clause.since,
        "until": clause.until, "pay_days": clause.pay_days, "budget": clause.budget,
        "clause_conditions": "\n".join(condition_words(each, lang) for each in counted.conditions),
        "clause_windows": "\n".join(window_words(each) for each in counted.windows), "amount_rule": AmountRule(rule.rule),
        "amount_base": getattr(rule, "base", None), "amount_months": getattr(rule, "months", None),
        "amount_rate": Rate(rule.ppm) if hasattr(rule, "ppm") else None,
        "amount_steps": step_words(rule.steps) if hasattr(rule, "steps") else "",
        **{name: None if value is None else Fen(value) for name, value in sums.items()},
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
