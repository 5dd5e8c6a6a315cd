import json
import tomllib
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.card import CARDS, card
from scoring.facts import FACTS, Kind, Source
from scoring.one import one
from scoring.score import DTYPES, Sheet, UnknownValue, score, sheet
from tests.scoring.makers import firms, values
from tests.scoring.plain_card import plain
from tests.scoring.plain_score import plain_score

TODAY = date(2026, 5, 6)
CREDIT, INVOICES = card("credit", TODAY), card("invoices", TODAY)
GOLDEN = Path(__file__).parents[1] / "cases"
CASES = sorted((GOLDEN / "scoring").glob("*.toml"))
BOTH = pytest.mark.parametrize("rules", [CREDIT, INVOICES], ids=["credit", "invoices"])


def table(rules, rows):
    schema = {rule.fact: DTYPES.get(rule.held.kind, pl.String) for rule in rules.rules}
    return pl.DataFrame([{"firm": n} | row for n, row in enumerate(rows)], schema={"firm": pl.Int64} | schema)


def shelf(case):
    """Where the card of a case lies: among ours, or among those that are test data."""
    return CARDS if (CARDS / case["card"]).is_dir() else GOLDEN / "cards"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_worked_out_by_hand_comes_out_line_by_line(path):
    case = tomllib.loads(path.read_text())
    rules = card(case["card"], case["on"], shelf(case))
    days = {fact: (Source.REGISTRY, case["on"] - timedelta(age)) for fact, age in case.get("days", {}).items()}
    seen = sheet(rules, case["facts"], industry=case.get("industry"), dated=days, on=case["on"] if days else None)
    more = {
        "checked": set(seen.vetoes) - set(seen.unchecked),
        "expired": [check for check in seen.vetoes if check.expired],
    }
    assert {line.key: line.points for line in seen.lines} == case["lines"]
    assert {
        "total": seen.total,
        "grade": seen.grade,
        "ceiling_fen": seen.ceiling_fen,
        "qualified": seen.qualified,
        "insufficient": seen.insufficient,
        "missing_weight": seen.missing_weight,
        "missing": list(seen.missing),
        "vetoes": [check.key for check in seen.hits],
    } | {
        name: [c.key for c in seen.vetoes if c in more[name]] for name in more.keys() & case["expected"].keys()
    } == case["expected"]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_worked_out_by_hand_is_the_same_in_every_way_of_counting(path):
    case = tomllib.loads(path.read_text())
    rules, trade, ages = card(case["card"], case["on"], shelf(case)), case.get("industry"), case.get("days", {})
    days, on = {fact: case["on"] - timedelta(age) for fact, age in ages.items()}, case["on"] if ages else None
    row = table(rules, [case["facts"]]).with_columns(
        pl.lit(trade, pl.String).alias("industry"), *(pl.lit(day).alias(f"{fact}_as_of") for fact, day in days.items())
    )
    found = score(rules, row, on=on).drop("firm").row(0, named=True)
    assert found == plain_score(rules, case["facts"], trade, days, on)
    file = shelf(case) / case["card"] / f"{rules.since}.toml"
    plainly = plain(file.read_text(), case["facts"], trade, ages or None)
    dated = {fact: (Source.REGISTRY, day) for fact, day in days.items()}
    single = one(rules, case["facts"], industry=trade, dated=dated, on=on)
    assert plainly["points"] == dict(zip(case["lines"], single.points, strict=True)) == case["lines"]
    assert {key: found[key] for key in case["lines"]} == case["lines"]
    judged = {key: case["expected"][key] for key in ("total", "grade", "qualified", "insufficient")}
    assert {key: plainly[key] for key in judged} == {key: getattr(single, key) for key in judged} == judged
    assert judged == {key: found[key] for key in judged}
    assert plainly["hits"] == [veto.key for veto in rules.veto if found[veto.key]] == case["expected"]["vetoes"]
    reasons = [key for place in (1, 2, 3) if (key := found[f"reason_{place}"])]
    assert list(single.reasons) == reasons == case.get("reasons", reasons)


@BOTH
@given(data=st.data())
def test_one_firm_and_a_table_are_scored_alike(rules, data):
    rows = data.draw(st.lists(firms(rules), min_size=1, max_size=8))
    for row, facts in zip(score(rules, table(rules, rows)).iter_rows(named=True), rows, strict=True):
        seen = sheet(rules, facts)
        assert {line.key: line.points for line in seen.lines} == {item.key: row[item.key] for item in rules.item}
        assert {check.key: check.hit for check in seen.vetoes} == {veto.key: row[veto.key] for veto in rules.veto}
        for name in ("total", "grade", "vetoed", "missing_weight", "insufficient", "qualified"):
            assert getattr(seen, name) == row[name]
        assert list(seen.missing) == row["missing"]


