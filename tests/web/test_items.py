"""Missing items at their pages: the list holds what may be asked, the firm answers once, and both see whose turn it is."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from financing.access import Role
from financing.offers.ask_model import ItemAsk
from financing.papers.model import Paper
from financing.parties.permit_rules import Item
from tests.financing.offers.test_service import declined, offered, opened, sent
from tests.makers import NOW, TODAY, a_permit, at, writing

PDF = ("流水.pdf", b"%PDF-1.7 flow", "application/pdf")


@pytest.fixture
def stage(quick_site):
    quick_site.clock.now = NOW
    return sent(quick_site.database, banks=2)


def bank(quick_site, stage, number):
    return quick_site.person(Role.BANKER, f"banker{number}", bank_id=stage.banks[number].id)


def matched(stage, number) -> int:
    with at(stage.database, stage.officer, NOW) as desk:
        return stage.match(desk, number).id


def asked(stage) -> ItemAsk:
    with at(stage.database, stage.officer, NOW) as desk:
        return desk.all(ItemAsk, by=ItemAsk.asked_at)[-1]


def test_a_bank_asks_from_the_list_and_the_firm_s_file_answers_the_next_bank_too(quick_site, stage):
    first, second = bank(quick_site, stage, 0), bank(quick_site, stage, 1)
    firm = quick_site.person(Role.CLERK, firm_id=stage.firm.id)
    place = f"/matches/{matched(stage, 0)}/items"
    page = first.get(place).text
    assert 'value="flow"' in page
    assert 'value="statements"' not in page, "it is on file and cannot be chosen"
    refused = first.sends(place, {"item": "statements"}, opened=place)
    assert "企业已经提供，材料库里有" in refused.text
    assert first.sends(place, {"item": "flow", "note": "近六个月"}, opened=place).status_code == 303
    assert "暂停" in first.get(place).text
    assert "近六个月" in firm.get(f"/needs/{stage.need.id}/banks").text
    answer = f"/items/{asked(stage).id}"
    refused = firm.sends(f"{answer}/answer", {}, opened=answer, files={"file": PDF})
    assert refused.status_code == 409 and "单独同意" in refused.text, "statements of an account are sensitive"
    with writing(stage.database) as session:
        a_permit(session, stage.firm, Item.SENSITIVE)
    sent_in = firm.sends(f"{answer}/answer", {}, opened=answer, files={"file": PDF})
    assert sent_in.status_code == 303, sent_in.text
    assert "轮到银行" in first.get(place).text
    other = f"/matches/{matched(stage, 1)}/items"
    page = second.get(other).text
    assert stage.banks[0].name not in page
    opened = re.search(r'"(/on-file/\d+)"(?:(?!/on-file/).)*流水\.pdf', page, re.DOTALL)
    assert second.get(opened[1]).content == PDF[1]
    assert "流水.pdf" in page
    assert 'value="flow"' not in page
    assert "所列的材料" in firm.get(f"/needs/{stage.need.id}/banks").text
    with at(stage.database, stage.officer, NOW) as desk:
        assert [one.kind for one in desk.all(Paper, Paper.name == "流水.pdf")] == ["flow"]


def test_a_figure_is_answered_in_its_unit_and_a_second_request_is_marked(quick_site, stage):
    first, firm = bank(quick_site, stage, 0), quick_site.person(Role.SIGNATORY, firm_id=stage.firm.id)
    place = f"/matches/{matched(stage, 0)}/items"
    first.sends(place, {"item": "debt"}, opened=place)
    answer = f"/items/{asked(stage).id}"
    field = re.search(r'<input[^>]*name="amount"[^>]*>', form := firm.get(answer).text)[0]
    assert " required" in field
    assert "选填" not in form, "what is required reads as required"
    assert "请填写" in firm.sends(f"{answer}/answer", {}, opened=answer).text
    assert firm.sends(f"{answer}/answer", {"amount": "1200000.5"}, opened=answer).status_code == 303
    assert "1,200,000.50" in first.get(place).text
    assert "请写明这份答复哪里不合用" in first.sends(place, {"item": "debt"}, opened=place).text
    assert first.sends(place, {"item": "debt", "note": "未含承兑"}, opened=place).status_code == 303
    for reader in (firm, quick_site.person(Role.OFFICER)):
        where = f"/needs/{stage.need.id}/banks" if reader is firm else f"/matching/{stage.need.id}"
        assert "重复索取" in reader.get(where).text


def test_a_question_taken_back_leaves_the_firm_nothing_to_do(quick_site, stage):
    first, firm = bank(quick_site, stage, 0), quick_site.person(Role.SIGNATORY, firm_id=stage.firm.id)
    place = f"/matches/{matched(stage, 0)}/items"
    first.sends(place, {"item": "power"}, opened=place)
    assert first.sends(f"/items/{asked(stage).id}/drop", opened=place).status_code == 303
    assert "答复补充事项</button>" not in firm.get(f"/items/{asked(stage).id}").text


def test_two_open_offers_are_weighed_in_words_and_as_a_chart_and_one_is_not(quick_site, stage):
    firm = quick_site.person(Role.SIGNATORY, firm_id=stage.firm.id)
    offered(stage, 0, drawdown_on=TODAY)
    offered(stage, 1, drawdown_on=TODAY + timedelta(days=6), charges=())
    for place in (f"/needs/{stage.need.id}/banks", "/offers"):
        assert "差在哪里" not in firm.get(place).text, "under seal"
    assert opened(stage) == 2
    for place in (f"/needs/{stage.need.id}/banks", "/offers"):
        page = firm.get(place).text
        for said in ("差在哪里", "合计多付 1,200.00 元", "早 6 天放款", "<polyline", "逐月数字", "12 个月共付"):
            assert said in page, said


def test_a_plain_offer_is_twelve_fields_with_most_filled_in(quick_site, stage):
    page = bank(quick_site, stage, 0).get(f"/matches/{matched(stage, 0)}/offer").text
    shown, _, further = page.partition('<details class="group further">')
    fields = re.compile(r'<(?:input|select|textarea)[^>]* id="field-')
    assert further
    rest = further.partition("</details>")[2]
    assert len(fields.findall(shown)) + len(fields.findall(rest)) == 12
    assert 'value="2026-12-23"' in page
    assert "提供保证" in page


def test_a_second_look_from_the_firm_s_request_to_a_new_answer_by_the_pages(quick_site, stage):
    declined(stage, 0)
    firm, colleague = quick_site.person(Role.SIGNATORY, firm_id=stage.firm.id), bank(quick_site, stage, 0)
    place = f"/needs/{stage.need.id}/second-look"
    assert "10 个工作日内申请复议" in firm.get(place).text
    what = re.search(r'value="(decline\.\d+:ratio)"', firm.get(place).text)[1]
    assert firm.sends(place, {"what": what, "why": "报表已更正"}, opened=place).status_code == 303
    assert "没有可以申请复议" in firm.get(place).text, "once for each decision"
    look = re.search(r'"(/second-looks/\d+)"', colleague.get("/second-looks").text)[1]
    page = colleague.get(look).text
    for said in ("报表已更正", "补充订单", "原来的婉拒"):
        assert said in page
    answered = colleague.sends(look, {"outcome": "overturned", "found": "更正后达标"}, opened=look)
    assert answered.status_code == 303
    assert "银行重新答复" in firm.get(look).text
    assert "100.0%" in quick_site.person(Role.OFFICER).get("/second-looks").text
    assert colleague.get(f"/matches/{matched(stage, 0)}/offer").status_code == 200
