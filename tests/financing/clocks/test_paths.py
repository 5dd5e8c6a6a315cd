"""The longest path, against every path walked one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.clocks.paths import DAYS, NEEDS, Circular, Progress, Task, longest, progress, spans


@st.composite
def graphs(draw):
    """Up to seven steps; a later one may need any of those before it, in whatever order they are told."""
    count = draw(st.integers(1, 7))
    needs = {one: frozenset(draw(st.sets(st.integers(0, one - 1))) if one else ()) for one in range(count)}
    days = {one: draw(st.integers(0, 9)) for one in needs}
    return {one: needs[one] for one in draw(st.permutations(list(needs)))}, days


def paths(needs):
    """Every way from a step that needs nothing to any step, one by one."""

    def to(step):
        return [[step], *([*way, step] for before in needs[step] for way in to(before))]

    return [way for step in needs for way in to(step)]


@given(graphs())
def test_the_overall_limit_is_the_longest_of_all_ways(graph):
    needs, days = graph
    told = {tuple(way): sum(days[step] for step in way) for way in paths(needs)}
    most = max(told.values())
    assert longest(needs, days) == most <= sum(days.values())
    critical = {step for way, length in told.items() if length == most for step in way if days[step]}
    found = spans(needs, days)
    assert critical <= {step for step, span in found.items() if span.critical}
    for step, span in found.items():
        assert span.begin == max((found[each].end for each in needs[step]), default=0)
        on_one = any(step in way and length == most for way, length in told.items())
        assert span.critical is (on_one or (span.critical and not days[step]))


@given(graphs(), st.sets(st.integers(0, 6)))
def test_a_desk_works_as_soon_as_what_it_needs_is_over(graph, done):
    needs, _ = graph
    for step, state in progress(needs, frozenset(done)).items():
        waits = [each for each in needs[step] if each not in done]
        assert state is (Progress.DONE if step in done else Progress.WAITS if waits else Progress.OPEN)


def test_steps_in_a_circle_are_refused():
    with pytest.raises(Circular):
        longest({1: frozenset({2}), 2: frozenset({1})}, {1: 1, 2: 1})


def test_score_and_visit_go_on_at_once_and_cost_the_longer_of_both():
    days = {Task.HANDLE: 5, Task.SCORE: 10, Task.VISIT: 5, Task.REVIEW: 3, Task.OPEN: 5}
    assert longest(NEEDS, days) == 20 < sum(days.values())
    days[Task.VISIT] = 9
    found = spans(NEEDS, days)
    assert (longest(NEEDS, days), found[Task.SCORE].critical, found[Task.VISIT].critical) == (22, False, True)
    assert progress(NEEDS, frozenset({Task.HANDLE})) == {
        Task.HANDLE: Progress.DONE, Task.SCORE: Progress.OPEN, Task.VISIT: Progress.OPEN, Task.REVIEW: Progress.WAITS, Task.OPEN: Progress.WAITS,
    }  # fmt: skip
    assert set(DAYS) == set(NEEDS) == set(Task)
