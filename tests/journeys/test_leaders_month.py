"""A leader's month as one story at four browsers: survey, who helps, a request, one that climbs, an appointment, its tasks, the meeting, the bulletin.

F65–F70, F118, F119. Each step takes up what the one before it has left.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from financing.access import SYSTEM, Role
from financing.cadence import service
from financing.cadence.model import Dispatch
from financing.clocks.model import Clock
from financing.clocks.rules import Step
from financing.desk import BEIJING
from financing.helping import appointments, ladder
from financing.helping.appointment_model import Appointment, Slot
from financing.helping.request_model import HelpRequest
from financing.helping.rules import Topic
from financing.needs.rules import NeedState
from financing.parties.model import Firm
from financing.people.model import User
from tests.journeys.conftest import PASSWORD, Site
from tests.journeys.person import NARROW, WIDE, Person
from tests.makers import a_firm, a_need, at, writing

NOW = datetime.now(UTC)
TODAY = NOW.astimezone(BEIJING).date()


@dataclass
class Zone:
    """One firm with a step that is seven weeks late, and the people of the month with their browsers; the daily run has convened the meeting."""

    site: Site
    firm: Firm
    forgotten: int  # a request that nobody has signed for forty days
    ids: dict[str, User]
    officer: Person
    second: Person
    leader: Person
    signatory: Person

    def at(self, who: str, moment: datetime):
        return at(self.site.database, self.ids[who].actor, moment)


def sends(who: Person, path: str, **fields: str) -> Person:
    """Open the form of one act on the page, fill it in by the names of its fields, and send it."""
    form = who.tab.locator(f"form[action$='/{path}']")
    folded = who.tab.locator("details", has=form)
    if folded.count() and folded.first.get_attribute("open") is None:
        folded.locator("summary").first.click()
    for name, value in fields.items():
        field = form.locator(f"[name={name}]")
        if field.first.get_attribute("type") in {"radio", "checkbox"}:
            form.locator(f"[name={name}][value='{value}']").check()
        else:
            (field.select_option if field.evaluate("e => e.tagName") == "SELECT" else field.fill)(value)
    form.locator("button.btn").click()
    return who


@pytest.fixture
def zone(site: Site, person) -> Zone:
    due = TODAY - timedelta(days=50)
    with writing(site.database) as session:
        firm = a_firm(session, registered_at=NOW - timedelta(days=95))
        need = a_need(
            session, firm, number="XQ2026-0042", state=NeedState.SUBMITTED, officer_id=None, officer_name=None
        )
        late = Clock(need_id=need.id, firm_id=firm.id, step=Step.HANDLING, started_on=due - timedelta(days=7), days=5, due_on=due,
                     provisional=False)  # fmt: skip
        asked = NOW - timedelta(days=40)
        forgotten = HelpRequest(number="BF2026-9001", firm_id=firm.id, topic=Topic.LOGISTICS, title="南门限高", says="集装箱车绕行六公里",
                                raised_at=asked, raised_by=1, raiser="张总", sign_by=asked, helper_id=None, helper="",
                                source_id=None)  # fmt: skip
        session.add_all((late, forgotten))
    with at(site.database, SYSTEM, NOW) as desk:
        for key in service.due(desk)[-1:]:
            service.convene(desk, key)
    logins = {
        "officer": site.account(Role.OFFICER, "周经办"), "second": site.account(Role.OFFICER, "孙经办"),
        "leader": site.account(Role.LEADER, "林主任"), "signatory": site.account(Role.SIGNATORY, "张总", firm_id=firm.id),
    }  # fmt: skip
    with writing(site.database) as session:
        users = {one.login: one for one in session.scalars(select(User).where(User.login.in_(logins.values())))}
    there = {name: person(login, size=NARROW if name == "signatory" else WIDE) for name, login in logins.items()}
    return Zone(site, firm, forgotten.id, {name: users[login] for name, login in logins.items()}, **there)


def test_a_leaders_month(zone: Zone, person):
    asks_everybody(zone)
    says_who_helps(zone)
    deals_with_a_request(zone)
    sees_one_climb(zone)
    meets_the_firm(zone)
    sees_the_task_done(zone)
    key = holds_the_meeting(zone)
    sees_one_long_page_without_a_script(zone, key)
    tells_firms(zone, person(size=NARROW))


def asks_everybody(zone: Zone) -> None:
    """What helpers are good at, and the survey of the year, answered on a phone."""
    me = f"helpers/{zone.ids['officer'].id}"
    sends(zone.officer.opens(f"/{me}"), me, help_unit="企业服务科", phone="0795-1234567", skills="energy", takes="true")
    zone.officer.sees("水电气", "可帮扶").opens("/yearly").sees("今年的调查还没有开始").presses("开始年度调查")
    zone.officer.sees("0 家已答复")
    zone.signatory.opens("/helping/mine").sees("调查摸底", "还没有指定帮扶人").follows("提交年度调查")
    fits(zone.signatory)
    sends(zone.signatory, f"yearly/firms/{zone.firm.id}", labour_wish="goal", labour_text="春节前招二十名熟练工", energy_wish="help",
          energy_text="变压器容量不足").is_at("/helping/mine")  # fmt: skip
    zone.signatory.sees("春节前招二十名熟练工", "变压器容量不足", "待签收")
    zone.officer.opens("/yearly").sees("1 家已答复", "现在就要帮")


def fits(who: Person) -> None:
    """Nothing is wider than the screen."""
    assert who.overflow <= 0


def says_who_helps(zone: Zone) -> None:
    """Proposed for what the firm has said of its energy, decided by the leader."""
    zone.leader.opens("/helping?which=without").follows(zone.firm.name).sees("推荐帮扶人", "水电气 1")
    chosen = {"help_leader": "leader", "help_helper": "officer", "help_deputy": "second"}
    sends(zone.leader, f"firms/{zone.firm.id}/pair", **{name: f"{zone.ids[who].id}" for name, who in chosen.items()})
    zone.leader.sees("谁在帮扶", "周经办")
    zone.signatory.opens("/helping/mine").sees("周经办", "0795-1234567", "孙经办", "林主任")
    fits(zone.signatory)


def deals_with_a_request(zone: Zone) -> None:
    """Raised on a phone, signed, answered, opened again, closed by the firm alone; who handled it never sees the grade."""
    asked = {"help_topic": "land", "request_title": "二号厂房产权证", "request_says": "消防资料被退回三次"}
    sends(zone.signatory.opens("/requests/new"), "requests", **asked).sees("待签收")
    fits(zone.signatory)
    page = f"/requests/{zone.signatory.key}"
    sends(zone.officer.opens(page), "sign", help_span="usual").sees("办理中", "一般")
    sends(zone.officer, "answer", request_answer="请联系住建部门").sees("待企业确认").cannot("确认办结并评价")
    sends(zone.signatory.opens(page), "reopen", reason="没有说清缺什么").sees("重新办理中")
    sends(zone.officer.opens(page), "answer", request_answer="缺项清单已附，专人陪办").sees("已再次答复")
    sends(zone.signatory.opens(page).cannot("不满意，重新办理"), "close", request_grade="4").sees("已办结", "满意")
    zone.officer.opens(page).misses("企业的评价")


def sees_one_climb(zone: Zone) -> None:
    """A request nobody signed climbs the ladder, and the firm reads it."""
    with at(zone.site.database, SYSTEM, datetime.now(UTC)) as desk:
        for key in ladder.waiting(desk):
            ladder.look_at(desk, key)
    zone.signatory.opens(f"/requests/{zone.forgotten}").sees("逐级提醒记录", "分管领导", "主要领导")
    zone.leader.opens("/requests?which=late").sees("南门限高")


def meets_the_firm(zone: Zone) -> None:
    """An appointment is booked and confirmed; one whose time has come ends with minutes and a task."""
    ahead = f"{TODAY + timedelta(days=1)}"
    sends(zone.leader.opens("/appointments"), "slots", slot_day=ahead, slot_time="09:30", place="管委会 201").sees(
        "管委会 201"
    )
    first = zone.signatory.opens("/appointments").tab.locator("select[name=help_slot] option").nth(1)
    wanted = {"help_slot": f"{first.get_attribute('value')}", "help_topic": "energy", "help_matter": "增容排队三个月"}
    sends(zone.signatory, "appointments", **wanted).sees("待确认")
    fits(zone.signatory)
    zone.leader.opens(f"/appointments/{zone.signatory.key}").presses("确认约见")
    zone.signatory.opens(f"/appointments/{zone.signatory.key}").sees("已确认")
    sends(zone.leader.opens(f"/appointments/{a_meeting(zone)}"), "minutes", minutes_text="先办临时供电").sees(
        "先办临时供电", "还没有布置任务"
    )
    task = {"task_title": "协调临时供电", "owner": f"{zone.ids['officer'].id}", "task_due": ahead}
    sends(zone.leader, "tasks", **task).sees("协调临时供电")


def a_meeting(zone: Zone) -> int:
    """An appointment that was confirmed days ago and has begun."""
    with zone.at("leader", NOW - timedelta(days=3)) as desk:
        slot = appointments.publish(desk, zone.ids["leader"].id, NOW - timedelta(hours=2), 30, "管委会 201")
    with zone.at("signatory", NOW - timedelta(days=3)) as desk:
        made = appointments.book(desk, zone.firm, desk.get(Slot, slot.id), Topic.ENERGY, "增容")
    with zone.at("leader", NOW - timedelta(days=2)) as desk:
        appointments.accept(desk, desk.get(Appointment, made.id))
    return made.id


def sees_the_task_done(zone: Zone) -> None:
    """Who has it shows what was done, somebody else accepts it, the firm reads it; numbers lead to their cases."""
    zone.officer.opens("/work").sees("完成任务").opens("/tasks?which=mine").follows("协调临时供电")
    sends(zone.officer, "prove", task_proof="供电公司已装临时变压器").sees("待确认完成").cannot("确认任务完成")
    zone.leader.opens("/tasks").follows("协调临时供电").presses("确认任务完成")
    zone.signatory.opens("/helping/mine").sees("协调临时供电", "已完成")
    zone.leader.opens("/helping/scores").sees("周经办", "企业服务科", "怎样计算")
    fits(zone.leader)


def holds_the_meeting(zone: Zone) -> int:
    """What is late has come to the meeting by itself; what is decided is a task, and the minutes are closed by two."""
    with at(zone.site.database, SYSTEM, NOW, write=False) as desk:
        key = desk.all(Dispatch, by=Dispatch.convened_at.desc())[0].id
    zone.leader.opens("/dispatches").sees("今后十二个月").opens(f"/dispatches/{key}")
    zone.leader.sees("XQ2026-0042", "无人负责", "没有人负责", "BF2026-9001", "南门限高")
    zone.leader.presses("投影").sees("项未了事项").tab.keyboard.press("ArrowRight")
    zone.leader.sees("XQ2026-0042", "没有人负责：由谁负责，哪一天办结？")
    fits(zone.leader)
    zone.leader.opens(f"/dispatches/{key}").presses("记录决定 1").chooses("责任人", "周经办")
    zone.leader.fills("完成期限", f"{TODAY + timedelta(days=9)}").fills("决定什么", "周经办牵头，九日内受理")
    zone.leader.presses("记录决定").sees("周经办牵头，九日内受理", "RW20")
    zone.officer.opens("/tasks").sees("周经办牵头，九日内受理")
    closes_the_minutes(zone, key)
    return key


def closes_the_minutes(zone: Zone, key: int) -> None:
    zone.leader.opens(f"/dispatches/{key}").tab.locator("summary", has_text="提交纪要").click()
    zone.leader.fills("会议纪要", "主任主持，逐项过了一遍。").presses("提交纪要")
    zone.leader.sees("纪要待确认", "由另一位经办或领导确认").cannot("确认纪要")
    zone.officer.opens(f"/dispatches/{key}").presses("确认纪要").sees("已开完")
    assert zone.officer.downloads("纪要 PDF").read_bytes().startswith(b"%PDF")
    assert zone.officer.downloads("Excel").read_bytes().startswith(b"PK")


def sees_one_long_page_without_a_script(zone: Zone, key: int) -> None:
    """On a wall whose browser runs no scripts every sheet of the meeting is there."""
    browser = zone.leader.tab.context.browser
    assert browser is not None
    plain = Person.at(browser, zone.site.address, WIDE, java_script=False)
    plain.opens("/sign-in").fills("登录名", zone.ids["leader"].login).fills("密码", PASSWORD).presses("登录")
    plain.opens(f"/dispatches/{key}/screen")
    shown = [sheet.is_visible() for sheet in plain.tab.locator(".sheet").all()]
    plain.leaves()
    assert len(shown) >= 3 and all(shown)


def tells_firms(zone: Zone, visitor: Person) -> None:
    """A bulletin is written by one, published by another, and read on a phone; what is for people with an account is for them alone."""
    zone.signatory.opens("/subscription").sees("没有订阅").ticks("惠企政策").ticks("电子邮件").presses("保存订阅")
    zone.signatory.sees("已订阅", "去添加")
    zone.second.opens("/bulletins").fills("标题", "设备补贴").presses("起草手机报")
    for section, title, said in (
        ("惠企政策", "设备补贴开始申报", "本月底截止。"),
        ("园区动态", "内部消息", "给登录的人看。"),
    ):
        zone.second.chooses("栏目", section).fills("小标题", title).fills("内容", said).presses("修改手机报")
    key = zone.second.key
    zone.second.presses("预览与提交").sees("预览", "设备补贴开始申报").presses("提交发布")
    zone.second.sees("由另一位经办或领导发布").cannot("发布手机报")
    visitor.opens(f"/bulletins/{key}").sees("没有找到")
    zone.leader.opens(f"/bulletins/{key}").presses("发布手机报").sees("已发布")
    visitor.opens("/bulletins").follows("设备补贴").sees("本月底截止。", "另有 1 个栏目登录后可见").misses(
        "给登录的人看。"
    )
    zone.signatory.opens(f"/bulletins/{key}").sees("给登录的人看。")
    fits(visitor)
    fits(zone.signatory)
