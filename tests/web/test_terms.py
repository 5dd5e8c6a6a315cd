"""The guarantor's terms at their pages: proposed with files, decided by another, opened on record, warned of where the law asks it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from financing.access import Role
from financing.guarantees.documents import Document
from financing.money import Fen
from financing.parties.model import Guarantor
from financing.parties.rules import GuarantorKind
from tests.makers import a_bank, a_guarantor, writing
from tests.web.conftest import OURS

PDF = b"%PDF-1.7 the auditors say so"
STANDING = {
    "name": "示范开发区融资担保有限公司", "kind": "licensed", "net_assets": "30000", "share": "80", "fee": "1",
    "licence": "赣融担 0001", "licence_until": "2029-12-31", "reason": "上年度审计",
}  # fmt: skip


@pytest.fixture
def zone(site):
    with writing(site.database) as session:
        a_guarantor(session)
        site.bank = a_bank(session).id
    return site


def proposes(browser, fields=STANDING, path="/guarantor/propose", **files):
    form = {**browser.token(path), **fields}
    sent = {name: (f"{name}.pdf", content, "application/pdf") for name, content in files.items()}
    return browser.client.post(path, data=form, files=sent, headers=OURS, follow_redirects=False)


def place(answer):
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].split("?")[0]


def stored(site, kind):
    with writing(site.database) as session:
        return session.scalars(select(kind)).all()


def kept(site):
    folder = site.settings.uploads
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def test_a_change_is_proposed_with_its_file_shown_with_its_effect_and_adopted(zone):
    officer, chair, auditor = (zone.person(role) for role in (Role.OFFICER, Role.CHAIR, Role.AUDITOR))
    page = place(proposes(officer, audit_report=PDF))
    shown = chair.get(page).text
    for said in (
        "净资产",
        "20,000.0 万元",
        "30,000.0 万元",
        "200,000.0",
        "300,000.0",
        "国务院令第683号）第15条",
        "上年度审计",
    ):
        assert said in shown, said
    assert "采纳变更" not in officer.get(page).text
    assert chair.sends(f"{page}/adopt", opened=page).status_code == 303
    assert [one.net_assets for one in stored(zone, Guarantor)] == [Fen.wan(30_000)]
    document = stored(zone, Document)[0]
    assert kept(zone) == [document.stored]
    for reader in (officer, chair, auditor):
        assert reader.get(f"/documents/{document.id}/file").content == PDF
    for stranger in (zone.person(Role.LEADER), zone.visitor()):
        assert stranger.get(f"/documents/{document.id}/file").content != PDF


def test_what_is_refused_leaves_no_file_behind(zone):
    officer = zone.person(Role.OFFICER)
    answer = proposes(officer)
    assert answer.status_code == 422 and "还缺：审计报告" in answer.text
    answer = proposes(officer, proof=PDF)
    assert answer.status_code == 422 and "还缺：审计报告" in answer.text
    answer = proposes(officer, audit_report=b"MZ not a paper")
    assert answer.status_code == 415 and "PDF、PNG、JPG" in answer.text
    answer = proposes(officer, STANDING | {"name": "示范经开区管委会"}, audit_report=PDF, corporate_resolution=PDF)
    assert answer.status_code == 422 and "机关法人" in answer.text
    assert kept(zone) == [] and stored(zone, Document) == []
    assert 'value="30000"' in answer.text  # what was typed is still there


def test_the_same_form_twice_is_one_proposal_and_one_file(zone):
    officer = zone.person(Role.OFFICER)
    form = {**officer.token("/guarantor/propose"), **STANDING}
    sent = [
        officer.client.post(
            "/guarantor/propose", data=form, files={"audit_report": ("a.pdf", PDF, "application/pdf")}, headers=OURS,
            follow_redirects=False,
        )
        for _ in range(2)
    ]  # fmt: skip
    assert sent[0].headers["location"] == sent[1].headers["location"]
    assert len(kept(zone)) == len(stored(zone, Document)) == 1


def test_a_fund_manager_sets_a_limit_for_a_bank_and_the_chair_says_no(zone):
    fund, chair = zone.person(Role.FUND), zone.person(Role.CHAIR)
    fields = {"about": f"bank:{zone.bank}", "cap": "900", "reason": "集中度过高"}
    page = place(proposes(fund, fields, "/guarantor/limits/propose", corporate_resolution=PDF))
    assert "按总额度的通常比例" in fund.get(page).text
    answer = chair.sends(f"{page}/turn-down", {"reason": "先核对余额"}, opened=page)
    assert answer.status_code == 303
    assert "先核对余额" in fund.get(page).text and "不采纳" in fund.get("/guarantor").text
    answer = proposes(fund, fields | {"about": "sector:98"}, "/guarantor/limits/propose", corporate_resolution=PDF)
    assert answer.status_code == 422 and "没有行业代码" in answer.text


@pytest.mark.parametrize(
    ("kind", "warned"),
    [
        (GuarantorKind.LICENSED, ""),
        (GuarantorKind.REINSURED_PRODUCT, ""),
        (GuarantorKind.RISK_POOL, "只作风险补偿"),
        (GuarantorKind.CORPORATE_ONE_OFF, "须先有公司决议"),
    ],
)
def test_whoever_holds_no_licence_is_warned_of_on_every_page(quick_site, kind, warned):
    with writing(quick_site.database) as session:
        a_guarantor(session, kind=kind, name="示范投资有限公司")
    page = quick_site.person(Role.OFFICER).get("/guarantor").text
    assert ("未持有融资担保业务经营许可证" in page) is bool(warned)
    assert warned in page
