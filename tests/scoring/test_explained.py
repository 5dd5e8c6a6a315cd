"""What a line says beside its points: the band that was reached, and the nearest one that gives more."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from scoring.sheet import sheet
from tests.scoring.any_card import a_card, some_firms
from tests.scoring.plain_score import plain_marks


@given(st.integers(0, 2**32))
def test_the_next_band_is_the_least_that_gives_more_and_the_band_is_the_one_reached(seed):
    rng = Random(seed)
    card = a_card(rng)
    for facts, industry, _ in some_firms(rng, card, 5):
        for item, line in zip(card.item, sheet(card, facts, industry=industry).lines, strict=True):
            steps = dict(item.scale(industry).bands) or item.scale(industry).choices
            better = [marks for marks in steps.values() if marks > line.points]
            assert (line.next_band and line.next_band.points) == (min(better) if better else None)
            assert line.next_band is None or steps[line.next_band.edge] == line.next_band.points
            if line.band:
                assert steps[line.band.edge] == line.points == plain_marks(item, facts[item.fact], industry)
            else:
                assert line.points == (item.missing if line.value is None else 0)
