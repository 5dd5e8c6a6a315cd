"""Whose ballots count: seated with a vote, not tied, not void, of the round. Found wanting by mutants."""

from __future__ import annotations

from types import SimpleNamespace

from financing.guarantees.rules import LEAST_MEMBERS, Round, Weighing
from financing.guarantees.tally import Sitting
from financing.money import Fen, Rate


def seat(user, *, votes=True, chair=False):
    return SimpleNamespace(user_id=user, votes=votes, chair=chair, name=f"委员{user}")


def ballot(user, *, void=False, round_=Round.FINAL):
    return SimpleNamespace(user_id=user, void=void, round=round_)


def sitting(*ballots, tied=()):
    ties = tuple(SimpleNamespace(user_id=user) for user in tied)
    return Sitting((seat(1, chair=True), seat(2), seat(3), seat(4, votes=False)), ties, ballots)


def test_a_ballot_counts_once_it_is_neither_void_nor_of_who_may_not_vote():
    cast = (ballot(1), ballot(2, void=True), ballot(3), ballot(4), ballot(5), ballot(2, round_=Round.FIRST))
    found = sitting(*cast, tied=(3,))
    assert found.eligible == {1, 2}
    assert [one.user_id for one in found.valid()] == [1]
    assert found.voters(Round.FIRST) == {2}


def test_the_chair_is_tied_when_the_chair_is_whoever_else_is():
    assert [sitting(tied=tied).chair_tied for tied in ((), (1,), (2,), (1, 2, 3))] == [False, True, False, True]


def test_a_balance_counts_at_less_than_the_whole_for_a_small_firm_within_the_bound_alone():
    weighing = Weighing(Rate(750_000), Fen(1_000))
    counted = [
        weighing.weighed(Fen(400), Fen(total), small=small) for small in (True, False) for total in (400, 1_000, 1_001)
    ]
    assert counted == [Fen(300), Fen(300), Fen(400), Fen(400), Fen(400), Fen(400)]


def test_a_committee_has_three_members_at_least():
    assert LEAST_MEMBERS == 3
