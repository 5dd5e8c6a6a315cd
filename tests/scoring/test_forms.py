"""One card, four ways to count with it: columns, one function, cells looked up, sheet; all say what the text of the card says."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from scoring.facts import Source
from scoring.one import one
from scoring.score import score
from scoring.sheet import sheet
from scoring.whatif import whatif
from tests.scoring.any_card import TODAY, a_card, as_table, some_firms
from tests.scoring.plain_score import plain_score

FIRMS = 200
"""By card: twenty thousand firms in the gate, two million in a campaign."""


@given(st.integers(0, 2**32))
def test_every_way_of_counting_says_what_the_card_says(seed):
    rng = Random(seed)
    card = a_card(rng)
    firms, on = some_firms(rng, card, FIRMS), rng.choice((None, TODAY))
    columns = score(card, as_table(rng, card, firms), on=on).drop("firm")
    lean = score(card, as_table(rng, card, firms), on=on, lines=False).drop("firm")
    assert lean.equals(columns.select(lean.columns))
    for row, (facts, industry, days) in zip(columns.iter_rows(named=True), firms, strict=True):
        truth = plain_score(card, facts, industry, days, on)
        assert row == truth
        dated = {name: (Source.REGISTRY, day) for name, day in days.items()}
        assert of_marks(card, one(card, facts, industry=industry, dated=dated, on=on)) == {**truth, "missing": ...}
        assert by_name(card, sheet(card, facts, industry=industry, dated=dated, on=on)) == truth
        standing = whatif(card, facts, industry=industry, dated=dated, on=on)
        assert standing.after()._asdict().items() <= truth.items()
        changed = rng.choice([change for changes in standing.changes.values() for change in changes])
        name, value = changed.to.fact, value_in(rng, changed.to)
        afterwards = plain_score(card, facts | {name: value}, industry, days | {name: TODAY}, on)
        assert standing.after(changed)._asdict().items() <= afterwards.items()
        assert standing.change(name, value) == changed
        assert standing.total + changed.gain == afterwards["total"]


def of_marks(card, marks):
    return {
        **dict(zip([item.key for item in card.item], marks.points, strict=True)),
        **dict(zip([veto.key for veto in card.veto], marks.hits, strict=True)),
        "missing": ...,
        **{name: getattr(marks, name) for name in JUDGED},
        **reasons(marks.reasons),
    }


def by_name(card, seen):
    return {
        **{line.key: line.points for line in seen.lines},
        **{check.key: check.hit for check in seen.vetoes},
        "missing": list(seen.missing),
        **{name: getattr(seen, name) for name in JUDGED},
        **reasons([line.key for line in seen.weaknesses()]),
    }


def reasons(keys):
    return {f"reason_{place}": key for place, key in enumerate([*keys, None, None, None][:3], 1)}


JUDGED = ("total", "missing_weight", "grade", "vetoed", "insufficient", "qualified", "ceiling_fen")


def value_in(rng, cell):
    """Some value of a cell, its ends rather than its middle."""
    if cell.option is not None:
        return {"yes": True, "no": False}.get(cell.option, cell.option)
    return rng.choice([value for value in (cell.least, cell.most) if value is not None])
