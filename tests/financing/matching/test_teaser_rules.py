"""What a bank may know before consent: never less than k firms behind it, whatever the zone looks like."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from financing.matching.appetite_rules import Limits, may_fit
from financing.matching.teaser_rules import Bands, Peer, Teaser, Wanted, fits, from_json, teaser
from financing.matching.teasers import bands
from scoring.match_rules import GRADES
from tests.makers import TODAY

WAN = 1_000_000
BANDS = Bands(
    amounts=((50 * WAN, 100 * WAN, 300 * WAN, 1000 * WAN), (100 * WAN, 1000 * WAN)), months=((6, 12, 36), (12,))
)

wanted = st.builds(
    Wanted,
    amount_fen=st.sampled_from([1, 50 * WAN, 50 * WAN + 1, 120 * WAN, 300 * WAN, 2_000 * WAN]),
    months=st.sampled_from([3, 6, 12, 13, 36, 60]),
    grade=st.sampled_from(GRADES),
    guaranteed=st.booleans(),
)
peers = st.builds(
    Peer,
    firm=st.just(0),
    section=st.sampled_from(["A", "C", "D", "F", "I", ""]),
    size=st.sampled_from(["large", "medium", "small", "micro", "undetermined"]),
    revenue_fen=st.none() | st.sampled_from([0, 80 * WAN, 400 * WAN, 5_000 * WAN]),
    own=st.none() | wanted,
)


@st.composite
def zones(draw):
    """A zone of a few firms, and one of them with a need."""
    found = [replace(peer, firm=number) for number, peer in enumerate(draw(st.lists(peers, max_size=25)))]
    target = replace(draw(peers), firm=len(found), own=draw(wanted))
    return target, [*found, target]


def could_be(shown, peer):
    """The same question asked plainly, without a look at the code that is tried."""

    def sums(value, span):
        return span is None or (value > span[0] and (span[1] is None or value <= span[1]))

    if shown.sections and peer.section not in shown.sections:
        return False
    if shown.sizes and peer.size not in shown.sizes:
        return False
    if shown.amount and shown.amount[0] > 0 and (peer.revenue_fen is None or peer.revenue_fen < shown.amount[0]):
        return False
    own = peer.own
    return own is None or (
        sums(own.amount_fen, shown.amount)
        and sums(own.months, shown.months)
        and (not shown.grades or own.grade in shown.grades)
        and shown.guaranteed in (None, own.guaranteed)
    )


@settings(max_examples=300)
@given(zones(), st.integers(1, 8))
def test_every_teaser_fits_k_firms_or_is_withheld_and_is_true(laid, least):
    target, zone = laid
    shown = teaser(target, zone, BANDS, least)
    if shown is None:
        return
    others = [peer for peer in zone if peer.firm != target.firm]
    assert 1 + sum(could_be(shown, peer) for peer in others) >= least
    assert all(fits(shown, peer) is could_be(shown, peer) for peer in others)
    assert not shown.sections or target.section in shown.sections
    assert not shown.sizes or target.size in shown.sizes
    assert shown.guaranteed in (None, target.own.guaranteed)
    assert from_json(shown.as_json()) == shown


@settings(max_examples=150)
@given(zones(), st.integers(2, 6))
def test_those_behind_a_teaser_would_have_been_given_the_very_same(laid, least):
    """That bands were widened tells nobody apart: k firms asking for the same in its place get the same teaser."""
    target, zone = laid
    bare = [peer if peer.firm == target.firm else replace(peer, own=None) for peer in zone]
    shown = teaser(target, bare, BANDS, least)
    if shown is None:
        return
    alike = 0
    for peer in bare:
        instead = [replace(other, own=None) for other in bare if other.firm != peer.firm]
        asking = replace(peer, own=target.own)
        alike += teaser(asking, [*instead, asking], BANDS, least) == shown
    assert alike >= least


def firms(number, **facts):
    return [
        Peer(**{"firm": one, "section": "C", "size": "small", "revenue_fen": 3_600 * WAN, **facts})
        for one in range(number)
    ]


NEED = Wanted(120 * WAN, 12, "AA", guaranteed=True)


def test_among_many_alike_the_narrow_bands_are_shown():
    target = Peer(99, "C", "small", 3_600 * WAN, NEED)
    assert teaser(target, firms(5), BANDS, 5) == Teaser(
        ("C",), ("small",), (100 * WAN, 300 * WAN), (6, 12), ("AA",), guaranteed=True
    )


def test_too_few_firms_withhold_everything():
    target = Peer(99, "C", "small", 3_600 * WAN, NEED)
    assert teaser(target, firms(3), BANDS, 5) is None


@pytest.mark.parametrize(
    ("around", "part", "shown"),
    [
        ({"size": "micro"}, "sizes", ("small", "micro")),
        ({"section": "D"}, "sections", ("B", "C", "D", "E")),
        ({"size": "large"}, "sizes", ()),
        ({"section": "I"}, "sections", ()),
    ],
)
def test_small_groups_are_widened_until_they_are_one(around, part, shown):
    target = Peer(99, "C", "small", 3_600 * WAN, NEED)
    others = [replace(peer, firm=10 + peer.firm) for peer in firms(3, **around)]
    found = teaser(target, [*firms(3), *others], BANDS, 5)
    assert found is not None and getattr(found, part) == shown


def test_the_one_firm_unlike_all_others_stays_hidden_for_a_wide_band_would_point_at_it():
    target = Peer(99, "A", "large", 3_600 * WAN, NEED)
    assert teaser(target, firms(20), BANDS, 5) is None


def test_a_large_amount_hides_only_among_firms_that_could_owe_it():
    target = Peer(99, "C", "small", 5_000 * WAN, replace(NEED, amount_fen=2_000 * WAN))
    shown = teaser(target, firms(9, revenue_fen=500 * WAN), BANDS, 5)
    assert shown is not None and shown.amount is None


def test_the_bands_in_force_are_in_order_and_the_wide_ones_are_among_the_narrow():
    found = bands(TODAY)
    for ends in (found.amounts, found.months):
        assert all(list(row) == sorted(set(row)) for row in ends)
        assert set(ends[1]) <= set(ends[0])


def test_a_teaser_may_fit_where_every_part_that_is_told_touches_the_limits():
    shown = Teaser(("C",), ("small", "micro"), (100, 300), (6, 12), ("A", "AA"), guaranteed=True)
    assert may_fit(shown, Limits())
    assert may_fit(shown, Limits(sections=("C",), sizes=("micro",), least=300, most=101, grade="AA"))
    for no in (
        Limits(sections=("D",)), Limits(barred=("C",)), Limits(sizes=("large",)), Limits(least=301), Limits(most=100),
        Limits(longest=6), Limits(shortest=13), Limits(grade="AAA"),
    ):  # fmt: skip
        assert not may_fit(shown, no)
    assert not may_fit(replace(shown, guaranteed=False), Limits(guaranteed_only=True))
    assert may_fit(replace(shown, guaranteed=None, sections=()), Limits(guaranteed_only=True, sections=("D",)))
