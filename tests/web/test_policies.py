"""Policies at their pages: written in lines, previewed, published by two, found by a firm, applied for, made public, paid by two, printed."""

from __future__ import annotations

import re

import pytest

from financing.access import Role
from tests.makers import a_firm, writing

POLICY = {
    "title": "园区研发补助办法", "doc_no": "园管发〔2026〕3号", "level": "zone", "issuer": "园区管委会", "department": "科技局",
    "phone": "0790-1234567", "issued_on": "2026-01-10", "since": "2026-02-01", "until": "2027-01-31", "source": "园区公报2026年第1期",
    "confidence": "A", "summary": "按研发费用补助，最高20万元。",
}  # fmt: skip
CLAUSE = {
    "title": "研发费用补助10%", "says": "小微企业按上年研发费用的10%补助。", "benefit": "subsidy", "route": "quick", "papers": "研发费用辅助账",
    "clause_conditions": "企业规模 属于 小型、微型\n高新技术企业 为 是", "amount_rule": "share", "amount_base": "rd_expense",
    "amount_rate": "10", "amount_cap": "20", "clause_windows": "2026-09-01 至 2026-12-20",
}  # fmt: skip


@pytest.fixture
def zone(site):
    with writing(site.database) as session:
        site.firm = a_firm(session, name="示范铜材有限公司").id
        a_firm(session, size="large")
    site.officer, site.second = site.person(Role.OFFICER), site.person(Role.OFFICER, "second1")
    site.boss = site.person(Role.SIGNATORY, firm_id=site.firm)
    return site


def published(zone) -> str:
    place = zone.officer.sends("/policies/new", POLICY).headers["location"].split("?")[0]
    key = place.rsplit("/", 1)[1]
    looked = zone.officer.sends(f"/policies/{key}/clause", {**CLAUSE, "look": "true"}).text
    assert "今天有 0 家企业符合，1 家可能符合" in looked
    assert zone.officer.sends(f"/policies/{key}/clause", CLAUSE).status_code == 303
    assert zone.officer.sends(f"/policies/{key}/propose", opened=f"/policies/{key}", fields={}).status_code == 303
    assert "发布政策" not in zone.officer.get(place).text  # another person does that
    assert zone.second.sends(f"/policies/{key}/adopt", opened=f"/policies/{key}", fields={}).status_code == 303
    return key


def number(page: str, part: str) -> str:
    return re.search(rf"/policies/{part}/(\d+)", page)[1]


def test_from_the_text_to_the_money(zone):
    key = published(zone)
    page = zone.boss.get("/policies/mine").text
    assert "研发费用补助10%" in page and "可能符合" in page and "高新技术企业" in page
    assert (
        zone.boss.sends(
            "/policies/facts", opened="/policies/mine", fields={"high_tech": "yes", "rd_expense": "80"}
        ).status_code
        == 303
    )
    page = zone.boss.get("/policies/mine").text
    assert "80,000.00" in page  # 80万 × 10% = 8万元
    clause = number(page, "clauses")
    form = zone.boss.get(f"/policies/clauses/{clause}/apply").text
    assert "80,000.00" in form
    assert "不能超过" in zone.boss.sends(f"/policies/clauses/{clause}/apply", {"claim_amount": "80000.01"}).text
    claim = (
        zone.boss.sends(f"/policies/clauses/{clause}/apply", {"claim_amount": "80000"})
        .headers["location"]
        .split("?")[0]
    )
    assert "已经申报过" in zone.boss.sends(f"/policies/clauses/{clause}/apply", {"claim_amount": "80000"}).text
    assert zone.officer.sends(f"{claim}/review", opened=claim, fields={"granted": "60000"}).status_code == 303
    assert zone.officer.sends(f"{claim}/publicise", opened=claim, fields={}).status_code == 303
    public = zone.visitor().get("/policies/publicity").text
    assert "示范铜材有限公司" in public and "60,000.00" in public
    assert "公示到" in zone.officer.sends(f"{claim}/ask-payment", opened=claim, fields={"voucher": "付2026-118"}).text
    zone.clock.later(days=8)
    officer, second = zone.officer, zone.second
    for one, login in ((officer, "officer"), (second, "second1"), (zone.boss, "signatory")):
        one.signs_in(login)
    assert officer.sends(f"{claim}/ask-payment", opened=claim, fields={"voucher": "付2026-118"}).status_code == 303
    assert second.sends(f"{claim}/pay", opened=claim, fields={}).status_code == 303
    assert "已兑付" in zone.boss.get(claim).text
    ledger = officer.get("/policies/ledger").text
    assert "合计与台账逐笔相符" in ledger and "20,000.00" in ledger  # 应享 8万 − 兑付 6万
    assert "20,000.00" in officer.get(f"/policies/clauses/{clause}").text
    sheet = officer.get("/policies/claims?as=csv")
    assert "60000.00" in sheet.text
    assert f"/policies/{key}" in zone.visitor().get("/policies").text


