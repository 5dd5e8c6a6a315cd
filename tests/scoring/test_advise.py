"""Advice is the shortest: held against a plain search through every combination of values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product
from math import ceil, floor

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scoring.advise import Case, Goal, Outcome, advise, goals, ways
from scoring.card import Block, Item, Veto, card
from scoring.facts import FACTS, Kind, Source
from scoring.links import BONDS, linked
from scoring.pace import Terms
from scoring.sheet import hits, points, sheet
from tests.scoring.makers import firms

TODAY = date(2026, 5, 6)
CREDIT, INVOICES = card("credit", TODAY), card("invoices", TODAY)
BOTH = pytest.mark.parametrize("rules", [CREDIT, INVOICES], ids=["credit", "invoices"])
#: Facts of every kind, all pairs with a bond among them.
FEW = (
    "quick_ratio", "current_ratio", "net_margin", "interest_cover", "customers", "top_customer_share", "active_months", "longest_gap",
    "annual_sales", "penalties", "tax_grade", "park_bills_paid", "enforcement_ratio",
)  # fmt: skip
EDGES = (0, 1, 2, 4, 20, 33, 50)


@st.composite
def items(draw, number):
    fact = FACTS[draw(st.sampled_from(FEW))]
    shape = {"better": draw(st.sampled_from(["higher", "lower"]))} if fact.better is None else {}
    if fact.kind in {Kind.CHOICE, Kind.FLAG}:
        shape["choices"] = {code: draw(st.integers(0, 6)) for code in fact.choices or ("yes", "no")}
    else:
        edges = draw(st.lists(st.sampled_from(EDGES), min_size=1, max_size=3, unique=True))
        marks = draw(st.lists(st.integers(1, 9), min_size=len(edges), max_size=len(edges), unique=True))
        falling = (fact.better or shape["better"]) == "higher"
        rows = zip(sorted(edges, reverse=falling), sorted(marks, reverse=True), strict=True)
        shape["bands"] = [(Decimal(edge), mark) for edge, mark in rows]
    missing = draw(st.sampled_from([0, 0, 1]))
    return Item(key=f"item{number}", block="all", says="项", english="item", fact=fact.name, missing=missing, **shape)


@st.composite
def vetoes(draw, number):
    fact = FACTS[draw(st.sampled_from(FEW))]
    if fact.kind is Kind.FLAG:
        rule = {"is": "equals", "value": draw(st.booleans())}
    elif fact.kind is Kind.CHOICE:
        rule = {"is": "one_of", "value": ("C", "D")}
    else:
        rule = {
            "is": "at_least" if fact.better == "lower" else "at_most",
            "value": Decimal(draw(st.sampled_from(EDGES))),
        }
    return Veto(key=f"veto{number}", says="线", english="line", fact=fact.name, basis="依据", **rule)


@st.composite
def small_cards(draw):
    """A card of a few items and red lines, two of them perhaps on the same fact."""
    asked = tuple(draw(items(n)) for n in range(draw(st.integers(1, 4))))
    lines = tuple(draw(vetoes(n)) for n in range(draw(st.integers(0, 2))))
    full = sum(item.most for item in asked)
    assume(full > 0)
    grades = {"A": max(1, full * 3 // 4), "B": full // 2, "C": 0} if full > 2 else {"A": 1, "C": 0}
    assume(len(set(grades.values())) == len(grades))
    return CREDIT.model_copy(
        update={"item": asked, "veto": lines, "block": (Block(key="all", says="全", english="all", weight=full),), "full_marks": full,
                "grades": grades, "line": full // 2, "missing_limit": Decimal("0.25"), "ceilings": {}}
    )  # fmt: skip


def terms(data, rules):
    names = dict.fromkeys(rule.fact for rule in rules.rules)
    least = {name: data.draw(st.sampled_from([1, 1, 3, 12, None])) for name in names}
    return Terms(least, {"default": data.draw(st.integers(1, 3))}, data.draw(st.sampled_from([12, 24, 60])))


def every_value(case, fact):
    """Values just on, above and below everything that the card or a bond sets a limit at."""
    kind = FACTS[fact].kind
    if kind is Kind.FLAG:
        return [True, False]
    if kind is Kind.CHOICE:
        return list(FACTS[fact].choices)
    unit = 1_000_000 if kind is Kind.MONEY else 1
    edges = {Decimal(edge) * unit for item in case.card.item if item.fact == fact for edge, _ in item.bands}
    small = {Kind.NUMBER: Decimal("0.01"), Kind.COUNT: 1, Kind.MONEY: 10_000}[kind]
    for veto in case.card.veto:
        if veto.fact == fact:
            edges |= {veto.value * unit - small, veto.value * unit + small}
    for bond in BONDS:
        if bond.follower == fact:
            drivers = {Decimal(e) for item in case.card.item if item.fact == bond.driver for e, _ in item.bands}
            now = case.facts.get(bond.driver)
            edges |= {bond.needed(value) for value in drivers | (set() if now is None else {Decimal(str(now))})}
    if kind is Kind.NUMBER:
        return [Decimal(repr(float(edge))) for edge in edges]
    return sorted({whole(edge) for edge in edges for whole in (floor, ceil)})


def worth(case, fact, value):
    return sum(points(item, value) for item in case.card.item if item.fact == fact)


def cost_of(case, fact, before, after):
    """(bands climbed, months) of one change by the plain words of the rules, None where it cannot be had."""
    if before is None:
        return None
    climbed = 0
    for item in (item for item in case.card.item if item.fact == fact):
        marks = [*item.choices.values(), *(mark for _, mark in item.bands)]
        climbed += sum(points(item, before) < mark <= points(item, after) for mark in marks)
    least = case.terms.least[fact]
    if least is None:
        return None
    months = least * -(-max(1, climbed) // case.terms.pace["default"])
    if fact in {"active_months", "longest_gap"}:
        months = max(months, after - before)
    return (climbed, months) if months <= case.terms.horizon else None


def searched(case, goal):
    """The least (changes, longest months, bands, months) over all combinations of values, None where none is enough."""
    facts = list(dict.fromkeys(rule.fact for rule in case.card.rules))
    found = sheet(case.card, case.facts)
    risk = 0
    if goal.admits and found.insufficient:
        weight = {f: sum(i.most for i in case.card.item if i.fact == f) for f in dict.fromkeys(found.missing)}
        left = found.missing_weight
        for fact in sorted(weight, key=lambda fact: -weight[fact]):
            if left <= case.card.missing_most:
                break
            left, risk = left - weight[fact], risk + worth(case, fact, None)
    ways_of = []
    for fact in facts:
        before = case.known(fact)
        row = (
            []
            if before is not None and any(hits(v, before) for v in case.vetoes(fact))
            else [(before, None, worth(case, fact, before))]
        )
        for after in every_value(case, fact):
            price = cost_of(case, fact, before, after)
            if price and after != before and not any(hits(veto, after) for veto in case.vetoes(fact)):
                row.append((after, price, worth(case, fact, after)))
        ways_of.append(row)
    best = None
    for picked in product(*ways_of):
        if sum(gives for _, _, gives in picked) - risk < goal.points:
            continue
        made = [price for _, price, _ in picked if price]
        key = (len(made), max((m for _, m in made), default=0), sum(s for s, _ in made), sum(m for _, m in made))
        if (best is None or key < best) and possible(dict(zip(facts, picked, strict=True))):
            best = key
    return best


def possible(picked):
    for bond in BONDS:
        if bond.driver in picked and bond.follower in picked and (picked[bond.driver][1] or picked[bond.follower][1]):
            driver, follower = picked[bond.driver][0], picked[bond.follower][0]
            if None in {driver, follower}:
                continue
            needed = bond.needed(Decimal(driver))
            if not (follower >= needed if bond.at_least else follower <= needed):
                return False
    return True


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_the_advice_is_the_shortest_of_all_combinations(data):
    rules = data.draw(small_cards())
    case = Case(rules, data.draw(firms(rules)), terms=terms(data, rules))
    for goal in goals(rules, case.sheet()):
        found = advise(case, goal)
        months = [change.months for change in found.changes]
        key = (len(months), max(months, default=0), sum(change.steps for change in found.changes), sum(months))
        expected = searched(case, goal)
        assert (found.outcome is Outcome.REACHED) is (expected is not None)
        assert expected is None or key == expected


def kept(case, found):
    """The facts with the advice followed."""
    return {**case.facts, **found.after}


@BOTH
@settings(deadline=None)
@given(data=st.data())
def test_scored_again_with_the_advice_the_firm_has_the_grade(rules, data):
    case = Case(rules, data.draw(firms(rules)))
    before = case.sheet()
    for way in ways(case):
        for found in filter(None, (way.sure, way.hoped)):
            after = sheet(rules, kept(case, found))
            if found.outcome is not Outcome.REACHED:
                continue
            assert (after.total, after.grade) == (found.total, found.grade)
            assert after.total >= way.goal.points
            assert not after.vetoed
            assert after.total == before.total + sum(change.points for change in found.changes)
            assert rules.grades[after.grade] >= rules.grades[rules.grade(way.goal.points)]


@BOTH
@settings(deadline=None)
@given(data=st.data())
def test_with_what_is_missing_handed_in_the_firm_qualifies_whatever_it_shows(rules, data):
    case = Case(rules, data.draw(firms(rules)))
    for way in ways(case):
        if way.sure.outcome is not Outcome.REACHED or not way.goal.admits:
            continue
        names = [supply.fact for supply in way.sure.supplies]
        supplied = {name: data.draw(firms(rules).map(lambda firm, name=name: firm[name])) for name in names}
        assume(all(value is not None for value in supplied.values()))
        after = sheet(rules, kept(case, way.sure) | supplied)
        if not after.vetoed:
            assert after.qualified
        if names:
            assert sheet(rules, kept(case, way.sure) | dict(list(supplied.items())[1:])).insufficient


@BOTH
@settings(deadline=None)
@given(data=st.data())
def test_only_what_can_be_changed_lawfully_and_in_time_is_advised(rules, data):
    case = Case(rules, data.draw(firms(rules)), on=TODAY)
    for way in ways(case):
        for change in way.sure.changes:
            assert case.facts[change.fact] is not None
            assert FACTS[change.fact].changeable is not None
            assert FACTS[change.fact].changeable <= change.months <= 24
            assert change.fact not in {"years_in_business", "owner_years", "penalties", "controller_prosecuted"}


@BOTH
@given(data=st.data())
def test_the_same_firm_gets_the_same_advice(rules, data):
    facts = data.draw(firms(rules))
    shuffled = dict(reversed(list(facts.items())))
    assert ways(Case(rules, facts)) == ways(Case(rules, shuffled))


GOOD = {
    "debt_ratio": 65, "current_ratio": 1.1, "quick_ratio": 0.6, "interest_cover": 2.5, "net_margin": 3, "receivable_turnover": 3,
    "operating_cash_ratio": 2, "revenue_growth": 3, "invoice_gap": 15, "electricity_ratio": 90, "headcount_growth": 0, "tax_grade": "B",
    "tax_paid": 6_000_000, "environment_grade": "green", "penalties": 0, "years_in_business": 4, "owner_years": 10, "owner_credit": "clean",
    "qualified_enterprise": False, "order_cover": 0.5, "buyer_record": "good", "secure_premises": False, "park_bills_paid": False,
}  # fmt: skip


def test_a_red_line_that_only_time_lifts_is_said_to_stay():
    found = ways(Case(CREDIT, GOOD | {"controller_prosecuted": True}))
    assert {way.sure.outcome for way in found} == {Outcome.BLOCKED}
    assert found[0].sure.blocked == ("prosecuted",)
    assert found[0].hoped is None
    assert found[0].sure.changes == ()


def test_a_red_line_that_can_be_lifted_is_lifted_first_of_all():
    (nearest, *_) = ways(Case(CREDIT, GOOD | {"overdue_loans": 2}))
    assert [(change.fact, change.after, change.lifts) for change in nearest.sure.changes if change.lifts] == [
        ("overdue_loans", 0, ("overdue",))
    ]


def test_two_points_short_of_the_line_the_quickest_single_change_is_enough():
    found = sheet(CREDIT, GOOD)
    assert (found.total, found.grade) == (58, "BB")
    near, further, *_ = (way.sure for way in ways(Case(CREDIT, GOOD)))
    assert near.goal == Goal("BBB", 60, admits=True)
    # 2 more points: orders (+3 or +5), owner's premises (+3), bills (+3) ... and the lease takes a month only
    assert [(change.fact, change.after, change.points, change.months) for change in near.changes] == [
        ("secure_premises", True, 3, 1)
    ]
    assert (near.total, near.months) == (61, 1)
    # 12 more points within a quarter: 5 + 3 + 3 are one short, a fourth change is needed
    assert sorted(further.after) == ["electricity_ratio", "order_cover", "park_bills_paid", "secure_premises"]
    assert (further.total, further.months) == (71, 3)


@pytest.mark.parametrize(("current", "outcome"), [(0.6, Outcome.FAR), (0.8, Outcome.REACHED)])
def test_quick_money_is_never_advised_beyond_all_current_money(current, outcome):
    poor = GOOD | {"current_ratio": current, "quick_ratio": 0.4}
    only_quick = Terms(dict.fromkeys(FACTS) | {"quick_ratio": 12}, {"default": 2}, 24)
    found = advise(Case(CREDIT, poor, terms=only_quick), Goal("A", sheet(CREDIT, poor).total + 2, admits=True))
    assert found.outcome is outcome
    assert found.after == ({"quick_ratio": Decimal("0.7")} if outcome is Outcome.REACHED else {})


def test_a_firm_at_the_top_has_no_way_left_to_go():
    best = {
        "annual_sales": 10**10,
        "sales_variation": 10,
        "active_months": 36,
        "longest_gap": 0,
        "customers": 90,
        "top_customer_share": 5,
    }
    assert ways(Case(INVOICES, best)) == ()


def test_a_new_value_counts_as_of_today_where_days_count():
    old = {name: (Source.REGISTRY, date(2020, 1, 1)) for name in GOOD}
    case = Case(CREDIT, GOOD, dated=old, on=TODAY)
    line = next(line for line in case.sheet({"tax_grade": "A"}).lines if line.fact == "tax_grade")
    assert (line.as_of, line.points) == (TODAY, 8)


@pytest.mark.parametrize(
    ("fact", "moves", "stays"),
    [
        ("debt_ratio", {"invoice_gap"} - {"invoice_gap"}, {"tax_grade", "current_ratio"}),
        ("quick_ratio", {"current_ratio"}, {"debt_ratio", "tax_paid"}),
        ("net_margin", {"operating_cash_ratio", "revenue_growth"}, {"debt_ratio"}),
        ("customers", {"annual_sales", "top_customer_share"}, {"debt_ratio"}),
        ("tax_grade", set(), {"tax_paid", "debt_ratio"}),
    ],
)
def test_facts_from_the_same_figures_are_named_as_moving_together(fact, moves, stays):
    found = set(linked(fact, [*FACTS]))
    assert moves <= found
    assert not stays & found


def test_no_fact_is_in_two_bonds():
    ends = [fact for bond in BONDS for fact in (bond.driver, bond.follower)]
    assert len(ends) == len(set(ends))
