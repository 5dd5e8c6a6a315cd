"""What is wrong with what is on file, as stored: one row for each rule and subject, kept when it is put right."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing
from financing.quality.rules import Fault, Severity


class Finding(Thing):
    """One rule that one firm or need does not meet (数据质量问题): open, accepted with a reason, or gone."""

    __tablename__ = "quality_finding"
    __table_args__ = (
        UniqueConstraint("subject_id", "fault"),
        CheckConstraint("(accepted_at IS NULL) = (accepted_by IS NULL)", name="accepted"),
        Index("ix_quality_finding_open", "gone_at", "accepted_at", "fault"),
    )

    subject_id: Mapped[int]  # the firm or the need
    need_id: Mapped[int | None]  # where it is a need
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    fault: Mapped[Fault]
    severity: Mapped[Severity]
    figures: Mapped[dict[str, Any]]  # what fills its sentence
    found_at: Mapped[datetime]
    gone_at: Mapped[datetime | None] = mapped_column(default=None)
    accepted_at: Mapped[datetime | None] = mapped_column(default=None)
    accepted_by: Mapped[int | None] = mapped_column(default=None)
    accepter: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
