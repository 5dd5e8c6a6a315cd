"""Groups of related parties against a reference that closes the relation pair by pair."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from financing.money import Rate
from financing.parties.groups import GUARANTOR, Link, controls_guarantor, groups, hints, related_to_guarantor
from financing.parties.rules import RelationKind

K = RelationKind
LEAST, CONTROL = Rate.percent(25), Rate.percent(50)
PEOPLE = [("王", "1"), ("王", "2"), ("王", ""), ("李", "1"), ("李", "")]
links = st.builds(
    Link,
    firm=st.integers(0, 6),
    other=st.one_of(st.integers(0, 6), st.sampled_from(PEOPLE)),
    kind=st.sampled_from(list(K)),
    share=st.one_of(st.none(), st.integers(1, 1_000_000).map(Rate)),
)


def joins(link):
    """A plain reading of the rule: somebody outside without a mark might be anybody."""
    if link.other in PEOPLE and link.other[1] == "":
        return False
    if link.kind is K.SHAREHOLDER:
        return link.share is not None and link.share.ppm >= 250_000
    return link.kind in (K.CONTROLLER, K.FAMILY)


def closed(pairs):
    """Everybody who can be reached from everybody, by repeating the obvious until nothing is new."""
    reach = set(pairs) | {(b, a) for a, b in pairs} | {(x, x) for pair in pairs for x in pair}
    while more := {(a, d) for a, b in reach for c, d in reach if b == c} - reach:
        reach |= more
    return reach


@settings(max_examples=300)
@given(st.lists(links, max_size=9))
def test_the_groups_are_those_of_the_reference(these):
    reach = closed({(one.firm, one.other) for one in these if joins(one) and 0 not in (one.firm, one.other)})
    firms = {x for x, _ in reach if isinstance(x, int)}
    circles = {firm: sorted(b for a, b in reach if a == firm and isinstance(b, int)) for firm in firms}
    assert groups(these, LEAST) == {firm: circle[0] for firm, circle in circles.items() if len(circle) > 1}


@settings(max_examples=200)
@given(st.lists(links, max_size=9), st.integers(1, 6))
def test_who_is_related_to_the_guarantor_is_whom_the_reference_reaches(these, firm):
    officers = {
        (one.firm, one.other)
        for one in these
        if one.firm == 0 and one.kind is K.OFFICER and one.other not in PEOPLE[2::2]
    }
    reach = closed({(one.firm, one.other) for one in these if joins(one)} | officers)
    assert related_to_guarantor(these, firm, LEAST) is ((GUARANTOR, firm) in reach)
    assert not controls_guarantor(these, firm, CONTROL) or any(one.firm == 0 and one.other == firm for one in these)


@pytest.mark.parametrize(
    ("link", "blocked"),
    [
        (Link(GUARANTOR, 5, K.CONTROLLER), True),
        (Link(GUARANTOR, 5, K.SHAREHOLDER, Rate.percent(51)), True),
        (Link(GUARANTOR, 5, K.SHAREHOLDER, Rate.percent(50)), False),  # more than half, not half
        (Link(GUARANTOR, 5, K.OFFICER), False),
        (Link(5, GUARANTOR, K.CONTROLLER), False),  # its subsidiary: related, not its controller
    ],
)
def test_only_control_over_the_guarantor_is_barred(link, blocked):
    assert controls_guarantor([link], 5, CONTROL) is blocked
    assert related_to_guarantor([link], 5, LEAST)


def test_the_order_of_entries_and_of_spellings_does_not_matter():
    these = [
        Link(3, ("示范 控股（集团）", "X"), K.CONTROLLER),
        Link(9, ("示范控股(集团)", "X"), K.CONTROLLER),
        Link(9, 4, K.FAMILY),
    ]
    assert groups(these, LEAST) == groups(these[::-1], LEAST) == {3: 3, 4: 3, 9: 3}


def test_a_name_without_a_mark_is_a_hint_and_no_more():
    these = [Link(1, ("王强", ""), K.CONTROLLER), Link(2, ("王强", "123456"), K.CONTROLLER)]
    assert groups(these, LEAST) == {}
    assert hints(these, {1: "张明", 2: "李芳", 3: "王强"}) == {"王强": (1, 2, 3)}
    sure = [Link(1, ("王强", "1"), K.CONTROLLER), Link(2, ("王强", "2"), K.CONTROLLER)]
    assert hints(sure, {}) == {}  # two people of one name, told apart
