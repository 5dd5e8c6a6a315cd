"""Papers that were issued under a number, and every file that was made of one, as stored."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, column
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing
from financing.letters.rules import LetterKind

_STANDING = column("superseded_at").is_(None)


class IssuedPaper(Thing):
    """One paper as issued: all it says, the digest of that, and the code by which everybody who holds it can check it (F84)."""

    __tablename__ = "issued_paper"
    __table_args__ = (
        Index("uq_issued_paper_standing", "kind", "subject_id", unique=True, sqlite_where=_STANDING, postgresql_where=_STANDING),
    )  # fmt: skip

    number: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[LetterKind]
    subject_id: Mapped[int] = mapped_column(index=True)  # the guarantee, the case or the meeting it is about
    case_id: Mapped[int | None]
    firm_id: Mapped[int | None]
    bank_id: Mapped[int | None]
    record: Mapped[dict[str, Any]]  # everything the paper says, as plain values
    digest: Mapped[str]  # sha256 of the canonical record
    code: Mapped[str] = mapped_column(unique=True)  # printed on the paper, by chance
    issued_at: Mapped[datetime]
    issued_by: Mapped[int]
    issuer: Mapped[str]
    checkpoint: Mapped[str] = mapped_column(
        default="", server_default=""
    )  # short code of the journal's newest when it was issued
    superseded_at: Mapped[datetime | None] = mapped_column(default=None)


class PrintedCopy(Thing):
    """A file that was made of a paper: whoever has the same bytes has what the platform gave out."""

    __tablename__ = "printed_copy"
    __table_args__ = (UniqueConstraint("sha256"),)

    paper_id: Mapped[int] = mapped_column(ForeignKey("issued_paper.id"))
    sha256: Mapped[str]
    at: Mapped[datetime]
