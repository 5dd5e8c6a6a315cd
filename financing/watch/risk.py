"""What the portfolio is at risk of (风险总览): classes, age of arrears, warnings, late checks, and how they went over the months.

Everything is worked out of the ledger, the loans, checks and warnings; nothing is stored beside them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from financing.desk import Desk
from financing.letters.model import Guarantee, GuaranteeEntry
from financing.letters.rules import ISSUED, on_balance
from financing.listed import SIZE, Listed, given
from financing.loans.rules import Bucket, FiveClass, bucket
from financing.money import Fen
from financing.parties import names
from financing.watch.classes import risks
from financing.watch.lent import LIVE, Lent, lent
from financing.watch.model import Check, EarlyWarning
from financing.watch.rules import CheckState, Level, WarningState

#: Ends of months that a course looks back on, today coming last.
MONTHS = 11


@dataclass(frozen=True, slots=True)
class Exposure:
    """One guarantee in force: what is still guaranteed, its class, and how long its loan is past due."""

    id: int
    number: str
    firm: str
    bank: str
    balance: Fen
    risk: FiveClass
    past_due: int  # days
    overdue: Fen

    @property
    def bucket(self) -> Bucket:
        return bucket(self.past_due)


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the portfolio: how many guarantees, and what is still guaranteed of them."""

    count: int
    balance: Fen


@dataclass(frozen=True, slots=True)
class Month:
    """The end of one day: guaranteed in all, guaranteed of loans past due, warnings open, checks late."""

    day: date
    balance: Fen
    past_due: Fen
    warnings: int
    late: int


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The whole of today; `warnings` by rule and level, `late_warnings` those beyond their day."""

    day: date
    whole: Part
    past_due: Part
    by_class: Mapping[FiveClass, Part]
    by_bucket: Mapping[Bucket, Part]
    warnings: Mapping[tuple[str, Level], int]
    late_warnings: int
    checks: int
    late_checks: int


def exposures(desk: Desk) -> list[Exposure]:
    """Every guarantee in force, the worst class first, then the longest past due."""
    found = desk.all(Guarantee, *LIVE, by=Guarantee.number)
    loans, classes = lent(desk, found, desk.today), risks(desk, *LIVE)
    named = desk.select(Guarantee, Guarantee.id, names.of_firm(Guarantee.firm_id), names.of_bank(Guarantee.bank_id))
    said = {key: (firm, bank) for key, firm, bank in desk.session.execute(named.where(*LIVE))}
    rows = [
        Exposure(
            one.id,
            one.number,
            *said[one.id],
            one.balance,
            classes[one.id],
            loans[one.id].past_due,
            loans[one.id].overdue,
        )
        for one in found
    ]
    order = {risk: place for place, risk in enumerate(FiveClass)}
    return sorted(rows, key=lambda row: (-order[row.risk], -row.past_due, row.number))


def portfolio(desk: Desk) -> Portfolio:
    """The figures of today, each the sum of rows that can be listed."""
    rows = exposures(desk)
    standing = desk.all(EarlyWarning, EarlyWarning.state != WarningState.CLOSED)
    counted: dict[tuple[str, Level], int] = defaultdict(int)
    for one in standing:
        counted[one.rule, one.level] += 1
    due = desk.all(Check, Check.state == CheckState.DUE)
    return Portfolio(
        desk.today, part(rows), part(row for row in rows if row.past_due),
        {risk: part(row for row in rows if row.risk is risk) for risk in FiveClass},
        {one: part(row for row in rows if row.bucket is one) for one in Bucket},
        counted, sum(one.due_on < desk.today for one in standing), len(due), sum(one.due_on < desk.today for one in due),
    )  # fmt: skip


def part(rows: Iterable[Exposure]) -> Part:
    these = list(rows)
    return Part(len(these), Fen(sum(row.balance.fen for row in these)))


def listed(
    desk: Desk, *, risk: FiveClass | None = None, bucket: Bucket | None = None, late: bool = False, page: int = 1
) -> Listed[Exposure]:
    """One page of the guarantees behind a figure; `late`: those of loans past due."""
    rows = [
        row
        for row in exposures(desk)
        if risk in (None, row.risk) and bucket in (None, row.bucket) and (row.past_due or not late)
    ]
    if desk.whole:
        given(len(rows))
        return Listed(tuple(rows), 1, 1, len(rows))
    of = max(1, -(-len(rows) // SIZE))
    page = min(max(1, page), of)
    return Listed(tuple(rows[(page - 1) * SIZE : page * SIZE]), page, of, len(rows))


def ends(day: date) -> list[date]:
    """The last days of the months before a day's own, the earliest first, and the day itself."""
    found, first = [day], day.replace(day=1)
    for _month in range(MONTHS):
        found.append(first - date.resolution)
        first = found[-1].replace(day=1)
    return found[::-1]


def course(desk: Desk, days: Sequence[date]) -> tuple[Month, ...]:
    """How it stood at the end of some days."""
    issued = desk.all(Guarantee, Guarantee.state.in_(ISSUED))
    entries = desk.all(GuaranteeEntry, by=GuaranteeEntry.on)
    warned, checks = desk.all(EarlyWarning), desk.all(Check)
    return tuple(_month(desk, day, issued, entries, warned, checks) for day in days)


def _month(
    desk: Desk, day: date, issued: Sequence[Guarantee], entries: Sequence[GuaranteeEntry], warned: Sequence[EarlyWarning],
    checks: Sequence[Check],
) -> Month:  # fmt: skip
    left = _balances(entries, day)
    live = [one for one in issued if left.get(one.id)]
    loans: Mapping[int, Lent] = lent(desk, live, day)
    late = sum(left[one.id].fen for one in live if loans[one.id].past_due)
    stands = sum(one.found_on <= day and (one.closed_on is None or one.closed_on > day) for one in warned)
    missed = sum(
        one.planned_on <= day and one.due_on < day and (one.ended_on is None or one.ended_on > day) for one in checks
    )
    return Month(day, Fen(sum(one.fen for one in left.values())), Fen(late), stands, missed)


def _balances(entries: Sequence[GuaranteeEntry], day: date) -> dict[int, Fen]:
    """What was still guaranteed of each guarantee at the end of a day, by its ledger."""
    found: dict[int, Fen] = defaultdict(lambda: Fen(0))
    for one in entries:
        if one.on <= day:
            found[one.guarantee_id] += on_balance(one.kind, one.amount)
    return {key: left for key, left in found.items() if left}
