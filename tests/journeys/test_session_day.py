"""The day of a session in the browser: invited, answered, checked in by a scanned code, talked, written on the wall, followed up."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from financing.access import Role
from financing.desk import BEIJING, opened
from financing.forums.day_model import Guest
from financing.matching import service
from financing.needs.model import Need
from tests.financing.matching.stage import Stage, staged
from tests.journeys.conftest import Site
from tests.journeys.person import NARROW, PATIENCE, Person

Come = Callable[..., Person]


@pytest.fixture
def zone(site: Site) -> Stage:
    """A firm whose dossier lies with two banks that it let in."""
    now = datetime.now(UTC)
    stage = staged(site.database, banks=2)
    with opened(site.database, stage.officer, now) as desk:
        service.propose(desk, desk.get(Need, stage.need.id))
    for bank in range(2):
        stage.grant(bank, now=now)
    stage.send(now=now)
    return stage


def planned(officer: Person, stage: Stage) -> int:
    """Planned and seated by the officer, for today."""
    today = datetime.now(BEIJING).date()
    officer.opens("/sessions/plan").fills("名称", "十一月银企对接会").fills("日期", today.isoformat())
    officer.fills("地点", "会展中心").fills("轮数", "4").fills("每家企业至少几场", "2")
    for bank in stage.banks:
        officer.ticks(bank.name)
    return officer.presses("筹备对接会").presses("排定场次").sees("2 场，1 家企业").key


def test_F27_F28_F29_a_session_from_the_invitation_to_the_ledger(person: Come, site: Site, zone: Stage) -> None:
    banker_login = site.account(Role.BANKER, "李敏", bank_id=zone.banks[0].id)
    officer, wall, banker = (
        person(site.account(Role.OFFICER, "周经办")), person(site.account(Role.OFFICER, "孙经办")), person(banker_login, size=NARROW)
    )  # fmt: skip
    session = planned(officer, zone)
    officer.opens(f"/sessions/{session}/guests").presses("公布议程并发出邀请").sees("未回执")

    banker.opens(f"/sessions/{session}").presses("邀请函与回执").chooses("回执", "参加").fills("参加人姓名", "李敏")
    banker.presses("填写回执").sees("请派有决定权的人")
    banker.fills("可决定的金额", "500").presses("填写回执").sees("参加")
    code = banker.tab.locator("figcaption .num").inner_text()

    officer.opens(scanned(site, session, zone)).presses("签到").sees("李敏", "500")
    expect(officer.tab.locator("tr", has_text=code)).to_contain_text(re.compile(r"\d\d:\d\d 到"))

    officer.opens(f"/sessions/{session}").presses("开始对接会")
    wall.opens(f"/sessions/{session}/board").sees("尚未开始，共 4 轮")
    officer.opens(f"/sessions/{session}/board").presses("开始计时")
    expect(wall.tab.locator("#live .live-round")).to_contain_text("第 1 轮，共 4 轮", timeout=PATIENCE)
    the_bank_speaks(banker, wall, session, zone)
    the_office_types_the_other_sheet(officer, wall, session)

    officer.opens(f"/sessions/{session}").presses("结束对接会")
    officer.opens("/commitments").sees(zone.banks[0].name, zone.banks[1].name, "80.0 万元", "60.0 万元", "意向")
    banker.opens("/commitments").sees("80.0 万元").misses("60.0 万元", zone.banks[1].name)
    assert banker.overflow <= 0


def scanned(site: Site, session: int, zone: Stage) -> str:
    """The address in the square on the invitation, as a telephone reads it."""
    with opened(site.database, zone.officer, datetime.now(UTC), write=False) as desk:
        guest = desk.find(Guest, Guest.session_id == session, Guest.bank_id == zone.banks[0].id)
        assert guest is not None
        return f"/sessions/{session}/guests?code={guest.code}"


def the_bank_speaks(banker: Person, wall: Person, session: int, zone: Stage) -> None:
    """The wall is told by itself: nobody loads it anew, and it never shows the sum."""
    banker.opens(f"/sessions/{session}/board").follows(zone.firm.name)
    banker.ticks("拟支持").fills("金额", "80").presses("记录意向").sees("拟支持")
    expect(wall.tab.locator("#live .live-events")).to_contain_text("拟支持", timeout=PATIENCE)
    banker.opens("/inbox").follows(zone.firm.name).presses("认领")
    expect(wall.tab.locator("#live .live-events")).to_contain_text("已认领", timeout=PATIENCE)
    wall.misses("80.0 万元", zone.firm.name)


def the_office_types_the_other_sheet(officer: Person, wall: Person, session: int) -> None:
    officer.opens(f"/sessions/{session}/answers")
    code = officer.tab.locator("tr", has_text="未收到").locator(".code").inner_text()
    officer.fills("答复码", code).chooses("答复", "拟支持").fills("金额", "60").fills("答复单签字人", "王强")
    officer.presses("录入答复单").sees("据纸质录入")
    expect(wall.tab.locator("#live .live-facts li", has_text="拟支持")).to_contain_text("2", timeout=PATIENCE)
