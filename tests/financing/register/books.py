"""Ledgers for tests: the hand-made year of `year.csv`, and what people typed beside it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from financing.letters.rules import EntryKind
from financing.money import Fen, Rate
from financing.parties.rules import Support
from financing.register import ledger
from financing.register.lines import OUTSIDE
from financing.register.rules import Book, Letter, Line

HERE = Path(__file__).parent
END = date(2026, 11, 30)
#: What the company typed, in fen and people: everything for November, little for the last December, nothing for the November before.
WAN = {
    "registered_capital": "20000", "paid_in_state": "15000", "paid_in_private": "5000", "paid_in_foreign": "0",
    "total_assets": "21500.50", "net_assets_typed": "20600", "income": "210.30", "fee_income": "95.25", "net_profit": "-12",
    "taxes": "8.80", "reserve_compensation": "80", "reserve_unearned": "47.63", "reserve_general": "2.37",
    "investment_equity": "500", "investment_loans": "0",
}  # fmt: skip
STAFF = {"staff_postgraduate": 3, "staff_bachelor": 10, "staff_college": 4, "staff_other": 1}
NOTHING_OUTSIDE = dict.fromkeys(OUTSIDE, 0)
TYPED: Mapping[date, Mapping[str, int]] = {
    END: NOTHING_OUTSIDE | {key: Fen.wan(value).fen for key, value in WAN.items()} | STAFF,
    date(2025, 12, 31): NOTHING_OUTSIDE
    | {"total_assets": Fen.wan(21_000).fen, "net_assets_typed": Fen.wan(20_500).fen},
}


def table(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def the_year() -> Book:
    return read(table("year.csv"))


def read(rows: Iterable[Mapping[str, str]]) -> Book:
    """A book from rows of one line each; firms and guarantees get their ids in the order in which they come."""
    rows = list(rows)
    firms = {name: at for at, name in enumerate(dict.fromkeys(row["firm"] for row in rows), 1)}
    of = {row["number"]: row for row in rows}
    ids = {number: at for at, number in enumerate(of, 101)}
    letters = [
        Letter(
            id=ids[number], number=number, firm_id=firms[row["firm"]], firm=row["firm"], size=row["size"], division=row["division"],
            bank_id=1, bank="示范银行", form=Support.LETTER, amount=_issued(rows, number), share=Rate.percent(row["share"]),
            fee=Rate.percent(row["fee"]), matures=date.fromisoformat(row["matures"]), until=date.fromisoformat(row["matures"]),
        )
        for number, row in of.items()
    ]  # fmt: skip
    lines = [
        Line(ids[row["number"]], EntryKind(row["kind"]), date.fromisoformat(row["on"]), Fen.wan(row["amount"]),
             date.fromisoformat(row["recorded"]))
        for row in rows
    ]  # fmt: skip
    return Book(letters, lines, ledger.weighing)


def _issued(rows, number):
    return next(Fen.wan(row["amount"]) for row in rows if row["number"] == number and row["kind"] == "issued")
