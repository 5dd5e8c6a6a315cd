"""What is erased is nowhere: not in the tables, not in a backup, not in the journal, whose chain still checks (F102, I-25)."""

from __future__ import annotations

import hmac
import json
import shutil
import zipfile
from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from financing import finding, journal
from financing.access import SYSTEM, Role
from financing.acts import Act
from financing.db import Database
from financing.events.model import Event, EventPlace
from financing.events.rules import Audience, EventKind, EventState, PlaceState
from financing.guarantees.model import Resolution
from financing.helping.request_model import HelpRequest, HelpWord
from financing.helping.rules import Side, Topic
from financing.journal import Entry, SubjectKey
from financing.journal_check import check
from financing.needs import service as needs
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.notices.model import NoticeAddress
from financing.notices.rules import Medium
from financing.papers.model import Paper
from financing.parties import service as parties
from financing.parties.model import Firm
from financing.people.model import LoginSession, User
from financing.personal import erased_list, erasing, erasures, objections, retention
from financing.personal.model import Erasure, Expired
from financing.personal.rules import ErasureState, Held, Hold
from financing.personal_refusals import AskedAlready, NothingHeld, StillHeld
from financing.refusals import NotAllowed
from financing.safekeeping import backup, restore
from financing.settings import Settings
from tests.financing.guarantees.conftest import zone as zone  # noqa: PLC0414  a fixture
from tests.makers import NOW, TODAY, a_code, a_need, a_paper, a_user, at, writing
from web import erased_files

DAY = timedelta(days=1)
#: What only this firm and its people would type; none of it may be found anywhere afterwards.
TOLD = {
    "representative": "欧阳震霆", "contact": "司徒婉清", "phone": "13987650421", "address": "梧桐巷七十七号后院",
    "login": "situ-wanqing-77", "name": "司徒婉清", "why": "纳税等级录错了请核对回执", "reason": "去年承诺的回款没有到账",
    "use": "给老丈人的铜矿垫付货款", "file": "欧阳震霆身份证正反面.pdf", "word": "我女儿婚礼那周请勿来访", "guest": "上官飞燕",
    "mail": "wanqing.situ@example.cn",
}  # fmt: skip


@pytest.fixture
def told(database):
    """A firm whose people typed all of this, through the acts that keep it."""
    with writing(database) as session:
        officer = a_user(session, Role.OFFICER)
        firm_user = a_user(session, Role.SIGNATORY, login=TOLD["login"], name=TOLD["name"])
    with at(database, firm_user.actor) as desk:
        firm = parties.register(
            desk, code=a_code(), name="示范铜材有限公司", industry="3340", park="高新园区", address=TOLD["address"],
            founded_on=TODAY.replace(year=2015), representative=TOLD["representative"], contact=TOLD["contact"], phone=TOLD["phone"],
        )  # fmt: skip
    with writing(database) as session:
        session.get_one(User, firm_user.id).firm_id = firm.id
    signatory = session_user(database, firm_user.id).actor
    with at(database, officer.actor) as desk:
        parties.confirm(desk, desk.get(Firm, firm.id))
    with writing(database) as session:
        need = a_need(session, firm, state=NeedState.SUBMITTED, submitted_on=TODAY, use=TOLD["use"])
        a_paper(session, firm, name=TOLD["file"])
        _taken_part(session, firm, signatory)
        _asked_for_help(session, firm, signatory)
    with at(database, officer.actor) as desk:
        needs.give_back(desk, desk.get(Need, need.id), TOLD["reason"])
    with at(database, signatory) as desk:
        needs.withdraw(desk, desk.get(Need, need.id))
        said = objections.raise_objection(desk, desk.get(Firm, firm.id), code="field.representative", why=TOLD["why"])
    with at(database, signatory) as desk:
        objections.withdraw(desk, desk.get(type(said), said.id))
    return firm, signatory, officer.actor


