"""A new policy is out within seven working days of its issue, or its way up the ladder is told, each rung once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from financing.clocks.rules import Rung
from financing.office import worklist
from financing.office.rules import Duty
from financing.office.worklist import Asked
from financing.policies import guides, service
from financing.policies.examples import enter
from financing.policies.model import Policy
from tests.financing.helping.conftest import zone
from tests.financing.policies.conftest import told, written

__all__ = ["zone"]
#: Friday, and the seventh working day after it.
ISSUED, BY = date(2026, 11, 20), date(2026, 12, 1)


@pytest.mark.parametrize(
    ("issued", "entered", "by"),
    [
        (ISSUED, date(2026, 11, 25), BY),
        (ISSUED, BY, BY),
        (ISSUED, date(2026, 12, 2), date(2026, 12, 11)),  # entered too late for the rule: seven from then
        (None, date(2026, 11, 20), BY),
    ],
)
def test_seven_working_days_from_the_issue_or_from_the_entry_when_these_are_over(zone, issued, entered, by):
    with zone.at(zone.officer, entered) as desk:
        policy = service.enter(desk, told(issued_on=date(2026, 11, 2)))
        service.edit(desk, policy, told(issued_on=issued))
        assert policy.guide_by == by


def test_a_late_one_climbs_once_by_rung_until_it_is_out_and_examples_never(zone):
    with zone.at(zone.officer, date(2026, 11, 25)) as desk:
        policy = service.enter(desk, told(issued_on=ISSUED))
        service.write(desk, policy, written())
        enter(desk, "renewal-2024")
    with zone.at(zone.officer, date(2026, 11, 25)) as desk:
        found, _counts = worklist.tasks(desk, Asked(duty=Duty.WRITE_POLICY))
        duties = [(row.duty, row.number, row.due) for row in found.rows]
        assert duties == [(Duty.WRITE_POLICY, policy.number, BY)]
    zone.runs(BY)
    assert zone.told(policy) == []
    for day in (date(2026, 12, 2), date(2026, 12, 2), date(2026, 12, 25)):
        zone.runs(day)
    assert zone.told(policy) == sorted((BY, rung.value) for rung in Rung)
    assert zone.notices("policy.escalate")[0] == {"user": zone.officer.id}
    with zone.at(zone.officer, date(2026, 12, 25)) as desk:
        service.propose(desk, desk.get(Policy, policy.id))
    with zone.at(zone.second, date(2026, 12, 25)) as desk:
        service.adopt(desk, desk.get(Policy, policy.id))
        assert guides.late(desk) == []
    zone.runs(date(2026, 12, 25) + timedelta(days=30))
    assert len(zone.told(policy)) == len(Rung)