def test_a_line_that_cannot_be_read_is_named_and_what_was_typed_stays(zone):
    place = zone.officer.sends("/policies/new", POLICY).headers["location"].split("?")[0]
    wrong = zone.officer.sends(f"{place}/clause", {**CLAUSE, "clause_conditions": "企业规模 属于 小型\n鞋码 不超过 42"})
    assert wrong.status_code == 422
    assert "第 2 行" in wrong.text and "鞋码 不超过 42" in wrong.text and "研发费用补助10%" in wrong.text


def test_a_clause_in_force_is_shown_for_its_next_edition(zone):
    key = published(zone)
    form = zone.officer.get(f"/policies/{key}/clause?place=1").text
    assert "企业规模 属于 小型、微型" in form and "2026-09-01 至 2026-12-20" in form and "rd_expense" in form
    english = zone.officer.get(f"/policies/{key}/clause?place=1&lang=en").text
    assert "Size class one of Small, Micro" in english


def test_a_question_is_answered_for_everybody_without_who_asked(zone):
    key = published(zone)
    assert (
        zone.boss.sends(
            f"/policies/{key}/ask", opened=f"/policies/{key}", fields={"question": "示范铜材去年刚成立研发部，能报吗？"}
        ).status_code
        == 303
    )
    assert "示范铜材去年" not in zone.visitor().get(f"/policies/{key}").text
    waiting = zone.officer.get("/policies/questions").text
    asked = number(waiting, "questions")
    said = {"question": "研发部成立不满一年能报吗？", "answer": "能，按上年实际研发费用。"}
    assert (
        zone.officer.sends(f"/policies/questions/{asked}/answer", said, opened="/policies/questions").status_code == 303
    )
    page = zone.visitor().get(f"/policies/{key}").text
    assert "研发部成立不满一年能报吗？" in page and "示范铜材" not in page


def test_policies_are_found_by_their_words(zone):
    published(zone)
    visitor = zone.visitor()
    assert (
        "园区研发补助办法" in visitor.get("/policies?words=研发 科技").text
        or "园区研发补助办法" in visitor.get("/policies?words=研发").text
    )
    assert "没有找到" in visitor.get("/policies?words=造船").text


def test_examples_are_taken_over_as_drafts_that_firms_do_not_see(zone):
    page = zone.officer.get("/policies/examples").text
    assert "须由园区对照原文核对" in page
    taken = zone.officer.sends("/policies/examples", {"example": "interest-sme-2026"})
    place = taken.headers["location"].split("?")[0]
    assert "示例，须由园区核对" in zone.officer.get(place).text
    assert zone.visitor().get(place).status_code == 404
    assert zone.officer.sends("/policies/examples", {"example": "no-such"}).status_code == 404


def test_the_pocket_book_is_a_paper(zone):
    published(zone)
    book = zone.officer.get("/policies/pocket-book")
    assert book.headers["content-type"] == "application/pdf"
    assert book.content.startswith(b"%PDF")


def test_a_policy_is_turned_down_and_repealed_with_its_reason(zone):
    place = zone.officer.sends("/policies/new", POLICY).headers["location"].split("?")[0]
    zone.officer.sends(f"{place}/clause", CLAUSE)
    zone.officer.sends(f"{place}/propose", opened=place, fields={})
    assert zone.second.sends(f"{place}/turn-down", opened=place, fields={"reason": "上限写错"}).status_code == 303
    assert "上限写错" in zone.officer.get(place).text
    assert zone.officer.sends(f"{place}/edit", {**POLICY, "title": "园区研发补助办法（修订）"}).status_code == 303
    zone.officer.sends(f"{place}/propose", opened=place, fields={})
    zone.second.sends(f"{place}/adopt", opened=place, fields={})
    assert zone.officer.sends(f"{place}/repeal", opened=place, fields={"reason": "省里另有规定"}).status_code == 303
    assert "修订" not in zone.visitor().get("/policies").text
