"""What everybody sees of charges: the list as it stands on a day, and the history of one."""

from __future__ import annotations

from datetime import date

from sqlalchemy import or_

from financing.charges.model import Charge
from financing.charges.rules import Nature
from financing.desk import Desk
from financing.listed import Listed, listed


def shown(desk: Desk, on: date, asked: str = "", nature: Nature | None = None, page: int = 1) -> Listed[Charge]:
    """The charges in force on a day that have the asked word in item, authority or basis."""
    query = desk.select(Charge).where(Charge.since <= on, or_(Charge.until.is_(None), Charge.until >= on))
    if asked:
        query = query.where(
            or_(*(column.icontains(asked, autoescape=True) for column in (Charge.item, Charge.authority, Charge.basis)))
        )
    if nature is not None:
        query = query.where(Charge.nature == nature)
    return listed(desk, query.order_by(Charge.authority, Charge.item, Charge.id), page, lambda one: one)


def history(desk: Desk, charge: Charge) -> list[Charge]:
    """Every standard the same item of the same authority has had, the newest first."""
    same = (Charge.item == charge.item, Charge.authority == charge.authority)
    return desk.all(Charge, *same, by=Charge.since.desc())
