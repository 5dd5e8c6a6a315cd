"""The words by which firms, banks and sessions are found (检索词), kept by the database session itself whenever one of them is written.

A word is the rest of a name from one of its signs on, so that every part of a name is the beginning of some word: one range of the
primary key finds it, on both databases alike and without extensions. Who may see what was found is asked of its own sight.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    and_,
    delete,
    event,
    false,
    insert,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy import inspect as inspected
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from financing.db import Base
from financing.readings import Way, asked, spelled

#: Behind every word that begins with the same signs.
LAST = "\U0010ffff"
#: Things looked through for one question; with more the reader is asked for another word.
MOST = 1_000


class Word(Base):
    """One word of one thing; `kind` is the thing's table."""

    __tablename__ = "search_word"

    kind: Mapped[str] = mapped_column(primary_key=True)
    way: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # readings.Way
    word: Mapped[str] = mapped_column(Text().with_variant(Text(collation="C"), "postgresql"), primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, index=True)


#: How each kind is found: by the column of its name, of its code, of its telephone.
KINDS: dict[str, tuple[type[Base], str, str, str]] = {}


def kept(kind: type[Base], *, name: str, code: str = "", phone: str = "") -> None:
    """From here on whatever is written of this kind can be found: the one place at which words come to be."""
    KINDS[kind.__tablename__] = (kind, name, code, phone)
    event.listen(kind, "after_insert", _written)
    event.listen(kind, "after_update", _changed)


def rows(kind: str, subject: int, name: str, code: str = "", phone: str = "") -> list[dict[str, object]]:
    """The words of one thing, as rows."""
    found = {*spelled(name), *([(Way.CODE, code)] if code else ())}
    digits = "".join(sign for sign in phone if sign.isdigit())
    found |= {(Way.PHONE, digits[::-1])} if digits else set()
    return [{"kind": kind, "way": int(way), "word": word, "subject_id": subject} for way, word in sorted(found)]


def rebuild(session: Session) -> int:
    """All words anew; how many there are."""
    session.execute(delete(Word))
    count = 0
    for table, (kind, *columns) in KINDS.items():
        fields: list[Any] = [getattr(kind, column) if column else literal("") for column in ("id", *columns)]
        things = session.execute(select(*fields).execution_options(yield_per=1_000))
        for some in things.partitions():
            words = [row for thing in some for row in rows(table, *thing)]
            session.execute(insert(Word), words)
            count += len(words)
    return count


def subjects(session: Session, kind: type[Base], typed: str, *, phones: bool = False, most: int = MOST) -> list[int]:
    """What is found by all of the words typed, the best first: by the way it was found, then in the order of words.

    One more than `most` says that there is more.
    """
    return found(session, (kind,), typed, phones=phones, most=most)[kind.__tablename__]


def found(
    session: Session, kinds: Sequence[type[Base]], typed: str, *, phones: bool = False, most: int = MOST
) -> dict[str, list[int]]:
    """The same of several kinds by one statement."""
    here: dict[str, dict[int, None]] = {kind.__tablename__: {} for kind in kinds}
    every = [one.limit(2 * most + 1) for kind in kinds for one in _ways(kind, typed, phones=phones)]
    if every:
        all_of_them = union_all(*(select(one.subquery()) for one in every)).subquery()
        columns = all_of_them.c
        for row in session.execute(select(all_of_them).order_by(columns.way, columns.word, columns.subject_id)):
            here[row.kind][row.subject_id] = None
    return {kind: list(ids)[: most + 1] for kind, ids in here.items()}


def anyhow(kind: type[Base], typed: str) -> Select[Any]:
    """The ids of everything that is found, in no order: for whoever sees little of it."""
    every = [one.order_by(None).with_only_columns(Word.subject_id) for one in _ways(kind, typed, phones=False)]
    return select(union_all(*every).subquery().c.subject_id) if every else select(Word.subject_id).where(false())


def _ways(kind: type[Base], typed: str, *, phones: bool) -> list[Select[Any]]:
    first, *others = sorted(typed.split(), key=len, reverse=True) or [""]
    return [_begins(kind, way, word, others, phones=phones) for way, word in asked(first, phones=phones)]


def _begins(kind: type[Base], way: Way, word: str, others: Sequence[str], *, phones: bool) -> Select[Any]:
    """One way of finding, in the order of its words; the other words typed have to be there too."""
    query: Any = select(Word.kind, Word.way, Word.word, Word.subject_id).where(*_range(Word, kind, way, word))
    for other in others:
        w = aliased(Word)
        way_in = or_(false(), *(and_(*_range(w, kind, *one)) for one in asked(other, phones=phones)))
        query = query.where(select(w.subject_id).where(w.subject_id == Word.subject_id, way_in).exists())
    ordered: Select[Any] = query.order_by(Word.word, Word.subject_id)
    return ordered


def _range(w: Any, kind: type[Base], way: Way, word: str) -> Iterator[ColumnElement[bool]]:
    yield from (w.kind == kind.__tablename__, w.way == int(way), w.word >= word, w.word < word + LAST)


def _written(_mapper: Any, connection: Connection, thing: Any) -> None:
    said = [getattr(thing, column) if column else "" for column in KINDS[thing.__tablename__][1:]]
    connection.execute(insert(Word), rows(thing.__tablename__, thing.id, *said))


def _changed(_mapper: Any, connection: Connection, thing: Any) -> None:
    columns = [column for column in KINDS[thing.__tablename__][1:] if column]
    if any(inspected(thing).attrs[column].history.has_changes() for column in columns):
        connection.execute(delete(Word).where(Word.subject_id == thing.id, Word.kind == thing.__tablename__))
        _written(_mapper, connection, thing)
