"""The firm in a frozen dossier: registration, people, business by invoices, statements of two years."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from financing.matching.snapshot_terms import (
    Absent,
    Amount,
    Count,
    Fact,
    Fen,
    Frozen,
    Line,
    MonthName,
    Origin,
    Passage,
    Ppm,
    Ratio,
    Said,
    Sentence,
    SizeClass,
)


class Licence(Origin):
    name: Line
    number: Line
    until: date | None


class Debt(Origin):
    """A loan or other debt the firm already carries (现有融资)."""

    lender: Line
    balance: Amount
    due: date
    security: Line


class Owner(Origin):
    """A shareholder (股东); `share` of the registered capital in parts per million."""

    name: Line
    share: Ppm
    controller: bool = False


class Related(Origin):
    """A party tied to the firm or its owners (关联方)."""

    name: Line
    relation: Line


class Firm(Frozen):
    name: Fact[Line]
    uscc: Fact[Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{18}$")]] | Absent
    industry: Fact[Line] | Absent
    size: Fact[SizeClass] | Absent
    founded: Fact[date] | Absent
    capital: Fact[Amount] | Absent
    employees: Fact[Count] | Absent
    address: Fact[Sentence] | Absent
    park: Fact[Line] | Absent
    representative: Fact[Line] | Absent
    business: Fact[Passage] | Absent
    licences: tuple[Licence, ...] = Field(max_length=6)
    debts: Annotated[tuple[Debt, ...], Field(max_length=6)] | Absent


class Month(Frozen):
    """Invoices without tax of one calendar month."""

    month: MonthName
    sales: Fen
    purchases: Fen


class Partner(Frozen):
    """A customer or supplier with its share of the year's invoices."""

    name: Line
    amount: Fen
    share: Ppm


class Figure(Origin):
    """A named figure with its unit, both in two languages."""

    says: Line
    english: Sentence
    value: Ratio
    unit: Line
    english_unit: Line


class Business(Frozen):
    """What the firm sells and buys, by VAT invoices (增值税发票)."""

    origin: Origin
    months: tuple[Month, ...] = Field(max_length=36)
    customers: tuple[Partner, ...] = Field(max_length=6)
    suppliers: tuple[Partner, ...] = Field(max_length=6)
    figures: tuple[Figure, ...] = Field(max_length=10)


class StatementLine(Frozen):
    """One line of the balance sheet or income statement, one value per year."""

    says: Line
    english: Sentence
    values: tuple[Fen | None, ...]


class RatioLine(Frozen):
    """One ratio, one value per year, beside what is usual in the industry (with the source of that figure)."""

    says: Line
    english: Sentence
    unit: Line
    english_unit: Line | None = None
    values: tuple[Ratio | None, ...]
    usual: Ratio | None = None


class Statements(Frozen):
    """Two years of statements (财务报表), the latest last."""

    origin: Origin
    years: tuple[Line, ...] = Field(min_length=1, max_length=2)
    audited: bool
    lines: tuple[StatementLine, ...] = Field(max_length=16)
    ratios: tuple[RatioLine, ...] = Field(max_length=12)
    usual_source: Said | None = None

    @model_validator(mode="after")
    def one_value_a_year(self) -> Self:
        """Refuse a line with more or fewer values than there are years."""
        counts = {len(line.values) for line in self.lines} | {len(line.values) for line in self.ratios}
        if counts - {len(self.years)}:
            raise ValueError("values")
        return self
