"""Reports: sealed, registered later by the platform, found again by their author alone; nothing tells who came (I-26, F59)."""

from __future__ import annotations

import json
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import select

from financing import journal, safekeeping
from financing.access import SYSTEM, Role
from financing.acts import Act
from financing.conduct import cases, evidence, reports
from financing.conduct.model import ConductCase, ConductEvidence, Reporter
from financing.conduct.reports import Handed
from financing.conduct.rules import ConductState, Practice, Seat, Word
from financing.conduct_refusals import CodeUnknown, TooMuchEvidence
from financing.file_refusals import NotAPaper
from financing.journal import Entry
from financing.models import metadata
from financing.refusals import NotAllowed, NotFound, NotText
from financing.sealing import Ring
from tests.financing.conduct.conftest import MARKER, seated
from tests.makers import NOW, a_firm, a_need, a_user, at, writing

FILE = Handed(f"{MARKER}.pdf", b"%PDF-1.7 " + MARKER.encode() * 3)


def everything(database) -> str:
    """Every cell of every table, in clear words; bytes by their hex."""
    with database.reader.connect() as connection:
        rows = [tuple(row) for table in metadata.sorted_tables for row in connection.execute(select(table))]
    return "\n".join(cell.hex() if isinstance(cell, bytes) else str(cell) for row in rows for cell in row)


def test_I26_nothing_of_a_report_stands_in_any_table_in_clear(zone):
    before = everything(zone.database)
    zone.report(files=(FILE,), named=True)
    zone.a_week_on()
    after = everything(zone.database)
    assert MARKER not in after
    assert MARKER.encode().hex() not in after
    for word in (zone.firm.name, "钱举报", zone.firm.code):
        assert after.count(word) == before.count(word)


def test_I26_no_line_of_the_journal_and_no_notice_names_who_came_or_which_bank(zone):
    zone.report()
    with writing(zone.database) as session:
        assert not session.scalars(
            select(Entry).where(Entry.act == Act.RECEIVE_CONDUCT)
        ).all()  # nothing at that moment
    zone.a_week_on()
    with writing(zone.database) as session:
        (line,) = session.scalars(select(Entry).where(Entry.act == Act.RECEIVE_CONDUCT))
        told = "\n".join(journal.exported(session))
    assert (line.actor_id, line.firm_id, line.bank_id) == (0, None, None)
    assert line.body["facts"] == {}
    assert line.body["session"] == line.body["address"] == line.body["request"] == ""
    assert MARKER not in told
    said = [one for one in zone.notices() if one["code"] == Act.RECEIVE_CONDUCT.value]
    assert sorted(one["to"]["user"] for one in said) == sorted([zone.leader.id, zone.second.id])
    assert all(set(one) == {"to", "code", "subject", "number"} for one in said)


def test_I26_a_backup_holds_the_report_sealed_and_no_key(zone, tmp_path):
    code = zone.report(files=(FILE,))
    zone.a_week_on()
    out = tmp_path / "kept.zip"
    safekeeping.backup(zone.database, zone.uploads, out)
    with zipfile.ZipFile(out) as bag:
        parts = {name: bag.read(name) for name in bag.namelist()}
    keys = [line.rpartition(":")[2] for line in (tmp_path / "sealing.key").read_text().split()]
    for content in parts.values():
        assert MARKER.encode() not in content
        assert code.encode() not in content
        assert json.dumps(MARKER)[1:-1].encode() not in content
        assert not any(key.encode() in content or bytes.fromhex(key) in content for key in keys)
    assert parts["tables/reporter.jsonl"].count(b"\n") == 1
    assert len(list(zone.uploads.iterdir())) == 1