def _taken_part(session, firm, signatory):
    """A place at an event in a guest's name, an address for notices, a session at a browser."""
    event = session.merge(_event())
    session.flush()
    session.add(
        EventPlace(
            event_id=event.id,
            firm_id=firm.id,
            names=[TOLD["guest"]],
            people=1,
            phone=TOLD["phone"],
            turn=1,
            at=NOW,
            by=signatory.id,
            state=PlaceState.PLACED,
            since=NOW,
        )
    )
    session.add(
        NoticeAddress(
            user_id=signatory.id, medium=Medium.EMAIL, robot=None, target=TOLD["mail"], secret="", asked_at=NOW
        )
    )
    session.add(
        LoginSession(
            token_hash="x" * 8, user_id=signatory.id, address="y", started_at=NOW, seen_at=NOW, until=NOW + DAY
        )
    )


def _asked_for_help(session, firm, signatory):
    asked = HelpRequest(
        number="BF2026-0099",
        firm_id=firm.id,
        topic=next(iter(Topic)),
        title="来访",
        says=TOLD["word"],
        raised_at=NOW,
        raised_by=signatory.id,
        raiser=TOLD["name"],
        sign_by=NOW,
        helper_id=None,
        helper="",
        source_id=None,
    )
    session.add(asked)
    session.flush()
    session.add(
        HelpWord(
            request_id=asked.id,
            firm_id=firm.id,
            side=next(iter(Side)),
            text=TOLD["word"],
            paper_id=None,
            at=NOW,
            by=signatory.id,
            by_name=TOLD["name"],
        )
    )


def _event():
    return Event(number="HD2026-0099", title="安全培训", kind=EventKind.SAFETY, about="培训", host="经开区", place="会议室", starts=NOW + DAY,
                 ends=NOW + DAY + timedelta(hours=2), places=10, most=3, taken=1, until=TODAY, audience=Audience.ALL, branch="", officer="周经办",
                 officer_id=1, planned_at=NOW, state=EventState.OPEN)  # fmt: skip


def session_user(database, key):
    with writing(database) as session:
        return session.get_one(User, key)


