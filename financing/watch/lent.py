"""How the loans behind guarantees stand (贷款状况): days past due and class, for everything that watches over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement

from financing.among import among
from financing.desk import Desk
from financing.letters.model import Guarantee
from financing.letters.rules import GuaranteeState
from financing.loans.model import Loan
from financing.loans.rules import FiveClass
from financing.loans.views import STANDING_OF, Standing, of
from financing.money import Fen

#: A guarantee that is watched: something of the loan is still guaranteed.
STANDING = (GuaranteeState.IN_FORCE, GuaranteeState.COMPENSATED)
LIVE: tuple[ColumnElement[bool], ...] = (Guarantee.state.in_(STANDING), Guarantee.balance > Fen(0))
#: What `lent` reads of a guarantee.
LENT_OF = (Guarantee.id, Guarantee.offer_id, Guarantee.matures, Guarantee.balance)


def live(one: Guarantee) -> bool:
    """The same of one at hand."""
    return one.state in STANDING and one.balance > Fen(0)


def locked(desk: Desk, keys: Sequence[int]) -> list[Guarantee]:
    """Guarantees as they are now, held until the commit, always in one order."""
    query = desk.select(Guarantee).where(Guarantee.id.in_(keys)).order_by(Guarantee.id).with_for_update(of=Guarantee)
    return list(desk.session.scalars(query.execution_options(populate_existing=True)))


@dataclass(frozen=True, slots=True)
class Lent:
    """The loan behind one guarantee on a day; `recorded`: with its contract, and then its class has heard of warnings already."""

    past_due: int = 0  # days
    overdue: Fen = Fen(0)
    since: date | None = None
    risk: FiveClass = FiveClass.NORMAL
    recorded: bool = False


def lent(desk: Desk, guarantees: Sequence[Any], day: date) -> dict[int, Lent]:
    """Each guarantee's loan: by its plan and payments; where no contract is recorded, the whole rest is overdue past its last day.

    Guarantees, or rows of their LENT_OF.
    """
    if not desk.session.info.get("reads"):
        return _lent(desk, guarantees, day)
    kept = desk.session.info.setdefault("lent", {})  # a picture that only reads stays as it is
    asked = (day, frozenset(one.id for one in guarantees))
    if asked not in kept:
        kept[asked] = _lent(desk, guarantees, day)
    found: dict[int, Lent] = kept[asked]
    return found


def _lent(desk: Desk, guarantees: Sequence[Any], day: date) -> dict[int, Lent]:
    behind = {one.offer_id: one.id for one in guarantees}
    loans = desk.rows(Loan, *STANDING_OF, where=[among(Loan.offer_id, list(behind))], by=Loan.matures)
    known = {behind[loan.offer_id]: _by_loan(one) for loan, one in zip(loans, of(desk, loans, day), strict=True)}
    return {one.id: known.get(one.id) or _by_maturity(one, day) for one in guarantees}


def _by_loan(one: Standing) -> Lent:
    overdue = one.overdue_principal + one.overdue_interest
    return Lent(one.days_past_due, overdue, one.since, one.by_class, recorded=True)


def _by_maturity(guarantee: Any, day: date) -> Lent:
    days = (day - guarantee.matures).days
    if days <= 0:
        return Lent()
    return Lent(days, guarantee.balance, guarantee.matures + timedelta(days=1), FiveClass.ATTENTION)
