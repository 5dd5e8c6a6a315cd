"""Documents of the zone's side (园区文件): licence, audit report, resolution, agreement, proof; kept once, opened on record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from financing.acts import Act
from financing.db import Thing
from financing.desk import Desk
from financing.guarantees.change_rules import DocumentKind
from financing.parties.identity import line


class Document(Thing):
    """One file about the guarantor, a change of its terms, a case or a guarantee; never changed once it is on file."""

    __tablename__ = "document"
    __table_args__ = (CheckConstraint("size > 0", name="size"),)

    kind: Mapped[DocumentKind]
    name: Mapped[str]  # as it was handed in: shown, never part of a path
    media: Mapped[str]
    size: Mapped[int]  # bytes
    sha256: Mapped[str]
    stored: Mapped[str]  # random name in the upload store
    added_at: Mapped[datetime]
    added_by: Mapped[int]
    subject_id: Mapped[int] = mapped_column(index=True)  # what it is about, whatever kind of thing that is
    firm_id: Mapped[int | None] = mapped_column(ForeignKey("firm.id"), default=None)  # only when it is about one firm


@dataclass(frozen=True, slots=True)
class Filed:
    """A file that has been checked and whose bytes lie in the store: size in bytes, sha256 in hex."""

    kind: DocumentKind
    name: str
    media: str
    size: int
    sha256: str
    stored: str


def add(desk: Desk, filed: Filed, *, subject_id: int, firm_id: int | None = None) -> Document:
    """Put a document on file for what it is about (存档); NotText for a name nobody can read."""
    document = desk.add(
        Document(
            kind=filed.kind, name=line(filed.name, "file", 200), media=filed.media, size=filed.size, sha256=filed.sha256,
            stored=filed.stored, added_at=desk.now, added_by=desk.actor.id, subject_id=subject_id, firm_id=firm_id,
        )
    )  # fmt: skip
    desk.note(Act.ADD_DOCUMENT, document, kind=filed.kind, size=filed.size, sha256=filed.sha256, about=subject_id)
    return document


def opened(desk: Desk, document: Document) -> Document:
    """Whoever takes a document away leaves a line in the journal before the bytes go out."""
    desk.note(Act.OPEN_DOCUMENT, document)
    return document


def about(desk: Desk, subject_id: int) -> Sequence[Document]:
    """The documents about one thing that the person at the desk may see, the oldest first."""
    return desk.all(Document, Document.subject_id == subject_id, by=Document.added_at)