@BOTH
@given(data=st.data())
def test_a_firm_scores_the_same_alone_and_in_company(rules, data):
    everybody = table(rules, data.draw(st.lists(firms(rules), min_size=1, max_size=6)))
    alone = pl.concat([score(rules, everybody.slice(n, 1)) for n in range(everybody.height)])
    assert score(rules, everybody).equals(alone)


@BOTH
@given(data=st.data())
def test_the_points_add_up_and_never_pass_full_marks(rules, data):
    seen = sheet(rules, data.draw(firms(rules)))
    assert seen.total == sum(line.points for line in seen.lines)
    assert all(0 <= line.points <= line.most for line in seen.lines)
    assert sum(line.most for line in seen.lines) == seen.full_marks == 100
    assert not (seen.qualified and (seen.vetoed or seen.insufficient or seen.total < rules.line))


@BOTH
@given(data=st.data())
def test_a_better_fact_never_lowers_the_total(rules, data):
    facts = data.draw(firms(rules))
    item = data.draw(st.sampled_from([item for item in rules.item if item.bands]))
    one, other = (data.draw(values(FACTS[item.fact])) for _ in range(2))
    worse, better = sorted((one, other), reverse=item.better == "lower")
    totals = [sheet(rules, facts | {item.fact: value}).total for value in (None, worse, better)]
    assert totals == sorted(totals)


@BOTH
@given(data=st.data())
def test_reaching_the_next_band_gives_its_points(rules, data):
    facts = data.draw(firms(rules))
    for line in sheet(rules, facts).lines:
        if line.next_band is None:
            assert line.points == line.most
            continue
        edge = line.next_band.edge
        reached = {"yes": True, "no": False}.get(edge, edge)
        if line.kind == Kind.MONEY:
            reached = int(edge * 1_000_000)
        again = next(each for each in sheet(rules, facts | {line.fact: reached}).lines if each.key == line.key)
        assert line.points < again.points == line.next_band.points


@BOTH
@given(data=st.data())
def test_a_sheet_survives_storage_as_plain_json(rules, data):
    seen = sheet(rules, data.draw(firms(rules)))
    text = json.dumps(seen.as_json(), ensure_ascii=False)
    assert Sheet.from_json(json.loads(text)) == seen
    assert Sheet.from_json(json.loads(text)).as_json() == json.loads(text)
    json.loads(text, parse_float=lambda _: pytest.fail("a float in the stored sheet"))


@settings(max_examples=30)
@given(firms(CREDIT))
def test_strengths_earn_and_weaknesses_cost(facts):
    seen = sheet(CREDIT, facts)
    assert all(2 * line.points >= line.most > 0 for line in seen.strengths(3))
    lost = [line.most - line.points for line in seen.weaknesses(3)]
    assert lost == sorted((line.most - line.points for line in seen.lines if line.points < line.most), reverse=True)[:3]
    assert not {line.key for line in seen.strengths(3)} & {line.key for line in seen.weaknesses(3)}
    whole = [line.key for line in seen.lines if line.points == line.most]
    assert {line.key for line in seen.strengths(len(seen.lines))} >= set(whole)


@pytest.mark.parametrize("nothing", [None, float("nan"), float("inf"), Decimal("NaN")])
def test_what_is_no_number_is_missing(nothing):
    assert "debt_ratio" in sheet(CREDIT, {"debt_ratio": nothing}).missing
    if not isinstance(nothing, Decimal):
        frame = pl.DataFrame({"firm": [1], "debt_ratio": [nothing]}, schema_overrides={"debt_ratio": pl.Float64})
        assert "debt_ratio" in score(CREDIT, frame)["missing"][0]


@pytest.mark.parametrize(
    ("fact", "value"),
    [("tax_grade", "E"), ("debt_ratio", "50"), ("debt_ratio", True), ("secure_premises", 1), ("penalties", 0.5)],
)
def test_a_value_the_fact_cannot_hold_is_refused_both_ways(fact, value):
    with pytest.raises(UnknownValue, match=FACTS[fact].term):
        sheet(CREDIT, {fact: value})
    with pytest.raises(UnknownValue, match=FACTS[fact].term):
        score(CREDIT, pl.DataFrame({"firm": [1], fact: [value]}))


def test_decimals_from_the_statements_meet_their_edge_exactly():
    facts = {"current_ratio": Decimal(12) / 10, "debt_ratio": Decimal(100 * 3) / 5}
    assert [line.points for line in sheet(CREDIT, facts).lines[:2]] == [5, 4]


def test_an_unseen_red_line_is_not_hit_but_not_checked_either():
    seen = sheet(CREDIT, {"dishonest_records": 0})
    assert not seen.vetoed
    assert "dishonest" not in {check.key for check in seen.unchecked}
    assert "overdue" in {check.key for check in seen.unchecked}


def test_an_empty_table_gives_an_empty_table():
    assert score(CREDIT, pl.DataFrame(schema={"firm": pl.Int64})).height == 0


def test_no_card_reads_a_rating_or_a_default_of_a_bank():
    assert not {rule.fact for rule in INVOICES.item} & {"tax_grade", "loan_class", "owner_credit"}
