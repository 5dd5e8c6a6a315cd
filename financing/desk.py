"""A desk is where somebody does something at a moment: a session, an actor and the time; the only door to the data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, ClassVar, Protocol, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Engine, Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from financing import entries, journal, outbox, parameters
from financing.access import SYSTEM, Actor, may, require
from financing.acts import Act
from financing.calendar import Calendar
from financing.db import Base, Database, Thing
from financing.flow import Flow
from financing.journal import Clue, Line
from financing.proved import require_proof
from financing.refusals import Changed, NotFound, Refusal
from financing.side_walls import on_the_platforms_side, stand
from financing.sights import seen_by
from financing.two_clocks import require_one_time

BEIJING = ZoneInfo("Asia/Shanghai")
T = TypeVar("T", bound=Base)
K = TypeVar("K", bound=Thing)


class Matter(Protocol):
    """Anything with a state that moves along a flow."""

    flow: ClassVar[Flow[Any]]
    id: Any
    state: Any


@dataclass(frozen=True, slots=True)
class Desk:
    session: Session
    actor: Actor
    now: datetime
    clue: Clue = field(default_factory=Clue)
    lines: list[Line] = field(default_factory=list)
    whole: bool = False  # lists are wanted whole, for a file, and not by the page
    proved_at: datetime | None = None  # when the person at a browser last proved who they are; None: is never asked
    factored: bool = True  # whether that proof was by a second factor

    @property
    def today(self) -> date:
        """The day in Beijing."""
        return self.now.astimezone(BEIJING).date()

    @property
    def calendar(self) -> Calendar:
        """Working days: what is published and what the zone has set."""
        return entries.of(self.session).calendar

    def select(self, kind: type[T], *columns: InstrumentedAttribute[Any] | ColumnElement[Any]) -> Select[Any]:
        """A query that already holds to what the actor may see; name columns to fetch them instead of the thing."""
        return select(*(columns or (kind,))).select_from(kind).where(seen_by(self.actor, kind, self.now))

    def all(self, kind: type[T], *where: Any, by: Any = None) -> list[T]:
        """Everything of a kind that the actor may see, filtered and in order."""
        return list(self.session.scalars(self.select(kind).where(*where).order_by(by)))

    def rows(self, kind: type[T], *columns: Any, where: Iterable[Any] = (), by: Any = None) -> list[Any]:
        """The same by some of its columns: what is read by the hundred every night is no thing that could be changed."""
        return list(self.session.execute(self.select(kind, *columns).where(*where).order_by(by)))

    def find(self, kind: type[T], *where: Any) -> T | None:
        """The one that fits, or None."""
        found: T | None = self.session.scalar(self.select(kind).where(*where).limit(1))
        return found

    def get(self, kind: type[K], key: int, *, version: int | None = None, lock: bool = False) -> K:
        """The thing itself, or a refusal that does not say whether it exists; Changed when a form is older than the row."""
        query = self.select(kind).where(kind.id == key)
        found: K | None = self.session.scalar(query.with_for_update(of=kind) if lock else query)
        if found is None:
            raise NotFound(kind=kind.__name__)
        if version is not None and version != found.version:
            raise Changed(kind=kind.__name__, now=found)
        return found

    def add(self, thing: T) -> T:
        """Put a new row on the desk; it is written when the desk closes."""
        self.session.add(thing)
        return thing

    def may(self, act: Act, subject: object) -> bool:
        return may(self.actor, act, subject)

    def acts(self, matter: Matter) -> tuple[Act, ...]:
        """What this actor may do with the matter now."""
        return tuple(act for act in matter.flow.acts_from(matter.state) if may(self.actor, act, matter))

    def take(self, act: Act, matter: Matter, **facts: object) -> None:
        """Check permission, move the state, write the journal: always all three."""
        require(self.actor, act, matter)
        matter.state = matter.flow.after(matter.state, act)
        self._write(act, matter, facts | {"state": matter.state})

    def note(self, act: Act, subject: Any, **facts: object) -> None:
        """Check permission and write the journal, for acts that move no state."""
        require(self.actor, act, subject)
        self._write(act, subject, facts)

    def follow(self, act: Act, matter: Matter, **facts: object) -> None:
        """A consequence for an earlier stage of an act already taken at this desk: the state moves, the journal says so."""
        if all(line.act is not act for line in self.lines):
            raise RuntimeError(f"{act} was not taken at this desk")
        matter.state = matter.flow.following(matter.state, act)
        self._write(act, matter, facts | {"state": matter.state})

    def later(self, kind: str, once: str, **payload: Any) -> None:
        """Leave something to be done after the commit, exactly once."""
        outbox.put(self.session, kind, once, self.now, payload)

    @contextmanager
    def all_seeing(self) -> Iterator[Desk]:
        """The same desk with the platform's own eyes and rights, for what is counted or moved for everybody within one person's act."""
        with on_the_platforms_side(self.session, self.actor):
            yield replace(self, actor=SYSTEM)

    def _write(self, act: Act, subject: Any, facts: dict[str, object]) -> None:
        require_one_time(act, self.session, self.today)
        require_proof(act, self.proved_at, self.now, self.today, facts, factored=self.factored)
        where = {name: getattr(subject, name, None) for name in ("firm_id", "bank_id")}
        self.lines.append(Line(act, type(subject).__name__, subject.id, **where, facts=facts))


#: What a later stage makes of acts of an earlier one, in the same transaction, whichever page or job acted.
CONSEQUENCES: list[Callable[[Desk], None]] = []
#: Who heeds a refusal once everything it undid is undone, at a desk of their own.
AFTERMATH: list[Callable[[Database, Actor, datetime, Refusal], None]] = []


@contextmanager
def opened(
    database: Database,
    actor: Actor,
    now: datetime,
    clue: Clue | None = None,
    *,
    write: bool = True,
    whole: bool = False,
    proved_at: datetime | None = None,
    factored: bool = True,
    source: Engine | None = None,
) -> Iterator[Desk]:
    """One transaction: committed with its journal on the way out, rolled back whole on a refusal; `source`: a replica to read from instead."""
    info = {"ring": database.ring, "leaked": database.leaked}
    if not write:
        reader = Session(source or database.reader, expire_on_commit=False, info=info | {"reads": True})
        with reader as session, session.begin(), _figures_of(session):
            stand(session, actor)
            yield Desk(session, actor, now, clue or Clue(), whole=whole)
        return
    writer = Session(database.writer, expire_on_commit=False, info=info)
    try:
        with database.turn(), writer as session, session.begin(), _figures_of(session):
            stand(session, actor)
            desk = Desk(session, actor, now, clue or Clue(), whole=whole, proved_at=proved_at, factored=factored)
            yield desk
            with on_the_platforms_side(session, actor):
                for consequence in CONSEQUENCES:
                    consequence(desk)
            journal.append(session, actor, now, desk.clue, desk.lines)
    except Refusal as refusal:
        for heed in AFTERMATH:
            heed(database, actor, now, refusal)
        raise


@contextmanager
def _figures_of(session: Session) -> Iterator[None]:
    """While a desk is open `parameters.figure` knows what the zone has set, as this session sees it."""
    token = parameters.ZONE.set(entries.reading(session))
    try:
        yield
    finally:
        parameters.ZONE.reset(token)
