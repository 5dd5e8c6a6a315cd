"""The print pack of a forum session (银企对接会): programme, timetables, table cards, needs, sign-in and answer sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from financing.matching.snapshot import Said
from financing.parties.rules import Support
from reports.pdf import Job
from reports.square import square
from reports.typesetting import SOURCE, paper

TABLES_ACROSS = 8
BLANK_LINES = 8


@dataclass(frozen=True, slots=True)
class Programme:
    """One point of the day."""

    at: str
    what: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """One round of talks, with its times as printed (09:30)."""

    number: int
    starts: str
    ends: str


@dataclass(frozen=True, slots=True)
class Table:
    """A bank's table and who sits there."""

    number: int
    bank: str
    officers: Sequence[str]


@dataclass(frozen=True, slots=True)
class Talk:
    """One firm at one table in one round; amount in fen, `code` is typed from the answer sheet."""

    round: int
    table: int
    firm: str
    need: str
    amount: int
    months: int
    code: str


@dataclass(frozen=True, slots=True)
class Teaser:
    """A need without its firm's name (脱敏需求); None where the industry is not known or nobody stands behind it."""

    need: str
    industry: str | None
    amount: int
    months: int
    purpose: Said
    grade: str
    support: Support | None


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody expected, for the sign-in sheet."""

    organisation: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Invited:
    """A bank (with its table) or a firm that is invited, who comes for it, and the code it is checked in by."""

    party: str
    table: int | None
    person: str
    code: str


@dataclass(frozen=True, slots=True)
class SessionView:
    """One session, ready to print."""

    number: str
    zone: str
    title: str
    day: date
    place: str
    host: str
    programme: Sequence[Programme]
    rounds: Sequence[Round]
    tables: Sequence[Table]
    talks: Sequence[Talk]
    teasers: Sequence[Teaser]
    guests: Sequence[Guest]
    invited: Sequence[Invited] = ()
    answers_at: str = ""  # where a scanned answer code leads; the code is put behind it
    arrivals_at: str = ""  # where a scanned guest code leads
    rehearsal: bool = False

    def at(self, number: int, table: int) -> Talk | None:
        """Who talks at a table in a round."""
        return next((talk for talk in self.talks if (talk.round, talk.table) == (number, table)), None)

    def of_table(self, table: int) -> list[Talk]:
        """The talks of one table in the order of the rounds."""
        return sorted((talk for talk in self.talks if talk.table == table), key=lambda talk: talk.round)

    @property
    def firms(self) -> list[tuple[str, list[Talk]]]:
        """Each firm with its talks in the order of the rounds."""
        names = sorted({talk.firm for talk in self.talks})
        in_order = sorted(self.talks, key=lambda talk: (talk.round, talk.table))
        return [(name, [talk for talk in in_order if talk.firm == name]) for name in names]

    @property
    def clock(self) -> dict[int, Round]:
        """Rounds by number."""
        return {one.number: one for one in self.rounds}

    @property
    def banks(self) -> dict[int, Table]:
        """Tables by number."""
        return {table.number: table for table in self.tables}

    @property
    def across(self) -> list[Sequence[Table]]:
        """Tables in groups that fit one sheet."""
        return [self.tables[n : n + TABLES_ACROSS] for n in range(0, len(self.tables), TABLES_ACROSS)]


def session(view: SessionView, lang: str = SOURCE) -> Job:
    """The printing job of the whole pack."""
    html = paper("session.html", lang, v=view, blank=BLANK_LINES, square=square, rehearsal=view.rehearsal)
    return Job(html, sha256(html.encode()).hexdigest())
