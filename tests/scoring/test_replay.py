from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.card import Card, card
from scoring.facts import FACTS
from scoring.replay import ASKED, Effect, RepeatedFirm, Why, replay
from scoring.replay_figures import effects, migration, missing, moved, sides, stability
from scoring.score import DTYPES, sheet
from tests.scoring.makers import firms

TODAY = date(2026, 5, 6)
CREDIT, INVOICES = card("credit", TODAY), card("invoices", TODAY)
WAN = 1_000_000


def changed(rules, **fields):
    """A draft: the card with some of its fields otherwise, read as a card of its own."""
    return Card.model_validate(rules.model_dump(by_alias=True) | fields)


def item(rules, key, **fields):
    return next(one for one in rules.item if one.key == key).model_dump(by_alias=True) | fields


@st.composite
def drafts(draw, rules):
    """A card with another line, other bounds and ceilings, some items and vetoes fewer, and other marks."""
    items = draw(st.lists(st.sampled_from(rules.item), min_size=1, unique_by=lambda one: one.key))
    worth = draw(st.integers(1, 3))
    return changed(
        rules,
        line=draw(st.integers(0, 100)),
        missing_limit=draw(st.sampled_from(["0", "0.25", "1"])),
        grades={"AAA": 80, "A": draw(st.integers(1, 79)), "C": 0},
        ceilings={"AAA": draw(st.integers(300, 900)), "A": draw(st.integers(0, 300))},
        veto=[veto.model_dump(by_alias=True) for veto in rules.veto if draw(st.booleans())],
        item=[
            one.model_dump(by_alias=True)
            | {"bands": [(edge, worth * marks) for edge, marks in one.bands]}
            | {"choices": {choice: worth * marks for choice, marks in one.choices.items()}}
            for one in items
        ],
    )


def portfolio(rows, asked=()):
    names = {name for row in rows for name in row}
    schema = {"firm": pl.String} | {name: DTYPES.get(FACTS[name].kind, pl.String) for name in sorted(names)}
    frame = pl.DataFrame([{"firm": f"F{n:02}"} | row for n, row in enumerate(rows)], schema=schema)
    return frame.with_columns(pl.Series(ASKED, asked, pl.Int64)) if asked else frame


books = st.lists(firms(CREDIT), min_size=1, max_size=8)


@given(books)
def test_a_card_against_itself_changes_nothing(rows):
    seen = replay(CREDIT, CREDIT, portfolio(rows))
    assert set(seen.firms["effect"]) == {Effect.SAME.value}
    assert set(seen.firms["change"]) == {0}
    assert not any(move.marks or move.up or move.down for move in moved(seen))
    assert stability(seen) == 0
    assert all(not count or was == now for (was, now), count in fields(migration(seen)).items())


def fields(matrix):
    return {(was, now): matrix.counts[i][j] for i, was in enumerate(matrix.old) for j, now in enumerate(matrix.new)}


@given(books, drafts(CREDIT))
def test_the_marks_of_the_items_add_up_to_the_change_of_every_firm(rows, draft):
    seen = replay(CREDIT, draft, portfolio(rows))
    assert seen.moves.drop("firm").sum_horizontal().to_list() == seen.firms["change"].to_list()
    assert sum(move.marks for move in moved(seen)) == seen.firms["change"].sum()


@given(books)
def test_the_marks_add_up_between_cards_whose_items_differ(rows):
    seen = replay(INVOICES, CREDIT, portfolio(rows))
    assert set(seen.moves.columns[1:]) == {one.key for one in (*INVOICES.item, *CREDIT.item)}
    assert seen.moves.drop("firm").sum_horizontal().to_list() == seen.firms["change"].to_list()


@given(books, drafts(CREDIT), st.randoms())
def test_the_order_of_the_rows_does_not_matter(rows, draft, random):
    frame = portfolio(rows)
    places = list(range(frame.height))
    random.shuffle(places)
    told, again = replay(CREDIT, draft, frame), replay(CREDIT, draft, frame[places])
    assert told.firms.equals(again.firms)
    assert told.moves.equals(again.moves)


@given(books, drafts(CREDIT), st.data())
def test_every_firm_fares_as_its_two_sheets_say(rows, draft, data):
    asked = data.draw(st.lists(st.integers(0, 10**9), min_size=len(rows), max_size=len(rows)))
    seen = replay(CREDIT, draft, portfolio(rows, asked))
    for row, facts, sum_fen in zip(seen.firms.iter_rows(named=True), rows, asked, strict=True):
        old, new = sheet(CREDIT, facts), sheet(draft, facts)
        granted = [min(sum_fen, one.ceiling_fen) if one.qualified else 0 for one in (old, new)]
        assert (row["total_old"], row["total_new"], row["change"]) == (old.total, new.total, new.total - old.total)
        assert (row["grade_old"], row["grade_new"]) == (old.grade, new.grade)
        assert (row["ceiling_fen_old"], row["ceiling_fen_new"]) == (old.ceiling_fen, new.ceiling_fen)
        assert [row["sum_fen_old"], row["sum_fen_new"]] == granted
        assert row["effect"] == plain_effect(old, new, *granted)
        assert row["why"] == plain_why(old, new)
        assert row["missing"] == list(new.missing)
        assert row["hits_new"] == [check.key for check in new.hits]


def plain_effect(old, new, before, after):
    if old.qualified != new.qualified:
        return "in" if new.qualified else "out"
    if before != after:
        return "raised" if after > before else "lowered"
    if old.total != new.total:
        return "gained" if new.total > old.total else "lost"
    return "same"


