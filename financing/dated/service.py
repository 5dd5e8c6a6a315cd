"""What people do about settings by date (设置): propose a figure, confirm it as somebody else, set days of the calendar (F110)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from financing import entries, parameters
from financing.access import require
from financing.acts import Act
from financing.calendar import Kind
from financing.case_refusals import SamePerson
from financing.clocks import limits
from financing.dated import rules
from financing.dated.model import SettingProposal
from financing.dated.rules import Certainty, DayChange, ProposalState
from financing.desk import Desk
from financing.entries import Setting, SettingEntry
from financing.parameters import Figure
from financing.parties.identity import passage
from financing.refusals import NotFound, OutOfRange
from financing.setting_refusals import NotHolidays, OtherYear, SettingBegun, SettingSame, SettingWaits


def shipped(key: str) -> Figure:
    """The last entry of a figure as the product brings it; NotFound when there is none of that name."""
    found = [figure for figure in parameters.figures() if figure.key == key]
    if not found:
        raise NotFound(kind="Figure")
    return found[-1]


def propose(
    desk: Desk, key: str, *, value: int, since: date, why: str, source: str, confidence: Certainty
) -> SettingProposal:
    """Propose a figure from a day on (提出调整); nothing changes until another person confirms it.

    OutOfRange, SettingBegun, SettingSame, OverallExceeded, SettingWaits while another proposal of this figure waits, NotText.
    """
    least, most = rules.bounds(shipped(key))
    if not least <= value <= most:
        raise OutOfRange(field="value", least=rules.measured(key, least), most=rules.measured(key, most))
    _not_begun(desk, since)
    limits.hold(key, value, since)
    if value == parameters.figure(key, since).value:
        raise SettingSame
    waiting = desk.find(SettingProposal, SettingProposal.key == key, SettingProposal.state == ProposalState.PROPOSED)
    if waiting is not None:
        raise SettingWaits(who=waiting.proposer)
    proposal = desk.add(
        SettingProposal(
            key=key, value=value, before=parameters.figure(key, desk.today).value, since=since, why=passage(why, "reason"),
            source=passage(source, "source"), confidence=confidence, proposed_at=desk.now, proposed_by=desk.actor.id,
            proposer=desk.actor.name,
        )
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.PROPOSE_SETTING, proposal, key=key, value=value, since=since)
    for role in ("chair", "admin"):
        told = {"to": {"role": role}, "code": Act.PROPOSE_SETTING.value, "subject": proposal.id, "number": ""}
        desk.later("notice", f"{Act.PROPOSE_SETTING}:{proposal.id}:{role}", **told)
    return proposal


def adopt(desk: Desk, proposal: SettingProposal) -> None:
    """Confirm a figure (确认调整): it is in force from its day on. SamePerson; SettingBegun once that day has come."""
    _decides(desk, Act.ADOPT_SETTING, proposal)
    _not_begun(desk, proposal.since)
    limits.hold(proposal.key, proposal.value, proposal.since)
    desk.add(
        SettingEntry(
            seq=entries.take_seq(desk.session), kind=Setting.FIGURE, key=proposal.key, value=proposal.value, since=proposal.since,
            why=proposal.why, source=proposal.source, confidence=proposal.confidence, entered_at=desk.now,
            entered_by=proposal.proposed_by, enterer=proposal.proposer, confirmed_by=desk.actor.id, confirmer=desk.actor.name,
        )
    )  # fmt: skip
    desk.session.flush()
    entries.forget(desk.session)
    _decided(desk, Act.ADOPT_SETTING, proposal)


def turn_down(desk: Desk, proposal: SettingProposal, answer: str) -> None:
    """Turn a proposed figure down with a reason; nothing changes."""
    said = passage(answer, "reason")
    _decides(desk, Act.TURN_DOWN_SETTING, proposal)
    proposal.answer = said
    _decided(desk, Act.TURN_DOWN_SETTING, proposal)


def whole_year(desk: Desk, given: Mapping[date, Kind], year: int) -> list[DayChange]:
    """A year's arrangement beside the calendar as it stands, in order; days it no longer names go back to the plain week.

    NotHolidays when it names no day of its year, OtherYear for a day further off than the turn of the year.
    """
    if not any(day.year == year for day in given):
        raise NotHolidays(line="—")
    if strange := [day for day in given if not date(year - 1, 12, 1) <= day <= date(year + 1, 1, 31)]:
        raise OtherYear(given=strange[0], year=year)
    calendar = desk.calendar
    former = {day: _plain(day) for day in calendar.days if day.year == year and day not in given and day > desk.today}
    wanted = {**former, **given}
    return rules.compared(wanted, {day: calendar.works(day) for day in wanted}, desk.today)


def set_year(desk: Desk, given: Mapping[date, Kind], year: int, *, why: str, source: str) -> list[DayChange]:
    """Take over a year's arrangement (导入年度安排): days that have begun stay as they were; the year is known from now on."""
    changes = [one for one in whole_year(desk, given, year) if one.changes]
    known = year in desk.calendar.years
    changed = [one for one in changes if one.open != one.before or not known]
    if not changed and known:
        raise SettingSame
    _write_days(desk, {one.day: one.open for one in changed}, () if known else (year,), why, source)
    return changes


