"""Checks, warnings and the portfolio at their pages: what each role finds there, and how a warning is closed by two."""

from __future__ import annotations

import re

import pytest

from financing.access import Role
from financing.papers.rules import PaperKind
from tests.financing.watch.conftest import watched_over
from tests.makers import TODAY, a_paper, writing
from web import jobs

VISIT = {
    "visited_on": TODAY.isoformat(), "place": "厂区", "met": "张明，总经理", "at_work": "46", "risk": "attention",
    "opinion": "回款放慢", **{f"{item}_seen": "fine" for item in ("use", "operation", "staff", "power", "security")},
    "stock_seen": "doubtful", "stock_note": "成品积压",
}  # fmt: skip


@pytest.fixture
def zone(site):
    site.watched = watched_over(site.database)
    site.watched.paid_out()
    jobs.run_daily(site.database, site.clock.now)
    return site


def key(page: str, part: str) -> int:
    return int(re.search(rf"/{part}/(\d+)", page)[1])


def test_a_visit_is_recorded_once_seen_by_the_zone_alone_and_dates_the_next(zone):
    officer, second = zone.person(Role.OFFICER), zone.person(Role.OFFICER, "second1")
    assert second.get("/work").status_code == 200
    place = f"/checks/{key(officer.get('/checks').text, 'checks')}"
    form = officer.get(f"{place}/visit").text
    other = re.search(r'<option value="(\d+)">', form.split('name="second"')[1])[1]
    assert "还缺现场照片" in officer.sends(f"{place}/visit", {**VISIT, "second": other}).text
    with writing(zone.database) as session:
        a_paper(
            session, zone.watched.letters.stage.firm, kind=PaperKind.PHOTO, name="现场.jpg", added_at=zone.clock.now
        )
    assert officer.sends(f"{place}/visit", {**VISIT, "second": other}).headers["location"].startswith(place)
    page = officer.get(place).text
    assert "成品积压" in page and "46 人" in page and "第 1 次保后检查" in page
    firm, banker = (zone.person(role, **own) for role, own in (
        (Role.SIGNATORY, {"firm_id": zone.watched.guarantee.firm_id}), (Role.BANKER, {"bank_id": zone.watched.guarantee.bank_id})
    ))  # fmt: skip
    for outsider in (firm, banker):
        seen = outsider.get(place)
        assert seen.status_code == 200 and "成品积压" not in seen.text and "回款放慢" not in seen.text
    assert "2027-01-22" in officer.get("/checks").text or "01-22" in officer.get("/checks").text  # sixty days on


def test_what_is_learned_warns_the_bank_reads_it_and_two_close_it(zone):
    officer, second = zone.person(Role.OFFICER), zone.person(Role.OFFICER, "second1")
    firm = zone.watched.guarantee.firm_id
    said = {
        "outside": "wages",
        "on": TODAY.isoformat(),
        "outside_value": "84000",
        "origin": "labour",
        "outside_text": "两个月工资",
    }
    assert officer.sends(f"/firms/{firm}/outside", said).status_code == 303
    assert "84,000.00" in officer.get(f"/firms/{firm}/outside").text
    jobs.run_daily(zone.database, zone.clock.now)
    place = f"/warnings/{key(officer.get('/warnings').text, 'warnings')}"
    banker = zone.person(Role.BANKER, bank_id=zone.watched.guarantee.bank_id)
    assert "两个月工资" in banker.get(place).text
    assert "处置预警" in officer.get("/work").text
    closing = {"closing": "gone", "reason": "工资已发"}
    assert officer.sends(f"{place}/ask", closing, opened=place).status_code == 303
    assert "由另一位经办复核" in officer.get(place).text and "工资已发" not in banker.get(place).text
    assert "复核关闭预警" in second.get("/work").text
    assert second.sends(f"{place}/confirm", {}, opened=place).status_code == 303
    assert "已关闭" in officer.get(place).text


def test_the_risk_page_leads_to_the_lists_behind_its_figures(zone):
    officer = zone.person(Role.OFFICER)
    page = officer.get("/risk").text
    for place in ("/risk/list?risk_class=normal", "/risk/list?bucket=none", "/checks", "/warnings"):
        assert f'href="{place}"' in page, place
        assert officer.get(place).status_code == 200
    assert zone.watched.guarantee.number in officer.get("/risk/list?risk_class=normal").text
    assert zone.watched.guarantee.number not in officer.get("/risk/list?risk_class=loss").text
    assert "120.00" in page
    english = officer.get("/risk", headers={"accept-language": "en"})
    assert english.status_code == 200
