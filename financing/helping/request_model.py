"""Requests of firms as stored: what was asked, what was said about it, how the firm liked it."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing
from financing.flow import Flow
from financing.helping.rules import REQUEST_FLOW, RequestState, Side, Span, Topic
from financing.ratings.rules import Grade


class HelpRequest(Thing):
    """What a firm asks the zone to help with (诉求). What was asked never changes; only the firm closes it."""

    __tablename__ = "help_request"
    __table_args__ = (
        UniqueConstraint("number"),
        UniqueConstraint("source_id", "topic"),
        CheckConstraint(
            "state IN ('raised', 'withdrawn') OR (signed_at IS NOT NULL AND span IS NOT NULL)", name="signed"
        ),
        CheckConstraint("(signed_at IS NULL) = (due_on IS NULL)", name="due"),
        CheckConstraint("state NOT IN ('answered', 'reopened', 'final', 'closed') OR answer <> ''", name="answer"),
        CheckConstraint("state NOT IN ('reopened', 'final') OR reopened_at IS NOT NULL", name="reopened"),
        CheckConstraint("(state IN ('closed', 'withdrawn')) = (ended_at IS NOT NULL)", name="ended"),
        Index("ix_help_request_due", "state", "due_on"),
        Index("ix_help_request_helper", "helper_id", "state"),
    )
    flow: ClassVar[Flow[RequestState]] = REQUEST_FLOW

    number: Mapped[str]
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    topic: Mapped[Topic]
    title: Mapped[str]
    says: Mapped[str]
    raised_at: Mapped[datetime]
    raised_by: Mapped[int]
    raiser: Mapped[str]
    sign_by: Mapped[datetime]  # so many working hours after it was raised
    helper_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))  # who helps the firm; nobody: every officer
    helper: Mapped[str]
    source_id: Mapped[int | None]  # the answer to the survey, or the appointment, that it comes from
    span: Mapped[Span | None] = mapped_column(default=None)
    signed_at: Mapped[datetime | None] = mapped_column(default=None)
    signer: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None] = mapped_column(default=None)
    first_due_on: Mapped[date | None] = mapped_column(default=None)  # before it was opened again
    answer: Mapped[str] = mapped_column(default="")
    answered_on: Mapped[date | None] = mapped_column(default=None)
    first_answered_on: Mapped[date | None] = mapped_column(default=None)
    reopened_at: Mapped[datetime | None] = mapped_column(default=None)
    reminded_on: Mapped[date | None] = mapped_column(default=None)  # the firm, that it may close
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    state: Mapped[RequestState] = mapped_column(default=RequestState.RAISED)


class HelpWord(Thing):
    """A word on a request by either side (补充与进展), written once, with a paper of the firm perhaps."""

    __tablename__ = "help_word"

    request_id: Mapped[int] = mapped_column(ForeignKey("help_request.id"), index=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"))
    side: Mapped[Side]
    text: Mapped[str]
    paper_id: Mapped[int | None] = mapped_column(ForeignKey("paper.id"))
    at: Mapped[datetime]
    by: Mapped[int]
    by_name: Mapped[str]


class HelpRating(Thing):
    """How a firm liked the handling of one closed request (好差评): once; who handled it is never shown it."""

    __tablename__ = "help_rating"
    __table_args__ = (UniqueConstraint("request_id"), Index("ix_help_rating_helper", "helper_id", "given_on"))

    request_id: Mapped[int] = mapped_column(ForeignKey("help_request.id"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    helper_id: Mapped[int | None]
    grade: Mapped[Grade]
    says: Mapped[str]
    given_on: Mapped[date]
    given_at: Mapped[datetime]
