"""An issue is drafted once, edited, published by two, and goes to each reader once by each way they chose (F70, F117)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from financing.access import SYSTEM, VISITOR, Actor, Role
from financing.bulletins import delivering, service, subscriptions, views
from financing.bulletins.model import Bulletin, BulletinDelivery, Subscription
from financing.bulletins.rules import MOST_SECTIONS, OPEN, Section, Topic
from financing.cadence_refusals import BulletinEmpty, BulletinFull, FirmNamed, NoSuchSection, SendTooEarly
from financing.case_refusals import SamePerson
from financing.figures.model import PublicFigure
from financing.figures.rules import Volume
from financing.figures.spans import Span
from financing.figures.statistics import subject
from financing.forums.model import ForumSession
from financing.money import Fen
from financing.notices.model import NoticeAddress, Parcel
from financing.notices.rules import Fate, Medium, Parceled
from financing.parties import permits
from financing.parties.model import Firm
from financing.parties.permit_model import Permit
from financing.parties.permit_rules import Item
from financing.refusals import NotAllowed, WrongState
from tests.makers import NOW, a_firm, a_permit, a_user, at, writing
from web.jobs import work_off

OCTOBER = subject(Span.MONTH, date(2026, 10, 31))
NEWS = Section(Topic.NEWS, "园区动态", "二期厂房交付。")
POLICY = Section(Topic.POLICY, "惠企政策", "设备补贴开始申报。\n月底截止。")


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def an_address(session, user, medium=Medium.EMAIL, **facts):
    robot = {"robot": "wecom"} if medium is Medium.CHAT else {"robot": None}
    address = NoticeAddress(**{
        "user_id": user.id, "medium": medium, **robot, "target": "owner@example.com", "secret": "", "asked_at": NOW,
        "confirmed_at": NOW, **facts,
    })  # fmt: skip
    session.add(address)
    session.flush()


@pytest.fixture
def zone(database):
    """Two people of the office, a leader, and a firm's head with a confirmed address by mail and one by chat."""
    with writing(database) as session:
        firm = a_firm(session, registered_at=noon(date(2026, 9, 15)))
        officer, second = (a_user(session, Role.OFFICER) for _ in range(2))
        leader, head = a_user(session, Role.LEADER), a_user(session, Role.SIGNATORY, firm_id=firm.id)
        for medium in Medium:
            an_address(session, head, medium)
        return {"officer": officer, "second": second, "leader": leader, "head": head}


def takes(database, user, topics=tuple(Topic), media=tuple(Medium)):
    with at(database, user.actor) as desk:
        return subscriptions.choose(desk, topics, media).id


def an_issue(database, zone, *sections, now=NOW):
    with at(database, zone["officer"].actor, now) as desk:
        made = service.begin(desk, "停水通知")
        for place, section in enumerate(sections, 1):
            service.write(desk, made, place, section)
        return made.id


def published(database, zone, *sections, wanted=None, now=NOW):
    key = an_issue(database, zone, *sections, now=now)
    with at(database, zone["officer"].actor, now) as desk:
        service.propose(desk, desk.get(Bulletin, key), wanted)
    with at(database, zone["leader"].actor, now) as desk:
        service.publish(desk, desk.get(Bulletin, key))
    return key


