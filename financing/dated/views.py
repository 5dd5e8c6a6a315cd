"""Settings by date as people read them: what is in force, what comes, and everything that ever was, with who and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from financing import entries, parameters
from financing.acts import Act
from financing.dated import rules
from financing.dated.model import SettingProposal
from financing.dated.rules import ProposalState, Subject
from financing.desk import Desk
from financing.entries import Setting, SettingEntry
from financing.parameters import Figure


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure: in force today (None: not yet), the next to come, and the proposal that waits."""

    key: str
    now: Figure | None
    coming: Figure | None
    waiting: SettingProposal | None
    own: bool  # set by the zone, not brought along

    @property
    def any(self) -> Figure:
        """Some entry of it, for name and unit."""
        found = self.now or self.coming
        if found is None:
            raise LookupError(self.key)
        return found


@dataclass(frozen=True, slots=True)
class Step:
    """One value from a day on: by whom it was set and confirmed, empty for what the product brought along."""

    figure: Figure
    why: str
    enterer: str
    entered_at: datetime | None
    confirmer: str
    overruled: bool  # another value was set for the same day afterwards


@dataclass(frozen=True, slots=True)
class FigureHistory:
    line: FigureLine
    steps: tuple[Step, ...]  # the latest day first
    proposals: tuple[SettingProposal, ...]  # that came to nothing or wait, the latest first
    acts: tuple[Act, ...]  # upon the one that waits


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day that differs from the plain week."""

    day: date
    open: bool
    entry: SettingEntry | None  # None: as the product brought it along


@dataclass(frozen=True, slots=True)
class YearPage:
    year: int
    known: bool
    days: tuple[DayLine, ...]
    history: tuple[SettingEntry, ...]


def settings(desk: Desk) -> dict[Subject, list[FigureLine]]:
    """Every figure under its subject, in the order of the file."""
    found = _lines(desk)
    return {one: lines for one in Subject if (lines := [line for line in found if rules.subject(line.key) is one])}


def history(desk: Desk, key: str) -> FigureHistory:
    """Everything that was ever set or proposed of one figure; LookupError for a figure that does not exist."""
    line = next((one for one in _lines(desk) if one.key == key), None)
    if line is None:
        raise LookupError(key)
    own = desk.all(SettingEntry, SettingEntry.kind == Setting.FIGURE, SettingEntry.key == key, by=SettingEntry.seq)
    steps = [Step(figure, "", "", None, "", overruled=False) for figure in parameters.figures() if figure.key == key]
    steps += [_step(one, line.any.unit) for one in own]
    last = {step.figure.since: number for number, step in enumerate(steps)}
    shown = [_with(step, overruled=last[step.figure.since] != number) for number, step in enumerate(steps)]
    open_ones = desk.all(SettingProposal, SettingProposal.key == key, by=SettingProposal.proposed_at.desc())
    kept = tuple(one for one in open_ones if one.state is not ProposalState.ADOPTED)
    acts = desk.acts(line.waiting) if line.waiting else ()
    return FigureHistory(line, tuple(sorted(shown, key=lambda step: step.figure.since, reverse=True)), kept, acts)


def year(desk: Desk, which: int) -> YearPage:
    """One year of the calendar: every day that differs from the plain week, and everything that was set about it."""
    first, last = date(which, 1, 1), date(which, 12, 31)
    about = (SettingEntry.kind != Setting.FIGURE, SettingEntry.since >= first, SettingEntry.since <= last)
    own = desk.all(SettingEntry, *about, by=SettingEntry.seq.desc())
    latest = {one.since: one for one in reversed(own) if one.kind is Setting.DAY}
    calendar = desk.calendar
    days = sorted(day for day in calendar.days if day.year == which)
    lines = tuple(DayLine(day, calendar.works(day), latest.get(day)) for day in days)
    return YearPage(which, which in calendar.years, lines, tuple(own))


def years(desk: Desk) -> Sequence[int]:
    """Years that are known, and the next one."""
    known = {*desk.calendar.years, desk.today.year, desk.today.year + 1}
    return sorted(known)


def coming(desk: Desk) -> list[SettingEntry]:
    """The zone's figures whose day is still to come, the nearest first."""
    about = (SettingEntry.kind == Setting.FIGURE, SettingEntry.since > desk.today)
    return desk.all(SettingEntry, *about, by=SettingEntry.since)


def _lines(desk: Desk) -> list[FigureLine]:
    zone = entries.of(desk.session).figures
    waiting = {one.key: one for one in desk.all(SettingProposal, SettingProposal.state == ProposalState.PROPOSED)}
    keys = dict.fromkeys(figure.key for figure in parameters.figures())
    return [_line(desk, key, zone, waiting.get(key)) for key in keys]


def _line(desk: Desk, key: str, zone: Sequence[Figure], waiting: SettingProposal | None) -> FigureLine:
    every = sorted((f for f in (*parameters.figures(), *zone) if f.key == key), key=lambda figure: figure.since)
    begun = [f for f in every if f.since <= desk.today]
    later = [f for f in every if f.since > desk.today]
    nearest = [f for f in later if f.since == later[0].since]
    now = begun[-1] if begun else None
    return FigureLine(key, now, nearest[-1] if nearest else None, waiting, own=now in zone)


def _step(entry: SettingEntry, unit: str) -> Step:
    figure = Figure(entry.key, entry.value, unit, entry.since, entry.source, entry.confidence)  # type: ignore[arg-type]  # the words are the same
    return Step(figure, entry.why, entry.enterer, entry.entered_at, entry.confirmer, overruled=False)


def _with(step: Step, *, overruled: bool) -> Step:
    return Step(step.figure, step.why, step.enterer, step.entered_at, step.confirmer, overruled)


def tomorrow(desk: Desk) -> date:
    return desk.today + timedelta(days=1)
