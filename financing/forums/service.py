"""What officers do with a forum session (银企对接会): plan it, seat it, open it, close it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from financing.acts import Act
from financing.case_refusals import NoTable
from financing.desk import Desk
from financing.forums import clock
from financing.forums.model import BankTable, ClosedRound, ForumSession, Talk
from financing.matching.model import Consent, Match
from financing.matching.rules import MatchState
from financing.numbers import Series, take_number
from financing.parties.model import Bank, Firm
from financing.session_refusals import LeastTalks

if TYPE_CHECKING:
    from scoring import timetable as scoring
    from scoring import timetable_mend as mending


@dataclass(frozen=True, slots=True)
class Short:
    """A firm with fewer talks than it shall have; `wanted` never above the banks it let in."""

    firm: str
    held: int
    wanted: int


TALKING = (MatchState.CONSENTED, MatchState.SENT, MatchState.OFFERED)


def plan(
    desk: Desk,
    *,
    title: str,
    day: date,
    place: str,
    starts: str,
    rounds: int,
    minutes: int,
    banks: Sequence[int],
    least_talks: int = 1,
) -> ForumSession:
    """Plan a session with a table for every invited bank, in the order invited; NoTable without any bank.

    Each firm shall get `least_talks` talks before any firm gets more; LeastTalks when there are not so many rounds.
    """
    if least_talks > rounds:
        raise LeastTalks(field="least_talks", rounds=rounds)
    invited = [desk.get(Bank, bank) for bank in dict.fromkeys(banks)]
    if not invited:
        raise NoTable
    session = desk.add(
        ForumSession(
            number=take_number(desk.session, Series.SESSION, day.year),
            title=title,
            day=day,
            place=place,
            starts=starts,
            rounds=rounds,
            minutes=minutes,
            least_talks=least_talks,
        )
    )
    desk.session.flush()
    for number, bank in enumerate(invited, 1):
        desk.add(BankTable(session_id=session.id, bank_id=bank.id, place=number))
    desk.note(Act.PLAN_SESSION, session, number=session.number, day=day, banks=[bank.id for bank in invited])
    for bank in invited:
        tell(desk, session, Act.PLAN_SESSION, bank=bank.id)
    return session


def seat(desk: Desk, session: ForumSession) -> scoring.Timetable:
    """Seat every firm that has consented to an invited bank, without a clash; a new seating takes the former one's place."""
    from scoring import timetable_mend as scoring  # noqa: PLC0415  its solver takes half a second to load: not at every start

    desk.session.refresh(session, with_for_update=True)
    desk.take(Act.SEAT_SESSION, session)
    away = closed(desk, session)
    # Rounds somebody is not there for make it a harder question, asked only then.
    found = (
        scoring.mend((), talks(desk, session), session.rounds, least=session.least_talks, closed=away).table
        if away
        else _seated(desk, session)
    )
    if not found.seats:
        raise NoTable
    for former in desk.all(Talk, Talk.session_id == session.id):
        desk.session.delete(former)
    desk.session.flush()
    sit(desk, session, found.seats)
    return found


def sit(desk: Desk, session: ForumSession, chosen: Iterable[scoring.Seat]) -> None:
    """Put talks into the timetable."""
    wanted = _wanted(desk, session)
    for each in chosen:
        match = wanted[each.bank, each.firm]
        desk.add(
            Talk(
                session_id=session.id, round=each.round, bank_id=match.bank_id, firm_id=match.firm_id, match_id=match.id
            )
        )


def talks(desk: Desk, session: ForumSession) -> list[scoring.Talk]:
    """The talks that are wanted now, as the solver reads them."""
    from scoring import timetable as scoring  # noqa: PLC0415  as above

    return [scoring.Talk(bank, firm, match.fit + 1) for (bank, firm), match in _wanted(desk, session).items()]


