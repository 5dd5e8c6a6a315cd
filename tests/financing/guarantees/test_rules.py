from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.acts import Act
from financing.credit.rules import months_after
from financing.guarantees.rules import (
    FLOW,
    MEETING_FLOW,
    CaseState,
    Count,
    MeetingState,
    Vote,
    exposure,
    lawful_guarantor,
    licence_holds,
)
from financing.money import Fen
from financing.parties.rules import Support
from financing.refusals import WrongState

LETTERS = {"F": Vote.FOR, "C": Vote.CONDITIONAL, "N": Vote.AGAINST, "A": Vote.ABSTAIN}
TWO_THIRDS = (2, 3)


def count(cast, seats):
    votes = Counter(LETTERS[letter] for letter in cast)
    return Count(seats, len(cast), votes, TWO_THIRDS, TWO_THIRDS)


@pytest.mark.parametrize(
    ("cast", "seats", "decision"),
    [
        ("FFFFF", 5, Act.APPROVE_CASE),
        ("FFFN", 5, Act.APPROVE_CASE),  # three of four
        ("FFN", 5, None),  # three of five is below two thirds
        ("FFNN", 5, Act.REJECT_CASE),
        ("FFC", 3, Act.APPROVE_CASE),  # exactly two thirds outright
        ("FCN", 3, Act.CONDITION_CASE),  # exactly two thirds with conditions
        ("CCC", 3, Act.CONDITION_CASE),
        ("FAA", 3, Act.REJECT_CASE),  # an abstention sits and does not agree
        ("FF", 3, Act.APPROVE_CASE),  # exactly two thirds present
        ("F", 2, None),
        ("", 3, None),
        ("", 0, None),  # everybody is tied
    ],
)
def test_the_count_alone_decides(cast, seats, decision):
    assert count(cast, seats).decision is decision


#: Seats left after recusals -> the least who must have voted, and of so many votes the least in favour; counted on the fingers.
LEAST = {1: 1, 2: 2, 3: 2, 4: 3, 5: 4, 6: 4, 7: 5, 8: 6, 9: 6}


@pytest.mark.parametrize("seats", LEAST)
def test_I07_two_thirds_of_one_to_nine_seats(seats):
    quorate = [cast for cast in range(seats + 1) if count("F" * cast, seats).quorate]
    assert quorate == list(range(LEAST[seats], seats + 1))
    for cast in quorate:
        in_favour = [
            n for n in range(cast + 1) if count("F" * n + "N" * (cast - n), seats).decision is Act.APPROVE_CASE
        ]
        assert in_favour == list(range(LEAST[cast], cast + 1))


votes = st.lists(st.sampled_from("FCNA"), max_size=15)


@given(votes, st.integers(0, 20))
def test_the_count_agrees_with_fractions_worked_out_by_hand(cast, empty):
    seats = len(cast) + empty
    agreed, conditional = cast.count("F"), cast.count("C")
    expected = None
    if seats and Fraction(len(cast), seats) >= Fraction(2, 3):
        share = Fraction(1, len(cast))
        expected = Act.REJECT_CASE
        if (agreed + conditional) * share >= Fraction(2, 3):
            expected = Act.CONDITION_CASE
        if agreed * share >= Fraction(2, 3):
            expected = Act.APPROVE_CASE
    assert count(cast, seats).decision is expected


@given(votes, st.randoms())
def test_the_order_of_ballots_changes_nothing(cast, random):
    shuffled = random.sample(cast, len(cast))
    assert count(shuffled, len(cast)).decision is count(cast, len(cast)).decision


@given(votes)
def test_turning_one_vote_to_agreement_never_turns_the_decision_away(cast):
    rank = [None, Act.REJECT_CASE, Act.CONDITION_CASE, Act.APPROVE_CASE]
    before = rank.index(count(cast, len(cast)).decision)
    for place in range(len(cast)):
        better = [*cast[:place], "F", *cast[place + 1 :]]
        assert rank.index(count(better, len(cast)).decision) >= before


