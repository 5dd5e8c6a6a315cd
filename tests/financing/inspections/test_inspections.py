"""Booking, joining, approving, recording; what is refused and what the database holds by itself."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError, OperationalError

from financing.inspection_refusals import (
    ClosedDay,
    DayTaken,
    InspectedThisYear,
    JoinedAlready,
    NotYetThere,
    PurposeOwed,
    QuietDay,
    WrongTopic,
)
from financing.inspections import service, views, words
from financing.inspections.model import Inspection, InspectionParty, UnannouncedWord
from financing.inspections.rules import Authority, Found, Grievance, Kind, Topic, Urgent
from financing.outbox import Outgoing
from financing.refusals import NotAllowed, NotFound, OutOfRange, Refusal, WrongState
from tests.financing.inspections.conftest import MONDAY, TUESDAY, moment
from tests.makers import NOW, TODAY, at, writing


def notices(office, act):
    with writing(office.database) as session:
        rows = session.scalars(select(Outgoing).where(Outgoing.kind == "notice")).all()
        return [row.payload["to"] for row in rows if row.payload["code"] == act]


def seen(office, firm, key):
    with at(office.database, office.firms[firm], NOW, write=False) as desk:
        return desk.find(Inspection, Inspection.id == key) is not None


@pytest.mark.parametrize(
    ("facts", "refusal", "free"),
    [
        ({"day": date(2026, 11, 24)}, QuietDay, date(2026, 11, 26)),
        ({"day": date(2026, 11, 28)}, ClosedDay, date(2026, 11, 30)),  # a Saturday
        ({"day": date(2026, 12, 1)}, QuietDay, date(2026, 12, 28)),  # the 26th and 27th are a weekend
    ],
)
def test_quiet_and_closed_days_are_refused_with_the_next_that_is_free(office, facts, refusal, free):
    with pytest.raises(refusal) as said:
        office.books(**facts)
    assert said.value.facts["free"] == free


def test_a_clash_is_refused_or_joined(office):
    first = office.books()
    with pytest.raises(DayTaken) as said:
        office.books(topic=Topic.FIRE_SAFETY, authority=Authority.FIRE)
    assert (said.value.facts["number"], said.value.facts["free"]) == (office.row(first).number, date(2026, 12, 28))
    office.does(office.officer, service.join, first, Authority.FIRE, Topic.FIRE_SAFETY, "消防法第五十三条")
    with pytest.raises(JoinedAlready):
        office.does(office.officer, service.join, first, Authority.FIRE, Topic.FIRE_SAFETY, "消防法第五十三条")
    with at(office.database, office.officer, write=False) as desk:
        (entry,) = views.month(desk, date(2026, 11, 1), lambda *_: []).entries
    assert (entry.joint, entry.authorities) == (True, (Authority.EMERGENCY, Authority.FIRE))
    with pytest.raises(InspectedThisYear):  # who joined has had its turn too
        office.books(topic=Topic.FIRE_SAFETY, authority=Authority.FIRE, day=TUESDAY)
    office.books(firm=1, topic=Topic.FIRE_SAFETY)  # another firm is another matter


def test_one_topic_once_a_year_whoever_comes_and_again_next_year(office):
    first = office.books()
    with pytest.raises(InspectedThisYear) as said:
        office.books(authority=Authority.MARKET, day=TUESDAY)
    assert said.value.facts["number"] == office.row(first).number
    office.books(authority=Authority.MARKET, day=date(2027, 1, 27))
    office.does(office.officer, service.cancel, first, "人员调整")
    office.books(authority=Authority.MARKET, day=TUESDAY)  # what was cancelled holds nothing


def test_what_is_urgent_passes_with_a_reason_and_a_leader(office):
    office.books()
    with pytest.raises(PurposeOwed):
        office.books(urgent=Urgent.DANGER)
    urgent = office.books(day=TODAY, urgent=Urgent.DANGER, why="储罐泄漏")
    assert office.row(urgent).state == "asked"
    with pytest.raises(NotAllowed):
        office.does(office.officer, service.approve, urgent)
    assert not seen(office, 0, urgent)
    office.does(office.leader, service.approve, urgent)
    assert seen(office, 0, urgent)
    later = office.books(day=MONDAY, urgent=Urgent.COMPLAINT, why="举报粉尘")
    office.does(office.leader, service.approve, later)
    assert not seen(office, 0, later)  # nobody is warned of what is urgent
    assert all(to != {"firm": office.firms[0].firm_id} for to in notices(office, "inspection.approve"))


def test_a_visit_waits_for_a_leader_and_the_firm_hears_of_it_then(office):
    with pytest.raises(WrongTopic):
        office.books(kind=Kind.VISIT)
    with pytest.raises(WrongTopic):
        office.books(topic=Topic.TOUR)
    visit = office.books(kind=Kind.VISIT, topic=Topic.TOUR, basis="党群部批准", why="外地考察团参观生产线")
    assert not seen(office, 0, visit)
    office.does(office.leader, service.refuse, visit, "影响生产")
    again = office.books(kind=Kind.VISIT, topic=Topic.CARE, basis="年度走访计划", why="了解用工")
    office.does(office.leader, service.approve, again)
    assert seen(office, 0, again)
    assert {"firm": office.firms[0].firm_id} in notices(office, "inspection.book")


def test_a_result_is_recorded_once_and_shared_with_the_firm(office):
    key = office.books()
    with pytest.raises(NotYetThere):
        office.does(office.officer, service.record, key, Found.FINE, "正常")
    for by in (None, MONDAY - timedelta(days=1)):
        with pytest.raises(OutOfRange):
            office.does(office.officer, service.record, key, Found.FAULT, "无台账", by, now=moment(MONDAY))
    office.records(key, found=Found.FAULT)
    with pytest.raises(WrongState):
        office.records(key)
    with at(office.database, office.firms[0], moment(MONDAY), write=False) as desk:
        found = views.one(desk, desk.get(Inspection, key))
    assert (found.matter.found, found.matter.report, found.matter.mend_by, found.acts) == (
        Found.FAULT,
        "现场正常",
        MONDAY,
        (),
    )
    assert notices(office, "inspection.record") == [{"firm": office.firms[0].firm_id}]


def test_a_firm_sees_its_own_alone(office):
    key = office.books()
    assert [seen(office, firm, key) for firm in range(2)] == [True, False]
    with at(office.database, office.firms[0]) as desk, pytest.raises(NotAllowed):
        service.cancel(desk, desk.get(Inspection, key), "不方便")


def test_a_firm_says_who_came_unannounced_and_is_answered_once(office):
    key = office.books()
    with at(office.database, office.firms[0]) as desk:
        word = words.say(desk, Grievance.UNANNOUNCED, Authority.MARKET, TODAY, "两人上门查台账，没有出示文书", key).id
    with at(office.database, office.firms[1]) as desk, pytest.raises(NotFound):
        words.say(desk, Grievance.UNANNOUNCED, Authority.MARKET, TODAY, "同上", key)
    with at(office.database, office.firms[1]) as desk, pytest.raises(OutOfRange):
        words.say(desk, Grievance.UNLISTED, Authority.MARKET, TODAY + timedelta(days=1), "收检测费")
    with at(office.database, office.leader) as desk:
        words.answer(desk, desk.get(UnannouncedWord, word), "已责令该队补齐手续")
    with at(office.database, office.leader) as desk, pytest.raises(WrongState):
        words.answer(desk, desk.get(UnannouncedWord, word), "又一次")
    with at(office.database, office.firms[1], write=False) as desk:
        assert views.unannounced(desk) == ()


def test_figures_by_authority(office):
    first = office.books()
    office.does(office.officer, service.join, first, Authority.FIRE, Topic.FIRE_SAFETY, "消防法第五十三条")
    office.records(first, found=Found.FAULT)
    second = office.books(firm=1)
    office.records(second)
    office.books(firm=2)  # booked and not done: not counted
    with at(office.database, office.firms[2]) as desk:
        words.say(desk, Grievance.REPEATED, Authority.TAX, TODAY, "一月内第二次")
    with at(office.database, office.leader, write=False) as desk:
        rows = {row.authority: row for row in views.figures(desk, TODAY.year)}
    told = [
        (row.inspections, row.visits, row.joint, row.urgent, row.faults, row.firms, row.unannounced)
        for row in rows.values()
    ]
    assert list(rows) == [Authority.EMERGENCY, Authority.FIRE, Authority.TAX]
    assert told == [(2, 0, 1, 0, 1, 2, 0), (1, 0, 1, 0, 1, 1, 0), (0, 0, 0, 0, 0, 0, 1)]


@pytest.mark.parametrize(
    "change",
    [
        update(Inspection).values(day=TUESDAY),
        update(Inspection).values(found=Found.FINE),
        update(Inspection).values(kind=Kind.VISIT),  # booked without a leader
        update(InspectionParty).values(topic=Topic.TAX),
        update(InspectionParty).values(basis="另一部法"),
    ],
)
def test_the_database_holds_what_was_booked(office, change):
    office.books()
    with pytest.raises(IntegrityError), writing(office.database) as session:
        session.execute(change)


def test_of_many_at_once_one_gets_the_day(office):
    gate = Barrier(5)
    topics = (Topic.WORK_SAFETY, Topic.FIRE_SAFETY, Topic.TAX, Topic.LAND, Topic.QUALITY)

    def tries(topic):
        gate.wait()
        for _ in range(20):
            try:
                return office.books(topic=topic)
            except OperationalError:
                continue
            except (Refusal, IntegrityError):
                return None
        return None

    with ThreadPoolExecutor(5) as pool:
        got = [one for one in pool.map(tries, topics) if one]
    assert len(got) == 1
