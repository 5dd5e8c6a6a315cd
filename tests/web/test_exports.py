"""Every list leaves as a file that says what its page says: the same rows, typed, on record; a list without one fails here."""

from __future__ import annotations

import csv
import re
from datetime import datetime
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from financing.access import SYSTEM, Role
from financing.acts import Act
from financing.journal import Entry
from financing.money import Fen
from financing.needs.rules import NeedState
from tests.makers import NOW, a_firm, a_need, at, writing
from tests.web.test_access_matrix import doors
from tests.web.test_access_matrix import table as access
from web import exports
from web.page import Page
from web.render import HERE

__all__ = ["doors"]

#: Templates with a table that is no list, each with why it has no file of its own.
NOT_LISTS = {
    **dict.fromkeys(
        (
            "agreements/show.html", "credit/flag.html", "credit/show.html", "diligence/show.html", "guarantees/open.html",
            "guarantees/room.html", "interests/show.html", "letters/form.html", "matching/banks.html", "needs/show.html",
            "offers/form.html",
        ),
        "one matter; the list that leads to it is exported",
    ),
    **dict.fromkeys(("cadence/show.html", "cadence/screen.html", "cadence/parts.html"), "one meeting; it has a workbook of its own"),
    "personal/mine.html": "one's own data; the archive has all of it",
    "personal/contents.html": "a page inside the archive of one's own data",
    "incidents/show.html": "one incident and whom it concerns; the list that leads to it is exported",
    "permits/parts.html": "one's own consents, beside those to banks, which are exported",
    "bulletins/edit.html": "one issue on the editor's desk",
    "emergencies/section.html": "read in an emergency: looked at, never taken away as a list",
    "emergencies/show.html": "one reading and its looks; the list is exported",
    "charges/show.html": "one charge and its former standards; the list is exported",
    "inspections/show.html": "one matter; the month it stands in is exported",
    "front/outcomes.html": "published sums, each with its own short table; nobody signs in to read them",
    "conduct/mine.html": "one's own reports: a line of the journal that they left would tell who reported",
    "journal/checkpoints.html": "the newest; the folder of checkpoints is their file",
    "interests/mine.html": "one's own declarations",
    "people/factor.html": "one's own passkeys",
    "papers/show.html": "one paper and its versions",
    "office/many.html": "what became of one act on many; the work list is exported",
    "office/running.html": "the health of this moment; a monitor reads /health",
    "notices/ways.html": "one's own ways of being told",
    "settings/preview.html": "what a change would do, before it is made",
    "offers/mine.html": "the offers for one's own needs, compared side by side",
    "agreements/parts.html": "how one loss is shared, beside the agreement",
    "changed.html": "two versions of one form, side by side",
    "commitments/show.html": "one commitment; its list is exported",
    "contests/form.html": "one firm's own requests, on the form",
    "contests/parts.html": "a part of the list of contests, which is exported",
    "credit/card.html": "a scorecard is given out as its own file",
    "credit/flags.html": "evidence beside a score",
    "credit/laboratory.html": "has a paper of its own",
    "diligence/parts.html": "one visit",
    "experts/lots.html": "the record of one draw, which anybody draws again",
    "figures/bank.html": "one bank's numbers; the scoreboard is exported",
    "compensation/folder.html": "the file of one guarantee",
    "compensation/bits.html": "the file of one guarantee",
    "recovery/show.html": "one case",
    "compensation/review.html": "one payment; it prints itself",
    "compensation/show.html": "one claim; the decision prints it",
    "bridge/presets.html": "figures of counties beside those in force; the settings are exported",
    "policies/claim.html": "one application; the list of applications is exported",
    "bridge/show.html": "one use of the fund; the list of uses is exported",
    "compensation/breaker.html": "one rate for each bank, worked out on the day; the claims are exported",
    "forums/mend.html": "what a change would do, before it is made",
    "forums/show.html": "the timetable of one session; its print pack has it",
    "guarantees/parts.html": "one case",
    "guarantees/price_parts.html": "how one fee is worked out; the fee note prints it",
    "guarantees/show.html": "one case; the resolution prints it",
    "interests/parts.html": "one declaration",
    "judging/show.html": "answers an upload; nothing is kept",
    "letters/parts.html": "one letter",
    "letters/show.html": "one guarantee; the register is exported",
    "lending/show.html": "one loan; the list of loans is exported",
    "matching/dossier.html": "leaves as its own sealed PDF alone",
    "matching/parts.html": "parts of pages about one need",
    "matching/round.html": "a comparison before one choice; each need's page has it",
    "matching/show.html": "one need",
    "offers/items.html": "what is on file for one need",
    "offers/drawdowns.html": "each loan by itself; the commitments are exported",
    "offers/weighed.html": "how the offers of one need compare",
    "offers/show.html": "one offer and its plan",
    "papers/reading.html": "how one paper was read",
    "parties/firm.html": "one firm",
    "helping/mine.html": "one firm's own help",
    "helping/firm.html": "one firm; the lists of firms, requests and tasks are exported",
    "helping/appointment.html": "one appointment; the tasks are exported",
    "people/account.html": "one's own sessions",
    "terms/parts.html": "one change of terms",
    "terms/show.html": "one change of terms",
    "watch/check.html": "one check and its visit",
    "watch/outside.html": "the form beside what is known of one firm",
    "watch/risk.html": "figures; each opens its list, which is exported",
}  # fmt: skip
TABLE = re.compile(r"\btable\(|<table class=\"table")