def set_day(desk: Desk, day: date, *, open: bool, why: str, source: str) -> None:  # noqa: A002  the word of the calendar
    """Say of one day whether offices are open (调整一天). SettingBegun, SettingSame."""
    _not_begun(desk, day)
    if desk.calendar.works(day) is open:
        raise SettingSame
    _write_days(desk, {day: open}, (), why, source)


def _write_days(desk: Desk, days: Mapping[date, bool], years: tuple[int, ...], why: str, source: str) -> None:
    """Entries for days, in one go; deadlines that pass through them are looked at after the commit (outbox `calendar_changed`)."""
    said: dict[str, Any] = {
        "why": passage(why, "reason"),
        "source": passage(source, "source"),
        "confidence": Certainty.TEXT.value,
    }
    by: dict[str, Any] = {"entered_at": desk.now, "entered_by": desk.actor.id, "enterer": desk.actor.name}
    first = entries.take_seq(desk.session)
    rows = [(Setting.DAY, day.isoformat(), int(open_), day) for day, open_ in sorted(days.items())]
    rows += [(Setting.YEAR, str(year), 1, date(year, 1, 1)) for year in years]
    made = [
        desk.add(SettingEntry(seq=seq, kind=kind, key=key, value=value, since=since, **said, **by))
        for seq, (kind, key, value, since) in enumerate(rows, first)
    ]
    desk.session.flush()
    entries.forget(desk.session)
    desk.note(Act.SET_CALENDAR, made[0], days=[day.isoformat() for day in sorted(days)], years=list(years))
    span = sorted([*days, *(date(year, 1, 1) for year in years)])
    desk.later("calendar_changed", f"calendar:{first}", first=span[0].isoformat(), years=list(years))


def _plain(day: date) -> Kind:
    return Kind.WORK if day.weekday() < 5 else Kind.OFF


def _not_begun(desk: Desk, day: date) -> None:
    if day <= desk.today:
        raise SettingBegun(least=desk.today + timedelta(days=1))


def _decides(desk: Desk, act: Act, proposal: SettingProposal) -> None:
    """One decision, by somebody else than the proposer; whoever comes second finds it decided."""
    if desk.actor.id == proposal.proposed_by:
        raise SamePerson(act=act)
    require(desk.actor, act, proposal)
    desk.session.refresh(proposal, with_for_update=True)
    proposal.flow.after(proposal.state, act)


def _decided(desk: Desk, act: Act, proposal: SettingProposal) -> None:
    desk.take(act, proposal, key=proposal.key, value=proposal.value, since=proposal.since)
    proposal.decided_at, proposal.decided_by, proposal.decider = desk.now, desk.actor.id, desk.actor.name
    told = {"to": {"user": proposal.proposed_by}, "code": act.value, "subject": proposal.id, "number": ""}
    desk.later("notice", f"{act}:{proposal.id}", **told)
