"""One loan by hand: interest every so many months on actual days of 360, principal at the end; and money parted with fractions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from tests.financing.year.days import DAY, Days, later

#: Interest may differ by a yuan an instalment from what the bank counts.
TOLERANCE = 100
#: Of what the guarantor pays, by the agreement that every letter is issued under; the bank's fifth is not among it.
BEARS = {"guarantor": Fraction(37, 80), "reguarantor": Fraction(23, 80), "fund": Fraction(20, 80)}
COVER = Fraction(4, 5)


def half_up(exact: Fraction) -> int:
    return floor(exact + Fraction(1, 2))


def parted(amount: int, shares: Mapping[str, Fraction] = BEARS) -> dict[str, int]:
    """By largest remainder; of equal remainders the larger share goes first."""
    parts = {party: floor(amount * share) for party, share in shares.items()}
    left = sorted(shares, key=lambda party: (parts[party] - amount * shares[party], -shares[party]))
    for party in left[: amount - sum(parts.values())]:
        parts[party] += 1
    return parts


def fetched(total: int) -> dict[str, int]:
    """What each has had of all that came back: eighty fen by eighty, and of the rest each goes to whoever must have the next one soonest.

    The n-th fen of a party is its turn from the (n - 1)-th of its even steps on, and must be there by the n-th.
    """
    rounds, rest = divmod(total, 80)
    had = dict.fromkeys(BEARS, 0)
    for turn in range(rest):
        ready = [party for party, share in BEARS.items() if floor(had[party] / share) <= turn]
        had[min(ready, key=lambda party: ceil((had[party] + 1) / BEARS[party]))] += 1
    return {party: int(rounds * 80 * share) + had[party] for party, share in BEARS.items()}


@dataclass
class Owed:
    """The contract, and what was paid on it: day, principal, interest, as far as the platform knows."""

    days: Days
    amount: int  # fen
    ppm: int  # a year
    starts: date
    matures: date
    every: int  # months
    paid: list[tuple[date, int, int]] = field(default_factory=list)
    early: list[tuple[date, int]] = field(default_factory=list)
    borne: int = 0  # principal that the guarantor paid
    rows: list[tuple[date, int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """The plan as signed."""
        self.rows = self._dues()

    @property
    def left(self) -> int:
        """Principal that the bank is owed still."""
        return self.amount - sum(principal for _on, principal, _interest in self.paid) - self.borne

    def pay(self, on: date, principal: int, interest: int) -> None:
        """Principal paid more than ten days before anything of it is due changes the plan."""
        self.paid.append((on, principal, interest))
        asked = sum(one for day, one, _interest in self.rows if day <= on + 10 * DAY)
        ahead = sum(one for _on, one, _interest in self.paid) - asked
        if ahead > 0:
            self.early.append((on, ahead))
            self.rows = self._dues()

    def accrued(self, on: date) -> int:
        """Interest of all that is owed since the last period ended, on a day before the maturity."""
        since = max(day for day in [self.starts, *self._ends()] if day <= on)
        return self._interest(since, on)

    def gaps(self) -> list[tuple[date, int, int]]:
        """What is not covered of each instalment, the oldest covered first; principal and interest each for itself."""
        principal = sum(one for _on, one, _interest in self.paid) + self.borne
        interest = sum(one for _on, _principal, one in self.paid)
        found = []
        for number, (day, asked, cost) in enumerate(self.rows, 1):
            principal, interest = principal - asked, interest - cost
            short = min(cost, -interest) if -interest > TOLERANCE * number else 0
            found.append((day, max(0, min(asked, -principal)), short))
        return found

    def late_since(self, today: date) -> date | None:
        """The day, moved to an open one, since which something is past due."""
        first = next((day for day, one, other in self.gaps() if (one or other) and self.days.opens(day) < today), None)
        return self.days.opens(first) if first else None

    @property
    def settled(self) -> bool:
        return self.left <= 0 and not any(one or other for _day, one, other in self.gaps())

    def _ends(self) -> list[date]:
        months = range(self.every, 61, self.every)
        return [day for day in (later(self.starts, one) for one in months) if day < self.matures]

    def _dues(self) -> list[tuple[date, int, int]]:
        rows, since = [], self.starts
        whole = next((on for on, _ in self.early if self._still(on) == 0), None)
        for end in [*self._ends(), self.matures]:
            if whole is not None and whole < end:
                break
            rows.append((end, self._still(end) if end == self.matures else 0, self._interest(since, end)))
            since = end
        rows += [(on, one, 0 if on != whole else self._interest(since, on)) for on, one in self.early]
        return sorted(row for row in rows if row[1] or row[2])

    def _still(self, on: date) -> int:
        return self.amount - sum(one for day, one in self.early if day <= on)

    def _interest(self, since: date, until: date) -> int:
        """Day by day on what is owed that day, rounded once."""
        turns = sorted({since, until, *(on for on, _ in self.early if since < on < until)})
        return half_up(Fraction(sum(self._still(a) * (b - a).days for a, b in pairwise(turns)) * self.ppm, 360_000_000))
