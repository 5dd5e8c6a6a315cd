"""Reserves, ratios, stress and calibration by hand, by a second computation, and by the statistics library."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from financing.guarantees.rules import Vote
from financing.guarantees.sharing import Party, split
from financing.letters.rules import EntryKind
from financing.money import Fen, Rate
from financing.register.lines import LINES
from financing.reserves import calibration, returns, rules, stress
from financing.reserves.calibration import Closed
from financing.reserves.returns import Period
from financing.reserves.rules import Basis, Rates, Reserve
from financing.reserves.stress import Bearing, Broken, Exposure, Scenario
from tests.financing.register.books import END, the_year

LAW = Rates(Rate(500_000), Rate(10_000), Rate(100_000), Rate(100_000))
SHARES = {
    Party.GUARANTOR: Rate(400_000), Party.BANK: Rate(200_000), Party.REGUARANTOR: Rate(200_000), Party.FUND: Rate(200_000),
}  # fmt: skip


def basis(**said):
    known = {"fee_income": Fen(0), "fee_typed": True, "liability": Fen(0), "losses": Fen(0), "profit": None}
    return Basis(**known | said)


# --- reserves ---------------------------------------------------------------------------------------------------------
def test_a_year_by_hand():
    """95.25 万 of fees, 6000 万 of liability, 30 万 lost, 12 万 earned; 80 / 40 / 2.37 万 there from the year before."""
    had = {Reserve.COMPENSATION: Fen.wan(80), Reserve.UNEARNED: Fen.wan(40), Reserve.GENERAL: Fen.wan("2.37")}
    said = basis(fee_income=Fen.wan("95.25"), liability=Fen.wan(6_000), losses=Fen.wan(30), profit=Fen.wan(12))
    lines = {line.reserve: line for line in rules.of_year(had, said, LAW)}
    assert lines[Reserve.COMPENSATION].closing == Fen.wan(80 - 30 + 60)
    assert lines[Reserve.UNEARNED].closing == Fen.wan("47.625")
    assert lines[Reserve.UNEARNED].back == Fen.wan(40)
    assert lines[Reserve.GENERAL].closing == Fen.wan("3.57")
    assert rules.uncovered(tuple(lines.values()), said.losses) == Fen(0)


@pytest.mark.parametrize(
    ("there", "liability", "added"),
    [
        (0, 1_000, 10),
        (89, 1_000, 10),
        (95, 1_000, 5),
        (100, 1_000, 0),
        (150, 1_000, 0),
        (100, 1_005, "0.5"),
        (100, 0, 0),
    ],
)
def test_a_hundredth_a_year_until_a_tenth_is_there_then_only_the_difference(there, liability, added):
    assert rules.top_up(Fen.wan(there), Fen.wan(liability), LAW) == Fen.wan(added)


def test_losses_use_the_compensation_reserve_then_the_general_one_then_the_profit():
    had = {Reserve.COMPENSATION: Fen(100), Reserve.GENERAL: Fen(30)}
    lines = rules.of_year(had, basis(losses=Fen(150)), LAW)
    assert [line.used.fen for line in lines] == [100, 0, 30]
    assert rules.uncovered(lines, Fen(150)) == Fen(20)


def test_a_loss_of_the_company_adds_nothing_to_the_general_reserve():
    assert rules.of_year({}, basis(profit=Fen(-5_000)), LAW)[2].added == Fen(0)


SUM = st.integers(0, 10**12).map(Fen)


@given(SUM, SUM, SUM, SUM, SUM, SUM)
def test_no_reserve_is_below_nothing_and_every_loss_is_borne_once(first, second, third, fees, liability, losses):
    had = dict(zip(Reserve, (first, second, third), strict=True))
    lines = rules.of_year(had, basis(fee_income=fees, liability=liability, losses=losses), LAW)
    assert all(line.closing >= Fen(0) for line in lines)
    assert sum(line.used.fen for line in lines) + rules.uncovered(lines, losses).fen == losses.fen
    assert lines[0].closing <= max(had[Reserve.COMPENSATION], liability.at(LAW.most))


@given(st.integers(1, 10**11), st.integers(1, 20_000), st.integers(1, 36), st.integers(-50, 1_300))
def test_a_fee_is_earned_by_days_to_the_fen(amount, rate, months, at):
    starts = date(2025, 3, 1)
    matures, day = starts + timedelta(30 * months), starts + timedelta(at)
    whole = rules.fee(Fen(amount), Rate(rate), months)
    exact = Fraction(whole.fen * min(max(at + 1, 0), 30 * months), 30 * months)
    assert abs(rules.earned(whole, starts, matures, day).fen - exact) <= Fraction(1, 2)
    assert rules.earned(whole, starts, matures, matures - timedelta(1)) == whole


# --- ratios -----------------------------------------------------------------------------------------------------------
def test_periods_begin_where_they_say():
    assert returns.first_day(Period.YEAR, END) == date(2026, 1, 1)
    assert returns.first_day(Period.TWELVE, END) == date(2025, 12, 1)
    assert returns.first_day(Period.TWELVE, date(2028, 2, 29)) == date(2027, 3, 1)


def test_groups_are_the_whole_and_the_whole_is_the_return():
    """By firm and by year of issue the sums add up; they are the lines 13–18 of the monthly return, counted by the return itself."""
    book = the_year()
    for key in (lambda letter: (letter.firm, letter.firm), lambda letter: (letter.number[2:6],) * 2):
        found = returns.grouped(book, returns.first_day(Period.YEAR, END), END, key)
        for name, kinds in (
            ("released_ledger", "ended"),
            ("compensated_ledger", "compensated"),
            ("lost_ledger", "lost"),
        ):
            assert sum(getattr(group.sums, kinds).fen for group in found) == LINES[name].count(book, END)


def test_rates_from_raw_rows():
    book = the_year()
    raw = [line for line in book.lines if line.on <= END]
    paid = sum(line.amount.fen for line in raw if line.kind is EntryKind.COMPENSATED)
    ended = sum(line.amount.fen for line in raw if line.kind.value in {"repaid", "released", "compensated"})
    back = sum(line.amount.fen for line in raw if line.kind is EntryKind.RECOVERED)
    sums = returns.summed(book.between(EntryKind, date(1, 1, 1), END))
    assert paid and back
    assert sums.compensation_rate.ppm == round(Fraction(paid * 10**6, ended) + Fraction(1, 10**9))
    assert sums.recovery_rate.ppm == round(Fraction(back * 10**6, paid) + Fraction(1, 10**9))
    assert returns.summed([]).compensation_rate is None
    behind = returns.within(book, date(1, 1, 1), END, lambda letter: True)
    assert len(behind) == len(raw)
    assert [line.on for _, line in behind] == sorted((line.on for line in raw), reverse=True)


# --- stress -----------------------------------------------------------------------------------------------------------
EXPOSURE = st.builds(
    Exposure,
    number=st.uuids().map(str),
    firm_id=st.integers(1, 9),
    industry=st.sampled_from(["26", "39", "51"]),
    bank_id=st.integers(1, 3),
    balance=st.integers(1, 10**10).map(Fen),
    chance=st.sampled_from([5_000, 40_000, 160_000, 400_000]).map(Rate),
    shares=st.just(SHARES),
)


def again(exposures, chance_by, recovery, gone):
    """The same by fractions, guarantee by guarantee: the loss by party before rounding, and how far rounding may be away."""
    exact = dict.fromkeys(SHARES, Fraction(0))
    for one in exposures:
        chance = Fraction(1) if one.number in gone else min(Fraction(1), Fraction(one.chance.ppm, 10**6) * chance_by)
        for party, share in SHARES.items():
            exact[party] += one.balance.fen * chance * (1 - recovery) * Fraction(share.ppm, 10**6)
    return exact


PLAIN = {
    Scenario.EXPECTED: (1, 1, None, 0), Scenario.DOUBLE: (2, 1, None, 0), Scenario.TRIPLE: (3, 1, None, 0),
    Scenario.LARGEST: (1, 1, "firm_id", 5), Scenario.INDUSTRY: (1, 1, "industry", 1), Scenario.BANK: (1, 1, "bank_id", 1),
    Scenario.RECOVERY: (1, Fraction(1, 2), None, 0), Scenario.SEVERE: (3, Fraction(1, 2), "firm_id", 5),
}  # fmt: skip


@given(st.lists(EXPOSURE, max_size=12, unique_by=lambda one: one.number), st.sampled_from(list(Scenario)))
def test_every_scenario_again_by_fractions(exposures, scenario):
    chance_by, recovery_by, falls, most = PLAIN[scenario]
    sums = {}
    for one in exposures:
        if falls:
            sums[getattr(one, falls)] = sums.get(getattr(one, falls), 0) + one.balance.fen
    worst = sorted(sums, key=lambda key: (-sums[key], str(key)))[:most]
    gone = {one.number for one in exposures if falls and getattr(one, falls) in worst}
    found = stress.outcome(exposures, scenario, Rate(300_000))
    exact = again(exposures, chance_by, Fraction(3, 10) * recovery_by, gone)
    assert found.fallen == len(gone)
    assert abs(found.loss.fen - sum(exact.values())) <= Fraction(len(exposures), 2)
    for party, part in exact.items():
        assert abs(found.by_party.get(party, Fen(0)).fen - part) <= 2 * len(exposures)
    assert found.loss.fen == sum(part.fen for part in found.by_party.values())
    assert found.paid_first <= found.defaulted <= Fen(sum(one.balance.fen for one in exposures))


def test_one_guarantee_by_hand():
    """500.00 元 over a loss of 40 % × 2 with 30 % recovered: 280.00, parted 112 / 56 / 56 / 56; the guarantor pays 320 first."""
    one = Exposure("BH2026-0001", 1, "39", 1, Fen(50_000), Rate(400_000), SHARES)
    found = stress.outcome([one], Scenario.DOUBLE, Rate(300_000))
    assert (found.defaulted, found.paid_first, found.loss, found.own) == (
        Fen(40_000),
        Fen(32_000),
        Fen(28_000),
        Fen(11_200),
    )
    assert found.by_party == split(Fen(28_000), SHARES)


def test_what_is_left_and_what_is_broken():
    one = Exposure("BH2026-0001", 1, "39", 1, Fen(50_000), Rate(400_000), SHARES)
    found = stress.outcome([one], Scenario.DOUBLE, Rate(300_000))
    effect = stress.effect(found, Bearing(Fen(1_200), Fen(20_000), Fen(50_000), 4, Rate(100_000), Fen(50_000)))
    assert (effect.reserves, effect.net_assets, effect.leverage) == (Fen(0), Fen(10_000), 5_000_000)
    assert effect.broken == (Broken.RESERVES, Broken.LEVERAGE, Broken.SINGLE)
    calm = stress.effect(found, Bearing(Fen(20_000), Fen(600_000), Fen(50_000), 10, Rate(100_000), Fen(50_000)))
    assert (calm.reserves, calm.net_assets, calm.broken) == (Fen(8_800), Fen(600_000), ())
    ruin = stress.effect(found, Bearing(Fen(0), Fen(11_200), Fen(50_000), 10, None, Fen(0)))
    assert ruin.broken == (Broken.RESERVES, Broken.NET_ASSETS)
    assert ruin.leverage is None
    assert stress.effect(found, Bearing(Fen(0), None, Fen(50_000), 10, Rate(1), Fen(9))).broken == (Broken.RESERVES,)


# --- calibration ------------------------------------------------------------------------------------------------------
@given(st.integers(1, 400), st.data())
def test_F78_bounds_are_those_of_the_statistics_library(count, data):
    bad = data.draw(st.integers(0, count))
    low, high = calibration.Observed("A", count, bad, count).bounds
    known = binomtest(bad, count).proportion_ci(0.95, method="wilson")
    assert abs(low.ppm - known.low * 10**6) <= 2
    assert abs(high.ppm - known.high * 10**6) <= 2
    assert low.ppm <= calibration.Observed("A", count, bad, count).rate.ppm <= high.ppm


def cases(**counts):
    """`A=(6, 2)`: six of grade A, two of them badly."""
    return [Closed(f"{grade}{at}", grade, at < bad) for grade, (count, bad) in counts.items() for at in range(count)]


def test_F78_small_groups_are_told_together_or_not_at_all():
    found = calibration.by_grade(cases(A=(6, 2), B=(3, 1), C=(2, 1)), "ABC", 5)
    assert [(row.key, row.count, row.bad) for row in found.rows] == [("A", 6, 2), ("others", 5, 2)]
    assert not found.hidden
    found = calibration.by_grade(cases(A=(6, 2), B=(3, 1)), "ABC", 5)
    assert [row.key for row in found.rows] == ["A"]
    assert found.hidden


def test_F78_a_better_grade_that_went_worse_is_named():
    found = calibration.by_grade(cases(A=(10, 1), B=(10, 4), C=(10, 2)), "ABC", 5)
    assert found.reversed == (("B", "C"),)
    assert found.apart == ()
    assert calibration.by_grade(cases(A=(40, 30), B=(40, 1)), "AB", 5).apart == (("A", "B"),)


def test_F78_votes_are_counted_over_all_and_ones_own_to_oneself():
    voted = [
        Closed(str(at), "A", at < 2, ((1, Vote.FOR), (2, Vote.AGAINST if at < 2 else Vote.FOR))) for at in range(6)
    ]
    found = calibration.by_vote(voted, 5)
    assert [(row.key, row.count, row.bad, row.cases) for row in found.rows] == [("for", 10, 2, 6)]
    assert found.hidden  # two votes against are two cases
    mine = calibration.of_member(voted, 2)
    assert [(row.key, row.count, row.bad) for row in mine.rows] == [("for", 4, 0), ("against", 2, 2)]
    assert calibration.of_member(voted, 3).rows == ()
