"""The lists of the national mechanism as a workbook in the county's template (清单导出): what was read can be read again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from financing import wording
from financing.lists.rules import CRITERIA, ListKind, Row, Template, due, status
from financing.offers.rules import DeclineCode
from reports.sheets import Column, Kind, Sheet

COMMON = {"name": Kind.TEXT, "code": Kind.TEXT, "amount": Kind.WAN, "months": Kind.WHOLE, "purpose": Kind.TEXT}
APPLIED = {**COMMON, "applied_on": Kind.DAY}
RECOMMENDED = {
    **COMMON, "recommended_on": Kind.DAY, "bank": Kind.TEXT, **dict.fromkeys(CRITERIA, Kind.TEXT), "due": Kind.DAY, "status": Kind.TEXT,
    "granted": Kind.WAN, "answered_on": Kind.DAY, "reason": Kind.TEXT,
}  # fmt: skip
COLUMNS = {ListKind.APPLIED: APPLIED, ListKind.RECOMMENDED: RECOMMENDED}


def list_sheet(kind: ListKind, rows: Iterable[Row], template: Template, *, today: date, days: int) -> Sheet:
    """One list: a row for each firm and bank, with the bank's last day and what became of it."""
    columns = [Column(template.heads[key], form) for key, form in COLUMNS[kind].items()]
    told = [_told(kind, row, today, days) for row in rows]
    return Sheet(template.sheets[kind], columns, told, f"{today.isoformat()}　{template.source}")


def _told(kind: ListKind, row: Row, today: date, days: int) -> tuple[object, ...]:
    common = (row.name, row.code, row.amount, row.months, row.purpose, row.day)
    if kind is ListKind.APPLIED:
        return common
    answer = row.answer
    reason = wording.name(DeclineCode(answer.reason)) if answer and answer.reason else None
    state = wording.name(status(row, today, days))
    after = (due(row.day, days), state, answer.granted if answer else None, answer.on if answer else None, reason)
    return (*common, row.bank, *(None for _ in CRITERIA), *after)
