"""The yearly survey as stored: one a year, one answer of each firm, and who was reminded."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing


class YearlySurvey(Thing):
    """The survey of one year (调查摸底)."""

    __tablename__ = "help_survey"
    __table_args__ = (UniqueConstraint("year"),)

    year: Mapped[int]
    opened_on: Mapped[date]
    opened_at: Mapped[datetime]
    due_on: Mapped[date]


class SurveyAnswer(Thing):
    """What one firm answered, once: topic, wish and words of each question."""

    __tablename__ = "help_survey_answer"
    __table_args__ = (UniqueConstraint("survey_id", "firm_id"),)

    survey_id: Mapped[int] = mapped_column(ForeignKey("help_survey.id"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    answers: Mapped[list[Any]]
    on_paper: Mapped[bool]  # typed by the office
    at: Mapped[datetime]
    by: Mapped[int]
    by_name: Mapped[str]


class SurveyReminder(Thing):
    """A firm was told of the survey: 0 as it opened, 1 and 2 while the answer was missing; each once."""

    __tablename__ = "help_survey_reminder"
    __table_args__ = (UniqueConstraint("survey_id", "firm_id", "mark"),)

    survey_id: Mapped[int] = mapped_column(ForeignKey("help_survey.id"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    mark: Mapped[int]
    told_on: Mapped[date]
