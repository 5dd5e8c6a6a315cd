"""The page of both lists: a workbook goes in whole or comes back with its faults, and goes out with what became of it."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook
from sqlalchemy import func, select

from financing.access import SYSTEM, Role
from financing.acts import Act
from financing.journal import Entry
from financing.lists.model import ListRow
from tests.makers import NOW, at
from tests.reports.test_lists import a_book
from tests.web.conftest import Browser, Site

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def officer(site: Site) -> Browser:
    site.clock.now = NOW
    return site.person(Role.OFFICER)


def sends(person: Browser, content: bytes):
    return person.sends("/lists", opened="/lists", files={"file": ("推荐清单.xlsx", content, XLSX)})


def rows(site: Site) -> int:
    with at(site.database, SYSTEM) as desk:
        return desk.session.scalar(select(func.count(ListRow.id))) or 0


def test_a_list_goes_in_and_out_and_in_again_without_a_second_effect(site):
    person = officer(site)
    assert sends(person, a_book({})).headers["location"] == "/lists?done=list.take"
    assert rows(site) == 1
    out = person.get("/lists/recommended/sheet")
    assert load_workbook(BytesIO(out.content))["推荐清单"].max_row >= 3
    assert sends(person, out.content).status_code == 303
    assert rows(site) == 1
    page = person.get("/lists").text
    assert "示范银行" in page
    assert "2026-12-02" in page
    with at(site.database, SYSTEM) as desk:
        assert desk.session.scalar(select(func.count()).where(Entry.act == Act.GIVE_LIST)) == 1


def test_one_wrong_cell_keeps_the_whole_file_out_and_is_told_with_its_place(site):
    person = officer(site)
    answer = sends(person, a_book({"期限（月）": "一年"}))
    assert answer.status_code == 422
    for said in ("推荐清单", "一年", "期限（月）", "错误清单.xlsx"):
        assert said in answer.text
    assert rows(site) == 0


def test_a_row_that_contradicts_what_is_on_file_keeps_the_file_out(site):
    person = officer(site)
    book = a_book({})
    code = next(str(row[1].value) for row in load_workbook(BytesIO(book)).active.iter_rows(min_row=3))
    sends(person, book)
    answer = sends(person, a_book({"统一社会信用代码": code, "融资需求金额（万元）": 90}))
    assert answer.status_code == 422
    assert code in answer.text
    assert rows(site) == 1
