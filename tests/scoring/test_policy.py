"""Clauses of policies: sums by hand, one firm against columns against a plain third reading, and words read back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from scoring.facts import FEN_PER_WAN, Kind
from scoring.industries import path
from scoring.policy import LARGEST, Clause, Condition, Misstated
from scoring.policy_columns import columns
from scoring.policy_facts import ASKED, POLICY_FACTS
from scoring.policy_match import Result, match
from scoring.policy_text import (
    condition_words,
    read_conditions,
    read_steps,
    read_windows,
    step_words,
    window_words,
)

DAY = date(2026, 11, 23)
WAN = FEN_PER_WAN


def a_clause(*conditions: dict[str, Any], **facts: Any) -> Clause:
    return Clause.model_validate({"key": "k", "since": date(2026, 1, 1), "conditions": conditions, **facts})


SMALL = {"fact": "size", "is": "one_of", "value": ["small", "micro"]}
INTEREST = {"rule": "interest", "ppm": 15_000, "months": 24, "base_cap": 5_000 * WAN}


@pytest.mark.parametrize(("principal", "months", "fen"), [
    (5_000 * WAN, 24, 150 * WAN),  # 5000万 × 1.5% × 2年 = 150万
    (6_000 * WAN, 36, 150 * WAN),  # both bounds
    (100 * WAN, 12, 1_500_000),  # 1.5万
    (100 * WAN, 7, 875_000),  # 100万 × 1.5% × 7/12
    (33, 1, 0),  # 0.04125 fen
    (400, 1, 1),  # exactly half a fen goes up
    (-5, 12, 0),
])  # fmt: skip
def test_points_of_interest_by_hand(principal: int, months: int, fen: int) -> None:
    found = match(a_clause(amount=INTEREST), {"loan_principal": principal, "loan_months": months}, DAY)
    assert (found.result, found.amount) == (Result.ELIGIBLE, fen)


@pytest.mark.parametrize(("amount", "facts", "fen"), [
    ({"rule": "fixed", "sum": 20 * WAN}, {}, 20 * WAN),
    ({"rule": "share", "base": "rd_expense", "ppm": 100_000, "cap": 50 * WAN}, {"rd_expense": 800 * WAN}, 50 * WAN),
    ({"rule": "share", "base": "rd_expense", "ppm": 100_000}, {"rd_expense": 5}, 1),  # 0.5 fen
    ({"rule": "per_unit", "base": "graduates_hired", "unit": 150_000}, {"graduates_hired": 7}, 1_050_000),
    ({"rule": "tiers", "base": "revenue", "steps": [[2_000, 10 * WAN], [5_000, 30 * WAN]]}, {"revenue": 1_999 * WAN}, 0),
    ({"rule": "tiers", "base": "revenue", "steps": [[2_000, 10 * WAN], [5_000, 30 * WAN]]}, {"revenue": 2_000 * WAN}, 10 * WAN),
    ({"rule": "tiers", "base": "revenue", "steps": [[2_000, 10 * WAN], [5_000, 30 * WAN]]}, {"revenue": 9_000 * WAN}, 30 * WAN),
    ({"rule": "service"}, {}, None),
])  # fmt: skip
def test_amounts_by_hand(amount: dict[str, Any], facts: dict[str, object], fen: int | None) -> None:
    assert match(a_clause(amount=amount), facts, DAY).amount == fen


def test_what_is_missing_is_named_and_what_is_not_met_too() -> None:
    clause = a_clause(SMALL, {"fact": "high_tech", "is": "equals", "value": True}, amount=INTEREST)
    likely = match(clause, {"size": "small", "loan_principal": 100}, DAY)
    assert (likely.result, likely.missing, likely.amount) == (Result.LIKELY, ("high_tech", "loan_months"), None)
    refused = match(clause, {"size": "large"}, DAY)
    assert refused.result is Result.NOT
    assert [each.fact for each in refused.unmet] == ["size"]


def test_a_soft_condition_leaves_a_doubt_and_excludes_nobody() -> None:
    clause = a_clause(
        {"fact": "key_chain", "is": "equals", "value": True, "soft": True}, amount={"rule": "fixed", "sum": 5}
    )
    assert match(clause, {"key_chain": False}, DAY).result is Result.LIKELY
    assert match(clause, {"key_chain": True}, DAY).result is Result.ELIGIBLE


def test_an_industry_is_meant_with_all_within_it() -> None:
    clause = a_clause({"fact": "industry", "is": "one_of", "value": ["C33", "I"]})
    assert match(clause, {"industry": "3340"}, DAY).result is Result.ELIGIBLE
    assert match(clause, {"industry": "6513"}, DAY).result is Result.ELIGIBLE
    assert match(clause, {"industry": "34"}, DAY).result is Result.NOT


def test_a_clause_counts_on_its_days_alone_and_tells_the_next_deadline() -> None:
    windows = [{"opens": "2026-03-01", "closes": "2026-03-31"}, {"opens": "2026-11-01", "closes": "2026-12-05"}]
    clause = a_clause(windows=windows, until=date(2026, 12, 31))
    assert match(clause, {}, DAY).deadline == date(2026, 12, 5)
    assert match(clause, {}, date(2027, 1, 1)).result is Result.NOT
    assert match(clause, {}, date(2025, 12, 31)).result is Result.NOT
    assert clause.open_on(date(2026, 3, 31))
    assert not clause.open_on(date(2026, 4, 1))
    assert clause.deadline(date(2026, 12, 6)) is None


@pytest.mark.parametrize(("conditions", "more", "code"), [
    ([{"fact": "shoe_size", "is": "equals", "value": 3}], {}, "no_such_fact"),
    ([{"fact": "size", "is": "equals", "value": "huge"}], {}, "not_of_this_fact"),
    ([{"fact": "size", "is": "at_least", "value": 3}], {}, "not_of_this_fact"),
    ([{"fact": "high_tech", "is": "equals", "value": 1}], {}, "not_of_this_fact"),
    ([{"fact": "employees", "is": "one_of", "value": ["a"]}], {}, "not_of_this_fact"),
    ([{"fact": "industry", "is": "equals", "value": "ZZ"}], {}, "not_of_this_fact"),
    ([{"fact": "employees", "is": "at_most", "value": 10**16}], {}, "not_of_this_fact"),
    ([], {"amount": {"rule": "share", "base": "size", "ppm": 5}}, "not_a_base"),
    ([], {"amount": {"rule": "share", "base": "nothing", "ppm": 5}}, "not_a_base"),
    ([], {"amount": {"rule": "per_unit", "base": "revenue", "unit": 5}}, "not_a_base"),
    ([], {"amount": {"rule": "tiers", "base": "revenue", "steps": [[5, 1], [2, 3]]}}, "steps_not_rising"),
    ([], {"windows": [{"opens": "2026-03-01", "closes": "2026-02-01"}]}, "window_backwards"),
])  # fmt: skip
def test_what_cannot_be_counted_with_is_refused_by_its_code(
    conditions: list[Any], more: dict[str, Any], code: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        a_clause(*conditions, **more)
    wrong = caught.value.errors()[0]["ctx"]["error"]
    assert isinstance(wrong, Misstated)
    assert wrong.code == code


def test_every_fact_of_a_policy_has_words_of_its_own() -> None:
    terms = [fact.term for fact in POLICY_FACTS.values()]
    assert len(set(terms)) == len(terms)
    assert POLICY_FACTS.keys() > ASKED


# --- against a third reading, by plain comparisons in fractions -------------------------------------------------------
def plainly(clause: Clause, facts: dict[str, Any]) -> tuple[str, int | None]:
    """What a clause says of a firm, read without any of the engine."""
    held: list[bool | None] = [_held(each, facts.get(each.fact)) for each in clause.conditions]
    hard = [met for each, met in zip(clause.conditions, held, strict=True) if not each.soft]
    if False in hard:
        return "not", None
    reads = list(getattr(clause.amount, "reads", ()))
    doubt = any(met is not True for met in held) or any(facts.get(name) is None for name in reads)
    return ("likely" if doubt else "eligible"), _sum(clause.amount, facts)


def _held(condition: Condition, value: Any) -> bool | None:
    if value is None:
        return None
    wanted = condition.value
    if condition.fact == "industry":
        codes = wanted if isinstance(wanted, tuple) else (wanted,)
        return any(
            entry.code in {str(code).lstrip("ABCDEFGHIJKLMNOPQRST") or code for code in codes} for entry in path(value)
        )
    if isinstance(wanted, tuple):
        return value in wanted
    scale = FEN_PER_WAN if POLICY_FACTS[condition.fact].kind is Kind.MONEY else 1
    if isinstance(wanted, Decimal):
        # A ratio is a double, and so is the edge that it is compared with.
        ratio = POLICY_FACTS[condition.fact].kind is Kind.NUMBER
        mark: Any = float(wanted) if ratio else Fraction(wanted) * scale
        return {"at_least": value >= mark, "at_most": value <= mark, "equals": value == mark}[condition.operator]
    return bool(value == wanted)


def _sum(amount: Any, facts: dict[str, Any]) -> int | None:
    if amount.rule == "service" or any(facts.get(name) is None for name in amount.reads):
        return None
    values = [max(Fraction(facts[name]), Fraction(0)) for name in amount.reads]
    if amount.rule == "fixed":
        found = Fraction(amount.sum)
    elif amount.rule == "share":
        found = values[0] * amount.ppm / 1_000_000
    elif amount.rule == "per_unit":
        found = min(values[0], Fraction(1_000_000)) * amount.unit
    elif amount.rule == "tiers":
        scale = FEN_PER_WAN if POLICY_FACTS[amount.base].kind is Kind.MONEY else 1
        found = Fraction(0)
        for start, fen in amount.steps:
            if facts[amount.base] >= Fraction(start) * scale:
                found = Fraction(fen)
    else:
        principal = min(values[0], Fraction(amount.base_cap or LARGEST))
        found = principal * amount.ppm / 1_000_000 * min(values[1], Fraction(amount.months)) / 12
    rounded = int(found + Fraction(1, 2))
    return min(rounded, getattr(amount, "cap", None) or LARGEST)


SIZES = ("large", "medium", "small", "micro")
INDUSTRIES = ("3340", "33", "C", "6513", "5212", "A")
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "size": st.sampled_from(SIZES), "industry": st.sampled_from(INDUSTRIES), "high_tech": st.booleans(),
    "employees": st.integers(0, 400), "layoff_rate": st.sampled_from([0.0, 5.4999, 5.5, 5.500001, 20.0, 33.3]),
    "rd_expense": st.integers(0, LARGEST), "loan_principal": st.integers(0, LARGEST), "loan_months": st.integers(0, 60),
    "graduates_hired": st.integers(0, 2_000_000), "revenue": st.integers(-WAN, 10_000 * WAN), "taxable_income": st.integers(-WAN, 400 * WAN),
}  # fmt: skip
FIRM = st.fixed_dictionaries({name: st.none() | value for name, value in VALUES.items()})
_TWO = st.decimals(0, 400, places=2)
CONDITION = st.one_of(
    st.builds(lambda v, s: {"fact": "size", "is": "one_of", "value": sorted(v), "soft": s}, st.sets(st.sampled_from(SIZES), min_size=1), st.booleans()),
    st.builds(lambda v: {"fact": "industry", "is": "one_of", "value": sorted(v)}, st.sets(st.sampled_from(["C33", "I", "52", "3340", "A"]), min_size=1)),
    st.builds(lambda v, s: {"fact": "high_tech", "is": "equals", "value": v, "soft": s}, st.booleans(), st.booleans()),
    st.builds(lambda o, v: {"fact": "layoff_rate", "is": o, "value": Decimal(v)}, st.sampled_from(["at_most", "at_least", "equals"]), st.sampled_from(["5.5", "20", "5.4999"])),
    st.builds(lambda o, v, n: {"fact": n, "is": o, "value": v}, st.sampled_from(["at_most", "at_least", "equals"]), _TWO, st.sampled_from(["employees", "revenue", "taxable_income"])),
)  # fmt: skip
CAP = st.none() | st.integers(1, LARGEST)
AMOUNT = st.one_of(
    st.just({"rule": "service"}),
    st.builds(lambda s: {"rule": "fixed", "sum": s}, st.integers(0, LARGEST)),
    st.builds(lambda p, c: {"rule": "share", "base": "rd_expense", "ppm": p, "cap": c}, st.integers(1, 1_000_000), CAP),
    st.builds(lambda u, c: {"rule": "per_unit", "base": "graduates_hired", "unit": u, "cap": c}, st.integers(1, 10**9), CAP),
    st.builds(lambda s: {"rule": "tiers", "base": "revenue", "steps": [[start, fen] for start, fen in sorted(s.items())]},
              st.dictionaries(st.decimals(0, 10_000, places=1), st.integers(0, LARGEST), min_size=1, max_size=4)),
    st.builds(lambda p, m, b, c: {"rule": "interest", "ppm": p, "months": m, "base_cap": b, "cap": c},
              st.integers(1, 1_000_000), st.integers(1, 120), CAP, CAP),
)  # fmt: skip
CLAUSE = st.builds(
    lambda conditions, amount: a_clause(*conditions, amount=amount), st.lists(CONDITION, max_size=5), AMOUNT
)
_DTYPES = {Kind.NUMBER: pl.Float64, Kind.FLAG: pl.Boolean, Kind.CHOICE: pl.String}


@settings(max_examples=60)
@given(st.lists(CLAUSE, min_size=1, max_size=6), st.lists(FIRM, min_size=1, max_size=25))
def test_columns_one_firm_and_a_plain_reading_agree(clauses: list[Clause], firms: list[dict[str, Any]]) -> None:
    told = {
        name: pl.Series(name, [firm[name] for firm in firms], dtype=_DTYPES.get(POLICY_FACTS[name].kind, pl.Int64))
        for name in VALUES
    }
    for clause, found in zip(clauses, columns(clauses, pl.DataFrame(told), DAY), strict=True):
        by_row = {int(row): (bool(sure), int(fen)) for row, sure, fen in zip(*found, strict=True)}
        for row, firm in enumerate(firms):
            one = match(clause, firm, DAY)
            assert (one.result.value, one.amount) == plainly(clause, firm)
            sure = {Result.ELIGIBLE: True, Result.LIKELY: False}.get(one.result)
            assert by_row.get(row) == (None if sure is None else (sure, -1 if one.amount is None else one.amount))


def test_a_fact_that_no_column_tells_is_missing_for_all() -> None:
    [found] = columns([a_clause(SMALL, amount=INTEREST)], pl.DataFrame({"size": ["small", "large", None]}), DAY)
    assert (found.rows.tolist(), found.eligible.tolist(), found.fen.tolist()) == ([0, 2], [False, False], [-1, -1])


def test_a_clause_out_of_force_finds_nobody() -> None:
    [found] = columns([a_clause(SMALL)], pl.DataFrame({"size": ["small"]}), date(2020, 1, 1))
    assert not len(found.rows)


# --- as people write them ---------------------------------------------------------------------------------------------
@settings(max_examples=60)
@given(st.lists(CONDITION, max_size=6))
def test_conditions_in_words_are_read_back(conditions: list[dict[str, Any]]) -> None:
    held = a_clause(*conditions).conditions
    for language in ("zh", "en"):
        again = read_conditions("\n".join(condition_words(each, language) for each in held))
        assert [_same(each) for each in again] == [_same(each) for each in held]


def _same(condition: Condition) -> tuple[object, ...]:
    value = condition.value
    codes = (
        tuple(path(str(code))[-1].code for code in value)
        if condition.fact == "industry" and isinstance(value, tuple)
        else value
    )
    return condition.fact, condition.operator, codes, condition.soft


@given(CLAUSE)
def test_a_clause_survives_storage(clause: Clause) -> None:
    plain = clause.model_dump(mode="json", by_alias=True, include={"conditions", "amount", "windows"})
    assert Clause.model_validate(plain | {"key": "k", "since": date(2026, 1, 1)}) == clause


@pytest.mark.parametrize(("text", "code"), [
    ("鞋码 不超过 42", "line_fact"),
    ("企业规模 大概 小型", "line_operator"),
    ("企业规模 属于 巨型", "line_value"),
    ("从业人数 不超过 很多", "line_value"),
    ("高新技术企业 为 也许", "line_value"),
])  # fmt: skip
def test_a_line_that_cannot_be_read_is_named(text: str, code: str) -> None:
    with pytest.raises(Misstated) as caught:
        read_conditions("\n从业人数 不超过 300 人\n" + text)
    assert (caught.value.code, caught.value.facts["line"]) == (code, 3)


def test_lines_may_be_written_as_people_write() -> None:
    found = read_conditions(
        "企业规模 属于 小型、微型\n所属行业 属于 制造业、I65\n资产总额 不超过 5,000 万元\n高新技术企业 为 是（由经办部门认定）"
    )
    assert [each.fact for each in found] == ["size", "industry", "assets", "high_tech"]
    assert found[1].value == ("C", "65")
    assert found[2].value == Decimal(5000)
    assert found[3].soft


def test_windows_and_steps_in_words() -> None:
    windows = read_windows("2026-03-01 至 2026-06-30\n2026-09-01至2026-10-31")
    assert read_windows("\n".join(window_words(each) for each in windows)) == windows
    steps = read_steps("2000：10\n5000: 30.5")
    assert steps == ((Decimal(2000), 10 * WAN), (Decimal(5000), 30_500_000))
    assert read_steps(step_words(steps)) == steps
    with pytest.raises(Misstated):
        read_windows("三月")
    with pytest.raises(Misstated):
        read_windows("2026-06-30 至 2026-03-01")
    with pytest.raises(Misstated):
        read_steps("2000 给 10")


def test_conditions_in_english() -> None:
    [small] = read_conditions("企业规模 属于 小型、微型")
    assert condition_words(small, "en") == "Size class one of Small, Micro"