def plain_why(old, new):
    if old.qualified == new.qualified:
        return []
    turned = {
        "points": (old.total >= old.line) != (new.total >= new.line),
        "veto": old.vetoed != new.vetoed,
        "missing": old.insufficient != new.insufficient,
    }
    return [word for word, has in turned.items() if has]


@given(books, drafts(CREDIT))
def test_every_firm_has_one_effect_and_one_field_of_the_matrix(rows, draft):
    seen = replay(CREDIT, draft, portfolio(rows))
    assert sum(effects(seen).values()) == len(rows)
    assert sum(map(sum, migration(seen).counts)) == len(rows)
    old, new = sides(seen)
    assert new.qualified - old.qualified == effects(seen)[Effect.IN] - effects(seen)[Effect.OUT]


SOUND = {"debt_ratio": 45.0, "current_ratio": 1.6, "years_in_business": 9}
SHORT = changed(CREDIT, full_marks=15, line=11, veto=[], missing_limit="0.5", grades={"A": 11, "C": 0}, ceilings={"A": 300}, item=[
    item(CREDIT, "debt_ratio"), item(CREDIT, "current_ratio"), item(CREDIT, "years"),
])  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "row", "effect", "why", "sums"),
    [
        ({}, SOUND, Effect.SAME, [], (300, 300)),
        ({"line": 0}, {}, Effect.SAME, [], (0, 0)),  # still too little is known
        ({"line": 0, "missing_limit": "1"}, {}, Effect.IN, [Why.POINTS, Why.MISSING], (0, 0)),
        ({"line": 15}, SOUND | {"current_ratio": 1.2}, Effect.OUT, [Why.POINTS], (300, 0)),
        ({"missing_limit": "0"}, {"debt_ratio": 45.0, "current_ratio": 1.6}, Effect.OUT, [Why.MISSING], (300, 0)),
        ({"veto": [CREDIT.veto[0].model_dump(by_alias=True)]}, SOUND | {CREDIT.veto[0].fact: 1}, Effect.OUT, [Why.VETO], (300, 0)),
        ({"ceilings": {"A": 400}}, SOUND, Effect.RAISED, [], (300, 400)),
        ({"ceilings": {"A": 200}}, SOUND, Effect.LOWERED, [], (300, 200)),
        ({"item": [item(CREDIT, "debt_ratio", bands=[(50, 7)]), *SHORT.model_dump(by_alias=True)["item"][1:]]}, SOUND, Effect.GAINED, [], (300, 300)),
        ({"item": SHORT.model_dump(by_alias=True)["item"][:2]}, SOUND, Effect.LOST, [], (300, 300)),
    ],
)  # fmt: skip
def test_what_a_change_does_to_a_firm_and_which_test_turned(fields, row, effect, why, sums):
    seen = replay(SHORT, changed(SHORT, **fields), portfolio([row]))
    (firm,) = seen.firms.iter_rows(named=True)
    assert (firm["effect"], firm["why"]) == (effect.value, [word.value for word in why])
    assert (firm["sum_fen_old"], firm["sum_fen_new"]) == (sums[0] * WAN, sums[1] * WAN)


def test_a_firm_that_lacks_what_the_new_card_reads_is_named_with_what_it_lacks():
    wider = changed(SHORT, item=[*SHORT.model_dump(by_alias=True)["item"], item(CREDIT, "tax_grade")])
    seen = replay(SHORT, wider, portfolio([SOUND, SOUND | {"tax_grade": "A", "debt_ratio": None}]))
    assert seen.firms["firm"].to_list() == ["F00", "F01"]
    assert seen.firms["missing"].to_list() == [["tax_grade"], ["debt_ratio"]]
    assert seen.firms["unasked"].to_list() == [["tax_grade"], []]
    assert missing(seen) == {"debt_ratio": 1, "tax_grade": 1}


def test_a_firm_in_two_rows_is_refused_by_name():
    frame = portfolio([SOUND, SOUND]).with_columns(firm=pl.lit("甲厂"))
    with pytest.raises(RepeatedFirm) as refused:
        replay(SHORT, SHORT, frame)
    assert refused.value.facts == {"firm": "甲厂"}


def test_an_item_of_one_card_alone_is_told_with_its_full_marks():
    fewer = changed(SHORT, item=SHORT.model_dump(by_alias=True)["item"][:2])
    seen = replay(fewer, SHORT, portfolio([SOUND]))
    added = moved(seen)[-1]
    assert (added.key, added.most_old, added.most_new, added.up, added.down, added.marks) == (
        "years", 0, 4, 1, 0, 4,
    )  # fmt: skip


def test_the_totals_of_cards_with_different_full_marks_are_compared_as_shares():
    double = changed(SHORT, full_marks=30, line=22, grades={"A": 22, "C": 0}, item=[
        one | {"bands": [(edge, 2 * marks) for edge, marks in one["bands"]]} for one in SHORT.model_dump(by_alias=True)["item"]
    ])  # fmt: skip
    firms = portfolio([SOUND, SOUND | {"years_in_business": 0}, SOUND | {"debt_ratio": 55.0}, {}])
    assert stability(replay(SHORT, double, firms)) == 0
    assert stability(replay(SHORT, changed(SHORT, item=SHORT.model_dump(by_alias=True)["item"][:1]), firms)) > 0.25


def test_no_firms_give_a_replay_of_nothing():
    seen = replay(SHORT, CREDIT, portfolio([SOUND]).clear())
    assert stability(seen) == 0
    assert set(effects(seen).values()) == {0}
