"""What somebody typed and has not handed in yet, as stored."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Base


class Unfinished(Base):
    """One form of one account, as typed so far: texts by field, never a password; gone when it is handed in."""

    __tablename__ = "unfinished"

    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    form: Mapped[str] = mapped_column(primary_key=True)
    answers: Mapped[dict[str, Any]]
    stand: Mapped[str]  # the group of questions where the person is
    saved_at: Mapped[datetime]


class Questions(StrEnum):
    """Which form it is: what a firm says of itself, or what it asks for."""

    FIRM = "firm"
    NEED = "need"
