"""The room of conduct by its pages: a report from form to answer, and a marker that nobody but the two ever meets (I-26, F59–F61)."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from financing import safekeeping
from financing.access import SYSTEM, Role
from financing.conduct import cases
from financing.conduct.model import ConductCase
from financing.db import Database
from tests.makers import NOW, at
from tests.web.populated_after_conduct import MARKER
from tests.web.test_access_matrix import Doors

THE_TWO = {Role.LEADER.value}


@pytest.fixture(scope="module")
def doors(migrated_file, tmp_path_factory, quick):
    folder = tmp_path_factory.mktemp("conduct")
    file = quick / f"{folder.name}.db"
    file.write_bytes(migrated_file.read_bytes())
    with closing(Database(f"sqlite:///{file}")) as database:
        found = Doors(database, file, folder)
        yield found
        found.app.state.press.close()


def pages(doors):
    """Every page and file that a GET gives to each role: whatever is named in the populated zone, and every list as a file."""
    for name, (path, methods) in doors.routes.items():
        if methods & {"POST", "HEAD"}:
            continue
        things = (
            [str(thing) for (_kind, whose), thing in doors.zone.things.items() if whose == "ours"]
            if "{" in path
            else [""]
        )
        if "{" in path:
            things = [
                str(doors.zone.things[key])
                for key in doors.zone.things
                if key[0] in {"conduct", "telling", "conduct_letter", "seat", "payout_check"}
            ]
        for thing in things:
            place = re.sub(r"{\w+[^}]*}", thing, path)
            yield from ((name, f"{place}{as_file}") for as_file in ("", "?as=csv", "?as=xlsx"))


def test_I26_nobody_but_the_two_and_the_author_ever_meets_the_marker(doors):
    words = (MARKER.encode(), MARKER.encode("utf-16-le"))
    met = []
    for role, visit in doors.visits.items():
        if role in THE_TWO:
            continue
        for name, place in pages(doors):
            answer = doors._sends("GET", place, visit.sid)
            if any(word in answer.content for word in words) and (role, name) != ("clerk", "conduct.own"):
                met.append((role, place))
    assert met == []


def test_I26_the_database_file_its_logs_and_a_backup_hold_no_marker(doors, tmp_path, capfd):
    backup = tmp_path / "kept.zip"
    safekeeping.backup(doors.zone.database, doors.zone.uploads, backup)
    plain = [
        doors.file,
        *doors.file.parent.glob(f"{doors.file.name}*"),
        *doors.zone.uploads.iterdir(),
        *_unpacked(backup, tmp_path),
    ]
    for path in plain:
        assert MARKER.encode() not in path.read_bytes(), path
    said = capfd.readouterr()
    assert MARKER not in said.out + said.err
    with closing(sqlite3.connect(doors.file)) as connection:
        assert connection.execute("SELECT count(*) FROM reporter").fetchone() == (1,)


def _unpacked(backup: Path, folder: Path):
    import zipfile

    with zipfile.ZipFile(backup) as bag:
        bag.extractall(folder / "bag")
    return [path for path in (folder / "bag").rglob("*") if path.is_file()]


def test_a_handler_opens_who_reported_by_a_button_and_the_page_alone_does_not_tell(doors):
    leader, key = doors.visits["leader"], doors.zone.things["conduct", "ours"]
    page = doors._sends("GET", f"/conduct/cases/{key}", leader.sid)
    assert page.status_code == 200
    assert f'<p class="lines">{MARKER}' not in page.text
    assert doors.zone.firm.name not in page.text
    opened = doors._sends("POST", f"/conduct/cases/{key}/reporter", leader.sid, {"csrf": leader.key, "once": "look"})
    assert MARKER in opened.text
    assert doors.zone.firm.name in opened.text
    doors.restore()


def test_a_clerk_reports_by_the_form_and_gets_a_code_that_anybody_may_ask_with(doors):
    clerk = doors.visits["clerk"]
    form = {
        "csrf": clerk.key,
        "once": "report",
        "bank": str(doors.zone.bank.id),
        "practice": "P5",
        "happened": MARKER,
        "named": "true",
    }
    page = doors._sends("POST", "/conduct/report", clerk.sid, form)
    code = re.search(r"[A-Z2-7]{4}(-[A-Z2-7]{4}){3}", page.text)
    assert page.status_code == 200
    assert code
    again = doors._sends("POST", "/conduct/report", clerk.sid, form)
    assert code[0] in again.text
    visitor = doors.visits["visitor"]
    shown = doors._sends("POST", "/conduct/follow", visitor.sid, {"csrf": visitor.key, "once": "f", "code": code[0]})
    assert "等待登记" in shown.text
    assert MARKER not in shown.text
    with closing(sqlite3.connect(doors.file)) as connection:
        assert connection.execute("SELECT count(*) FROM reporter").fetchone() == (2,)
        assert connection.execute("SELECT count(*) FROM form_once WHERE location LIKE '%conduct%'").fetchone() == (0,)
    doors.restore()


def test_a_yes_after_a_pay_out_offers_a_report_that_is_filled_in(doors):
    clerk, key = doors.visits["clerk"], doors.zone.things["payout_check", "ours"]
    form = {
        "csrf": clerk.key,
        "once": "yes",
        "yes": "1",
        "costs": "insurance",
        "amount": "1234.50",
        "happened": "要求投保",
    }
    answer = doors._sends("POST", f"/conduct/questions/{key}", clerk.sid, form)
    assert answer.status_code == 303
    assert f"check={key}" in doors._sends("GET", f"/conduct/questions/{key}", clerk.sid).text
    filled = doors._sends("GET", f"/conduct/report?check={key}", clerk.sid).text
    assert "要求投保" in filled
    assert "1234.5" in filled
    assert re.search(r'value="P5" checked', filled)
    doors.restore()


def test_figures_tell_nothing_of_a_quarter_that_goes_on(doors):
    for role in ("officer", "leader", "auditor"):
        page = doors._sends("GET", "/conduct/figures", doors.visits[role].sid)
        assert page.status_code == 200
        assert "借贷搭售" not in page.text


def test_who_sits_on_no_seat_finds_no_desk(doors):
    assert doors._sends("GET", "/conduct/cases", doors.visits["officer"].sid).status_code == 404
    assert doors._sends("GET", "/conduct/cases", doors.visits["leader"].sid).status_code == 200
    with at(doors.zone.database, SYSTEM) as desk:
        case = desk.find(ConductCase)
        assert cases.barred(desk, case) is not None
    assert NOW
