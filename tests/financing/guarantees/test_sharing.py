"""A loss is shared to the fen (F37): every part adds up, lies within a fen of its exact share, and depends on nothing but the shares."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.guarantees.sharing import WHOLE, Party, for_cover, split
from financing.money import LARGEST, Fen, Rate
from financing.price_refusals import SharesDoNotAdd
from financing.refusals import OutOfRange

G, B, R, F, T, O = Party  # noqa: E741  in the order of the enumeration
FOUR_TWO_TWO_TWO = {G: Rate(400_000), B: Rate(200_000), R: Rate(200_000), F: Rate(200_000)}


@st.composite
def any_shares(draw):
    """Shares of one to six parties that make a whole, in any order of saying them."""
    parties = draw(st.permutations(list(Party)).flatmap(lambda every: st.integers(1, 6).map(lambda n: every[:n])))
    cuts = sorted(draw(st.lists(st.integers(0, WHOLE), min_size=len(parties) - 1, max_size=len(parties) - 1)))
    edges = [0, *cuts, WHOLE]
    return {party: Rate(high - low) for party, low, high in zip(parties, edges, edges[1:], strict=False)}


amounts = st.integers(0, 10**13).map(Fen) | st.integers(0, 50).map(Fen) | st.just(Fen(LARGEST))


def by_fractions(amount, shares):
    """The same rule in exact fractions, one fen at a time: whoever is furthest below their exact share gets the next."""
    exact = {party: Fraction(amount.fen * share.ppm, WHOLE) for party, share in shares.items()}
    parts = {party: int(value) for party, value in exact.items()}
    served = set()
    while sum(parts.values()) < amount.fen:
        waiting = [party for party in Party if party in parts and party not in served]
        first = max(
            waiting, key=lambda party: (exact[party] - int(exact[party]), shares[party].ppm, -list(Party).index(party))
        )
        parts[first] += 1
        served.add(first)
    return {party: Fen(part) for party, part in parts.items()}


@given(amounts, any_shares())
def test_the_parts_add_up_lie_within_a_fen_and_are_those_of_fractions(amount, shares):
    parts = split(amount, shares)
    assert sum(parts.values(), Fen(0)) == amount
    for party, share in shares.items():
        assert abs(parts[party].fen - Fraction(amount.fen * share.ppm, WHOLE)) < 1
        assert parts[party] >= Fen(0) and (share.ppm or not parts[party])
    assert parts == by_fractions(amount, shares)


@given(amounts, any_shares(), st.randoms(use_true_random=False))
def test_the_order_in_which_the_parties_are_named_changes_nothing(amount, shares, random):
    turned = list(shares.items())
    random.shuffle(turned)
    assert list(split(amount, dict(turned)).items()) == list(split(amount, shares).items())


@pytest.mark.parametrize(
    ("loss", "parts"),
    [
        (Fen.yuan("1000000.01"), (40_000_001, 20_000_000, 20_000_000, 20_000_000)),  # remainders .4 .2 .2 .2
        (Fen(1), (1, 0, 0, 0)),
        (Fen(2), (1, 1, 0, 0)),  # .8 .4 .4 .4: the guarantor, then the bank as first of three alike
        (Fen(3), (1, 1, 1, 0)),  # 1.2 .6 .6 .6
        (Fen(4), (1, 1, 1, 1)),  # 1.6 .8 .8 .8: three remainders are larger than the guarantor's
        (Fen(0), (0, 0, 0, 0)),
    ],
)
def test_the_usual_four_parties_by_hand(loss, parts):
    assert [part.fen for part in split(loss, FOUR_TWO_TWO_TWO).values()] == list(parts)


def test_of_equal_remainders_the_larger_share_comes_first():
    shares = {B: Rate(250_000), G: Rate(750_000)}
    assert split(Fen(2), shares) == {G: Fen(2), B: Fen(0)}  # 1.5 and 0.5


@given(any_shares(), st.integers(-WHOLE, WHOLE).filter(bool))
def test_shares_that_are_no_whole_are_refused_with_the_difference(shares, gap):
    party = next(iter(shares))
    wrong = shares | {party: Rate(shares[party].ppm + gap)}
    if not 0 <= wrong[party].ppm <= WHOLE:
        with pytest.raises(OutOfRange):
            split(Fen(1), wrong)
        return
    with pytest.raises(SharesDoNotAdd) as refusal:
        split(Fen(1), wrong)
    assert refusal.value.facts == {"total": Rate(WHOLE + gap), "gap": Rate(abs(gap))}


def test_a_loss_below_nothing_is_no_loss():
    with pytest.raises(OutOfRange):
        split(Fen(-1), FOUR_TWO_TWO_TWO)


@given(any_shares(), st.integers(0, WHOLE).map(Rate))
def test_a_cover_of_its_own_leaves_the_rest_to_the_bank_and_the_others_in_proportion(shares, cover):
    found = for_cover(shares, cover)
    assert sum(share.ppm for share in found.values()) == WHOLE
    others = {party: share.ppm for party, share in shares.items() if party is not B}
    whole = sum(others.values())
    if not whole:
        assert found == shares
        return
    assert found[B] == Rate(WHOLE - cover.ppm)
    for party, weight in others.items():
        assert abs(found[party].ppm - Fraction(cover.ppm * weight, whole)) < 1
    if cover.ppm == whole:
        assert {party: found[party] for party in shares} == shares


def test_seven_tenths_of_cover_are_shared_as_four_two_two():
    assert for_cover(FOUR_TWO_TWO_TWO, Rate(700_000)) == {
        G: Rate(350_000), B: Rate(300_000), R: Rate(175_000), F: Rate(175_000),
    }  # fmt: skip
