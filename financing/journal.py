"""The journal (日志): one line for every act, chained by hash, written in the same transaction, never changed."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Generator, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, TextIO

from sqlalchemy import CheckConstraint, ColumnElement, Index, literal_column, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from financing.access import Actor, Role
from financing.acts import Act
from financing.ciphers import SUITES
from financing.db import Base
from financing.journal_check import SHA256, START, canonical, leaf_told, link_after
from financing.money import Fen, Rate
from financing.sealing import suite_of

ALGORITHM = SHA256  # of a journal that is made up
#: Lines of needs that were returned, word for word as their index names them: asked so it is found by it.
RETURNED: ColumnElement[bool] = literal_column("act = 'need.return'")


class Entry(Base):
    """One line as stored; the record that is hashed is `body`, the columns beside it only help to search."""

    __tablename__ = "journal"
    __table_args__ = (
        Index("ix_journal_act", "act", "seq"),
        Index("ix_journal_at", "at", "seq"),
        Index("ix_journal_returned", "actor_id", "subject_id", sqlite_where=RETURNED, postgresql_where=RETURNED),
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor_id: Mapped[int]
    act: Mapped[Act]
    subject_id: Mapped[int] = mapped_column(index=True)
    firm_id: Mapped[int | None] = mapped_column(index=True)
    bank_id: Mapped[int | None]
    body: Mapped[dict[str, Any]]
    link: Mapped[str]


class Head(Base):
    """The end of the chain: the one row that every writer locks last and holds only for the commit."""

    __tablename__ = "journal_head"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    seq: Mapped[int] = mapped_column(default=0)
    link: Mapped[str] = mapped_column(default=START.hex())
    at: Mapped[datetime] = mapped_column(default=datetime(2000, 1, 1, tzinfo=UTC))


class SubjectKey(Base):
    """The key of one firm's commitments; once destroyed, its texts can no longer be recognised, yet the chain holds (I-25)."""

    __tablename__ = "subject_key"

    firm_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[bytes]


@dataclass(frozen=True, slots=True)
class Clue:
    """Where a request came from; no line carries a cookie or a full session id."""

    session: str = ""
    address: str = ""
    request: str = ""


@dataclass(frozen=True, slots=True)
class Private:
    """A text that people typed: the journal holds only a keyed commitment to it."""

    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line before it is chained."""

    act: Act
    kind: str
    subject_id: int
    firm_id: int | None = None
    bank_id: int | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


def reached(session: Session) -> int:
    """How many lines there are: while this stands still nobody has done anything, whatever the process."""
    return session.scalar(select(Head.seq)) or 0


def last(session: Session) -> str:
    """The link of the last line, which no other line of any journal has: also after a restore it stands for one state alone."""
    return session.scalar(select(Head.link)) or ""


def told(session: Session, acts: Collection[Act], subjects: Collection[int]) -> list[tuple[Act, int, datetime]]:
    """Who was the subject of one of these acts and when, in the order in which it happened; nothing of what a line says."""
    query = select(Entry.act, Entry.subject_id, Entry.at).where(Entry.subject_id.in_(subjects), Entry.act.in_(acts))
    return [(row.act, row.subject_id, row.at) for row in session.execute(query.order_by(Entry.seq))]


def append(session: Session, actor: Actor, now: datetime, clue: Clue, lines: Iterable[Line]) -> None:
    """Chain the lines to the head; call it last in a transaction. Time never goes back (I-29)."""
    waiting = list(lines)
    if not waiting:
        return
    session.flush()
    head = session.execute(select(Head).with_for_update()).scalar_one()
    at = max(now, head.at)
    for line in waiting:
        body = _body(session, actor, at, clue, line) | {"seq": head.seq + 1}
        link = link_after(bytes.fromhex(head.link), body).hex()
        session.add(
            Entry(seq=head.seq + 1, at=at, actor_id=actor.id, act=line.act, subject_id=line.subject_id, firm_id=line.firm_id,
                  bank_id=line.bank_id, body=body, link=link)
        )  # fmt: skip
        head.seq, head.link = head.seq + 1, link
    head.at = at
    session.flush()


def _body(session: Session, actor: Actor, at: datetime, clue: Clue, line: Line) -> dict[str, Any]:
    return {
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": actor.id,
        "role": actor.role.value,
        "of_firm": actor.firm_id,
        "of_bank": actor.bank_id,
        "session": clue.session,
        "address": clue.address,
        "request": clue.request,
        "act": line.act.value,
        "kind": line.kind,
        "subject": line.subject_id,
        "firm": line.firm_id,
        "bank": line.bank_id,
        "decision": "deny" if line.act is Act.DENIED else "allow",
        "algorithm": suite_of(session).digest,
        "facts": {name: _plain(session, line, value) for name, value in line.facts.items()},
        **({"key": actor.key_id} if actor.key_id else {}),
    }


def _plain(session: Session, line: Line, value: object) -> Any:
    """A fact as JSON without floats; text that is not a code must come as Private."""
    match value:
        case None | bool() | int():
            return value
        case StrEnum():
            return value.value
        case Fen():
            return {"fen": value.fen}
        case Rate():
            return {"ppm": value.ppm}
        case datetime() | date():
            return value.isoformat()
        case Private():
            return {"committed": commitment(session, line.firm_id or 0, value.text)}
        case Mapping():
            return {str(key): _plain(session, line, inner) for key, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_plain(session, line, inner) for inner in value]
        case str() if len(value) <= 64 and value.isascii():
            return value
    raise TypeError(f"The journal holds codes and numbers; wrap text as Private: {type(value).__name__}")


def commitment(session: Session, firm_id: int, text: str) -> str:
    """HMAC of the text under the firm's own key, so that it can be proved later and forgotten by destroying the key."""
    key = session.get(SubjectKey, firm_id)
    if key is None:
        key = SubjectKey(firm_id=firm_id, key=secrets.token_bytes(32))
        session.add(key)
        session.flush()
    return suite_of(session).mac(key.key, text.encode()).hex()


