"""What people see of needs: the firm's own, the officer's work, one need with its road."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, or_

from financing import finding
from financing.access import Role
from financing.acts import Act
from financing.among import among
from financing.clocks import promises
from financing.clocks import views as clocks
from financing.clocks.model import Extension, Standstill
from financing.clocks.promise_model import OwedPaper
from financing.clocks.promise_rules import Tolerable, lacking
from financing.clocks.rules import Halt, Timing
from financing.clocks.views import ClockView, Times
from financing.desk import BEIJING, Desk
from financing.journal import Entry
from financing.listed import Listed, listed
from financing.money import Fen, Rate
from financing.needs import rules
from financing.needs.model import Need
from financing.needs.rules import NeedState, Purpose, Security, Turn
from financing.numbers import Series, meant
from financing.papers import service as papers
from financing.papers.rules import Owed, owed
from financing.parameters import figure
from financing.parties import names
from financing.parties.model import Firm

#: The limit that runs in each state with a clock.
LIMITS = {
    NeedState.SUBMITTED: "need_handling_days",
    NeedState.ACCEPTED: "need_scoring_days",
    NeedState.SCORED: "case_opening_days",
    NeedState.COMMITTEE: "deferral_days",  # put off, until it is on an agenda again
}
OFFICERS_TURN = tuple(state for state, turn in rules.TURNS.items() if turn is Turn.OFFICER)
#: What is done on the need's own page; the other acts have pages of their own.
HERE = (Act.SUBMIT_NEED, Act.EDIT_NEED, Act.ACCEPT_NEED, Act.ASSESS_NEED, Act.RETURN_NEED, Act.WITHDRAW_NEED)


@dataclass(frozen=True, slots=True)
class Clock:
    """A deadline: working days left of the whole limit; provisional while a year's holidays are unknown."""

    due: date
    left: int
    whole: int
    provisional: bool
    halt: Halt | None = None  # why it stands still


@dataclass(frozen=True, slots=True)
class Row:
    """One need in a list."""

    id: int
    number: str
    firm: str
    amount: Fen
    months: int
    purpose: Purpose
    state: NeedState
    submitted_on: date | None
    officer: str
    reason: str
    clock: Clock | None
    turn: Turn


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the road: an act, or the state it ended in; `state` is done, now or later."""

    label: Act | NeedState
    state: str
    day: date | None = None
    whose: Turn | None = None
    clock: Clock | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the journal about a need, and the step of the road that was under way."""

    at: datetime
    act: Act
    role: Role
    place: int


@dataclass(frozen=True, slots=True)
class Matter:
    """One need with everything its page shows."""

    id: int
    version: int
    number: str
    firm_id: int
    firm: str
    amount: Fen
    months: int
    purpose: Purpose
    use: str
    latest: date
    wish: Rate | None
    security: Security
    no_broker: bool
    state: NeedState
    officer: str
    reason: str
    missed: tuple[str, ...]
    submitted_on: date | None
    turn: Turn
    clock: Clock | None
    owed: tuple[Owed, ...]
    confirmed: bool
    road: tuple[Step, ...]
    lines: tuple[Line, ...]
    acts: tuple[Act, ...]
    times: Times
    promised: tuple[OwedPaper, ...]
    lacking: tuple[Tolerable, ...]  # what may come later, were it handed in today


def mine(desk: Desk, page: int = 1) -> Listed[Row]:
    """The needs of the firm at the desk, the newest first."""
    return _rows(desk, _columns(desk).order_by(Need.drafted_on.desc(), Need.number.desc()), page)


def work(desk: Desk, page: int = 1) -> Listed[Row]:
    """The needs that wait for an officer, the most urgent first."""
    waiting = _columns(desk).where(Need.state.in_(OFFICERS_TURN))
    return _rows(desk, waiting.order_by(Need.due_on.is_(None), Need.due_on, Need.number), page)


def every(desk: Desk, page: int = 1, *, state: NeedState | None = None, words: str = "") -> Listed[Row]:
    """All needs that may be seen, the newest first, by state, by number and by words of the firm's name."""
    newest = (Need.drafted_on.desc(), Need.number.desc())
    where: list[Any] = [] if state is None else [Need.state == state]
    by_name = []
    for word in words.split():
        if numbers := meant(Series.NEED, word, desk.today.year):
            where.append(Need.number.in_(numbers))
        elif word.upper().startswith(Series.NEED) and word[2:].isdecimal():
            where.append(Need.number.startswith(word.upper(), autoescape=True))
        else:
            by_name.append(word)
    if not by_name:
        return _rows(desk, _columns(desk).where(*where).order_by(*newest), page)
    firms = finding.subjects(desk.session, Firm, " ".join(by_name))
    where.append(among(Need.firm_id, firms[: finding.MOST]))
    keys = desk.select(Need, Need.id).where(*where).order_by(*newest)
    found = _rows(desk, _columns(desk).where(*where).order_by(*newest), page, keys=keys)
    return replace(found, more=found.more or len(firms) > finding.MOST)


