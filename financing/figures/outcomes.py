"""What the platform has brought about (公开成效), for anybody to see: counts alone, and none so small that it names a firm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func

from financing.access import SYSTEM
from financing.db import Database
from financing.desk import Desk, opened
from financing.figures.rules import LEAST_FIRMS
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.parties.model import Firm
from financing.parties.rules import FirmState

GUARANTEED = (NeedState.APPROVED, NeedState.CONDITIONAL, NeedState.LISTED, NeedState.OFFERED, NeedState.SETTLED)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One figure by its code; None when it is too small to be shown."""

    code: str
    count: int | None


def outcomes(database: Database, now: datetime) -> tuple[Outcome, ...]:
    """Firms, needs, guarantees and settled loans so far; nothing at all before the first figure may be shown."""
    with opened(database, SYSTEM, now, write=False) as desk:
        found = (
            Outcome("firms", _counted(desk, Firm, Firm.state == FirmState.CONFIRMED)),
            Outcome("needs", _counted(desk, Need, Need.state != NeedState.DRAFT)),
            Outcome("guaranteed", _counted(desk, Need, Need.state.in_(GUARANTEED))),
            Outcome("settled", _counted(desk, Need, Need.state == NeedState.SETTLED)),
        )
    return found if any(outcome.count is not None for outcome in found) else ()


def _counted(desk: Desk, kind: type[Firm | Need], which: ColumnElement[bool]) -> int | None:
    count = desk.session.scalar(desk.select(kind).with_only_columns(func.count()).where(which)) or 0
    return count if count >= LEAST_FIRMS else None
