"""Ratios, stress and calibration as pages and papers show them; all from the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from financing import parameters
from financing.credit.rules import months_after
from financing.desk import Desk
from financing.letters.rules import EntryKind
from financing.money import Fen, Rate
from financing.register.ledger import figure
from financing.register.policy import leverage_key
from financing.register.rules import Book, Letter, Register, total
from financing.register.rules import Line as Booked
from financing.reserves import calibration, reading, returns, stress
from financing.reserves.calibration import Closed, Table
from financing.reserves.reading import Deal
from financing.reserves.returns import By, Grouped, Period, Sums, first_day
from financing.reserves.rules import Line, Reserve
from financing.reserves.stress import Bearing, Effect, Outcome
from financing.reserves.yearly import standing, unrecovered
from scoring.losses import given


@dataclass(frozen=True, slots=True)
class Ratios:
    """Ratios of all guarantees and by group, and what the reserves cover."""

    period: Period
    by: By
    first: date
    day: date
    whole: Sums
    groups: tuple[Grouped, ...]
    unrecovered: Fen
    reserves: Fen
    liability: Fen
    net_assets: Fen | None

    @property
    def coverage(self) -> Rate | None:
        return returns.ratio(self.reserves, self.unrecovered)

    @property
    def leverage(self) -> Rate | None:
        return None if self.net_assets is None else returns.ratio(self.liability, self.net_assets)


@dataclass(frozen=True, slots=True)
class Stressed:
    """Every scenario with what it leaves."""

    day: date
    count: int
    balance: Fen
    recovery: Rate
    bearing: Bearing
    outcomes: tuple[tuple[Outcome, Effect], ...]


@dataclass(frozen=True, slots=True)
class Calibrated:
    """Grades and votes against outcomes; `own` is what the reader voted, for members alone.

    `cases` and `bad` count what stands in a group that is told, so that nothing hidden follows from them.
    """

    cases: int
    bad: int
    months: int
    overdue_days: int
    least: int
    grades: Table
    votes: Table
    own: Table | None
    refused: int


def ratios(desk: Desk, day: date, period: Period, by: By) -> Ratios:
    """Ratios over a period until a day."""
    book, deals, first = reading.book(desk), reading.deals(desk), first_day(period, day)
    return Ratios(
        period, by, first, day, returns.summed(book.between(EntryKind, first, day)),
        returns.grouped(book, first, day, _key(by, deals)), unrecovered(book, day), total(line.closing for line in standing(desk, book, deals, day)),
        book.on(day).weighted, reading.net_assets(desk, day),
    )  # fmt: skip


def lines(desk: Desk, day: date, period: Period, by: By, key: str) -> Sequence[tuple[Letter, Booked]]:
    """The lines of the ledger behind one group's sums; without a key behind the whole."""
    book, of = reading.book(desk), _key(by, reading.deals(desk))
    return returns.within(book, first_day(period, day), day, lambda letter: not key or of(letter)[0] == key)


def stressed(desk: Desk) -> Stressed:
    """Every scenario on everything in force today."""
    day, book, deals = desk.today, reading.book(desk), reading.deals(desk)
    register, recovery = book.on(day), reading.rate("stress_recovery_ppm", day)
    exposures, bearing = exposed(register, deals), _bearing(desk, register, _buffer(standing(desk, book, deals, day)))
    found = [stress.outcome(exposures, scenario, recovery) for scenario in stress.shocks()]
    return Stressed(
        day,
        len(exposures),
        register.balance,
        recovery,
        bearing,
        tuple((one, stress.effect(one, bearing)) for one in found),
    )


def exposed(register: Register, deals: Mapping[int, Deal]) -> list[stress.Exposure]:
    """What is in force with its chance of default; a grade without a rate counts with the worst one there is."""
    chances = given(register.day)
    worst = max(chances.values(), key=lambda chance: chance.expected)
    return [
        stress.Exposure(
            row.letter.number, row.letter.firm_id, row.letter.division, row.letter.bank_id, row.balance,
            Rate(chances.get(deals[row.letter.id].grade, worst).expected), deals[row.letter.id].shares,
        )
        for row in register.rows if row.balance
    ]  # fmt: skip


