"""What must come about for one guarantee, day by day, by the plain words of the rules: warnings, checks, calls, and who is told of what is late."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tests.financing.year.days import DAY, Days
from tests.financing.year.owed import Owed

RANK = ("normal", "attention", "substandard", "doubtful", "loss")
PACE = {"normal": 90, "attention": 60, "substandard": 30, "doubtful": 15, "loss": 30}
LADDER = {"helper": 0, "section": 3, "director": 5, "leader": 10}
#: Of each rule: working days to deal with it, and the class it holds down to.
RULES = {
    "arrears": (10, "attention"), "arrears_30": (3, "attention"), "arrears_60": (3, "substandard"),
    "wages": (3, "attention"), "tax_stop": (3, "attention"), "dishonest_due": (10, "normal"),
}  # fmt: skip
RED = {"arrears_30", "arrears_60", "wages", "tax_stop"}
LATE = {"arrears": 1, "arrears_30": 30, "arrears_60": 60}
LEAST = {"wages": 1, "tax_stop": 2}
CALLS = (60, 30, 15)


def rungs(days: Days, due: date, today: date) -> set[str]:
    """Who must know by a day that something was due on another."""
    if today <= due:
        return set()
    gone = days.gone(due, today)
    return {rung for rung, least in LADDER.items() if gone >= least}


@dataclass
class Warned:
    rule: str
    found: date
    due: date
    closed: date | None = None


@dataclass
class Check:
    since: date
    due: date
    ended: date | None = None


@dataclass
class Expected:
    """One guarantee: its loan, its ledger, and everything that the days must bring."""

    number: int
    key: int
    bank: int
    firm: int
    owed: Owed
    checked: date  # the list of dishonest debtors was last looked into
    ledger: list[tuple[str, date, int]] = field(default_factory=list)
    released: bool = False
    warnings: list[Warned] = field(default_factory=list)
    known: set[tuple[str, object]] = field(default_factory=set)
    checks: list[Check] = field(default_factory=list)
    visits: list[tuple[date, str]] = field(default_factory=list)
    outside: dict[str, tuple[int, int]] = field(default_factory=dict)  # kind: the fact, its figure
    told: set[tuple] = field(default_factory=set)  # kind, number, due, rung, day
    calls: dict[int, date] = field(default_factory=dict)
    asked: date | None = None  # whether the bank wanted more than it said
    answered: date | None = None
    seen: date | None = None

    def __post_init__(self) -> None:
        """Issued and paid out on one day."""
        self.ledger.append(("issued", self.owed.starts, self.owed.amount))

    @property
    def days(self) -> Days:
        return self.owed.days

    def sum(self, *kinds: str) -> int:
        return sum(amount for kind, _on, amount in self.ledger if kind in kinds)

    @property
    def balance(self) -> int:
        return self.sum("issued") - self.sum("repaid", "released", "compensated")

    @property
    def unrecovered(self) -> int:
        return self.sum("compensated") - self.sum("recovered", "lost")

    @property
    def live(self) -> bool:
        return self.balance > 0 and not self.released

    def open(self) -> list[Warned]:
        return [one for one in self.warnings if one.closed is None]

    def pays(self, on: date, principal: int, interest: int) -> None:
        """No more stays guaranteed than is still owed."""
        self.owed.pay(on, principal, interest)
        freed = self.balance - max(0, self.owed.left)
        if freed > 0 and not self.released:
            self.ledger.append(("repaid", on, freed))

    def compensated(self, on: date, amount: int) -> None:
        self.ledger.append(("compensated", on, amount))
        self.owed.borne += amount

    def visited(self, today: date, risk: str) -> None:
        self.checks[-1].ended = today
        self.visits.append((today, risk))
        self._plan(today)

    def run(self, today: date) -> None:
        """What the platform does by itself on a day on which it runs."""
        if self.asked is None and self.days.opens(self.owed.starts + 10 * DAY) <= today:
            self.asked = today
        if self.seen is None and self.answered and self.answered < today:
            self.seen = today
        if self.live:
            self._warn(today)
            self._plan(today)
        elif self.checks and self.checks[-1].ended is None:
            self.checks[-1].ended = today
        self._tell(today)
        self._call(today)

    def _warn(self, today: date) -> None:
        standing = {one.rule for one in self.open()}
        for rule, mark in sorted(self._found(today), key=lambda one: one[0]):
            if rule not in standing and (rule, mark) not in self.known:
                self.known.add((rule, mark))
                self.warnings.append(Warned(rule, today, self.days.ahead(today, RULES[rule][0])))

    def _found(self, today: date) -> list[tuple[str, object]]:
        since = self.owed.late_since(today)
        found: list[tuple[str, object]] = [
            (rule, since) for rule, least in LATE.items() if since and (today - since).days >= least
        ]
        found += [(kind, fact) for kind, (fact, value) in self.outside.items() if value >= LEAST[kind]]
        return found + ([("dishonest_due", self.checked)] if (today - self.checked).days > 31 else [])

    def _risk(self, today: date) -> str:
        since = self.owed.late_since(today)
        past = (today - since).days if since else 0
        held = [name for name, least in (("attention", 1), ("substandard", 91), ("doubtful", 271)) if past >= least]
        held += [RULES[one.rule][1] for one in self.open()] + [risk for _day, risk in self.visits[-2:]]
        return max(held, key=RANK.index, default="normal")

    def _plan(self, today: date) -> None:
        """One open check; it moves only to an earlier day, with five working days' notice."""
        pace = PACE[self._risk(today)]
        since = self.visits[-1][0] if self.visits else self.owed.starts
        due = self.days.opens(since + (pace if self.visits else min(pace, 30)) * DAY)
        if not self.checks or self.checks[-1].ended is not None:
            self.checks.append(Check(since, due))
        else:
            self.checks[-1].due = min(self.checks[-1].due, max(due, self.days.ahead(today, 5)))

    def _tell(self, today: date) -> None:
        late = [("warning", n, one.due) for n, one in enumerate(self.warnings) if one.closed is None]
        if self.live and self.checks:
            late.append(("check", len(self.checks) - 1, self.checks[-1].due))
        for kind, number, due in late:
            known = {one[3] for one in self.told if one[:3] == (kind, number, due)}
            self.told |= {(kind, number, due, rung, today) for rung in rungs(self.days, due, today) - known}

    def _call(self, today: date) -> None:
        left = (self.owed.matures - today).days
        if 0 <= left <= max(CALLS) and not self.owed.settled:
            for level in CALLS:
                if left <= level:
                    self.calls.setdefault(level, today)
