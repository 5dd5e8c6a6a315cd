"""Checkpoints of the journal (检查点) as stored: what was signed at a moment, beside the copy in the second place."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from financing import checkpoint_check
from financing.db import Base
from financing.upsert import put_if_absent


class Checkpoint(Base):
    """One checkpoint, signed outside of the database; each has one that follows it, so no two are ever made of the same stretch."""

    __tablename__ = "checkpoint"
    __table_args__ = (CheckConstraint("number > 0 AND seq > 0", name="counted"), UniqueConstraint("digest"))

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    at: Mapped[datetime]
    said: Mapped[dict[str, Any]]  # as financing.checkpoint_check has it
    signature: Mapped[str]
    digest: Mapped[str]

    @property
    def code(self) -> str:
        """The short code, as it is printed and read out."""
        return checkpoint_check.code(self.digest)


def newest(session: Session) -> Checkpoint | None:
    return session.scalar(select(Checkpoint).order_by(Checkpoint.number.desc()).limit(1))


def code_now(session: Session) -> str:
    """The short code of the newest checkpoint; nothing before the first."""
    found = newest(session)
    return found.code if found else ""


def put(session: Session, said: dict[str, Any], signature: str) -> None:
    """Write a checkpoint unless its number is taken; the wall of SQLite refuses even to be asked for a second one."""
    if session.get(Checkpoint, said["number"]) is None:
        row = {"number": said["number"], "seq": said["seq"], "at": datetime.fromisoformat(said["at"]), "said": said}
        put_if_absent(session, Checkpoint, **row, signature=signature, digest=checkpoint_check.digest(said))
