"""The pages of clocks, promised papers and the vault, as a firm and the office use them."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from financing.access import Role
from financing.clocks.model import Extension, Post
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.papers.model import Paper
from financing.parties.model import Firm
from tests.makers import a_firm, a_need, a_paper, writing
from tests.web.conftest import OURS
from web.jobs import run_daily, work_off
from web.stage.photo import photo


@pytest.fixture
def zone(site):
    """A week into the list of papers that may come later: a firm with a draft, two officers."""
    site.clock.later(days=14)
    with writing(site.database) as session:
        firm = a_firm(session)
        a_paper(session, firm)
        need = a_need(session, firm).id
    owner = site.person(Role.SIGNATORY, "boss", firm_id=firm.id)
    return owner, site.person(Role.OFFICER, "one"), site.person(Role.OFFICER, "two"), firm.id, need


def sends(browser, page, action, **fields):
    return browser.client.post(
        action, data={**browser.token(page, action), **fields}, headers=OURS, follow_redirects=False
    )


def comes_back(site, owner, officer, second, *, days):
    """Days later everybody signs in again."""
    site.clock.later(days=days)
    for browser, login in ((owner, "boss"), (officer, "one"), (second, "two")):
        browser.signs_in(login)


def state(site, need):
    with writing(site.database) as session:
        return session.get(Need, need).state


def test_a_need_goes_in_on_a_promise_and_the_notice_is_a_paper_of_two_copies(site, zone):
    owner, officer, _, _, need = zone
    page = f"/needs/{need}/check"
    assert "容缺受理" in owner.get(page).text
    assert sends(owner, page, f"/needs/{need}/submit").status_code == 422
    assert sends(owner, page, f"/needs/{need}/submit", promises="true").status_code == 303
    assert owner.get(f"/needs/{need}/promise").status_code == 404  # nothing is told before the need is accepted
    sends(officer, f"/needs/{need}", f"/needs/{need}/accept")
    shown = owner.get(f"/needs/{need}").text
    assert "待补齐" in shown and "2026-12-14 前补齐" in shown and f"/needs/{need}/promise" in shown
    printed = owner.get(f"/needs/{need}/promise")
    assert printed.status_code == 200 and printed.content.startswith(b"%PDF-")
    assert "完税证明" in owner.get("/tolerated").text


def test_a_pause_an_extension_and_a_reason_are_seen_by_the_firm(site, zone):
    owner, officer, second, _, need = zone
    sends(owner, f"/needs/{need}/check", f"/needs/{need}/submit", promises="true")
    clock = f"/needs/{need}/clock"
    wrong = sends(officer, f"{clock}?act=step.halt", f"/needs/{need}/halt", reason="other", evidence="x")
    assert wrong.status_code == 422 and "暂停原因" in wrong.text
    sends(officer, f"{clock}?act=step.halt", f"/needs/{need}/halt", reason="court", evidence="等法院出具生效证明")
    shown = owner.get(f"/needs/{need}").text
    assert "等待法院裁判或执行结果" in shown and "等法院出具生效证明" in shown and "暂停" in owner.get("/my-needs").text
    comes_back(site, owner, officer, second, days=2)
    sends(officer, clock, f"/needs/{need}/resume")
    sends(officer, f"{clock}?act=extension.ask", f"/needs/{need}/extend", days="2", why="核实境外订单")
    with writing(site.database) as session:
        asked = session.scalars(select(Extension.id)).one()
    assert f"/extensions/{asked}/agree" not in officer.get(clock).text
    assert sends(second, clock, f"/extensions/{asked}/agree").status_code == 303
    assert "核实境外订单" in owner.get(f"/needs/{need}").text
    comes_back(site, owner, officer, second, days=30)
    late = sends(officer, f"/needs/{need}", f"/needs/{need}/accept")
    assert late.status_code == 409 and "逾期原因" in late.text and state(site, need) is NeedState.SUBMITTED
    sends(officer, clock, f"/needs/{need}/explain", delay="mistake", why="经办休假未交接，今天办结")
    assert "经办休假未交接" in owner.get(f"/needs/{need}").text
    assert sends(officer, f"/needs/{need}", f"/needs/{need}/accept").status_code == 303


def test_each_step_of_the_status_line_leads_to_its_lines(site, zone):
    owner, officer, _, _, need = zone
    sends(owner, f"/needs/{need}/check", f"/needs/{need}/submit", promises="true")
    sends(officer, f"/needs/{need}", f"/needs/{need}/accept")
    page = owner.get(f"/needs/{need}?step=2").text
    assert re.findall(rf'href="/needs/{need}\?step=(\d)#step-\1"', page) == ["1", "2"]
    assert re.findall(r'<h3 id="step-(\d)">', page) == ["1", "2"] and re.search(r'<details[^>]+id="history" open', page)


def upload(browser, firm, field="file", content=b"%PDF-1.7 licence", name="营业执照.pdf", **fields):
    action = f"/firms/{firm}/papers"
    sent = {field: (name, content, "application/octet-stream")}
    data = {**browser.token("/papers", action), **fields}
    return browser.client.post(action, data=data, files=sent, headers=OURS, follow_redirects=False)


def test_a_paper_has_a_receipt_a_last_day_and_versions(site, zone):
    owner, officer, _, firm, _ = zone
    page = owner.get("/papers").text
    assert 'accept="image/*" capture="environment"' in page
    assert upload(owner, firm, kind="premises").status_code == 422  # its last day is missing
    assert upload(owner, firm, kind="licence", expires_on="2026-12-01").status_code == 422  # over
    first = upload(owner, firm, kind="licence", expires_on="2027-06-30").headers["location"].partition("?")[0]
    shot = upload(
        owner,
        firm,
        "photo",
        photo(1),
        "拍照.jpg",
        kind="licence",
        expires_on="2028-06-30",
        replaces=first.rpartition("/")[2],
    )
    second = shot.headers["location"].partition("?")[0]
    assert "第 2 版" in owner.get(second).text and "已替换" in owner.get(first).text
    again = upload(
        owner,
        firm,
        content=b"%PDF-1.7 other",
        kind="licence",
        expires_on="2028-06-30",
        replaces=first.rpartition("/")[2],
    )
    assert again.status_code == 422  # replaced already
    receipt = owner.get(f"{second}/receipt")
    assert receipt.content.startswith(b"%PDF-")
    sends(officer, second, f"{second}/reject", reason="illegible")
    assert "看不清" in owner.get("/papers").text
    with writing(site.database) as session:
        assert (
            session.scalars(select(Paper).where(Paper.kind == "licence", Paper.unfit.is_(None))).one().expires_on.year
            == 2027
        )


def test_the_administrator_sets_who_is_told(site, zone):
    admin = site.person(Role.ADMIN, "root")
    assert "还没有指定岗位" in admin.get("/posts").text
    assert sends(admin, "/posts", "/posts", rung="section", since="2026-12-01").status_code == 422  # begun
    assert sends(admin, "/posts", "/posts", rung="section", since="2026-12-31").status_code == 303
    with writing(site.database) as session:
        assert session.scalars(select(Post)).one().user_id is None
    assert "科室负责人" in admin.get("/posts").text


def test_a_leader_is_led_to_what_is_overdue_and_learns_nothing_of_the_firm(site, zone):
    owner, _, _, firm, need = zone
    assert sends(owner, f"/needs/{need}/check", f"/needs/{need}/submit", promises="true").status_code == 303
    leader = site.person(Role.LEADER, "head")
    assert "没有逾期的事项" in leader.get("/overdue").text
    site.clock.later(days=28)
    run_daily(site.database, site.clock.now)
    work_off(site.database, site.clock.now)
    leader.signs_in("head")
    assert 'href="/overdue"' in leader.get("/notices").text.partition("<main")[2]
    with writing(site.database) as session:
        number, name = session.get(Need, need).number, session.get(Firm, firm).name
    page = leader.get("/overdue").text
    assert number in page and "主要领导" in page and "尚未写明" in page
    assert name not in page
    assert leader.get(f"/needs/{need}").status_code == 404
