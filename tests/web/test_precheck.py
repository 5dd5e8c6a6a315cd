"""The pre-check at the door: no account, nothing kept, every wrong input answered at its field."""

from __future__ import annotations

import re

from sqlalchemy import text

from tests.web.conftest import OURS

FIRM = {
    "industry": "3340",
    "employees": "60",
    "sales": "2000",
    "active_months": "36",
    "debt": "to_50",
    "red_lines": "none",
}


def asks(browser, **told):
    return browser.sends("/precheck", told)


def rows(site):
    """How many rows every table holds."""
    with site.database.reader.connect() as connection:
        names = connection.dialect.get_table_names(connection)
        return {name: connection.execute(text(f'select count(*) from "{name}"')).scalar() for name in names}


def test_a_stranger_gets_every_gate_and_both_ranges(quick_site):
    page = asks(quick_site.visitor(), **FIRM, longest_gap="0", average="2000", typical="150", customers="60").text
    assert "按您填写的内容，可以申请" in page
    for word in (
        "小型或微型企业",
        "没有触及红线",
        "评分达到准入线",
        "财金〔2025〕11号",
        "62–94",
        "6–100",
        "等级 BBB 至 AAA",
    ):
        assert word in page
    assert 'value="2000"' in page  # what was told stands in the form, to be changed


def test_nothing_is_kept_but_a_count_of_the_address(site):
    visitor = site.visitor()
    visitor.get("/precheck")
    before = rows(site)
    assert asks(visitor, **FIRM).status_code == 200
    after = rows(site)
    assert {name for name in after if after[name] != before[name]} <= {"tries"}
    assert after["tries"] == before["tries"] + 1


def test_every_wrong_input_is_answered_at_its_field_and_the_rest_stays(quick_site):
    page = asks(
        quick_site.visitor(), **FIRM | {"industry": "9999x", "active_months": "37", "sales": "viel", "debt": "none"}
    )
    assert page.status_code == 422
    for key in ("industry", "active_months", "sales", "debt"):
        assert f'id="error-{key}"' in page.text
    assert 'value="60"' in page.text
    assert "分数和额度的区间" not in page.text


def test_two_answers_that_cannot_both_be_true_are_sent_back(quick_site):
    page = asks(quick_site.visitor(), active_months="36", longest_gap="3")
    assert page.status_code == 422
    assert 'id="error-longest_gap"' in page.text
    assert "不可能同时成立" in page.text


def test_who_asks_too_often_waits_a_minute_while_signing_in_stays_open(quick_site):
    visitor = quick_site.visitor()
    answers = [asks(visitor, **FIRM).status_code for _ in range(31)]
    assert answers == [200] * 30 + [429]
    assert "请在 1 分钟后再试" in asks(visitor, **FIRM).text
    quick_site.clock.later(minutes=1)
    assert asks(visitor, **FIRM).status_code == 200


def test_what_was_told_goes_into_the_form_only_when_the_stranger_agrees(quick_site):
    visitor = quick_site.visitor()
    page = asks(visitor, **FIRM).text
    form = page[page.index('action="/precheck/register"') :]
    carried = dict(re.findall(r'<input type="hidden" name="(industry|employees|sales)" value="([^"]*)"', form))
    assert carried == {"industry": "3340", "employees": "60", "sales": "2000"}
    hidden = dict(re.findall(r'name="(csrf|once)" value="([^"]*)"', form))
    assert visitor.client.post("/precheck/register", data=hidden | carried, headers=OURS).status_code == 422
    registration = visitor.client.post("/precheck/register", data=hidden | carried | {"agreed": "true"}, headers=OURS)
    assert registration.status_code == 200
    assert 'action="/register"' in registration.text
    for value in carried.values():
        assert f'value="{value}"' in registration.text
    assert 'value="3340"' not in visitor.get("/register").text


def test_the_front_page_leads_there_and_english_is_complete(quick_site):
    visitor = quick_site.visitor()
    assert 'href="/precheck"' in visitor.get("/").text
    visitor.get("/precheck?lang=en")
    page = asks(visitor, **FIRM | {"red_lines": "some", "amount": "600"}).text
    words = re.sub(r"<[^>]+>", "", page[page.index("<main") : page.index("<datalist")])
    assert "By what you entered, the conditions are not met now" in words
    for sentence in ("you ask for", "May reach the line", "As things are there is no guarantee"):
        assert sentence.lower() in words.lower()
