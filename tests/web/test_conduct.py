"""The room of conduct by its pages: a report from form to answer, and a marker that nobody but the two ever meets (I-26, F59–F61)."""

from __future__ import annotations

import json
import re
import sqlite3
import zipfile
from contextlib import closing
from datetime import timedelta
from html import unescape
from io import BytesIO
from urllib.parse import quote

from financing import journal, safekeeping
from financing.access import SYSTEM, Role
from financing.conduct import cases
from financing.conduct.model import ConductCase
from financing.people.key_rules import KeyScope
from tests.financing.conduct.test_reports import everything
from tests.makers import NOW, at
from tests.reports import reading
from tests.web.populated_after_conduct import (
    ADDED,
    ANSWERED,
    FILE_BYTES,
    FILE_NAME,
    HANDLING,
    HAPPENED_ON,
    MARKER,
    PRESSED,
)
from tests.web.test_access_matrix import doors, table
from tests.web.test_api import issued
from web import log
from web.jobs import work_off

__all__ = ["doors"]

THE_TWO = {Role.LEADER.value}
#: Who sees of strangers what the officer sees: read once, by the officer.
SAME = {"member", "chair", "fund", "auditor", "admin"}
#: Where whoever reported reads it again.
THE_AUTHORS = {(Role.CLERK.value, "conduct.own")}


def spelled(word: str) -> list[bytes]:
    """A word as it stands in pages and plain files, in JSON, in addresses, and in what spreadsheets of old write."""
    return [word.encode(), json.dumps(word)[1:-1].encode(), quote(word).encode(), word.encode("utf-16-le")]


def planted(zone) -> re.Pattern[bytes]:
    """Everything that was written in the room of conduct, the code, the sum and the day, in every spelling."""
    words = {MARKER, FILE_NAME, FILE_BYTES, ADDED, PRESSED, HANDLING, ANSWERED, HAPPENED_ON.isoformat()}
    words |= {zone.code, zone.code.replace("-", ""), "918273645", "9182736.45", "9,182,736", "918.273645"}
    return re.compile(b"|".join(sorted({re.escape(form) for word in words for form in spelled(word)})))


def unpacked(content: bytes) -> bytes:
    """All that can be read in an answer: bags and workbooks opened, papers as their text."""
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(BytesIO(content)) as bag:
            return b"\n".join(part.filename.encode() + unpacked(bag.read(part)) for part in bag.infolist())
    printed = content.startswith(b"%PDF-") and b"%%EOF" in content  # what people hand in may only call itself so
    return reading.text(content).encode() if printed else content


def open_to_others(doors):
    """Each address of the table that somebody off the seats may open, and whatever of conduct they may not."""
    for case in table(printed=True):
        path, methods = doors.routes[case.route]
        if "GET" in methods and case.role not in THE_TWO and (case.role, case.route) not in THE_AUTHORS:
            thing = doors.zone.thing(case.thing, case.whose) if case.thing else ""
            if case.expected in {"yes", "·"} or case.route.startswith(("conduct", "payout")):
                yield case, re.sub(r"{\w+[^}]*}", str(thing), path)


def side(role: str) -> str:
    """Whose eyes these are: a list of one's own has other rows for each, one of the zone has the same for everybody there."""
    return role if role in {"banker", "bank_admin", "clerk", "signatory"} else "zone"


def files_of(page: str) -> list[str]:
    """Where the lists of a page are to be had as files: the workbook has all of them, the other file the first."""
    return [unescape(one) for one in re.findall(r'href="([^"]+[?&;]as=xlsx[^"]*)"', page)]


def through_the_interface(doors):
    """Whatever a bank's own system reads."""
    secret = issued(doors.zone.database, doors.zone.bankers[doors.zone.bank.id], tuple(KeyScope))
    dossier = str(doors.zone.thing("dossier", "ours"))
    for name, (path, methods) in doors.routes.items():
        if name.startswith("api.") and "GET" in methods:
            place = re.sub(r"{\w+[^}]*}", dossier, path)
            answer = doors.client.get(place, headers={"authorization": f"Bearer {secret}"})
            assert answer.status_code == 200, place
            yield place, answer.content


