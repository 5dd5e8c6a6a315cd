"""Periods of statistics (期间): month, quarter, half-year, year; which one ended on a day, and which came before. No database here."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

DAY = timedelta(days=1)


class Span(StrEnum):
    """How long a period is (一月一调度、一季一推进、半年一小结、年终算总账)."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


MONTHS = {Span.MONTH: 1, Span.QUARTER: 3, Span.HALF: 6, Span.YEAR: 12}


def ended(span: Span, end: date) -> bool:
    """Whether a period of this length ends with the month that ends on a day."""
    return end.month % MONTHS[span] == 0


def started(span: Span, end: date) -> date:
    """The first day of the period that ends on a day."""
    return date(end.year, end.month - MONTHS[span] + 1, 1)


def before(span: Span, since: date) -> tuple[date, date]:
    """First and last day of the period before the one that begins on a day."""
    end = since - DAY
    return started(span, end), end


def last_year(since: date, until: date) -> tuple[date, date]:
    """The same period of the year before; both days are the first and last of months."""
    return since.replace(year=since.year - 1), (until + DAY).replace(year=(until + DAY).year - 1) - DAY
