"""The end of a leader's month: what is late comes to the meeting, a decision becomes a task, and firms read what came of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from financing.access import SYSTEM, Role
from financing.cadence import service
from financing.cadence.model import Dispatch
from financing.clocks.model import Clock
from financing.clocks.rules import Step
from financing.desk import opened
from financing.needs.rules import NeedState
from tests.journeys.conftest import Site
from tests.journeys.person import NARROW, WIDE, Person
from tests.makers import a_firm, a_need, writing

NOW = datetime.now(UTC)
DUE = NOW.date() - timedelta(days=50)


@pytest.fixture(scope="module")
def zone(site: Site) -> Site:
    """A firm of three months, with a step that is seven weeks late, and the meetings that the daily run convenes for it."""
    with writing(site.database) as session:
        firm = a_firm(session, registered_at=NOW - timedelta(days=95))
        need = a_need(
            session, firm, number="XQ2026-0042", state=NeedState.SUBMITTED, officer_id=None, officer_name=None
        )
        session.add(
            Clock(need_id=need.id, firm_id=firm.id, step=Step.HANDLING, started_on=DUE - timedelta(days=7), days=5,
                  due_on=DUE, provisional=False)
        )  # fmt: skip
    with opened(site.database, SYSTEM, NOW) as desk:
        for key in service.due(desk)[-1:]:
            service.convene(desk, key)
    return site


def newest(zone: Site) -> int:
    with opened(zone.database, SYSTEM, NOW, write=False) as desk:
        return desk.all(Dispatch, by=Dispatch.convened_at.desc())[0].id


def test_what_is_late_comes_to_the_meeting_and_leaves_it_as_a_task(zone, person):
    leader, officer = person(zone.account(Role.LEADER, "褚书记")), person(zone.account(Role.OFFICER, "周经办"))
    key = newest(zone)
    leader.opens("/dispatches").sees("今后十二个月").opens(f"/dispatches/{key}").sees(
        "XQ2026-0042", "无人负责", "没有人负责"
    )
    leader.presses("投影").sees("项未了事项")
    leader.tab.keyboard.press("ArrowRight")
    leader.sees("XQ2026-0042", "没有人负责：由谁负责，哪一天办结？")
    assert leader.overflow <= 0
    leader.opens(f"/dispatches/{key}").presses("记录决定 1")
    leader.chooses("责任人", "周经办").fills("完成期限", (NOW.date() + timedelta(days=9)).isoformat())
    leader.fills("决定什么", "周经办牵头，九日内受理").presses("记录决定").sees("周经办牵头，九日内受理", "RW20")
    officer.opens("/tasks").sees("周经办牵头，九日内受理")
    leader.opens(f"/dispatches/{key}")
    leader.tab.locator("summary", has_text="提交纪要").click()
    leader.fills("会议纪要", "书记主持，逐项过了一遍。").presses("提交纪要").sees(
        "纪要待确认", "由另一位经办或领导确认"
    ).cannot("确认纪要")
    officer.opens(f"/dispatches/{key}").presses("确认纪要").sees("已开完")
    assert officer.downloads("纪要 PDF").read_bytes().startswith(b"%PDF")
    assert officer.downloads("Excel").read_bytes().startswith(b"PK")


def test_without_a_script_the_meeting_is_one_long_page(zone, person, browser):
    login = zone.account(Role.LEADER, "韩主任")
    plain = Person.at(browser, zone.address, WIDE, java_script=False)
    plain.opens("/sign-in").fills("登录名", login).fills("密码", "a quiet harbour in spring").presses("登录")
    plain.opens(f"/dispatches/{newest(zone)}/screen")
    shown = [sheet.is_visible() for sheet in plain.tab.locator(".sheet").all()]
    plain.leaves()
    assert len(shown) >= 3 and all(shown)


def test_a_bulletin_is_written_by_one_published_by_another_and_read_on_a_phone(zone, person):
    officer, leader = person(zone.account(Role.OFFICER, "孙经办")), person(zone.account(Role.LEADER, "卫书记"))
    with writing(zone.database) as session:
        firm = a_firm(session)
    head = person(zone.account(Role.SIGNATORY, "李芳", firm_id=firm.id), size=NARROW)
    visitor = person(size=NARROW)
    head.opens("/subscription").sees("没有订阅").ticks("惠企政策").ticks("电子邮件").presses("保存订阅").sees(
        "已订阅", "去添加"
    )
    assert head.overflow <= 0
    officer.opens("/bulletins").fills("标题", "设备补贴").presses("起草手机报")
    officer.chooses("栏目", "惠企政策").fills("小标题", "设备补贴开始申报").fills("内容", "本月底截止。").presses(
        "修改手机报"
    )
    officer.chooses("栏目", "园区动态").fills("小标题", "内部消息").fills("内容", "给登录的人看。").presses(
        "修改手机报"
    )
    key = officer.key
    officer.presses("预览与提交").sees("预览", "设备补贴开始申报").presses("提交发布").sees(
        "由另一位经办或领导发布"
    ).cannot("发布手机报")
    visitor.opens(f"/bulletins/{key}").sees("没有找到")
    leader.opens(f"/bulletins/{key}").presses("发布手机报").sees("已发布")
    visitor.opens("/bulletins").follows("设备补贴").sees("本月底截止。", "另有 1 个栏目登录后可见").misses(
        "给登录的人看。"
    )
    assert visitor.overflow <= 0
    head.opens(f"/bulletins/{key}").sees("给登录的人看。")
    assert head.overflow <= 0
