"""What banks asked firms for, and how long a bank's clock stood still for it, as stored."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing
from financing.flow import Flow
from financing.offers.ask_rules import FLOW, AskState, Item

OPEN: ColumnElement[bool] = literal_column("ended_at IS NULL")
RUNNING: ColumnElement[bool] = literal_column("until IS NULL")


class ItemAsk(Thing):
    """One item that a bank asked the firm for (补充事项), and the paper or figure it was answered with (F89)."""

    __tablename__ = "item_ask"
    __table_args__ = (
        CheckConstraint(
            "CASE WHEN state = 'answered' THEN (paper_id IS NULL) <> (figure IS NULL) ELSE paper_id IS NULL AND figure IS NULL END",
            name="answer",
        ),
        CheckConstraint("(state = 'open') = (ended_at IS NULL)", name="ended"),
        CheckConstraint("figure >= 0", name="figure"),
        Index("ix_item_ask_standing", "state", "due_on"),
        Index("uq_item_ask_open", "match_id", "item", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )
    flow: ClassVar[Flow[AskState]] = FLOW

    match_id: Mapped[int] = mapped_column(ForeignKey("match.id"), index=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), index=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"), index=True)
    item: Mapped[Item]
    note: Mapped[str]  # which period, what is wrong with the former answer
    asked_at: Mapped[datetime]
    asked_by: Mapped[int]
    asked_by_name: Mapped[str]
    due_on: Mapped[date]  # the firm's last day
    again: Mapped[bool]  # the same bank has asked this firm for it before (F90)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    paper_id: Mapped[int | None] = mapped_column(ForeignKey("paper.id"), default=None)
    figure: Mapped[int | None] = mapped_column(default=None)  # fen for money, else in the unit of the item
    answered_by_name: Mapped[str] = mapped_column(default="")
    state: Mapped[AskState] = mapped_column(default=AskState.OPEN)


class ClockPause(Thing):
    """Days on which a bank's answer was not counted, because the firm owed it something (暂停计时), with what began it."""

    __tablename__ = "clock_pause"
    __table_args__ = (
        CheckConstraint("until >= since AND due_after >= due_before", name="days"),
        Index("uq_clock_pause_running", "match_id", unique=True, sqlite_where=RUNNING, postgresql_where=RUNNING),
    )

    match_id: Mapped[int] = mapped_column(ForeignKey("match.id"), index=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), index=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"))
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"))
    ask_id: Mapped[int] = mapped_column(ForeignKey("item_ask.id"))
    since: Mapped[date]
    due_before: Mapped[date]
    until: Mapped[date | None] = mapped_column(default=None)
    due_after: Mapped[date | None] = mapped_column(default=None)