def everywhere(database, tmp_path) -> str:
    """The whole database as its own backup writes it, and the journal as it leaves."""
    backup(database, tmp_path / "none", tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as bag:
        whole = "\n".join(bag.read(name).decode() for name in bag.namelist())
    with at(database, SYSTEM, write=False) as desk:
        return whole + "\n".join(journal.exported(desk.session))


def hits(whole: str) -> dict[str, int]:
    escaped = {name: json.dumps(value)[1:-1] for name, value in TOLD.items()}
    return {
        name: n
        for name, value in TOLD.items()
        if (n := whole.count(value) + whole.count(escaped[name]) * (escaped[name] != value))
    }


def test_I25_F102_what_is_erased_is_found_nowhere_and_the_chain_still_checks(database, told, tmp_path):
    firm, signatory, officer = told
    (tmp_path / "none").mkdir()
    assert {"representative", "phone", "login", "use", "file", "guest"} <= hits(everywhere(database, tmp_path)).keys()
    with at(database, signatory) as desk:
        asked = erasures.ask_firm(desk, desk.get(Firm, firm.id))
        assert (asked.state, asked.holds) == (ErasureState.ASKED, [])
    with pytest.raises(AskedAlready), at(database, signatory) as desk:
        erasures.ask_firm(desk, desk.get(Firm, firm.id))
    with at(database, SYSTEM, write=False) as desk:
        before = [*journal.exported(desk.session)]
        committed = next(e.body["facts"]["reason"]["committed"] for e in desk.all(Entry, Entry.act == Act.RETURN_NEED))
        key = desk.session.get_one(SubjectKey, firm.id).key
    assert hmac.new(key, TOLD["reason"].encode(), "sha256").hexdigest() == committed, "until now it can be proved"
    with pytest.raises(NotAllowed), at(database, signatory) as desk:
        erasures.carry_out(desk, desk.get(Erasure, asked.id))
    with at(database, officer, NOW + DAY) as desk:
        erasures.carry_out(desk, desk.get(Erasure, asked.id))
    with writing(database) as session:
        stored = session.scalars(select(Paper.stored)).one()
        (tmp_path / "none" / stored).write_bytes(b"scan")
    assert erased_files.remove(database, tmp_path / "none", NOW) == 1
    assert list((tmp_path / "none").iterdir()) == []
    assert erased_files.remove(database, tmp_path / "none", NOW) == 0
    (tmp_path / "b.zip").unlink()
    assert hits(everywhere(database, tmp_path)) == {}
    with at(database, SYSTEM, write=False) as desk:
        after = [*journal.exported(desk.session)]
        assert check(after)[0] == len(after) - 1
        assert after[: len(before) - 1] == before[:-1], "not a sign of the journal has changed"
        assert desk.session.get(SubjectKey, firm.id) is None, "nobody can try out what was typed"
        done = desk.get(Erasure, asked.id)
        assert (done.state, done.files, done.left) == (ErasureState.ERASED, 1, [])
        assert done.cells > 10
        kept = desk.get(Firm, firm.id)
        assert (kept.name, kept.code) == ("示范铜材有限公司", firm.code)
        assert finding.subjects(desk.session, Firm, "0421", phones=True) == []
        assert finding.subjects(desk.session, Firm, "示范铜材") == [firm.id]
        place = desk.all(EventPlace)[0]
        assert (place.people, place.names) == (1, []), "how many came still counts"
        user = desk.get(User, signatory.id)
        assert (user.active, user.password_hash) == (False, "")


def test_F102_whoever_was_erased_stays_erased_when_an_older_backup_is_restored(database, told, tmp_path, migrated_file):
    firm, _signatory, officer = told
    settings = Settings(data_dir=tmp_path / "var")
    settings.uploads.mkdir(parents=True)
    (tmp_path / "none").mkdir()
    backup(database, tmp_path / "none", tmp_path / "before.zip")
    with at(database, officer) as desk:
        erasing.firm(desk, desk.get(Firm, firm.id))
        people = desk.session.scalars(select(User.id).where(User.firm_id == firm.id)).all()
    assert erased_files.follow(database, settings, NOW) == 1 + len(people) + 1
    assert erased_files.follow(database, settings, NOW) == 0
    with settings.erased_list.open("a") as file:
        file.write('["firm", 1]\n["firm", 99')  # one that no picture knows, and one that the power cut off
    shutil.copyfile(migrated_file, tmp_path / "older.db")
    with closing(Database(f"sqlite:///{tmp_path / 'older.db'}")) as older:
        restore(older, tmp_path / "back", tmp_path / "before.zip")
        assert "representative" in hits(everywhere(older, tmp_path))
        with at(older, SYSTEM) as desk:
            assert erased_list.erase_again(desk, settings.erased_list) == 1 + len(people)
        with at(older, SYSTEM) as desk:
            assert erased_list.erase_again(desk, settings.erased_list) == 0
            assert [e.act for e in desk.all(Entry, Entry.act == Act.ERASE_AGAIN)] == [Act.ERASE_AGAIN] * (
                1 + len(people)
            )
        (tmp_path / "b.zip").unlink()
        assert hits(everywhere(older, tmp_path)) == {}
        with at(older, SYSTEM, write=False) as desk:
            check([*journal.exported(desk.session)])
            assert erased_list.keep(desk, settings.erased_list) == 0


def test_I25_a_wall_lets_the_mark_through_and_nothing_else(database, told):
    assert told
    with writing(database) as session:
        session.execute(text("UPDATE event_place SET phone = '〔已删除〕', names = '[]'"))
    for change in (
        "phone = '13800000000'",
        "phone = ''",
        "names = '[\"x\"]'",
        "people = 2",
        "phone = '〔已删除〕', people = 2",
        "at = NULL",
    ):
        with pytest.raises(IntegrityError), writing(database) as session:
            session.execute(text(f"UPDATE event_place SET {change}"))
    with pytest.raises(IntegrityError), writing(database) as session:
        session.execute(text("DELETE FROM event_place"))


def test_F102_what_has_to_be_kept_refuses_at_once_with_its_reason_and_day(database, zone):
    case = zone.case()
    zone.meeting(case)
    for user in zone.everybody:
        zone.votes(case, user)
    zone.seals(case)
    with writing(database) as session:
        sealed = session.scalars(select(Resolution)).one()
        signatory = a_user(session, Role.SIGNATORY, firm_id=case.firm_id).actor
    with at(database, signatory, NOW + 30 * DAY) as desk:
        asked = erasures.ask_firm(desk, desk.get(Firm, case.firm_id))
    assert asked.state is ErasureState.HELD
    assert [why for why, _ in asked.holds] == [Hold.NEED, Hold.DECISION]
    assert (
        dict(asked.holds)[Hold.DECISION] == sealed.sealed_at.date().replace(year=sealed.sealed_at.year + 10).isoformat()
    )
    assert asked.free_on is None, "nobody knows when the need is over"


def test_F102_a_person_leaves_the_last_signatory_only_with_the_firm_and_staff_not_at_all(database, told):
    firm, signatory, officer = told
    with writing(database) as session:
        clerk = a_user(session, Role.CLERK, firm_id=firm.id, name="诸葛小雨", login="zhuge-77")
    with at(database, officer) as desk:
        assert erasures.ask_person(desk).holds == [["post", ""]]
    with at(database, clerk.actor) as desk:
        asked = erasures.ask_person(desk)
    with pytest.raises(NothingHeld), at(database, officer) as desk:
        erasures.hold(desk, desk.get(Erasure, asked.id))
    with at(database, officer) as desk:
        erasures.carry_out(desk, desk.get(Erasure, asked.id))
    with writing(database) as session:
        gone = session.get_one(User, clerk.id)
        assert (gone.name, gone.login, gone.active) == ("〔已删除〕", f"erased-{clerk.id}", False)
        need = a_need(session, session.get_one(Firm, firm.id), state=NeedState.SUBMITTED)
    with at(database, signatory) as desk:
        assert [why for why, _ in erasures.ask_person(desk).holds] == [Hold.NEED], (
            "a matter that runs needs its signatory"
        )
    with at(database, signatory) as desk:
        needs.withdraw(desk, desk.get(Need, need.id))
        waiting = erasures.ask_firm(desk, desk.get(Firm, firm.id))
    with writing(database) as session:
        a_need(session, session.get_one(Firm, firm.id), state=NeedState.SUBMITTED)
    with pytest.raises(StillHeld), at(database, officer) as desk:
        erasures.carry_out(desk, desk.get(Erasure, waiting.id))
    with at(database, officer) as desk:
        erasures.hold(desk, desk.get(Erasure, waiting.id))


def test_F102_each_night_erases_what_is_over_and_tells_how_much(database, told):
    firm, _, _ = told
    late = NOW + 367 * DAY
    with at(database, SYSTEM, NOW + 20 * DAY) as desk:
        assert retention.run(desk) == 0
    with at(database, SYSTEM, late) as desk:
        assert retention.run(desk) == 2
    with at(database, SYSTEM, late, write=False) as desk:
        assert {row.held: row.rows for row in desk.all(Expired)} == {Held.SIGN_IN: 1, Held.TAKING_PART: 1}
        assert TOLD["guest"] not in str(desk.all(EventPlace)[0].names)
        assert desk.get(Firm, firm.id).phone == TOLD["phone"], "what is still needed stays"
    with at(database, SYSTEM, late) as desk:
        assert retention.run(desk) == 0
    with at(database, SYSTEM, NOW + 4000 * DAY) as desk:
        assert retention.silent(desk) == [firm.id]
        assert retention.run(desk) >= 1
        assert retention.silent(desk) == []
