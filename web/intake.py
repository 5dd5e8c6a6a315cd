"""Taking in a paper that was handed in (材料接收): known by its bytes, workbooks read in a limited child, notices kept."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import polars as pl

from financing import wording
from financing.credit import doubts
from financing.credit import service as credit
from financing.desk import Desk
from financing.file_refusals import OtherFirms
from financing.money import Fen
from financing.papers import rules, service
from financing.papers.model import Paper
from financing.papers.rules import PaperKind, media_of
from financing.parties.model import Firm
from reports.gate import Limits, check
from reports.intake import Asked, Finding, InvoiceBook, StatementBook, read_invoices, read_statements
from reports.intake_faults import faults
from reports.intake_findings import Gravity
from reports.sheets import read_book
from scoring.quality import Doubt

CSV = "text/csv"


@dataclass(frozen=True, slots=True)
class Taken:
    """A paper ready to be put on file: its media type, what was noticed (JSON), and how its figures are kept."""

    media: str
    finding: str
    keep: Callable[[Desk, Paper], object]


def take(kind: PaperKind, content: bytes, name: str, *, asked: Asked, today: date, mib: int) -> Taken:
    """Read a paper as its kind asks; any refusal leaves nothing behind."""
    limits = Limits(bytes=mib << 20)
    media = CSV if name.lower().endswith(".csv") else rules.WORKBOOK
    match kind:
        case PaperKind.INVOICES:
            return _invoices(read_invoices(read_book(content, name=name, limits=limits), until=today), media)
        case PaperKind.STATEMENTS:
            return _statements(read_statements(read_book(content, name=name, limits=limits), asked), media)
    return Taken(unread(content, name, mib), "", lambda _desk, _paper: None)


def keep(desk: Desk, firm: Firm, paper: Paper, taken: Taken) -> None:
    """Keep the figures of a new paper; what the firm's facts now contradict is noticed on it."""
    taken.keep(desk, paper)
    if paper.kind in (PaperKind.INVOICES, PaperKind.STATEMENTS):
        desk.session.flush()
        paper.finding = _doubted(paper.finding, doubts.of(desk, firm, credit.facts(desk, firm)))


def unread(content: bytes, name: str, mib: int, **where: str) -> str:
    """The media type of a file that is kept as it came; NotAPaper at the field `where`, or a refusal of its workbook."""
    media = media_of(content, **where)
    if media == rules.WORKBOOK:
        check(content, name, Limits(bytes=mib << 20))
    return media


def notices(finding: str, lang: str) -> list[str]:
    """What the reader noticed and what cannot all be true, in words."""
    stored = _stored(finding)
    doubted = [doubt["says" if lang == "zh" else "english"] for doubt in stored.get("doubts", [])]
    return [*(_said(notice, lang) for notice in stored.get("notices", [])), *doubted]


def reading(finding: str) -> dict[str, Any] | None:
    """How a statement book was read (standard, unit, columns, tried); None for a paper that was not read as one."""
    found = _stored(finding).get("read")
    return found if isinstance(found, dict) else None


def fault_file(findings: Sequence[Finding], lang: str) -> str:
    """The list of faults as a workbook, in an address that a page can carry: nothing of it is stored."""
    return "data:application/vnd.openxmlformats-officedocument.spreadsheetml.sheet;base64," + base64.b64encode(
        faults(findings, wording.translate(lang), lang)
    ).decode("ascii")


def _invoices(book: InvoiceBook, media: str) -> Taken:
    firms = book.invoices["firm"].n_unique()
    if max(firms, book.firms.height) > 1:
        raise OtherFirms(count=max(firms, book.firms.height))
    frame: pl.DataFrame = book.invoices
    return Taken(media, _kept(book.findings), lambda desk, paper: service.keep_invoices(desk, paper, frame))


def _statements(book: StatementBook, media: str) -> Taken:
    kept = {year: {code: Fen(fen) for code, fen in lines.items()} for year, lines in book.years.items() if lines}
    read = {
        "standard": book.standard,
        "unit": book.unit,
        "columns": [asdict(column) for column in book.columns],
        "tried": [asdict(each) for each in book.tried],
    }
    return Taken(media, _kept(book.findings, read), lambda desk, paper: service.keep_statements(desk, paper, kept))


def _kept(findings: Sequence[Finding], read: dict[str, Any] | None = None) -> str:
    noticed = [
        {
            "sheet": one.sheet,
            "row": one.row,
            "column": one.column,
            "value": one.value,
            "code": one.code,
            "count": one.count,
            "more": dict(one.more),
            "firm": one.firm,
            "rows": one.rows,
        }
        for one in findings
    ]
    return json.dumps({"notices": noticed, "read": read}, ensure_ascii=False) if noticed or read else ""


def _doubted(finding: str, found: Sequence[Doubt]) -> str:
    if not found:
        return finding
    told = [{"says": doubt.says, "english": doubt.english} for doubt in found]
    return json.dumps({**_stored(finding), "doubts": told}, ensure_ascii=False)


def _stored(finding: str) -> dict[str, Any]:
    """As kept: notices alone were a list before statements were read with their cells."""
    found = json.loads(finding or "{}")
    return found if isinstance(found, dict) else {"notices": [one for one in found if "code" in one]}


def _said(notice: dict[str, Any], lang: str) -> str:
    one = Finding(**notice, gravity=Gravity.NOTICE)
    cell = f"{one.column}{one.row}" if one.row and one.column.isascii() else one.column
    where = " ".join(part for part in (one.sheet, cell) if part)
    return f"{where}：{one.mend(wording.translate(lang), lang)}"
