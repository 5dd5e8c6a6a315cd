"""Tasks: set with owner and day, shown and accepted by two people, late ones told rung by rung, once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from financing.acts import Act
from financing.helping import ladder, task_views, tasks
from financing.helping.task_model import Task
from financing.helping.task_rules import TaskSource, TaskState
from financing.helping.task_views import Which
from financing.helping_refusals import NotInService
from financing.refusals import NotAllowed, OutOfRange, WrongState
from tests.makers import TODAY

FRIDAY = date(2026, 11, 27)


def given(zone, **more) -> Task:
    facts = {"title": "协调供电增容", "owner": zone.officer, "due_on": FRIDAY, "firm_id": zone.firm.id, **more}
    with zone.at(zone.leader) as desk:
        return tasks.set_task(desk, source=TaskSource.DISPATCH, source_id=11, **facts)


def test_a_task_has_a_number_an_owner_and_a_day_and_both_sides_hear_of_it(zone):
    one = given(zone)
    assert (one.number, one.owner, one.due_on, one.state) == ("RW2026-0001", "周经办", FRIDAY, TaskState.OPEN)
    assert {str(to) for to in zone.notices("task.set")} == {
        f"{{'user': {zone.officer.id}}}",
        f"{{'firm': {zone.firm.id}}}",
    }
    assert given(zone, firm_id=None).number == "RW2026-0002"
    assert len(zone.notices("task.set")) == 3


def test_nothing_is_given_for_a_day_that_is_over_or_to_somebody_who_is_not_there(zone):
    with pytest.raises(OutOfRange):
        given(zone, due_on=TODAY - timedelta(days=1))
    with pytest.raises(NotInService):
        given(zone, owner=zone.signatory)
    assert given(zone, due_on=TODAY).due_on == TODAY


def test_its_owner_shows_it_and_somebody_else_accepts(zone):
    one = given(zone)
    with pytest.raises(NotAllowed), zone.at(zone.second) as desk:
        tasks.prove(desk, desk.get(Task, one.id), "已办")
    with zone.at(zone.officer) as desk:
        tasks.prove(desk, desk.get(Task, one.id), "供电公司已批复增容方案")
    with pytest.raises(NotAllowed), zone.at(zone.officer) as desk:
        tasks.accept(desk, desk.get(Task, one.id))
    with zone.at(zone.leader) as desk:
        tasks.send_back(desk, desk.get(Task, one.id), "请附批复日期")
    assert zone.task(one).state is TaskState.OPEN
    with pytest.raises(WrongState), zone.at(zone.leader) as desk:
        tasks.accept(desk, desk.get(Task, one.id))
    with zone.at(zone.officer) as desk:
        tasks.prove(desk, desk.get(Task, one.id), "11 月 25 日批复")
    with zone.at(zone.second) as desk:
        tasks.accept(desk, desk.get(Task, one.id))
    done = zone.task(one)
    assert (done.state, done.done_by, done.proof) == (TaskState.DONE, zone.second.id, "11 月 25 日批复")
    with zone.at(zone.signatory) as desk:  # the firm sees what was done for it
        assert [row.task.id for row in task_views.tasks(desk, Which.OVER).rows] == [one.id]


def test_a_task_is_dropped_with_a_reason(zone):
    one = given(zone)
    with zone.at(zone.leader) as desk:
        tasks.drop(desk, desk.get(Task, one.id), "企业已搬迁")
    assert (zone.task(one).state, zone.task(one).answer) == (TaskState.DROPPED, "企业已搬迁")
    assert {"firm": zone.firm.id} in zone.notices("task.drop")


#: Working days after a Friday: Monday 1, Wednesday 3, Friday 5, the Friday after 10.
CLIMB = {
    date(2026, 11, 27): 0,
    date(2026, 11, 28): 1,
    date(2026, 11, 30): 1,
    date(2026, 12, 2): 2,
    date(2026, 12, 4): 3,
    date(2026, 12, 11): 4,
    date(2026, 12, 31): 4,
}


def test_a_late_task_climbs_the_ladder_by_its_days_each_rung_once(zone):
    one = given(zone)
    for day, rungs in CLIMB.items():
        zone.runs(day)
        zone.runs(day)
        assert len(zone.told(one)) == rungs, day
    told = zone.notices("task.escalate")
    assert (told[0], len(told), {"role": "leader"} in told) == ({"user": zone.officer.id}, 4, True)
    with zone.at(zone.signatory, date(2026, 12, 31)) as desk:
        assert [one.rung.value for one in ladder.told(desk, one.id)] == ["helper", "section", "director", "leader"]


def test_after_a_downtime_every_rung_is_told_and_none_of_a_task_that_is_shown(zone):
    late, shown = given(zone), given(zone)
    with zone.at(zone.officer) as desk:
        tasks.prove(desk, desk.get(Task, shown.id), "已办")
    zone.runs(date(2026, 12, 31))
    assert (len(zone.told(late)), len(zone.told(shown))) == (4, 0)


def test_lists_show_each_task_where_it_belongs(zone):
    mine, others = given(zone), given(zone, owner=zone.second, due_on=TODAY)
    with zone.at(zone.officer, TODAY + timedelta(days=1)) as desk:
        found = {which: [row.task.id for row in task_views.tasks(desk, which).rows] for which in Which}
    assert found == {Which.MINE: [mine.id], Which.OPEN: [others.id, mine.id], Which.LATE: [others.id], Which.OVER: []}
    assert Act.PROVE_TASK.value == "task.prove"
