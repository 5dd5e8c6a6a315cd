"""Surveys as stored."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, synonym

from financing.db import Thing
from financing.diligence.rules import FLOW, Advice, SurveyState
from financing.flow import Flow
from financing.money import Fen, Rate
from scoring.repayment import Repayment


class Survey(Thing):
    """One look at a firm for one need by two officers (尽职调查): the first goes there, the second reads it and says what they think.

    What the first wrote never changes; a second visit is a new survey. Once the second has spoken, nothing changes any more.
    """

    __tablename__ = "survey"
    __table_args__ = (
        CheckConstraint("second_id IS NULL OR second_id <> officer_id", name="two_people"),
        CheckConstraint("(state = 'reviewed') = (second_id IS NOT NULL)", name="spoken"),
        Index("ix_survey_need", "need_id", "at"),
        Index("ix_survey_standing", "state", "need_id"),
    )
    flow: ClassVar[Flow[SurveyState]] = FLOW

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    officer_id: Mapped[int]  # A角
    officer_name: Mapped[str]
    visited_on: Mapped[date]
    place: Mapped[str]
    found: Mapped[list[Any]]  # one entry a check: key, result, value, on, facts
    photos: Mapped[list[Any]]  # papers: id, name, sha256
    changed: Mapped[list[Any]]  # facts that are other than they were on file
    rate: Mapped[Rate]  # assumed for the loan
    repayment: Mapped[Repayment]
    other: Mapped[Fen | None]  # what existing loans ask in a year; None: not stated
    advice: Mapped[Advice]
    opinion: Mapped[str]
    at: Mapped[datetime]
    second_id: Mapped[int | None] = mapped_column(default=None)  # B角
    second_name: Mapped[str] = mapped_column(default="")
    second_advice: Mapped[Advice | None] = mapped_column(default=None)
    second_opinion: Mapped[str] = mapped_column(default="")
    second_at: Mapped[datetime | None] = mapped_column(default=None)
    state: Mapped[SurveyState] = mapped_column(default=SurveyState.VISITED)

    survey_id: Mapped[int] = synonym("id", init=False)
