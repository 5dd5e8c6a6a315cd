"""Both ways of scoring against the plain one, and what must hold whatever the firm and whatever the card."""

import re
from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.card import CARDS, cards, load, read
from scoring.facts import FACTS, Source
from scoring.score import DTYPES, score
from scoring.sheet import sheet
from tests.scoring.makers import firms, values
from tests.scoring.plain_card import plain
from tests.scoring.rich import RICH, TEXT

TODAY = date(2027, 3, 1)
FILES = {f"{path.parent.name}/{path.stem}": path for path in sorted(CARDS.rglob("*.toml"))}
ALL = {name: (load(path), path.read_text()) for name, path in FILES.items()} | {"example": (RICH, TEXT)}
EVERY = pytest.mark.parametrize("name", ALL)
TRADES = st.none() | st.sampled_from(["3071", "3099", "30", "C", "E", "4710", "51", "L", "7211", "I", "6513", "A"])


def judged(seen):
    return {
        "points": {line.key: line.points for line in seen.lines}, "total": seen.total, "grade": seen.grade,
        "missing": list(seen.missing), "hits": [check.key for check in seen.hits], "insufficient": seen.insufficient,
        "qualified": seen.qualified,
    }  # fmt: skip


def frame(rules, rows):
    types = {rule.fact: DTYPES.get(FACTS[rule.fact].kind, pl.String) for rule in rules.rules}
    schema = types | {"firm": pl.Int64, "industry": pl.String}
    return pl.DataFrame(
        [facts | {"firm": n, "industry": trade} for n, (facts, trade) in enumerate(rows)], schema=schema
    )


@EVERY
@settings(max_examples=60)
@given(data=st.data())
def test_a_sheet_is_what_the_plain_scorer_finds(name, data):
    rules, raw = ALL[name]
    facts, trade = data.draw(firms(rules)), data.draw(TRADES)
    age = data.draw(st.none() | st.integers(0, 400))
    if age is None:
        assert judged(sheet(rules, facts, industry=trade)) == plain(raw, facts, trade)
        return
    dated = dict.fromkeys(facts, (Source.REGISTRY, TODAY - timedelta(age)))
    seen = sheet(rules, facts, industry=trade, dated=dated, on=TODAY)
    assert judged(seen) == plain(raw, facts, trade, dict.fromkeys(facts, age))


@EVERY
@settings(max_examples=25)
@given(data=st.data())
def test_a_firm_scores_the_same_alone_in_company_and_in_any_order(name, data):
    rules, raw = ALL[name]
    rows = data.draw(st.lists(st.tuples(firms(rules), TRADES), min_size=1, max_size=6))
    order = data.draw(st.permutations(range(len(rows))))
    together = score(rules, frame(rules, rows))
    for row, (facts, trade) in zip(together.iter_rows(named=True), rows, strict=True):
        found = plain(raw, facts, trade)
        assert {key: row[key] for key in found["points"]} == found["points"]
        assert (row["total"], row["grade"], row["qualified"]) == (found["total"], found["grade"], found["qualified"])
    shuffled = score(rules, frame(rules, rows)[list(order)])
    assert shuffled.sort("firm").equals(together)


@EVERY
@settings(max_examples=40)
@given(data=st.data())
def test_more_of_a_good_thing_never_costs_points(name, data):
    rules, _ = ALL[name]
    facts, trade = data.draw(firms(rules)), data.draw(TRADES)
    item = data.draw(st.sampled_from([each for each in rules.item if each.held.better]))
    fact, (one, other) = item.held, (data.draw(values(item.held)) for _ in range(2))
    ranks = list(fact.choices) if fact.choices else None
    rank = (lambda value: -ranks.index(value)) if ranks else float
    worse, better = sorted((one, other), key=rank, reverse=fact.better == "lower")
    totals = [sheet(rules, facts | {item.fact: value}, industry=trade).total for value in (worse, better)]
    assert totals[0] <= totals[1]


@settings(max_examples=40)
@given(data=st.data())
def test_the_order_of_the_items_does_not_matter(data):
    head, *items = re.split(r"(?=^\[\[item\]\])", TEXT.split("[[veto]]")[0], flags=re.MULTILINE)
    vetoes = "[[veto]]" + TEXT.split("[[veto]]", 1)[1]
    other = read((head + "".join(data.draw(st.permutations(items))) + vetoes).encode(), "example")
    facts, trade = data.draw(firms(RICH)), data.draw(TRADES)
    one, two = judged(sheet(RICH, facts, industry=trade)), judged(sheet(other, facts, industry=trade))
    assert one | {"missing": sorted(one["missing"])} == two | {"missing": sorted(two["missing"])}


@settings(max_examples=25)
@given(data=st.data())
def test_a_later_card_changes_no_earlier_score(data):
    first, later = cards("credit")[:2]
    facts = data.draw(firms(first))
    before = sheet(first, facts).as_json()
    sheet(later, facts)
    assert sheet(load(FILES[f"credit/{first.since}"]), facts).as_json() == before
    assert before["digest"] == first.digest != later.digest