def commitments(session: Session, firm_id: int, text: str) -> set[str]:
    """The same by every suite: a former line may have been written under another one."""
    key = session.get(SubjectKey, firm_id)
    return {suite.mac(key.key, text.encode()).hex() for suite in SUITES.values()} if key else set()


def exported(session: Session) -> Generator[str]:
    """The whole journal as lines of JSON, ending with the head; what `journal_check` reads."""
    with closing(session.scalars(select(Entry).order_by(Entry.seq).execution_options(yield_per=2_000))) as entries:
        for entry in entries:
            yield canonical({"body": entry.body, "link": entry.link}).decode()
    head = session.execute(select(Head)).scalar_one()
    yield canonical({"head": {"seq": head.seq, "link": head.link}}).decode()


def excerpt(session: Session, wanted: Collection[int]) -> Generator[str]:
    """These lines as an export, from the first to the last of them; whatever lies between stands in it by its digest alone."""
    if not wanted:
        return
    first, last_one = min(wanted), max(wanted)
    former = session.scalar(select(Entry.link).where(Entry.seq == first - 1)) or START.hex()
    yield canonical({"after": {"seq": first - 1, "link": former}}).decode()
    hidden: list[str] = []
    span = select(Entry).where(Entry.seq.between(first, last_one)).order_by(Entry.seq)
    with closing(session.scalars(span.execution_options(yield_per=2_000))) as entries:
        for entry in entries:
            former = entry.link
            if entry.seq not in wanted:
                hidden.append(leaf_told(entry.body))
                continue
            if hidden:
                yield canonical({"sealed": hidden}).decode()
                hidden = []
            yield canonical({"body": entry.body, "link": entry.link}).decode()
    yield canonical({"head": {"seq": last_one, "link": former}}).decode()


def export(session: Session, file: TextIO) -> int:
    """Write the export; the number of lines."""
    return sum(bool(file.write(line + "\n")) for line in exported(session))


def denied(session: Session, actor: Actor, now: datetime, *, most: int = 100) -> bool:
    """Whether this refusal still gets a line of its own: after a hundred an hour they no longer fill the disk (F-47)."""
    since = now - timedelta(hours=1)
    lines = select(Entry.seq).where(Entry.act == Act.DENIED, Entry.actor_id == actor.id, Entry.at > since).limit(most)
    return actor.role is not Role.VISITOR and len(session.scalars(lines).all()) < most