def test_I26_no_marker_leaves_in_any_page_list_paper_or_answer_to_anybody_but_the_two_and_the_author(doors):
    told = planted(doors.zone)
    met, printed, listed, asked = [], set(), set(), 0
    for case, place in open_to_others(doors):
        reader = "bank" if case.role in {"banker", "bank_admin"} else "others"
        if (case.route, reader) in printed or (case.whose in {"others", "tied"} and case.role in SAME):
            continue
        asked, sent = asked + 1, [doors._sends("GET", place, doors.visits[case.role].sid)]
        if sent[0].content.startswith(b"%PDF-"):
            printed.add((case.route, reader))
        elif "text/html" in sent[0].headers.get("content-type", ""):
            files = {one for one in files_of(sent[0].text) if (one, side(case.role)) not in listed}
            listed |= {(one, side(case.role)) for one in files}
            sent += [doors._sends("GET", one, doors.visits[case.role].sid) for one in sorted(files)]
        met += [
            (case.role, place, found.decode(errors="replace"))
            for one in sent
            for found in told.findall(unpacked(one.content))
        ]
    for place, content in through_the_interface(doors):
        met += [("system", place, found.decode(errors="replace")) for found in told.findall(unpacked(content))]
    doors.restore()
    assert met == []
    assert (asked > 800, len(listed) > 50, len(printed) > 10) == (True, True, True)


def test_I26_the_two_meet_every_marker_so_that_the_search_can_fail(doors):
    leader, key, told = doors.visits["leader"], doors.zone.things["conduct", "ours"], planted(doors.zone)
    page = doors._sends("GET", f"/conduct/cases/{key}", leader.sid)
    sent = {"csrf": leader.key}
    opened = doors._sends("POST", f"/conduct/cases/{key}/reporter", leader.sid, {**sent, "once": "who"})
    (file,) = re.findall(r"/conduct/cases/\d+/evidence/\d+", page.text)
    evidence = doors._sends("POST", file, leader.sid, {**sent, "once": "what"})
    seen = {found.decode() for one in (page, opened, evidence) for found in told.findall(one.content)}
    assert seen >= {MARKER, FILE_NAME, FILE_BYTES, ADDED, PRESSED, HANDLING, HAPPENED_ON.isoformat()}
    author = doors._sends("GET", f"/conduct/mine/{doors.zone.things['telling', 'ours']}", doors.visits["clerk"].sid)
    assert {MARKER, ADDED, PRESSED} <= {found.decode() for found in told.findall(author.content)}
    doors.restore()


def test_I26_no_table_journal_notice_log_or_backup_holds_a_marker(doors, tmp_path, capfd):
    log.configure("DEBUG")
    told, clerk = planted(doors.zone), doors.visits["clerk"]
    form = {"csrf": clerk.key, "once": "logged", "bank": str(doors.zone.bank.id), "practice": "P5", "happened": MARKER}
    assert doors._sends("POST", "/conduct/report", clerk.sid, form).status_code == 200
    assert doors._sends("POST", "/conduct/report", clerk.sid, {**form, "practice": MARKER}).status_code == 422
    work_off(doors.zone.database, NOW + timedelta(days=9))
    safekeeping.backup(doors.zone.database, doors.zone.uploads, tmp_path / "kept.zip")
    with at(doors.zone.database, SYSTEM, write=False) as desk:
        journaled = "\n".join(journal.exported(desk.session))
    files = [*doors.file.parent.glob(f"{doors.file.name}*"), *doors.zone.uploads.iterdir(), tmp_path / "kept.zip"]
    plain = {str(path): unpacked(path.read_bytes()) for path in files}
    said = capfd.readouterr()
    plain |= {"tables": everything(doors.zone.database).encode(), "journal": journaled.encode()}
    plain |= {"logs": (said.out + said.err).encode()}
    log.configure("ERROR")
    doors.restore()
    assert {place: told.findall(content) for place, content in plain.items() if told.search(content)} == {}


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
