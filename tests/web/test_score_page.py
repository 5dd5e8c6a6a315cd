"""The page of a score: every line with its points, a total that is their sum, and the way to a better grade."""

from __future__ import annotations

import re

import pytest

from financing.access import Role
from financing.needs.rules import NeedState
from financing.parties.stated import Known
from scoring.card import card
from scoring.facts import Source
from scoring.sheet import sheet
from tests.makers import TODAY, a_firm, a_need, an_assessment, writing
from tests.scoring.test_advise import GOOD

CLEAR = {"controller_prosecuted": False, "overdue_loans": 0}


@pytest.fixture
def opens(quick_site):
    """The page of a score made from these facts, as its officer reads it."""

    def open_it(facts, query=""):
        rules = card("credit", TODAY)
        found = sheet(rules, facts, on=TODAY)
        known = {name: Known(value, Source.REGISTRY, TODAY).as_json() for name, value in facts.items()}
        with writing(quick_site.database) as session:
            need = a_need(session, a_firm(session), state=NeedState.SCORED, submitted_on=TODAY)
            score = an_assessment(
                session, need, sheet=found.as_json(), facts=known, card="credit", since=rules.since, digest=rules.digest,
                total=found.total, grade=found.grade,
            )  # fmt: skip
            session.flush()
            key = score.id
        page = quick_site.person(Role.OFFICER).get(f"/scores/{key}{query}")
        assert page.status_code == 200
        return found, page.text

    return open_it


def words(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def of_lines(page):
    """The table of the items, apart from that of the red lines."""
    return page[page.index('class="table score"') :].partition("</table>")[0]


def test_the_total_on_the_page_is_the_sum_of_its_lines(opens):
    found, page = opens(GOOD | CLEAR)
    body = of_lines(page)
    lines = [(int(got), int(most)) for got, most in re.findall(r"<b>(\d+)</b> / (\d+)", body)]
    blocks = [(int(got), int(most)) for got, most in re.findall(r'<td class="figure">(\d+) / (\d+)</td>', body)]
    shown = re.search(r'class="score-number"><b>(\d+)</b> / (\d+)', page)
    assert (
        (int(shown[1]), int(shown[2]))
        == (sum(got for got, _ in lines), sum(most for _, most in lines))
        == (found.total, 100)
    )
    assert len(lines) == len(found.lines)
    assert (sum(got for got, _ in blocks), sum(most for _, most in blocks)) == (found.total, 100)


def test_each_line_says_what_its_next_band_needs(opens):
    _, page = opens(GOOD | CLEAR)
    table = words(of_lines(page))
    assert "资产负债率 65.00% ≤ 70 % ≤ 60 % +2" in table
    assert "专精特新、高新技术等资质 否 否 是 +2" in table


def test_the_nearest_way_is_told_with_value_points_months_and_day(opens):
    _, page = opens(GOOD | CLEAR)
    told = words(page[page.index('id="advice"') :])
    assert "达到准入线（60 分，等级 BBB）" in told
    assert "做到下面 1 项，重新评分为 61 分、等级 BBB；最快 1 个月" in told
    assert "自有厂房或租期覆盖贷款期+3 否 → 是" in told
    assert "达到等级 A（70 分） 4 项变化，最快 3 个月" in told
    assert "会一起变动：" in told


def test_a_red_line_that_stays_is_named_instead_of_a_way(opens):
    _, page = opens(GOOD | CLEAR | {"controller_prosecuted": True})
    told = words(page[page.index('id="advice"') :])
    assert "触及的红线企业自己不能解除" in told
    assert "实际控制人涉刑事案件" in told
    assert "项变化" not in told


def test_what_is_missing_is_asked_for_and_never_promised(opens):
    fewer = {
        name: value
        for name, value in GOOD.items()
        if name not in {"tax_grade", "tax_paid", "owner_credit", "invoice_gap", "buyer_record"}
    }
    _, page = opens(fewer | CLEAR)
    told = words(page[page.index('id="advice"') :])
    assert "否则“资料不足”" in told
    assert "不作承诺" in told
    assert "补交资料，数值为" in told


def test_the_best_grade_is_told_to_keep_it_up(opens):
    best = GOOD | {
        "debt_ratio": 40, "current_ratio": 2, "quick_ratio": 1.2, "interest_cover": 9, "net_margin": 9, "receivable_turnover": 9,
        "operating_cash_ratio": 9, "revenue_growth": 20, "invoice_gap": 1, "electricity_ratio": 110, "tax_grade": "A", "tax_paid": 30_000_000,
        "years_in_business": 9, "qualified_enterprise": True, "order_cover": 3, "secure_premises": True, "park_bills_paid": True,
    }  # fmt: skip
    found, page = opens(best | CLEAR)
    assert found.total == 100
    assert "已是最高等级" in page


def test_english_says_the_same(opens):
    _, page = opens(GOOD | CLEAR, "?lang=en")
    told = words(page[page.index('id="advice"') : page.index("</main>")])
    assert "Reach the admission line (60 points, grade BBB)" in told
    assert "With the 1 change(s) below a new score gives 61 points" in told
