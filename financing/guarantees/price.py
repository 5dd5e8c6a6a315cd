"""What a guarantee covers and costs (责任比例与担保费, F39): from a published table by grade and years of use. No database here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from financing.guarantees.security_rules import SecurityCap, SecurityKind
from financing.money import Fen, Rate, divide_half_up
from financing.parameters import Figure, figure
from financing.parties.rules import Support
from financing.price_refusals import NoPrice
from scoring.dated import TABLES, in_force, table

TABLE = "guarantee_price"
YEAR = 365  # days
WHOLE = 1_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """One grade of the table: share and yearly fee by years of use, and the most security that may be asked."""

    grade: str
    shares: tuple[Rate, ...]
    fees: tuple[Rate, ...]
    security: SecurityCap


@dataclass(frozen=True, slots=True)
class PriceTable:
    """The table in force on a day; `years` are the completed years of use from which each column counts."""

    title: str
    english: str
    source: str
    confidence: str
    since: date
    years: tuple[int, ...]
    rows: tuple[Row, ...]
    cap: Figure  # of the yearly fee
    only: Figure  # no fee beside it

    @property
    def most(self) -> Rate:
        """No yearly fee is above this."""
        return Rate(self.cap.value)

    def yearly(self, grades: Collection[str], amount: Fen) -> tuple[Fen, Fen] | None:
        """The least and the most that a first year may cost in one of these grades; None where the table holds none of them."""
        fees = [min(row.fees[0], self.most) for row in self.rows if row.grade in grades]
        return (amount.at(min(fees)), amount.at(max(fees))) if fees else None

    def row(self, grade: str) -> Row:
        """The row of a grade; NoPrice when there is none."""
        found = next((row for row in self.rows if row.grade == grade), None)
        if found is None:
            raise NoPrice(grade=grade, since=self.since)
        return found

    def column(self, years: int) -> int:
        """Which column holds after so many completed years."""
        return sum(since <= years for since in self.years) - 1


@dataclass(frozen=True, slots=True)
class Price:
    """Share and fee of one case with everything they follow from; money in fen, rates in ppm, the term in months."""

    support: Support
    amount: Fen
    months: int
    grade: str
    years: int
    since: date  # of the table
    table_share: Rate
    own_share: Rate  # the guarantor's own terms
    table_fee: Rate
    own_fee: Rate
    cap: Rate
    source: str
    cap_source: str

    @property
    def share(self) -> Rate:
        """Of each loss; a recommendation covers nothing."""
        return min(self.table_share, self.own_share) if self.binding else Rate(0)

    @property
    def fee(self) -> Rate:
        """A year, on the amount guaranteed; a recommendation costs nothing."""
        return min(self.table_fee, self.own_fee, self.cap) if self.binding else Rate(0)

    @property
    def binding(self) -> bool:
        return self.support is not Support.RECOMMENDATION

    @property
    def covered(self) -> Fen:
        """The part of the amount that the guarantor's side would bear."""
        return self.amount.at(self.share)

    @property
    def yearly(self) -> Fen:
        return self.amount.at(self.fee)

    @property
    def whole(self) -> Fen:
        """The fee of the whole term: amount × rate × months ÷ 12, rounded once, half up to the fen."""
        return Fen(divide_half_up(self.amount.fen * self.fee.ppm * self.months, 12 * WHOLE))

    def stored(self) -> dict[str, Any]:
        """What a case keeps of it beside its own amount, term and form: plain values for a JSON column."""
        rates = {key: getattr(self, key).ppm for key in RATES}
        texts = {"grade": self.grade, "source": self.source, "cap_source": self.cap_source}
        return {"since": self.since.isoformat(), "years": self.years, **texts, **rates}


RATES = ("table_share", "own_share", "table_fee", "own_fee", "cap")


def published(on: date) -> PriceTable:
    """The table in force on a day, with the cap of the fee and the rule against any other."""
    raw = table(TABLE, on)
    return PriceTable(
        title=raw["title"], english=raw["english"], source=raw["source"], confidence=raw["confidence"],
        since=date.fromisoformat(in_force(TABLES / TABLE, on).stem), years=tuple(raw["years"]),
        rows=tuple(_row(grade, row) for grade, row in raw["grades"].items()),
        cap=figure("fee_cap_ppm", on), only=figure("guarantee_fee_only", on),
    )  # fmt: skip


def priced(
    on: date, *, support: Support, amount: Fen, months: int, grade: str, years: int, own_share: Rate, own_fee: Rate
) -> Price:
    """The price of one case by the table of a day; NoPrice for a grade it does not hold."""
    of_day = published(on)
    row, column = of_day.row(grade), of_day.column(years)
    return Price(
        support, amount, months, grade, years, of_day.since, row.shares[column], own_share, row.fees[column], own_fee,
        Rate(of_day.cap.value), of_day.source, of_day.cap.source,
    )  # fmt: skip


def read(stored: Mapping[str, Any], *, support: Support, amount: Fen, months: int) -> Price | None:
    """A price as a case keeps it; None for a case of before the table."""
    if not stored:
        return None
    rates: dict[str, Any] = {key: Rate(stored[key]) for key in RATES}
    texts = {key: stored[key] for key in ("grade", "years", "source", "cap_source")}
    return Price(
        support=support, amount=amount, months=months, since=date.fromisoformat(stored["since"]), **texts, **rates
    )


def years_of_use(changes: Iterable[tuple[date, Fen]], on: date) -> int:
    """Completed years in which something of a firm's was in force; `changes` are what was added or taken away, by day."""
    balance, since, days = Fen(0), on, 0
    for day, change in sorted(changes, key=lambda each: each[0]):
        was, balance = balance, balance + change
        if not was and balance:
            since = day
        elif was and not balance:
            days += (day - since).days
    return (days + ((on - since).days if balance else 0)) // YEAR


def _row(grade: str, raw: Mapping[str, Any]) -> Row:
    kinds = tuple(kind for kind in SecurityKind if kind in raw["security"])
    cap = SecurityCap(grade, kinds, Rate(raw["security_ppm"]))
    return Row(grade, tuple(map(Rate, raw["share_ppm"])), tuple(map(Rate, raw["fee_ppm"])), cap)
