"""The words by which firms, banks and sessions are found (检索词), kept by the database session itself whenever one of them is written.

A word is the rest of a name from one of its signs on, so that every part of a name is the beginning of some word: one range of the
primary key finds it, on both databases alike and without extensions. Who may see what was found is asked of its own sight.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Text, column, delete, event, false, literal, select, text
from sqlalchemy import inspect as inspected
from sqlalchemy.orm import Mapped, Session, mapped_column

from financing.db import Base
from financing.readings import Way, asked, spelled

#: Behind every word that begins with the same signs.
LAST = "\U0010ffff"
#: Things looked through for one question; with more the reader is asked for another word.
MOST = 1_000


#: A word behind the digit of its way.
Spelled = str


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


def words(name: str, code: str = "", phone: str = "") -> list[Spelled]:
    """The words of one thing, each behind the number of its way."""
    digits = "".join(sign for sign in phone if sign.isdigit())
    found = [f"{way.value}{word}" for way, word in spelled(name)]
    found += [f"{Way.CODE.value}{code}"] if code else []
    return [*found, f"{Way.PHONE.value}{digits[::-1]}"] if digits else found


def keep(connection: Connection, kind: str, told: Mapping[int, Sequence[Spelled]]) -> None:
    """Write down the words of things of one kind, by their ids; whoever has many spells them before the writer's lock is held.

    All of them by one statement: there are thirty to a name, and a statement for each would wait for its turn among the readers each time.
    """
    if told:
        values = {"kind": kind, "told": json.dumps(told, ensure_ascii=False)}
        connection.execute(text(_KEEP[connection.dialect.name]), values)


_ONE = "SELECT :kind, CAST(substr(word.value, 1, 1) AS INTEGER), substr(word.value, 2), CAST(one.key AS BIGINT)"
_KEEP = {
    "sqlite": f"INSERT INTO search_word (kind, way, word, subject_id) {_ONE} FROM json_each(:told) one, json_each(one.value) word",
    "postgresql": f"""INSERT INTO search_word (kind, way, word, subject_id) {_ONE}
      FROM jsonb_each(CAST(:told AS jsonb)) one, jsonb_array_elements_text(one.value) word""",
}


def rebuild(session: Session) -> int:
    """All words anew; how many there are."""
    session.execute(delete(Word))
    count = 0
    for table, (kind, *columns) in KINDS.items():
        fields: list[Any] = [getattr(kind, column) if column else literal("") for column in ("id", *columns)]
        things = session.execute(select(*fields).execution_options(yield_per=1_000))
        for some in things.partitions():
            told = {key: words(*said) for key, *said in some}
            keep(session.connection(), table, told)
            count += sum(map(len, told.values()))
    return count


def subjects(session: Session, kind: type[Base], typed: str, *, phones: bool = False, most: int = MOST) -> list[int]:
    """What is found by all of the words typed, the best first: by the way it was found, then in the order of words.

    One more than `most` says that there is more.
    """
    return found(session, (kind,), typed, phones=phones, most=most)[kind.__tablename__]


def found(
    session: Session, kinds: Sequence[type[Base]], typed: str, *, phones: bool = False, most: int = MOST
) -> dict[str, list[int]]:
    """The same of several kinds by one statement, each for itself."""
    values: dict[str, Any] = {"most": 2 * most + 1}
    ways = [_begins(kind, one, typed, values, phones=phones) for kind in kinds for one in _ways(typed, phones=phones)]
    here: dict[str, dict[int, None]] = {kind.__tablename__: {} for kind in kinds}
    if ways:
        every = " UNION ALL ".join(
            f"SELECT * FROM ({one} ORDER BY word, subject_id LIMIT :most) w{n}"  # noqa: S608  kinds and ways of our own
            for n, one in enumerate(ways)
        )
        for row in sorted(session.execute(text(every), values).all(), key=itemgetter(1, 2, 3)):  # way, word, subject
            here[row[0]][row[3]] = None
    return {kind: list(ids)[: most + 1] for kind, ids in here.items()}


def anyhow(kind: type[Base], typed: str) -> Any:
    """The ids of everything that is found, in no order: for whoever sees little of it."""
    values: dict[str, Any] = {}
    ways = [_begins(kind, one, typed, values, phones=False) for one in _ways(typed, phones=False)]
    if not ways:
        return select(Word.subject_id).where(false())
    every = text(" UNION ALL ".join(ways)).bindparams(**values)
    return select(every.columns(column("kind"), column("way"), column("word"), Word.subject_id).subquery().c.subject_id)


def _ways(typed: str, *, phones: bool) -> list[tuple[Way, str]]:
    return asked(_words(typed)[0], phones=phones)


def _words(typed: str) -> list[str]:
    """The longest first: it leaves the least to look at."""
    return sorted(typed.split(), key=len, reverse=True) or [""]


def _begins(kind: type[Base], begun: tuple[Way, str], typed: str, values: dict[str, Any], *, phones: bool) -> str:
    """One way of finding as text, its values put beside it; the other words typed have to be there too.

    Text, because a statement of twenty parts takes the library longer to put together than the database to answer.
    """
    query = f"SELECT kind, way, word, subject_id FROM search_word a WHERE {_range('a', kind, begun, values)}"  # noqa: S608  kinds and ways of our own
    for other in _words(typed)[1:]:
        any_way = " OR ".join(_range("b", kind, one, values) for one in asked(other, phones=phones)) or "1 = 0"
        query += f" AND EXISTS (SELECT 1 FROM search_word b WHERE b.subject_id = a.subject_id AND ({any_way}))"  # noqa: S608  kinds and ways of our own
    return query


def _range(alias: str, kind: type[Base], begun: tuple[Way, str], values: dict[str, Any]) -> str:
    """The words of a kind and way that begin like this: one range of the key."""
    way, word = begun
    low, high = f"low{len(values)}", f"high{len(values)}"
    values |= {low: word, high: word + LAST}
    named = f"{alias}.kind = '{kind.__tablename__}' AND {alias}.way = {int(way)}"
    return f"({named} AND {alias}.word >= :{low} AND {alias}.word < :{high})"


def _written(_mapper: Any, connection: Connection, thing: Any) -> None:
    said = [getattr(thing, column) if column else "" for column in KINDS[thing.__tablename__][1:]]
    keep(connection, thing.__tablename__, {thing.id: words(*said)})


def _changed(_mapper: Any, connection: Connection, thing: Any) -> None:
    columns = [column for column in KINDS[thing.__tablename__][1:] if column]
    if any(inspected(thing).attrs[column].history.has_changes() for column in columns):
        connection.execute(delete(Word).where(Word.subject_id == thing.id, Word.kind == thing.__tablename__))
        _written(_mapper, connection, thing)
