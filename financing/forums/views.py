"""What people see of forum sessions: the list, and who talks to whom in which round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ScalarSelect, func

from financing.access import BANK, FIRM
from financing.acts import Act
from financing.desk import Desk
from financing.forums.day_rules import Point
from financing.forums.model import BankTable, ForumSession, Talk
from financing.forums.rules import SessionState
from financing.listed import Listed, listed
from financing.matching.model import Dossier, Match
from financing.money import Fen
from financing.parties.model import Bank, Firm

ARRIVAL = 30  # minutes before the first round


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session in a list."""

    id: int
    number: str
    title: str
    day: date
    place: str
    starts: str
    state: SessionState
    tables: int
    talks: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One firm at one table in one round; a name that is not open to the reader is empty."""

    firm: str
    amount: Fen | None
    months: int | None
    fit: int
    need_id: int
    number: str


@dataclass(frozen=True, slots=True)
class Round:
    number: int
    starts: str
    ends: str


@dataclass(frozen=True, slots=True)
class AgendaPoint:
    """One point of the day, with the time at which it begins."""

    at: str
    kind: Point


@dataclass(frozen=True, slots=True)
class Table:
    place: int
    bank: str
    cells: tuple[Cell | None, ...]  # one a round


@dataclass(frozen=True, slots=True)
class SessionView:
    """One session with its timetable: tables down, rounds across."""

    id: int
    number: str
    title: str
    day: date
    place: str
    minutes: int
    least_talks: int
    state: SessionState
    acts: tuple[Act, ...]
    rounds: tuple[Round, ...]
    tables: tuple[Table, ...]

    @property
    def talks(self) -> int:
        return sum(cell is not None for table in self.tables for cell in table.cells)

    @property
    def firms(self) -> int:
        return len({cell.firm for table in self.tables for cell in table.cells if cell})


def sessions(desk: Desk, *, page: int = 1, size: int = 20) -> Listed[SessionLine]:
    """A page of sessions, the latest first: for banks those they are invited to, for firms those they talk at."""
    s = ForumSession
    columns = (s.id, s.number, s.title, s.day, s.place, s.starts, s.state, _count(desk, BankTable), _count(desk, Talk))
    query = desk.select(s, *columns).order_by(s.day.desc(), s.number.desc())
    if desk.actor.role in BANK:
        query = query.where(ForumSession.id.in_(desk.select(BankTable, BankTable.session_id)))
    if desk.actor.role in FIRM:
        query = query.where(ForumSession.id.in_(desk.select(Talk, Talk.session_id)))
    return listed(desk, query, page, SessionLine, size)


def one(desk: Desk, session: ForumSession) -> SessionView:
    """A session with as much of its timetable as the reader may see."""
    cells = _cells(desk, session)
    return SessionView(
        id=session.id,
        number=session.number,
        title=session.title,
        day=session.day,
        place=session.place,
        minutes=session.minutes,
        least_talks=session.least_talks,
        state=session.state,
        acts=desk.acts(session),
        rounds=rounds(session),
        tables=tuple(
            Table(place, bank, tuple(cells.get((bank_id, number)) for number in range(1, session.rounds + 1)))
            for place, bank_id, bank in _tables(desk, session)
        ),
    )


def rounds(session: ForumSession) -> tuple[Round, ...]:
    """The times of the rounds, one after the other without a break."""
    first = datetime.fromisoformat(f"{session.day}T{session.starts}")
    times = [first + timedelta(minutes=session.minutes * n) for n in range(session.rounds + 1)]
    return tuple(Round(n, f"{times[n - 1]:%H:%M}", f"{times[n]:%H:%M}") for n in range(1, session.rounds + 1))


def agenda(session: ForumSession) -> tuple[AgendaPoint, ...]:
    """Arrival half an hour before the first round, never before midnight; the talks; the gathering of what was said."""
    first, last = rounds(session)[0], rounds(session)[-1]
    hour, minute = map(int, first.starts.split(":"))
    arrives = max(0, 60 * hour + minute - ARRIVAL)
    early = f"{arrives // 60:02d}:{arrives % 60:02d}"
    return (
        AgendaPoint(early, Point.ARRIVAL),
        AgendaPoint(first.starts, Point.TALKS),
        AgendaPoint(last.ends, Point.GATHERING),
    )


def _tables(desk: Desk, session: ForumSession) -> list[tuple[int, int, str]]:
    """The tables the reader may know of; a firm knows those it talks at."""
    query = desk.select(BankTable, BankTable.place, BankTable.bank_id, Bank.name)
    if desk.actor.role in FIRM:
        met = desk.select(Talk, Talk.bank_id).where(Talk.session_id == session.id)
        query = query.where(BankTable.bank_id.in_(met))
    rows = query.join(Bank, Bank.id == BankTable.bank_id).where(BankTable.session_id == session.id)
    return [tuple(row) for row in desk.session.execute(rows.order_by(BankTable.place))]


def _cells(desk: Desk, session: ForumSession) -> dict[tuple[int, int], Cell]:
    """Who sits where; firm and need as far as they are open to the reader."""
    talks = desk.all(Talk, Talk.session_id == session.id)
    matches = {match.id: match for match in desk.all(Match, Match.id.in_([talk.match_id for talk in talks]))}
    dossiers = {d.need_id: d for d in desk.all(Dossier, Dossier.need_id.in_([m.need_id for m in matches.values()]))}
    known = desk.select(Firm, Firm.id, Firm.name).where(Firm.id.in_([talk.firm_id for talk in talks]))
    names = {row.id: row.name for row in desk.session.execute(known)}
    cells = {}
    for talk in talks:
        match = matches.get(talk.match_id)
        dossier = dossiers.get(match.need_id) if match else None
        cells[talk.bank_id, talk.round] = Cell(
            firm=names.get(talk.firm_id) or (dossier.firm_name if dossier else ""),
            amount=dossier.amount if dossier else None,
            months=dossier.months if dossier else None,
            fit=match.fit if match else 0,
            need_id=match.need_id if match else 0,
            number=dossier.number if dossier else "",
        )
    return cells


def _count(desk: Desk, kind: type[BankTable | Talk]) -> ScalarSelect[int]:
    """How many of them the reader may know of, session by session."""
    seen = desk.select(kind).with_only_columns(func.count()).where(kind.session_id == ForumSession.id)
    return seen.correlate(ForumSession).scalar_subquery()
