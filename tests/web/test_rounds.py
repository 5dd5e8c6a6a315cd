from __future__ import annotations

import re

import pytest

from financing.access import Role
from financing.matching.model import Match, MatchRound
from tests.financing.matching.stage import Stage, staged
from tests.makers import at
from tests.web.conftest import Site

PAGE = "/matching/rounds"


@pytest.fixture
def stage(site: Site) -> Stage:
    return staged(site.database, banks=2)


def form(page: str, **typed: object) -> dict[str, object]:
    """What the page's own form would send, with what a person types into it."""
    sent = page[page.index('method="post" action="/matching/rounds"') :]
    hidden = re.findall(r'name="(each|seen|banks|limits)" value="([^"]*)"', sent)
    return {name: [value for key, value in hidden if key == name] for name, _ in hidden} | typed


def test_an_officer_compares_chooses_says_why_and_the_record_shows_both(site, stage):
    officer = site.person(Role.OFFICER)
    assert PAGE in officer.get("/matching").text
    page = officer.get(PAGE).text
    for said in (
        "稳定分配",
        "总分最优",
        "宁可互换的银企",
        "两种方案完全相同",
        stage.firm.name,
        stage.banks[0].name,
        "对企业：",
        "对银行：",
    ):
        assert said in page
    answer = officer.sends(PAGE, form(page, way="stable", why="尊重双方首选"), opened=PAGE)
    assert answer.status_code == 303
    with at(stage.database, stage.officer) as desk:
        (chosen,) = desk.all(MatchRound)
        assert len(desk.all(Match)) == 1
    record = officer.get(answer.headers["location"]).text
    assert "尊重双方首选" in record
    assert chosen.number in record
    assert 'name="seen"' not in record
    assert "尊重双方首选" in officer.get(PAGE).text
    auditor = site.person(Role.AUDITOR)
    assert "尊重双方首选" in auditor.get(f"{PAGE}/{chosen.id}").text
    assert auditor.get(PAGE).status_code == 404


def test_more_banks_a_need_and_a_bank_that_takes_none(site, stage):
    officer = site.person(Role.OFFICER)
    first, second = (bank.id for bank in stage.banks)
    page = officer.get(f"{PAGE}?each=2&banks={first}&limits=0&banks={second}&limits=5").text
    answer = officer.sends(PAGE, form(page, way="total", why="都问一问"), opened=PAGE)
    assert answer.status_code == 303
    with at(stage.database, stage.officer) as desk:
        assert [match.bank_id for match in desk.all(Match)] == [second]


def test_without_a_reason_nothing_is_proposed_and_the_page_keeps_what_was_asked(site, stage):
    officer = site.person(Role.OFFICER)
    page = officer.get(f"{PAGE}?each=3").text
    answer = officer.sends(PAGE, form(page, way="total"), opened=PAGE)
    assert answer.status_code == 422
    assert 'href="#field-why"' in answer.text
    assert "<option selected>3</option>" in answer.text
    with at(stage.database, stage.officer) as desk:
        assert desk.all(Match) == []


def test_a_choice_of_what_is_no_longer_so_is_refused_with_the_new_comparison(site, stage):
    officer = site.person(Role.OFFICER)
    page = officer.get(PAGE).text
    stale = form(page, way="stable", why="首选", seen="0" * 64)
    answer = officer.sends(PAGE, stale, opened=PAGE)
    assert answer.status_code == 409
    assert "还没有提出任何对接" in answer.text


def test_a_form_whose_limits_fit_no_banks_is_not_accepted(site, stage):
    officer = site.person(Role.OFFICER)
    page = officer.get(PAGE).text
    answer = officer.sends(PAGE, form(page, way="stable", why="首选", limits=["1"]), opened=PAGE)
    assert answer.status_code == 422


def test_where_nothing_waits_the_page_says_so(quick_site):
    assert "现在没有待对接的需求" in quick_site.person(Role.OFFICER).get(PAGE).text
