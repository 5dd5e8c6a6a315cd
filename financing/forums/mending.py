"""A session set right at the last minute (临时调整): somebody is not there, a round is lost; as few talks as can be move."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from financing.access import require
from financing.acts import Act
from financing.desk import Desk
from financing.forums import service
from financing.forums.model import ClosedRound, ForumSession, Talk
from financing.forums.rules import SessionState
from financing.parties.model import Bank, Firm
from financing.round_refusals import NobodyMissing, SeatsChanged

if TYPE_CHECKING:
    from scoring.timetable_mend import Mended


@dataclass(frozen=True, slots=True)
class Change:
    """Who is not there from one round to another; neither bank nor firm: the rounds are lost to all.

    `past` rounds have been held already, and stay. With no rounds at all (`first` after `last`) only new consents are let in.
    """

    first: int
    last: int
    bank_id: int | None = None
    firm_id: int | None = None
    past: int = 0


@dataclass(frozen=True, slots=True)
class Moved:
    """One talk that changes, as a page tells it: rounds, None where there is none before or after."""

    bank: str
    firm: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would bring about; the digest names exactly this."""

    moved: tuple[Moved, ...]
    kept: int  # talks that stay where they are
    short: tuple[str, ...]  # firms that would have fewer talks than they shall
    gap: float
    digest: str

    @property
    def told(self) -> tuple[str, ...]:
        """Who would hear of it: every bank and firm one of whose talks changes, by name."""
        return tuple(sorted({name for move in self.moved for name in (move.bank, move.firm)}))


def who(desk: Desk, session: ForumSession) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Banks with a table and firms with a talk in this session, with their names."""
    tables = service.places(desk, session)
    talking = {talk.firm_id for talk in desk.all(Talk, Talk.session_id == session.id)}
    banks = [(bank.id, bank.name) for bank in desk.all(Bank, Bank.id.in_(tables), by=Bank.name)]
    return banks, [(firm.id, firm.name) for firm in desk.all(Firm, Firm.id.in_(talking), by=Firm.name)]


def preview(desk: Desk, session: ForumSession, change: Change) -> Preview:
    """Which talks would move; nothing does yet. NobodyMissing when nobody named sits in this session."""
    return _told(desk, session, change, _mended(desk, session, change))


def _told(desk: Desk, session: ForumSession, change: Change, found: Mended) -> Preview:
    banks, firms = service.names(desk, session)
    moved = tuple(Moved(banks[move.bank], firms[move.firm], move.before, move.after) for move in found.moves)
    kept = len(found.table.seats) - sum(move.after is not None for move in found.moves)
    digest = hashlib.sha256(repr((change, found.moves)).encode()).hexdigest()
    return Preview(moved, kept, tuple(sorted(firms[code] for code in found.table.short)), found.table.gap, digest)


def mend(desk: Desk, session: ForumSession, change: Change, *, seen: str) -> Preview:
    """Move the talks as previewed; SeatsChanged when that is no longer what would happen."""
    desk.session.refresh(session, with_for_update=True)
    require(desk.actor, Act.MEND_SESSION, session)
    found = _mended(desk, session, change)
    told = _told(desk, session, change, found)
    if told.digest != seen:
        raise SeatsChanged
    facts = {"rounds": [change.first, change.last], "past": change.past, "moved": len(told.moved)}
    desk.take(Act.MEND_SESSION, session, bank=change.bank_id, firm=change.firm_id, **facts)
    for round_ in range(change.first, change.last + 1):
        desk.add(ClosedRound(session_id=session.id, round=round_, bank_id=change.bank_id, firm_id=change.firm_id))
    _reseat(desk, session, found)
    return told


def _mended(desk: Desk, session: ForumSession, change: Change) -> Mended:
    from scoring import timetable_mend as scoring  # noqa: PLC0415  its solver takes half a second to load: not at every start

    places, codes = service.places(desk, session), service.codes(desk)
    known = change.bank_id in {None, *places} and change.firm_id in {None, *codes}
    if not known or not 1 <= change.first <= session.rounds or change.last > session.rounds:
        raise NobodyMissing
    bank = None if change.bank_id is None else places[change.bank_id]
    firm = None if change.firm_id is None else codes[change.firm_id]
    now = [scoring.Closed(round_, bank, firm) for round_ in range(change.first, change.last + 1)]
    past = min(change.past, session.rounds) if session.state is SessionState.OPEN else 0
    return scoring.mend(
        service.seats(desk, session),
        service.talks(desk, session),
        session.rounds,
        least=session.least_talks,
        closed=[*service.closed(desk, session), *now],
        past=past,
    )


def _reseat(desk: Desk, session: ForumSession, found: Mended) -> None:
    """Take away what moves and put it where it goes; who is concerned is told."""
    moving = {(move.bank, move.firm) for move in found.moves}
    places, codes = service.places(desk, session), service.codes(desk)
    for talk in desk.all(Talk, Talk.session_id == session.id):
        if (places[talk.bank_id], codes[talk.firm_id]) in moving:
            desk.session.delete(talk)
    banks, firms = {place: key for key, place in places.items()}, {code: key for key, code in codes.items()}
    for key in {banks[bank] for bank, _ in moving}:
        service.tell(desk, session, Act.MEND_SESSION, bank=key)
    for key in {firms[firm] for _, firm in moving}:
        service.tell(desk, session, Act.MEND_SESSION, firm=key)
    desk.session.flush()
    service.sit(desk, session, [seat for seat in found.table.seats if (seat.bank, seat.firm) in moving])
