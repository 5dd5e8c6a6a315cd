"""A guarantee in force whose loan was paid out, and the people who watch over it."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from financing.access import SYSTEM, Actor
from financing.db import Database
from financing.letters.model import Guarantee
from financing.loans.rules import FiveClass
from financing.money import Rate
from financing.offers import drawdowns
from financing.offers.model import Offer
from financing.papers.rules import PaperKind
from financing.parties.model import Firm
from financing.watch import service, visits
from financing.watch.model import Check, EarlyWarning, OutsideFact, Visit, WatchEscalation
from financing.watch.rules import CheckState, Closing, Item, Origin, Outside, Seen
from financing.watch.visits import Learned, Looked, Report
from tests.financing.letters.conftest import Desk as Letters
from tests.financing.letters.conftest import chosen
from tests.makers import TODAY, a_paper, at, writing
from web.jobs import _watched

DAY = timedelta(days=1)
_ticks = itertools.count()


def moment(day: date, hour: int = 2) -> datetime:
    """Some time in the morning of that day in Beijing."""
    return datetime.combine(day, time(hour), tzinfo=UTC)


def looked(*bad: Item, doubtful: tuple[Item, ...] = ()) -> tuple[Looked, ...]:
    """Everything was fine but what is named."""
    seen = dict.fromkeys(bad, Seen.BAD) | dict.fromkeys(doubtful, Seen.DOUBTFUL)
    return tuple(Looked(item, seen.get(item, Seen.FINE), "停工" if item in seen else "") for item in Item)


@dataclass
class Watched:
    """One guarantee of 120万元, and what is done about it on which day."""

    letters: Letters
    guarantee: Guarantee

    @property
    def database(self):
        return self.letters.database

    @property
    def officer(self) -> Actor:
        return self.letters.stage.officer

    @property
    def second(self) -> Actor:
        return self.letters.second

    def at(self, actor: Actor, day: date = TODAY):
        """No two things happen at the same moment."""
        return at(self.database, actor, moment(day) + timedelta(seconds=next(_ticks)))

    def paid_out(self, day: date = TODAY, rate: Rate | None = None) -> None:
        offer = self.letters.offer
        with self.at(self.letters.stage.bankers[0], day) as desk:
            drawdowns.report(desk, desk.get(Offer, offer.id), paid_on=day, amount=offer.amount, rate=rate or offer.rate)

    def runs(self, day: date) -> tuple[int, int, int]:
        """What the day does by itself."""
        warned, dated, told = _watched(self.database, moment(day, 1)).values()
        return warned, dated, told

    def learns(self, kind: Outside, value: int, day: date, on: date | None = None, **more) -> OutsideFact:
        with self.at(self.officer, day) as desk:
            said = Learned(kind, on or day, value, "情况说明", Origin.COURT, **more)
            return visits.learn(desk, desk.get(Firm, self.guarantee.firm_id), said)

    def pictured(self, day: date) -> None:
        with writing(self.database) as session:
            a_paper(session, self.letters.stage.firm, kind=PaperKind.PHOTO, name="现场.jpg", added_at=moment(day, 0))

    def visits(self, day: date, risk: FiveClass = FiveClass.NORMAL, found=None, **more) -> Visit:
        self.pictured(day)
        said = Report(**{
            "on": day, "place": "厂区", "met": "张明，总经理", "found": found or looked(), "staff": 80, "opinion": "正常",
            "risk": risk, "second": self.second.id, **more,
        })  # fmt: skip
        with self.at(self.officer, day) as desk:
            return visits.record(desk, desk.find(Check, Check.state == CheckState.DUE), said)

    def closes(self, rule: str, day: date, closing: Closing = Closing.GONE) -> None:
        with self.at(self.officer, day) as desk:
            service.close(desk, self.standing(desk, rule), closing, "已核实")

    def confirms(self, rule: str, day: date) -> None:
        with self.at(self.second, day) as desk:
            service.confirm(desk, self.standing(desk, rule))

    def standing(self, desk, rule: str) -> EarlyWarning:
        return desk.find(EarlyWarning, EarlyWarning.rule == rule, EarlyWarning.closed_on.is_(None))

    def all(self, kind) -> list:
        with self.at(SYSTEM) as desk:
            return desk.all(kind, by=kind.id)

    def checks(self) -> list[Check]:
        return sorted(self.all(Check), key=lambda one: one.number)

    def warnings(self) -> dict[str, list[EarlyWarning]]:
        found: dict[str, list[EarlyWarning]] = {}
        for one in sorted(self.all(EarlyWarning), key=lambda row: row.found_on):
            found.setdefault(one.rule, []).append(one)
        return found

    def told(self) -> list[WatchEscalation]:
        return self.all(WatchEscalation)


def watched_over(database) -> Watched:
    """The letter is issued today; no money has been paid out yet."""
    letters = chosen(database)
    return Watched(letters, letters.issued())


@pytest.fixture(scope="session")
def laid_out(quick: Path, migrated_file: Path) -> tuple[Path, Watched]:
    """One file in which the letter is issued, made once; tests copy it."""
    path = quick / "watched.db"
    shutil.copyfile(migrated_file, path)
    with closing(Database(f"sqlite:///{path}")) as database:
        return path, watched_over(database)


@pytest.fixture
def watched(quick: Path, laid_out: tuple[Path, Watched]) -> Iterator[Watched]:
    """On SQLite alone: what is tested is the work, not the database."""
    made, (path, found) = quick / f"{os.urandom(8).hex()}.db", laid_out
    shutil.copyfile(path, made)
    with closing(Database(f"sqlite:///{made}")) as database:
        stage = replace(found.letters.stage, database=database)
        yield replace(found, letters=replace(found.letters, stage=stage))
    for left in quick.glob(f"{made.name}*"):
        left.unlink()


@pytest.fixture
def twice(database) -> Watched:
    """On each database."""
    return watched_over(database)
