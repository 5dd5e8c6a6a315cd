"""Guests of a session, its clock, and what banks said at their tables, as stored."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing
from financing.flow import Flow
from financing.forums.day_rules import CLOCK, Reply, Said, Ticking
from financing.money import Fen


class Guest(Thing):
    """A bank or a firm that is invited (来宾): the code it comes with, what it answered, and when it came."""

    __tablename__ = "guest"
    __table_args__ = (
        UniqueConstraint("session_id", "bank_id"),
        UniqueConstraint("session_id", "firm_id"),
        CheckConstraint("(bank_id IS NULL) <> (firm_id IS NULL)", name="one_party"),
        CheckConstraint("reply <> 'coming' OR person <> ''", name="named"),
        CheckConstraint("reply <> 'coming' OR bank_id IS NULL OR power > 0", name="decides"),
        CheckConstraint("reply <> 'not_coming' OR why <> ''", name="reason"),
    )

    session_id: Mapped[int] = mapped_column(ForeignKey("forum_session.id"))
    bank_id: Mapped[int | None] = mapped_column(ForeignKey("bank.id"))
    firm_id: Mapped[int | None] = mapped_column(ForeignKey("firm.id"), index=True)
    code: Mapped[str] = mapped_column(unique=True)
    invited_at: Mapped[datetime]
    reply: Mapped[Reply] = mapped_column(default=Reply.WAITING)
    person: Mapped[str] = mapped_column(default="")  # who comes; for a bank who may decide
    power: Mapped[Fen | None] = mapped_column(default=None)  # how much this person may decide on, for a bank
    why: Mapped[str] = mapped_column(default="")  # of a no
    shown: Mapped[bool] = mapped_column(default=False)  # the firm lets its name stand on the wall
    replied_at: Mapped[datetime | None] = mapped_column(default=None)
    reminded_at: Mapped[datetime | None] = mapped_column(default=None)
    arrived_at: Mapped[datetime | None] = mapped_column(default=None)
    arrived_by: Mapped[int | None] = mapped_column(default=None)


class RoundClock(Thing):
    """Which round a session is in and how long it still has; every screen reads it from here."""

    __tablename__ = "round_clock"
    __table_args__ = (CheckConstraint("round >= 0 AND seconds >= 0", name="time"),)
    flow: ClassVar[Flow[Ticking]] = CLOCK

    session_id: Mapped[int] = mapped_column(ForeignKey("forum_session.id"), unique=True)
    seconds: Mapped[int]  # left when the clock last stood
    round: Mapped[int] = mapped_column(default=0)
    since: Mapped[datetime | None] = mapped_column(default=None)  # running from then on
    state: Mapped[Ticking] = mapped_column(default=Ticking.READY)


class Intent(Thing):
    """What a bank said of one talk (意向), once: by itself at the table, or typed by the office from its answer sheet."""

    __tablename__ = "intent"
    __table_args__ = (
        UniqueConstraint("session_id", "match_id"),
        CheckConstraint("(said = 'intends') = (amount IS NOT NULL)", name="sum"),
        CheckConstraint("amount IS NULL OR amount > 0", name="positive"),
        CheckConstraint("typed_by IS NULL OR signed <> ''", name="signed"),
    )

    session_id: Mapped[int] = mapped_column(ForeignKey("forum_session.id"))
    match_id: Mapped[int] = mapped_column(ForeignKey("match.id"))
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"), index=True)
    round: Mapped[int]
    said: Mapped[Said]
    amount: Mapped[Fen | None]
    at: Mapped[datetime]
    by: Mapped[int]
    by_name: Mapped[str]
    typed_by: Mapped[int | None] = mapped_column(default=None)  # the officer who typed it from paper
    signed: Mapped[str] = mapped_column(default="")  # who signed the answer sheet
