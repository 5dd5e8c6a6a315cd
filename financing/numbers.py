"""Readable running numbers (编号) such as XQ2026-0001: one counter a prefix and year, without gaps or doubles."""

from __future__ import annotations

import re
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
    STATISTICS = "TJ"
    CONDUCT = "WG"
    COMPENSATION = "DC"
    COMPENSATION_DECISION = "DD"
    RECOVERY = "ZC"
    REVIEW = "FP"
    BRIDGE = "YJ"
    PROMISE = "XC"
    EVENT = "HD"
    INSPECTION = "JC"
    TASK = "RW"
    DISPATCH = "DH"
    BULLETIN = "KB"
    REQUEST = "BF"
    APPOINTMENT = "HM"
    POLICY = "HQ"
    CLAIM = "BT"
    EMERGENCY = "JJ"
    OBJECTION = "YY"
    ERASURE = "SC"
    IMPACT = "PG"
    PERMIT = "TY"
    INCIDENT = "SJ"


#: A number as people type it: the series and the year may be left out, and so may noughts in front.
TYPED = re.compile(r"(?:([A-Z]{2})?(\d{4})-)?(\d{1,6})")
#: Years looked through where none is typed.
YEARS = 3


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


def meant(series: Series, typed: str, year: int) -> list[str]:
    """The numbers of a series that somebody may mean, the nearest first: as typed, filled up in front, and as a beginning."""
    found = TYPED.fullmatch(typed.strip().upper())
    if found is None or (found[1] or series.value) != series.value:
        return []
    written, digits = found[2], found[3]
    years = [int(written)] if written else [year - back for back in range(YEARS)]
    missing = 4 - len(digits) if written and len(digits) in {2, 3} else 0
    later = [f"{digits}{end:0{missing}d}" for end in range(10**missing)] if missing else []
    return [f"{series.value}{one}-{end}" for one in years for end in dict.fromkeys([digits.zfill(4), *later])]
