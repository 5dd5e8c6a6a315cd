"""The 23 lines of the official monthly return (融资担保机构主要数据月报表): what each counts, and where it comes from. No database.

A line comes from the ledger, from what people of the company typed and another confirmed, or from other lines. What was not typed
is missing and says so; nothing is nought unless the ledger knows that nothing occurred or somebody typed a nought.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from financing.letters.rules import EntryKind
from financing.money import Fen
from financing.register.policy import EVER
from financing.register.rules import AGRICULTURE, Book, Letter, Line, total
from scoring.sizes import Size


class Unit(StrEnum):
    """In what a line is counted."""

    WAN = "wan"
    CUSTOMERS = "customers"
    DEALS = "deals"
    PEOPLE = "people"


class Origin(StrEnum):
    """Where the figure of a line comes from."""

    LEDGER = "ledger"
    TYPED = "typed"
    SUM = "sum"


Count = Callable[[Book, date], int]


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """One line: its number in the form, how deep it stands, what it is counted in, and how it is had.

    `flow` is counted from the first of January; at the start of a year it is nothing yet, and shown as none.
    """

    key: str
    number: str
    unit: Unit
    origin: Origin
    flow: bool = False
    count: Count | None = None
    parts: tuple[str, ...] = ()

    @property
    def depth(self) -> int:
        return self.number.count(".")


# --- what the ledger counts ---------------------------------------------------------------------------------------------
Chosen = Callable[[Letter], bool]


def _anybody(_letter: Letter) -> bool:
    return True


#: Customers by what they are, each "of which" of the whole; a small firm in agriculture stands in two.
CLIENTS: Mapping[str, Chosen] = {
    "agri": lambda letter: letter.division in AGRICULTURE,
    "small": lambda letter: letter.size == Size.SMALL,
    "micro": lambda letter: letter.size == Size.MICRO,
    "personal": lambda _letter: False,  # the platform's customers are firms with a credit code
}


def _issued(chosen: Chosen) -> Count:
    return lambda book, day: total(line.amount for letter, line in _new(book, day) if chosen(letter)).fen


def _issued_customers(chosen: Chosen) -> Count:
    return lambda book, day: len({letter.firm_id for letter, _ in _new(book, day) if chosen(letter)})


def _standing(chosen: Chosen) -> Count:
    return lambda book, day: total(row.balance for row in book.on(day).rows if chosen(row.letter)).fen


def _standing_customers(chosen: Chosen) -> Count:
    return lambda book, day: len(
        {row.letter.firm_id for row in book.on(day).rows if row.balance and chosen(row.letter)}
    )


def _new(book: Book, day: date) -> list[tuple[Letter, Line]]:
    return book.between([EntryKind.ISSUED], date(day.year, 1, 1), day)


def _year(*kinds: EntryKind) -> Count:
    return lambda book, day: book.sum_between(kinds, date(day.year, 1, 1), day).fen


def _over(since: Callable[[date], date]) -> Count:
    """What ended, less what was guaranteed again."""
    return lambda book, day: book.ended(since(day), day).fen


def _ever(*kinds: EntryKind) -> Count:
    return lambda book, day: book.sum_between(kinds, EVER, day).fen


def _compensation_balance(book: Book, day: date) -> int:
    return _ever(EntryKind.COMPENSATED)(book, day) - _ever(EntryKind.RECOVERED, EntryKind.LOST)(book, day)


# --- the form -----------------------------------------------------------------------------------------------------------
#: Business the guarantor does beside the loans on this platform; the ledger knows nothing of it.
OUTSIDE_FINANCING = ("bond", "other")
OUTSIDE_PLAIN = ("performance", "litigation", "plain")
MEASURES: Mapping[str, tuple[str, Unit, bool, Callable[[Chosen], Count]]] = {
    "issued": ("5", Unit.WAN, True, _issued),
    "issued_customers": ("6", Unit.CUSTOMERS, True, _issued_customers),
    "outstanding": ("7", Unit.WAN, False, _standing),
    "customers": ("9", Unit.CUSTOMERS, False, _standing_customers),
}
FLOWS: tuple[tuple[str, str, bool, Count], ...] = (
    ("released", "13", True, _over(lambda day: date(day.year, 1, 1))),
    ("released_ever", "14", False, _over(lambda _day: EVER)),
    ("compensated", "15", True, _year(EntryKind.COMPENSATED)),
    ("compensated_ever", "16", False, _ever(EntryKind.COMPENSATED)),
    ("lost", "17", True, _year(EntryKind.LOST)),
    ("lost_ever", "18", False, _ever(EntryKind.LOST)),
    ("compensation_balance", "19", False, _compensation_balance),
    ("overdue", "20", False, lambda book, day: book.on(day).overdue.fen),
)  # fmt: skip


def _typed(key: str, number: str, unit: Unit = Unit.WAN, *, flow: bool = False) -> ReturnLine:
    return ReturnLine(key, number, unit, Origin.TYPED, flow)


def _sum(key: str, number: str, parts: tuple[str, ...], unit: Unit = Unit.WAN, *, flow: bool = False) -> ReturnLine:
    return ReturnLine(key, number, unit, Origin.SUM, flow, parts=parts)


def _split(measure: str) -> Iterator[ReturnLine]:
    """One measure by business, then by client."""
    number, unit, flow, counted = MEASURES[measure]

    def name(what: str) -> str:
        return f"{measure}_{what}"

    yield _sum(measure, number, (name("financing"), name("nonfinancing")), unit, flow=flow)
    yield _sum(name("financing"), f"{number}.1", (name("loan"), *map(name, OUTSIDE_FINANCING)), unit, flow=flow)
    yield ReturnLine(name("loan"), f"{number}.1.1", unit, Origin.LEDGER, flow, counted(_anybody))
    yield _typed(name("internet"), f"{number}.1.1.1", unit, flow=flow)
    for place, what in enumerate(OUTSIDE_FINANCING, 2):
        yield _typed(name(what), f"{number}.1.{place}", unit, flow=flow)
    yield _sum(name("nonfinancing"), f"{number}.2", tuple(map(name, OUTSIDE_PLAIN)), unit, flow=flow)
    for place, what in enumerate(OUTSIDE_PLAIN, 1):
        yield _typed(name(what), f"{number}.2.{place}", unit, flow=flow)
    for place, (client, chosen) in enumerate(CLIENTS.items(), 3):
        yield ReturnLine(name(client), f"{number}.{place}", unit, Origin.LEDGER, flow, counted(chosen))


def _ended(key: str, number: str, count: Count, *, flow: bool) -> Iterator[ReturnLine]:
    """One sum over everything, of which financing: the ledger's part and what lies outside of it."""
    yield _sum(key, number, (f"{key}_financing", f"{key}_nonfinancing"), flow=flow)
    yield _sum(f"{key}_financing", f"{number}.1", (f"{key}_ledger", f"{key}_outside"), flow=flow)
    yield ReturnLine(f"{key}_ledger", f"{number}.1.1", Unit.WAN, Origin.LEDGER, flow, count)
    yield _typed(f"{key}_outside", f"{number}.1.2", flow=flow)
    yield _typed(f"{key}_nonfinancing", f"{number}.2", flow=flow)


