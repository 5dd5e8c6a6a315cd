from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.timetable import Seat, Talk, TalkRepeated, timetable

pairs = st.tuples(st.sampled_from("ABC"), st.sampled_from("abcd"))
wishes = st.dictionaries(pairs, st.integers(1, 9), max_size=9).map(
    lambda weights: [Talk(bank, firm, weight) for (bank, firm), weight in weights.items()]
)


def busiest(talks):
    return max(Counter(end for talk in talks for end in (("b", talk.bank), ("f", talk.firm))).values(), default=0)


def worth(talks, least):
    """Firms with one talk, with two, ... then talks, then how they are spread, then weight: what a better choice has more of."""
    served = Counter(talk.firm for talk in talks)
    *levels, spread = [sum(min(number, level) for number in served.values()) for level in range(1, least + 2)]
    return [*levels, len(talks), spread, sum(talk.weight for talk in talks)]


def best(talks, rounds, least):
    """The best of all choices, by trying every one."""
    every = (chosen for size in range(len(talks) + 1) for chosen in combinations(talks, size))
    return max(worth(chosen, least) for chosen in every if busiest(chosen) <= rounds)


def served(table, talks):
    seats = {(seat.bank, seat.firm) for seat in table.seats}
    return [talk for talk in talks if (talk.bank, talk.firm) in seats]


@settings(max_examples=60)
@given(wishes, st.integers(0, 3), st.integers(1, 2))
def test_no_other_choice_of_talks_is_fairer_or_heavier(talks, rounds, least):
    table = timetable(talks, rounds, least)
    wanted = best(talks, rounds, least)
    assert worth(served(table, talks), least) == wanted
    assert table.gap == 0


@given(
    st.sets(st.tuples(st.integers(0, 7), st.integers(0, 25)), max_size=120),
    st.integers(1, 9),
    st.integers(1, 3),
    st.randoms(),
)
def test_nobody_sits_at_two_tables_and_no_round_is_wasted(edges, rounds, least, random):
    talks = [Talk(f"b{bank}", f"f{firm}", 1 + (bank * 7 + firm) % 5) for bank, firm in sorted(edges)]
    table = timetable(talks, rounds, least)
    for end in ("bank", "firm"):
        busy = Counter((seat.round, getattr(seat, end)) for seat in table.seats)
        assert all(number == 1 for number in busy.values())
    chosen = served(table, talks)
    assert len(chosen) == len(table.seats)
    assert table.rounds == busiest(chosen) <= rounds
    assert {seat.round for seat in table.seats} == set(range(1, table.rounds + 1))
    assert set(chosen) | set(table.left_out) == set(talks)
    assert timetable(random.sample(talks, len(talks)), rounds, least) == table


def test_a_session_of_eight_banks_and_sixty_firms():
    talks = [Talk(f"b{bank}", f"f{firm}", 1 + (bank + firm) % 9) for bank in range(8) for firm in range(60)]
    table = timetable(talks, rounds=16, least=2)
    assert len(table.seats) == 128
    assert (table.rounds, table.idle, table.short) == (16, 0, ())
    assert min(Counter(seat.firm for seat in table.seats).values()) == 2


def swapped(seats, one, other):
    places = {one: other, other: one}
    return [Seat(places.get(seat.round, seat.round), seat.bank, seat.firm) for seat in seats]


@given(st.sets(st.tuples(st.integers(0, 5), st.integers(0, 12)), max_size=40))
def test_no_exchange_of_two_rounds_would_shorten_the_waiting(edges):
    table = timetable([Talk(f"b{bank}", f"f{firm}") for bank, firm in edges], rounds=8, least=2)
    waits = Counter()
    for one, other in combinations(range(1, table.rounds + 1), 2):
        waits[one, other] = gaps(swapped(table.seats, one, other))
    assert table.waiting == gaps(table.seats) <= min(waits.values(), default=table.waiting)


def gaps(seats):
    """Empty rounds between the first and the last talk of each bank and firm, counted one by one."""
    total = 0
    for end in ("bank", "firm"):
        for name in {getattr(seat, end) for seat in seats}:
            own = {seat.round for seat in seats if getattr(seat, end) == name}
            total += sum(round_ not in own for round_ in range(min(own), max(own)))
    return total


def test_firms_that_cannot_all_have_two_talks_are_named():
    table = timetable([Talk("A", "a"), Talk("A", "b"), Talk("B", "a"), Talk("B", "b")], rounds=1, least=2)
    assert len(table.seats) == 2
    assert table.short == ("a", "b")


@pytest.mark.parametrize("talks", [[Talk("A", "a"), Talk("A", "a", 2)], [Talk("A", "a", 0)]])
def test_a_talk_given_twice_or_without_weight_is_refused(talks):
    with pytest.raises(TalkRepeated, match="A"):
        timetable(talks, 3)


def test_no_wishes_make_an_empty_timetable():
    assert timetable([], 5).seats == ()
    assert timetable([], 5).idle == 0
