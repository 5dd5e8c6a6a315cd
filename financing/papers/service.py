"""What people do with papers: hand them in, have their figures kept, open them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import cast

import polars as pl
from psycopg import Cursor
from sqlalchemy import func

from financing.access import FIRM
from financing.acts import Act
from financing.desk import Desk
from financing.file_refusals import StoreFull
from financing.money import Fen
from financing.papers import rules
from financing.papers.model import Paper, StatementLine
from financing.papers.rules import PaperKind
from financing.parties import permits
from financing.parties.identity import line
from financing.parties.model import Firm
from financing.refusals import OutOfRange

#: The driver's own way in: 163,914 rows take 0.7 s on SQLite, a third of what the session needs.
INSERT = """
    INSERT INTO invoice (firm_id, paper_id, side, number, counterparty, day, amount_fen, tax_fen, total_fen, void)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
COPY = (
    "COPY invoice (firm_id, paper_id, side, number, counterparty, day, amount_fen, tax_fen, total_fen, void) FROM STDIN"
)


def add(
    desk: Desk, firm: Firm, *, kind: PaperKind, name: str, media: str, size: int, sha256: str, stored: str, finding: str = "",
    expires_on: date | None = None, replaces_id: int | None = None,
) -> Paper:  # fmt: skip
    """Put a paper on file (上传材料). The same bytes again are the paper already there, without a second effect (I-24).

    `size` in bytes, `sha256` in hex, `stored` the name in the store; compare it with the answer's to see whether the
    paper is new. PermitFirst for what the firm has not agreed to, StoreFull beyond its quota.
    """
    desk.get(Firm, firm.id, lock=True)  # one upload a firm at a time: the quota and the doubles are settled in order
    if (known := desk.find(Paper, Paper.firm_id == firm.id, Paper.sha256 == sha256)) is not None:
        return known
    permits.require(desk, firm.id, rules.NEEDS.get(kind, ()))
    _room(desk, firm, size)
    paper = desk.add(
        Paper(firm_id=firm.id, kind=kind, name=line(name, "file", 200), media=media, size=size, sha256=sha256, stored=stored,
              added_at=desk.now, added_by=desk.actor.id, finding=finding, expires_on=expires_on, replaces_id=replaces_id)
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.ADD_PAPER, paper, kind=kind, size=size, sha256=sha256, replaces=replaces_id)
    return paper


def keep_invoices(desk: Desk, paper: Paper, frame: pl.DataFrame) -> int:
    """Keep the rows of an invoice workbook in the columns of `scoring.invoices`; how many.

    Rows of earlier papers stay: what two exports share is dropped when the facts are counted.
    """
    owner = (pl.lit(paper.firm_id).alias("firm_id"), pl.lit(paper.id).alias("paper_id"))
    rows = frame.select(*owner, "side", "number", "counterparty", "day", "amount_fen", "tax_fen", "total_fen", "void")
    cursor = desk.session.connection().connection.cursor()
    if desk.session.get_bind().dialect.name == "postgresql":
        with cast("Cursor[object]", cursor).copy(COPY) as copy:
            for row in rows.iter_rows():
                copy.write_row(row)
    else:
        plain = rows.with_columns(pl.col("day").cast(pl.String), pl.col("void").cast(pl.Int64))
        cursor.executemany(INSERT, plain.rows())
    return rows.height


def keep_statements(desk: Desk, paper: Paper, years: Mapping[int, Mapping[str, Fen]]) -> None:
    """Keep the lines of financial statements by year and line code (scoring.statement_lines)."""
    for year, lines in years.items():
        if not rules.FIRST_YEAR <= year <= desk.today.year:
            raise OutOfRange(field="year", least=rules.FIRST_YEAR, most=desk.today.year)
        for code, amount in lines.items():
            desk.add(StatementLine(firm_id=paper.firm_id, paper_id=paper.id, year=year, line=code, amount=amount))
    desk.session.flush()


def opened(desk: Desk, paper: Paper) -> Paper:
    """Whoever is not of the firm leaves a line in the journal before the bytes go out."""
    if desk.actor.role not in FIRM:
        desk.note(Act.OPEN_PAPER, paper)
    return paper


def kinds(desk: Desk, firm_id: int) -> frozenset[PaperKind]:
    """The kinds of paper a firm has on file; what is unfit does not count."""
    found = desk.select(Paper, Paper.kind).where(Paper.firm_id == firm_id, Paper.unfit.is_(None)).distinct()
    return frozenset(desk.session.scalars(found))


def _room(desk: Desk, firm: Firm, size: int) -> None:
    mine = desk.select(Paper).where(Paper.firm_id == firm.id)
    totals = mine.with_only_columns(func.count(), func.coalesce(func.sum(Paper.size), 0))
    files, held = desk.session.execute(totals).one()
    if files >= rules.MOST_FILES:
        raise StoreFull(what="files", most=rules.MOST_FILES)
    if held + size > rules.MOST_BYTES:
        raise StoreFull(what="mib", most=rules.MOST_BYTES >> 20)
