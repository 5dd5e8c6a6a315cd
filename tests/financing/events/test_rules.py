"""Who may come, and who moves up: against the plainest reading of the rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.events.rules import Audience, Party, invited, moving_up

LINES = st.lists(st.integers(1, 5), max_size=8).map(lambda people: [Party(key, one) for key, one in enumerate(people)])


@given(LINES, st.integers(0, 12))
def test_the_line_is_walked_once_and_nobody_who_fits_is_left_out(waiting, free):
    up = moving_up(waiting, free)
    left = free
    for party in waiting:  # said again: each in turn either takes its seats or stays, and only for want of room
        assert (party.id in up) is (party.people <= left)
        left -= party.people if party.id in up else 0
    assert left >= 0


@pytest.mark.parametrize(
    ("people", "free", "up"),
    [
        ((3, 1, 1), 2, (1, 2)),  # three do not fit, the two behind do
        ((2, 2), 3, (0,)),
        ((1,), 0, ()),
        ((), 5, ()),
    ],
)
def test_who_moves_up(people, free, up):
    assert moving_up([Party(key, one) for key, one in enumerate(people)], free) == up


@pytest.mark.parametrize(
    ("audience", "branch", "size", "industry", "comes"),
    [
        (Audience.ALL, "", "large", "6510", True),
        (Audience.SMALL, "", "micro", "6510", True),
        (Audience.SMALL, "", "medium", "6510", False),
        (Audience.INDUSTRY, "33", "large", "3340", True),
        (Audience.INDUSTRY, "334", "micro", "3351", False),
    ],
)
def test_who_may_come(audience, branch, size, industry, comes):
    assert invited(audience, branch, size, industry) is comes
