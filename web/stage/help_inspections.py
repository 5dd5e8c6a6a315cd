"""Inspections and charges on stage: booked, joint, urgent, with results; a firm's word; the examples on the list of charges."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta

from financing.access import Actor
from financing.charges import examples
from financing.desk import Desk
from financing.inspections import rules, service, words
from financing.inspections.model import Inspection, UnannouncedWord
from financing.inspections.rules import Authority, Found, Grievance, InspectionState, Kind, Topic, Urgent
from financing.inspections.service import Booking
from financing.parties.model import Firm
from web.stage.player import Player
from web.stage.road import Stage

A, T = Authority, Topic
#: Who comes to the first firms, and by which law; the first is joined by the fire brigade.
PLANS = (
    (A.EMERGENCY, T.WORK_SAFETY, "安全生产法第六十五条"),
    (A.ECOLOGY, T.ENVIRONMENT, "环境保护法第二十四条"),
    (A.MARKET, T.EQUIPMENT, "特种设备安全法第五十七条"),
    (A.LABOUR, T.LABOUR, "劳动保障监察条例第十条"),
    (A.FIRE, T.FIRE_SAFETY, "消防法第五十三条"),
)
RESULTS = (
    (Found.FINE, "现场和台账相符，未发现问题。"),
    (Found.FAULT, "危废间标识不全，责令十日内改正。"),
    (Found.ADVICE, "压力表即将到检，当场提醒。"),
)


def scenes(
    stage: Stage, players: Sequence[Player], day: Callable[..., datetime]
) -> Iterator[tuple[datetime, Callable[[datetime], None]]]:
    """When and what; `day` is a moment so many days ago."""
    yield day(90, 9), lambda now: charge(stage, now)
    yield day(45, 9), lambda now: book(stage, now, players, PLANS[:3])
    yield day(6, 9), lambda now: record(stage, now)
    yield day(5, 10), lambda now: say(stage, now, players)
    yield day(4, 15), lambda now: answer(stage, now)
    yield day(3, 9), lambda now: book(stage, now, players[3:], PLANS[2:])
    yield day(2, 9), lambda now: urgent(stage, now, players)


def charge(stage: Stage, now: datetime) -> None:
    with stage.desk(stage.cast.officer, now) as here:
        examples.put(here)


def _firms(players: Sequence[Player]) -> list[Actor]:
    return [one.actor for one in players if one.actor.firm_id]


def _free(here: Desk, firm: int, since: date) -> date | None:
    taken = [one.day for one in here.all(Inspection, Inspection.firm_id == firm, Inspection.state.in_(rules.STANDING))]
    return rules.next_free(since, taken, service.quiet(since), here.calendar.works)


def book(stage: Stage, now: datetime, players: Sequence[Player], plans: Sequence[tuple[Authority, Topic, str]]) -> None:
    """Each firm gets the next day that is not quiet; the first of them is visited by two authorities together."""
    with stage.desk(stage.cast.officer, now) as here:
        for number, (firm, (authority, topic, basis)) in enumerate(zip(_firms(players), plans, strict=False)):
            key = firm.firm_id or 0
            free = _free(here, key, here.today + timedelta(days=3))
            if free is None:
                continue
            made = service.book(here, here.get(Firm, key), Booking(Kind.INSPECTION, authority, topic, basis, free))
            if not number:
                other = (A.FIRE, T.FIRE_SAFETY, "消防法第五十三条") if topic is not T.FIRE_SAFETY else PLANS[0]
                service.join(here, made, *other)


def record(stage: Stage, now: datetime) -> None:
    with stage.desk(stage.cast.officer, now) as here:
        due = here.all(
            Inspection, Inspection.state == InspectionState.BOOKED, Inspection.day <= here.today, by=Inspection.number
        )
        for one, (found, report) in zip(due, RESULTS, strict=False):
            service.record(here, one, found, report, here.today + timedelta(days=10))


def say(stage: Stage, now: datetime, players: Sequence[Player]) -> None:
    """Two firms have something to say."""
    said = (
        (Grievance.UNANNOUNCED, A.MARKET, "上午两人进车间查看合格证，没有出示检查通知，也没有说明事由。"),
        (Grievance.UNLISTED, A.OTHER, "一家检测机构称受委托检测，要求当场交检测费。"),
    )
    for firm, (about, authority, text) in zip(_firms(players)[5:7], said, strict=False):
        with stage.desk(firm, now) as here:
            words.say(here, about, authority, here.today - timedelta(days=1), text)


def answer(stage: Stage, now: datetime) -> None:
    with stage.desk(stage.cast.leader, now) as here:
        for word in here.all(UnannouncedWord, by=UnannouncedWord.said_at)[:1]:
            words.answer(
                here, word, "已核实：系日常抽查未按规定登记，已责令该所补登记并向企业说明，今后入企一律先登记。"
            )


def urgent(stage: Stage, now: datetime, players: Sequence[Player]) -> None:
    """One urgent inspection is agreed to, a visit waits for the leader."""
    firms = _firms(players)
    with stage.desk(stage.cast.officer, now) as here:
        one = service.book(
            here, here.get(Firm, firms[7].firm_id or 0),
            Booking(Kind.INSPECTION, A.EMERGENCY, T.WORK_SAFETY, "安全生产法第六十五条", here.today, Urgent.COMPLAINT, "群众举报夜间排放粉尘，需当日到场核实。"),
        ).id  # fmt: skip
        key = firms[8].firm_id or 0
        free = _free(here, key, here.today + timedelta(days=2))
        if free is not None:
            service.book(
                here,
                here.get(Firm, key),
                Booking(
                    Kind.VISIT,
                    A.ZONE,
                    T.TOUR,
                    "党群部报批件",
                    free,
                    why="外地考察团参观智能生产线，约二十人，不要求调整班次。",
                ),
            )
    with stage.desk(stage.cast.leader, now + timedelta(hours=1)) as here:
        service.approve(here, here.get(Inspection, one))
