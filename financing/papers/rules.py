"""Papers (材料): what kinds there are. No database here."""

from __future__ import annotations

from enum import StrEnum


class PaperKind(StrEnum):
    LICENCE = "licence"
    STATEMENTS = "statements"
    INVOICES = "invoices"
    TAX = "tax"
    ORDERS = "orders"
    OTHER = "other"


class Side(StrEnum):
    """Which side of an invoice the firm stands on."""

    SALES = "out"
    PURCHASES = "in"


#: Workbooks that the platform reads itself; all other papers are kept as they came.
READ = frozenset({PaperKind.STATEMENTS, PaperKind.INVOICES})
#: What each kind may be, by ending; content is checked, the ending only announces it.
ENDINGS = {
    PaperKind.STATEMENTS: (".xlsx",),
    PaperKind.INVOICES: (".xlsx", ".csv"),
}
ANY_PAPER = (".pdf", ".png", ".jpg", ".jpeg", ".xlsx")