PARTS = re.compile(r'(?:from|include) "((?!parts/)[^"]+)"')


def with_a_table() -> set[str]:
    """Templates that show a table themselves or by a part of their own slice."""
    folder = HERE / "templates"
    texts = {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in folder.rglob("*.html")}
    own = {name for name, text in texts.items() if TABLE.search(text) and not name.startswith("parts/")}
    return own | {
        name for name, text in texts.items() if own & set(PARTS.findall(text)) and not name.startswith("parts/")
    }


def test_every_page_with_a_list_has_a_file_or_a_reason():
    assert sorted(with_a_table() - exports.lists() - set(NOT_LISTS)) == []
    assert sorted(set(NOT_LISTS) & exports.lists()) == []


@pytest.fixture
def zone(site):
    site.clock.now = NOW
    with writing(site.database) as session:
        for number in range(60):
            a_firm(session, name=f"示范铜材第{number:02d}号有限公司")
        odd = a_firm(session, name='=HYPERLINK("x")电缆有限公司')
        a_need(
            session,
            odd,
            number="XQ2026-9001",
            amount=Fen(123_456_789),
            state=NeedState.SUBMITTED,
            submitted_on=NOW.date(),
            due_on=NOW.date(),
        )
    return site


def book(answer):
    assert answer.status_code == 200, answer.text[:300]
    return load_workbook(BytesIO(answer.content)).worksheets[0]


def test_the_file_has_the_rows_of_all_pages_and_only_those_of_the_filter(zone):
    officer = zone.person(Role.OFFICER)
    assert book(officer.get("/firms?as=xlsx")).max_row == 3 + 61
    assert book(officer.get("/firms?as=xlsx&page=2")).max_row == 3 + 61
    found = book(officer.get("/firms?as=xlsx&q=电缆"))
    assert (found.max_row, found["A4"].value, found["A4"].data_type) == (4, '=HYPERLINK("x")电缆有限公司', "s")
    assert re.fullmatch(r"\w{18}", found["B4"].value)
    assert isinstance(found["F4"].value, datetime)


