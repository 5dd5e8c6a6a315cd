"""Working hours (办公时间): when so many of them are over, counted on working days within office hours. No database here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")
#: The parts of a working day, each from minute to minute after midnight in Beijing, in order.
Parts = Sequence[tuple[int, int]]
#: Where the office would never open: a limit must end some day.
WHOLE_DAY: Parts = ((0, 24 * 60),)


def after(works: Callable[[date], bool], parts: Parts, start: datetime, minutes: int) -> datetime:
    """The moment at which so many working minutes since `start` are over, in Beijing; `minutes` above nought.

    What comes in outside of office hours begins to count when the office opens. Seconds count as they are.
    """
    local, left = start.astimezone(BEIJING), timedelta(minutes=minutes)
    day = local.date()
    if not any(end > begin for begin, end in parts):
        parts = WHOLE_DAY
    while True:
        for begin, end in parts if works(day) else ():
            first, last = max(_at(day, begin), local), _at(day, end)
            if last - first >= left:
                return first + left
            left -= max(last - first, timedelta(0))
        day += timedelta(days=1)


def _at(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(0), BEIJING) + timedelta(minutes=minute)
