"""What firms on stage hand in is what the intake reads back, to the fen."""

from __future__ import annotations

from datetime import date

import pytest

from reports.intake import read_invoices, read_statements
from reports.sheets import read_book
from scoring.statements import Statement, mismatches
from web.stage.books import invoice_book, statement_book
from web.stage.firms import troupe

TODAY = date(2026, 11, 23)
FIRMS = troupe(8, TODAY)


@pytest.mark.parametrize("firm", FIRMS[:3], ids=lambda firm: firm.login)
def test_an_invoice_book_is_read_back_row_for_row(firm):
    frame = firm.invoices(TODAY, months=6)
    content = invoice_book("QY001", "示范企业", frame)
    read = read_invoices(read_book(content, name="发票.xlsx"), until=TODAY).invoices
    columns = ["side", "number", "counterparty", "day", "amount_fen", "tax_fen", "total_fen", "void"]
    assert read.select(columns).sort(columns).equals(frame.select(columns).sort(columns))
    assert content == invoice_book("QY001", "示范企业", frame)


@pytest.mark.parametrize("firm", FIRMS[:3], ids=lambda firm: firm.login)
def test_statements_tie_and_are_read_back_line_for_line(firm):
    years = firm.years(2025)
    assert [mismatches(Statement(date(year, 12, 31), lines)) for year, lines in years.items()] == [(), ()]
    read = read_statements(read_book(statement_book(years), name="报表.xlsx"))
    assert read.years == years


def test_the_troupe_is_the_same_each_time_and_no_two_firms_share_a_code():
    again = troupe(64, TODAY)
    assert [firm.registration for firm in again[:8]] == [firm.registration for firm in FIRMS]
    assert (
        len({firm.registration["code"] for firm in again}) == len({firm.registration["name"] for firm in again}) == 64
    )
