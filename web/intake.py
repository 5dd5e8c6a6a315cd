"""Taking in a paper that was handed in (材料接收): known by its bytes, workbooks read in a limited child, notices kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from financing import wording
from financing.desk import Desk
from financing.file_refusals import OtherFirms
from financing.money import Fen
from financing.papers import rules, service
from financing.papers.model import Paper
from financing.papers.rules import PaperKind, media_of
from financing.refusals import OutOfRange
from financing.words import _
from reports.gate import Limits, check
from reports.intake import Finding, InvoiceBook, StatementBook, read_invoices, read_statements
from reports.intake_findings import Gravity
from reports.sheets import read_book
from scoring.statements import Mismatch, Statement, mismatches

DOES_NOT_TIE = _("报表不平：{says}。报表数 {stated}，按各项计算 {computed}，请核对。")
CSV = "text/csv"


@dataclass(frozen=True, slots=True)
class Taken:
    """A paper ready to be put on file: its media type, what was noticed (JSON), and how its figures are kept."""

    media: str
    finding: str
    keep: Callable[[Desk, Paper], object]


def take(kind: PaperKind, content: bytes, name: str, *, year: int | None, today: date, mib: int) -> Taken:
    """Read a paper as its kind asks; any refusal leaves nothing behind."""
    limits = Limits(bytes=mib << 20)
    match kind:
        case PaperKind.INVOICES:
            return _invoices(read_invoices(read_book(content, name=name, limits=limits), until=today), name)
        case PaperKind.STATEMENTS:
            if year is None or not rules.FIRST_YEAR < year <= today.year:
                raise OutOfRange(field="year", least=rules.FIRST_YEAR + 1, most=today.year)
            return _statements(read_statements(read_book(content, name=name, limits=limits)), year)
    media = media_of(content)
    if media == rules.WORKBOOK:
        check(content, name, limits)
    return Taken(media, "", lambda _desk, _paper: None)


def notices(finding: str, lang: str) -> list[str]:
    """What the reader noticed, in words."""
    return [_said(notice, lang) for notice in json.loads(finding or "[]")]


def _invoices(book: InvoiceBook, name: str) -> Taken:
    firms = book.invoices["firm"].n_unique()
    if max(firms, book.firms.height) > 1:
        raise OtherFirms(count=max(firms, book.firms.height))
    frame: pl.DataFrame = book.invoices
    media = CSV if name.lower().endswith(".csv") else rules.WORKBOOK
    return Taken(media, _kept(book.findings), lambda desk, paper: service.keep_invoices(desk, paper, frame))


def _statements(book: StatementBook, year: int) -> Taken:
    years = {year: book.current, year - 1: book.previous}
    kept = {when: {code: Fen(fen) for code, fen in lines.items()} for when, lines in years.items() if lines}
    broken = [one for when, lines in years.items() if lines for one in mismatches(Statement(date(when, 12, 31), lines))]
    finding = _kept(book.findings, broken)
    return Taken(rules.WORKBOOK, finding, lambda desk, paper: service.keep_statements(desk, paper, kept))


def _kept(findings: tuple[Finding, ...], broken: list[Mismatch] | None = None) -> str:
    noticed: list[dict[str, Any]] = [
        {
            "sheet": one.sheet,
            "row": one.row,
            "column": one.column,
            "value": one.value,
            "code": one.code,
            "count": one.count,
        }
        for one in findings
    ]
    ties = [
        {"says": one.says, "english": one.english, "stated": one.stated, "computed": one.computed}
        for one in broken or ()
    ]
    return json.dumps([*noticed, *ties], ensure_ascii=False) if noticed or ties else ""


def _said(notice: dict[str, Any], lang: str) -> str:
    translate = wording.translate(lang)
    if "says" in notice:
        amounts = {key: wording.yuan(Fen(notice[key]), lang) for key in ("stated", "computed")}
        return translate(DOES_NOT_TIE).format(says=notice["says"] if lang == "zh" else notice["english"], **amounts)
    where = " ".join(part for part in (notice["sheet"], notice["column"]) if part)
    return f"{where}：{Finding(**notice, gravity=Gravity.NOTICE).mend(translate)}"
