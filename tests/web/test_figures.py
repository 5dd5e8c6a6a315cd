"""The leader's page: numbers with lists behind them, and no firm named."""

from __future__ import annotations

from datetime import timedelta

import pytest

from financing.access import Role
from financing.acts import Act
from financing.desk import opened
from financing.journal import Line
from financing.people.model import User
from tests.makers import a_firm, a_guarantor, a_need, writing
from web.jobs import run_daily

YEAR = {"since": "2026-01-01", "until": "2026-12-31"}


@pytest.fixture
def leader(quick_site):
    return quick_site.person(Role.LEADER)


def handed_in(site, count):
    """So many firms, each with a need handed in."""
    with writing(site.database) as session:
        firms = [a_firm(session, name=f"机密{n}有限公司", registered_at=site.clock.now) for n in range(count)]
        needs = [a_need(session, firm) for firm in firms]
        officer = session.query(User).first().actor
    with opened(site.database, officer, site.clock.now + timedelta(seconds=1)) as desk:
        desk.lines.extend(Line(Act.SUBMIT_NEED, "Need", need.id) for need in needs)
    return needs


def test_numbers_open_their_lists_and_no_firm_is_named(quick_site, leader):
    needs = handed_in(quick_site, 6)
    page = leader.get("/figures", params=YEAR).text
    assert "登记企业" in page
    assert "<svg" in page
    assert "/figures/submitted?" in page
    behind = leader.get("/figures/submitted", params=YEAR).text
    assert all(need.number in behind for need in needs)
    assert "机密" not in page + behind


def test_four_firms_are_too_few_to_show(quick_site, leader):
    needs = handed_in(quick_site, 4)
    page = leader.get("/figures", params=YEAR).text
    assert "不足 5 家企业，不显示" in page
    assert "/figures/submitted?" not in page
    behind = leader.get("/figures/submitted", params=YEAR).text
    assert not any(need.number in behind for need in needs)
    named = quick_site.person(Role.OFFICER).get("/figures/submitted", params=YEAR).text
    assert "机密0有限公司" in named


def test_an_empty_zone_has_a_page_too(quick_site, leader):
    assert "还没有占用担保额度" in leader.get("/figures").text
    with writing(quick_site.database) as session:
        a_guarantor(session)
    assert leader.get("/figures").status_code == 200


@pytest.mark.parametrize(
    "query", [{"since": "x"}, {"since": "2026-12-31", "until": "2026-01-01"}, {"until": "2026-13-01"}]
)
def test_a_strange_period_is_this_year(leader, query):
    assert 'value="2026-01-01"' in leader.get("/figures", params=query).text


def test_unknown_steps_and_other_people_find_nothing(quick_site, leader):
    for step in ("registered", "money", "x"):
        assert leader.get(f"/figures/{step}").status_code == 404
    for role in (Role.CHAIR, Role.ADMIN):
        assert quick_site.person(role).get("/figures").status_code == 404


def test_the_page_reads_in_english_too(leader):
    assert leader.get("/figures", params={"lang": "en"}).status_code == 200


def test_a_firm_states_an_officer_verifies_and_the_newer_source_counts(quick_site, leader):
    with writing(quick_site.database) as session:
        firm = a_firm(session, registered_at=quick_site.clock.now)
    signatory = quick_site.person(Role.SIGNATORY, firm_id=firm.id)
    page = f"/firms/{firm.id}/loans"
    assert "还没有声明或核验" in signatory.get(page).text
    assert signatory.sends(f"{page}/state", {"before": "some"}, opened=page).status_code == 303
    assert "有过银行贷款" in signatory.get(page).text
    officer = quick_site.person(Role.OFFICER)
    told = {"before": "none", "source": "credit_report", "note": "报告 20261120-1"}
    ahead = officer.sends(f"{page}/verify", {**told, "seen_on": "2027-01-01"}, opened=page)
    assert ahead.status_code == 422
    assert officer.sends(f"{page}/verify", {**told, "seen_on": "2026-11-20"}, opened=page).status_code == 303
    shown = signatory.get(page).text
    assert "从来没有银行贷款" in shown
    assert "报告 20261120-1" in shown
    assert leader.get(page).status_code == 404


def test_filters_stay_in_the_address_and_what_there_is_not_narrows_nothing(quick_site, leader):
    handed_in(quick_site, 6)
    page = leader.get("/figures", params=YEAR | {"section": "C", "size": "small", "band": "middle"}).text
    assert "section=C" in page
    assert 'value="middle" selected' in page
    odd = leader.get("/figures", params=YEAR | {"section": "?", "size": "?", "band": "?"}).text
    assert "section=" not in odd.split("<table")[1]
    assert ">6</a>" in odd


def test_anybody_reads_what_was_published_and_no_name(quick_site, leader):
    handed_in(quick_site, 6)
    visitor = quick_site.visitor()
    assert "还没有可以公布的数字" in visitor.get("/outcomes").text
    assert "公开成效" not in visitor.get("/").text
    quick_site.clock.later(days=40)
    run_daily(quick_site.database, quick_site.clock.now)
    page = visitor.get("/outcomes").text
    assert "2026-11-30" in page
    assert "机密" not in page
    assert "/outcomes" in visitor.get("/").text
    assert visitor.get("/outcomes", params={"lang": "en"}).status_code == 200
