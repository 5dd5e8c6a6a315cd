"""The printed form against the pages: the same questions in the same order, under an edition that names them."""

from __future__ import annotations

import re

import pytest

from financing import wording
from financing.access import Role
from financing.money import Fen
from financing.needs.behalf_model import Behalf
from financing.needs.behalf_rules import BehalfState
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.papers.model import Paper
from financing.papers.rules import PaperKind
from financing.parties.model import Firm
from tests.makers import a_code, a_firm, a_paper, writing
from tests.reports.reading import bare, text
from tests.web.conftest import OURS
from tests.web.test_one_form import everything
from web.one_form import FIRM_GROUPS, NEED_GROUPS
from web.pages.needs import NeedForm
from web.pages.parties import RegisterForm
from web.paper_form import CONTACT, EDITION, EDITIONS, LABELS, questions

HIDDEN = {"version"}  # no question of anybody's
#: What each edition asks, copied by hand. Whoever changes a question gives the form a new edition and adds its list here.
ASKED = {
    "2026-1": [
        ["联系人", "电话"],
        ["统一社会信用代码", "企业名称", "法定代表人", "行业", "成立日期", "所在园区", "地址"],
        ["从业人员（人）", "上年营业收入（万元）", "资产总额（万元）"],
        ["用途", "具体用途"],
        ["金额（万元）", "期限（月）", "最迟用款日", "期望年利率（%）"],
        ["可提供的担保", "未通过中介"],
    ]
}
CHOICES = {"2026-1": [3, 5]}
FORM = {"purpose": "working_capital", "use": "采购铜材原料", "amount": "80", "months": "12", "latest": "2027-03-31", "security": "none",
        "no_broker": "true", "edition": EDITION, "signed_by": "张明", "signed_on": "2026-11-20"}  # fmt: skip


def scan():
    return {"scan": ("申请表.pdf", b"%PDF-1.7 signed", "application/pdf")}


def types(officer, firm, files=None, **change):
    page = f"/firms/{firm}/typing"
    form = officer.token(page, page) | FORM | change
    return officer.client.post(page, data=form, files=files, headers=OURS, follow_redirects=False)


@pytest.fixture
def cast(site):
    with writing(site.database) as session:
        firm = a_firm(session)
        a_paper(session, firm)
        key = firm.id
    return site.person(Role.OFFICER), site.person(Role.SIGNATORY, "boss", firm_id=key), key


def test_an_edition_asks_what_it_has_always_asked():
    assert [[one.label for one in group] for _title, group in questions("zh")] == ASKED[EDITION]
    offered = [len(one.choices) for _title, group in questions("zh") for one in group if len(one.choices) > 1]
    assert offered == CHOICES[EDITION]
    assert EDITION in EDITIONS and set(EDITIONS) == set(ASKED)


def test_the_paper_asks_the_same_groups_as_the_pages_in_the_same_order():
    for lang in ("zh", "en"):
        words = [
            [wording.field(LABELS.get(name, name), lang) for name in group.fields]
            for group in (CONTACT, *FIRM_GROUPS, *NEED_GROUPS)
        ]
        assert [[one.label for one in group] for _title, group in questions(lang)] == words
    assert {*CONTACT.fields, *(name for group in FIRM_GROUPS for name in group.fields)} == {
        *RegisterForm.model_fields
    } - HIDDEN
    assert {name for group in NEED_GROUPS for name in group.fields} == {*NeedForm.model_fields} - HIDDEN


def test_no_question_names_its_unit_twice():
    for lang in ("zh", "en"):
        for one in (one for _title, group in questions(lang) for one in group):
            assert not (one.unit and one.label.rstrip("）)").endswith(one.unit.rstrip("个"))), one.label


def test_anybody_prints_it_with_its_edition_and_its_address(quick_site):
    answer = quick_site.visitor().get("/paper-form")
    assert answer.headers["content-type"] == "application/pdf"
    said = text(answer.content)
    assert EDITION in said and bare(quick_site.settings.zone_name) in bare(said)
    for group in ASKED[EDITION]:
        for question in group:
            assert bare(question) in bare(said), question


def test_the_officer_types_the_questions_in_the_order_of_the_paper(quick_site):
    with writing(quick_site.database) as session:
        firm = a_firm(session).id
    officer = quick_site.person(Role.OFFICER)
    for page, groups in (
        (f"/typing?code={a_code()}", (CONTACT, *FIRM_GROUPS)),
        (f"/firms/{firm}/typing", NEED_GROUPS),
    ):
        form = officer.get(page).text
        form = form[form.index('method="post"', form.index("<main")) :]
        names = list(
            dict.fromkeys(re.findall(r'<(?:input|select|textarea)(?![^>]*type="hidden")[^>]* name="(\w+)"', form))
        )
        expected = [name for group in groups for name in group.fields]
        assert [name for name in names if name in expected] == expected


