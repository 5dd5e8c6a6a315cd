"""Passwords, patience and sessions, as tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.access import FIRM, Role
from financing.people import rules
from financing.people.rules import Weakness

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("password", "role", "reason"),
    [
        ("elevenchars", Role.CLERK, Weakness.SHORT),
        ("twelve chars", Role.CLERK, None),
        ("twelve chars", Role.OFFICER, Weakness.SHORT),
        ("fifteen letters", Role.OFFICER, None),
        ("汉字也可以作为一句话的密码", Role.SIGNATORY, None),
        ("y" * 7 + "xwvutsrq" * 16, Role.CLERK, Weakness.LONG),
        ("password123456", Role.CLERK, Weakness.COMMON),
        ("Yuanrongtong2026", Role.OFFICER, Weakness.COMMON),
        ("园融通园融通园融通担保123456", Role.OFFICER, Weakness.COMMON),
        ("aaaaaaaaaaaaaaaa", Role.CLERK, Weakness.COMMON),
        ("my name is wang.jing!", Role.OFFICER, Weakness.LOGIN),
    ],
)
def test_a_password_is_judged_by_length_and_by_what_guessers_try_first(password, role, reason):
    assert rules.weakness(password, "wang.jing", role) is reason


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


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.VISITOR, Role.SYSTEM}))
def test_a_session_ends_when_unused_and_at_its_end(role):
    idle, until = timedelta(minutes=30 if role in FIRM else 15), NOW + timedelta(hours=8)
    assert rules.alive(role, NOW, until, NOW + idle - MINUTE)
    assert not rules.alive(role, NOW, until, NOW + idle)
    assert not rules.alive(role, until - MINUTE, until, until)


@given(st.sampled_from([Role.CLERK, Role.OFFICER]), st.integers(1, 300))
def test_a_clock_set_back_a_little_ends_nothing(role, seconds):
    assert rules.alive(role, NOW, NOW + timedelta(hours=8), NOW - timedelta(seconds=seconds))
