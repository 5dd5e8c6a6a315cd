"""Reserves of a year (准备金): worked out from the ledger and the confirmed return, held against both and against what was set aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from financing.desk import Desk
from financing.guarantees.sharing import Party, for_cover, split
from financing.letters.rules import EntryKind, on_unrecovered
from financing.money import Fen, Rate
from financing.register.rules import Book, total
from financing.reserves import reading, returns, rules
from financing.reserves.model import ReservePosting
from financing.reserves.reading import Deal
from financing.reserves.rules import Basis, Line, PostingState, Proof, Rates, Reserve

WHOLE = Rate(1_000_000)
LINE_21 = {reserve: f"reserve_{reserve.value}" for reserve in Reserve}  # of the monthly return


@dataclass(frozen=True, slots=True)
class Held:
    """One reconciliation: both sides in fen."""

    proof: Proof
    left: Fen
    right: Fen
    detail: Reserve | None = None

    @property
    def gap(self) -> Fen:
        return self.left - self.right


@dataclass(frozen=True, slots=True)
class Fees:
    """Fees of letters, by days: agreed for letters issued in the year, earned in the year by all, not earned yet."""

    written: Fen
    earned: Fen
    unearned: Fen


@dataclass(frozen=True, slots=True)
class Year:
    """Reserves from the first of January to a month's end as worked out today, with what stands for that end."""

    until: date
    basis: Basis
    rates: Rates
    lines: tuple[Line, ...]
    fees: Fees
    posting: ReservePosting | None  # proposed or confirmed
    held: tuple[Held, ...]

    @property
    def uncovered(self) -> Fen:
        return rules.uncovered(self.lines, self.basis.losses)

    @property
    def confirmed(self) -> bool:
        return self.posting is not None and self.posting.state is PostingState.CONFIRMED

    @property
    def reserves(self) -> Fen:
        """What is kept in all: as confirmed, otherwise as worked out."""
        lines = self.posting.lines if self.posting and self.confirmed else self.lines
        return total(line.closing for line in lines)


def year(desk: Desk, until: date) -> Year:
    """The reserves of the year until a month's end."""
    book, deals = reading.book(desk), reading.deals(desk)
    basis, rates, fees = _basis(desk, book, deals, until)
    lines = rules.of_year(_opening(desk, until), basis, rates)
    posting = desk.find(ReservePosting, ReservePosting.until == until, ReservePosting.state != PostingState.TURNED_DOWN)
    return Year(until, basis, rates, lines, fees, posting, tuple(_held(desk, book, until, lines, posting)))


def suggested(desk: Desk, month: date) -> Mapping[str, int]:
    """What line 21 of the return says by the confirmed posting, else as worked out: prefilled, so that nothing is typed twice."""
    found = year(desk, month)
    lines = found.posting.lines if found.posting and found.confirmed else found.lines
    return {LINE_21[line.reserve]: line.closing.fen for line in lines}


def standing(desk: Desk, book: Book, deals: Mapping[int, Deal], day: date) -> tuple[Line, ...]:
    """The reserves that stand on a day: the newest confirmed posting of it, else as worked out."""
    known = reading.posted(desk, day)
    if known is not None:
        return known.lines
    basis, rates, _ = _basis(desk, book, deals, day)
    return rules.of_year(_opening(desk, day), basis, rates)


def unrecovered(book: Book, day: date) -> Fen:
    """Paid for firms, not recovered and not lost (代偿余额)."""
    return total(on_unrecovered(line.kind, line.amount) for _, line in book.between(EntryKind, date(1, 1, 1), day))


def _basis(desk: Desk, book: Book, deals: Mapping[int, Deal], until: date) -> tuple[Basis, Rates, Fees]:
    typed, fees = reading.typed(desk, until), _fees(book, deals, until)
    income = typed.get("fee_income")
    profit = typed.get("net_profit")
    keys = ("unearned", "compensation", "compensation_most", "general")
    basis = Basis(
        fees.written if income is None else Fen(income), income is not None, book.on(until).weighted,
        _own_losses(book, deals, until), None if profit is None else Fen(profit),
    )  # fmt: skip
    return basis, Rates(*(reading.rate(f"reserve_{key}_ppm", until) for key in keys)), fees


def _fees(book: Book, deals: Mapping[int, Deal], until: date) -> Fees:
    january, before = date(until.year, 1, 1), date(until.year - 1, 12, 31)
    written = earned = open_ = Fen(0)
    for letter, line in book.between([EntryKind.ISSUED], date(1, 1, 1), until):
        deal = deals[letter.id]
        whole = rules.fee(letter.amount, letter.fee, deal.months)
        until_now = rules.earned(whole, deal.starts, deal.matures, until)
        written += whole if line.on >= january else Fen(0)
        earned += until_now - rules.earned(whole, deal.starts, deal.matures, before)
        open_ += whole - until_now
    return Fees(written, earned, open_)


def _own_losses(book: Book, deals: Mapping[int, Deal], until: date) -> Fen:
    """The guarantor's own part of what was written off in the year: the others than the bank bear their parts of it."""
    lost = book.between([EntryKind.LOST], date(until.year, 1, 1), until)
    return total(
        split(line.amount, for_cover(deals[letter.id].shares, WHOLE)).get(Party.GUARANTOR, Fen(0))
        for letter, line in lost
    )


def _opening(desk: Desk, until: date) -> Mapping[Reserve, Fen]:
    """As confirmed at the end of the year before; before the first posting as typed in that December's return."""
    december = date(until.year - 1, 12, 31)
    before = reading.posted(desk, december)
    if before is not None and before.until == december:
        return {line.reserve: line.closing for line in before.lines}
    typed = reading.typed(desk, december)
    return {reserve: Fen(typed[key]) for reserve, key in LINE_21.items() if key in typed}


def _held(
    desk: Desk, book: Book, until: date, lines: tuple[Line, ...], posting: ReservePosting | None
) -> Sequence[Held]:
    balance, open_ = reading.stored(desk)
    banks = returns.grouped(book, date(1, 1, 1), until, lambda letter: (str(letter.bank_id), letter.bank))
    whole = returns.summed(book.between(EntryKind, date(1, 1, 1), until))
    found = [
        Held(Proof.BALANCE, book.on(desk.today).balance, balance),
        Held(Proof.UNRECOVERED, unrecovered(book, desk.today), open_),
        Held(Proof.GROUPS, total(group.sums.compensated for group in banks), whole.compensated),
    ]
    if posting is not None and posting.state is PostingState.CONFIRMED:
        typed = reading.typed(desk, until)
        for was, now in zip(posting.lines, lines, strict=True):
            found.append(Held(Proof.POSTING, was.closing, now.closing, was.reserve))
            if (said := typed.get(LINE_21[was.reserve])) is not None:
                found.append(Held(Proof.RETURN, was.closing, Fen(said), was.reserve))
    return found
