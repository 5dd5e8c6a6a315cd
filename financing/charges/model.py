"""Charges as stored: one row for each standard and its time, never changed but for its last day."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ColumnElement, Index, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from financing.charges.rules import Nature, Setting
from financing.db import Thing

OPEN: ColumnElement[bool] = literal_column("until IS NULL")


class Charge(Thing):
    """One charge (收费项目) as it stands from a day on; a new standard is a new row that ends the former."""

    __tablename__ = "charge"
    __table_args__ = (
        CheckConstraint("until IS NULL OR until >= since", name="until"),
        CheckConstraint("(until IS NULL) = (ended_by IS NULL)", name="ended"),
        Index("uq_charge_open", "item", "authority", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_charge_item", "item", "authority", "since"),
    )

    item: Mapped[str]
    authority: Mapped[str]  # who charges
    nature: Mapped[Nature]
    basis: Mapped[str]  # law or document with its number and article
    setting: Mapped[Setting]
    standard: Mapped[str]  # as the basis has it
    lower: Mapped[str]  # what is charged here: the lower bound, or less
    unit: Mapped[str]
    since: Mapped[date]
    source: Mapped[str]  # where it was published, with its day
    example: Mapped[bool]  # shipped as an example and still to be checked
    listed_at: Mapped[datetime]
    listed_by: Mapped[int]
    lister: Mapped[str]
    until: Mapped[date | None] = mapped_column(default=None)  # the last day
    why: Mapped[str] = mapped_column(default="")
    ended_by: Mapped[int | None] = mapped_column(default=None)
