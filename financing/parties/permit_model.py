"""Separate consents as stored: who agreed to what, in which words, since when and until when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, and_, column
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing
from financing.parties.permit_rules import Capacity, End, Item, Whose

_ITS_OWN = and_(column("ended_at").is_(None), column("item") != Item.PERSON_CREDIT.value)


class Permit(Thing):
    """One firm's agreement to one item (单独同意), written once; it ends by its day, or is taken back and says when and why."""

    __tablename__ = "permit"
    __table_args__ = (
        CheckConstraint("given_at < valid_until", name="period"),
        CheckConstraint("(item = 'person_credit') = (whose IS NOT NULL)", name="whose"),
        CheckConstraint("(item = 'person_credit') = (scan_id IS NOT NULL)", name="in_writing"),
        CheckConstraint("(ended_at IS NULL) = (ended IS NULL)", name="ended"),
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended_by"),
        Index("uq_permit_open", "firm_id", "item", unique=True, sqlite_where=_ITS_OWN, postgresql_where=_ITS_OWN),
    )

    number: Mapped[str] = mapped_column(unique=True)  # TY2026-0001
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    item: Mapped[Item]
    whose: Mapped[Whose | None]  # of a person's credit report
    person: Mapped[str]  # who it is about: the representative, or whose credit report it is
    mark: Mapped[str]  # the last four signs of that person's identity number
    scan_id: Mapped[int | None]  # the paper on which that person signed
    text_version: Mapped[str]
    text_hash: Mapped[str]  # sha256 of the words shown
    given_at: Mapped[datetime]
    given_by: Mapped[int]
    giver: Mapped[str]
    capacity: Mapped[Capacity]
    valid_until: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_by: Mapped[int | None] = mapped_column(default=None)
    ended: Mapped[End | None] = mapped_column(default=None)
    why: Mapped[str] = mapped_column(default="")  # what the firm said when it took it back; nobody has to say anything
