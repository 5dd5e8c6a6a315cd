"""The scoreboard of banks at its pages."""

from __future__ import annotations

import pytest

from financing.access import Role
from financing.matching.rules import MatchState as S
from financing.money import Rate
from tests.financing.figures.test_banks import Zone

YEAR = {"since": "2026-01-01", "until": "2026-12-31"}


@pytest.fixture
def zone(quick_site):
    return Zone(quick_site.database)


@pytest.fixture
def bank(zone):
    bank = zone.bank(name="信江农商银行城东支行")
    zone.sent(bank, S.CHOSEN, after=1, cost=Rate.percent("4.1"))
    zone.sent(bank, S.DECLINED, after=4)
    zone.sent(bank, S.SENT)
    return bank


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEADER, Role.AUDITOR])
def test_every_number_stands_with_its_cases_its_definition_and_a_mark_when_they_are_few(quick_site, bank, role):
    reader = quick_site.person(role)
    board = reader.get("/scoreboard", params=YEAR).text
    assert all(
        said in board
        for said in ("信江农商银行城东支行", "2.5 个工作日", "33.3%", "4.10 %", "共 3 笔", "样本少", "尚无数据")
    )
    page = reader.get(f"/scoreboard/{bank.id}", params=YEAR).text
    assert "到期没有答复的比例" in page
    assert f"/scoreboard/{bank.id}/cases?" in page


def test_an_officer_finds_the_cases_behind_a_number(quick_site, bank):
    officer = quick_site.person(Role.OFFICER)
    page = officer.get(f"/scoreboard/{bank.id}/cases", params=YEAR | {"measure": "silence"}).text
    assert "计入" in page
    for measure in ("renewal", "nothing"):
        answer = officer.get(f"/scoreboard/{bank.id}/cases", params=YEAR | {"measure": measure})
        assert answer.status_code == 404


def test_I19_a_banker_is_led_to_their_own_numbers_and_finds_no_other_s(quick_site, zone, bank):
    rival = zone.bank(name="竞争银行")
    zone.sent(rival, S.DECLINED, after=2)
    banker = quick_site.person(Role.BANKER, bank_id=bank.id)
    assert banker.get("/scoreboard").headers["location"] == f"/scoreboard/{bank.id}"
    page = banker.get(f"/scoreboard/{bank.id}").text
    assert "信江农商银行城东支行" in page
    assert "竞争银行" not in page
    assert banker.get(f"/scoreboard/{rival.id}").status_code == banker.get("/scoreboard/1").status_code == 404


def test_a_bank_without_dossiers_has_a_page_that_says_so(quick_site, zone):
    bank = zone.bank()
    page = quick_site.person(Role.BANK_ADMIN, bank_id=bank.id).get(f"/scoreboard/{bank.id}").text
    assert "尚无数据" in page
    assert "0.0%" not in page