def test_amounts_are_numbers_to_the_last_fen_with_their_unit_in_the_head(zone):
    sheet = book(zone.person(Role.OFFICER).get("/needs?as=xlsx"))
    heads = [cell.value for cell in sheet[3]]
    at_amount = heads.index("金额（万元）")
    assert sheet[4][at_amount].value == pytest.approx(123.456789, abs=0)
    assert sheet[4][heads.index("编号")].value == "XQ2026-9001"


def test_csv_is_utf_8_with_its_mark_and_nothing_in_it_is_a_formula(zone):
    answer = zone.person(Role.OFFICER).get("/firms?as=csv&q=电缆")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[1][0] == '\'=HYPERLINK("x")电缆有限公司'


def test_what_leaves_is_on_record_and_whoever_may_not_see_the_page_gets_no_file(zone):
    zone.person(Role.OFFICER).get("/firms?as=csv")
    assert zone.person(Role.FUND).get("/firms?as=csv").status_code == 404
    with at(zone.database, SYSTEM, write=False) as desk:
        lines = desk.session.scalars(select(Entry).where(Entry.act == Act.GIVE_SHEET)).all()
    facts = [line.body["facts"] for line in lines]
    assert [(fact["list"], fact["form"], fact["rows"]) for fact in facts] == [("firms", "csv", 61)]


def test_a_list_longer_than_a_file_may_be_is_refused_with_what_to_do(zone, monkeypatch):
    monkeypatch.setattr("financing.listed.MOST_GIVEN", 60)
    answer = zone.person(Role.OFFICER).get("/firms?as=xlsx")
    assert answer.status_code == 413
    assert "60" in answer.text


def test_a_page_says_where_its_file_is_and_keeps_the_filter(zone):
    page = zone.person(Role.OFFICER).get("/firms?q=电缆&page=1").text
    assert re.search(r'href="/firms\?q=[^"]+&amp;as=xlsx"', page)


def test_pages_and_their_files_are_read_alike():
    title, tables = exports.read(
        '<main><h1>企业 <span>3</span></h1><table class="table"><caption>名单</caption><thead><tr><th>名称</th><th class="figure">金额 '
        '<span class="unit">万元</span></th><th></th></tr></thead><tbody><tr><th><a href="/x">甲&amp;乙</a><br><small>9136</small></th>'
        '<td class="figure">1,234.5</td><td><form>删</form></td></tr></tbody></table></main>'
    )
    assert (title, tables[0].caption) == ("企业 3", "名单")
    assert tables[0].heads == [["名称", "", ""], ["金额", "万元", "figure"], ["", "", ""]]
    assert tables[0].rows == [["甲&乙\n9136", "1,234.5", "删"]]


def test_every_list_of_a_zone_in_full_swing_leaves_as_both_files(doors, monkeypatch):
    """Walks every page that somebody may open in a populated zone: where it is a list, its files are asked for too."""
    shown: list[str] = []
    show = Page.show
    monkeypatch.setattr(
        Page, "show", lambda self, template, **facts: (shown.append(template), show(self, template, **facts))[1]
    )
    seen: set[str] = set()
    for place, role in pages(doors):
        shown.clear()
        doors._sends("GET", place, doors.visits[role].sid)
        if shown and exports.is_list(shown[-1]) and shown[-1] not in seen:
            seen.add(shown[-1])
            for form in exports.Form:
                answer = doors._sends("GET", f"{place}?as={form}", doors.visits[role].sid)
                assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, form.media), (
                    place,
                    role,
                )
                assert load_workbook(BytesIO(answer.content)).worksheets if form is exports.Form.XLSX else answer.text
    assert sorted(exports.lists() - seen) == []


def pages(doors):
    """Every address of the table of access with a role that may open it, visitors aside."""
    for case in access():
        path, methods = doors.routes[case.route]
        if "GET" in methods and case.expected == "yes" and case.role != Role.VISITOR:
            named = doors.zone.thing(case.thing, case.whose) if case.thing else ""
            yield re.sub(r"{\w+[^}]*}", str(named), path), case.role