#: (state, act) -> state, written down by hand from the book of procedure.
ROAD = {
    ("in_review", "case.table"): "on_agenda",
    ("deferred", "case.table"): "on_agenda",
    ("on_agenda", "case.recuse"): "on_agenda",
    ("on_agenda", "case.derive_tie"): "on_agenda",
    ("on_agenda", "case.set_aside"): "on_agenda",
    ("on_agenda", "case.jump"): "on_agenda",
    ("in_review", "case.delegate"): "in_review",
    ("in_review", "case.decide_small"): "delegated",
    ("delegated", "case.call_in"): "in_review",
    ("delegated", "case.take_effect"): "approved",
    ("delegated", "need.withdraw"): "dropped",
    ("delegated", "need.close"): "dropped",
    **{("delegated", act): "in_review" for act in ("need.assess", "firm.record", "firm.edit", "paper.add")},
    ("on_agenda", "case.vote"): "on_agenda",
    ("on_agenda", "case.discuss"): "on_agenda",
    ("on_agenda", "case.approve"): "approved",
    ("on_agenda", "case.condition"): "conditional",
    ("on_agenda", "case.reject"): "rejected",
    ("on_agenda", "case.defer"): "deferred",
    **{
        ("on_agenda", act): "in_review" for act in ("need.assess", "firm.record", "firm.edit", "paper.add")
    },  # a changed file
    ("in_review", "need.withdraw"): "dropped",
    ("in_review", "need.close"): "dropped",
    ("on_agenda", "need.withdraw"): "dropped",
    ("on_agenda", "need.close"): "dropped",
    ("deferred", "need.withdraw"): "dropped",
    ("deferred", "need.close"): "dropped",
    ("approved", "need.withdraw"): "dropped",
    ("approved", "need.close"): "dropped",
    ("conditional", "need.withdraw"): "dropped",
    ("conditional", "need.close"): "dropped",
}


def test_a_case_moves_only_along_its_road():
    for state, act in product(CaseState, Act):
        if (state, act) in ROAD:
            assert FLOW.following(state, act) == ROAD[state, act]
        else:
            with pytest.raises(WrongState):
                FLOW.following(state, act)


def test_a_meeting_opens_once_and_closes_once():
    road = {
        (MeetingState.CALLED, Act.OPEN_MEETING): MeetingState.OPEN,
        (MeetingState.OPEN, Act.CLOSE_MEETING): MeetingState.CLOSED,
    }
    for state, act in product(MeetingState, Act):
        if (state, act) in road:
            assert MEETING_FLOW.after(state, act) is road[state, act]
        else:
            with pytest.raises(WrongState):
                MEETING_FLOW.after(state, act)


@pytest.mark.parametrize(
    ("support", "licence", "until", "holds"),
    [
        (Support.LETTER, "赣融担 0001", date(2026, 11, 23), True),  # the last day counts
        (Support.LETTER, "赣融担 0001", date(2026, 11, 22), False),
        (Support.LETTER, "赣融担 0001", None, False),
        (Support.LETTER, "", date(2029, 1, 1), False),
        (Support.RISK_SHARING, "", None, True),
        (Support.RECOMMENDATION, "", None, True),
    ],
)
def test_only_a_letter_needs_a_licence_valid_on_the_day(support, licence, until, holds):
    assert licence_holds(support, licence, until, date(2026, 11, 23)) is holds


@pytest.mark.parametrize(
    ("name", "lawful"),
    [
        ("示范开发区融资担保有限公司", True),
        ("示范经济开发区管委会", False),
        ("示范经济技术开发区管理委员会", False),
    ],
)
def test_a_government_organ_never_stands_surety(name, lawful):
    assert lawful_guarantor(name) is lawful


def test_a_recommendation_takes_up_nothing_and_all_else_the_whole_line():
    assert [exposure(Fen(30), form) for form in Support] == [Fen(30), Fen(30), Fen(0)]


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 11, 23), 6, date(2027, 5, 23)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 0, date(2026, 12, 31)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 6, 15), 12, date(2027, 6, 15)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month(start, months, end):
    assert months_after(start, months) == end
