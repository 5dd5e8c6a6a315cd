"""Imports and their rows as stored."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Base, Thing
from financing.flow import Flow
from financing.imports.rules import FLOW, Fate, ImportKind, ImportState


class Import(Thing):
    """One workbook on its way in: kept by its digest, checked in the background, put on file whole or not at all."""

    __tablename__ = "import_job"
    __table_args__ = (
        CheckConstraint("staged BETWEEN 0 AND total", name="staged"),
        CheckConstraint("state <> 'done' OR (staged = total AND ended_at IS NOT NULL)", name="whole"),
        Index("ix_import_job_state", "state"),
    )
    flow: ClassVar[Flow[ImportState]] = FLOW

    kind: Mapped[ImportKind]
    name: Mapped[str]  # as the file was called: shown, never part of a path
    size: Mapped[int]  # bytes
    sha256: Mapped[str]
    stored: Mapped[str]  # random name in the upload store
    bank_id: Mapped[int | None] = mapped_column(ForeignKey("bank.id"), index=True)  # whose own import it is
    made_at: Mapped[datetime]
    made_by: Mapped[int]
    made_by_name: Mapped[str]
    state: Mapped[ImportState] = mapped_column(default=ImportState.QUEUED)
    total: Mapped[int] = mapped_column(default=0)  # rows of the file, once it is read
    staged: Mapped[int] = mapped_column(default=0)  # rows compared so far
    added: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    errors: Mapped[int] = mapped_column(default=0)
    findings: Mapped[list[Any]] = mapped_column(default_factory=list)  # what is wrong, cell by cell; the first thousand
    why: Mapped[str] = mapped_column(default="")  # code of the refusal of the file itself
    why_facts: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    digest: Mapped[str] = mapped_column(default="")  # rules.digest of the rows that were put on file
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_by_name: Mapped[str] = mapped_column(default="")

    @property
    def same(self) -> int:
        """Rows that say what is on file already."""
        return self.staged - self.added - self.changed


class ImportRow(Base):
    """One row of an import: what it says, what it does, and what stood there before; sealed once it is on file."""

    __tablename__ = "import_row"

    job_id: Mapped[int] = mapped_column(ForeignKey("import_job.id"), primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # as the spreadsheet numbers it
    key: Mapped[str]  # what makes it this row and no other
    fate: Mapped[Fate]
    told: Mapped[dict[str, Any]]  # by column, as the database writes it
    former: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)  # of a changed row, what the columns held
    subject_id: Mapped[int] = mapped_column(default=0)  # the row on file, also of one that is still to come
    subject_version: Mapped[int] = mapped_column(default=0)  # that the comparison saw; 0: there was none
