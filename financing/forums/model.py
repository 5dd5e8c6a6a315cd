"""Forum sessions, tables and talks as stored."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from financing import finding
from financing.db import Thing
from financing.flow import Flow
from financing.forums.rules import FLOW, SessionState


class ForumSession(Thing):
    """One meeting of banks and firms (银企对接会) of the standing forum."""

    __tablename__ = "forum_session"
    __table_args__ = (
        CheckConstraint("rounds > 0 AND minutes > 0", name="rounds"),
        CheckConstraint("least_talks > 0 AND least_talks <= rounds", name="least_talks"),
    )
    flow: ClassVar[Flow[SessionState]] = FLOW

    number: Mapped[str] = mapped_column(unique=True)  # DJ2026-02
    title: Mapped[str]
    day: Mapped[date]
    place: Mapped[str]
    starts: Mapped[str]  # "09:00" in Beijing
    rounds: Mapped[int]
    minutes: Mapped[int]  # a round
    least_talks: Mapped[int] = mapped_column(
        default=1, server_default="1"
    )  # talks each firm shall have, where it wants as many (至少几场)
    state: Mapped[SessionState] = mapped_column(default=SessionState.PLANNED)


class BankTable(Thing):
    """A bank's table at a session."""

    __tablename__ = "bank_table"
    __table_args__ = (UniqueConstraint("session_id", "bank_id"),)

    session_id: Mapped[int] = mapped_column(ForeignKey("forum_session.id"))
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"))
    place: Mapped[int]  # number on the card


class Talk(Thing):
    """One firm at one bank's table in one round; neither can sit in two places at once."""

    __tablename__ = "talk"
    __table_args__ = (
        UniqueConstraint("session_id", "round", "bank_id"),
        UniqueConstraint("session_id", "round", "firm_id"),
    )

    session_id: Mapped[int] = mapped_column(ForeignKey("forum_session.id"))
    round: Mapped[int]
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    match_id: Mapped[int] = mapped_column(ForeignKey("match.id"))


class ClosedRound(Thing):
    """A round in which a bank or a firm is not there (缺席); nobody named: the round is lost to all."""

    __tablename__ = "closed_round"

    session_id: Mapped[int] = mapped_column(ForeignKey("forum_session.id"), index=True)
    round: Mapped[int]
    bank_id: Mapped[int | None] = mapped_column(ForeignKey("bank.id"))
    firm_id: Mapped[int | None] = mapped_column(ForeignKey("firm.id"))


finding.kept(ForumSession, name="title")