def calibrated(desk: Desk) -> Calibrated:
    """Every guarantee whose time has passed, by grade and by vote."""
    reading.admit(desk)
    months, overdue, least = (
        parameters.figure(f"calibration_{key}", desk.today).value for key in ("months", "overdue_days", "least_cases")
    )
    cases = closed(desk, months, overdue)
    own = calibration.of_member(cases, desk.actor.id)
    grades = calibration.by_grade(cases, list(given(desk.today)), least)
    return Calibrated(
        sum(row.count for row in grades.rows), sum(row.bad for row in grades.rows), months, overdue, least,
        grades, calibration.by_vote(cases, least), own if own.rows else None,
        reading.refused(desk, date(1, 1, 1), months_after(desk.today, -months)),
    )  # fmt: skip


def closed(desk: Desk, months: int, overdue: int) -> list[Closed]:
    """How each guarantee had gone so many months after its issue."""
    book, deals = reading.book(desk), reading.deals(desk)
    ends = {
        letter.id: months_after(line.on, months)
        for letter, line in book.between([EntryKind.ISSUED], date(1, 1, 1), desk.today)
    }
    ends = {key: end for key, end in ends.items() if end <= desk.today}
    late = reading.days_past_due(desk, ends)
    paid = {
        letter.id: line.on for letter, line in book.between([EntryKind.COMPENSATED], date(1, 1, 1), desk.today)[::-1]
    }
    return [
        Closed(letter.number, deals[letter.id].grade, _bad(book, letter, ends[letter.id], paid.get(letter.id), late.get(letter.id), overdue),
               deals[letter.id].votes)
        for letter in book.letters if letter.id in ends
    ]  # fmt: skip


def _bad(book: Book, letter: Letter, end: date, paid: date | None, late: int | None, overdue: int) -> bool:
    """Paid for until the day, or too many days past due on it; without a loan on record by the ledger and the day it matures."""
    if paid is not None and paid <= end:
        return True
    if late is not None:
        return late > overdue
    row = next((row for row in book.on(end).rows if row.letter.id == letter.id), None)
    return row is not None and bool(row.balance) and (end - letter.matures).days > overdue


def _buffer(lines: Iterable[Line]) -> Fen:
    """What bears losses before the net assets do; the general reserve is a part of these."""
    return total(line.closing for line in lines if line.reserve is not Reserve.GENERAL)


def _bearing(desk: Desk, register: Register, reserves: Fen) -> Bearing:
    day, firms = register.day, {row.letter.firm_id for row in register.rows}
    parts = [figure(key, day) for key in ("mainly_small_balance_ppm", "mainly_small_customers_ppm")]
    key = leverage_key(register, *(part.value for part in parts if part)) if all(parts) else "leverage_cap"
    cap, single = figure(key, day), figure("single_party_ppm", day)
    largest = max(
        (total(row.balance for row in register.rows if row.letter.firm_id == firm) for firm in firms), default=Fen(0)
    )
    return Bearing(
        reserves, reading.net_assets(desk, day), register.weighted, cap.value if cap else None,
        Rate(single.value) if single else None, largest,
    )  # fmt: skip


def _key(by: By, deals: Mapping[int, Deal]) -> Callable[[Letter], tuple[str, str]]:
    """Where a guarantee stands: what finds the group again, and what people read."""
    return {
        By.BANK: lambda letter: (str(letter.bank_id), letter.bank),
        By.INDUSTRY: lambda letter: (letter.division, letter.division),
        By.GRADE: lambda letter: (deals[letter.id].grade, deals[letter.id].grade),
        By.VINTAGE: lambda letter: (letter.number[2:6], letter.number[2:6]),
    }[by]
