"""Meetings are convened once on their day, on what is late that day; decisions become tasks; two people close them (F66)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from financing.access import SYSTEM, Actor, Role
from financing.acts import Act
from financing.cadence import service, views
from financing.cadence.model import Dispatch, DispatchDecision
from financing.cadence.rules import Ask, DispatchState, Matter
from financing.cadence_refusals import DispatchHasDecisions, NothingDecided
from financing.case_refusals import SamePerson
from financing.clocks.model import Clock
from financing.clocks.rules import Step
from financing.figures.spans import Span
from financing.figures.statistics import subject
from financing.guarantees.record import digest
from financing.helping import tasks
from financing.helping.request_model import HelpRequest
from financing.helping.rules import RequestState, Topic
from financing.helping.rules import Span as RequestSpan
from financing.helping.task_model import Task
from financing.letters.paper_model import IssuedPaper
from financing.letters.rules import LetterKind
from financing.needs.rules import NeedState
from financing.outbox import Outgoing
from financing.refusals import NotAllowed, OutOfRange, WrongState
from tests.financing.cadence import days
from tests.makers import a_firm, a_need, a_user, at, writing

OCTOBER = subject(Span.MONTH, date(2026, 10, 31))
#: Friday 30 October 2026, the last working day of the month, at ten in Beijing.
FRIDAY = datetime(2026, 10, 30, 2, tzinfo=UTC)
LAST = Dispatch.until == date(2026, 12, 31)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


@pytest.fixture
def zone(database):
    """A firm since the middle of October, whose need is five working days late on the 30th; three people of the office."""
    with writing(database) as session:
        firm = a_firm(session, registered_at=noon(date(2026, 10, 15)))
        officer, second = (a_user(session, Role.OFFICER) for _ in range(2))
        leader = a_user(session, Role.LEADER)
        need = a_need(session, firm, state=NeedState.SUBMITTED, officer_id=officer.id, officer_name=officer.name)
        session.add(
            Clock(need_id=need.id, firm_id=firm.id, step=Step.HANDLING, started_on=date(2026, 10, 16), days=5,
                  due_on=date(2026, 10, 23), provisional=False)
        )  # fmt: skip
        return {"officer": officer, "second": second, "leader": leader, "need": need.number, "firm": firm.id}


def convene(database, moment, about=OCTOBER) -> int:
    with at(database, SYSTEM, moment) as desk:
        return service.convene(desk, about)


def runs(database, moment) -> int:
    """What a daily run of that moment convenes."""
    with at(database, SYSTEM, moment, write=False) as desk:
        keys = service.due(desk)
    return sum(convene(database, moment, key) for key in keys)


def all_meetings(database) -> list[Dispatch]:
    with at(database, SYSTEM, write=False) as desk:
        return desk.all(Dispatch, by=Dispatch.number)


def test_a_meeting_is_due_on_the_last_working_day_and_no_day_earlier(database, zone):
    assert runs(database, FRIDAY - timedelta(days=1)) == 0
    assert runs(database, FRIDAY) == 1
    assert runs(database, FRIDAY) == runs(database, FRIDAY + timedelta(days=1)) == 0
    (one,) = all_meetings(database)
    assert (one.span, one.until, one.held_on, one.convened_on) == (
        Span.MONTH, date(2026, 10, 31), FRIDAY.date(), FRIDAY.date(),
    )  # fmt: skip
    assert not one.made_up and not one.provisional
    assert one.digest == digest(one.record)


def test_it_lists_what_is_late_with_owner_days_and_question(database, zone):
    convene(database, FRIDAY)
    (item,) = all_meetings(database)[0].record["items"]
    assert (item["matter"], item["number"], item["about"]) == (Matter.STEP, zone["need"], Step.HANDLING)
    assert (item["owner"], item["owner_id"]) == (zone["officer"].name, zone["officer"].id)
    assert (item["due"], item["late"], item["times"], item["ask"]) == ("2026-10-23", 5, 0, Ask.FINISH)


def test_what_is_paused_stopped_or_in_time_is_not_on_the_list(database, zone):
    with writing(database) as session:
        clock = session.scalar(select(Clock))
        clock.paused_on = date(2026, 10, 22)
    convene(database, FRIDAY)
    assert all_meetings(database)[0].record["items"] == []


def test_leaders_and_officers_are_told_once(database, zone):
    convene(database, FRIDAY)
    convene(database, FRIDAY)
    with writing(database) as session:
        told = [
            row.payload["to"]
            for row in session.scalars(select(Outgoing))
            if row.payload["code"] == Act.CONVENE_DISPATCH
        ]
    assert sorted(to["role"] for to in told) == ["leader", "officer"]


def test_a_decision_is_a_task_of_its_owner(database, zone):
    convene(database, FRIDAY)
    with at(database, zone["leader"].actor, FRIDAY) as desk:
        meeting = desk.find(Dispatch)
        service.decide(desk, meeting, item=1, said="三天内办结受理", owner=zone["second"], due_on=date(2026, 11, 4))
        service.decide(desk, meeting, item=0, said="下月起每周通报", owner=zone["officer"], due_on=date(2026, 11, 30))
    with at(database, zone["officer"].actor, FRIDAY, write=False) as desk:
        found = views.one(desk, desk.find(Dispatch))
        (first,), (other,) = found.entries[0].decided, found.general
        assert (first.task.title, first.task.owner_id, first.task.due_on) == (
            "三天内办结受理",
            zone["second"].id,
            date(2026, 11, 4),
        )
        assert (other.decision.said, found.decisions) == ("下月起每周通报", 2)
        assert {one.title for one in desk.all(Task)} == {"三天内办结受理", "下月起每周通报"}


def test_a_decision_needs_an_item_of_the_list_and_a_day_to_come(database, zone):
    convene(database, FRIDAY)
    for item, day, refusal in ((2, date(2026, 11, 4), NothingDecided), (1, date(2026, 10, 29), OutOfRange)):
        with pytest.raises(refusal), at(database, zone["officer"].actor, FRIDAY) as desk:
            service.decide(desk, desk.find(Dispatch), item=item, said="办结", owner=zone["second"], due_on=day)
    with at(database, SYSTEM, FRIDAY, write=False) as desk:
        assert desk.all(DispatchDecision) == desk.all(Task) == []


def minuted(database, zone, moment=FRIDAY):
    convene(database, moment)
    with at(database, zone["officer"].actor, moment) as desk:
        service.write_minutes(desk, desk.find(Dispatch), "主任主持，逐项过了一遍。")


def test_two_people_close_a_meeting_and_its_paper_says_all_of_it(database, zone):
    minuted(database, zone)
    with pytest.raises(SamePerson), at(database, zone["officer"].actor, FRIDAY) as desk:
        service.close(desk, desk.find(Dispatch))
    with at(database, zone["second"].actor, FRIDAY) as desk:
        service.send_back(desk, desk.find(Dispatch), "漏了一项决定")
    with at(database, zone["leader"].actor, FRIDAY) as desk:
        meeting = desk.find(Dispatch)
        assert (meeting.state, meeting.answer) == (DispatchState.CONVENED, "漏了一项决定")
        service.decide(desk, meeting, item=1, said="三天内办结受理", owner=zone["second"], due_on=date(2026, 11, 4))
        service.write_minutes(desk, meeting, "主任主持，逐项过了一遍，决定一项。")
    with at(database, zone["second"].actor, FRIDAY) as desk:
        service.close(desk, desk.find(Dispatch))
    with at(database, zone["leader"].actor, FRIDAY, write=False) as desk:
        meeting, paper = desk.find(Dispatch), desk.find(IssuedPaper)
        assert (meeting.state, paper.kind, paper.number) == (DispatchState.CLOSED, LetterKind.DISPATCH, meeting.number)
        assert [one["said"] for one in paper.record["decisions"]] == ["三天内办结受理"]
        assert (paper.record["writer"], paper.record["closer"]) == (zone["leader"].name, zone["second"].name)
        assert paper.record["items"] == meeting.record["items"]


def test_a_closed_meeting_decides_nothing_more(database, zone):
    minuted(database, zone)
    for close in (False, True):
        if close:
            with at(database, zone["leader"].actor, FRIDAY) as desk:
                service.close(desk, desk.find(Dispatch))
        with pytest.raises(WrongState), at(database, zone["leader"].actor, FRIDAY) as desk:
            service.decide(
                desk, desk.find(Dispatch), item=0, said="补一项", owner=zone["second"], due_on=date(2026, 11, 4)
            )


def test_auditors_look_and_decide_nothing(database, zone):
    convene(database, FRIDAY)
    auditor = Actor(9, Role.AUDITOR)
    with at(database, auditor, FRIDAY, write=False) as desk:
        assert views.one(desk, desk.find(Dispatch)).acts == ()
    with pytest.raises(NotAllowed), at(database, auditor, FRIDAY) as desk:
        service.write_minutes(desk, desk.find(Dispatch), "记录")


def test_the_next_meeting_begins_with_what_became_of_the_decisions(database, zone):
    convene(database, FRIDAY)
    with at(database, zone["leader"].actor, FRIDAY) as desk:
        meeting = desk.find(Dispatch)
        for said, day in (
            ("在期限内", date(2026, 11, 4)),
            ("逾期的", date(2026, 11, 9)),
            ("不做了", date(2026, 11, 9)),
        ):
            service.decide(desk, meeting, item=0, said=said, owner=zone["second"], due_on=day)
        for task in desk.all(Task):
            if task.title == "不做了":
                tasks.drop(desk, task, "企业已自行解决")
    with at(database, zone["second"].actor, noon(date(2026, 11, 3))) as desk:
        tasks.prove(desk, desk.find(Task, Task.title == "在期限内"), "已办结，见受理单")
    with at(database, zone["leader"].actor, noon(date(2026, 11, 5))) as desk:
        tasks.accept(desk, desk.find(Task, Task.title == "在期限内"))
    assert runs(database, noon(date(2026, 11, 30))) == 1
    former = {one["said"]: (one["state"], one["late"]) for one in all_meetings(database)[1].record["former"]}
    assert former == {"在期限内": ("done", 0), "逾期的": ("open", 15), "不做了": ("dropped", 0)}
    late = [one for one in all_meetings(database)[1].record["items"] if one["matter"] == Matter.TASK]
    assert [(one["about"], one["owner"], one["late"]) for one in late] == [("逾期的", zone["second"].name, 15)]
    runs(database, noon(date(2026, 12, 31)))
    for december in all_meetings(database)[2:]:
        assert [one["said"] for one in december.record["former"]] == ["逾期的"], "what was told to be over is told once"


def test_a_matter_that_comes_again_and_again_asks_for_a_leader(database, zone):
    asked = []
    for day in (FRIDAY.date(), date(2026, 11, 30), date(2026, 12, 31)):
        runs(database, noon(day))
        asked.append(next(one for one in all_meetings(database)[-1].record["items"] if one["matter"] == Matter.STEP))
    assert [(one["times"], one["ask"]) for one in asked] == [(0, Ask.FINISH), (1, Ask.FINISH), (2, Ask.LEADER)]


def test_quarter_half_and_year_look_at_the_figures_of_their_period(database, zone):
    runs(database, noon(date(2026, 12, 31)))
    found = {(one.span, one.until.month): one.record["figures"] for one in all_meetings(database)}
    assert found[Span.MONTH, 12] is None
    assert {found[span, 12]["since"] for span in (Span.QUARTER, Span.HALF, Span.YEAR)} == {
        "2026-10-01", "2026-07-01", "2026-01-01",
    }  # fmt: skip
    assert found[Span.YEAR, 12]["former"]["since"] == "2025-01-01"


def test_meetings_of_one_day_are_held_together(database, zone):
    runs(database, noon(date(2026, 12, 31)))
    with at(database, zone["officer"].actor, noon(date(2026, 12, 31))) as desk:
        by = {one.span: one for one in desk.all(Dispatch, Dispatch.until == date(2026, 12, 31))}
        service.join(desk, by[Span.MONTH], by[Span.YEAR])
        service.decide(desk, by[Span.YEAR], item=0, said="总账公布", owner=zone["second"], due_on=date(2027, 1, 8))
    for from_, to, refusal in (
        (Span.YEAR, Span.QUARTER, DispatchHasDecisions),
        (Span.HALF, Span.MONTH, NothingDecided),
    ):
        with pytest.raises(refusal), at(database, zone["officer"].actor, noon(date(2026, 12, 31))) as desk:
            service.join(desk, *(desk.find(Dispatch, Dispatch.span == one, LAST) for one in (from_, to)))
    with at(database, zone["officer"].actor, noon(date(2026, 12, 31)), write=False) as desk:
        found = views.one(desk, desk.find(Dispatch, Dispatch.span == Span.YEAR))
        assert [one.span for one in found.joined] == [Span.MONTH]


def test_after_downtime_a_meeting_says_that_it_tells_of_a_later_day(database, zone):
    late = noon(date(2026, 11, 5))
    assert runs(database, late) == 1
    (one,) = all_meetings(database)
    assert (one.held_on, one.convened_on, one.made_up) == (FRIDAY.date(), late.date(), True)
    assert one.record["items"][0]["late"] == 9


def test_a_day_of_a_year_that_is_not_announced_is_marked(sqlite_database):
    with writing(sqlite_database) as session:
        a_firm(session, registered_at=noon(date(2028, 3, 1)))
    runs(sqlite_database, noon(date(2028, 3, 31)))
    assert [one.provisional for one in all_meetings(sqlite_database)] == [True, True]


def test_the_calendar_shows_the_meetings_to_come(sqlite_database):
    with at(sqlite_database, Actor(1, Role.LEADER), FRIDAY, write=False) as desk:
        coming = {(one.span.value, one.until): one.day for one in views.coming(desk)}
    expected = days.meetings(date(2026, 10, 31), date(2027, 10, 31))
    assert {key: day for key, day in expected.items() if day > FRIDAY.date()} == coming


def test_the_database_keeps_one_meeting_for_a_period(database, zone):
    convene(database, FRIDAY)
    (one,) = all_meetings(database)
    again = {name: getattr(one, name) for name in (
        "span", "since", "until", "held_on", "provisional", "convened_on", "convened_at", "close_by", "record", "digest",
    )}  # fmt: skip
    with pytest.raises(IntegrityError), writing(database) as session:
        session.add(Dispatch(number="DH2026-9999", **again))


def test_a_request_whose_answer_is_late_stands_on_the_list_with_its_helper(database, zone):
    with writing(database) as session:
        session.add(
            HelpRequest(number="SQ2026-0009", firm_id=zone["firm"], topic=Topic.LABOUR, title="招工困难", says="缺普工三十人",
                        raised_at=FRIDAY - timedelta(days=20), raised_by=1, raiser="李芳", sign_by=FRIDAY - timedelta(days=19),
                        helper_id=zone["second"].id, helper=zone["second"].name, source_id=None, span=RequestSpan.USUAL,
                        signed_at=FRIDAY - timedelta(days=19), due_on=date(2026, 10, 20), first_due_on=date(2026, 10, 20),
                        state=RequestState.SIGNED)
        )  # fmt: skip
    convene(database, FRIDAY)
    found = {item["matter"]: item for item in all_meetings(database)[0].record["items"]}
    request = found[Matter.REQUEST]
    assert (request["number"], request["about"], request["owner"]) == ("SQ2026-0009", "招工困难", zone["second"].name)
    assert (request["late"], request["ask"]) == (8, Ask.ANSWER)
