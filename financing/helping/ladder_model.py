"""Who was told of what is late in helping firms, as stored."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from financing.clocks.rules import Rung
from financing.db import Thing


class HelpEscalation(Thing):
    """One rung of the ladder told of one late request, appointment, task or policy, once (I-14); the firm sees its own."""

    __tablename__ = "help_escalation"
    __table_args__ = (UniqueConstraint("matter_id", "due_on", "rung"),)

    matter_id: Mapped[int]
    firm_id: Mapped[int | None] = mapped_column(ForeignKey("firm.id"), index=True)
    due_on: Mapped[date]
    rung: Mapped[Rung]
    told_on: Mapped[date]
    at: Mapped[datetime]
    user_id: Mapped[int | None]  # who holds the post; nobody does: everybody of the role was told
