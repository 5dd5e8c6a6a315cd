"""Issues of the bulletin (企业手机报), who takes it, and every message that an issue became, as stored."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from financing.bulletins.rules import FLOW, BulletinState, Section, Topic
from financing.db import Thing
from financing.figures.spans import Span
from financing.flow import Flow
from financing.notices.rules import Medium


class Bulletin(Thing):
    """One issue (一期): of a period there is never a second one; one without a period is sent when something happens."""

    __tablename__ = "bulletin"
    __table_args__ = (
        UniqueConstraint("span", "until"),
        CheckConstraint("(span IS NULL) = (until IS NULL)", name="period"),
        CheckConstraint("state NOT IN ('proposed', 'published') OR proposed_by IS NOT NULL", name="proposed"),
        CheckConstraint("(state = 'published') = (decided_by IS NOT NULL)", name="published"),
        CheckConstraint("(state = 'published') = (send_at IS NOT NULL)", name="sent"),
        CheckConstraint("decided_by <> proposed_by", name="two_people"),
    )
    flow: ClassVar[Flow[BulletinState]] = FLOW

    number: Mapped[str] = mapped_column(unique=True)  # KB2026-0001
    span: Mapped[Span | None]
    until: Mapped[date | None]
    title: Mapped[str]
    sections: Mapped[list[Any]]
    drafted_at: Mapped[datetime]
    publish_by: Mapped[date]  # the day by which it should be out
    wanted_at: Mapped[datetime | None] = mapped_column(default=None)  # when it shall go out; none: at once
    send_at: Mapped[datetime | None] = mapped_column(default=None)  # from when it is out
    proposed_at: Mapped[datetime | None] = mapped_column(default=None)
    proposed_by: Mapped[int | None] = mapped_column(default=None)
    proposer: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    decided_by: Mapped[int | None] = mapped_column(default=None)
    decider: Mapped[str] = mapped_column(default="")
    digest: Mapped[str] = mapped_column(default="")  # sha256 of what was published
    answer: Mapped[str] = mapped_column(default="")  # why it was sent back, or dropped
    state: Mapped[BulletinState] = mapped_column(default=FLOW.start)

    @property
    def told(self) -> tuple[Section, ...]:
        """Its sections."""
        return tuple(Section.read(one) for one in self.sections)


class Subscription(Thing):
    """What one person wants to read, and by which ways (订阅)."""

    __tablename__ = "bulletin_subscription"
    __table_args__ = (UniqueConstraint("user_id"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    topics: Mapped[list[Any]]
    media: Mapped[list[Any]]
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)

    @property
    def live(self) -> bool:
        return self.ended_at is None

    @property
    def wanted(self) -> frozenset[Topic]:
        return frozenset(map(Topic, self.topics))


class BulletinDelivery(Thing):
    """One issue to one reader by one way (发送记录): never a second time."""

    __tablename__ = "bulletin_delivery"
    __table_args__ = (UniqueConstraint("bulletin_id", "user_id", "medium"), UniqueConstraint("parcel_id"))

    bulletin_id: Mapped[int] = mapped_column(ForeignKey("bulletin.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str]
    medium: Mapped[Medium]
    parcel_id: Mapped[int] = mapped_column(ForeignKey("notice_parcel.id"))
    at: Mapped[datetime]
