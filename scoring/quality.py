"""What facts about a firm cannot all be true (数据质量规则): check digits, days, sums; each doubt says how to put it right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scoring.facts import FACTS, SOFT, Kind
from scoring.sheet import Origin, Value

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


@dataclass(frozen=True, slots=True)
class Doubt:
    """One rule that fails: its code, the facts it concerns, and what to do, in both languages."""

    code: str
    facts: tuple[str, ...]
    says: str
    english: str


def sound_code(code: str) -> bool:
    """Whether a unified social credit code (统一社会信用代码) carries the right check sign (GB 32100-2015, modulus 31)."""
    if len(code) != 18 or any(sign not in SIGNS for sign in code):
        return False
    total = sum(weight * SIGNS.index(sign) for weight, sign in zip(WEIGHTS, code, strict=False))
    return SIGNS[-total % 31] == code[17]


def doubts(
    facts: Mapping[str, Value], *, code: str | None = None, founded: date | None = None,
    dated: Mapping[str, Origin] | None = None, on: date | None = None,
) -> tuple[Doubt, ...]:  # fmt: skip
    """Every rule that fails for one firm; a rule whose figures are not all known says nothing.

    `code` is the credit code, `founded` the day of founding, `dated` the origin of each fact, `on` today.
    """
    found = [] if code is None or sound_code(code) else [BAD_CODE]
    found += _days(dated or {}, founded, on)
    for doubt, rule in RULES:
        given = [facts.get(name) for name in doubt.facts]
        numbers = [Decimal(value) for value in given if isinstance(value, (int, Decimal))]
        if len(numbers) == len(given) and not rule(*numbers):
            found.append(doubt)
    return tuple(found) + tuple(_negative(facts))


def _days(dated: Mapping[str, Origin], founded: date | None, on: date | None) -> Iterator[Doubt]:
    for name, (_, day) in dated.items():
        fact = FACTS[name]
        if on and day > on:
            yield Doubt(
                "future",
                (name,),
                f"“{fact.term}”的日期 {day} 在今天之后，请改正日期",
                f"{fact.english}: {day} lies ahead; correct the day",
            )
        if founded and day < founded:
            yield Doubt(
                "before_founding", (name,), f"“{fact.term}”的日期 {day} 早于企业成立日期 {founded}，请核对两个日期",
                f"{fact.english}: {day} lies before the founding on {founded}; check both days",
            )  # fmt: skip


def _negative(facts: Mapping[str, Value]) -> Iterator[Doubt]:
    for name, value in facts.items():
        fact = FACTS[name]
        counted = fact.kind in {Kind.COUNT, Kind.MONEY} or name in SOFT
        if counted and isinstance(value, (int, Decimal)) and value < 0:
            yield Doubt(
                "negative",
                (name,),
                f"“{fact.term}”为负数，请核对原始材料",
                f"{fact.english} is negative; check the papers",
            )


BAD_CODE = Doubt(
    "code",
    (),
    "统一社会信用代码的校验位不对，请对照营业执照改正",
    "The credit code's check sign is wrong; correct it by the licence",
)

RULES: tuple[tuple[Doubt, Callable[..., bool]], ...] = (
    (Doubt("quick_above_current", ("quick_ratio", "current_ratio"), "速动比率高于流动比率，请核对报表中的存货和流动资产",
           "The quick ratio passes the current ratio; check inventory and current assets"), lambda quick, current: quick <= current),
    (Doubt("net_above_gross", ("net_margin", "gross_margin"), "净利率高于毛利率，请核对利润表；确有大额营业外收入的，附说明",
           "Net margin passes gross margin; check the income statement, or explain the other income"), lambda net, gross: net <= gross),
    (Doubt("tax_above_sales", ("tax_paid", "annual_sales"), "纳税额高于全年开票销售额，请核对单位是否写错",
           "More tax than sales; check the unit"), lambda tax, sales: tax <= sales),
    (Doubt("customers", ("effective_customers", "customers"), "有效客户数多于客户数，请重新导入发票",
           "More effective customers than customers; import the invoices again"), lambda some, all_: some <= all_),
    (Doubt("months", ("active_months", "history_months"), "有销售的月数多于记录时长，请重新导入发票",
           "More months with sales than on record; import the invoices again"), lambda active, all_: active <= all_),
    (Doubt("share", ("top_customer_share",), "第一大客户占比不在 0 到 100% 之间，请核对红字发票",
           "The largest customer's share is not between 0 and 100%; check red-letter invoices"), lambda share: 0 <= share <= 100),
    (Doubt("owner_before_firm", ("owner_years",), "从业年限超过 80 年，请改正", "More than 80 years in the trade; correct it"), lambda years: years <= 80),
)  # fmt: skip
"""Sums and bounds; each rule takes the facts its doubt names."""
