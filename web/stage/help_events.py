"""Events on stage: one that was held, with a waiting list and ratings, and two to come."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time, timedelta

from financing.access import Actor
from financing.desk import BEIJING, Desk
from financing.events import attendance, service
from financing.events.model import Event, EventPlace
from financing.events.rules import Audience, EventKind, EventState, PlaceState
from financing.events.service import Plan
from financing.ratings.rules import Grade
from web.stage.player import Player
from web.stage.road import Stage

NAMES = ("王建国", "李秀英", "张伟", "刘洋", "陈静", "杨帆", "赵磊", "黄敏")
SAID = ("案例讲得实在", "", "希望再讲一次现场处置", "", "时间可以再短一些", "")
GRADES = (Grade.FIVE, Grade.FOUR, Grade.FIVE, Grade.THREE, Grade.FOUR, Grade.FIVE)


def scenes(
    stage: Stage, players: Sequence[Player], day: Callable[..., datetime]
) -> Iterator[tuple[datetime, Callable[[datetime], None]]]:
    """Announced, signed up to, held, rated; `day` is a moment so many days ago."""
    yield day(20, 9), lambda now: announce(stage, now, _safety(now))
    yield day(16, 10), lambda now: sign_up(stage, now, players)
    yield day(11, 15), lambda now: leave(stage, now, players)
    yield day(6, 17), lambda now: hold(stage, now, players)
    yield day(4, 9), lambda now: announce(stage, now, _policy(now))
    yield day(4, 10), lambda now: announce(stage, now, _finance(now))
    yield day(3, 11), lambda now: sign_up(stage, now, players[:5])


def announce(stage: Stage, now: datetime, plan: Plan) -> None:
    with stage.desk(stage.cast.officer, now) as here:
        service.plan(here, plan)


def _at(now: datetime, days: int, hour: int) -> datetime:
    return datetime.combine(now.astimezone(BEIJING).date() + timedelta(days=days), time(hour), tzinfo=BEIJING)


def _plan(
    now: datetime, days: int, title: str, kind: EventKind, about: str, host: str, places: int, audience: Audience
) -> Plan:
    starts = _at(now, days, 14)
    until = starts.date() - timedelta(days=2)
    return Plan(
        title, kind, about, host, "会议中心二楼报告厅", starts, starts + timedelta(hours=2), places, 1, until, audience
    )


def _safety(now: datetime) -> Plan:
    about = "企业主要负责人的安全职责、隐患自查要点和现场处置案例。请带一份本企业的隐患自查表。"
    return _plan(now, 12, "安全生产责任人培训", EventKind.SAFETY, about, "经开区应急管理分局", 6, Audience.ALL)


def _policy(now: datetime) -> Plan:
    about = "今年新出台的惠企政策逐条讲解，现场答疑。"
    return _plan(now, 11, "惠企政策宣讲会", EventKind.POLICY, about, "经开区经济发展局", 60, Audience.ALL)


def _finance(now: datetime) -> Plan:
    about = "怎样准备融资材料、看懂评分、比较银行报价；每家可预约一对一辅导。"
    return _plan(now, 18, "小微企业融资辅导", EventKind.FINANCE, about, "园区担保公司", 4, Audience.SMALL)


def _firms(players: Sequence[Player]) -> list[Actor]:
    return [one.actor for one in players if one.actor.firm_id]


def _open(here: Desk) -> list[Event]:
    return here.all(Event, Event.state == EventState.OPEN, by=Event.starts)


def sign_up(stage: Stage, now: datetime, players: Sequence[Player]) -> None:
    """Eight firms want to come to what is announced; who has signed up does not again."""
    for number, firm in enumerate(_firms(players)[:8]):
        with stage.desk(firm, now + timedelta(minutes=number)) as here:
            for event in _open(here):
                if not here.find(EventPlace, EventPlace.event_id == event.id) and event.audience is Audience.ALL:
                    service.sign_up(here, event, NAMES[number], f"1380000{number:04d}")


def leave(stage: Stage, now: datetime, players: Sequence[Player]) -> None:
    """Somebody cannot come; whoever waits first gets the place."""
    for firm in _firms(players)[1:2]:
        with stage.desk(firm, now) as here:
            for place in here.all(EventPlace, EventPlace.state == PlaceState.PLACED):
                service.leave(here, place)


def hold(stage: Stage, now: datetime, players: Sequence[Player]) -> None:
    """The list is ticked at the door and closed, one firm did not come; those who came say how it was."""
    with stage.desk(stage.cast.officer, now) as here:
        for event in _open(here):
            placed = here.all(
                EventPlace, EventPlace.event_id == event.id, EventPlace.state == PlaceState.PLACED, by=EventPlace.turn
            )
            for place in placed[:-1] if len(placed) > 5 else placed:
                attendance.tick(here, place, came=True)
            attendance.hold(here, event)
    rate(stage, now + timedelta(hours=2), players)


def rate(stage: Stage, now: datetime, players: Sequence[Player]) -> None:
    for firm in _firms(players):
        with stage.desk(firm, now) as here:
            for number, place in enumerate(here.all(EventPlace, EventPlace.state == PlaceState.CAME)):
                turn = (place.turn + number) % len(GRADES)
                attendance.rate(here, place, GRADES[turn], SAID[turn])
