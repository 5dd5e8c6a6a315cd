"""A clause's terms as people write them (条款的写法): lines and figures of a form or a workbook, and the terms they mean, both ways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from pydantic import ValidationError

from financing.money import Fen, Rate
from financing.policies.rules import AmountRule
from financing.policy_refusals import misstated
from scoring.facts import Kind
from scoring.policy import Clause, Misstated
from scoring.policy_facts import POLICY_FACTS
from scoring.policy_text import condition_words, read_conditions, read_steps, read_windows, step_words, window_words

#: Facts that a sum may be worked out from.
BASES = tuple(fact.name for fact in POLICY_FACTS.values() if fact.kind in {Kind.MONEY, Kind.COUNT})
MONEY = ("amount_sum", "amount_cap", "amount_base_cap")
#: How each text of lines is read; each reader names the line it cannot read.
READERS = {"clause_conditions": read_conditions, "clause_windows": read_windows, "amount_steps": read_steps}


@dataclass(frozen=True, slots=True)
class Lines:
    """What is written of a clause's conditions, windows and sum; the form and the workbook have fields of these names."""

    amount_rule: AmountRule
    clause_conditions: str = ""
    clause_windows: str = ""
    amount_base: str | None = None
    amount_sum: Fen | None = None
    amount_rate: Rate | None = None
    amount_months: int | None = None
    amount_base_cap: Fen | None = None
    amount_cap: Fen | None = None
    amount_steps: str = ""

    @classmethod
    def of(cls, clause: Clause, lang: str = "zh") -> Lines:
        """A clause as it would be written."""
        rule: Any = clause.amount
        sums = zip(MONEY, (_of(rule, "sum") or _of(rule, "unit"), _of(rule, "cap"), _of(rule, "base_cap")), strict=True)
        return cls(
            AmountRule(rule.rule), "\n".join(condition_words(each, lang) for each in clause.conditions),
            "\n".join(window_words(each) for each in clause.windows), amount_base=_of(rule, "base"),
            amount_months=_of(rule, "months"), amount_rate=Rate(rule.ppm) if hasattr(rule, "ppm") else None,
            amount_steps=step_words(rule.steps) if hasattr(rule, "steps") else "",
            **{name: None if fen is None else Fen(fen) for name, fen in sums},
        )  # fmt: skip

    @classmethod
    def staged(cls, row: Mapping[str, Any]) -> Lines:
        """What a row of a workbook writes, with money in fen and rates in ppm; what it leaves empty is not there or nothing."""
        told = {each.name: row[each.name] for each in fields(cls) if row.get(each.name)}
        money = {name: Fen(told[name]) for name in MONEY if name in told}
        rate = {"amount_rate": Rate(told["amount_rate"])} if "amount_rate" in told else {}
        return cls(**told | money | rate | {"amount_rule": AmountRule(row["amount_rule"])})

    def terms(self) -> dict[str, Any]:
        """What the lines mean, not yet checked as a whole; ClauseMisstated names the field and the line that cannot be read."""
        told: dict[str, Any] = {}
        for field, reader in READERS.items():
            try:
                told[field] = reader(getattr(self, field))
            except Misstated as wrong:
                raise misstated(wrong.code, **wrong.facts | {"field": field}) from None
        return {
            "conditions": [each.model_dump(by_alias=True) for each in told["clause_conditions"]],
            "windows": [each.model_dump() for each in told["clause_windows"]],
            "amount": self._amount(told["amount_steps"]),
        }

    def _amount(self, steps: object) -> dict[str, Any]:
        """What the rule needs of all the fields; what was left empty the engine misses by its name."""
        base, rate = self.amount_base or "", self.amount_rate.ppm if self.amount_rate else None
        fen, cap, base_cap = (
            each.fen if each else None for each in (self.amount_sum, self.amount_cap, self.amount_base_cap)
        )
        needed: dict[AmountRule, dict[str, Any]] = {
            AmountRule.FIXED: {"sum": fen}, AmountRule.SHARE: {"base": base, "ppm": rate, "cap": cap},
            AmountRule.PER_UNIT: {"base": base, "unit": fen, "cap": cap}, AmountRule.TIERS: {"base": base, "steps": steps},
            AmountRule.INTEREST: {"ppm": rate, "months": self.amount_months, "base_cap": base_cap, "cap": cap},
            AmountRule.SERVICE: {},
        }  # fmt: skip
        return {"rule": self.amount_rule.value, **needed[self.amount_rule]}


def _of(rule: Any, name: str) -> Any:
    return getattr(rule, name, None)


def checked(terms: dict[str, Any], since: date, until: date | None) -> dict[str, Any]:
    """The terms as they are kept, checked by the engine that counts with them; ClauseMisstated."""
    try:
        clause = Clause.model_validate(terms | {"key": "draft", "since": since, "until": until})
    except ValidationError as error:
        first = error.errors()[0]
        why = first.get("ctx", {}).get("error")
        if isinstance(why, Misstated):
            raise misstated(why.code, **why.facts) from None
        raise misstated("", given=".".join(str(part) for part in first["loc"])) from None
    plain: dict[str, Any] = clause.model_dump(mode="json", by_alias=True, include={"conditions", "amount", "windows"})
    return plain
