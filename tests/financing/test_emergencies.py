"""T13, I-20: an administrator reads one firm's data for an hour, after an auditor's yes, on record, and never otherwise."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from financing import desk as desks
from financing.access import SYSTEM, Actor, Role
from financing.acts import Act
from financing.emergencies import service, views
from financing.emergencies.model import Emergency, EmergencyLook
from financing.emergencies.rules import EmergencyState, Section, reads
from financing.emergency_refusals import EmergencyOver, EmergencyStands, FirmUnknown
from financing.journal import Entry
from financing.needs.model import Need
from financing.notices.model import Notice
from financing.papers.model import Paper
from financing.parties.model import Firm
from financing.proof.making import due
from financing.refusals import NotAllowed, NotFound, WrongState
from financing.roles import Remit
from financing.sign_refusals import ProofNeeded
from tests.makers import NOW, a_firm, a_need, a_paper, a_user, at, writing
from web.jobs import work_off

HOUR = timedelta(minutes=60)


@pytest.fixture
def zone(database):
    with writing(database) as session:
        firm, other = a_firm(session), a_firm(session)
        for one in (firm, other):
            a_need(session, one)
            a_paper(session, one)
        people = {
            "runs": a_user(session, Role.ADMIN, remit=Remit.RUNNING), "guards": a_user(session, Role.ADMIN, remit=Remit.ACCOUNTS),
            "second": a_user(session, Role.ADMIN, remit=Remit.RUNNING), "auditor": a_user(session, Role.AUDITOR),
            "signatory": a_user(session, Role.SIGNATORY, firm_id=firm.id), "stranger": a_user(session, Role.SIGNATORY, firm_id=other.id),
        }  # fmt: skip
        actors = {name: user.actor for name, user in people.items()}
        return database, firm, other, actors


def told(database, who):
    work_off(database, NOW + 2 * HOUR)
    with writing(database) as session:
        return [
            one.act
            for one in session.scalars(select(Notice).where(Notice.user_id == who.id).order_by(Notice.at, Notice.act))
        ]


def test_T13_before_an_auditor_agrees_nobody_reads_anything(zone):
    database, firm, other, who = zone
    with at(database, who["runs"]) as desk:
        assert [desk.all(kind) for kind in (Firm, Need, Paper)] == [[], [], []]
        asked = service.ask(desk, code=firm.code.lower(), why="导入后数据对不上")
        for code in ("91330000000000000X", other.code[:17]):
            with pytest.raises(FirmUnknown):
                service.ask(desk, code=code, why="x")
    with at(database, who["second"]) as desk:
        with pytest.raises(EmergencyStands):
            service.ask(desk, code=firm.code, why="也想看")
        assert desk.all(Emergency) == []
    for name in ("guards", "auditor", "signatory"):
        with pytest.raises(NotAllowed), at(database, who[name]) as desk:
            service.ask(desk, code=other.code, why="x")
    with pytest.raises(EmergencyOver), at(database, who["runs"]) as desk:
        service.look(desk, desk.get(Emergency, asked.id), Section.NEEDS)
    with pytest.raises(NotAllowed), at(database, who["runs"]) as desk:
        service.open_(desk, desk.get(Emergency, asked.id))
    with at(database, who["signatory"]) as desk:
        assert desk.all(Emergency) == []  # nobody read anything yet


def test_T13_an_hour_of_one_firm_at_its_own_door(zone):
    database, firm, other, who = zone
    with at(database, who["runs"]) as desk:
        asked = service.ask(desk, code=firm.code, why="导入后数据对不上")
    with at(database, who["auditor"]) as desk:
        service.open_(desk, desk.get(Emergency, asked.id))
    with at(database, SYSTEM) as desk:
        assert due(desk)  # the journal is sealed at once
    later = NOW + HOUR - timedelta(microseconds=1)
    with at(database, who["runs"], later) as desk:
        assert desk.all(Need) == []  # at any other door nothing is seen, even now
        now = desk.get(Emergency, asked.id)
        there, _ = service.look(desk, now, Section.NEEDS)
        assert {need.firm_id for need in there.all(Need)} == {firm.id}
        for section in views.SHOWN:
            columns, rows = views.section(there, now, section)
            assert all(len(row.values) == len(columns) for row in rows)
        own, strange = (desk.session.scalar(select(Paper.id).where(Paper.firm_id == one.id)) for one in (firm, other))
        assert service.look(desk, now, Section.FILE, own)[1].id == own
        with pytest.raises(NotFound):
            service.look(desk, now, Section.FILE, strange)
        with pytest.raises(NotAllowed):  # reading only
            there.note(Act.EDIT_FIRM, there.get(Firm, firm.id))
    for name in ("second", "guards", "auditor"):
        with pytest.raises((NotAllowed, NotFound)), at(database, who[name]) as desk:
            service.look(desk, desk.get(Emergency, asked.id), Section.NEEDS)
    with pytest.raises(EmergencyOver), at(database, who["runs"], NOW + HOUR) as desk:
        service.look(desk, desk.get(Emergency, asked.id), Section.NEEDS)
    work_off(database, NOW + HOUR)  # what waits for the hour ends it
    with at(database, who["signatory"]) as desk:
        (seen,) = desk.all(Emergency)
        assert (seen.state, seen.why) == (EmergencyState.ENDED, "导入后数据对不上")
        assert [(look.section, bool(look.what)) for look in service.looks(desk, seen)] == [
            (Section.NEEDS, False),
            (Section.FILE, True),
        ]
    with at(database, who["stranger"]) as desk:
        assert (desk.all(Emergency), desk.all(EmergencyLook)) == ([], [])
    assert {Act.OPEN_EMERGENCY, Act.END_EMERGENCY} <= set(told(database, who["signatory"]))
    assert {Act.ASK_EMERGENCY, Act.OPEN_EMERGENCY, Act.END_EMERGENCY} <= set(told(database, who["auditor"]))
    assert told(database, who["stranger"]) == []
    with writing(database) as session:
        lines = session.scalars(select(Entry).where(Entry.act == Act.LOOK_EMERGENCY).order_by(Entry.seq)).all()
        assert [line.body["facts"]["section"] for line in lines] == ["needs", "file"]
        assert {line.body["facts"]["number"] for line in lines} == {seen.number}
        assert {line.firm_id for line in lines} == {firm.id}
        assert "对不上" not in str([line.body for line in session.scalars(select(Entry))])


def test_I20_the_database_refuses_one_person_twice_a_second_hour_and_a_look_unsaid(zone):
    database, firm, _other, who = zone
    with at(database, who["runs"]) as desk:
        asked = service.ask(desk, code=firm.code, why="故障")
    mine = Actor(who["runs"].id, Role.AUDITOR)
    with pytest.raises(NotAllowed), at(database, mine) as desk:
        service.open_(desk, desk.get(Emergency, asked.id))
    alone = {
        "decided_by": who["runs"].id,
        "decided_at": NOW,
        "opened_at": NOW,
        "until": NOW + HOUR,
        "state": EmergencyState.OPEN,
    }
    with pytest.raises(IntegrityError, match="two_people"), writing(database) as session:
        session.execute(update(Emergency).values(**alone))
    with at(database, who["auditor"]) as desk:
        service.open_(desk, desk.get(Emergency, asked.id))
    with at(database, who["runs"]) as desk:
        service.look(desk, desk.get(Emergency, asked.id), Section.PROFILE)
    for statement in ("UPDATE emergency SET why = 'x'", "UPDATE emergency_look SET section = 'people'", "DELETE FROM emergency_look",
                      "UPDATE emergency SET until = '2027-01-01T00:00:00.000000+00:00'", "DELETE FROM emergency"):  # fmt: skip
        with pytest.raises(DBAPIError, match="wall"), database.writer.begin() as connection:
            connection.execute(text(statement))
    with at(database, who["runs"]) as desk:
        service.end(desk, desk.get(Emergency, asked.id))
    with pytest.raises(WrongState), at(database, who["auditor"]) as desk:
        service.end(desk, desk.get(Emergency, asked.id))
    work_off(database, NOW + HOUR)  # the end that was waited for finds it over
    with writing(database) as session:
        assert session.scalar(select(func.count()).select_from(Entry).where(Entry.act == Act.END_EMERGENCY)) == 1
    with at(database, who["runs"]) as desk:  # turned down: nothing opens, the next one may be asked for
        again = service.ask(desk, code=firm.code, why="再看")
    with at(database, who["auditor"]) as desk:
        service.turn_down(desk, desk.get(Emergency, again.id), "日志已足够")
    with at(database, who["runs"]) as desk:
        third = service.ask(desk, code=firm.code, why="三看")
        service.withdraw(desk, third)
        assert [desk.acts(one) for one in desk.all(Emergency)] == [()] * 3


def test_C17_asking_and_agreeing_ask_for_a_fresh_proof(zone):
    database, firm, _other, who = zone
    stale = {"proved_at": NOW - HOUR}
    with pytest.raises(ProofNeeded), desks.opened(database, who["runs"], NOW, **stale) as desk:
        service.ask(desk, code=firm.code, why="故障")
    with at(database, who["runs"]) as desk:
        service.ask(desk, code=firm.code, why="故障")
    with pytest.raises(ProofNeeded), desks.opened(database, who["auditor"], NOW, **stale) as desk:
        service.open_(desk, desk.find(Emergency))


def test_until_itself_is_too_late():
    assert reads(EmergencyState.OPEN, NOW, NOW - timedelta(microseconds=1))
    assert not any(
        reads(*one)
        for one in (
            (EmergencyState.OPEN, NOW, NOW),
            (EmergencyState.ASKED, None, NOW),
            (EmergencyState.ENDED, NOW + HOUR, NOW),
        )
    )