def test_I26_bytes_of_evidence_are_sealed_and_their_file_tells_no_time(zone):
    zone.report(files=(FILE,))
    (stored,) = zone.uploads.iterdir()
    assert MARKER.encode() not in stored.read_bytes()
    assert stored.stat().st_mtime == 0


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (Handed("录音.pdf", b"ID3" + MARKER.encode()), NotAPaper),  # a sound that calls itself a PDF
        (Handed("页面.png", b"<html>" + MARKER.encode()), NotAPaper),
        (Handed("空.pdf", b""), NotAPaper),
        (Handed("\u202efdp.exe", FILE.content), NotText),  # a name that reads backwards
        (Handed(f"{MARKER * 40}.pdf", FILE.content), NotText),
    ],
)
def test_what_is_no_paper_by_its_bytes_is_refused_and_nothing_at_all_is_kept(zone, file, why):
    with pytest.raises(why) as refused:
        zone.report(files=(FILE, file))
    assert refused.value.facts["field"] == "evidence"
    assert not zone.uploads.exists()
    with writing(zone.database) as session:
        assert session.scalars(select(Reporter)).all() == session.scalars(select(ConductEvidence)).all() == []


def test_more_files_than_one_report_may_have_are_refused_before_any_is_kept(zone):
    with pytest.raises(TooMuchEvidence):
        zone.report(files=(FILE,) * 6)
    assert not zone.uploads.exists()


def test_a_report_waits_some_days_by_lot_and_numbers_follow_no_order(zone):
    for _ in range(12):
        zone.report()
    with writing(zone.database) as session:
        waits = {(row.waits_until - NOW.date()).days for row in session.scalars(select(Reporter))}
    assert waits <= {1, 2, 3}
    assert len(waits) > 1  # twelve equal lots of three: once in 177,147
    with at(zone.database, SYSTEM) as desk:
        assert reports.pending(desk) == []
    zone.a_week_on()
    assert [case.number for case in zone.cases()] == [f"WG2026-{at:04d}" for at in range(1, 13)]
    assert zone.a_week_on(8)
    assert len(zone.cases()) == 12  # registered once


def test_the_same_form_is_one_report_with_one_code(zone):
    first, second = (zone.report(once="the form") for _ in range(2))
    assert first == second
    with writing(zone.database) as session:
        assert len(session.scalars(select(Reporter)).all()) == 1
    assert zone.report() != first


def test_who_reported_finds_it_again_by_signing_in_or_by_the_code_and_nobody_else_does(zone):
    code = zone.report(zone.clerk)
    with at(zone.database, SYSTEM, write=False) as desk:
        (own,) = reports.of(desk, zone.clerk.actor)
        assert (own.practice, own.case, own.facts["text"]) == (Practice.BUNDLED, None, MARKER)
        assert reports.of(desk, zone.signatory.actor) == []  # not even the head of the same firm
        with pytest.raises(NotFound):
            reports.one_of(desk, zone.signatory.actor, own.report_id)
        assert reports.by_code(desk, code.lower().replace("-", " ")).report_id == own.report_id
        with pytest.raises(CodeUnknown):
            reports.by_code(desk, "AAAA-AAAA-AAAA-AAAA")


def test_only_people_of_a_firm_report(zone):
    for who in (zone.banker, zone.officer, zone.auditor):
        with pytest.raises((NotFound, NotAllowed)):
            zone.report(who)


@pytest.mark.parametrize("who", ["officer", "auditor", "chair", "banker", "bank_admin", "clerk", "signatory"])
def test_I26_nobody_but_the_two_reaches_a_case_or_who_reported(zone, who):
    zone.report()
    zone.a_week_on()
    (case,) = zone.cases()
    with at(zone.database, getattr(zone, who).actor) as desk:
        for kind in (ConductCase, Reporter, ConductEvidence):
            assert desk.all(kind) == []
        with pytest.raises(NotFound):
            cases.held(desk, case.id)


def test_I26_an_administrator_who_is_no_handler_sees_nothing_either(zone):
    zone.report()
    zone.a_week_on()
    with at(zone.database, zone.admins[0].actor) as desk:
        assert desk.all(ConductCase) == desk.all(Reporter) == []


