"""A year with days of downtime: the checks, warnings and escalations that came about are those asked for, none missing, none doubled (I-14).

What is asked for is worked out here a second time, with lists of days and the plain words of the rules, not with the code under test.
"""

from __future__ import annotations

import os
import random
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from financing.access import SYSTEM
from financing.calendar import Calendar
from financing.loans.rules import FiveClass
from financing.outbox import Outgoing
from financing.watch.rules import Item, Outside, WarningState
from tests.financing.clocks.test_deadlines import open_by_hand
from tests.financing.watch.conftest import DAY, Watched, looked
from tests.makers import TODAY, writing

#: `YEARS=40 pytest tests/financing/watch/test_year.py` takes some minutes.
SEEDS = range(int(os.environ.get("YEARS", "2")))
DAYS = 400  # past the last day of the loan
RANK = ["normal", "attention", "substandard", "doubtful", "loss"]
PACE = {"normal": 90, "attention": 60, "substandard": 30, "doubtful": 15, "loss": 30}
LADDER = {"helper": 0, "section": 3, "director": 5, "leader": 10}
#: Of each rule: red or amber, and the class it holds down to.
GRAVE = {
    "arrears": ("amber", "attention"), "arrears_30": ("red", "attention"), "arrears_60": ("red", "substandard"),
    "tax_stop": ("red", "attention"), "lawsuit": ("amber", "normal"), "wages": ("red", "attention"),
    "dishonest": ("red", "substandard"), "dishonest_due": ("amber", "normal"), "visit": ("red", "attention"),
}  # fmt: skip
LEAST = {"tax_stop": 2, "lawsuit": 10_000_000, "wages": 1, "dishonest": 1}
WITHIN = {"red": 3, "amber": 10}


@dataclass
class Expected:
    """What must have come about, day by day."""

    calendar: Calendar
    matures: date
    warnings: list[list] = field(default_factory=list)  # rule, found, due, closed
    warned: set = field(default_factory=set)  # rule and occurrence
    checks: list[list] = field(default_factory=list)  # since, due, ended
    told: set = field(default_factory=set)  # check or warning with its number, due, rung, told
    newest: dict = field(default_factory=dict)  # kind -> (number of the fact, value)
    checked: date = TODAY
    seen: list = field(default_factory=list)  # day and class of each visit
    bad: int | None = None  # the visit that found something bad

    def opens(self, day: date) -> date:
        return day if open_by_hand(self.calendar, day) else self.opens(day + DAY)

    def ahead(self, day: date, count: int) -> date:
        return self.ahead(self.opens(day + DAY), count - 1) if count else day

    def gone(self, due: date, today: date) -> int:
        return sum(open_by_hand(self.calendar, due + DAY * n) for n in range(1, (today - due).days + 1))

    def standing(self, rule: str) -> list | None:
        return next((one for one in self.warnings if one[0] == rule and one[3] is None), None)

    def occurrences(self, today: date) -> dict[str, object]:
        late = (today - self.matures).days
        found: dict[str, object] = {
            rule: "late" for rule, days in (("arrears", 1), ("arrears_30", 30), ("arrears_60", 60)) if late >= days
        }
        found |= {
            kind: self.newest[kind][0] for kind in LEAST if kind in self.newest and self.newest[kind][1] >= LEAST[kind]
        }
        if (today - self.checked).days > 31:
            found["dishonest_due"] = self.checked
        if self.bad is not None:
            found["visit"] = self.bad
        return found

    def risk(self, today: date) -> str:
        held = [GRAVE[one[0]][1] for one in self.warnings if one[3] is None]
        held += [risk for _day, risk in self.seen[-2:]] + (["attention"] if today > self.matures else [])
        return max(held, key=RANK.index, default="normal")

    def run(self, today: date) -> None:
        for rule, mark in self.occurrences(today).items():
            if self.standing(rule) is None and (rule, mark) not in self.warned:
                self.warned.add((rule, mark))
                self.warnings.append([rule, today, self.ahead(today, WITHIN[GRAVE[rule][0]]), None])
        self.plan(today)
        late = [("check", n, one[1]) for n, one in enumerate(self.checks) if one[2] is None]
        late += [("warning", n, one[2]) for n, one in enumerate(self.warnings) if one[3] is None]
        for kind, number, due in late:
            for rung, days in LADDER.items():
                if (
                    today > due
                    and self.gone(due, today) >= days
                    and (kind, number, due, rung) not in {one[:4] for one in self.told}
                ):
                    self.told.add((kind, number, due, rung, today))

    def plan(self, today: date) -> None:
        """One open check; it moves only to an earlier day, with five working days' notice."""
        since, first = (self.seen[-1][0], False) if self.seen else (TODAY, True)
        days = PACE[self.risk(today)]
        due = self.opens(since + timedelta(days=min(days, 30) if first else days))
        if not self.checks or self.checks[-1][2] is not None:
            self.checks.append([since, due, None])
        else:
            self.checks[-1][1] = min(self.checks[-1][1], max(due, self.ahead(today, 5)))


