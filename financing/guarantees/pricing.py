"""The price of a need or a case as the platform knows it (费用说明): its grade, its years of use, the guarantor's terms."""

from __future__ import annotations

from sqlalchemy import or_, select

from financing.desk import BEIJING, Desk
from financing.guarantees import price
from financing.guarantees.model import GuaranteeCase, Limit, Movement
from financing.guarantees.price import Price
from financing.guarantees.rules import Pot, Scope
from financing.needs.model import Need
from financing.parties.model import Guarantor
from financing.parties.rules import SUPPORT_BY_KIND


def of_need(desk: Desk, need: Need, guarantor: Guarantor, grade: str) -> Price:
    """What a guarantee of this need would cover and cost if its case were opened today. NoPrice."""
    return price.priced(
        desk.today, support=SUPPORT_BY_KIND[guarantor.kind], amount=need.amount, months=need.months, grade=grade,
        years=used(desk, need.firm_id), own_share=guarantor.share, own_fee=guarantor.fee,
    )  # fmt: skip


def of_case(case: GuaranteeCase) -> Price | None:
    """The price a case was opened with; None where it is from before the table."""
    return price.read(case.price, support=case.support, amount=case.line, months=case.months)


def own(desk: Desk) -> Guarantor | None:
    """The guarantor, whose rates bound the table, also for a visitor who reads it."""
    found: Guarantor | None = desk.session.scalar(select(Guarantor))
    return found


def used(desk: Desk, firm_id: int) -> int:
    """Completed years in which a guarantee of this firm was in force, by the limit ledger."""
    moves = desk.session.scalars(
        select(Movement)
        .join(Limit, Limit.id == Movement.limit_id)
        .where(Limit.scope == Scope.FIRM, Movement.firm_id == firm_id)
        .where(or_(Movement.source == Pot.USED, Movement.target == Pot.USED))
        .order_by(Movement.at)
    )
    changes = [
        (move.at.astimezone(BEIJING).date(), move.amount if move.target is Pot.USED else -move.amount) for move in moves
    ]
    return price.years_of_use(changes, desk.today)
