"""Pages of the settings: figures by two people, a year's calendar with a preview, history for those who look on."""

from __future__ import annotations

import pytest

from financing.access import SYSTEM, Role
from financing.dated import views
from financing.dated.model import SettingProposal
from financing.dated.rules import read_days
from financing.parameters import figure, figures
from tests.makers import TODAY, at
from web import figure_words

FIGURE = "/settings/figures/sector_ppm"
FORM = {"value": "55.5", "since": "2026-12-01", "why": "行业下行", "source": "园区办公会纪要第3号", "confidence": "C"}
NOTICE = "date,kind,name\n2027-01-01,off,元旦\n2027-02-05,off,除夕\n2027-02-14,work,调休\n"
YEAR = {"year": "2027", "notice_text": NOTICE, "source": "国务院办公厅通知", "why": "年度安排"}


def test_a_figure_is_proposed_in_its_own_unit_and_confirmed_by_somebody_else(quick_site):
    admin, chair, auditor = (quick_site.person(role) for role in (Role.ADMIN, Role.CHAIR, Role.AUDITOR))
    assert admin.sends(FIGURE, FORM).status_code == 303
    with at(quick_site.database, SYSTEM, quick_site.clock.now, write=False) as desk:
        (proposal,) = desk.all(SettingProposal)
    assert proposal.value == 555_000
    place = f"/settings/proposals/{proposal.id}/adopt"
    assert "由另一位管理员或评审委主任确认" in admin.get(FIGURE).text
    assert place not in admin.get(FIGURE).text
    assert chair.sends(place, opened=FIGURE).status_code == 303
    page = auditor.get(FIGURE).text
    assert "55.50 %" in page and "园区办公会纪要第3号" in page and "chair 王" in page
    assert "<form" not in page.partition("<main")[2], "whoever looks on changes nothing"
    with at(quick_site.database, SYSTEM, quick_site.clock.now, write=False):
        assert figure("sector_ppm", TODAY.replace(month=12)).value == 555_000


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [("value", "abc", "不是有效利率"), ("value", "101", "应在"), ("since", "2026-11-23", "已经开始的日子不能更改")],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(quick_site, field, typed, said):
    admin = quick_site.person(Role.ADMIN)
    page = admin.sends(FIGURE, {**FORM, field: typed})
    assert page.status_code == 422
    assert said in page.text
    assert typed in page.text and FORM["source"] in page.text


def test_a_years_arrangement_is_shown_before_it_counts_and_counts_once_confirmed(quick_site):
    admin = quick_site.person(Role.ADMIN)
    shown = admin.sends("/settings/calendar/preview", YEAR, opened="/settings/calendar/change")
    assert shown.status_code == 200
    assert "将更改 2 天；1 天与现在相同；0 天已经开始" in shown.text
    with at(quick_site.database, SYSTEM, quick_site.clock.now, write=False) as desk:
        assert 2027 not in desk.calendar.years
    token = admin.token("/settings/calendar/change", "/settings/calendar/preview")
    answer = admin.client.post(
        "/settings/calendar/import",
        data={**token, **YEAR},
        headers={"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"},
        follow_redirects=False,
    )
    assert answer.status_code == 303
    with at(quick_site.database, SYSTEM, quick_site.clock.now, write=False) as desk:
        assert 2027 in desk.calendar.years
        assert [line.open for line in views.year(desk, 2027).days] == [False, False, True]
    page = admin.get("/settings/calendar?year=2027").text
    assert "国务院办公厅通知" in page and "年度安排已公布" in page


@pytest.mark.parametrize(
    ("text", "line"),
    [("", 1), ("2027-01-01,off", 1), ("date,kind,name\n2027-13-01,off,x", 2), ("date,kind,name\n2027-01-01,off,x\n2027-01-02,maybe,x", 3),
     ("date,kind,name\n2027-01-01", 2)],
)  # fmt: skip
def test_a_file_that_is_no_arrangement_is_refused_at_its_line(quick_site, text, line):
    admin = quick_site.person(Role.ADMIN)
    page = admin.sends("/settings/calendar/preview", {**YEAR, "notice_text": text}, opened="/settings/calendar/change")
    assert page.status_code == 422
    assert f"第 {line} 行" in page.text


def test_an_arrangement_written_by_a_spreadsheet_is_read():
    assert len(read_days("\ufeff# 来源\r\ndate,kind,name\r\n2027-01-01 , off ,元旦\r\n\r\n")) == 1


@pytest.mark.parametrize("found", figures(), ids=lambda found: f"{found.key}-{found.since}")
def test_a_figure_typed_as_it_is_shown_is_the_same_figure(found):
    assert figure_words.typed(found, figure_words.as_typed(found)) == found.value
    for lang in ("zh", "en"):
        assert figure_words.figure_value(found, lang)
