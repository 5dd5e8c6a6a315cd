"""Passwords, patience and sessions, as tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.people import rules
from financing.people.rules import Weakness

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
FIRM, STAFF = True, False
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("password", "firm", "reason"),
    [
        ("elevenchars", FIRM, Weakness.SHORT),
        ("twelve chars", FIRM, None),
        ("twelve chars", STAFF, Weakness.SHORT),
        ("fifteen letters", STAFF, None),
        ("汉字也可以作为一句话的密码", FIRM, None),
        ("xwvutsrq" * 16, STAFF, None),  # 128 signs
        ("y" + "xwvutsrq" * 16, STAFF, Weakness.LONG),
        ("password123456", FIRM, Weakness.COMMON),
        ("Yuanrongtong2026", STAFF, Weakness.COMMON),
        ("园融通园融通园融通担保123456", STAFF, Weakness.COMMON),
        ("aaaaaaaaaaaaaaaa", FIRM, Weakness.COMMON),
        ("my name is wang.jing!", STAFF, Weakness.LOGIN),
    ],
)
def test_a_password_is_judged_by_length_and_by_what_guessers_try_first(password, firm, reason):
    assert rules.weakness(password, "wang.jing", firm=firm) is reason


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (4, 0), (5, 30), (6, 60), (7, 120), (8, 240), (9, 480), (10, 900), (1_000, 900)]
)
def test_waiting_grows_to_a_quarter_of_an_hour_and_no_further(failures, seconds):
    assert rules.wait_after(failures) == timedelta(seconds=seconds)


def test_no_more_than_a_hundred_guesses_are_checked_in_a_day():
    now, failures = timedelta(0), 0
    while now < timedelta(days=1):
        failures += 1
        now += max(rules.wait_after(failures), timedelta(milliseconds=1))
    assert failures <= 105  # 96 quarters of an hour, and the free ones at the start


@pytest.mark.parametrize(("firm", "minutes"), [(FIRM, 30), (STAFF, 15)])
def test_a_session_ends_when_unused_and_at_its_end(firm, minutes):
    idle, until = timedelta(minutes=minutes), NOW + timedelta(hours=8)
    assert rules.alive(NOW, until, NOW + idle - MINUTE, firm=firm)
    assert not rules.alive(NOW, until, NOW + idle, firm=firm)
    assert not rules.alive(until - MINUTE, until, until, firm=firm)


@given(st.booleans(), st.integers(1, 300))
def test_a_clock_set_back_a_little_ends_nothing(firm, seconds):
    assert rules.alive(NOW, NOW + timedelta(hours=8), NOW - timedelta(seconds=seconds), firm=firm)
