"""Signs of fraud or error for a person to look at (人工复核提示, F95): each with its evidence, none with any effect on a score.

Limits, words and the reason for each limit stand in the dated table `flags`. Money is whole fen; a share in per cent.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

import polars as pl

from scoring.dated import table
from scoring.facts import FEN_PER_WAN
from scoring.invoice_rows import YEAR, kept, last_month, month_of, until, valid
from scoring.invoices import monthly

TAXPAYER = r"^(?:[0-9A-Z]{15}|[0-9A-Z]{18}|[0-9A-Z]{20})$"
"""纳税人识别号: only these name the same party on both sheets; codes that a sheet numbers for itself cannot be linked."""
PPM = 1_000_000


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing to look at: an invoice number, month, party or firm; how many rows and what sum (fen, None: no sum)."""

    what: str
    count: int
    fen: int | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """One flag as raised: `facts` fill its sentence, `since` names the version of the table that worded it."""

    code: str
    severity: str
    since: date
    facts: Mapping[str, str]
    evidence: tuple[Evidence, ...]

    def title(self, language: str = "zh") -> str:
        return self._word("says" if language == "zh" else "english")

    def told(self, language: str = "zh") -> str:
        """What was found, in one sentence with its figures."""
        return self._word("told" if language == "zh" else "told_english").format_map(self.facts)

    def ask(self, language: str = "zh") -> str:
        """What the person should check."""
        return self._word("ask" if language == "zh" else "ask_english")

    @property
    def digest(self) -> str:
        """Names what was found: a flag with other figures or evidence is another flag, the same seen on another day is not."""
        found = {name: value for name, value in self.as_json().items() if name != "since"}
        return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"since": self.since.isoformat(), "evidence": [asdict(one) for one in self.evidence]}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Self:
        evidence = tuple(Evidence(**one) for one in plain["evidence"])
        return cls(**dict(plain) | {"since": date.fromisoformat(plain["since"]), "evidence": evidence})

    def _word(self, key: str) -> str:
        word: str = table("flags", self.since)[self.code][key]
        return word


def flags(
    invoices: pl.DataFrame, through: date, declared: Mapping[int, int] | None = None, on: date | None = None
) -> tuple[Flag, ...]:
    """Everything odd about one firm's invoices, in the columns of `scoring.invoices`; `declared` is revenue (fen) by year.

    `through` is the last day the export covers, `on` the day whose limits hold (as a rule the same).
    """
    when = on or through
    rows = until(invoices, through)
    own = valid(rows).filter(pl.col("month") <= last_month(through))
    sales = own.filter(pl.col("side") == "out")
    found = (
        _doubles(rows, when),
        _round_sums(sales, when),
        _both_sides(own, through, when),
        _declared_gap(rows, declared or {}, when),
        _spike(sales, through, when),
        _new_parties(sales, through, when),
    )
    return tuple(flag for flag in found if flag)


def raised(code: str, on: date, evidence: Iterable[Evidence], **facts: object) -> Flag:
    """A flag under the limits in force on a day, with as much evidence as a page can show."""
    rules = table("flags", on)
    shown = tuple(evidence)[: rules["limits"]["evidence_rows"]]
    return Flag(code, rules[code]["severity"], on, {name: str(value) for name, value in facts.items()}, shown)


