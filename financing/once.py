"""Form tokens (防重复提交): the same form sent twice has one effect, and the second answer equals the first."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Index, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from financing.db import Base
from financing.refusals import FormReused
from financing.upsert import put_if_absent


class FormOnce(Base):
    """A form that has been answered, and where its answer sent the browser."""

    __tablename__ = "form_once"
    __table_args__ = (Index("ix_form_once_at", "at"),)

    key: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[str]
    location: Mapped[str]
    at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Ticket:
    """What makes a form the same form: whose session, its token, where it was sent, and what it said."""

    session: str
    token: str
    route: str
    body: str

    @property
    def key(self) -> str:
        return digest(f"{self.session}\n{self.token}\n{self.route}")


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def claim(session: Session, ticket: Ticket, now: datetime) -> str | None:
    """First thing in a writing transaction: None when the form is new, else the place its first answer led to.

    A second request waits here for the first one's commit. FormReused when the same form now says something else.
    """
    if put_if_absent(session, FormOnce, key=ticket.key, body=ticket.body, location="", at=now):
        return None
    said, location = session.execute(select(FormOnce.body, FormOnce.location).where(FormOnce.key == ticket.key)).one()
    if said != ticket.body or not location:
        raise FormReused
    return str(location)


def settle(session: Session, ticket: Ticket, location: str) -> None:
    """Remember the answer, in the same transaction as the effect."""
    session.execute(update(FormOnce).where(FormOnce.key == ticket.key).values(location=location))


def forget(session: Session, before: datetime) -> None:
    """Drop old tokens; a form is not sent again after its session has ended."""
    session.execute(delete(FormOnce).where(FormOnce.at < before))
