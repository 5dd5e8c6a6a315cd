"""The name of a firm or bank beside a matter in sight, as a column: asked for the rows that are shown and for no others.

The column that holds the id is of the statement around; a statement that knows nothing of its table is refused by PostgreSQL.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, select

from financing.parties.model import Bank, Firm
from financing.people.model import User


def of_firm(key: Any) -> ColumnElement[str]:
    """The name of the firm with the id in this column."""
    return select(Firm.name).where(Firm.id == key).correlate_except(Firm).scalar_subquery()


def of_bank(key: Any) -> ColumnElement[str]:
    return select(Bank.name).where(Bank.id == key).correlate_except(Bank).scalar_subquery()


def of_person(key: Any) -> ColumnElement[str]:
    return select(User.name).where(User.id == key).correlate_except(User).scalar_subquery()