def test_each_opening_of_who_reported_leaves_a_line_first(zone):
    zone.report(files=(FILE,))
    zone.a_week_on()
    (case,) = zone.cases()
    facts = zone.handled(case.id, cases.opened)
    assert (facts["firm"], facts["user_name"], facts["text"]) == (zone.firm.id, "钱举报", MARKER)
    (key,) = zone.handled(case.id, evidence.names)
    file = zone.handled(case.id, lambda desk, held: evidence.opened(desk, held, key, zone.uploads), zone.second)
    assert file == FILE
    with writing(zone.database) as session:
        acts = (Act.OPEN_REPORTER, Act.OPEN_EVIDENCE)
        lines = session.scalars(select(Entry).where(Entry.act.in_(acts)).order_by(Entry.seq)).all()
    assert [(line.act, line.actor_id, line.firm_id, line.bank_id) for line in lines] == [
        (Act.OPEN_REPORTER, zone.leader.id, None, None),
        (Act.OPEN_EVIDENCE, zone.second.id, None, None),
    ]


def test_the_officer_of_the_reporting_firm_stays_out_even_on_a_seat(zone):
    seated(zone, Seat.SECOND, zone.officer, when=NOW + timedelta(minutes=1))
    zone.report()
    with writing(zone.database) as session:
        other = a_firm(session)
        a_need(session, other)
        stranger = a_user(session, Role.CLERK, firm_id=other.id)
    zone.a_week_on()
    (case,) = zone.cases()
    zone.report(stranger)
    zone.a_week_on(14)
    strange = next(one for one in zone.cases() if one.id != case.id)
    with at(zone.database, zone.officer.actor) as desk, pytest.raises(NotFound):
        cases.held(desk, case.id)
    assert zone.handled(strange.id, lambda _desk, held: held.number, zone.officer) == strange.number
    told = {one["to"].get("user") for one in zone.notices() if one["subject"] == case.id}
    assert told == {zone.leader.id}


def test_a_seat_taken_away_takes_everything_away(zone):
    zone.report()
    when = zone.a_week_on()
    (case,) = zone.cases()
    seated(zone, Seat.LEADING, None, when.date(), when)
    with at(zone.database, zone.leader.actor, when + timedelta(hours=1)) as desk:
        assert desk.all(ConductCase) == []
        with pytest.raises(NotFound):
            cases.held(desk, case.id)


def test_what_is_added_is_heard_of_the_next_day_without_a_line_of_its_own(zone):
    zone.report()
    when = zone.a_week_on()
    with writing(zone.database) as session:
        before = session.scalars(select(Entry.seq)).all()
    for _ in range(2):
        with at(zone.database, SYSTEM, when) as desk:
            own = reports.one_of(desk, zone.clerk.actor, reports.of(desk, zone.clerk.actor)[0].report_id)
            reports.add(desk, own, Word.RETALIATION, MARKER, once="added")
    with writing(zone.database) as session:
        assert session.scalars(select(Entry.seq)).all() == before
    assert MARKER not in everything(zone.database)
    with at(zone.database, SYSTEM, when + timedelta(days=1)) as desk:
        (key,) = reports.unheard(desk)
        reports.hear(desk, key)
        assert reports.unheard(desk) == []
    words = zone.handled(key, cases.notes)
    assert [(one.word, one.text, one.by) for one in words] == [(Word.RETALIATION, MARKER, None)]


def test_without_the_key_file_a_report_stays_shut_and_says_what_to_do(zone, tmp_path):
    zone.report()
    zone.database.ring = Ring(tmp_path / "new.key")
    with at(zone.database, SYSTEM) as desk:
        assert reports.of(desk, zone.clerk.actor) == []
    with pytest.raises(Exception, match="keys_away"):
        zone.a_week_on()


def test_the_state_of_a_registered_report_is_the_cases(zone):
    case = zone.looking()
    assert zone.cases()[0].state is ConductState.LOOKING
    assert case.against_id == zone.banks[0].id
