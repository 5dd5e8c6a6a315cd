"""What people see of data quality: how many of each kind, and the list with the way to put each right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, func

from financing.desk import Desk
from financing.listed import Listed, listed
from financing.parties.model import Firm
from financing.quality.model import Finding
from financing.quality.rules import RULES, Fault, Severity


class Standing(StrEnum):
    """What has become of a finding."""

    OPEN = "open"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Row:
    """One finding in the list; `mend` is the route of the page on which it is put right, and `mend_id` what it is about."""

    id: int
    fault: Fault
    severity: Severity
    firm_id: int
    firm: str
    need_id: int | None
    figures: dict[str, str]
    found_at: datetime
    reason: str
    accepter: str

    @property
    def mend(self) -> str:
        return RULES[self.fault].mend

    @property
    def mend_id(self) -> int:
        return self.need_id or self.firm_id


def findings(
    desk: Desk, page: int = 1, *, standing: Standing = Standing.OPEN, fault: Fault | None = None
) -> Listed[Row]:
    """Findings of one standing, errors first, then the newest."""
    columns = (Finding.id, Finding.fault, Finding.severity, Finding.firm_id, Firm.name, Finding.need_id, Finding.figures,
               Finding.found_at, Finding.reason, Finding.accepter)  # fmt: skip
    query: Select[Any] = (
        desk.select(Finding, Finding.id).join(Firm, Firm.id == Finding.firm_id).where(*_where(standing))
    )
    if fault is not None:
        query = query.where(Finding.fault == fault)
    query = query.with_only_columns(*columns).order_by(Finding.severity, Finding.found_at.desc(), Finding.id)
    return listed(desk, query, page, Row)


def counts(desk: Desk) -> dict[Fault, int]:
    """How many of each kind are open, in the order of the registry."""
    query = desk.select(Finding, Finding.fault).where(*_where(Standing.OPEN)).group_by(Finding.fault)
    found: dict[Fault, int] = dict(desk.session.execute(query.add_columns(func.count())).all())
    return {fault: found[fault] for fault in RULES if fault in found}


def _where(standing: Standing) -> tuple[Any, ...]:
    match standing:
        case Standing.OPEN:
            return (Finding.gone_at.is_(None), Finding.accepted_at.is_(None))
        case Standing.ACCEPTED:
            return (Finding.gone_at.is_(None), Finding.accepted_at.is_not(None))
        case Standing.CORRECTED:
            return (Finding.gone_at.is_not(None),)
