"""The rhythm of meetings (一月一调度、一季一推进、半年一小结、年终算总账): which day each falls on, and what it decides. No database here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Self

from financing.acts import Act
from financing.calendar import DAY, Calendar
from financing.figures.spans import Span, ended
from financing.flow import Flow


class DispatchState(StrEnum):
    """Where a meeting stands."""

    CONVENED = "convened"
    MINUTED = "minuted"
    CLOSED = "closed"
    JOINED = "joined"  # held together with another one


S = DispatchState
FLOW = Flow(
    start=S.CONVENED,
    steps={
        (S.CONVENED, Act.DECIDE_ITEM): S.CONVENED,
        (S.CONVENED, Act.MINUTE_DISPATCH): S.MINUTED,
        (S.CONVENED, Act.JOIN_DISPATCH): S.JOINED,
        (S.MINUTED, Act.CLOSE_DISPATCH): S.CLOSED,
        (S.MINUTED, Act.RETURN_DISPATCH): S.CONVENED,
    },
)


class Matter(StrEnum):
    """What kind of thing is late."""

    STEP = "step"
    REQUEST = "request"
    TASK = "task"
    COMMITMENT = "commitment"
    CHECK = "check"
    WARNING = "warning"
    CLAIM = "claim"
    RECOVERY = "recovery"
    CONTEST = "contest"
    CALL = "call"
    BRIDGE = "bridge"


class Ask(StrEnum):
    """What the meeting should decide."""

    FINISH = "finish"
    ANSWER = "answer"
    NEW_DAY = "new_day"
    BANK = "bank"
    LOOK = "look"
    PAY = "pay"
    RECOVER = "recover"
    OWNER = "owner"  # nobody answers for it
    LEADER = "leader"  # it comes again and again


#: The question each kind of matter puts to the meeting.
ASKS = {
    Matter.STEP: Ask.FINISH,
    Matter.REQUEST: Ask.ANSWER,
    Matter.TASK: Ask.NEW_DAY,
    Matter.COMMITMENT: Ask.BANK,
    Matter.CHECK: Ask.LOOK,
    Matter.WARNING: Ask.LOOK,
    Matter.CLAIM: Ask.PAY,
    Matter.RECOVERY: Ask.RECOVER,
    Matter.CONTEST: Ask.FINISH,
    Matter.CALL: Ask.FINISH,
    Matter.BRIDGE: Ask.RECOVER,
}
#: Meetings on which a matter stood before, from which on a leader should take it over.
AGAIN = 2
#: Meetings that look at the figures of their period.
WITH_FIGURES = frozenset({Span.QUARTER, Span.HALF, Span.YEAR})


def ask(matter: Matter, owner: str, times: int) -> Ask:
    """What the meeting should decide of a matter that stood on its list so many times before."""
    if times >= AGAIN:
        return Ask.LEADER
    return ASKS[matter] if owner else Ask.OWNER


@dataclass(frozen=True, slots=True)
class Item:
    """One open matter as the meeting finds it: `key` is the row it is about, `late` in working days."""

    matter: Matter
    key: int
    number: str
    about: str  # a code or words of its own, by the kind of matter
    owner_id: int | None
    owner: str
    due: date
    late: int
    times: int
    ask: Ask

    @property
    def plain(self) -> dict[str, Any]:
        """As it is sealed."""
        return {**asdict(self), "due": self.due.isoformat()}

    @classmethod
    def read(cls, plain: dict[str, Any]) -> Self:
        """What was sealed."""
        words = {"matter": Matter(plain["matter"]), "ask": Ask(plain["ask"]), "due": date.fromisoformat(plain["due"])}
        return cls(**{**plain, **words})


def periods(first: date, last: date) -> Iterator[tuple[Span, date]]:
    """Every period that ends with a month from that of one day to that of another, the earliest first; of one month the shortest first."""
    for number in range(first.year * 12 + first.month, last.year * 12 + last.month + 1):
        end = date(number // 12, number % 12 + 1, 1) - DAY
        yield from ((span, end) for span in Span if ended(span, end))


def meets_on(calendar: Calendar, until: date, ahead: int) -> date:
    """The last day of a period on which offices are open, or so many working days before it."""
    day = until
    while not calendar.works(day):
        day -= DAY
    for _ in range(ahead):
        day -= DAY
        while not calendar.works(day):
            day -= DAY
    return day
