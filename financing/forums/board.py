"""The live board of a session (会场大屏): which round, which talk at which table, what was said; the same for every screen.

Firms stand by the number of their dossier, as on the list of needs; by name only where the firm let it. That a bank claimed a need or
handed in an offer while the session was on is told from the journal, which holds no terms in the open: no sum and no term of an offer is
on the board (I-21), and nothing of what a bank did before or after the session (I-19).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from financing import journal
from financing.access import BANK, Role
from financing.acts import Act
from financing.desk import Desk
from financing.forums.day_model import Guest, Intent, RoundClock
from financing.forums.day_rules import Deed, Reply, Said, Ticking, left
from financing.forums.model import BankTable, ForumSession, Talk
from financing.forums.rules import SessionState
from financing.matching.model import Dossier, Match
from financing.parties.model import Bank, Firm
from financing.refusals import NotFound

LINES = 8
DEEDS = {Act.CLAIM_NEED: Deed.CLAIMED, Act.MAKE_OFFER: Deed.OFFERED}
#: By match: when a bank did it last.
Done = dict[tuple[Deed, int], datetime]


@dataclass(frozen=True, slots=True)
class Place:
    """A table: whom it talks to now and next, and what was said of the talk now."""

    number: int
    bank: str
    now: str
    next: str
    said: Said | None
    deeds: tuple[Deed, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """Something a bank said or did, the latest first."""

    at: datetime
    table: int
    bank: str
    label: str
    said: Said | Deed


@dataclass(frozen=True, slots=True)
class Board:
    """Everything every screen shows; `seconds` were left at `since`, or stand still without it."""

    id: int
    number: str
    title: str
    place: str
    state: SessionState
    round: int
    rounds: int
    ticking: Ticking
    seconds: int
    since: datetime | None
    places: tuple[Place, ...]
    events: tuple[Event, ...]
    intends: int
    wants_papers: int
    not_now: int
    claims: int
    offers: int
    here: int
    coming: int

    def left(self, now: datetime) -> int:
        """Seconds this round still has."""
        return left(self.seconds, self.since, now)


def watched(desk: Desk, key: int) -> ForumSession:
    """The session somebody wants to watch; as if it were not there for who neither runs it nor sits in it."""
    session = desk.get(ForumSession, key)
    sits: tuple[Any, ...] = (BankTable, Guest) if desk.actor.role in BANK else (Talk, Guest)
    if desk.actor.role is not Role.OFFICER and not any(desk.find(kind, kind.session_id == key) for kind in sits):
        raise NotFound(kind=ForumSession.__name__)
    return session


def board(desk: Desk, session: ForumSession) -> Board:
    """The board as it stands; read by the platform itself, so that it is one and the same for all who watch."""
    clock = desk.find(RoundClock, RoundClock.session_id == session.id)
    talks = desk.all(Talk, Talk.session_id == session.id)
    intents = desk.all(Intent, Intent.session_id == session.id, by=Intent.at.desc())
    matches = {m.id: m for m in desk.all(Match, Match.id.in_({talk.match_id for talk in talks}))}
    guests = desk.all(Guest, Guest.session_id == session.id)
    labels = _labels(desk, talks, matches, {guest.firm_id for guest in guests if guest.shown})
    tables = _tables(desk, session)
    done, said = _done(desk, session, matches), [intent.said for intent in intents]
    return Board(
        id=session.id, number=session.number, title=session.title, place=session.place, state=session.state,
        round=clock.round if clock else 0, rounds=session.rounds, ticking=clock.state if clock else Ticking.READY,
        seconds=clock.seconds if clock else 60 * session.minutes, since=clock.since if clock else None,
        places=_places(tables, talks, labels, intents, done, clock.round if clock else 0),
        events=_events(tables, matches, labels, intents, done),
        intends=said.count(Said.INTENDS), wants_papers=said.count(Said.WANTS_PAPERS), not_now=said.count(Said.NOT),
        claims=sum(deed is Deed.CLAIMED for deed, _ in done), offers=sum(deed is Deed.OFFERED for deed, _ in done),
        here=sum(guest.arrived_at is not None for guest in guests),
        coming=sum(guest.reply is not Reply.NOT_COMING for guest in guests),
    )  # fmt: skip


def _done(desk: Desk, session: ForumSession, matches: dict[int, Match]) -> Done:
    """What banks did about the needs of this session between its opening and its end."""
    acts = (Act.OPEN_SESSION, Act.CLOSE_SESSION, *DEEDS)
    found: Done = {}
    on = False
    for act, subject, at in journal.told(desk.session, acts, {session.id, *matches}):
        if subject == session.id:
            on = act is Act.OPEN_SESSION
        elif on:
            found[DEEDS[act], subject] = at
    return found


def _events(
    tables: dict[int, tuple[int, str]], matches: dict[int, Match], labels: dict[int, str], intents: list[Intent], done: Done
) -> tuple[Event, ...]:  # fmt: skip
    """The last lines: what was said at the tables, claims, and offers handed in."""
    lines: list[tuple[datetime, int, Said | Deed]] = [(intent.at, intent.match_id, intent.said) for intent in intents]
    lines += [(at, match, deed) for (deed, match), at in done.items()]
    lines = sorted((line for line in lines if line[1] in matches), key=lambda line: line[0], reverse=True)
    seated = [(at, matches[match].bank_id, match, said) for at, match, said in lines]
    told = [Event(at, *tables[bank], labels.get(match, ""), said) for at, bank, match, said in seated if bank in tables]
    return tuple(told[:LINES])


def _tables(desk: Desk, session: ForumSession) -> dict[int, tuple[int, str]]:
    query = desk.select(BankTable, BankTable.bank_id, BankTable.place, Bank.name).join(
        Bank, Bank.id == BankTable.bank_id
    )
    rows = desk.session.execute(query.where(BankTable.session_id == session.id).order_by(BankTable.place))
    return {row.bank_id: (row.place, row.name) for row in rows}


def _labels(desk: Desk, talks: list[Talk], matches: dict[int, Match], named: set[int | None]) -> dict[int, str]:
    """What stands for a firm on the wall, by its match."""
    numbers = desk.select(Dossier, Dossier.need_id, Dossier.number)
    found = {
        row.need_id: row.number
        for row in desk.session.execute(numbers.where(Dossier.firm_id.in_({t.firm_id for t in talks})))
    }
    query = desk.select(Firm, Firm.id, Firm.name).where(Firm.id.in_(named))
    names = {row.id: row.name for row in desk.session.execute(query)}
    return {
        talk.match_id: " ".join(filter(None, (found.get(matches[talk.match_id].need_id, ""), names.get(talk.firm_id))))
        for talk in talks
        if talk.match_id in matches
    }


def _places(
    tables: dict[int, tuple[int, str]], talks: list[Talk], labels: dict[int, str], intents: list[Intent], done: Done, now: int,
) -> tuple[Place, ...]:  # fmt: skip
    at = {(talk.bank_id, talk.round): talk.match_id for talk in talks}
    said = {intent.match_id: intent.said for intent in intents}
    found = []
    for bank, (number, name) in tables.items():
        match, following = at.get((bank, now)), at.get((bank, now + 1))
        place = Place(number, name, "", labels.get(following or 0, ""), None, ())
        if match:
            deeds = tuple(deed for deed in Deed if (deed, match) in done)
            place = replace(place, now=labels.get(match, ""), said=said.get(match), deeds=deeds)
        found.append(place)
    return tuple(found)
