"""The gates of the pre-check: yes, no or not certain, each with the rule it rests on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from financing.guarantees.precheck import DebtBand, RedLines, TaxGrade, Told, Verdict, check
from financing.guarantees.rules import Hurdle
from financing.money import Fen
from financing.refusals import Contradiction

TODAY = date(2026, 11, 23)
YES, NO, OPEN = Verdict.YES, Verdict.NO, Verdict.OPEN
STEADY = Told(
    industry="3340", employees=60, sales=Fen.wan(2000), average=Fen.wan(2000), typical=Fen.wan(150), active_months=36,
    longest_gap=0, customers=60, debt=DebtBand.TO_50, red_lines=RedLines.NONE,
)  # fmt: skip


def verdicts(told):
    return {gate.key: gate.verdict for gate in check(told, TODAY).gates}


def test_a_large_steady_clean_firm_can_apply():
    found = check(STEADY, TODAY)
    assert found.verdict is YES
    assert verdicts(STEADY) == {
        Hurdle.SIZE: YES, Hurdle.CONFIRMED: OPEN, Hurdle.PURPOSE: OPEN, Hurdle.VETO: YES, Hurdle.SCORE: YES, Hurdle.PRODUCT_CAP: OPEN
    }  # fmt: skip
    by_invoices, by_statements = found.roads
    assert (by_invoices.interval.worst, by_invoices.least, by_invoices.most) == (62, Fen.wan(200), Fen.wan(500))
    assert (by_statements.interval.worst, by_statements.least, by_statements.most) == (6, Fen.wan(0), Fen.wan(500))


@pytest.mark.parametrize(
    ("changed", "gate", "verdict"),
    [
        ({"employees": None}, Hurdle.SIZE, OPEN),
        ({"industry": None}, Hurdle.SIZE, OPEN),
        ({"sales": None}, Hurdle.SIZE, OPEN),
        ({"employees": 300}, Hurdle.SIZE, NO),  # medium: 300 people and 20 million yuan
        ({"employees": 299}, Hurdle.SIZE, YES),
        ({"red_lines": None}, Hurdle.VETO, OPEN),
        ({"red_lines": RedLines.SOME}, Hurdle.VETO, NO),
        ({"tax_grade": TaxGrade.D}, Hurdle.VETO, NO),  # whatever is said of the red lines
        (
            {"sales": Fen(0), "average": None, "active_months": None},
            Hurdle.VETO,
            NO,
        ),  # no sales for a year counts as not operating
        ({"typical": Fen.wan(9)}, Hurdle.SCORE, OPEN),
        ({"amount": Fen.wan(500)}, Hurdle.PRODUCT_CAP, YES),
        ({"amount": Fen.wan(501)}, Hurdle.PRODUCT_CAP, NO),
        ({"amount": Fen.wan(200)}, Hurdle.GRADE_CEILING, YES),
        ({"amount": Fen.wan(201)}, Hurdle.GRADE_CEILING, OPEN),
        ({"amount": Fen.wan(1), "red_lines": RedLines.SOME}, Hurdle.GRADE_CEILING, NO),
    ],
)
def test_each_gate_answers_by_its_own_rule(changed, gate, verdict):
    found = check(replace(STEADY, **changed), TODAY)
    assert {one.key: one.verdict for one in found.gates}[gate] is verdict
    assert (found.verdict is NO) is any(one.verdict is NO for one in found.gates)
    assert all(one.source for one in found.gates)


def test_nothing_told_leaves_everything_open():
    found = check(Told(), TODAY)
    assert found.verdict is OPEN
    assert {gate.verdict for gate in found.gates} == {OPEN}
    assert [(road.interval.worst, road.interval.best) for road in found.roads] == [(0, 100), (0, 100)]


def test_a_score_that_neither_card_can_reach_is_said_to_be_out_of_reach():
    tiny = Told(sales=Fen.wan(1), active_months=1, longest_gap=30, customers=1, top_share=Decimal(100))
    found = check(tiny, TODAY)
    assert found.roads[0].interval.reaches_line is False
    assert {gate.key: gate.verdict for gate in found.gates}[Hurdle.SCORE] is OPEN  # statements may still do it


@pytest.mark.parametrize(
    ("told", "field"),
    [
        (Told(active_months=30, longest_gap=7), "longest_gap"),  # 37 of 36 months
        (Told(sales=Fen.wan(301), average=Fen.wan(100)), "average"),  # three years hold the last one
        (Told(customers=3, top_share=Decimal(20)), "customers"),  # three shares of at most 20 %
    ],
)
def test_answers_that_contradict_each_other_are_sent_back(told, field):
    with pytest.raises(Contradiction) as refused:
        check(told, TODAY)
    assert refused.value.facts["field"] == field


def test_answers_that_just_fit_are_accepted():
    check(Told(active_months=30, longest_gap=6, customers=5, top_share=Decimal(20)), TODAY)


def test_the_red_lines_that_are_crossed_are_named_once():
    found = check(Told(tax_grade=TaxGrade.D, sales=Fen(0)), TODAY)
    assert [veto.key for veto in found.hit] == ["tax_grade_d", "idle"]


@pytest.mark.parametrize(
    ("told", "fact", "worst", "best"),
    [
        (Told(sales=Fen.wan(2000)), "average_sales", 6, 10),  # 666.7 at least: the band from 600
        (Told(sales=Fen.wan(2000), average=Fen.wan(700)), "average_sales", 6, 6),
        (Told(top_share=Decimal(25)), "effective_customers", 2, 5),  # shares are told rounded: a shade below 4, or 16
        (Told(top_share=Decimal(100)), "effective_customers", 0, 0),
    ],
)
def test_what_follows_from_an_answer_narrows_the_range(told, fact, worst, best):
    (span,) = [span for span in check(told, TODAY).roads[0].interval.spans if span.fact == fact]
    assert (span.worst, span.best) == (worst, best)
