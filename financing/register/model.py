"""Figures of the company that no ledger knows, typed for a month, and alarms of policy ratios, as stored."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Index, column
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing
from financing.flow import Flow
from financing.register.figure_rules import FIGURES_FLOW, FiguresState
from financing.register.policy import Ratio

_WAITS = column("state") == FiguresState.PROPOSED.value
_RINGS = column("until").is_(None)


class ReturnFigures(Thing):
    """What one person typed for the return of a month and another confirmed (月报填报数, I-20); the newest confirmed one counts."""

    __tablename__ = "return_figure"
    __table_args__ = (
        CheckConstraint("proposed_by <> decided_by", name="two_people"),
        CheckConstraint("(state = 'proposed') = (decided_by IS NULL)", name="decided"),
        Index("uq_return_figure_open", "month", unique=True, sqlite_where=_WAITS, postgresql_where=_WAITS),
        Index("ix_return_figure_month", "month", "decided_at"),
    )
    flow: ClassVar[Flow[FiguresState]] = FIGURES_FLOW

    month: Mapped[date]  # its last day
    figures: Mapped[dict[str, Any]]  # line of the return -> fen, or a number of customers or people
    proposed_at: Mapped[datetime]
    proposed_by: Mapped[int]
    proposer: Mapped[str]
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    decided_by: Mapped[int | None] = mapped_column(default=None)
    decider: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")  # why they were turned down
    state: Mapped[FiguresState] = mapped_column(default=FiguresState.PROPOSED)


class RatioAlarm(Thing):
    """A policy ratio beyond its bar (越线): from the day it was found until the day it was kept again."""

    __tablename__ = "ratio_alarm"
    __table_args__ = (
        CheckConstraint("until IS NULL OR until >= since", name="days"),
        Index("uq_ratio_alarm_open", "ratio", unique=True, sqlite_where=_RINGS, postgresql_where=_RINGS),
    )

    ratio: Mapped[Ratio]
    since: Mapped[date]
    value: Mapped[int]  # ppm, as found
    bar: Mapped[int]  # ppm
    source: Mapped[str]
    until: Mapped[date | None] = mapped_column(default=None)