@pytest.mark.parametrize(
    ("files", "change", "said"),
    [
        (None, {}, 'id="error-scan"'),
        ({"scan": ("申请表.pdf", b"MZ", "application/pdf")}, {}, ""),
        (scan(), {"edition": "1999-1"}, 'id="error-edition"'),
        (scan(), {"signed_on": "2026-11-24"}, 'id="error-signed_on"'),
        (scan(), {"no_broker": ""}, ""),
        (scan(), {"amount": "0"}, 'id="error-amount"'),
    ],
    ids=["no scan", "no picture", "strange edition", "signed tomorrow", "broker", "no amount"],
)
def test_without_its_signed_scan_or_with_a_wrong_answer_nothing_is_typed_in(site, cast, files, change, said):
    officer, _owner, firm = cast
    answer = types(officer, firm, files or {}, **change)
    assert answer.status_code in {415, 422} and said in answer.text
    assert not everything(site, Need) and not everything(site, Behalf) and len(everything(site, Paper)) == 1


def test_a_typed_need_is_marked_wherever_it_is_shown_and_the_firm_confirms_it(site, cast):
    officer, owner, firm = cast
    answer = types(officer, firm, scan())
    assert answer.status_code == 303
    (need,), (typed,) = everything(site, Need), everything(site, Behalf)
    assert (need.state, need.amount) == (NeedState.SUBMITTED, Fen.wan(80))
    signed = [one for one in everything(site, Paper) if one.id == typed.scan_id]
    assert [(one.kind, one.name) for one in signed] == [(PaperKind.OTHER, "申请表.pdf")]
    assert owner.get(f"/papers/{typed.scan_id}/file").content == b"%PDF-1.7 signed"
    assert f"核对 {typed.typed_by_name} 代您录入的需求" in owner.get("/my-needs").text
    for who in (owner, officer):
        assert "代填" in who.get(f"/needs/{need.id}").text
        shown = who.get("/firm" if who is owner else f"/firms/{firm}").text
        assert "代填的需求" in shown and need.number in shown and "张明" in shown
    assert owner.sends(f"/typed-needs/{typed.id}/confirm", opened=f"/needs/{need.id}").status_code == 303
    assert "代您录入" not in owner.get("/my-needs").text
    assert everything(site, Behalf)[0].state is BehalfState.CONFIRMED


def test_an_objection_is_made_on_its_own_page_and_ends_the_need(site, cast):
    officer, owner, firm = cast
    types(officer, firm, scan())
    (need,), (typed,) = everything(site, Need), everything(site, Behalf)
    page = f"/typed-needs/{typed.id}/object"
    assert owner.sends(page, {"why": ""}).status_code == 422
    assert owner.sends(page, {"why": "金额应为 50 万元。"}).status_code == 303
    assert everything(site, Need)[0].state is NeedState.WITHDRAWN
    assert "金额应为 50 万元。" in officer.get(f"/needs/{need.id}").text
    assert owner.sends(page, {"why": "再来一次"}).status_code == 409


def test_nobody_else_answers_or_types(site, cast):
    officer, owner, firm = cast
    types(officer, firm, scan())
    (typed,) = everything(site, Behalf)
    with writing(site.database) as session:
        other = a_firm(session).id
    rival = site.person(Role.SIGNATORY, "rival", firm_id=other)
    clerk = site.person(Role.CLERK, "clerk", firm_id=firm)
    for who, status in ((rival, {404}), (clerk, {403, 404}), (officer, {403, 404})):
        token = who.token("/account", "/sign-out")
        answer = who.client.post(f"/typed-needs/{typed.id}/confirm", data=token, headers=OURS)
        assert answer.status_code in status
    assert owner.get(f"/firms/{firm}/typing").status_code in {403, 404}
    assert everything(site, Behalf)[0].state is BehalfState.OPEN


def test_a_firm_typed_from_paper_bears_its_source_and_is_typed_once(site):
    officer, code = site.person(Role.OFFICER), a_code()
    form = {"code": code, "name": "示范新材料有限公司", "industry": "3340", "park": "高新园区", "address": "工业大道 8 号",
            "founded_on": "2016-05-04", "representative": "王强", "contact": "赵敏", "phone": "0755-2345 6789"}  # fmt: skip
    assert officer.sends("/typing", form, opened=f"/typing?code={code}").status_code == 303
    (firm,) = everything(site, Firm)
    assert {mark["origin"] for mark in firm.origins.values()} == {"paper"}
    assert "纸质材料" in officer.get(f"/firms/{firm.id}").text
    assert officer.get(f"/typing?code={code}").headers["location"] == f"/firms/{firm.id}/typing"
