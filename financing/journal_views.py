"""The journal as an auditor searches it: by act, by the number people know a matter by, by period."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, case, false, union_all

from financing import checkpoint_check, journal, journal_check
from financing.access import Role
from financing.acts import Act
from financing.among import among
from financing.checkpoints import Checkpoint
from financing.desk import BEIJING, Desk
from financing.forums.model import ForumSession
from financing.forums.rules import SessionState
from financing.guarantees.model import GuaranteeCase, Meeting, Resolution
from financing.guarantees.rules import CaseState, MeetingState
from financing.journal import Entry, Head
from financing.listed import Listed, listed
from financing.matching.model import Consent, Dossier, Match
from financing.matching.rules import MatchState
from financing.money import Fen, Rate
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.numbers import Series
from financing.offers.model import Offer
from financing.offers.rules import OfferState
from financing.parties.model import Firm
from financing.parties.rules import FirmState
from financing.people.model import User

LONG = 20
#: What each series of running numbers counts.
NUMBERED: dict[Series, Any] = {
    Series.NEED: Need,
    Series.CASE: GuaranteeCase,
    Series.MEETING: Meeting,
    Series.RESOLUTION: Resolution,
    Series.CONSENT: Consent,
    Series.DOSSIER: Dossier,
    Series.SESSION: ForumSession,
}
#: The states of each kind of matter, by the name it has in the journal.
STATES: dict[str, type[StrEnum]] = {
    Firm.__name__: FirmState,
    Need.__name__: NeedState,
    GuaranteeCase.__name__: CaseState,
    Meeting.__name__: MeetingState,
    Match.__name__: MatchState,
    Offer.__name__: OfferState,
    ForumSession.__name__: SessionState,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; whatever is None or empty is not asked."""

    act: Act | None = None
    number: str = ""
    since: date | None = None
    until: date | None = None  # this day included


@dataclass(frozen=True, slots=True)
class Row:
    """One line as shown: who, in which part, did what to what, and the facts of it."""

    seq: int
    at: datetime
    act: Act
    link: str
    body: dict[str, Any]
    name: str | None
    number: str = ""

    @property
    def role(self) -> Role:
        return Role(self.body["role"])

    @property
    def denied(self) -> bool:
        return bool(self.body["decision"] == "deny")

    @property
    def facts(self) -> list[tuple[str, object]]:
        """The facts in short; a committed text shows the beginning of its commitment."""
        return [
            (name, self._state(value) if name == "state" else _said(value))
            for name, value in sorted(self.body["facts"].items())
        ]

    def _state(self, value: str) -> object:
        states = STATES.get(self.body["kind"])
        return states(value) if states else value


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the whole chain holds: how many lines and the last link, or the first fault."""

    lines: int
    link: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A checkpoint that somebody asks about, and whether the line it ends with is still the same."""

    checkpoint: Checkpoint
    holds: bool


def search(desk: Desk, wanted: Wanted, page: int = 1) -> Listed[Row]:
    """One page of lines, the newest first, each with the number of its matter; three statements."""
    who = case((Entry.actor_id == 0, Entry.subject_id), else_=Entry.actor_id)  # who signs in was nobody before
    columns = (Entry.seq, Entry.at, Entry.act, Entry.link, Entry.body)
    query = desk.select(Entry, *columns).add_columns(User.name).outerjoin(User, User.id == who)
    where = _conditions(desk, wanted)
    lines = desk.select(Entry, Entry.seq).where(*where).order_by(Entry.seq.desc())
    found = listed(desk, query.where(*where).order_by(Entry.seq.desc()), page, Row, count=lines, keys=lines)
    numbers = _numbers(desk, {row.body["subject"] for row in found.rows})
    return replace(found, rows=tuple(replace(row, number=numbers.get(row.body["subject"], "")) for row in found.rows))


def verify(desk: Desk) -> Verdict:
    """Walk every link from the first line to the head, as the stand-alone check does."""
    try:
        with closing(journal.exported(desk.session)) as lines:
            return Verdict(*journal_check.check(lines))
    except journal_check.Broken as broken:
        return Verdict(broken.seq, "", broken.why)


def checkpoints(desk: Desk, most: int = 20) -> list[Checkpoint]:
    """The newest checkpoints, the newest first."""
    query = desk.select(Checkpoint).order_by(Checkpoint.number.desc()).limit(most)
    return list(desk.session.scalars(query))


def told_by(desk: Desk, said: str) -> Sealed | None:
    """The checkpoint of a short code as somebody read it out, and whether the journal still holds to it; None for no such code."""
    begins = checkpoint_check.begins(checkpoint_check.heard(said))
    found = desk.find(Checkpoint, Checkpoint.digest.between(begins, f"{begins}g")) if begins else None
    if found is None:
        return None
    link = desk.session.scalar(desk.select(Entry, Entry.link).where(Entry.seq == found.seq))
    return Sealed(found, link == found.said["link"])


def taken_out(desk: Desk) -> str:
    """The whole journal as text, one record a line; that it was taken is itself a line."""
    head = desk.session.get_one(Head, 1)
    desk.note(Act.READ_JOURNAL, head, lines=head.seq, link=head.link)
    return "\n".join(journal.exported(desk.session)) + "\n"


def _conditions(desk: Desk, wanted: Wanted) -> list[ColumnElement[bool]]:
    asked = []
    if wanted.act is not None:
        asked.append(Entry.act == wanted.act)
    if wanted.number:
        asked.append(_numbered(desk, wanted.number))
    if wanted.since is not None:
        asked.append(Entry.at >= _midnight(wanted.since))
    if wanted.until is not None:
        asked.append(Entry.at < _midnight(wanted.until + timedelta(days=1)))
    return asked


def _numbered(desk: Desk, number: str) -> ColumnElement[bool]:
    """Lines about the matter with this number; none when there is no such matter."""
    known = {series.value: kind for series, kind in NUMBERED.items()}
    kind = known.get(number.strip().upper()[:2])
    found = desk.find(kind, kind.number == number.strip().upper()) if kind else None
    return false() if found is None else Entry.subject_id == found.id


def _numbers(desk: Desk, subjects: set[int]) -> dict[int, str]:
    """The numbers by which people know these matters, of whatever kind."""
    kinds = [desk.select(kind, kind.id, kind.number).where(among(kind.id, subjects)) for kind in NUMBERED.values()]
    return {row.id: row.number for row in desk.session.execute(union_all(*kinds))}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), BEIJING)


def _said(value: Any) -> object:
    """A fact in the values of the domain; digests only as far as people compare them."""
    match value:
        case {"fen": int(amount)}:
            return Fen(amount)
        case {"ppm": int(rate)}:
            return Rate(rate)
        case {"committed": str(digest)}:
            return f"#{digest[:12]}"
        case str() if len(value) > LONG:
            return f"{value[:12]}…"
    return value