def _group(key: str, number: str, parts: tuple[str, ...], unit: Unit = Unit.WAN) -> Iterator[ReturnLine]:
    yield _sum(key, number, parts, unit)
    for place, part in enumerate(parts, 1):
        yield _typed(part, f"{number}.{place}", unit)


def _form() -> Iterator[ReturnLine]:
    yield _typed("registered_capital", "1")
    yield from _group("paid_in", "2", ("paid_in_state", "paid_in_private", "paid_in_foreign"))
    yield _typed("total_assets", "3")
    yield _typed("net_assets_typed", "4")
    for measure in ("issued", "issued_customers", "outstanding"):
        yield from _split(measure)
    yield _sum("liability", "8", ("liability_loan", *(f"outstanding_{what}" for what in OUTSIDE_FINANCING)))
    yield ReturnLine(
        "liability_loan", "8.1", Unit.WAN, Origin.LEDGER, count=lambda book, day: book.on(day).weighted.fen
    )
    yield from _split("customers")
    yield _typed("protected_funds", "9.7", Unit.CUSTOMERS)
    yield _typed("income", "10", flow=True)
    yield _typed("fee_income", "10.1", flow=True)
    yield _typed("net_profit", "11", flow=True)
    yield _typed("taxes", "12", flow=True)
    for key, number, flow, count in FLOWS:
        yield from _ended(key, number, count, flow=flow)
    yield from _group("reserves", "21", ("reserve_compensation", "reserve_unearned", "reserve_general"))
    yield from _group("investments", "22", ("investment_equity", "investment_loans"))
    yield from _group(
        "staff", "23", ("staff_postgraduate", "staff_bachelor", "staff_college", "staff_other"), Unit.PEOPLE
    )


