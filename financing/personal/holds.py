"""What has to be kept (法定留存): why something of a firm may not be erased yet, and until when where that is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, func, select

from financing import parameters
from financing.bridge.model import BridgeUse
from financing.bridge.rules import OPEN as BRIDGE_OPEN
from financing.compensation.model import CompensationClaim
from financing.compensation.recovery_model import RecoveryCase
from financing.compensation.recovery_rules import RecoveryState
from financing.compensation.rules import OPEN as CLAIM_OPEN
from financing.contests.model import Contest
from financing.contests.rules import ContestState
from financing.desk import BEIJING, Desk
from financing.guarantees.model import GuaranteeCase, Resolution
from financing.guarantees.rules import UNDECIDED, CaseState
from financing.letters.model import Guarantee
from financing.letters.rules import GuaranteeState
from financing.loans.model import Loan
from financing.needs.model import Need
from financing.needs.rules import OPEN as NEED_OPEN
from financing.needs.rules import NeedState
from financing.personal.model import Objection
from financing.personal.rules import Hold, ObjectionState

Held = tuple[Hold, date | None]
_STANDS = (GuaranteeState.PREPARED, GuaranteeState.IN_FORCE, GuaranteeState.COMPENSATED)
_UNDECIDED = (*UNDECIDED, CaseState.DELEGATED)


def of_firm(desk: Desk, firm_id: int) -> list[Held]:
    """Everything that stands against erasing what is held of a firm, whoever asks; nothing stands: an empty list."""
    return [*_open(desk, firm_id), *_decided(desk, firm_id)]


def until(holds: list[Held]) -> date | None:
    """The day from which nothing stands against it; None when that is not known."""
    days = [day for _, day in holds]
    return None if not days or None in days else max(day for day in days if day)


def later(day: date, years: int) -> date:
    """The same day so many years later; of 29 February the last of February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _open(desk: Desk, firm_id: int) -> Iterator[Held]:
    running = (
        (Hold.NEED, Need, Need.state.in_(NEED_OPEN - {NeedState.DRAFT})),
        (Hold.GUARANTEE, Guarantee, Guarantee.state.in_(_STANDS)),
        (Hold.CLAIM, CompensationClaim, CompensationClaim.state.in_(CLAIM_OPEN)),
        (Hold.CLAIM, RecoveryCase, RecoveryCase.state == RecoveryState.OPEN),
        (Hold.BRIDGE, BridgeUse, BridgeUse.state.in_(BRIDGE_OPEN)),
        (Hold.OBJECTION, Objection, Objection.state == ObjectionState.OPEN),
        (Hold.OBJECTION, Contest, Contest.state == ContestState.OPEN),
    )
    seen = dict.fromkeys(why for why, kind, where in running if _any(desk, kind, firm_id, where))
    yield from ((why, None) for why in seen)
    if (last := _last(desk, Loan.matures, firm_id)) is not None:
        yield Hold.LOAN, later(last, _years(desk))


def _decided(desk: Desk, firm_id: int) -> Iterator[Held]:
    """A sealed decision and what it rests on are kept so many years from the seal."""
    sealed: datetime | None = _last(desk, Resolution.sealed_at, firm_id)
    if sealed is not None:
        day = later(sealed.astimezone(BEIJING).date(), _years(desk))
        if day > desk.today:
            yield Hold.DECISION, day
    if _any(desk, GuaranteeCase, firm_id, GuaranteeCase.state.in_(_UNDECIDED)):
        yield Hold.DECISION, None


def _years(desk: Desk) -> int:
    return parameters.figure("personal_case_years", desk.today).value


def _any(desk: Desk, kind: Any, firm_id: int, where: Any) -> bool:
    return bool(desk.session.scalar(select(exists().where(kind.firm_id == firm_id, where))))


def _last(desk: Desk, column: Any, firm_id: int) -> Any:
    return desk.session.scalar(select(func.max(column)).where(column.class_.firm_id == firm_id))
