"""Meetings of the rhythm and the bulletin on stage: convened and drafted on their days, held, minuted, published, sent to some readers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from financing.access import SYSTEM
from financing.bulletins import delivering, subscriptions
from financing.bulletins import service as bulletins
from financing.bulletins.model import Bulletin
from financing.bulletins.rules import BulletinState, Section, Topic
from financing.cadence import service as dispatches
from financing.cadence.model import Dispatch
from financing.cadence.rules import DispatchState, meets_on
from financing.calendar import published
from financing.desk import Desk
from financing.figures import publication
from financing.helping import tasks
from financing.helping.people import in_service
from financing.helping.task_model import Task
from financing.helping.task_rules import TaskState
from financing.notices import addresses, parcels
from financing.notices.model import NoticeAddress, Parcel
from financing.notices.rules import Fate, Medium, Trouble
from web.stage.player import Player
from web.stage.road import Stage

#: How many days back meetings and issues go.
BACK = 165
READERS = 6
SAID = ("两周内办结，办不了的报分管领导", "由经办当面向企业说明情况并约定日期", "请银行一周内书面答复")
NEXT = Section(
    Topic.SESSIONS,
    "第二期银企对接会",
    "下月中旬举行，八家银行到场，地点在投资担保公司一楼。\n想见银行的企业请在平台回执，或联系经开区经办。",
)
POWER = Section(Topic.NEWS, "计划停电", "周六 8:00 至 14:00 二期片区检修停电，请提前安排生产。")


def scenes(
    stage: Stage, players: Sequence[Player], day: Callable[..., datetime]
) -> Iterator[tuple[datetime, Callable[[datetime], object]]]:
    """The nights on which the platform convenes and drafts, and what people do a few days later."""
    days = {day(ago).date(): ago for ago in range(BACK, 0, -1)}
    for on, ago in days.items():
        if meets_on(published(), _month_end(on), 0) == on:
            yield day(ago, 20), partial(_convene, stage)
            if ago > 4:
                yield day(ago - 3, 15), partial(_hold, stage)
            if ago > 12:
                yield day(ago - 12, 9), partial(_finish, stage)
        if published().after(on.replace(day=1) - timedelta(days=1), 2).day == on:
            yield day(ago, 7), partial(_draft, stage)
            if ago > 2:
                yield day(ago - 1, 10), partial(_publish, stage)
    yield day(2, 17), partial(_at_once, stage, players[:READERS])


def _month_end(on: date) -> date:
    return (on.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _convene(stage: Stage, now: datetime) -> None:
    with stage.desk(SYSTEM, now) as here:
        for key in dispatches.due(here):
            dispatches.convene(here, key)


def _hold(stage: Stage, now: datetime) -> None:
    """What was convened last is gone through, the latest first; the other officer confirms the minutes."""
    with stage.desk(stage.cast.leader, now) as here:
        *others, meeting = here.all(Dispatch, Dispatch.state == DispatchState.CONVENED, by=Dispatch.number)
        for other in others:
            dispatches.join(here, other, meeting)
        for place in range(1, min(4, len(meeting.record["items"]) + 1)):
            _decide(here, stage, meeting, place, SAID[place - 1])
        dispatches.write_minutes(here, meeting, "褚书记主持，经开区各科室参加，逐项过了未了事项和上次决定。")
    with stage.desk(stage.cast.officer, now + timedelta(hours=2)) as here:
        for meeting in here.all(Dispatch, Dispatch.state == DispatchState.MINUTED):
            dispatches.close(here, meeting)


def _decide(here: Desk, stage: Stage, meeting: Dispatch, place: int, said: str) -> None:
    owner = in_service(here, (stage.cast.officer, stage.cast.second)[place % 2].id, "owner")
    due = here.calendar.after(here.today, 10).day
    dispatches.decide(here, meeting, item=place, said=said, owner=owner, due_on=due)


def _finish(stage: Stage, now: datetime) -> None:
    """Of what meetings decided the other officer does all, the first one every other."""
    for actor, step in ((stage.cast.second, 1), (stage.cast.officer, 2)):
        with stage.desk(actor, now) as here:
            mine = here.all(Task, Task.state == TaskState.OPEN, Task.owner_id == actor.id, by=Task.number)
            for task in mine[::step]:
                tasks.prove(here, task, "已办结，企业和银行均已知悉。")
    with stage.desk(stage.cast.leader, now + timedelta(hours=1)) as here:
        for task in here.all(Task, Task.state == TaskState.PROVED, by=Task.number):
            tasks.accept(here, task)


def _draft(stage: Stage, now: datetime) -> None:
    with stage.desk(SYSTEM, now) as here:
        publication.publish(here)
        for key in bulletins.due(here):
            bulletins.draft(here, key)


def _publish(stage: Stage, now: datetime) -> None:
    """The office adds its own section, and the leader publishes."""
    with stage.desk(stage.cast.officer, now) as here:
        for one in here.all(Bulletin, Bulletin.state == BulletinState.DRAFT):
            bulletins.write(here, one, len(one.sections) + 1, Section(Topic.NEWS, "园区动态", "二期厂房配套道路通车。"))
            bulletins.propose(here, one, None)
    with stage.desk(stage.cast.leader, now + timedelta(hours=2)) as here:
        for one in here.all(Bulletin, Bulletin.state == BulletinState.PROPOSED):
            bulletins.publish(here, one)


def _at_once(stage: Stage, players: Sequence[Player], now: datetime) -> None:
    """An issue of its own for readers of some firms; one mail got through at the second try. Their addresses are made up, and so end."""
    readers = [_subscribe(stage, player, now) for player in players]
    with stage.desk(stage.cast.officer, now) as here:
        made = bulletins.begin(here, "对接会报名与停电通知")
        bulletins.write(here, made, 1, NEXT)
        bulletins.write(here, made, 2, POWER)
        bulletins.propose(here, made, None)
    with stage.desk(stage.cast.second, now) as here:
        bulletins.publish(here, here.get(Bulletin, made.id))
    with stage.desk(SYSTEM, now) as here:
        delivering.pack(here, "", {"bulletin": made.id})
    _arrive(stage, now, readers)


def _subscribe(stage: Stage, player: Player, now: datetime) -> int:
    with stage.desk(player.actor, now) as here:
        address = addresses.add(here, Medium.EMAIL, f"firm{player.firm.number}@example.com")
        addresses.confirm(here, address, "0", "0")
        subscriptions.choose(here, list(Topic), [Medium.EMAIL])
        return address.id


def _arrive(stage: Stage, now: datetime, readers: Sequence[int]) -> None:
    with stage.desk(SYSTEM, now) as here:
        for number, parcel in enumerate(here.all(Parcel, Parcel.fate == Fate.WAITING, by=Parcel.id)):
            parcel.tries = 1 + (number == 0)
            if number == 0:
                parcels.did_not(here, parcel.id, Trouble.PUT_OFF)
            parcels.went_out(here, parcel.id)
    with stage.desk(SYSTEM, now) as here:
        for address in here.all(NoticeAddress, NoticeAddress.id.in_(readers)):
            address.ended_at = now