LINES: Mapping[str, ReturnLine] = {line.key: line for line in _form()}
#: What people type for a month, in the order of the form.
TYPED: tuple[str, ...] = tuple(line.key for line in LINES.values() if line.origin is Origin.TYPED)
#: Of these, business outside of the platform: nought for all of it may be said with one word.
OUTSIDE = frozenset(
    [f"{measure}_{what}" for measure in MEASURES for what in ("internet", *OUTSIDE_FINANCING, *OUTSIDE_PLAIN)]
    + [f"{key}_{what}" for key, *_ in FLOWS for what in ("outside", "nonfinancing")]
    + ["protected_funds"]
)
#: May be less than nothing.
SIGNED = frozenset({"net_profit", "net_assets_typed"})


# --- one month ------------------------------------------------------------------------------------------------------------
Typed = Callable[[date], Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure: fen or a number of things; `missing` names what nobody has typed, `blank` where there is nothing to count."""

    value: int | None
    missing: tuple[str, ...] = ()
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Filled:
    """One line with its three columns: this month's end, the start of the year, the same month's end a year before."""

    line: ReturnLine
    now: Cell
    start: Cell
    before: Cell


def month_end(day: date) -> date:
    """The last day of the month of a day."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def filled(book: Book, end: date, typed: Typed) -> tuple[Filled, ...]:
    """The whole return for the month that ends on a day, recomputed from the first line of the ledger on."""
    before = month_end(date(end.year - 1, end.month, 1))
    start = date(end.year - 1, 12, 31)
    return tuple(
        Filled(
            line,
            cell(line, book, end, typed(end)),
            Cell(None, blank=True) if line.flow else cell(line, book, start, typed(start)),
            cell(line, book, before, typed(before)),
        )
        for line in LINES.values()
    )


def cell(line: ReturnLine, book: Book, day: date, typed: Mapping[str, int]) -> Cell:
    """One line on one day."""
    if line.count is not None:
        return Cell(line.count(book, day))
    if line.origin is Origin.TYPED:
        return Cell(typed[line.key]) if line.key in typed else Cell(None, missing=(line.key,))
    parts = [cell(LINES[part], book, day, typed) for part in line.parts]
    if missing := tuple(key for part in parts for key in part.missing):
        return Cell(None, missing)
    return Cell(sum(part.value or 0 for part in parts))


def contradictions(figures: Mapping[str, int]) -> tuple[str, ...]:
    """Typed figures that are below nothing, or a part greater than its whole."""
    below = [key for key, value in figures.items() if value < 0 and key not in SIGNED]
    parts = {"fee_income": "income"}
    more = [part for part, whole in parts.items() if part in figures and figures[part] > figures.get(whole, Fen(0).fen)]
    return tuple(below + more)