def test_a_firm_is_named_only_while_it_agrees_to_that(database, zone):
    with writing(database) as session:
        firm = session.get_one(Firm, zone["head"].firm_id)
        takes_it = a_permit(session, a_firm(session, name=f"{firm.name}分厂"), Item.PUBLICITY)
    named = Section(Topic.POLICY, f"{firm.name}获评", f"{firm.name}与{firm.name}分厂获评。")
    key = an_issue(database, zone, named)
    with pytest.raises(FirmNamed) as refused, at(database, zone["officer"].actor) as desk:
        service.propose(desk, desk.get(Bulletin, key), None)
    assert refused.value.facts["name"] == firm.name
    with writing(database) as session:
        given = a_permit(session, firm, Item.PUBLICITY)
    with at(database, zone["officer"].actor) as desk:
        titled = service.begin(desk, f"祝贺{firm.name}")
        service.write(desk, titled, 1, NEWS)
        with pytest.raises(FirmNamed):
            service.propose(desk, titled, None)
        service.propose(desk, desk.get(Bulletin, key), None)
    with at(database, zone["leader"].actor) as desk:
        service.publish(desk, desk.get(Bulletin, key))
    with at(database, VISITOR) as desk:
        assert views.one(desk, desk.get(Bulletin, key)).sections == (named,)
    with at(database, zone["head"].actor) as desk:
        permits.withdraw(desk, desk.get(Permit, given.id))
    with at(database, VISITOR) as desk:
        (shown,) = views.one(desk, desk.get(Bulletin, key)).sections
        assert shown.heading == "某企业获评" and firm.name not in shown.text.replace(f"{firm.name}分厂", "")
        assert f"{firm.name}分厂" in shown.text, "the other one still agrees"
    assert takes_it.ended_at is None


def drafts(database, moment) -> int:
    with at(database, SYSTEM, moment, write=False) as desk:
        keys = service.due(desk)
    done = 0
    for key in keys:
        with at(database, SYSTEM, moment) as desk:
            done += service.draft(desk, key)
    return done


def everything(database, kind):
    with at(database, SYSTEM, write=False) as desk:
        return desk.all(kind)


def test_an_issue_is_drafted_two_working_days_after_the_month_and_once(database, zone):
    assert drafts(database, noon(date(2026, 10, 1))) == 0
    assert drafts(database, noon(date(2026, 11, 2))) == 1, "September, for October began with a week off"
    assert drafts(database, noon(date(2026, 11, 3))) == 1
    assert drafts(database, noon(date(2026, 11, 4))) == 0
    with at(database, SYSTEM, noon(date(2026, 11, 4))) as desk:
        assert service.draft(desk, OCTOBER) == 0
    assert {one.title for one in everything(database, Bulletin)} == {
        "2026 年 9 月企业手机报",
        "2026 年 10 月企业手机报",
    }


def test_a_draft_tells_published_figures_alone_and_the_sessions_to_come(database, zone):
    with writing(database) as session:
        session.add(PublicFigure(volume=Volume.NEEDS, since=date(2026, 9, 1), until=date(2026, 10, 31), count=7, firms=6,
                                 amount=Fen.wan(840), at=NOW))  # fmt: skip
        session.add(ForumSession(number="DJ2026-0009", title="第九期银企对接会", day=date(2026, 11, 20), place="一楼会议室",
                                 starts="09:00", rounds=4, minutes=10))  # fmt: skip
    drafts(database, noon(date(2026, 11, 3)))
    one = next(one for one in everything(database, Bulletin) if one.until == date(2026, 10, 31))
    told = {section.source: section for section in one.told}
    assert set(told) == {"figures", "sessions", "deadlines"}
    assert "· 收到融资需求 7 笔（2026-09-01 至 2026-10-31）" in told["figures"].text
    assert "第九期银企对接会" in told["sessions"].text and "一楼会议室" in told["sessions"].text


def test_a_month_that_was_held_back_is_not_told(database, zone):
    drafts(database, noon(date(2026, 11, 3)))
    assert all("figures" not in {section.source for section in one.told} for one in everything(database, Bulletin))


