"""New keys (更换密钥): what is sealed is sealed anew under the key in use, some rows at a time; nothing changes but the cells.

Each batch is a transaction of its own, so a run that was cut off is taken up where it stopped: what lies under the key in use already is
passed over. On PostgreSQL it runs beside the service. Files handed in with a report lie sealed in the store and are sealed anew with their row.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Table, func, select, update

from financing import desk, row_walls
from financing.access import SYSTEM
from financing.acts import Act
from financing.conduct.model import ConductEvidence
from financing.conduct.reports import CELL, FILE
from financing.conduct_refusals import KeyUsed
from financing.db import Database
from financing.journal import Head
from financing.models import metadata
from financing.papers import store
from financing.sealing import Ring, SealedColumn, number_of
from financing.walls_aside import off

#: Rows that are sealed anew by one transaction.
BATCH = 200


@dataclass(frozen=True, slots=True)
class Done:
    """How far it has come: cells sealed anew out of those that had to be."""

    cells: int
    of: int


def sealed() -> Iterator[tuple[Table, Column[bytes]]]:
    """Every sealed column of the platform."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, SealedColumn):
                yield table, column


def cells(database: Database, uploads: Path | None = None) -> Counter[str]:
    """How many cells each key seals, by its number; with `uploads` the sealed files too."""
    with database.reader.connect() as connection:
        row_walls.let_in(connection)
        found = Counter(number_of(cell) for _table, _column, _key, cell in _cells(connection))
        if uploads is not None:
            files = connection.scalars(select(ConductEvidence.stored))
            found.update(number_of(head) for name in files if (head := _head(uploads, name)))
    return found


def old(database: Database, ring: Ring, uploads: Path | None = None) -> int:
    """How many cells lie under another key than the one in use."""
    counted = cells(database, uploads)
    return counted.total() - counted[ring.keys.newest().number.hex()]


def anew(database: Database, ring: Ring, uploads: Path | None = None, batch: int = BATCH) -> Iterator[Done]:
    """Seal all that lies under another key under the one in use, batch after batch. SealBroken or KeysAway leaves the batch as it was."""
    whole, done = old(database, ring, uploads), 0
    for table, column in list(sealed()):
        after = 0
        while True:
            with database.turn(), database.writer.begin() as connection:
                row_walls.let_in(connection)
                rows = connection.execute(_next(table, column, after, batch)).all()
                with off(connection, table.name):
                    done += sum(_one(connection, ring, table, column, *row) for row in rows)
            if not rows:
                break
            after = rows[-1][0]
            yield Done(done, whole)
    if uploads is not None:
        for key in _evidence(database):
            done += _file(database, ring, uploads, key)
        yield Done(done, whole)


def mark_anew(database: Database, ring: Ring) -> int:
    """Marks of who reported and for which firm, which their cells tell, under the newest key of marks; how many rows.

    Marks of forms and codes are told by nobody: they stay, and are looked for under every key there is.
    """
    table = metadata.tables["reporter"]
    with database.turn(), database.writer.begin() as connection:
        row_walls.let_in(connection)
        rows = connection.execute(select(table.c.id, table.c.told)).all()
        with off(connection, table.name):
            for key, cell in rows:
                said = ring.read(CELL, key, cell)
                marks = {"mark": ring.mark(f"user\n{said['user']}"), "firm_mark": ring.mark(f"firm\n{said['firm']}")}
                connection.execute(update(table).where(table.c.id == key).values(marks))
    return len(rows)


def drop(database: Database, ring: Ring, number: str, uploads: Path) -> None:
    """Take a key away for good; KeyUsed while it is in use, anything lies under it, or marks may have been made with it."""
    key = next((one for one in ring.keys.all() if one.number.hex() == number), None)
    if key is None:
        raise KeyUsed(number=number, cells=0)
    last = ring.keys.newest() if key.purpose == "seal" else ring.keys.marking()[-1]
    lies = cells(database, uploads)[number] if key.purpose == "seal" else _marked(database)
    if lies or key == last:
        raise KeyUsed(number=number, cells=lies)
    ring.keys.drop(number)


def on_record(
    database: Database, now: datetime, number: str, count: int, *, marks: int = 0, dropped: bool = False
) -> None:
    """One line of the journal: which key, by its number, and how many cells and marks were made anew under it."""
    with desk.opened(database, SYSTEM, now) as here:
        head = here.session.scalars(select(Head)).one()
        here.note(Act.ROTATE_KEYS, head, key=number, cells=count, marks=marks, dropped=dropped)


def _cells(connection: Connection) -> Iterator[tuple[Table, Column[bytes], int, bytes]]:
    for table, column in sealed():
        for key, cell in connection.execute(select(table.c.id, column).where(column.is_not(None))):
            yield table, column, key, cell


def _next(table: Table, column: Column[bytes], after: int, batch: int) -> Any:
    """The next rows by their number, locked: what somebody changes meanwhile is not overwritten."""
    rows = select(table.c.id, column).where(column.is_not(None), table.c.id > after)
    return rows.order_by(table.c.id).limit(batch).with_for_update()


def _one(connection: Connection, ring: Ring, table: Table, column: Column[bytes], key: int, cell: bytes) -> int:
    if number_of(cell) == ring.keys.newest().number.hex():
        return 0
    place = f"{table.name}.{column.name}"
    again = ring.seal(place, key, ring.open(place, key, cell))
    connection.execute(update(table).where(table.c.id == key).values({column: again}))
    return 1


def _evidence(database: Database) -> list[int]:
    with database.reader.connect() as connection:
        row_walls.let_in(connection)
        return list(connection.scalars(select(ConductEvidence.id).order_by(ConductEvidence.id)))


def _file(database: Database, ring: Ring, uploads: Path, key: int) -> int:
    """One file: the new bytes lie there before the row points to them, the old ones go once it does."""
    table = metadata.tables["conduct_evidence"]
    with database.turn(), database.writer.begin() as connection:
        row_walls.let_in(connection)
        name = connection.scalar(select(table.c.stored).where(table.c.id == key).with_for_update())
        head = _head(uploads, name or "")
        if not name or not head or number_of(head) == ring.keys.newest().number.hex():
            return 0
        cell = ring.seal(FILE, key, ring.open(FILE, key, (uploads / name).read_bytes()))
        said = {"stored": store.keep_quietly(uploads, cell), "sha256": hashlib.sha256(cell).hexdigest()}
        with off(connection, table.name):
            connection.execute(update(table).where(table.c.id == key).values(said))
    store.forget(uploads, name)
    return 1


def _head(uploads: Path, name: str) -> bytes:
    path = uploads / name
    if not name or not path.is_file():
        return b""
    with path.open("rb") as file:
        return file.read(8)


def _marked(database: Database) -> int:
    tables: Iterable[Table] = (metadata.tables["reporter"], metadata.tables["conduct_note"])
    with database.reader.connect() as connection:
        row_walls.let_in(connection)
        return sum(connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables)
