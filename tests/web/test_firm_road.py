"""A firm at a browser, from registration to its score, and the officer across the table."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from datetime import date
from io import BytesIO
from itertools import count

import openpyxl
import pytest

from financing.access import Role
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.papers.model import Invoice, Paper, StatementLine
from financing.papers.rules import PaperKind
from financing.parties.model import Firm
from financing.parties.rules import FirmState
from reports.intake import template
from scoring.statement_lines import Standard
from tests.makers import a_code, a_firm, a_need, a_paper, writing
from tests.reports.statement_books import in_template, pair
from tests.web.conftest import OURS, PASSWORD

FIRM = {
    "name": "示范新材料有限公司", "industry": "3340", "park": "高新园区", "address": "工业大道 8 号", "founded_on": "2016-05-04",
    "representative": "王强", "contact": "赵敏", "phone": "0755-2345 6789", "employees": "86", "revenue": "3600", "assets": "2400",
}  # fmt: skip
ACCOUNT = {"contact": "赵敏", "phone": "0755-2345 6789", "login": "zhaomin", "password": PASSWORD}
NEED = {
    "amount": "120.5", "months": "12", "purpose": "working_capital", "use": "采购铜材\n分三月付", "latest": "2027-03-31", "wish": "3.8",
    "security": "none", "no_broker": "true",
}  # fmt: skip


def key_of(answer):
    return int(re.search(r"/(\d{16})", answer.headers["location"]).group(1))


def everything(site, kind):
    with writing(site.database) as session:
        return list(session.query(kind))


def invoices(rows=None):
    """The template filled in with a sale a month for three years."""
    book = openpyxl.load_workbook(BytesIO(template("invoices")))
    book["企业信息"].append(["E1", "示范新材料有限公司"])
    for n in range(34):
        day = date(2024 + n // 12, n % 12 + 1, 15)
        book["销项发票信息"].append(
            ["E1", f"{n:08d}", day.isoformat(), f"B{n % 10}", "1000000", "130000", "1130000", "有效发票"]
        )
    book["进项发票信息"].append(["E1", "90000001", "2026-01-05", "S1", "100", "13", "113", "有效发票"])
    for cell, value in (rows or {}).items():
        book["销项发票信息"][cell] = value
    sink = BytesIO()
    book.save(sink)
    return sink.getvalue()


def upload(browser, firm, content, name="发票.xlsx", kind="invoices", **more):
    page = "/papers" if browser.get("/papers").status_code == 200 else f"/firms/{firm}/papers"
    fields = {**browser.token(page, f"/firms/{firm}/papers"), "kind": kind, **more}
    file = {"file": (name, content, "application/octet-stream")}
    return browser.client.post(f"/firms/{firm}/papers", data=fields, files=file, headers=OURS, follow_redirects=False)


@pytest.fixture
def known(site):
    """A confirmed firm's signatory, an officer, and the firm's key."""
    with writing(site.database) as session:
        firm = a_firm(session).id
    return site.person(Role.SIGNATORY, "boss", firm_id=firm), site.person(Role.OFFICER), firm


def test_a_firm_goes_from_registration_to_its_score(site):
    firm = site.visitor()
    assert firm.sends("/register", ACCOUNT).headers["location"] == "/apply/firm?done=people.open"
    answer = firm.sends("/apply", FIRM | {"code": a_code()}, opened="/apply/all")
    assert answer.headers["location"] == "/needs/new/use?done=firm.register"
    home = firm.get("/my-needs").text
    assert "等待经开区确认企业登记" in home and "上传财务报表或发票明细" in home
    (kept,) = everything(site, Firm)

    assert upload(firm, kept.id, invoices()).status_code == 303
    drafted = firm.sends("/needs/new", NEED)
    need = key_of(drafted)
    assert "企业登记还没有确认，不用等" in firm.get(f"/needs/{need}/check").text

    officer = site.person(Role.OFFICER)
    assert officer.get(f"/needs/{need}").status_code == 404  # a draft belongs to the firm
    assert "示范新材料有限公司" in officer.get("/firms").text
    officer.sends(f"/firms/{kept.id}/confirm", opened=f"/firms/{kept.id}")
    assert firm.sends(f"/needs/{need}/submit", opened=f"/needs/{need}/check").status_code == 303
    assert "剩 5 个工作日" in firm.get(f"/needs/{need}").text
    assert f"/needs/{need}" in officer.get("/work").text
    officer.sends(f"/needs/{need}/accept", opened=f"/needs/{need}")
    scored = officer.sends(f"/needs/{need}/assess", opened=f"/needs/{need}")
    sheet = firm.get(scored.headers["location"].partition("?")[0]).text
    assert "近36个月年均开票销售额" in sheet and "1,133.33 万元" in sheet and "票据凭证" in sheet and "另有" in sheet
    road = firm.get(f"/needs/{need}").text
    assert road.count("road-done") == 3
    assert "officer 王" in road
    assert "办理记录（4 条" in road


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"code": "9135O1OOMOOO1OOY43"}, "是否应为 91350100M000100Y43"),
        ({"code": "123"}, "应为 18 位"),
        ({"name": "示范\u202e公司"}, "看不见"),
        ({"industry": "9999"}, "没有行业代码"),
        ({"founded_on": "2030-01-01"}, "成立日期"),
        ({"revenue": "很多"}, "不是有效金额"),
    ],
)
def test_a_mistake_is_said_at_the_field_and_nothing_typed_is_lost(quick_site, change, said):
    newcomer = quick_site.newcomer()
    answer = newcomer.sends("/apply", FIRM | {"code": a_code()} | change, opened="/apply/all")
    assert answer.status_code == 422 and said in answer.text
    assert 'value="工业大道 8 号"' in answer.text
    assert not everything(quick_site, Firm)


def test_a_weak_password_opens_no_account_and_is_never_sent_back(quick_site):
    answer = quick_site.visitor().sends("/register", ACCOUNT | {"password": "short one"})
    assert answer.status_code == 422 and "密码不够安全" in answer.text
    assert 'value="0755-2345 6789"' in answer.text and "short one" not in answer.text


def test_a_firm_that_is_known_is_told_whom_to_ask(quick_site):
    with writing(quick_site.database) as session:
        code = a_firm(session).code
    newcomer = quick_site.newcomer()
    group = {name: FIRM[name] for name in ("name", "industry", "park", "address", "founded_on", "representative")}
    answer = newcomer.sends("/apply/firm", group | {"code": code})
    assert answer.status_code == 409 and "已经在册" in answer.text and 'id="error-code"' in answer.text


def test_every_wrong_cell_is_listed_and_nothing_is_kept(site, known):
    firm, _, key = known
    answer = upload(firm, key, invoices({"E5": "一百", "C7": "昨天", "H9": "不知道"}))
    assert answer.status_code == 422
    for said in ("3 处错误", "一百", "昨天", "不知道", "销项发票信息"):
        assert said in answer.text, said
    assert not everything(site, Paper) and not everything(site, Invoice)
    assert not [path for path in site.settings.uploads.rglob("*") if path.is_file()]


def test_the_same_workbook_twice_is_one_paper(site, known):
    firm, _, key = known
    content = invoices()
    for _ in range(2):
        assert upload(firm, key, content).status_code == 303
    assert len(everything(site, Paper)) == 1 and len(everything(site, Invoice)) == 35
    assert len([path for path in site.settings.uploads.rglob("*") if path.is_file()]) == 1


def test_statements_are_read_by_year_and_shown_with_their_sums_and_ratios(site, known):
    firm, officer, key = known
    years = pair(Standard.SMALL, count(100_000, 101_713).__next__)
    content = in_template(Standard.SMALL, years)
    assert upload(firm, key, content, "报表.xlsx", "statements", year="2024").status_code == 422
    assert not everything(site, Paper)
    answer = upload(firm, key, content, "报表.xlsx", "statements")
    kept = {(line.year, line.line): line.amount.fen for line in everything(site, StatementLine)}
    assert kept == {(year, code): fen for year, lines in years.items() for code, fen in lines.items()}
    for who in (firm, officer):
        page = who.get(answer.headers["location"]).text
        for said in ("小企业会计准则", "资产负债表 C34", "相符", "资产负债率", "%", "2024", "2025"):
            assert said in page
    assert "读取结果和比率" in firm.get("/papers").text
    assert "Total assets" in firm.get(answer.headers["location"] + "&lang=en").text


def test_statements_that_do_not_tie_are_refused_by_their_cells_with_a_list_to_take_away(site, known):
    firm, _, key = known
    lines = {"assets": 100_000, "liabilities": 40_000, "equity": 50_000, "revenue": 120_000}
    answer = upload(firm, key, in_template(Standard.SMALL, {2025: lines}), "报表.xlsx", "statements")
    assert answer.status_code == 422
    assert "C34" in answer.text
    assert "相差 100.00 元" in answer.text
    assert not everything(site, StatementLine)
    listed = re.search(r'href="data:application/vnd[^,]*;base64,([^"]*)"', answer.text)
    rows = list(openpyxl.load_workbook(BytesIO(b64decode(listed[1]))).active.iter_rows(values_only=True))
    assert any("C34" in row for row in rows)


def test_what_a_new_paper_makes_impossible_is_noticed_on_it_in_both_languages(site, known):
    firm, officer, key = known
    with writing(site.database) as session:
        session.get(Firm, key).stated = {"tax_paid": {"value": 10**13, "source": "document", "as_of": "2026-01-05"}}
    assert upload(firm, key, invoices()).status_code == 303
    for who, where in ((firm, "/papers"), (officer, f"/firms/{key}/papers")):
        assert "纳税额高于全年开票销售额，请核对单位是否写错" in who.get(where).text
    assert "More tax than sales; check the unit" in firm.get("/papers?lang=en").text


def test_a_paper_that_is_no_statement_has_no_reading(site, known):
    firm, _, key = known
    upload(firm, key, b"%PDF-1.7 licence", "执照.pdf", "licence")
    (paper,) = everything(site, Paper)
    assert firm.get(f"/papers/{paper.id}/reading").status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "kind", "status"),
    [
        (b"%PDF-1.7 licence", "执照.pdf", "licence", 303),
        (b"<html><script>alert(1)</script>", "执照.pdf", "licence", 415),
        (b"MZ", "执照.png", "other", 415),
        (b"%PDF-1.7", "发票.xlsx", "invoices", 415),
        (b"", "空.pdf", "other", 415),
    ],
)
def test_a_file_is_what_its_bytes_say(quick_site, content, name, kind, status):
    with writing(quick_site.database) as session:
        firm = a_firm(session).id
    browser = quick_site.person(Role.CLERK, firm_id=firm)
    assert upload(browser, firm, content, name, kind).status_code == status


def test_a_paper_comes_back_as_it_was_and_only_to_those_who_may(site, known):
    firm, officer, key = known
    content = b"%PDF-1.7 the licence"
    upload(firm, key, content, "营业执照 副本.pdf", "licence")
    (paper,) = everything(site, Paper)
    answer = firm.get(f"/papers/{paper.id}/file")
    assert answer.content == content and answer.headers["content-disposition"].startswith("attachment")
    assert officer.get(f"/papers/{paper.id}/file").content == content
    with writing(site.database) as session:
        rival = a_firm(session).id
    other = site.person(Role.SIGNATORY, "rival", firm_id=rival)
    assert other.get(f"/papers/{paper.id}/file").status_code == 404
    assert upload_to(other, key).status_code == 404


def upload_to(browser, firm):
    fields = {**browser.token("/papers"), "kind": "other"}
    file = {"file": ("a.pdf", b"%PDF-1.7", "application/pdf")}
    return browser.client.post(f"/firms/{firm}/papers", data=fields, files=file, headers=OURS, follow_redirects=False)


def test_a_need_is_returned_with_reasons_mended_and_withdrawn(site, known):
    firm, officer, key = known
    with writing(site.database) as session:
        a_paper(session, session.get(Firm, key), kind=PaperKind.INVOICES)
    need = key_of(firm.sends("/needs/new", NEED))
    firm.sends(f"/needs/{need}/submit", opened=f"/needs/{need}/check")
    officer.sends(f"/needs/{need}/return", {"reason": "请补充购销合同。"})
    assert "请补充购销合同。" in firm.get("/my-needs").text
    assert firm.sends(f"/needs/{need}/edit", NEED | {"amount": "80"}).status_code == 303
    assert "800,000.00 元" in firm.get(f"/needs/{need}/check").text
    assert firm.sends(f"/needs/{need}/withdraw", opened=f"/needs/{need}").status_code == 303
    assert everything(site, Need)[0].state is NeedState.WITHDRAWN


def test_a_need_that_cannot_be_is_shown_again(quick_site):
    with writing(quick_site.database) as session:
        firm = a_firm(session).id
    browser = quick_site.person(Role.CLERK, firm_id=firm)
    for change in ({"latest": "2020-01-01"}, {"amount": "0"}, {"months": "61"}, {"purpose": "gold"}):
        answer = browser.sends("/needs/new", NEED | change)
        assert answer.status_code == 422 and "采购铜材" in answer.text, change
    assert not everything(quick_site, Need)


def test_a_clerk_drafts_and_the_page_says_who_submits(quick_site):
    with writing(quick_site.database) as session:
        firm = a_firm(session)
        a_paper(session, firm)
        firm = firm.id
    clerk = quick_site.person(Role.CLERK, firm_id=firm)
    need = key_of(clerk.sends("/needs/new", NEED))
    page = clerk.get(f"/needs/{need}/check").text
    assert "提交须由企业负责人账号办理" in page and f"/needs/{need}/submit" not in page


def test_an_officer_records_facts_and_only_what_changed_gets_the_new_day(site, known):
    firm, officer, key = known
    page = f"/firms/{key}/facts"
    officer.sends(
        page,
        {
            "as_of": "2026-11-01",
            "tax_grade": "A",
            "dishonest_records": "0",
            "abnormal_operation": "no",
            "tax_paid": "35",
        },
    )
    officer.sends(
        page,
        {
            "as_of": "2026-11-20",
            "tax_grade": "A",
            "dishonest_records": "0",
            "abnormal_operation": "yes",
            "tax_paid": "35",
        },
    )
    (kept,) = everything(site, Firm)
    assert kept.stated["tax_grade"] == {"value": "A", "source": "registry", "as_of": "2026-11-01"}
    assert kept.stated["abnormal_operation"] == {"value": True, "source": "registry", "as_of": "2026-11-20"}
    assert kept.stated["tax_paid"]["value"] == 35_000_000
    assert "列入经营异常名录未移出" in firm.get("/firm").text and firm.get(page).status_code == 404
    assert officer.sends(page, {"as_of": "2026-11-20", "tax_grade": "E"}).status_code == 422
    assert officer.sends(page, {"as_of": "2026-11-20", "debt_ratio": "10"}).status_code == 422


def test_what_was_looked_up_again_with_the_same_result_gets_the_new_day_when_the_officer_says_so(site, known):
    _, officer, key = known
    seen = {"tax_grade": "A", "dishonest_records": "0"}
    officer.sends(f"/firms/{key}/facts", {"as_of": "2026-11-01", **seen})
    officer.sends(f"/firms/{key}/facts", {"as_of": "2026-11-20", "again": "true", **seen})
    (kept,) = everything(site, Firm)
    assert {name: fact["as_of"] for name, fact in kept.stated.items()} == dict.fromkeys(seen, "2026-11-20")


def test_a_firm_states_soft_assets_only_with_proof_and_an_officer_verifies_them(site, known):
    firm, officer, key = known
    page = f"/firms/{key}/edit"
    (kept,) = everything(site, Firm)
    own = {name: getattr(kept, name) for name in ("name", "industry", "founded_on", "representative")}
    form = {name: str(own.get(name, value)) for name, value in FIRM.items() if name not in {"login", "password"}}
    refused = firm.sends(page, form | {"receivables_confirmed": "120", "order_cover": "1.5"})
    assert refused.status_code == 422 and "须有证明材料" in refused.text and "订单合同" in refused.text
    assert not everything(site, Firm)[0].stated
    with writing(site.database) as session:
        a_paper(session, session.get(Firm, key), kind=PaperKind.ORDERS)
    firm.sends(page, form | {"receivables_confirmed": "120", "order_cover": "1.5"})
    officer.sends(
        f"/firms/{key}/facts",
        {"as_of": "2026-11-20", "receivables_confirmed": "100", "order_cover": "1.5", "again": "true"},
    )
    (kept,) = everything(site, Firm)
    assert kept.stated["receivables_confirmed"] == {"value": 100_000_000, "source": "document", "as_of": "2026-11-20"}
    firm.sends(page, form | {"receivables_confirmed": "100", "order_cover": "2"})
    (kept,) = everything(site, Firm)
    assert kept.stated["receivables_confirmed"]["source"] == "document"  # the same value stays verified
    assert kept.stated["order_cover"] == {"value": "2.0", "source": "declared", "as_of": "2026-11-23"}
    assert "企业申报" in firm.get("/firm").text and "已确权应收账款" in firm.get("/firm").text


def test_an_officer_sets_up_banks_and_products(site, known):
    _, officer, _ = known
    bank = key_of(officer.sends("/banks/add", {"name": "示范银行开发区支行", "kind": "city"}))
    terms = {
        "name": "园区贷", "least": "10", "most": "500", "shortest": "6", "longest": "36", "spread": "0.45", "valid_from": "2026-01-01",
        "valid_until": "2027-12-31", "grade": "BBB", "guaranteed_only": "true", "sections": "C",
    }  # fmt: skip
    assert officer.sends(f"/banks/{bank}/products/add", terms).status_code == 303
    assert officer.sends(f"/banks/{bank}/products/add", terms | {"least": "600"}).status_code == 422
    assert "10–500" in officer.get(f"/banks/{bank}").text
    admin = site.person(Role.BANK_ADMIN, bank_id=bank)
    assert (
        admin.sends(f"/banks/{bank}/products/add", terms | {"name": "科创贷"})
        .headers["location"]
        .startswith("/products")
    )
    other = key_of(officer.sends("/banks/add", {"name": "另一家银行", "kind": "rural"}))
    assert admin.sends(f"/banks/{other}/products/add", terms).status_code == 403


def test_two_people_at_one_file_lose_nothing(site, known):
    firm, officer, key = known
    before = firm.token(f"/firms/{key}/edit")
    fields = {name: FIRM[name] for name in ("park", "address", "contact", "phone")}
    with writing(site.database) as session:
        now = session.get(Firm, key)
        same = {
            "name": now.name,
            "industry": now.industry,
            "founded_on": now.founded_on.isoformat(),
            "representative": now.representative,
        }
    officer.sends(f"/firms/{key}/edit", fields | same | {"park": "老园区"})
    late = firm.client.post(
        f"/firms/{key}/edit",
        data={**before, **fields, **same, "owner_years": "9"},
        headers=OURS,
        follow_redirects=False,
    )
    assert late.status_code == 409 and "老园区" in late.text and "工业大道 8 号" in late.text


def test_what_was_confirmed_is_not_changed_by_the_firm(site, known):
    firm, _, key = known
    fields = {
        name: FIRM[name]
        for name in ("name", "industry", "park", "address", "founded_on", "representative", "contact", "phone")
    }
    answer = firm.sends(f"/firms/{key}/edit", fields)
    assert answer.status_code == 422 and "已由经开区对照营业执照确认" in answer.text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_of_the_slices_opens_in_both_languages(quick_site, lang):
    with writing(quick_site.database) as session:
        firm = a_firm(session)
        need = a_need(session, firm)
        handed_in = a_need(session, firm, state=NeedState.SUBMITTED)
        new = a_firm(session, state=FirmState.REGISTERED, size="undetermined", industry="A")
        a_paper(
            session,
            firm,
            finding=json.dumps([{"sheet": "x", "row": 1, "column": "y", "value": "", "code": "doubles", "count": 2}]),
        )
        keys = firm.id, need.id, handed_in.id, new.id
    f, n, s, g = keys
    pages = [
        (quick_site.person(Role.SIGNATORY, "s", firm_id=f), [
            "/my-needs", "/firm", f"/firms/{f}/edit", "/papers", "/needs/new", f"/needs/{n}", f"/needs/{n}/edit", f"/needs/{n}/check",
        ]),
        (quick_site.person(Role.OFFICER, "o"), [
            "/work", "/needs", "/needs?q=x&status=&page=3", "/needs?status=draft", "/firms", "/firms?status=registered", f"/firms/{g}",
            f"/firms/{f}", f"/firms/{f}/facts", f"/firms/{f}/papers", f"/needs/{s}", f"/needs/{s}/return", "/banks", "/banks/add", "/guarantor", "/guarantor/propose", "/guarantor/limits/propose",
        ]),
        (quick_site.person(Role.AUDITOR, "a"), ["/firms", f"/firms/{f}", "/needs", f"/needs/{s}"]),
        (quick_site.visitor(), ["/register"]),
    ]  # fmt: skip
    for browser, paths in pages:
        for path in paths:
            answer = browser.get(path + ("&" if "?" in path else "?") + f"lang={lang}")
            assert answer.status_code == 200, path


def test_every_filter_and_page_of_a_list_answers(quick_site):
    with writing(quick_site.database) as session:
        for _ in range(60):
            a_need(session, a_firm(session), state=NeedState.SUBMITTED)
    officer = quick_site.person(Role.OFFICER, "o")
    assert officer.get("/needs?page=2&status=submitted").text.count("<tr>") == 11
    assert officer.get("/needs?q=%27%3B--&status=nonsense&page=-4").status_code == 200
