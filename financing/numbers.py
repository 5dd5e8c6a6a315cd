"""Readable running numbers (编号) such as XQ2026-0001: one counter a prefix and year, without gaps or doubles."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from financing.db import Base
from financing.upsert import put_if_absent


class Series(StrEnum):
    NEED = "XQ"
    CASE = "DB"
    MEETING = "PS"
    RESOLUTION = "JY"
    CONSENT = "SQ"
    DOSSIER = "DA"
    ROUND = "PL"
    SESSION = "DJ"
    CHANGE = "BG"
    GUARANTEE = "BH"
    INTENT = "YX"
    REFUSAL = "GZ"
    MINUTES = "JM"
    AGREEMENT = "XY"


class Counter(Base):
    """The last number given in one series and year."""

    __tablename__ = "counter"

    series: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(default=0)


def take_number(session: Session, series: Series, year: int) -> str:
    """The next number; the row stays locked until the commit, so two people never get the same."""
    put_if_absent(session, Counter, series=series.value, year=year, last=0)
    wanted = select(Counter).where(Counter.series == series.value, Counter.year == year).with_for_update()
    counter = session.execute(wanted).scalar_one()
    counter.last += 1
    session.flush()
    return f"{series.value}{year}-{counter.last:04d}"
