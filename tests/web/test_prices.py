"""What a guarantee costs stands where everybody can read it, and agreements are made at their page by two people (F37, F39)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from financing.access import Role
from financing.guarantees.agreement_model import SharingAgreement
from tests.makers import TODAY, a_bank, a_guarantor, writing
from tests.web.test_precheck import FIRM, asks
from tests.web.test_terms import place, proposes, stored

FOUR = {
    "about": "all", "guarantor_share": "40", "bank_share": "20", "reguarantor_share": "20", "fund_share": "20",
    "valid_from": TODAY.isoformat(), "valid_until": (TODAY + timedelta(days=365)).isoformat(), "trigger_days": "60", "grace_days": "30",
    "single_cap": "500", "stop_rate": "5", "business": "小微企业贷款担保", "reason": "年度合作",
}  # fmt: skip
AT = "/agreements/propose"
PDF = b"%PDF-1.7 agreed"


@pytest.fixture
def zone(site):
    with writing(site.database) as session:
        a_guarantor(session)
        site.bank = a_bank(session).id
    return site


def test_a_stranger_reads_the_table_with_its_sources(quick_site):
    page = quick_site.visitor().get("/prices").text
    for words in ("AAA", "0.50 %", "80.00 %", "30.00 %", "产品默认：单笔年费率不超过1%", "2026-01-01"):
        assert words in page


def test_the_precheck_says_what_a_year_would_cost_in_the_grades_it_expects(quick_site):
    told = FIRM | {"longest_gap": "0", "average": "2000", "typical": "150", "customers": "60", "amount": "100"}
    page = asks(quick_site.visitor(), **told).text
    assert "等级 BBB 至 AAA" in page  # by the table: 1 % and 0.5 % of 100万元
    assert "担保费预计每年 5,000.00 元 至 10,000.00 元" in page


def test_an_agreement_is_put_forward_at_its_page_and_adopted_by_the_chair(zone):
    officer, chair = zone.person(Role.OFFICER), zone.person(Role.CHAIR)
    page = place(proposes(officer, FOUR, AT, agreement=PDF))
    shown = chair.get(page).text
    assert (
        "400,000.01 元" in shown and "200,000.00 元" in shown
    )  # the odd fen of the example goes to the largest remainder
    assert "采纳协议" not in officer.get(page).text
    assert chair.sends(f"{page}/adopt", opened=page).status_code == 303
    assert "今日适用" in chair.get(page).text


def test_a_bank_reads_what_is_agreed_with_it_and_with_all_and_finds_no_other(zone):
    officer, chair = zone.person(Role.OFFICER), zone.person(Role.CHAIR)
    with writing(zone.database) as session:
        rival = a_bank(session).id
    pages = {}
    for about in ("all", str(zone.bank), str(rival)):
        pages[about] = place(proposes(officer, FOUR | {"about": about}, AT, agreement=PDF + about.encode()))
        assert chair.sends(f"{pages[about]}/adopt", opened=pages[about]).status_code == 303
    banker = zone.person(Role.BANKER, bank_id=zone.bank)
    assert [banker.get(page).status_code for page in pages.values()] == [200, 200, 404]
    listed = banker.get("/agreements").text
    assert [page in listed for page in pages.values()] == [True, True, False]


def test_shares_that_make_no_whole_are_answered_with_the_difference_and_nothing_is_kept(zone):
    answer = proposes(zone.person(Role.OFFICER), FOUR | {"bank_share": "10"}, AT, agreement=PDF)
    assert answer.status_code == 422 and "90.00 %" in answer.text and "10.00 %" in answer.text
    assert stored(zone, SharingAgreement) == []
