"""Periodic statistics (定期统计): a month, a quarter, a half-year, a year, sealed as an issued paper and never changed.

Each is made once, by the first daily run on or after so many working days after its period ends, also after days of downtime. It follows
the needs handed in within the period as far as they had come by its end, and does the same for the period before and for the same one
of last year: like is compared with like. A correction is a new paper with a reason; the old one is then superseded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple
from datetime import date
from typing import Any

from sqlalchemy import func, select

from financing.access import require
from financing.acts import Act
from financing.desk import Desk
from financing.figures import plan, views
from financing.figures.funnel import funnel
from financing.figures.model import Track
from financing.figures.ratio_rules import guarded_key
from financing.figures.rules import LEAST_FIRMS, Asked, Figure, Volume, guarded
from financing.figures.spans import DAY, Span, before, ended, last_year, started
from financing.figures.volumes import volumes
from financing.journal import Private
from financing.letters import papers
from financing.letters.paper_model import IssuedPaper
from financing.letters.rules import LetterKind
from financing.numbers import Series, take_number
from financing.parameters import figure
from financing.parties.identity import passage

BACK = 13  # months: what ended longer ago is not made up for


def due(desk: Desk) -> list[int]:
    """The periods whose statistic is to be made by today and stands nowhere yet, as subjects, the earliest first."""
    begun = desk.session.scalar(select(func.min(Track.submitted)))
    if begun is None:
        return []
    days = figure("statistics_working_days", desk.today).value
    made = {one.subject_id for one in desk.all(IssuedPaper, IssuedPaper.kind == LetterKind.STATISTICS)}
    return [
        subject(span, end)
        for span, end in _over(desk.today)
        if end >= date.fromordinal(begun)
        and desk.calendar.after(end, days).day <= desk.today
        and subject(span, end) not in made
    ]


def make(desk: Desk, about: int) -> int:
    """Make the statistic of one period; nought when it stands already."""
    span, end = period_of(about)
    if papers.standing_for(desk, LetterKind.STATISTICS, about) is not None:
        return 0
    _issue(desk, span, end, record(desk, span, end))
    return 1


def correct(desk: Desk, paper: IssuedPaper, why: str) -> IssuedPaper:
    """Issue a statistic anew, as its period is worked out now, with the reason; the former paper is superseded."""
    span, end = period_of(paper.subject_id)
    said = record(desk, span, end) | {"correction": passage(why, "why"), "replaces": paper.number}
    return _issue(desk, span, end, said)


def subject(span: Span, end: date) -> int:
    """One number for one period, for the papers that are about it."""
    return end.toordinal() * 10 + list(Span).index(span)


def period_of(about: int) -> tuple[Span, date]:
    return list(Span)[about % 10], date.fromordinal(about // 10)


def record(desk: Desk, span: Span, end: date) -> dict[str, Any]:
    """Everything the paper says, as plain values; groups of too few firms are not in it."""
    since = started(span, end)
    former, year = before(span, since), last_year(since, end)
    asked = Asked(since, end, end)
    found = views.plain(views.worked_out(desk, asked))
    return {
        "span": span.value,
        "since": since.isoformat(),
        "until": end.isoformat(),
        "steps": _steps(found.steps),
        "keys": [[k.ratio.value, k.value, k.part, k.whole, None, k.hidden] for k in map(guarded_key, found.keys)],
        "months": {volume.value: [_shown(one) for one in rows] for volume, rows in found.months.items()},
        "volumes": _volumes(desk, since, end),
        "former": {"since": former[0].isoformat(), "until": former[1].isoformat(), **_compared(desk, *former)},
        "year": {"since": year[0].isoformat(), "until": year[1].isoformat(), **_compared(desk, *year)},
        "plan": plan.of_period(desk, since, end),
    }


def _compared(desk: Desk, since: date, until: date) -> dict[str, Any]:
    steps = funnel(desk.session, Asked(since, until, until))
    return {"steps": _steps(steps), "volumes": _volumes(desk, since, until)}


def _steps(steps: tuple[Figure, ...]) -> list[list[Any]]:
    rows = [guarded(one) for one in steps]
    return [
        [o.step.value, o.count, o.firms, o.sum.fen, None if o.days is None else str(o.days), o.hidden] for o in rows
    ]


def _volumes(desk: Desk, since: date, until: date) -> dict[str, list[int] | None]:
    return {volume.value: _shown(volumes(desk.session, volume, [since, until + DAY])[0]) for volume in Volume}


def _shown(amount: Any) -> list[int] | None:
    """None where fewer than five firms, but some, stand behind it."""
    return None if 0 < amount.firms < LEAST_FIRMS else list(astuple(amount))


def _over(today: date) -> Iterator[tuple[Span, date]]:
    """Every period that ended in the last months, the earliest first."""
    first = today.year * 12 + today.month - 1 - BACK
    for number in range(first, today.year * 12 + today.month - 1):
        end = date((number + 1) // 12, (number + 1) % 12 + 1, 1) - DAY
        yield from ((span, end) for span in Span if ended(span, end))


def _issue(desk: Desk, span: Span, end: date, said: dict[str, Any]) -> IssuedPaper:
    require(desk.actor, Act.ISSUE_STATISTICS, None)
    number = take_number(desk.session, Series.STATISTICS, desk.today.year)
    paper = papers.put(desk, LetterKind.STATISTICS, subject(span, end), said, number=number)
    why = Private(said.get("correction", ""))
    desk.note(Act.ISSUE_STATISTICS, paper, number=paper.number, digest=paper.digest, span=span, until=end, why=why)
    return paper
