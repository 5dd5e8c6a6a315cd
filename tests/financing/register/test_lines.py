"""The monthly return against a year worked out by hand, line by line."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.letters.rules import EntryKind
from financing.money import Fen
from financing.register.lines import LINES, OUTSIDE, TYPED, Cell, Origin, Unit, contradictions, filled, month_end
from financing.register.rules import Book, Line
from tests.financing.register.books import END, table, the_year
from tests.financing.register.books import TYPED as SAID

GOLDEN = {
    row["line"]: (row["now"], row["start_of_year"], row["same_month_last_year"]) for row in table("return_2026_11.csv")
}


def written(unit: Unit, cell: Cell) -> str:
    if cell.blank:
        return "—"
    if cell.value is None:
        return "待填"
    return f"{cell.value / 1_000_000:.2f}" if unit is Unit.WAN else str(cell.value)


@pytest.fixture(scope="module")
def november():
    return {one.line.key: one for one in filled(the_year(), END, lambda day: SAID.get(day, {}))}


@pytest.mark.parametrize("key", GOLDEN)
def test_every_line_is_what_was_worked_out_by_hand(november, key):
    one = november[key]
    assert tuple(written(one.line.unit, cell) for cell in (one.now, one.start, one.before)) == GOLDEN[key]


def test_the_table_worked_out_by_hand_has_every_line_of_the_form(november):
    assert list(GOLDEN) == list(november)
    assert {line.number.split(".")[0] for line in LINES.values()} == {str(number) for number in range(1, 24)}


def test_what_nobody_typed_is_named_and_never_nought(november):
    empty = {one.line.key: one for one in filled(the_year(), END, lambda _day: {})}
    assert {key for one in empty.values() for key in one.now.missing} == set(TYPED)
    assert [key for key, one in empty.items() if one.now.value is not None] == [
        key for key, line in LINES.items() if line.origin is Origin.LEDGER
    ]
    assert november["issued"].before.missing  # nobody typed anything for that month


@given(st.dates(date(2025, 1, 1), date(2027, 12, 31)))
def test_a_part_of_the_ledger_is_never_more_than_the_whole(day):
    end = month_end(day)
    found = {one.line.key: one for one in filled(the_year(), end, lambda _day: dict.fromkeys(TYPED, 0))}
    for measure in ("issued", "issued_customers", "outstanding", "customers"):
        for client in ("agri", "small", "micro", "personal"):
            assert found[f"{measure}_{client}"].now.value <= found[measure].now.value
    assert found["liability"].now.value <= found["outstanding"].now.value
    assert found["released"].now.value <= found["released_ever"].now.value


@given(st.dates(date(2025, 1, 1), date(2026, 12, 31)), st.dates(date(2025, 1, 1), date(2027, 12, 31)))
def test_what_is_written_for_a_later_day_changes_no_month_before_it(day, later):
    end, book = month_end(day), the_year()
    if later <= end:
        return
    more = Book(book.letters, [*book.lines, Line(104, EntryKind.REPAID, later, Fen(1), later)], book.weighing)
    assert filled(more, end, nothing) == filled(book, end, nothing)


def nothing(_day):
    """What people typed for that day."""
    return {}


def test_typed_figures_below_nothing_or_above_their_whole_are_named():
    assert contradictions({"total_assets": -1, "net_profit": -1, "income": 5, "fee_income": 6}) == (
        "total_assets",
        "fee_income",
    )
    assert contradictions({"income": 5, "fee_income": 5, "net_assets_typed": -1}) == ()
    assert set(TYPED) >= OUTSIDE