def live(chance: random.Random, watched: Watched, expected: Expected, day: date, number: int) -> None:
    """One thing that people may do on a day."""
    what = chance.random()
    if what < 0.25:
        kind = chance.choice((Outside.TAX_STOP, Outside.LAWSUIT, Outside.WAGES, Outside.DISHONEST))
        value = chance.choice((0, 1, 2, 9_999_999, 10_000_000))
        watched.learns(kind, value, day)
        expected.newest[kind.value] = (number, value)
        expected.checked = day if kind is Outside.DISHONEST else expected.checked
    elif what < 0.55 and any(one[3] is None for one in expected.warnings):
        one = chance.choice([one for one in expected.warnings if one[3] is None])
        watched.closes(one[0], day)
        if GRAVE[one[0]][0] == "red":
            watched.confirms(one[0], day)
        one[3] = day
    elif what < 0.75 and expected.checks and expected.checks[-1][2] is None:
        risk, bad = chance.choice(list(FiveClass)[:4]), chance.random() < 0.2
        watched.visits(day, risk, looked(Item.OPERATION) if bad else looked())
        expected.checks[-1][2] = day
        expected.seen.append((day, risk.value))
        expected.bad = number if bad else None
        expected.plan(day)


def up(chance: random.Random) -> list[bool]:
    """Whether the platform runs on each day: longer stretches up than down."""
    days: list[bool] = []
    while len(days) < DAYS:
        days += [True] * chance.randint(1, 12) + [False] * chance.choice((0, 1, 3, 20))
    return days[:DAYS]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_year_brings_about_what_is_asked_for_and_nothing_twice(watched, seed):
    chance = random.Random(seed)
    watched.paid_out()
    with watched.at(SYSTEM) as desk:
        expected = Expected(desk.calendar, watched.guarantee.matures)
    for number, runs in enumerate(up(chance)):
        day = TODAY + DAY * number
        if runs and chance.random() < 0.5:  # every run costs; half of the days are as good as all of them
            watched.runs(day)
            expected.run(day)
            if chance.random() < 0.1:
                assert watched.runs(day) == (0, 0, 0)
            if chance.random() < 0.4:
                live(chance, watched, expected, day, number)
    compare(watched, expected)


def compare(watched: Watched, expected: Expected) -> None:
    checks = watched.checks()
    assert [(one.since, one.due_on, one.ended_on) for one in checks] == [tuple(one) for one in expected.checks]
    assert [one.number for one in checks] == list(range(1, len(checks) + 1))
    raised = [one for row in watched.warnings().values() for one in row]
    assert sorted((one.rule, one.found_on, one.due_on, one.closed_on or date.max) for one in raised) == sorted(
        (rule, found, due, closed or date.max) for rule, found, due, closed in expected.warnings
    )
    assert all((one.closed_on is None) == (one.state is WarningState.OPEN) for one in raised)
    names = {one.id: ("check", one.number - 1) for one in checks}
    order = {(rule, found): number for number, (rule, found, _due, _closed) in enumerate(expected.warnings)}
    names |= {one.id: ("warning", order[one.rule, one.found_on]) for one in raised}
    told = [(*names[one.matter_id], one.due_on, one.rung.value, one.told_on) for one in watched.told()]
    assert sorted(told) == sorted(expected.told)
    with writing(watched.database) as session:
        said = [row.once for row in session.query(Outgoing) if row.payload.get("code", "").endswith(".escalate")]
    assert len(said) == len(set(said)) == len(told)
