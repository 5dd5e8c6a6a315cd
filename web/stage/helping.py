"""Help on stage: who helps which firm, a survey, requests in every state, an appointment with its tasks, visits and goals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, TypeAlias

from financing.access import SYSTEM, Actor
from financing.calendar import DAY, published
from financing.helping import appointments, ladder, pairing, people, plans, requests, surveys, tasks, visits
from financing.helping.appointment_model import Appointment, Slot
from financing.helping.model import Goal
from financing.helping.pairing import Chosen
from financing.helping.request_model import HelpRequest
from financing.helping.rules import GoalState, RequestState, Span, Topic
from financing.helping.survey_rules import Wish, asked
from financing.helping.surveys import Said
from financing.helping.task_model import Task
from financing.helping.task_rules import TaskSource, TaskState
from financing.helping.visits import Planned
from financing.inspections.rules import next_free
from financing.inspections.service import quiet
from financing.parties.model import Firm
from financing.parties.rules import FirmState
from financing.ratings.rules import Grade
from web.stage.player import Player
from web.stage.road import Stage, at

Scene: TypeAlias = tuple[datetime, Callable[[datetime], object]]

SKILLS = (
    ("企业服务科", "0797-0000101", (Topic.FINANCE, Topic.TAX, Topic.LABOUR, Topic.MARKET)),
    ("经济发展科", "0797-0000102", (Topic.ENERGY, Topic.LAND, Topic.SAFETY, Topic.ENVIRONMENT)),
    ("管委会", "0797-0000100", (Topic.LAND, Topic.LAW)),
)
ASKED = (
    (Topic.ENERGY, "变压器增容排队三个月", "新增两台中频炉，需增容 630 千伏安，供电公司答复排队到明年二月，影响投产。"),
    (Topic.LABOUR, "旺季缺二十名熟练工", "订单已排到春节，冲压和打磨岗位缺人，请帮助组织招聘。"),
    (Topic.LAND, "厂房产权证办理卡在消防验收", "二号厂房竣工两年，消防验收资料被退回三次，想请有关部门一次说清。"),
    (Topic.TAX, "留抵退税进度", "九月提交的留抵退税申请还没有结果，影响原料付款。"),
    (Topic.LOGISTICS, "园区南门限高影响货车", "限高杆两米八，集装箱车要绕行六公里。"),
    (Topic.ENVIRONMENT, "排污许可变更", "新增清洗线，不清楚是否要重新申领排污许可证。"),
    (Topic.MARKET, "想与园区整车厂对接", "我司铜端子已通过体系认证，希望参加配套对接。"),
    (Topic.FINANCE, "年底贷款到期集中", "十二月两笔流贷同时到期，想了解无还本续贷。"),
)
GRADES = (Grade.FIVE, Grade.FIVE, Grade.FOUR, Grade.FIVE, Grade.THREE, Grade.TWO)


def scenes(stage: Stage, players: Sequence[Player], day: Callable[..., datetime]) -> Iterable[Scene]:
    """When and what; `day` is a moment so many days ago, at an hour and minute."""
    some = list(players[:8])
    yield day(62, 9), lambda now: enter(stage, now)
    yield day(61, 10), lambda now: pair(stage, now)
    yield day(45, 9), lambda now: survey(stage, now)
    for n, player in enumerate(players[:14]):
        yield day(43 - n // 2, 15, n), partial(answer, stage, player, n)
    for n, player in enumerate(some):
        yield day(26 - 3 * n if n < 7 else 1, 10, n), partial(ask, stage, player, n)
        if n < 7:
            yield day(26 - 3 * n, 11, n), partial(sign, stage, n)
        if n < 5:
            yield day(23 - 3 * n, 16, n), partial(reply, stage, n)
            yield day(22 - 3 * n, 17, n), partial(settle, stage, player, n)
    yield from _meeting(stage, players, day)
    yield day(6, 16), lambda now: go_there(stage, now)
    yield day(1, 16), lambda now: mean_to_go(stage, now)
    for ago in (20, 12, 5, 1):
        yield day(ago, 1), lambda now: night(stage, now)


def _meeting(stage: Stage, players: Sequence[Player], day: Callable[..., datetime]) -> Iterator[Scene]:
    """A time offered, booked, held, and what it left to do; more times ahead, one of them asked for."""
    yield day(18, 9), lambda now: offer(stage, now, ahead=5)
    yield (
        day(17, 10),
        lambda now: book(stage, players[2].actor, Topic.LAND, "二号厂房消防验收，请协调住建部门一次告知。", now),
    )
    yield day(17, 15), lambda now: accept(stage, now)
    yield day(10, 16), lambda now: minutes(stage, now)
    yield day(2, 15), lambda now: done(stage, now)
    yield day(1, 9), lambda now: offer(stage, now, ahead=4)
    yield day(1, 10), lambda now: offer(stage, now, ahead=6)
    yield day(1, 14), lambda now: book(stage, players[0].actor, Topic.ENERGY, "增容排队，能否先临时供电。", now)


def enter(stage: Stage, now: datetime) -> None:
    """What each of the office is good at."""
    for who, (unit, phone, skills) in zip(
        (stage.cast.officer, stage.cast.second, stage.cast.leader), SKILLS, strict=True
    ):
        with stage.desk(stage.cast.leader, now) as here:
            pairing.set_profile(
                here,
                people.colleague(here, who.id),
                unit=unit,
                phone=phone,
                skills=skills,
                takes=who != stage.cast.leader,
            )


def pair(stage: Stage, now: datetime) -> None:
    """Every firm that is confirmed by then, in turns; those that come later wait on the work list."""
    one, two, leader = stage.cast.officer, stage.cast.second, stage.cast.leader
    with stage.desk(stage.cast.officer, now) as here:
        firms = here.all(Firm, Firm.state == FirmState.CONFIRMED, by=Firm.code)
    for n, firm in enumerate(firms):
        helper, deputy = (one, two) if n % 2 else (two, one)
        with stage.desk(leader, now) as here:
            pairing.pair(here, people.firm(here, firm.id), Chosen(leader.id, helper.id, deputy.id))


def survey(stage: Stage, now: datetime) -> None:
    with stage.desk(stage.cast.officer, now) as here:
        surveys.open_(here, here.today.year)
    night(stage, now)


def answer(stage: Stage, player: Player, n: int, now: datetime) -> None:
    """Most firms plan one thing and have no difficulty with the rest."""
    plans_of = {
        Topic.LABOUR: "春节前招二十名熟练工",
        Topic.TECHNOLOGY: "完成一条产线数字化改造",
        Topic.MARKET: "新增两家整车厂配套",
    }
    topic, firm = list(plans_of)[n % 3], player.actor
    with stage.desk(firm, now) as here:
        if (held := surveys.of_year(here, here.today.year)) is None or not firm.firm_id:
            return
        said = [
            Said(one.topic, Wish.GOAL if one.topic is topic else Wish.FINE, plans_of.get(one.topic, ""))
            for one in asked(held.year).questions
        ]
        surveys.answer(here, held, people.firm(here, firm.firm_id), said)


def ask(stage: Stage, player: Player, n: int, now: datetime) -> None:
    (topic, title, says), firm = ASKED[n], player.actor
    with stage.desk(firm, now) as here:
        requests.raise_(here, people.firm(here, firm.firm_id or 0), topic, title, says)


def sign(stage: Stage, n: int, now: datetime) -> None:
    _with(
        stage,
        n,
        now,
        RequestState.RAISED,
        lambda here, one: requests.sign(here, one, (Span.USUAL, Span.LONG, Span.QUICK)[n % 3]),
    )


def reply(stage: Stage, n: int, now: datetime) -> None:
    _with(
        stage,
        n,
        now,
        RequestState.SIGNED,
        lambda here, one: requests.answer(here, one, "已联系主管部门，专人对接，办理时间和所需材料已电话告知。"),
    )


def settle(stage: Stage, player: Player, n: int, now: datetime) -> None:
    """One firm in five is not content and has it opened again; the others close."""
    with stage.desk(player.actor, now) as here:
        one = here.find(HelpRequest, HelpRequest.title == ASKED[n][1], HelpRequest.state == RequestState.ANSWERED)
        if one is not None and n == 2:
            requests.reopen(here, one, "还是没有说清缺哪一份资料。")
        elif one is not None:
            requests.close(here, one, GRADES[n])


def _with(stage: Stage, n: int, now: datetime, state: RequestState, do: Callable[..., object]) -> None:
    """What its helper does with one request."""
    with stage.desk(SYSTEM, now) as here:
        one = here.find(HelpRequest, HelpRequest.title == ASKED[n][1], HelpRequest.state == state)
    if one is not None:
        helper = stage.cast.second if one.helper_id == stage.cast.second.id else stage.cast.officer
        with stage.desk(helper, now) as here:
            do(here, here.get(HelpRequest, one.id))


def offer(stage: Stage, now: datetime, *, ahead: int) -> None:
    """A time of the leader so many working days ahead."""
    start = at(published().after(now.date(), ahead).day, 15)
    with stage.desk(stage.cast.leader, now) as here:
        appointments.publish(here, stage.cast.leader.id, start, 30, "管委会二楼会客室")


def book(stage: Stage, firm: Actor, topic: Topic, matter: str, now: datetime) -> None:
    with stage.desk(firm, now) as here:
        free: list[Slot] = appointments.bookable(here)
        if free:
            appointments.book(here, people.firm(here, firm.firm_id or 0), free[0], topic, matter)


def accept(stage: Stage, now: datetime) -> None:
    with stage.desk(stage.cast.leader, now) as here:
        for one in here.all(Appointment, Appointment.starts_at > now):
            appointments.accept(here, one)


def minutes(stage: Stage, now: datetime) -> None:
    """Held, with two things to do: one will be done, one is late."""
    with stage.desk(stage.cast.leader, now) as here:
        one = here.find(Appointment, Appointment.starts_at < now)
        if one is None:
            return
        appointments.hold(here, one, "住建部门一次性列出缺项；企业补齐后五个工作日内复验。")
        for who, title, days in (
            (stage.cast.second, "向住建部门索取缺项清单", 3),
            (stage.cast.officer, "陪同企业补齐资料并报验", 5),
        ):
            appointments.set_task(
                here, one, title=title, owner=who.id, due_on=here.calendar.after(here.today, days).day
            )


def done(stage: Stage, now: datetime) -> None:
    with stage.desk(stage.cast.second, now) as here:
        for one in here.all(Task, *_minuted(stage, TaskState.OPEN)):
            tasks.prove(here, one, "清单已取得并交企业，共四项。")
    with stage.desk(stage.cast.leader, now) as here:
        for one in here.all(Task, *_minuted(stage, TaskState.PROVED)):
            tasks.accept(here, one)


def _minuted(stage: Stage, state: TaskState) -> tuple[Any, ...]:
    """Tasks of the second officer from minutes, as they stand."""
    return (Task.owner_id == stage.cast.second.id, Task.source == TaskSource.MINUTES, Task.state == state)


def go_there(stage: Stage, now: datetime) -> None:
    """A visit, and how far the first goals have come."""
    with stage.desk(stage.cast.officer, now) as here:
        for goal in here.all(Goal, Goal.state == GoalState.OPEN, by=Goal.due_on)[:3]:
            plans.note(here, goal, "已列入园区专场招聘和对接会名单，下月复核。")
            visits.record(
                here,
                people.firm(here, goal.firm_id),
                on=here.today,
                met="生产负责人",
                found="生产正常，订单排到春节；关注用工和供电。",
            )


def mean_to_go(stage: Stage, now: datetime) -> None:
    """Visits to come, on the next days that suit."""
    with stage.desk(stage.cast.officer, now) as here:
        taken: list[date] = []
        for goal in here.all(Goal, Goal.state == GoalState.OPEN, by=Goal.due_on)[:2]:
            free = next_free(here.today + DAY, taken, quiet(here.today), here.calendar.works)
            if free:
                said = Planned(free, "看用工和供电的办理情况，听企业明年打算")
                visits.plan(here, people.firm(here, goal.firm_id), said, anyway=True)
                taken.append(free)


def night(stage: Stage, now: datetime) -> None:
    """What the platform does by itself."""
    for due, look in (
        (surveys.waiting, surveys.remind), (requests.unclosed, requests.remind), (ladder.waiting, ladder.look_at),
    ):  # fmt: skip
        with stage.desk(SYSTEM, now) as here:
            for key in due(here):
                look(here, key)