def seats(desk: Desk, session: ForumSession) -> list[scoring.Seat]:
    """The timetable as it stands, as the solver reads it."""
    from scoring import timetable as scoring  # noqa: PLC0415  as above

    tables, firms = places(desk, session), codes(desk)
    held = desk.all(Talk, Talk.session_id == session.id)
    return [scoring.Seat(talk.round, tables[talk.bank_id], firms[talk.firm_id]) for talk in held]


def closed(desk: Desk, session: ForumSession) -> list[mending.Closed]:
    """Rounds in which somebody of this session is not there."""
    from scoring import timetable_mend as mending  # noqa: PLC0415  as above

    tables, firms = places(desk, session), codes(desk)
    return [
        mending.Closed(
            row.round, tables.get(row.bank_id) if row.bank_id else None, firms[row.firm_id] if row.firm_id else None
        )
        for row in desk.all(ClosedRound, ClosedRound.session_id == session.id)
    ]


def _seated(desk: Desk, session: ForumSession) -> scoring.Timetable:
    from scoring import timetable as scoring  # noqa: PLC0415  as above

    return scoring.timetable(talks(desk, session), session.rounds, session.least_talks)


def short(desk: Desk, session: ForumSession) -> list[Short]:
    """The firms that have fewer talks than they shall although they let in as many banks, by name."""
    wanted = Counter(firm for _, firm in _wanted(desk, session))
    held, firms = Counter(seat.firm for seat in seats(desk, session)), {firm.code: firm.name for firm in desk.all(Firm)}
    found = [Short(firms[code], held[code], min(session.least_talks, count)) for code, count in wanted.items()]
    return sorted((one for one in found if one.held < one.wanted), key=lambda one: one.firm)


def open_session(desk: Desk, session: ForumSession) -> None:
    """Begin; from now on seats move only by a change that is shown first."""
    desk.take(Act.OPEN_SESSION, session)
    clock.put_up(desk, session)


def close_session(desk: Desk, session: ForumSession) -> None:
    desk.take(Act.CLOSE_SESSION, session)


def _wanted(desk: Desk, session: ForumSession) -> dict[tuple[str, str], Match]:
    """One talk for each bank and firm with an effective consent, about the need that fits best.

    Banks go by the place of their table and firms by their code: ids are random, and chance shall not seat anybody.
    """
    tables, firms = places(desk, session), codes(desk)
    open_now = (Consent.withdrawn_at.is_(None), Consent.valid_from <= desk.now, Consent.valid_until > desk.now)
    consented = {(consent.need_id, consent.bank_id) for consent in desk.all(Consent, *open_now)}
    matches = desk.all(Match, Match.bank_id.in_(tables), Match.state.in_(TALKING), by=Match.fit)
    return {(tables[m.bank_id], firms[m.firm_id]): m for m in matches if (m.need_id, m.bank_id) in consented}


def places(desk: Desk, session: ForumSession) -> dict[int, str]:
    """Each bank's table as the solver names it."""
    return {table.bank_id: f"{table.place:06d}" for table in desk.all(BankTable, BankTable.session_id == session.id)}


def codes(desk: Desk) -> dict[int, str]:
    """Each firm as the solver names it."""
    return {firm.id: firm.code for firm in desk.all(Firm)}


def names(desk: Desk, session: ForumSession) -> tuple[dict[str, str], dict[str, str]]:
    """Banks and firms by what the solver calls them."""
    banks = {bank.id: bank.name for bank in desk.all(Bank)}
    tables = places(desk, session)
    return {place: banks[bank] for bank, place in tables.items()}, {firm.code: firm.name for firm in desk.all(Firm)}


def tell(desk: Desk, session: ForumSession, act: Act, **to: object) -> None:
    once = f"{act.value}:{session.id}:{to}:{desk.now.isoformat() if act is Act.MEND_SESSION else ''}"
    desk.later("notice", once, to=to, code=act.value, subject=session.id, number=session.number)
