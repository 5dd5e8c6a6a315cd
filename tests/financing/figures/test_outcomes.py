"""What anybody may know of the platform's results."""

from __future__ import annotations

import pytest

from financing.figures.outcomes import outcomes
from financing.needs.rules import NeedState
from financing.parties.rules import FirmState
from tests.makers import NOW, a_firm, a_need, writing


def counts(database):
    return [outcome.count for outcome in outcomes(database, NOW)]


def test_before_anything_has_happened_nothing_is_shown(database):
    assert counts(database) == []


@pytest.mark.parametrize(("firms", "expected"), [(4, []), (5, [5, None, None, None])])
def test_a_figure_too_small_to_hide_a_firm_is_not_shown(database, firms, expected):
    with writing(database) as session:
        for _ in range(firms):
            a_firm(session)
        a_firm(session, state=FirmState.REGISTERED)
    assert counts(database) == expected


def test_each_need_counts_as_far_as_it_has_come(database):
    states = {
        NeedState.DRAFT: 7,
        NeedState.SUBMITTED: 1,
        NeedState.REJECTED: 2,
        NeedState.LISTED: 1,
        NeedState.SETTLED: 5,
    }
    with writing(database) as session:
        firm = a_firm(session)
        for state, number in states.items():
            for _ in range(number):
                a_need(session, firm=firm, state=state)
    assert counts(database) == [None, 9, 6, 5]
