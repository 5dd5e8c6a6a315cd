"""A year with its outages: on each day that the platform is up it does what the day asks for, and then people do what their fates say."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Generator, Iterable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from sqlalchemy import update

from financing.access import Actor
from financing.desk import Desk
from financing.letters.model import Guarantee
from financing.loans.model import Loan
from financing.offers.model import Offer
from financing.parties.model import Firm
from tests.financing.year import fund
from tests.financing.year.claimed import Banks, Claim, Recovery
from tests.financing.year.days import DAY, Days
from tests.financing.year.expected import Expected
from tests.financing.year.owed import Owed
from tests.financing.year.zone import WHOLE, Drawn, Zone, copied, laid_out
from tests.makers import TODAY, writing
from web.jobs import run_daily, work_off

#: Days after the first on which the committee sits; what it decides is issued and paid out within ten days.
SESSIONS = (0, 28, 70, 112)
LENGTH = 365
#: One firm goes on from the day that it yields.
Script = Generator[date]


def up(chance: Random) -> list[bool]:
    """Whether the platform runs on each day: outages of one to twelve days in a row."""
    days: list[bool] = []
    while len(days) < LENGTH:
        days += [True] * chance.randint(1, 7) + [False] * chance.choice((1, 1, 2, 3, 5, 8, 12))
    return [True, *days[1:LENGTH]]


def moment(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=UTC)


class Walk:
    """The zone, the day it is, and what must have come about."""

    def __init__(self, database: Any, seed: int, firms: int, banks: int) -> None:
        """Draw the year; the first firm's guarantee stands."""
        self.chance, self.today, self.database = Random(seed), TODAY, database
        self.days, self.up = Days(TODAY - 30 * DAY, TODAY + 2_000 * DAY), up(self.chance)
        first = Drawn(0, WHOLE.fen, 36_000, 12, 3, 0)
        self.zone: Zone = laid_out(database, banks, first)
        self.fund = fund.Pool(database, self.zone)
        self.plan = self._drawn(firms, banks)
        self.expected: dict[int, Expected] = {}
        self.claims: dict[int, Claim] = {}
        self.recoveries: dict[int, Recovery] = {}
        self.banks = Banks()
        self.keys: dict[int, dict[type, int]] = {}
        self.runs, self._ticks, self._heap, self._order = 0, itertools.count(1), [], itertools.count()
        self._met(first, {kind: self.zone.key(kind) for kind in (Guarantee, Firm, Loan, Offer)})

    def _drawn(self, firms: int, banks: int) -> dict[date, list[Drawn]]:
        """Which guarantees are issued on which day, each on one on which the platform is up."""
        found: dict[date, list[Drawn]] = {}
        for number in range(1, firms):
            n = SESSIONS[number % len(SESSIONS)] + self.chance.randint(0, 10)
            n = next(one for one in range(n, LENGTH) if self.up[one])
            drawn = Drawn(number, 4 * self.chance.randint(10_000_00, 75_000_000), self.chance.randint(30_000, 60_000),
                          self.chance.choice((6, 9, 12, 12)), self.chance.choice((3, 3, 6)), number % banks)  # fmt: skip
            found.setdefault(TODAY + n * DAY, []).append(drawn)
        return found

    def play(self, fates: Any) -> None:
        """The whole year; `fates` gives each firm its scripts."""
        self.fates = fates
        self._begin(self.expected.values())
        for n in range(LENGTH):
            if self.up[n]:
                self.today = TODAY + n * DAY
                self._day()
        while work_off(self.database, moment(self.today, 6)):
            pass

    def at(self, actor: Actor) -> AbstractContextManager[Desk]:
        """A desk of today."""
        return self.zone.at(actor, self.now())

    def now(self) -> datetime:
        """No two things happen at the same moment."""
        return moment(self.today, 4) + timedelta(milliseconds=100 * next(self._ticks))

    def banker(self, x: Expected) -> Actor:
        return self.zone.bankers[x.bank]

    def _day(self) -> None:
        self._ticks = itertools.count(1)
        run_daily(self.database, moment(self.today, 2) + timedelta(minutes=self.chance.randint(0, 59)))
        self.runs += 1
        for one in (*self.expected.values(), *self.claims.values(), *self.recoveries.values(), *self.fund.uses):
            one.run(self.today)
        self.banks.run(list(self.expected.values()), self.today)
        if drawn := self.plan.get(self.today):
            rows = copied(self.zone, drawn, self.today)
            new = [self._met(one, {kind: row[kind]["id"] for kind in (Guarantee, Firm, Loan, Offer)})
                   for one, row in zip(drawn, rows, strict=True)]  # fmt: skip
            self._begin(new)
        self._look_into_the_list()
        while self._heap and self._heap[0][0] <= self.today:
            self._go_on(heapq.heappop(self._heap)[2])

    def _met(self, drawn: Drawn, keys: dict[Any, int]) -> Expected:
        owed = Owed(self.days, drawn.amount, drawn.ppm, self.today, drawn.matures(self.today), drawn.every)
        x = Expected(drawn.number, keys[Guarantee], self.zone.banks[drawn.bank], keys[Firm], owed, self.today)
        self.expected[x.key], self.keys[x.key] = x, keys
        return x

    def _begin(self, new: Iterable[Expected]) -> None:
        for x in new:
            for script in self.fates(self, x):
                self._go_on(script)

    def _go_on(self, script: Script) -> None:
        then = next(script, None)
        if then is not None:
            heapq.heappush(self._heap, (max(then, self.today + DAY), next(self._order), script))

    def _look_into_the_list(self) -> None:
        """Every ten days or so the officers look most firms up in the list of dishonest debtors; of every seventh nobody thinks."""
        due = [x for n, x in enumerate(self.expected.values()) if n % 7 and (self.today - x.checked).days >= 10]
        if not due:
            return
        said = {"dishonest_records": {"value": 0, "source": "registry", "as_of": self.today.isoformat()}}
        with writing(self.database) as session:
            session.execute(update(Firm).where(Firm.id.in_([x.firm for x in due])).values(stated=said))
        for x in due:
            x.checked = self.today
