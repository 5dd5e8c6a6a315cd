"""Policies: two people put one in force, a clause gives way to another from a day on, what is over vanishes from matching."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from financing.access import Actor, Role
from financing.case_refusals import SamePerson
from financing.db import Database
from financing.parties.model import Firm
from financing.policies import alerts, service, views
from financing.policies.examples import enter, examples
from financing.policies.model import Policy, PolicyClause
from financing.policies.rules import ClauseState, PolicyState
from financing.policy_refusals import ClauseFixed, ClauseMisstated, NoClauses
from financing.refusals import NotAllowed, OutOfRange, WrongState
from tests.financing.policies.conftest import OFFICER, PLATFORM, SECOND, SHARE, Zone, put_in_force, told, written
from tests.makers import NOW, TODAY, at, writing


def test_nobody_puts_in_force_what_they_put_forward(database: Database) -> None:
    with at(database, OFFICER) as desk:
        policy = service.enter(desk, told())
        with pytest.raises(NoClauses):
            service.propose(desk, policy)
        service.write(desk, policy, written())
        service.propose(desk, policy)
        key = policy.id
    with at(database, OFFICER) as desk, pytest.raises(SamePerson):
        service.adopt(desk, desk.get(Policy, key))
    with at(database, SECOND) as desk:
        service.turn_down(desk, desk.get(Policy, key), "金额上限写错了")
    with at(database, OFFICER) as desk:
        policy = desk.get(Policy, key)
        assert (policy.state, policy.answer) == (PolicyState.DRAFT, "金额上限写错了")
        service.edit(desk, policy, told(title="园区研发补助办法（修订）"))
        service.propose(desk, policy)
    with at(database, SECOND) as desk:
        service.adopt(desk, desk.get(Policy, key))
        [clause] = desk.all(PolicyClause)
        assert (clause.state, clause.decided_by, clause.proposed_by) == (ClauseState.IN_FORCE, SECOND.id, OFFICER.id)
        with pytest.raises(WrongState):
            service.edit(desk, desk.get(Policy, key), told())


def test_only_officers_enter_policies(database: Database) -> None:
    with at(database, Actor(3, Role.LEADER)) as desk, pytest.raises(NotAllowed):
        service.enter(desk, told())
    with at(database, OFFICER) as desk, pytest.raises(OutOfRange):
        service.enter(desk, told(until=date(2026, 1, 31)))


def test_what_cannot_be_counted_with_is_refused(database: Database) -> None:
    with at(database, OFFICER) as desk:
        policy = service.enter(desk, told())
        with pytest.raises(ClauseMisstated) as caught:
            service.write(desk, policy, written(conditions=[{"fact": "shoes", "is": "equals", "value": 1}]))
        assert caught.value.code == "clause_no_such_fact"
        with pytest.raises(ClauseMisstated) as caught:
            service.write(desk, policy, written(amount=SHARE | {"ppm": 0}))
        assert caught.value.code == "clause_misstated"


def test_a_clause_in_force_gives_way_from_a_day_on(zone: Zone) -> None:
    later = TODAY + timedelta(days=10)
    with at(zone.database, OFFICER) as desk:
        policy = desk.get(Policy, zone.policy_id)
        with pytest.raises(ClauseFixed):
            service.write(desk, policy, written(since=TODAY), place=1)
        clause = service.write(desk, policy, written(amount=SHARE | {"ppm": 200_000}, since=later), place=1)
        assert (clause.place, clause.edition, clause.state) == (1, 2, ClauseState.DRAFT)
        service.propose_clause(desk, clause)
        key = clause.id
    with at(zone.database, OFFICER) as desk, pytest.raises(SamePerson):
        service.adopt_clause(desk, desk.get(PolicyClause, key))
    with at(zone.database, SECOND) as desk:
        service.adopt_clause(desk, desk.get(PolicyClause, key))
        before = desk.get(PolicyClause, zone.clause_id)
        assert (before.state, before.until) == (ClauseState.REPLACED, later - timedelta(days=1))
        assert [one.id for one in alerts.in_force(desk)] == [zone.clause_id]
    with at(zone.database, SECOND, NOW + timedelta(days=10)) as desk:
        assert [one.id for one in alerts.in_force(desk)] == [key]


def test_a_clause_may_be_turned_down_and_written_anew(zone: Zone) -> None:
    later = TODAY + timedelta(days=10)
    with at(zone.database, OFFICER) as desk:
        policy = desk.get(Policy, zone.policy_id)
        clause = service.write(desk, policy, written(since=later), place=1)
        service.propose_clause(desk, clause)
        with pytest.raises(WrongState):
            service.write(desk, policy, written(since=later), place=1)
        key = clause.id
    with at(zone.database, SECOND) as desk:
        service.turn_down_clause(desk, desk.get(PolicyClause, key), "再核对")
    with at(zone.database, OFFICER) as desk:
        same = service.write(
            desk, desk.get(Policy, zone.policy_id), written(title="研发费用补助15%", since=later), place=1
        )
        assert (same.id, same.title) == (key, "研发费用补助15%")
    with at(zone.database, OFFICER, NOW + timedelta(days=11)) as desk, pytest.raises(ClauseFixed):
        service.propose_clause(desk, desk.get(PolicyClause, key))


def test_what_is_over_vanishes_and_is_marked_once(zone: Zone) -> None:
    after = NOW + timedelta(days=70)
    with at(zone.database, PLATFORM) as desk:
        assert service.expired(desk) == []
    with at(zone.database, PLATFORM, after) as desk:
        assert alerts.in_force(desk) == []  # already before the daily run
        assert service.expired(desk) == [zone.policy_id]
        assert service.expire(desk, zone.policy_id) == 1
    with at(zone.database, PLATFORM, after) as desk:
        assert service.expire(desk, zone.policy_id) == 0
        assert desk.get(Policy, zone.policy_id).ended_on == date(2027, 1, 31)


def test_a_repealed_policy_matches_nobody(zone: Zone) -> None:
    with at(zone.database, OFFICER) as desk:
        service.repeal(desk, desk.get(Policy, zone.policy_id), "省里另有规定")
        assert alerts.in_force(desk) == []
    with at(zone.database, zone.signatory) as desk:
        assert views.mine(desk, desk.get(Firm, zone.firm_id)).lines == []


@pytest.mark.parametrize("change", [
    "UPDATE policy_clause SET terms = '{}'",
    "UPDATE policy_clause SET title = 'x'",
    "UPDATE policy_clause SET state = 'draft'",
    "UPDATE policy SET until = NULL",
    "DELETE FROM policy",
    "DELETE FROM policy_clause",
])  # fmt: skip
def test_the_database_keeps_what_is_in_force(zone: Zone, change: str) -> None:
    with pytest.raises(DBAPIError), writing(zone.database) as session:
        session.execute(text(change))


def test_every_example_can_be_taken_over_and_put_in_force(database: Database) -> None:
    with at(database, OFFICER) as desk:
        keys = []
        for key in examples():
            policy = enter(desk, key)
            service.propose(desk, policy)
            keys.append(policy.id)
    with at(database, SECOND) as desk:
        for key in keys:
            service.adopt(desk, desk.get(Policy, key))
        assert len(alerts.in_force(desk)) == sum(
            one.state is ClauseState.IN_FORCE and one.clause.in_force(TODAY) for one in desk.all(PolicyClause)
        )
        assert all(one.example for one in desk.all(Policy))


def test_visitors_read_what_is_in_force_and_no_draft(zone: Zone) -> None:
    with at(zone.database, OFFICER) as desk:
        service.write(desk, service.enter(desk, told(title="草稿")), written())
    with at(zone.database, Actor(0, Role.VISITOR), write=False) as desk:
        assert [one.id for one in desk.all(Policy)] == [zone.policy_id]
        assert [one.id for one in desk.all(PolicyClause)] == [zone.clause_id]


def test_two_policies_have_numbers_of_their_own(database: Database) -> None:
    first, second = put_in_force(database)[0], put_in_force(database)[0]
    with at(database, OFFICER) as desk:
        assert {desk.get(Policy, key).number for key in (first, second)} == {"HQ2026-0001", "HQ2026-0002"}
