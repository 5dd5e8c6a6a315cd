"""Readings in an emergency on stage: one that was agreed to and is over, one that was turned down, one that waits for the auditor."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

from financing.access import SYSTEM
from financing.emergencies import service
from financing.emergencies.model import Emergency
from financing.emergencies.rules import EmergencyState, Section
from financing.parties.model import Firm
from financing.people.model import User
from web.stage.player import Player
from web.stage.road import Stage

WHYS = (
    "企业报告十月开票数据导入后少了三行，需要对照材料目录和需求核实是哪一步丢失。",
    "想了解首贷企业的收入分布。",
    "夜间备份告警提到这家企业的一份材料校验不符，需要核对文件目录。",
)


def scenes(
    stage: Stage, players: Sequence[Player], day: Callable[..., datetime]
) -> Iterator[tuple[datetime, Callable[[datetime], None]]]:
    """When and what; `day` is a moment so many days ago."""
    for ago, number in ((20, 0), (9, 1), (1, 2)):
        yield day(ago, 9, 10 + number), partial(ask, stage, players, number)
    yield day(20, 9, 40), lambda now: read(stage, now)
    yield day(9, 10, 30), lambda now: turn_down(stage, now)


def _actor(stage: Stage, login: str, now: datetime) -> User:
    with stage.desk(SYSTEM, now) as here:
        return here.all(User, User.login == login)[0]


def ask(stage: Stage, players: Sequence[Player], number: int, now: datetime) -> None:
    firms = [one.actor.firm_id for one in players if one.actor.firm_id]
    with stage.desk(SYSTEM, now) as here:
        code = here.get(Firm, firms[number]).code
    with stage.desk(_actor(stage, "guanliyuan", now).actor, now) as here:
        service.ask(here, code=code, why=WHYS[number])


def read(stage: Stage, now: datetime) -> None:
    with stage.desk(_actor(stage, "shenji", now).actor, now) as here:
        service.open_(here, here.all(Emergency, Emergency.state == EmergencyState.ASKED)[0])
    for minutes, section in enumerate((Section.NEEDS, Section.PAPERS), 3):
        with stage.desk(_actor(stage, "guanliyuan", now).actor, now + timedelta(minutes=minutes)) as here:
            service.look(here, here.all(Emergency)[0], section)
    with stage.desk(_actor(stage, "guanliyuan", now).actor, now + timedelta(minutes=12)) as here:
        service.end(here, here.all(Emergency)[0])


def turn_down(stage: Stage, now: datetime) -> None:
    with stage.desk(_actor(stage, "shenji", now).actor, now) as here:
        asked = here.all(Emergency, Emergency.state == EmergencyState.ASKED)[0]
        service.turn_down(here, asked, "不是故障。收入分布请看统计页，那里不显示任何一家企业。")
