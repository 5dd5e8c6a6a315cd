"""The register of guarantees (在保台账) on any day: every balance is the sum of the lines of its ledger until then. No database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from financing.guarantees.rules import Weighing
from financing.letters.rules import ENDS, EntryKind, on_balance, on_unrecovered
from financing.money import Fen, Rate, divide_half_up
from scoring.sizes import Size

#: Divisions of GB/T 4754 that are agriculture, forestry, animal husbandry and fishery (section A): 支农.
AGRICULTURE = frozenset({"01", "02", "03", "04", "05"})
SMALL_SIZES = frozenset({Size.SMALL, Size.MICRO})


class RegisterState(StrEnum):
    """How a guarantee stands on a day, by its ledger and the days of its loan alone."""

    IN_FORCE = "in_force"
    OVERDUE = "overdue"  # the loan is due and not repaid, and nothing was paid for it yet
    PAID_FOR = "paid_for"  # the guarantor has paid
    REPAID = "repaid"  # nothing is left of the loan; the bank has not released it yet
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Letter:
    """What a guarantee says from the day it is issued on; size and division are those the committee sealed."""

    id: int
    number: str
    firm_id: int
    firm: str
    size: str
    division: str
    bank_id: int
    bank: str
    form: StrEnum
    amount: Fen
    share: Rate
    fee: Rate
    matures: date
    until: date

    @property
    def small(self) -> bool:
        return self.size in SMALL_SIZES

    @property
    def agricultural(self) -> bool:
        return self.division in AGRICULTURE

    @property
    def inclusive(self) -> bool:
        """For a small or micro firm or for agriculture (支小支农)."""
        return self.small or self.agricultural


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a guarantee's ledger: what happened on which day, and on which day it was written down."""

    guarantee_id: int
    kind: EntryKind
    on: date
    amount: Fen
    recorded: date

    @property
    def late(self) -> bool:
        """Written down after the day it is of."""
        return self.recorded > self.on


@dataclass(frozen=True, slots=True)
class Row:
    """One guarantee on a day; `weighted` is its part of the firm's liability balance, `late` when a line of it came after the day."""

    letter: Letter
    issued: date
    balance: Fen
    unrecovered: Fen
    weighted: Fen
    state: RegisterState
    late: bool

    @property
    def own(self) -> Fen:
        """The guarantor's own part of the balance."""
        return self.balance.at(self.letter.share)


def total(amounts: Iterable[Fen]) -> Fen:
    return sum(amounts, Fen(0))


@dataclass(frozen=True, slots=True)
class Register:
    """Everything in force on a day, in the order of the numbers; released guarantees are no longer part of it."""

    day: date
    rows: tuple[Row, ...]

    @property
    def balance(self) -> Fen:
        return total(row.balance for row in self.rows)

    @property
    def weighted(self) -> Fen:
        return total(row.weighted for row in self.rows)

    @property
    def own(self) -> Fen:
        return total(row.own for row in self.rows)

    @property
    def amount(self) -> Fen:
        return total(row.letter.amount for row in self.rows)

    @property
    def overdue(self) -> Fen:
        """Due, unpaid and not yet paid for by the guarantor (逾期未代偿)."""
        return total(row.balance for row in self.rows if row.state is RegisterState.OVERDUE)

    @property
    def customers(self) -> int:
        return len({row.letter.firm_id for row in self.rows if row.balance})

    @property
    def mean_fee(self) -> Rate | None:
        """By balance; None while nothing is in force."""
        return mean_fee((row.balance, row.letter.fee) for row in self.rows)


def mean_fee(weighed: Iterable[tuple[Fen, Rate]]) -> Rate | None:
    """The fee of each weighed by its amount, rounded half up to a millionth."""
    pairs = [(amount.fen, fee.ppm) for amount, fee in weighed]
    whole = sum(amount for amount, _ in pairs)
    return Rate(divide_half_up(sum(amount * ppm for amount, ppm in pairs), whole)) if whole else None


@dataclass(frozen=True, slots=True)
class Book:
    """All guarantees ever issued with all lines of their ledgers, and how balances weigh on a day."""

    letters: Sequence[Letter]
    lines: Sequence[Line]
    weighing: Callable[[date], Weighing]
    _of: dict[int, list[Line]] = field(init=False, default_factory=lambda: defaultdict(list))
    _days: dict[date, Register] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for line in self.lines:
            self._of[line.guarantee_id].append(line)

    def on(self, day: date) -> Register:
        """The register at the end of a day: only lines dated until then count, whenever they were written down."""
        if day not in self._days:
            standing = [row for letter in self.letters if (row := self._row(letter, day)) is not None]
            self._days[day] = Register(day, tuple(_weigh(standing, self.weighing(day))))
        return self._days[day]

    def between(self, kinds: Iterable[EntryKind], first: date, last: date) -> list[tuple[Letter, Line]]:
        """Lines of some kinds dated from the first to the last day, both included."""
        wanted = frozenset(kinds)
        return [
            (letter, line)
            for letter in self.letters
            for line in self._of[letter.id]
            if line.kind in wanted and first <= line.on <= last
        ]

    def sum_between(self, kinds: Iterable[EntryKind], first: date, last: date) -> Fen:
        return total(line.amount for _, line in self.between(kinds, first, last))

    def ended(self, first: date, last: date) -> Fen:
        """How much ended in the time: repaid, released or paid for, less what was guaranteed again."""
        return total(-on_balance(line.kind, line.amount) for _, line in self.between(ENDS, first, last))

    def _row(self, letter: Letter, day: date) -> Row | None:
        lines = [line for line in self._of[letter.id] if line.on <= day]
        kinds = {line.kind for line in lines}
        if EntryKind.ISSUED not in kinds or EntryKind.RELEASED in kinds:
            return None
        balance = total(on_balance(line.kind, line.amount) for line in lines)
        return Row(
            letter=letter,
            issued=min(line.on for line in lines if line.kind is EntryKind.ISSUED),
            balance=balance,
            unrecovered=total(on_unrecovered(line.kind, line.amount) for line in lines),
            weighted=balance,
            state=_state(letter, kinds, balance, day),
            late=any(line.recorded > day for line in lines),
        )


def _state(letter: Letter, kinds: set[EntryKind], balance: Fen, day: date) -> RegisterState:
    if EntryKind.COMPENSATED in kinds:
        return RegisterState.PAID_FOR
    if not balance:
        return RegisterState.REPAID
    return RegisterState.OVERDUE if letter.matures < day else RegisterState.IN_FORCE


def _weigh(rows: Sequence[Row], rule: Weighing) -> Iterable[Row]:
    """Each firm's balance weighed as a whole (the bound is per customer), its guarantees taking their parts of it to the fen."""
    of_firm: dict[int, Fen] = defaultdict(lambda: Fen(0))
    before: dict[int, Fen] = defaultdict(lambda: Fen(0))
    for row in rows:
        of_firm[row.letter.firm_id] += row.balance
    for row in sorted(rows, key=lambda row: row.letter.number):
        firm, small = row.letter.firm_id, row.letter.small
        start = before[firm]
        before[firm] = start + row.balance
        upto = rule.weighed(before[firm], of_firm[firm], small=small) - rule.weighed(start, of_firm[firm], small=small)
        yield Row(row.letter, row.issued, row.balance, row.unrecovered, upto, row.state, row.late)