def test_sections_are_written_changed_and_taken_away(database, zone):
    key = an_issue(database, zone, NEWS, POLICY)
    with at(database, zone["second"].actor) as desk:
        one = desk.get(Bulletin, key)
        service.write(desk, one, 1, Section(Topic.NEWS, "更正", "二期厂房 12 月交付。"))
        service.write(desk, one, 2, None)
    (section,) = everything(database, Bulletin)[0].told
    assert (section.heading, section.text) == ("更正", "二期厂房 12 月交付。")
    for place, given in ((3, NEWS), (0, NEWS), (2, None)):
        with pytest.raises(NoSuchSection), at(database, zone["second"].actor) as desk:
            service.write(desk, desk.get(Bulletin, key), place, given)
    with at(database, zone["second"].actor) as desk:
        for place in range(2, MOST_SECTIONS + 1):
            service.write(desk, desk.get(Bulletin, key), place, NEWS)
    with pytest.raises(BulletinFull), at(database, zone["second"].actor) as desk:
        service.write(desk, desk.get(Bulletin, key), MOST_SECTIONS + 1, NEWS)


def test_two_people_publish_and_nothing_changes_after_it_was_put_forward(database, zone):
    empty = an_issue(database, zone)
    with pytest.raises(BulletinEmpty), at(database, zone["officer"].actor) as desk:
        service.propose(desk, desk.get(Bulletin, empty), None)
    key = an_issue(database, zone, NEWS)
    with pytest.raises(SendTooEarly), at(database, zone["officer"].actor) as desk:
        service.propose(desk, desk.get(Bulletin, key), NOW)
    with at(database, zone["officer"].actor) as desk:
        service.propose(desk, desk.get(Bulletin, key), None)
    with pytest.raises(SamePerson), at(database, zone["officer"].actor) as desk:
        service.publish(desk, desk.get(Bulletin, key))
    with pytest.raises(WrongState), at(database, zone["officer"].actor) as desk:
        service.write(desk, desk.get(Bulletin, key), 1, POLICY)
    with pytest.raises(IntegrityError, match="wall"), writing(database) as session:
        session.get_one(Bulletin, key).title = "另一个标题"
    with at(database, zone["second"].actor) as desk:
        service.send_back(desk, desk.get(Bulletin, key), "漏了日期")
    with at(database, zone["officer"].actor) as desk:
        service.write(desk, desk.get(Bulletin, key), 2, POLICY)
        service.propose(desk, desk.get(Bulletin, key), None)
    with pytest.raises(NotAllowed), at(database, Actor(9, Role.AUDITOR)) as desk:
        service.publish(desk, desk.get(Bulletin, key))
    with at(database, zone["leader"].actor) as desk:
        service.publish(desk, desk.get(Bulletin, key))
    with pytest.raises(IntegrityError, match="wall"), writing(database) as session:
        session.get_one(Bulletin, key).sections = []


def test_a_visitor_reads_what_is_for_everybody_once_it_is_out(database, zone):
    later = NOW + timedelta(hours=5)
    key = published(database, zone, POLICY, NEWS, wanted=later)
    with at(database, VISITOR, NOW, write=False) as desk:
        assert views.archive(desk, 1).rows == () and desk.find(Bulletin) is None
    with at(database, VISITOR, later, write=False) as desk:
        found = views.one(desk, desk.get(Bulletin, key))
        assert ([one.topic for one in found.sections], found.hidden) == ([Topic.POLICY], 1)
    with at(database, zone["head"].actor, later, write=False) as desk:
        assert views.one(desk, desk.get(Bulletin, key)).hidden == 0


def test_an_issue_goes_to_each_reader_once_by_each_way_they_chose(database, zone):
    with writing(database) as session:
        others = [a_user(session, Role.SIGNATORY, firm_id=a_firm(session).id) for _ in range(3)]
        for user in others:
            an_address(session, user)
    takes(database, zone["head"])
    takes(database, others[0], [Topic.NEWS], [Medium.EMAIL])
    takes(database, others[1], [Topic.FUND], [Medium.EMAIL])
    takes(database, others[2], [Topic.NEWS], [Medium.CHAT])
    key = published(database, zone, NEWS)
    for _ in range(2):
        work_off(database, NOW)
        with at(database, SYSTEM) as desk:
            delivering.pack(desk, "again", {"bulletin": key})
    sent = sorted((one.user_id, one.medium) for one in everything(database, BulletinDelivery))
    assert sent == sorted(
        [(zone["head"].id, Medium.EMAIL), (zone["head"].id, Medium.CHAT), (others[0].id, Medium.EMAIL)]
    )
    assert [one.kind for one in everything(database, Parcel)] == [Parceled.BULLETIN] * 3


