from collections import Counter
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.timetable import Seat, Talk, TalkRepeated, timetable
from scoring.timetable_mend import Closed, Move, mend

pairs = st.tuples(st.sampled_from("ABC"), st.sampled_from("abc"))
wishes = st.dictionaries(pairs, st.integers(1, 9), max_size=5).map(
    lambda weights: [Talk(bank, firm, weight) for (bank, firm), weight in weights.items()]
)
closures = st.lists(
    st.builds(
        Closed,
        st.integers(1, 3),
        bank=st.none() | st.sampled_from("ABC"),
        firm=st.none() | st.sampled_from("abc"),
    ),
    max_size=2,
)


def worth(seats, former, talks, least):
    """What a better timetable has more of: firms served, talks, talks left where they were, spread, weight."""
    served = Counter(seat.firm for seat in seats)
    *levels, spread = [sum(min(number, level) for number in served.values()) for level in range(1, least + 2)]
    weights = {(talk.bank, talk.firm): talk.weight for talk in talks}
    weight = sum(weights.get((seat.bank, seat.firm), 0) for seat in seats)
    return [*levels, len(seats), len(set(seats) & set(former)), spread, weight]


def clash(seats):
    busy = Counter((seat.round, end) for seat in seats for end in (("b", seat.bank), ("f", seat.firm)))
    return any(number > 1 for number in busy.values())


def every(former, talks, rounds, closed, past):
    """Every timetable that keeps what has been held and seats nobody where he is not."""
    held = [seat for seat in former if seat.round <= past]
    done = {(seat.bank, seat.firm) for seat in held}
    open_ = [talk for talk in talks if (talk.bank, talk.firm) not in done]
    for places in product([None, *range(past + 1, rounds + 1)], repeat=len(open_)):
        seats = [Seat(place, talk.bank, talk.firm) for talk, place in zip(open_, places, strict=True) if place]
        if not clash([*held, *seats]) and not any(bar.bars(seat) for bar in closed for seat in seats):
            yield [*held, *seats]


@settings(max_examples=80, deadline=None)
@given(wishes, wishes, closures, st.integers(0, 2), st.integers(1, 2))
def test_no_other_timetable_is_fairer_or_fuller_or_moves_fewer_talks(before, now, closed, past, least):
    former = timetable(before, 3, least).seats
    found = mend(former, now, 3, closed=closed, past=past, least=least)
    ways = [worth(seats, former, now, least) for seats in every(former, now, 3, closed, past)]
    assert worth(found.table.seats, former, now, least) == max(ways)
    assert found.table.gap == 0
    assert not clash(found.table.seats)


@settings(max_examples=60, deadline=None)
@given(wishes, wishes, closures, st.integers(0, 2), st.randoms())
def test_what_was_held_stays_and_every_other_change_is_told(before, now, closed, past, random):
    former = timetable(before, 3).seats
    found = mend(former, now, 3, closed=closed, past=past)
    assert {seat for seat in former if seat.round <= past} == {s for s in found.table.seats if s.round <= past}
    assert not any(bar.bars(seat) for bar in closed for seat in found.table.seats if seat.round > past)
    moved = {(seat.round, seat.bank, seat.firm) for seat in former}
    for move in found.moves:
        moved -= {(move.before, move.bank, move.firm)}
        moved |= {(move.after, move.bank, move.firm)} if move.after else set()
    assert moved == {(seat.round, seat.bank, seat.firm) for seat in found.table.seats}
    again = mend(random.sample(former, len(former)), random.sample(now, len(now)), 3, closed=closed, past=past)
    assert again == found


TALKS = [Talk("工行", "甲", 50), Talk("工行", "乙", 40), Talk("农行", "甲", 30), Talk("农行", "乙", 20)]
SEATS = [Seat(1, "工行", "甲"), Seat(1, "农行", "乙"), Seat(2, "工行", "乙"), Seat(2, "农行", "甲")]


def test_without_a_change_nobody_moves():
    assert mend(SEATS, TALKS, 3).moves == ()


def test_the_talks_of_a_bank_that_stays_away_are_lost_and_no_other_moves():
    absent = [talk for talk in TALKS if talk.bank != "工行"]
    found = mend(SEATS, absent, 3)
    assert found.moves == (Move(1, "工行", "甲", None), Move(2, "工行", "乙", None))


def test_a_firm_that_comes_late_changes_one_talk_to_a_later_round():
    found = mend(SEATS, TALKS, 3, closed=[Closed(1, firm="甲")])
    assert found.moves == (Move(1, "工行", "甲", 3),)


def test_a_lost_round_moves_its_talks_behind_the_others():
    found = mend(SEATS, TALKS, 3, closed=[Closed(1)])
    assert {(move.bank, move.firm, move.after) for move in found.moves} == {("工行", "甲", 3), ("农行", "乙", 3)}


def test_a_new_pair_takes_a_free_place():
    found = mend(SEATS, [*TALKS, Talk("农行", "丙", 9)], 3, past=1)
    assert found.moves == (Move(None, "农行", "丙", 3),)


def test_of_too_many_talks_the_lightest_is_left_out():
    found = mend(SEATS, TALKS, 2, closed=[Closed(2, bank="农行")])
    assert [(talk.bank, talk.firm) for talk in found.table.left_out] == [("农行", "甲")]


def test_in_a_very_large_session_only_those_who_must_move_move_and_the_gap_is_told(monkeypatch):
    monkeypatch.setattr("scoring.timetable_mend.MANY", 3)
    found = mend(SEATS, TALKS, 3, closed=[Closed(1, firm="甲")])
    assert found.moves == (Move(1, "工行", "甲", 3),)
    assert found.table.gap == 0
    short = mend(SEATS, TALKS, 2, closed=[Closed(2, bank="农行")])
    assert [(talk.bank, talk.firm) for talk in short.table.left_out] == [("农行", "甲")]
    assert short.table.gap == 0
    blocked = mend(
        SEATS, [*TALKS, Talk("农行", "丙", 99)], 3, closed=[Closed(3), Closed(2, firm="丙"), Closed(1, firm="丙")]
    )
    assert blocked.moves == ()


def test_a_talk_given_twice_is_refused():
    with pytest.raises(TalkRepeated):
        mend(SEATS, [*TALKS, TALKS[0]], 3)
