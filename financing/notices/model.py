"""Notices (通知) as stored: who should look at what; nothing confidential stands in them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from financing.acts import Act
from financing.db import Thing


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
