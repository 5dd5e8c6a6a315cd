"""A leader's month: the survey, who helps, a request that climbs, an appointment that becomes tasks, told at four browsers (F65, F67–F69, F118, F119)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from financing.access import SYSTEM, Role
from financing.desk import BEIJING
from financing.helping import appointments, ladder, requests
from financing.helping.appointment_model import Appointment, Slot
from financing.helping.rules import Topic
from financing.people.model import User
from tests.journeys.conftest import Site
from tests.journeys.person import NARROW, Person
from tests.makers import a_firm, at, writing


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


def user(site: Site, login: str) -> User:
    with writing(site.database) as session:
        return session.scalars(select(User).where(User.login == login)).one()


def test_a_leaders_month(site: Site, person):
    with writing(site.database) as session:
        firm = a_firm(session, registered_at=datetime.now(UTC) - timedelta(days=400))
    logins = {
        "officer": site.account(Role.OFFICER, "周经办"), "second": site.account(Role.OFFICER, "孙经办"),
        "leader": site.account(Role.LEADER, "林主任"), "signatory": site.account(Role.SIGNATORY, "张总", firm_id=firm.id),
    }  # fmt: skip
    ids = {name: user(site, login) for name, login in logins.items()}
    officer, leader = person(logins["officer"]), person(logins["leader"])
    signatory = person(logins["signatory"], size=NARROW)
    now = datetime.now(UTC)

    # what helpers are good at, and the survey of the year
    sends(officer.opens(f"/helpers/{ids['officer'].id}"), f"helpers/{ids['officer'].id}", help_unit="企业服务科", phone="0795-1234567",
          skills="energy", takes="true").sees("水电气", "可帮扶")  # fmt: skip
    officer.opens("/yearly").sees("今年的调查还没有开始").presses("开始年度调查")
    officer.sees("0 家已答复")
    signatory.opens("/helping/mine").sees("调查摸底", "还没有指定帮扶人").follows("提交年度调查")
    assert signatory.overflow <= 0
    sends(signatory, f"yearly/firms/{firm.id}", labour_wish="goal", labour_text="春节前招二十名熟练工", energy_wish="help",
          energy_text="变压器容量不足").is_at("/helping/mine")  # fmt: skip
    signatory.sees("春节前招二十名熟练工", "变压器容量不足", "待签收")
    officer.opens("/yearly").sees("1 家已答复", "现在就要帮")

    # who helps: proposed for the energy, decided by the leader
    leader.opens("/helping?which=without").follows(firm.name).sees("推荐帮扶人", "水电气 1")
    sends(leader, f"firms/{firm.id}/pair", help_leader=f"{ids['leader'].id}", help_helper=f"{ids['officer'].id}",
          help_deputy=f"{ids['second'].id}").sees("谁在帮扶", "周经办")  # fmt: skip
    signatory.opens("/helping/mine").sees("周经办", "0795-1234567", "孙经办", "林主任")
    assert signatory.overflow <= 0

    # a request: raised on a phone, signed, answered, opened again, closed by the firm alone
    sends(
        signatory.opens("/requests/new"),
        "requests",
        help_topic="land",
        request_title="二号厂房产权证",
        request_says="消防资料被退回三次",
    ).sees("待签收")
    assert signatory.overflow <= 0
    page = f"/requests/{signatory.key}"
    sends(officer.opens(page), "sign", help_span="usual").sees("办理中", "一般")
    sends(officer, "answer", request_answer="请联系住建部门").sees("待企业确认").cannot("确认办结并评价")
    sends(signatory.opens(page), "reopen", reason="没有说清缺什么").sees("重新办理中")
    sends(officer.opens(page), "answer", request_answer="缺项清单已附，专人陪办").sees("已再次答复")
    sends(signatory.opens(page).cannot("不满意，重新办理"), "close", request_grade="4").sees("已办结", "满意")
    officer.opens(page).misses("企业的评价")

    # a request nobody signed climbs, and the firm reads it
    with at(site.database, ids["signatory"].actor, now - timedelta(days=40)) as desk:
        forgotten = requests.raise_(desk, firm, Topic.LOGISTICS, "南门限高", "集装箱车绕行六公里")
    with at(site.database, SYSTEM, datetime.now(UTC)) as desk:
        for key in ladder.waiting(desk):
            ladder.look_at(desk, key)
    signatory.opens(f"/requests/{forgotten.id}").sees("逐级提醒记录", "分管领导", "主要领导")
    leader.opens("/requests?which=late").sees("南门限高")

    meets(site, firm, ids, officer, leader, signatory)

    # what came of it, number by number
    leader.opens("/helping/scores").sees("周经办", "企业服务科", "怎样计算")
    assert leader.overflow <= 0


def meets(site: Site, firm, ids: dict[str, User], officer: Person, leader: Person, signatory: Person) -> None:
    """An appointment is booked and confirmed; one whose time has come becomes a task that the firm sees done."""
    now = datetime.now(UTC)
    ahead = now.astimezone(BEIJING).date() + timedelta(days=1)
    sends(leader.opens("/appointments"), "slots", slot_day=f"{ahead}", slot_time="09:30", place="管委会 201").sees(
        "管委会 201"
    )
    slot = signatory.opens("/appointments").tab.locator("select[name=help_slot] option").nth(1).get_attribute("value")
    sends(signatory, "appointments", help_slot=f"{slot}", help_topic="energy", help_matter="增容排队三个月").sees(
        "待确认"
    )
    assert signatory.overflow <= 0
    leader.opens(f"/appointments/{signatory.key}").presses("确认约见")
    signatory.opens(f"/appointments/{signatory.key}").sees("已确认")
    met = a_meeting(site, firm, ids, now)
    sends(leader.opens(f"/appointments/{met}"), "minutes", minutes_text="先办临时供电").sees(
        "先办临时供电", "还没有布置任务"
    )
    sends(leader, "tasks", task_title="协调临时供电", owner=f"{ids['officer'].id}", task_due=f"{ahead}").sees(
        "协调临时供电"
    )
    officer.opens("/work").sees("完成任务").opens("/tasks?which=mine").follows("协调临时供电")
    sends(officer, "prove", task_proof="供电公司已装临时变压器").sees("待确认完成").cannot("确认任务完成")
    leader.opens("/tasks").follows("协调临时供电").presses("确认任务完成")
    signatory.opens("/helping/mine").sees("协调临时供电", "已完成")


def a_meeting(site: Site, firm, ids: dict[str, User], now: datetime) -> int:
    """An appointment that was confirmed days ago and has begun."""
    with at(site.database, ids["leader"].actor, now - timedelta(days=3)) as desk:
        slot = appointments.publish(desk, ids["leader"].id, now - timedelta(hours=2), 30, "管委会 201")
    with at(site.database, ids["signatory"].actor, now - timedelta(days=3)) as desk:
        made = appointments.book(desk, firm, desk.get(Slot, slot.id), Topic.ENERGY, "增容")
    with at(site.database, ids["leader"].actor, now - timedelta(days=2)) as desk:
        appointments.accept(desk, desk.get(Appointment, made.id))
    return made.id
