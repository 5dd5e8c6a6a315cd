"""Notices (通知) as stored: who should look at what, by which ways it is told, and every message that went out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, column
from sqlalchemy.orm import Mapped, mapped_column

from financing.acts import Act
from financing.db import Thing
from financing.notices.rules import Fate, Habits, Medium, Parceled, Robot, Trouble
from financing.sealing import SealedColumn

LIVE = column("ended_at").is_(None)
DIGEST = column("kind") == "digest"


class Notice(Thing):
    """One thing one person should know: an act on a matter, by its number."""

    __tablename__ = "notice"
    __table_args__ = (UniqueConstraint("user_id", "once"), Index("ix_notice_user", "user_id", "at"))

    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    once: Mapped[str]
    act: Mapped[Act]
    number: Mapped[str]
    subject_id: Mapped[int]
    at: Mapped[datetime]
    seen_at: Mapped[datetime | None] = mapped_column(default=None)


class NoticeAddress(Thing):
    """Where one person is told outside of the site; nothing but a code goes there until it is confirmed."""

    __tablename__ = "notice_address"
    __table_args__ = (
        CheckConstraint("(medium = 'chat') = (robot IS NOT NULL)", name="robot"),
        CheckConstraint("sealed IS NULL OR secret = ''", name="in_clear"),
        Index("uq_notice_address_live", "user_id", "medium", unique=True, sqlite_where=LIVE, postgresql_where=LIVE),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    medium: Mapped[Medium]
    robot: Mapped[Robot | None]
    target: Mapped[str]  # an e-mail address, or the robot's https address
    asked_at: Mapped[datetime]
    sealed: Mapped[bytes | None] = mapped_column(SealedColumn, default=None)  # what its messages are signed with
    secret: Mapped[str] = mapped_column(
        default=""
    )  # the same in clear, of an address from before; sealed at the next start
    tries: Mapped[int] = mapped_column(default=0)
    confirmed_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    trouble: Mapped[Trouble | None] = mapped_column(default=None)  # the last message did not get through
    trouble_at: Mapped[datetime | None] = mapped_column(default=None)


class NoticeHabit(Thing):
    """How one person wants to be told."""

    __tablename__ = "notice_habit"
    __table_args__ = (
        UniqueConstraint("user_id"),
        CheckConstraint(
            "hour BETWEEN 0 AND 23 AND quiet_from BETWEEN 0 AND 23 AND quiet_until BETWEEN 0 AND 23", name="hours"
        ),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    lang: Mapped[str]
    hour: Mapped[int]
    workdays: Mapped[bool]
    quiet_from: Mapped[int]
    quiet_until: Mapped[int]
    paces: Mapped[dict[str, Any]]

    @property
    def habits(self) -> Habits:
        return Habits(self.lang, self.hour, self.workdays, self.quiet_from, self.quiet_until, self.paces)


class Parcel(Thing):
    """One message (投递): its id is the message's own, so that a message sent again is the same message."""

    __tablename__ = "notice_parcel"
    __table_args__ = (
        CheckConstraint("(fate = 'sent') = (sent_at IS NOT NULL)", name="sent"),
        Index("ix_notice_parcel_due", "fate", "due_at"),
        Index(
            "uq_notice_parcel_digest", "address_id", "due_at", unique=True, sqlite_where=DIGEST, postgresql_where=DIGEST
        ),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    address_id: Mapped[int] = mapped_column(ForeignKey("notice_address.id"), index=True)
    medium: Mapped[Medium]
    kind: Mapped[Parceled]
    made_at: Mapped[datetime]
    due_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    fate: Mapped[Fate] = mapped_column(default=Fate.WAITING)
    trouble: Mapped[Trouble | None] = mapped_column(default=None)
    sent_at: Mapped[datetime | None] = mapped_column(default=None)


class Delivery(Thing):
    """One notice by one way: exactly one, in one message."""

    __tablename__ = "notice_delivery"
    __table_args__ = (UniqueConstraint("notice_id", "medium"),)

    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"))
    medium: Mapped[Medium]
    parcel_id: Mapped[int] = mapped_column(ForeignKey("notice_parcel.id"), index=True)
