"""What may be claimed, how a reduction adds up, and the lines of a bank's rate, against figures worked out by hand (F47, F48, F50)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.calendar import published
from financing.clocks.rules import Stop
from financing.compensation import grounds, terms
from financing.compensation.rules import (
    Deducted,
    Lapse,
    Level,
    Lines,
    Outcome,
    Reason,
    adds_up,
    claimable,
    level,
    rate,
)
from financing.compensation_words import COMPENSATION_WORDS
from financing.money import Fen, Rate

YUAN = st.integers(0, 10**12).map(Fen)
SHARE = st.integers(0, 1_000_000).map(Rate)


@pytest.mark.parametrize(
    ("balance", "paid", "settled", "share", "most"),
    [
        (100_00, 0, 0, 800_000, 80_00),  # four fifths of what is unpaid
        (20_00, 80_00, 0, 800_000, 0),  # all of its share is paid: the rest is the bank's own
        (50_00, 50_00, 0, 800_000, 30_00),  # half was paid first: 80 of 100 in all
        (100_00, 0, 30_00, 800_000, 50_00),  # 30 finally not paid before
        (0, 0, 0, 800_000, 0),
        (33, 0, 0, 333_333, 11),  # 10.999989 fen, half up
        (1, 0, 0, 499_999, 0),
        (1, 0, 0, 500_000, 1),
        (100_00, 0, 0, 1_000_000, 100_00),
        (10_00, 0, 20_00, 800_000, 0),  # never below nothing
    ],
)
def test_what_may_be_claimed_is_the_guarantors_share_of_what_is_unpaid_less_what_is_settled(
    balance, paid, settled, share, most
):
    assert claimable(Fen(balance), Fen(paid), Fen(settled), Rate(share)) == Fen(most)


@given(st.integers(1, 10**12), SHARE, st.lists(st.integers(0, 10**11), max_size=5))
def test_however_a_loss_is_claimed_the_guarantor_never_pays_more_than_its_share(loss, share, steps):
    balance, paid = Fen(loss), Fen(0)
    for step in steps:
        now = min(claimable(balance, paid, Fen(0), share), Fen(step))
        balance, paid = balance - now, paid + now
        assert now <= balance + now
    assert abs(Fraction(paid.fen) - min(Fraction(loss * share.ppm, 10**6), paid.fen)) <= Fraction(1, 2)
    assert paid <= Fen(loss).at(share)
    assert claimable(balance, paid, Fen(0), share) + paid <= Fen(loss).at(share)


@given(YUAN, YUAN, YUAN, SHARE)
def test_what_may_be_claimed_never_passes_the_ledgers_own_limit(balance, paid, settled, share):
    found = claimable(balance, paid, settled, share)
    assert Fen(0) <= found <= balance.at(share)


@given(st.integers(1, 10**10), st.lists(st.integers(1, 10**9), max_size=4), st.integers(-3, 3))
def test_a_reduction_adds_up_to_the_fen_or_not_at_all(claimed, cuts, off):
    rows = [Deducted(Lapse.USE, Fen(one), Fen(one), "凭证") for one in cuts]
    amount = claimed - sum(cuts) + off
    right = off == 0 and bool(cuts) and 0 < amount < claimed
    assert adds_up(Fen(claimed), Outcome.REDUCE, Fen(amount), rows) is right


def test_the_whole_is_paid_without_and_nothing_is_paid_without_reductions():
    rows = [Deducted(Lapse.USE, Fen(1), Fen(1), "凭证")]
    assert adds_up(Fen(5), Outcome.GRANT, Fen(5), [])
    assert not adds_up(Fen(5), Outcome.GRANT, Fen(4), rows)
    assert not adds_up(Fen(5), Outcome.GRANT, Fen(5), rows)
    assert adds_up(Fen(5), Outcome.REFUSE, Fen(0), [])
    assert not adds_up(Fen(5), Outcome.REFUSE, Fen(0), rows)


LINES = Lines(Rate.percent("3.2"), Rate.percent(4), Rate.percent(5), Fen.wan(300))


@pytest.mark.parametrize(
    ("paid", "ended", "stands"),
    [
        (0, 1_000, Level.CALM),
        ("31.99", 1_000, Level.CALM),
        ("31.9996", 1_000, Level.NEAR),  # 3.19996 % is 3.2000 % to the millionth, half up
        (32, 1_000, Level.NEAR),
        ("39.99", 1_000, Level.NEAR),
        (40, 1_000, Level.COMMITTEE),
        ("49.99", 1_000, Level.COMMITTEE),
        (50, 1_000, Level.STOPPED),
        (299, 299, Level.CALM),  # too little has ended for a rate to say anything
        (300, 300, Level.STOPPED),
        (0, 0, Level.CALM),
    ],
)
def test_where_a_bank_stands_at_each_line(paid, ended, stands):
    found = rate(Fen.wan(paid), Fen.wan(ended))
    assert level(found, Fen.wan(ended), LINES) is stands


@given(st.integers(0, 10**12), st.integers(1, 10**12))
def test_the_rate_is_the_exact_quotient_to_half_a_millionth(paid, ended):
    found = rate(Fen(paid), Fen(ended))
    assert found is not None
    assert abs(Fraction(found.ppm) - Fraction(paid * 10**6, ended)) <= Fraction(1, 2)


def test_nothing_ended_is_no_rate():
    assert rate(Fen(5), Fen(0)) is None


@pytest.mark.parametrize(
    ("start", "days", "stops", "day"),
    [
        (date(2026, 11, 23), 30, [], date(2026, 12, 23)),
        (date(2026, 11, 23), 26, [], date(2026, 12, 21)),  # the 19th is a Saturday: the Monday after (民法典 203)
        (
            date(2026, 11, 23),
            30,
            [(date(2026, 11, 25), date(2026, 12, 5))],
            date(2027, 1, 4),
        ),  # 2 January is a Saturday
        (date(2026, 11, 23), 30, [(date(2026, 11, 25), date(2026, 11, 25))], date(2026, 12, 23)),
        (date(2026, 11, 23), 0, [], date(2026, 11, 23)),
    ],
)
def test_the_clock_counts_calendar_days_and_stands_still_with_the_bank(start, days, stops, day):
    assert terms.due(published(), start, days, [Stop(*one) for one in stops]) == day


ON = date(2026, 11, 23)


def test_every_coded_ground_has_its_source_and_is_called_the_same_on_paper_and_page():
    for kind, found in ((Lapse, grounds.lapses(ON)), (Reason, grounds.reasons(ON))):
        assert [one.code for one in found] == list(kind)
        assert {one.code: one.says for one in found} == COMPENSATION_WORDS[kind]
        assert all(one.source and one.confidence in "ABC" for one in found)


def test_what_cannot_be_mended_is_never_claimed_again():
    again = {one.code for one in grounds.reasons(ON) if one.again}
    assert again == {Reason.EARLY, Reason.NOT_PAID_OUT, Reason.PAPERS}


def test_the_list_holds_every_item_once_and_lets_be_promised_what_does_not_carry_the_claim():
    found = grounds.checklist(ON)
    assert sorted(one.key for one in found.items) == sorted(grounds.Item)
    assert {one.key.value for one in found.items if one.promised} == {
        "conditions",
        "security",
        "credit_review",
        "use",
        "checks",
    }
    with pytest.raises(ValueError, match="empty"):
        grounds.checklist(date(2017, 9, 30))
