"""The register and the return at their pages, as files read back, and figures typed by one officer and confirmed by another."""

from __future__ import annotations

import pytest

from financing.access import Role
from financing.letters.rules import EntryKind
from financing.money import Fen
from reports.sheets import read_book
from tests.financing.letters.conftest import chosen
from web import jobs

FORM = {
    "month": "2026-10",
    "total_assets": "21500.5",
    "net_profit": "-12",
    "staff_other": "2",
    "nothing_outside": "true",
}


@pytest.fixture
def zone(site):
    site.letters = chosen(site.database)
    site.made = site.letters.issued()
    site.letters.repays(site.made, Fen.wan(20))
    return site


def types(browser, **more):
    return browser.sends("/returns/type", {**FORM, **more})


def read(answer):
    """A workbook as rows of text by sheet, without the heads."""
    book = read_book(answer.content, name="read.xlsx")
    return {name: [list(row)[1:] for row in sheet.iter_rows()] for name, sheet in book.sheets.items()}


def test_the_register_shows_every_guarantee_its_sum_and_that_the_counters_agree(zone):
    page = zone.person(Role.OFFICER).get("/ledger").text
    for said in (
        zone.made.number,
        zone.letters.stage.firm.name,
        "100.00 万元",
        "75.00 万元",
        "相差 0 分",
        "支小支农占比（在保）",
        "达标",
    ):
        assert said in page, said
    assert zone.letters.stage.firm.name not in zone.person(Role.LEADER).get("/ledger").text


def test_the_register_of_a_day_before_has_nothing_of_what_came_later(zone):
    officer = zone.person(Role.OFFICER)
    page = officer.get("/ledger?on=2026-11-22").text
    assert zone.made.number not in page
    assert "这一天没有在保的担保。" in page
    assert zone.made.number in officer.get("/ledger?on=2099-01-01").text  # a day to come is today


def test_the_register_as_a_workbook_holds_numbers_that_add_up(zone):
    ((name, rows),) = read(zone.person(Role.AUDITOR).get("/ledger/sheet")).items()
    assert name == "在保台账 2026-11-23"
    head = next(at for at, row in enumerate(rows) if row[0] == "担保编号")
    (line,) = [dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 :] if row[0]]
    assert (line["担保编号"], line["在保余额（万元）"], line["担保责任余额（万元）"]) == (zone.made.number, "100", "75")


def test_figures_are_typed_by_one_officer_confirmed_by_another_and_then_stand_in_the_return(zone):
    first, second = zone.person(Role.OFFICER, "first1"), zone.person(Role.OFFICER, "second1")
    assert types(first).status_code == 303
    page = first.get("/returns?month=2026-10").text
    assert "这是您填报的" in page
    assert "21,500.50 万元" in page
    assert "复核通过</button>" not in page
    path = next(
        part.split('"')[0] for part in second.get("/returns?month=2026-10").text.split('action="') if "/confirm" in part
    )
    assert second.sends(path, {}, opened="/returns?month=2026-10").status_code == 303
    page = second.get("/returns?month=2026-10").text
    for said in ("21,500.50", "-12.00", "待填", "本月还有", "银保监发〔2018〕1 号"):
        assert said in page, said


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"total_assets": "-1"}, "资产总额"),
        ({"income": "1", "fee_income": "2"}, "担保费收入"),
        ({"month": "2026-11"}, "月份"),
        ({"month": "2026-13"}, "月份"),
        ({"staff_other": "1.5"}, "其他学历"),
    ],
)
def test_a_figure_that_cannot_be_is_named_and_all_that_was_typed_stands_again(zone, more, said):
    answer = types(zone.person(Role.OFFICER), **more)
    assert answer.status_code in {409, 422}
    assert said in answer.text
    assert 'value="21500.5"' in answer.text or "total_assets" in more


def test_the_return_as_a_workbook_has_every_line_with_its_number_and_says_what_is_missing(zone):
    found = read(zone.person(Role.LEADER).get("/returns/sheet?month=2026-11"))
    assert list(found) == ["监管月报 2026-11 金额", "监管月报 2026-11 户数和人数", "填报说明"]
    lines = {row[0]: row for rows in list(found.values())[:2] for row in rows if row[0]}
    assert lines["5.1.1"][1:4] == ["　　借款类担保（本平台）", "120", "—"]
    assert lines["7.1.1"][2:5] == ["100", "0", "0"]
    assert (lines["8.1"][2], lines["9.1.1"][2], lines["3"][2], lines["23"][2]) == ("75", "1", "待填", "待填")


def test_the_daily_run_raises_an_alarm_that_officers_and_leaders_read_once(zone):
    leader, officer = zone.person(Role.LEADER), zone.person(Role.OFFICER)
    zone.letters.books(zone.made, EntryKind.COMPENSATED, Fen.wan(50))
    for _ in range(2):
        jobs.run_daily(zone.database, zone.clock.now)
    for reader in (leader, officer):
        page = reader.get("/notices").text
        assert page.count("政策指标越线") >= 1
        assert "/ledger" in page
    page = leader.get("/ledger").text
    assert "代偿率（本年）" in page
    assert "越线" in page
