"""How what is recovered is parted, and until when a claim stands: by exact fractions and by hand (F49)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from financing.compensation.recovery_rules import Limit, LimitKind, Periods, Step, due, limit, part, withheld
from financing.guarantees.sharing import Party, split
from financing.money import Fen, Rate

PERIODS = Periods(36, 24)
#: Parts in whole percent, in fifths and sixths, and some that come out of a division: their turns repeat soon enough to count.
WEIGHTS = st.lists(st.integers(0, 200), min_size=2, max_size=6).filter(any)


def shares(weights) -> dict[Party, Rate]:
    total = sum(weights)
    exact = [weight * 1_000 // total for weight in weights]
    exact[exact.index(max(exact))] += 1_000 - sum(exact)
    return {party: Rate(one * 1_000) for party, one in zip(Party, exact, strict=False)}


@given(WEIGHTS, st.integers(0, 10**13))
def test_all_recoveries_together_are_whole_and_within_a_fen_of_the_exact_share_and_of_the_parts_of_the_sum(
    weights, total
):
    agreed = shares(weights)
    parts, at_once = due(Fen(total), agreed), split(Fen(total), agreed)
    assert sum(one.fen for one in parts.values()) == total
    for party, rate in agreed.items():
        had = parts.get(party, Fen(0)).fen
        assert abs(had - Fraction(total * rate.ppm, 10**6)) < 1
        assert abs(had - at_once[party].fen) <= 1


@given(WEIGHTS, st.lists(st.integers(0, 5_000), min_size=1, max_size=8))
def test_recoveries_one_by_one_come_to_the_same_and_nobody_ever_gives_back(weights, amounts):
    agreed = shares(weights)
    had: dict[Party, int] = dict.fromkeys(agreed, 0)
    before = Fen(0)
    for amount in amounts:
        parts = part(before, Fen(amount), agreed)
        assert sum(one.fen for one in parts.values()) == amount
        assert all(one.fen >= 0 for one in parts.values())
        for party, one in parts.items():
            had[party] += one.fen
        before += Fen(amount)
    assert {party: one for party, one in had.items() if one} == {
        party: one.fen for party, one in due(before, agreed).items() if one
    }


def test_by_hand_the_first_fens_of_two_one_one_go_round():
    agreed = {Party.GUARANTOR: Rate(500_000), Party.REGUARANTOR: Rate(250_000), Party.FUND: Rate(250_000)}
    # the guarantor's fens are due by 2, 4, 6, 8; the other two's by 4 and 8 each
    had = [tuple(one.fen for one in due(Fen(total), agreed).values()) for total in range(1, 9)]
    assert had == [(1, 0, 0), (1, 1, 0), (2, 1, 0), (2, 1, 1), (3, 1, 1), (3, 2, 1), (4, 2, 1), (4, 2, 2)]


def test_costs_come_first_where_the_figure_says_so_and_only_once():
    assert withheld(Fen(100), Fen(30), Fen(0), first=True) == Fen(30)
    assert withheld(Fen(100), Fen(30), Fen(30), first=True) == Fen(0)
    assert withheld(Fen(20), Fen(30), Fen(0), first=True) == Fen(20)
    assert withheld(Fen(100), Fen(30), Fen(0), first=False) == Fen(0)


PAID = date(2026, 2, 28)


def test_three_years_from_the_payment_and_anew_from_a_demand_that_arrived():
    assert limit(PAID, [], PERIODS) == Limit(LimitKind.SUIT, date(2029, 2, 28))
    demanded = [(date(2026, 3, 31), Step.DEMAND)]
    assert limit(PAID, demanded, PERIODS) == Limit(LimitKind.SUIT, date(2029, 3, 31))
    talked = [(date(2026, 3, 31), Step.TALK), (date(2026, 4, 1), Step.OTHER)]
    assert limit(PAID, talked, PERIODS) == Limit(LimitKind.SUIT, date(2029, 2, 28))


def test_a_demand_after_the_last_day_revives_nothing_and_on_the_last_day_it_does():
    last = date(2029, 2, 28)
    assert limit(PAID, [(last, Step.DEMAND)], PERIODS) == Limit(LimitKind.SUIT, date(2032, 2, 28))
    assert limit(PAID, [(date(2029, 3, 1), Step.DEMAND)], PERIODS) == Limit(LimitKind.SUIT, last)


def test_a_judgment_opens_two_years_to_ask_for_enforcement_and_asking_in_time_ends_them():
    judged = [(date(2026, 6, 1), Step.SUE), (date(2026, 12, 1), Step.JUDGMENT)]
    assert limit(PAID, judged, PERIODS) == Limit(LimitKind.ENFORCEMENT, date(2028, 12, 1))
    dunned = [*judged, (date(2027, 6, 1), Step.DEMAND)]
    assert limit(PAID, dunned, PERIODS) == Limit(LimitKind.ENFORCEMENT, date(2028, 12, 1))
    assert limit(PAID, [*judged, (date(2028, 12, 1), Step.ENFORCE)], PERIODS) is None
    late = [*judged, (date(2028, 12, 2), Step.ENFORCE)]
    assert limit(PAID, late, PERIODS) == Limit(LimitKind.ENFORCEMENT, date(2028, 12, 1))