def test_a_scheduled_issue_waits_for_its_hour(database, zone):
    takes(database, zone["head"], media=[Medium.EMAIL])
    published(database, zone, NEWS, wanted=NOW + timedelta(days=2))
    for moment, sent in ((NOW + timedelta(days=1), 0), (NOW + timedelta(days=2), 1), (NOW + timedelta(days=9), 1)):
        work_off(database, moment)
        assert len(everything(database, BulletinDelivery)) == sent


def test_a_message_says_what_its_reader_chose_and_no_more(database, zone):
    takes(database, zone["head"], [Topic.POLICY], [Medium.EMAIL])
    key = published(database, zone, POLICY, NEWS)
    work_off(database, NOW)
    (parcel,) = everything(database, Parcel)
    with at(database, SYSTEM) as desk:
        issue = delivering.issue_of(desk, parcel.id)
        assert (issue.bulletin_id, [one.topic for one in issue.sections]) == (key, [Topic.POLICY])


def test_whoever_stopped_meanwhile_gets_nothing_and_stopping_twice_is_stopping_once(database, zone):
    own = takes(database, zone["head"], media=[Medium.EMAIL])
    published(database, zone, NEWS)
    work_off(database, NOW)
    for _ in range(2):
        with at(database, SYSTEM) as desk:
            subscriptions.stop(desk, desk.get(Subscription, own))
    (parcel,) = everything(database, Parcel)
    with at(database, SYSTEM) as desk:
        assert delivering.issue_of(desk, parcel.id) is None
    with writing(database) as session:
        assert session.scalar(select(Subscription.ended_at)) == NOW
    published(database, zone, NEWS)
    work_off(database, NOW)
    assert len(everything(database, BulletinDelivery)) == 1


def test_choosing_nothing_is_stopping_and_choosing_again_begins_anew(database, zone):
    takes(database, zone["head"], [], [Medium.EMAIL])
    assert not everything(database, Subscription)[0].live
    takes(database, zone["head"], [Topic.NEWS], [Medium.EMAIL])
    (own,) = everything(database, Subscription)
    assert own.live and own.wanted == {Topic.NEWS}
    with at(database, zone["officer"].actor, write=False) as desk:
        assert desk.all(Subscription) == [], "what somebody reads is their own affair"


def test_the_office_sees_what_became_of_each_message_and_no_address(database, zone):
    takes(database, zone["head"], media=[Medium.EMAIL])
    key = published(database, zone, NEWS)
    work_off(database, NOW)
    with at(database, zone["second"].actor, write=False) as desk:
        found = views.sending(desk, desk.get(Bulletin, key), 1)
        assert dict(found.counts) == {Fate.WAITING: 1}
        assert [one.delivery.name for one in found.rows.rows] == [zone["head"].name]


def test_the_database_keeps_one_message_for_a_reader_and_a_way(database, zone):
    takes(database, zone["head"], media=[Medium.EMAIL])
    key = published(database, zone, NEWS)
    work_off(database, NOW)
    (one,) = everything(database, BulletinDelivery)
    (parcel,) = everything(database, Parcel)
    copied = {name: getattr(parcel, name) for name in ("user_id", "address_id", "medium", "kind", "made_at", "due_at")}
    with writing(database) as session:
        again = Parcel(**copied)
        session.add(again)
    twice = BulletinDelivery(
        bulletin_id=key, user_id=one.user_id, name="", medium=one.medium, parcel_id=again.id, at=NOW
    )
    with pytest.raises(IntegrityError), writing(database) as session:
        session.add(twice)


def test_topics_for_everybody():
    assert set(Topic) - OPEN == {Topic.FUND, Topic.NEWS}
