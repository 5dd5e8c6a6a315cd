"""Who fits a firm: by what can be dealt with, then by load, then by name; the same whatever the order people stand in."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from financing.helping import fit
from financing.helping.fit import Candidate, Load
from financing.helping.rules import Topic

TOPICS = st.sampled_from(list(Topic))
PEOPLE = st.lists(
    st.builds(
        Candidate, id=st.integers(1, 99), name=st.sampled_from("甲乙丙丁"), unit=st.just("科"), skills=st.frozensets(TOPICS, max_size=5),
        load=st.builds(Load, st.integers(0, 4), st.integers(0, 4), st.integers(0, 4)),
    ),
    max_size=6, unique_by=lambda one: one.id,
)  # fmt: skip
PROBLEMS = st.dictionaries(TOPICS, st.integers(1, 4), max_size=6)


def person(key, name, *skills, firms=0, requests=0, tasks=0):
    return Candidate(key, name, "科", frozenset(skills), Load(firms, requests, tasks))


def test_who_can_deal_with_most_comes_first_and_among_equals_who_has_least():
    problems = {Topic.TAX: 2, Topic.LAND: 1}
    people = [
        person(1, "甲", Topic.TAX, Topic.LAND, firms=3, requests=2, tasks=1),
        person(2, "乙", Topic.TAX, firms=1),
        person(3, "丙", Topic.TAX),
        person(4, "丁", Topic.LAND),
    ]
    assert [one.candidate.name for one in fit.ranked(problems, people)] == ["甲", "丙", "乙", "丁"]
    assert [(one.covered, one.candidate.load.total) for one in fit.ranked(problems, people)] == [
        (3, 6),
        (2, 0),
        (2, 1),
        (1, 0),
    ]


def test_without_problems_load_decides():
    people = [person(1, "甲", Topic.TAX, firms=2), person(2, "乙", tasks=1)]
    assert [one.candidate.name for one in fit.ranked({}, people)] == ["乙", "甲"]


def test_the_team_covers_what_the_helper_does_not():
    problems = {Topic.TAX: 2, Topic.LAND: 1, Topic.LAW: 1, Topic.ENERGY: 3}
    helper = person(1, "甲", Topic.TAX)
    others = [helper, person(2, "乙", Topic.LAND), person(3, "丙", Topic.ENERGY, Topic.LAW), person(4, "丁", Topic.TAX)]
    assert [one.candidate.name for one in fit.team(problems, helper, others, 3)] == ["丙", "乙"]
    assert [one.candidate.name for one in fit.team(problems, helper, others, 1)] == ["丙"]


@given(PROBLEMS, PEOPLE)
def test_the_first_is_never_beaten(problems, people):
    fits = fit.ranked(problems, people)
    assert len(fits) == len(people)
    for one in people:  # a second way to reckon it
        covers = sum(count for topic, count in problems.items() if topic in one.skills)
        assert (covers, -one.load.total) <= (fits[0].covered, -fits[0].candidate.load.total)


@given(PROBLEMS, PEOPLE)
def test_the_order_people_stand_in_changes_nothing(problems, people):
    some = people[:4]
    found = {tuple(one.candidate.id for one in fit.ranked(problems, order)) for order in permutations(some)}
    assert len(found) == 1


@given(PROBLEMS, PEOPLE, st.integers(0, 3))
def test_a_team_is_never_larger_than_it_may_be_and_nobody_is_in_it_for_nothing(problems, people, most):
    for helper in people[:1]:
        left = {topic for topic in problems if topic not in helper.skills}
        for one in fit.team(problems, helper, people, most):
            assert one.candidate.id != helper.id
            assert left & one.candidate.skills
            left -= one.candidate.skills
        assert len(fit.team(problems, helper, people, most)) <= most


def test_what_a_choice_rested_on_is_kept():
    problems = {Topic.TAX: 2}
    fits = fit.ranked(problems, [person(1, "甲", Topic.TAX, firms=1), person(2, "乙")])
    assert fit.reasons(problems, fits, 2) == {"problems": {"tax": 2}, "place": 2, "of": 2, "covers": [], "load": 0}
    assert fit.reasons(problems, fits, 9) == {"problems": {"tax": 2}, "place": None, "of": 2}