def one(desk: Desk, need: Need) -> Matter:
    """A need with its road and its history, both read from the journal (F26)."""
    firm = desk.get(Firm, need.firm_id)
    lines = _lines(desk, need)
    times = clocks.of_need(desk, need.id)
    clock = _clock(desk, need.state, need.due_on, provisional=need.provisional, running=times.now)
    held = papers.kinds(desk, firm.id)
    return Matter(
        id=need.id, version=need.version, number=need.number, firm_id=firm.id, firm=firm.name, amount=need.amount, months=need.months,
        purpose=need.purpose, use=need.use, latest=need.latest, wish=need.wish, security=need.security, no_broker=need.no_broker, state=need.state,
        officer=need.officer_name, reason=need.reason, missed=tuple(need.missed), submitted_on=need.submitted_on, turn=rules.TURNS[need.state], clock=clock,
        owed=owed(held), confirmed=firm.confirmed, road=_road(need, lines, clock),
        lines=_shown(lines), acts=tuple(act for act in HERE if act in desk.acts(need)), times=times,
        promised=tuple(promises.of_need(desk, need.id)), lacking=lacking(desk.today, held),
    )  # fmt: skip


def _columns(desk: Desk) -> Select[Any]:
    columns = (Need.id, Need.number, names.of_firm(Need.firm_id), Need.amount, Need.months, Need.purpose, Need.state, Need.submitted_on,
               Need.officer_name, Need.reason, Need.due_on, Need.provisional, _halted(desk))  # fmt: skip
    return desk.select(Need, *columns)


def _rows(desk: Desk, query: Select[Any], page: int, keys: Select[Any] | None = None) -> Listed[Row]:
    def made(*row: Any) -> Row:
        *known, due, provisional, halt = row
        state = row[6]
        clock = _clock(desk, state, due, provisional=provisional)
        if clock is None and halt is not None:
            clock = Clock(desk.today, 0, 0, provisional, halt)
        return Row(*(*known, clock, rules.TURNS[state]))

    return listed(desk, query, page, made, count=keys, keys=keys)


def _halted(desk: Desk) -> Any:
    """Why the clock of a need stands still now."""
    standing = desk.select(Standstill, Standstill.reason).where(
        Standstill.need_id == Need.id, Standstill.until.is_(None)
    )
    return standing.correlate(Need).scalar_subquery()


def _clock(
    desk: Desk, state: NeedState, due: date | None, *, provisional: bool, running: ClockView | None = None
) -> Clock | None:
    """From the need's own projection, or from the clock that stands still."""
    if running is not None and running.timing is Timing.PAUSED:
        return Clock(running.due, running.left, running.whole, provisional, running.halts[-1].reason)
    if due is None or state not in LIMITS:
        return None
    whole = running.whole if running is not None else figure(LIMITS[state], desk.today).value
    return Clock(due, desk.calendar.left(desk.today, due), whole, provisional)


Journal = list[tuple[datetime, Act, dict[str, Any]]]


def _lines(desk: Desk, need: Need) -> Journal:
    """What the journal says of the need, of extensions of its clocks and of papers promised for it."""
    about = or_(
        Entry.subject_id == need.id,
        *(
            Entry.subject_id.in_(desk.select(kind, kind.id).where(kind.need_id == need.id))
            for kind in (Extension, OwedPaper)
        ),
    )
    query = desk.select(Entry, Entry.at, Entry.act, Entry.body).where(about, Entry.act != Act.DENIED)
    return [(at, act, body) for at, act, body in desk.session.execute(query.order_by(Entry.seq))]


def _shown(lines: Journal) -> tuple[Line, ...]:
    """The history, the newest first, each line with its step."""
    places = rules.places(_led_to(body) for _, _, body in lines)
    shown = [Line(at, act, Role(body["role"]), place) for (at, act, body), place in zip(lines, places, strict=True)]
    return tuple(reversed(shown))


def _led_to(body: dict[str, Any]) -> NeedState | None:
    state = body["facts"].get("state") if body["kind"] == Need.__name__ else None
    return NeedState(state) if state else None


def _road(need: Need, lines: Journal, clock: Clock | None) -> tuple[Step, ...]:
    """Every step with the day on which the journal says it was last reached."""
    days = {_led_to(body): at.astimezone(BEIJING).date() for at, _, body in lines}
    behind = rules.passed(need.state)
    if behind is None:
        behind = sum(any(state in days for state in reached) for _, reached in rules.ROAD)
    moving = rules.TURNS[need.state] is not Turn.NOBODY
    return tuple(
        _step(need.state, place, behind, days, clock if moving else None, moving=moving)
        for place in range(len(rules.ROAD))
    )


def _step(
    state: NeedState,
    place: int,
    behind: int,
    days: Mapping[NeedState | None, date],
    clock: Clock | None,
    *,
    moving: bool,
) -> Step:
    act, reached = rules.ROAD[place]
    if place < behind:
        known = [days[one] for one in reached if one in days]
        ended = state if state in reached and len(reached) > 1 and rules.TURNS[state] is not Turn.COMMITTEE else act
        return Step(ended, "done", max(known, default=None))
    if place == behind and moving:
        return Step(act, "now", whose=rules.TURNS[state], clock=clock)
    return Step(act, "later")
