"""Lists that were taken in, and their rows, as stored."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing
from financing.lists.rules import Answer, ListKind, ListStatus, Row
from financing.money import Fen


class ListFile(Thing):
    """One workbook that was taken in whole (清单导入)."""

    __tablename__ = "list_file"
    __table_args__ = (UniqueConstraint("sha256"),)

    name: Mapped[str]
    sha256: Mapped[str]
    rows: Mapped[int]
    added: Mapped[int]  # rows that were not on file before
    answered: Mapped[int]  # rows whose answer was not
    at: Mapped[datetime]
    by: Mapped[int]
    by_name: Mapped[str]


class ListRow(Thing):
    """One firm on one list: what it says stays, and the bank's answer is written once."""

    __tablename__ = "list_row"
    __table_args__ = (
        UniqueConstraint("kind", "code", "day", "bank"),
        CheckConstraint("amount > 0 AND months > 0", name="positive"),
        CheckConstraint("(status IS NULL) = (answered_on IS NULL)", name="answered"),
        CheckConstraint("(kind = 'recommended') = (bank <> '')", name="bank"),
    )

    file_id: Mapped[int] = mapped_column(ForeignKey("list_file.id"))
    kind: Mapped[ListKind]
    code: Mapped[str]
    name: Mapped[str]
    day: Mapped[date]
    amount: Mapped[Fen]
    months: Mapped[int]
    purpose: Mapped[str]
    bank: Mapped[str]
    status: Mapped[ListStatus | None] = mapped_column(default=None)
    answered_on: Mapped[date | None] = mapped_column(default=None)
    granted: Mapped[Fen | None] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(default="")

    @property
    def row(self) -> Row:
        """The same as a plain value."""
        answer = None
        if self.status is not None and self.answered_on is not None:
            answer = Answer(self.status, self.answered_on, self.granted, self.reason)
        return Row(self.kind, self.code, self.name, self.day, self.amount, self.months, self.purpose, self.bank, answer)

    def answer(self, given: Answer) -> None:
        """Write down what the bank did."""
        self.status, self.answered_on, self.granted, self.reason = given.status, given.on, given.granted, given.reason
