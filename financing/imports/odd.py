"""Rows held against the rules of data quality (数据质量), the very ones of the nightly run: what is odd is told before the yes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from financing.desk import BEIJING, Desk
from financing.imports.compared import Odd, Row, plain
from financing.money import Fen
from financing.quality import rules
from financing.quality.rules import Fault, FirmFacts, Found, NeedFacts
from financing.quality.service import looking, sharing, twins

#: The cell that each rule is about.
CELLS: Mapping[Fault, str] = {
    **dict.fromkeys((Fault.CODE, Fault.ORGAN_CODE, Fault.REGION), "code"),
    Fault.INDUSTRY: "industry",
    **dict.fromkeys((Fault.FOUNDED_AHEAD, Fault.FOUNDED_EARLY, Fault.REGISTERED_EARLY), "founded_on"),
    **dict.fromkeys((Fault.NEGATIVE, Fault.UNIT_REVENUE, Fault.NO_REVENUE), "revenue"),
    Fault.UNIT_ASSETS: "assets",
    **dict.fromkeys((Fault.SIZE, Fault.NO_STAFF), "employees"),
    Fault.PHONE: "phone",
    Fault.SAME_NAME: "name",
    Fault.SAME_PEOPLE: "representative",
    **dict.fromkeys((Fault.LATEST_EARLY, Fault.LATEST_PAST, Fault.BEFORE_FOUNDING), "latest"),
    Fault.AMOUNT_UNIT: "amount",
}


def of_firms(desk: Desk, rows: Sequence[tuple[Row, Mapping[str, Any]]]) -> Iterator[Odd]:
    """What is odd about rows of firms, each with the firm as it would stand."""
    named = twins(desk, {after["likeness"] for _, after in rows})
    at_phone = sharing(desk, {after["phone"] for _, after in rows})
    seeking = looking(desk, [after["id"] for _, after in rows if "id" in after])
    for row, after in rows:
        key = after.get("id")
        namesakes = {name for other, name in named[after["likeness"]] if other != key}
        near = {name for other, name in at_phone[after["phone"], after["representative"]] if other != key}
        yield from _told(row, rules.of_firm(_facts(desk, after, namesakes, near, seeks=key in seeking), desk.today))


def of_needs(desk: Desk, rows: Iterable[tuple[Row, date, Fen | None]]) -> Iterator[Odd]:
    """What is odd about rows of needs, each with the day its firm was founded and its sales."""
    for row, founded, revenue in rows:
        facts = NeedFacts(Fen(row["amount"]), date.fromisoformat(row["latest"]), desk.today, founded, revenue)
        yield from _told(row, rules.of_need(facts, desk.today))


def _facts(desk: Desk, after: Mapping[str, Any], namesakes: set[str], near: set[str], *, seeks: bool) -> FirmFacts:
    told = {name: plain(value) for name, value in after.items()}
    registered = after.get("registered_at", desk.now).astimezone(BEIJING).date()
    return FirmFacts(
        told["code"], told["name"], told["industry"], date.fromisoformat(told["founded_on"]), registered, told["phone"],
        told["size"], told.get("employees"), _fen(told.get("revenue")), _fen(told.get("assets")), rules.named(namesakes),
        rules.named(near), seeks,
    )  # fmt: skip


def _fen(value: int | None) -> Fen | None:
    return None if value is None else Fen(value)


def _told(row: Row, found: Iterable[Found]) -> Iterator[Odd]:
    for one in found:
        column = CELLS[one.fault]
        yield Odd(row["row"], column, row.get(column), one.fault, one.figures)
