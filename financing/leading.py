"""What one of many processes does for all of them (每日一次): the daily run, once a day, whichever server or worker comes first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from financing.db import Base, Database

#: Any number, as long as nothing else of this database locks it.
DAILY = 7_301_202_601


class DailyRun(Base):
    """A day whose run is done; it is written when all of it is done, so one that broke off is done again."""

    __tablename__ = "daily_run"

    day: Mapped[date] = mapped_column(primary_key=True)
    done_at: Mapped[datetime]


@contextmanager
def leading(database: Database) -> Iterator[bool]:
    """Whether this process is the one, until the block ends: a lock of PostgreSQL that goes with its connection; SQLite has one process."""
    if database.writer.dialect.name == "sqlite":
        yield True
        return
    with database.single.connect() as connection:
        first = bool(connection.scalar(select(func.pg_try_advisory_lock(DAILY))))
        try:
            yield first
        finally:
            if first:
                connection.execute(select(func.pg_advisory_unlock(DAILY)))


def ran(session: Session, day: date) -> bool:
    return session.get(DailyRun, day) is not None
