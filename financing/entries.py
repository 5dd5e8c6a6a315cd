"""Settings of the zone by date (设置), as written once: figures, days of the calendar, and how an open desk finds them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from typing import Literal, cast

from sqlalchemy import CheckConstraint, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from financing import calendar, parameters
from financing.calendar import Calendar, Kind
from financing.db import Thing
from financing.parameters import Figure


class Setting(StrEnum):
    """What an entry is about."""

    FIGURE = "figure"  # key: the figure's; value: a whole number in its unit
    DAY = "day"  # key: the day; value: whether offices are open
    YEAR = "year"  # key: the year; its arrangement is known


class SettingEntry(Thing):
    """One value from a day on, as somebody set it and, for a figure, somebody else confirmed it; never changed, only followed."""

    __tablename__ = "setting_entry"
    __table_args__ = (
        UniqueConstraint("seq"),
        CheckConstraint("value >= 0", name="value"),
        CheckConstraint("kind = 'figure' OR value <= 1", name="open"),
        CheckConstraint("kind <> 'figure' OR (confirmed_by IS NOT NULL AND confirmed_by <> entered_by)", name="two"),
    )

    seq: Mapped[int]  # the order in which they were set: of two from one day the later one counts
    kind: Mapped[Setting]
    key: Mapped[str]
    value: Mapped[int]
    since: Mapped[date]
    why: Mapped[str]
    source: Mapped[str]
    confidence: Mapped[str]
    entered_at: Mapped[datetime]
    entered_by: Mapped[int]
    enterer: Mapped[str]
    confirmed_by: Mapped[int | None] = mapped_column(default=None)
    confirmer: Mapped[str] = mapped_column(default="")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that the zone has set, up to one entry."""

    figures: tuple[Figure, ...]
    calendar: Calendar


#: The latest picture of each database, by its last entry: another process may have added one, so each desk asks for the last.
_kept: dict[str, tuple[tuple[int, int] | None, Snapshot]] = {}


def of(session: Session) -> Snapshot:
    """What the zone has set, as this session sees it: one indexed statement, and all entries only when there is a new one."""
    known: Snapshot | None = session.info.get("zone")
    if known is None:
        known = session.info["zone"] = _found(session)
    return known


def forget(session: Session) -> None:
    """This session has just written an entry."""
    session.info.pop("zone", None)


def reading(session: Session) -> Callable[[], tuple[Figure, ...]]:
    """How `parameters.figure` finds the zone's figures while this session's desk is open."""
    return partial(_figures, session)


def last(session: Session) -> tuple[int, int] | None:
    """Number and id of the last entry. Ids are random: a number given twice, after a rollback, is never taken for the same."""
    row = session.execute(select(SettingEntry.seq, SettingEntry.id).order_by(SettingEntry.seq.desc()).limit(1)).first()
    return (row[0], row[1]) if row else None


def take_seq(session: Session) -> int:
    """The next number; of two people at once the second is turned back by the database and tries again."""
    session.flush()
    return (session.scalar(select(func.max(SettingEntry.seq))) or 0) + 1


def _figures(session: Session) -> tuple[Figure, ...]:
    return of(session).figures


def _found(session: Session) -> Snapshot:
    where = str(session.get_bind().engine.url)
    with session.no_autoflush:
        mark, (kept, picture) = last(session), _kept.get(where, (None, PLAIN))
        if mark is None:
            return PLAIN
        if mark != kept:
            picture = _picture(list(session.scalars(select(SettingEntry).order_by(SettingEntry.seq))))
            _kept[where] = (mark, picture)
    return picture


def _picture(entries: list[SettingEntry]) -> Snapshot:
    units = {figure.key: figure.unit for figure in parameters.figures()}
    figures = tuple(
        Figure(
            one.key, one.value, units[one.key], one.since, one.source, cast("Literal['A', 'B', 'C']", one.confidence)
        )
        for one in entries
        if one.kind is Setting.FIGURE and one.key in units
    )
    days = {one.since: Kind.WORK if one.value else Kind.OFF for one in entries if one.kind is Setting.DAY}
    years = frozenset(int(one.key) for one in entries if one.kind is Setting.YEAR)
    return Snapshot(figures, calendar.published().amended(days, years))


PLAIN = Snapshot((), calendar.published())
