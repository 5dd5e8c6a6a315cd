"""What firms say of how they were served, draws for calling back, and the calls, as stored."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing
from financing.flow import Flow
from financing.ratings.rules import CALL_FLOW, CallMatter, CallReason, CallState, Grade


class Rating(Thing):
    """One rating of one handled need (好差评), given once by the firm and never changed; who handled it is never shown it."""

    __tablename__ = "rating"
    __table_args__ = (UniqueConstraint("need_id"),)

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    officer_id: Mapped[int | None]  # who handled it when it was rated
    grade: Mapped[Grade]
    efficiency: Mapped[Grade | None]
    guidance: Mapped[Grade | None]
    convenience: Mapped[Grade | None]
    usability: Mapped[Grade | None]
    says: Mapped[str]
    given_on: Mapped[date]
    given_at: Mapped[datetime]


#: A call is about one matter and no other.
ONE_MATTER = " + ".join(
    f"CASE WHEN {name} IS NULL THEN 0 ELSE 1 END" for name in ("need_id", "request_id", "inspection_id")
)


class CallDraw(Thing):
    """The matters closed in one month from which some were drawn to be called back (回访抽取), with what anybody draws it again from."""

    __tablename__ = "call_draw"
    __table_args__ = (UniqueConstraint("month"),)

    month: Mapped[date]  # its first day
    seed: Mapped[str]
    line: Mapped[int]  # the line of the journal whose link the seed comes from
    share: Mapped[int]  # ppm of the closed matters
    pool: Mapped[list[Any]]  # numbers of every closed need, request and inspection
    drawn: Mapped[list[Any]]  # numbers of those to be called
    at: Mapped[datetime]


class CallBack(Thing):
    """A call to a firm about how it was served (回访): drawn by lot, or because it was not content."""

    __tablename__ = "call_back"
    __table_args__ = (
        UniqueConstraint("need_id", "reason"),
        UniqueConstraint("request_id"),
        UniqueConstraint("inspection_id"),
        CheckConstraint(f"{ONE_MATTER} = 1", name="matter"),
        CheckConstraint("(reason = 'bad') = (rating_id IS NOT NULL)", name="rating"),
        CheckConstraint("(state = 'called') = (called_at IS NOT NULL AND grade IS NOT NULL)", name="called"),
        Index("ix_call_back_standing", "state", "reason"),
    )
    flow: ClassVar[Flow[CallState]] = CALL_FLOW

    number: Mapped[str]  # of the need, the request or the inspection
    need_id: Mapped[int | None] = mapped_column(ForeignKey("need.id"))
    request_id: Mapped[int | None] = mapped_column(ForeignKey("help_request.id"))
    inspection_id: Mapped[int | None] = mapped_column(ForeignKey("inspection.id"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    officer_id: Mapped[int | None]  # who handled the matter and so does not call
    reason: Mapped[CallReason]
    month: Mapped[date]  # of the draw, or of the rating; its first day
    rating_id: Mapped[int | None] = mapped_column(ForeignKey("rating.id"))
    opened_on: Mapped[date]
    due_on: Mapped[date]
    state: Mapped[CallState]
    verified_at: Mapped[datetime | None] = mapped_column(default=None)
    verified_by: Mapped[int | None] = mapped_column(default=None)
    true: Mapped[bool | None] = mapped_column(default=None)  # whether the complaint was found to be true
    found: Mapped[str] = mapped_column(default="")
    rectified_on: Mapped[date | None] = mapped_column(default=None)
    rectified: Mapped[str] = mapped_column(default="")
    missed: Mapped[int] = mapped_column(default=0)  # calls that nobody took
    called_at: Mapped[datetime | None] = mapped_column(default=None)
    called_by: Mapped[int | None] = mapped_column(default=None)
    grade: Mapped[Grade | None] = mapped_column(default=None)
    heard: Mapped[str] = mapped_column(default="")

    @property
    def matter(self) -> CallMatter:
        if self.request_id is not None:
            return CallMatter.REQUEST
        return CallMatter.NEED if self.need_id is not None else CallMatter.INSPECTION
