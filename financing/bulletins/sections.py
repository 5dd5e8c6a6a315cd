"""What an issue is drafted from (取材): one small question to each room; a new room adds its own to `SOURCES`.

A number is told only where it is public already, or where so many firms stand behind it as behind any public one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import func

from financing.bridge.model import BridgeUse
from financing.bulletins.rules import Section, Topic
from financing.db import fen_sum
from financing.desk import BEIJING, Desk
from financing.events.model import Event
from financing.events.rules import EventState
from financing.figures.model import PublicFigure
from financing.figures.outcomes import held
from financing.figures.rules import LEAST_FIRMS
from financing.forums.model import ForumSession
from financing.forums.rules import SessionState
from financing.money import Fen, divide_half_up
from financing.parameters import figure
from financing.policies.alerts import in_force
from financing.policies.model import Policy
from financing.policies.rules import PolicyState

FILE = Path(__file__).parent / "drafts.toml"
#: How far ahead an issue looks.
AHEAD = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class Period:
    since: date
    until: date


@cache
def texts() -> dict[str, Any]:
    """The words of drafts."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def drafted(desk: Desk, period: Period) -> list[Section]:
    """The sections that have anything to tell of a period."""
    return [
        Section(topic, texts()[key]["heading"], "\n".join(lines), key)
        for key, (topic, source) in SOURCES.items()
        if (lines := list(source(desk, period, texts()[key])))
    ]


def figures(desk: Desk, period: Period, words: dict[str, Any]) -> Iterator[str]:
    """What was published for the months up to the end of the period."""
    rows = desk.all(PublicFigure, PublicFigure.until == period.until, by=PublicFigure.volume)
    if not rows:
        return
    yield words["lead"].format(until=period.until)
    for volume in words["names"]:
        for one in rows:
            if one.volume.value == volume:
                yield _figure(one, words)
    yield words["tail"]


def _figure(one: PublicFigure, words: dict[str, Any]) -> str:
    code = one.volume.value
    unit = words["of_firms"] if code in words["firms"] else words["of_needs"]
    facts = {"name": words["names"][code], "count": one.count, "unit": unit, "since": one.since, "until": one.until}
    line = words["money"] if code in words["money_of"] and one.amount.fen else words["line"]
    return str(line.format(**facts, amount=_wan(one.amount)))


def sessions(desk: Desk, period: Period, words: dict[str, Any]) -> Iterator[str]:
    """Sessions that were held, and those to come."""
    over = (ForumSession.state == SessionState.CLOSED, ForumSession.day.between(period.since, period.until))
    for one in desk.all(ForumSession, *over, by=ForumSession.day):
        told = held(desk, one)
        said = words["quiet"] if told.intents is None else words["held"]
        amount = _wan(told.amount) if told.amount else "0"
        yield said.format(day=one.day, title=one.title, banks=told.banks, intents=told.intents, amount=amount)
    for one in _coming(desk):
        yield words["coming"].format(day=one.day, starts=one.starts, title=one.title, place=one.place)


def policies(desk: Desk, period: Period, words: dict[str, Any]) -> Iterator[str]:
    """Policies that came into force in the period."""
    new = (Policy.state == PolicyState.IN_FORCE, Policy.since.between(period.since, period.until))
    for one in desk.all(Policy, *new, by=Policy.number):
        yield words["line"].format(
            title=one.title, doc=one.doc_no, issuer=one.issuer, since=one.since, summary=one.summary
        )


def fund(desk: Desk, period: Period, words: dict[str, Any]) -> Iterator[str]:
    """What the bridge fund paid out in the period, where enough firms stand behind it."""
    columns = (func.count(BridgeUse.firm_id.distinct()), fen_sum(BridgeUse.amount))
    paid = desk.select(BridgeUse, *columns).where(BridgeUse.released_on.between(period.since, period.until))
    firms, amount = desk.session.execute(paid).one()
    if firms >= LEAST_FIRMS:
        yield words["line"].format(firms=firms, amount=_wan(amount))
        yield words["tail"].format(days=figure("bridge_ahead_days", period.until).value)


def events(desk: Desk, _period: Period, words: dict[str, Any]) -> Iterator[str]:
    """Trainings and other events that one can still sign up to."""
    ahead = (Event.state == EventState.OPEN, Event.until >= desk.today, Event.starts < desk.now + AHEAD)
    for one in desk.all(Event, *ahead, by=Event.starts):
        on = one.starts.astimezone(BEIJING)
        yield words["line"].format(
            day=on.date(), starts=f"{on:%H:%M}", title=one.title, place=one.place, until=one.until
        )


def deadlines(desk: Desk, _period: Period, words: dict[str, Any]) -> Iterator[str]:
    """Days that readers should know of."""
    for one in _coming(desk):
        yield words["session"].format(day=one.day, title=one.title)
    for clause in in_force(desk):
        last = clause.clause.deadline(desk.today)
        if last is not None and last <= desk.today + AHEAD:
            yield words["policy"].format(day=last, title=clause.title)
    ahead = (Event.state == EventState.OPEN, Event.until.between(desk.today, desk.today + AHEAD))
    for event in desk.all(Event, *ahead, by=Event.until):
        yield words["event"].format(day=event.until, title=event.title)


def _coming(desk: Desk) -> list[ForumSession]:
    ahead = (ForumSession.day > desk.today, ForumSession.day <= desk.today + AHEAD)
    return desk.all(ForumSession, ForumSession.state == SessionState.PLANNED, *ahead, by=ForumSession.day)


def _wan(amount: Fen) -> str:
    """Ten thousand yuan with one decimal, half up."""
    tenths = divide_half_up(amount.fen, 100_000)
    return f"{tenths // 10:,}.{tenths % 10}"


Source = Callable[[Desk, Period, dict[str, Any]], Iterator[str]]
#: By the key of its words: the topic a section stands under, and what writes it.
SOURCES: dict[str, tuple[Topic, Source]] = {
    "policy": (Topic.POLICY, policies),
    "figures": (Topic.FIGURES, figures),
    "sessions": (Topic.SESSIONS, sessions),
    "events": (Topic.SESSIONS, events),
    "deadlines": (Topic.DEADLINES, deadlines),
    "fund": (Topic.FUND, fund),
}