def wan(fen: int) -> str:
    """Fen as 万元 to two decimals, half away from zero, without floats."""
    cents = (2 * abs(fen) + FEN_PER_WAN // 100) // (2 * FEN_PER_WAN // 100)
    return f"{'-' if fen < 0 else ''}{cents // 100:,}.{cents % 100:02d}"


def tenths(part: int, whole: int, times: int = 100) -> str:
    """A ratio of whole numbers, to one decimal; per cent unless `times` says otherwise."""
    found = (20 * times * part + whole) // (2 * whole)
    return f"{found // 10}.{found % 10}"


def _sum(rows: pl.DataFrame) -> int:
    return int(rows["amount_fen"].sum())


def _by(rows: pl.DataFrame, name: str) -> list[Evidence]:
    """The rows by party, number or month: the largest sums first."""
    grouped = (
        rows.group_by(name).agg(pl.len(), pl.col("amount_fen").sum()).sort("amount_fen", name, descending=[True, False])
    )
    said: Callable[[Any], str] = (lambda month: f"{month // YEAR}-{month % YEAR + 1:02d}") if name == "month" else str
    return [Evidence(said(what), count, fen) for what, count, fen in grouped.iter_rows()]


def _doubles(rows: pl.DataFrame, on: date) -> Flag | None:
    limits = table("flags", on)["doubles"]
    again = rows.filter(~pl.Series(kept(rows))).with_columns(month=month_of(pl.col("day")))
    count = again.height
    if count < limits["least_rows"] or 100 * count < limits["least_percent"] * rows.height:
        return None
    return raised(
        "doubles", on, _by(again, "month"), count=count, share=tenths(count, rows.height), sum=wan(_sum(again))
    )


def _round_sums(sales: pl.DataFrame, on: date) -> Flag | None:
    """Far more whole multiples than expected: both a high share and many standard deviations of a fair draw above it."""
    limits = table("flags", on)["round_sums"]
    sold = sales.filter(pl.col("total_fen") > 0)
    even = sold.filter(pl.col("total_fen") % limits["unit_fen"] == 0)
    total, count, expected = sold.height, even.height, limits["expected_ppm"]
    beyond = count * PPM - total * expected
    chance = limits["deviations"] ** 2 * total * expected * (PPM - expected)
    if total < limits["least_rows"] or 100 * count < limits["least_percent"] * total or beyond**2 < chance:
        return None
    facts = {"total": total, "count": count, "share": tenths(count, total), "expected": tenths(expected, PPM)}
    return raised("round_sums", on, _by(even, "counterparty"), **facts)


def _both_sides(own: pl.DataFrame, through: date, on: date) -> Flag | None:
    limits = table("flags", on)["both_sides"]
    year = own.filter(pl.col("month") > last_month(through) - YEAR)
    linked = year.filter(pl.col("counterparty").str.contains(TAXPAYER))
    nets = linked.group_by("counterparty").agg(
        pl.len(), *(pl.col("amount_fen").filter(pl.col("side") == side).sum().alias(side) for side in ("out", "in"))
    )
    both = nets.select("counterparty", "len", least=pl.min_horizontal("out", "in")).filter(pl.col("least") > 0)
    around, sales = int(both["least"].sum()), _sum(year.filter(pl.col("side") == "out"))
    if both.is_empty() or 100 * around < limits["least_percent"] * sales:
        return None
    evidence = [Evidence(*row) for row in both.sort("least", "counterparty", descending=[True, False]).iter_rows()]
    share = tenths(around, sales) if sales > 0 else "—"
    return raised("both_sides", on, evidence, count=both.height, sum=wan(around), share=share)


def _declared_gap(rows: pl.DataFrame, declared: Mapping[int, int], on: date) -> Flag | None:
    """The last year that both the accounts and twelve months of invoices cover."""
    limits = table("flags", on)["declared_gap"]
    months = monthly(rows).with_columns(year=pl.col("month").dt.year())
    whole = months.group_by("year").agg(pl.len(), pl.col("sales_fen").sum()).filter(pl.col("len") == YEAR)
    invoiced = {year: int(fen) for year, fen in whole.select("year", "sales_fen").iter_rows()}
    if not (years := [year for year in invoiced if declared.get(year, 0) > 0]):
        return None
    year = max(years)
    away = abs(invoiced[year] - declared[year])
    if 100 * away < limits["least_percent"] * declared[year]:
        return None
    sales = months.filter(pl.col("year") == year).select("month", "sales_fen").iter_rows()
    evidence = sorted((Evidence(f"{month:%Y-%m}", 1, fen) for month, fen in sales), key=lambda one: -(one.fen or 0))
    facts = {"year": year, "sum": wan(invoiced[year]), "declared": wan(declared[year])}
    return raised("declared_gap", on, evidence, share=tenths(away, declared[year]), **facts)


def _spike(sales: pl.DataFrame, through: date, on: date) -> Flag | None:
    rules = table("flags", on)
    limits, recent = rules["spike"], rules["limits"]["recent_months"]
    if _history(sales, through) < rules["limits"]["history_months"]:
        return None
    age = last_month(through) - pl.col("month")
    now = sales.filter(age < recent)
    before = _sum(sales.filter(age.is_between(recent, recent + YEAR - 1)))
    season = _sum(sales.filter(age.is_between(YEAR, YEAR + recent - 1)))
    sold = _sum(now)
    if (
        before <= 0
        or sold * YEAR < limits["least_times"] * before * recent
        or sold < limits["least_season_times"] * season
    ):
        return None
    facts = {"months": recent, "sum": wan(sold), "times": tenths(sold * YEAR, before * recent, 1)}
    return raised("spike", on, _by(now, "month"), season=tenths(sold, season, 1) if season > 0 else "—", **facts)


def _new_parties(sales: pl.DataFrame, through: date, on: date) -> Flag | None:
    rules = table("flags", on)
    limits, recent = rules["new_parties"], rules["limits"]["recent_months"]
    now = sales.filter(pl.col("month") > last_month(through) - recent)
    known = sales.filter(pl.col("month") <= last_month(through) - recent)["counterparty"].unique()
    new = now.filter(~pl.col("counterparty").is_in(known.implode()))
    sold, fresh = _sum(now), _sum(new)
    if (
        _history(sales, through) < rules["limits"]["history_months"]
        or sold <= 0
        or 100 * fresh < limits["least_percent"] * sold
    ):
        return None
    facts = {"months": recent, "count": new["counterparty"].n_unique(), "sum": wan(fresh), "share": tenths(fresh, sold)}
    return raised("new_parties", on, _by(new, "counterparty"), **facts)


def _history(sales: pl.DataFrame, through: date) -> int:
    """Months from the first sale to the last complete month; 0 without a sale."""
    return int((last_month(through) - sales["month"] + 1).max() or 0)  # type: ignore[arg-type]  # whole months
