"""What must come of claims, of recoveries and of the rates of banks, by the plain words of the rules and with fractions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from tests.financing.year.days import DAY, Days
from tests.financing.year.expected import Expected, rungs
from tests.financing.year.owed import COVER, half_up

#: Calendar days to pay; working days of the bank's answer, and of the first step of a recovery.
GRACE, ANSWER, FIRST = 30, 10, 5
RUNNING = {"examining", "proposed", "objected", "final", "payable", "paying"}
#: In parts of the whole: near the line, to the committee, no new letters; and the volume below which a rate says nothing.
NEAR, COMMITTEE, STOP, VOLUME = Fraction(32, 1000), Fraction(4, 100), Fraction(5, 100), 300_000_000


def claimable(x: Expected, settled: int = 0) -> int:
    """The guarantor's share of what the firm leaves unpaid, less what is settled already."""
    paid = x.sum("compensated")
    return max(0, min(half_up((x.balance + paid) * COVER) - paid - settled, half_up(x.balance * COVER)))


@dataclass
class Claim:
    """A claim by hand: its clock, its state, its sums."""

    days: Days
    key: int
    x: Expected
    claimed: int
    lodged: date
    settled: int = 0  # claimed before and finally not paid
    due: date = field(init=False)
    state: str = "examining"
    stood: int = 0  # days of standstill that are over
    paused: date | None = None
    answer_by: date | None = None
    approved: int = 0
    cut: int = 0
    repaid: int = 0
    final: bool = False  # refused for something that cannot be mended
    over: date | None = None
    told: set[tuple[date, str, date]] = field(default_factory=set)  # due, rung, day

    def __post_init__(self) -> None:
        """Lodged with everything in the file."""
        self.due = self.days.opens(self.lodged + GRACE * DAY)

    def turns(self, state: str, today: date) -> None:
        """Another state; while it is the bank's turn the clock stands still."""
        self.state = state
        if state in {"waiting", "reduced", "denied"}:
            self.paused = today
            self.answer_by = self.days.ahead(today, ANSWER) if state != "waiting" else None
        elif self.paused is not None:
            self.stood += (today - self.paused).days
            self.due, self.paused = max(self.due, self.days.opens(self.lodged + (GRACE + self.stood) * DAY)), None
        if state in {"refused", "paid", "withdrawn"}:
            self.over = today

    def run(self, today: date) -> None:
        if self.state in {"reduced", "denied"} and self.answer_by and today > self.answer_by:
            self.turns("payable" if self.state == "reduced" else "refused", today)
        if self.state in RUNNING:
            known = {rung for due, rung, _on in self.told if due == self.due}
            self.told |= {(self.due, rung, today) for rung in rungs(self.days, self.due, today) - known}


@dataclass
class Recovery:
    """What was paid is claimed from the firm: the next step, the costs, who gets what."""

    days: Days
    key: int
    x: Expected
    opened: date
    due: date = field(init=False)
    steps: int = 0
    costs: int = 0
    kept: list[int] = field(default_factory=list)  # what of each recovery covers costs
    closed: date | None = None
    told: set[tuple[int, date, str, date]] = field(default_factory=set)  # after so many steps, due, rung, day

    def __post_init__(self) -> None:
        """Opened with a payment."""
        self.due = self.days.ahead(self.opened, FIRST)

    def did(self, cost: int, due: date) -> None:
        self.steps, self.costs, self.due = self.steps + 1, self.costs + cost, due

    def came(self, amount: int) -> None:
        """What it has cost so far is covered first."""
        self.kept.append(min(amount, self.costs - sum(self.kept)))

    def run(self, today: date) -> None:
        if self.closed is None:
            known = {rung for step, due, rung, _on in self.told if (step, due) == (self.steps, self.due)}
            new = rungs(self.days, self.due, today) - known
            self.told |= {(self.steps, self.due, rung, today) for rung in new}


@dataclass
class Banks:
    """How much was paid for each bank's loans, over what ended."""

    stops: dict[int, tuple[date, int, int]] = field(default_factory=dict)  # day, paid, ended
    warned: set[tuple[int, str, str]] = field(default_factory=set)  # bank, level, month

    def paid(self, bank: int, every: list[Expected], today: date) -> None:
        """A payment moves the rate in the same transaction."""
        level, paid, ended = self._stands(bank, every)
        if level == "stopped":
            self.stops.setdefault(bank, (today, paid, ended))

    def run(self, every: list[Expected], today: date) -> None:
        of: dict[int, list[Expected]] = defaultdict(list)
        for x in every:
            of[x.bank].append(x)
        for bank, some in of.items():
            self.paid(bank, some, today)
            level = self._stands(bank, some)[0]
            if level in {"near", "committee"} and bank not in self.stops:
                self.warned.add((bank, level, f"{today:%Y-%m}"))

    def _stands(self, bank: int, every: list[Expected]) -> tuple[str, int, int]:
        mine = [x for x in every if x.bank == bank]
        paid = sum(x.sum("compensated") for x in mine)
        ended = paid + sum(x.sum("repaid", "released") for x in mine)
        if not paid or ended < VOLUME:
            return "calm", paid, ended
        rate = Fraction(half_up(Fraction(1_000_000 * paid, ended)), 1_000_000)
        lines = (("stopped", STOP), ("committee", COMMITTEE), ("near", NEAR))
        return next((name for name, line in lines if rate >= line), "calm"), paid, ended
