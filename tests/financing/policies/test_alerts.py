"""Windows that close: each firm once for each bound, also after the platform stood still, and nothing of the firm in the notice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.access import SYSTEM
from financing.money import Fen
from financing.outbox import Outgoing
from financing.parties.model import Firm
from financing.policies import alerts, claims
from financing.policies.model import PolicyAlert, PolicyClause
from financing.policies.rules import level_due
from tests.financing.policies.conftest import OFFICER, Zone
from tests.makers import NOW, TODAY, a_firm, at, writing

#: The window of the clause closes on 2026-12-20, 27 days after the first day.
CLOSES = date(2026, 12, 20)


def run(zone: Zone, days: int) -> int:
    with at(zone.database, SYSTEM, NOW + timedelta(days=days)) as desk:
        return sum(alerts.look_at(desk, key) for key in alerts.closing(desk))


def sent(zone: Zone) -> list[int]:
    with at(zone.database, OFFICER) as desk:
        return [one.level for one in desk.all(PolicyAlert, by=PolicyAlert.at)]


def test_each_bound_once(zone: Zone) -> None:
    told = [run(zone, day) for day in range(30) for _ in range(2)]
    assert sum(told) == 4
    assert sent(zone) == [30, 15, 7, 3]


def test_after_a_standstill_only_the_nearest_bound_is_told(zone: Zone) -> None:
    assert run(zone, 0) == 1
    assert run(zone, 21) == 1  # six days left: 15 was slept through
    assert run(zone, 22) == 0
    assert sent(zone) == [30, 7]


def test_who_has_applied_or_does_not_fit_is_left_alone(zone: Zone) -> None:
    with writing(zone.database) as session:
        a_firm(session, size="large")
        a_firm(session, size="undetermined")  # may be entitled
    with at(zone.database, zone.signatory) as desk:
        claims.apply(desk, desk.get(PolicyClause, zone.clause_id), desk.get(Firm, zone.firm_id), Fen(100))
    assert run(zone, 0) == 1


def test_the_notice_tells_the_policy_and_nothing_of_the_firm(zone: Zone) -> None:
    run(zone, 0)
    with at(zone.database, OFFICER) as desk:
        [notice] = [row for row in desk.session.query(Outgoing) if row.once.startswith("policy.tell_window")]
        assert notice.payload == {
            "to": {"firm": zone.firm_id}, "code": "policy.tell_window", "subject": zone.clause_id, "number": "HQ2026-0001",
        }  # fmt: skip


@pytest.mark.parametrize(
    ("left", "level"), [(31, None), (30, 30), (16, 30), (15, 15), (7, 7), (4, 7), (3, 3), (0, 3), (-1, None)]
)
def test_bounds(left: int, level: int | None) -> None:
    assert level_due(TODAY + timedelta(days=left), TODAY, [30, 15, 7, 3]) == level


@given(st.sets(st.integers(0, 40), min_size=1))
def test_no_bound_is_told_twice_whatever_days_the_platform_runs(days: set[int]) -> None:
    told: list[int] = []
    for day in sorted(days):
        due = level_due(CLOSES, TODAY + timedelta(days=day), [30, 15, 7, 3])
        if due is not None and not any(before <= due for before in told):
            told.append(due)
    assert told == sorted(set(told), reverse=True)
