"""The page of imports: a file goes up, its progress and faults are shown, and the yes puts all of it on file."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from financing.access import SYSTEM, Role
from financing.imports.rules import ImportKind
from financing.parties.model import Firm
from reports.gate import Limits
from tests.financing.imports.books import a_book, a_row
from tests.makers import NOW, at
from tests.web.conftest import Browser, Site
from web.importing import Importer

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIRMS = ImportKind.FIRMS


@pytest.fixture
def officer(site: Site) -> Browser:
    site.clock.now = NOW
    return site.person(Role.OFFICER)


def sends(person: Browser, content: bytes, name: str = "企业.xlsx") -> str:
    answer = person.sends("/imports", {"kind": "firms"}, opened="/imports", files={"file": (name, content, XLSX)})
    assert answer.status_code == 303, answer.text[:500]
    return str(answer.headers["location"]).partition("?")[0]


def works(site: Site) -> None:
    Importer(site.database, site.settings.uploads, Limits(), site.clock).run()


def firms(site: Site) -> int:
    with at(site.database, SYSTEM, write=False) as desk:
        return len(desk.all(Firm))


def test_from_the_upload_to_the_yes(site, officer):
    content = a_book(FIRMS, [a_row(FIRMS), a_row(FIRMS)])
    page = sends(officer, content)
    waiting = officer.get(page).text
    assert "排队中" in waiting
    assert '<meta http-equiv="refresh"' in waiting
    works(site)
    assert firms(site) == 0
    ready = officer.get(page).text
    assert "试算通过" in ready
    assert officer.sends(f"{page}/confirm", opened=page).status_code == 303
    assert firms(site) == 2
    assert "已导入" in officer.get(page).text
    again = sends(officer, content)
    works(site)
    told = officer.get(again).text
    assert "完全相同" in told
    assert page in told
    assert "/confirm" not in told


def test_faults_are_told_on_the_page_and_in_a_marked_copy(site, officer):
    page = sends(officer, a_book(FIRMS, [a_row(FIRMS), a_row(FIRMS, phone="无")]))
    works(site)
    told = officer.get(page).text
    for said in ("未通过", "联系电话", "“无”不是电话号码"):
        assert said in told
    copy = load_workbook(BytesIO(officer.get(f"{page}/report").content)).active
    assert copy.max_row == 4
    assert firms(site) == 0


def test_a_stopped_import_can_be_taken_up_again(site, officer):
    page = sends(officer, a_book(FIRMS, [a_row(FIRMS)]))
    officer.sends(f"{page}/stop", opened=page)
    works(site)
    assert "已停止" in officer.get(page).text
    officer.sends(f"{page}/resume", opened=page)
    works(site)
    assert "试算通过" in officer.get(page).text


def test_a_file_that_is_no_workbook_is_refused_on_the_page_and_nothing_is_kept(site, officer):
    answer = officer.sends(
        "/imports", {"kind": "firms"}, opened="/imports", files={"file": ("a.xlsx", b"%PDF-1.7", XLSX)}
    )
    assert answer.status_code == 415
    assert not list(site.settings.uploads.glob("*"))


def test_every_template_is_given_out(officer):
    for kind in ImportKind:
        assert load_workbook(BytesIO(officer.get(f"/imports/templates/{kind}").content)).sheetnames[-1] == "填写说明"
