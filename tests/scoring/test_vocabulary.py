"""What the words of a card mean: scales of industries, points for what is missing, red lines that run out, stale values."""

import json
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.card import card
from scoring.facts import FACTS, Kind, Source
from scoring.industries import UnknownIndustry, industries
from scoring.score import DTYPES, Sheet, score, sheet
from tests.scoring.makers import firms
from tests.scoring.rich import RICH

TODAY = date(2026, 5, 6)
STORED = Path(__file__).parents[1] / "cases" / "scoring" / "stored-before-dates.json"
trades = st.none() | st.sampled_from(["3071", "3072", "307", "30", "C", "L", "7211", "I", "6513", "A", "0111"])
ages = st.none() | st.integers(-1, 60)


def by_key(seen):
    return {line.key: line for line in seen.lines}


@pytest.mark.parametrize(
    ("industry", "code", "points"),
    [
        (None, "", 10),  # nobody told: the general scale
        ("A", "", 10),
        ("C", "C", 20),
        ("2011", "C", 20),
        ("30", "30", 15),
        ("3072", "30", 15),
        ("C3072", "30", 15),
        ("3071", "3071", 40),
    ],
)
def test_the_most_specific_industry_wins(industry, code, points):
    line = by_key(sheet(RICH, {"debt_ratio": 68}, industry=industry))["debt"]
    assert (line.industry, line.points) == (code, points)


def test_an_industry_of_no_list_is_refused_both_ways():
    with pytest.raises(UnknownIndustry):
        sheet(RICH, {}, industry="99X")
    with pytest.raises(UnknownIndustry):
        score(RICH, pl.DataFrame({"firm": [1], "industry": ["99X"]}))


def test_a_missing_value_earns_what_the_card_gives_for_it_and_stays_missing():
    seen = sheet(RICH, {"tax_paid": 20_000_000})
    assert {key: line.points for key, line in by_key(seen).items()} == {
        "debt": 5,
        "tax": 20,
        "tax_grade": 3,
        "premises": 0,
    }
    assert (seen.total, seen.missing_weight, seen.insufficient) == (28, 80, True)
    assert seen.missing == ("debt_ratio", "tax_grade", "secure_premises")
    assert by_key(seen)["debt"].next_band.points == 10  # the nearest step that is worth more than a gap


@pytest.mark.parametrize(
    ("value", "age", "hit", "checked", "expired"),
    [
        (1, 30, True, True, False),
        (1, 31, False, False, True),
        (0, 30, False, True, False),
        (0, 31, False, False, True),
        (0, -3, False, True, False),
        (None, 5, False, False, False),
    ],
)
def test_a_red_line_looked_up_too_long_ago_must_be_looked_up_again(value, age, hit, checked, expired):
    dated = {"dishonest_records": (Source.REGISTRY, TODAY - timedelta(age))}
    check = sheet(RICH, {"dishonest_records": value}, dated=dated, on=TODAY).vetoes[0]
    assert (check.hit, check.checked, check.expired) == (hit, checked, expired)


def test_a_red_line_of_no_known_day_has_run_out_once_days_are_counted():
    assert sheet(RICH, {"dishonest_records": 0}, on=TODAY).vetoes[0].expired
    assert not sheet(RICH, {"dishonest_records": 0}).vetoes[0].expired


def test_every_line_keeps_value_unit_source_day_band_and_the_next_step():
    dated = {"debt_ratio": (Source.DOCUMENT, date(2024, 12, 31)), "tax_paid": (Source.SITE, date(2025, 12, 31))}
    seen = sheet(RICH, {"debt_ratio": 55, "tax_paid": 6_000_000}, dated=dated, on=date(2026, 7, 1))
    debt, tax = by_key(seen)["debt"], by_key(seen)["tax"]
    assert (debt.source, debt.as_of, debt.stale) == ("document", date(2024, 12, 31), True)
    assert (tax.source, tax.as_of, tax.stale) == ("site", date(2025, 12, 31), False)
    assert (tax.value, tax.unit, tax.points, tax.most) == (6_000_000, "万元", 8, 20)
    assert (tax.band.edge, tax.next_band.edge, tax.next_band.points) == (5, 20, 20)
    assert seen.stale == (debt,)


@pytest.mark.parametrize(
    ("fact", "age", "stale"),
    [("debt_ratio", 546, False), ("debt_ratio", 547, True), ("owner_credit", 32, True), ("penalties", 93, True),
     ("secure_premises", 180, False), ("order_cover", 101, True)],
)  # fmt: skip
def test_a_value_is_stale_after_the_days_of_its_kind(fact, age, stale):
    assert FACTS[fact].stale(TODAY - timedelta(age), TODAY) is stale


def test_yearly_statements_are_fresh_until_those_of_the_next_year_are_due():
    assert not FACTS["debt_ratio"].stale(date(2024, 12, 31), date(2026, 6, 30))
    assert FACTS["debt_ratio"].stale(date(2024, 12, 31), date(2026, 7, 1))


def test_every_fact_of_the_table_of_days_exists():
    from scoring.dated import table

    assert table("freshness", TODAY)["fact"].keys() <= FACTS.keys()
    assert table("freshness", TODAY)["origin"].keys() == set(Source)


@given(facts=firms(RICH), trade=trades, age=ages, on=st.none() | st.just(TODAY))
def test_one_firm_and_a_table_are_scored_alike_with_industry_and_days(facts, trade, age, on):
    day = None if age is None else TODAY - timedelta(age)
    dated = {} if day is None else dict.fromkeys(facts, (Source.REGISTRY, day))
    seen = sheet(RICH, facts, industry=trade, dated=dated, on=on)
    types = {name: DTYPES.get(FACTS[name].kind, pl.String) for name in facts}
    schema = types | {"firm": pl.Int64, "industry": pl.String, "dishonest_records_as_of": pl.Date}
    frame = pl.DataFrame([facts | {"firm": 1, "industry": trade, "dishonest_records_as_of": day}], schema=schema)
    row = score(RICH, frame, on=on).row(0, named=True)
    assert {line.key: line.points for line in seen.lines} == {item.key: row[item.key] for item in RICH.item}
    assert {check.key: check.hit for check in seen.vetoes} == {veto.key: row[veto.key] for veto in RICH.veto}
    assert (seen.total, seen.grade, seen.qualified) == (row["total"], row["grade"], row["qualified"])
    assert seen.total == sum(line.points for line in seen.lines)
    assert Sheet.from_json(json.loads(json.dumps(seen.as_json()))) == seen


@pytest.mark.parametrize("case", json.loads(STORED.read_text()), ids=lambda case: case["case"])
def test_a_sheet_stored_before_there_were_days_is_read_and_comes_out_the_same_again(case):
    stored = Sheet.from_json(case["sheet"])
    values = {each.fact: each.value for each in (*stored.lines, *stored.vetoes)}
    version = card(stored.card, stored.since)
    assert version.digest == stored.digest
    assert sheet(version, values) == stored
    assert (stored.on, stored.industry, stored.lines[0].as_of, stored.vetoes[0].expired) == (None, "", None, False)


def test_every_numeric_fact_that_can_change_has_a_step_and_choices_have_none():
    for fact in FACTS.values():
        assert (fact.step is None) == (fact.kind in {Kind.CHOICE, Kind.FLAG})
        assert fact.changeable is None or 0 < fact.changeable <= 36
        assert fact.step is None or fact.step > 0
    assert FACTS["tax_paid"].step == 1_000_000
    assert industries()["3071"].section == "C"
