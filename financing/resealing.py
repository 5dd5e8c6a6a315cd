"""New keys (更换密钥): everything that is sealed, sealed anew under a new key in one transaction; nothing changes but the cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import Column, Connection, Table, select, update

from financing import row_walls
from financing.db import Database
from financing.models import metadata
from financing.sealing import Ring, SealedColumn, number_of
from financing.walls_aside import aside


def sealed() -> Iterator[tuple[Table, Column[bytes]]]:
    """Every sealed column of the platform."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, SealedColumn):
                yield table, column


def cells(database: Database) -> Counter[str]:
    """How many cells each key seals, by its number."""
    with database.reader.connect() as connection:
        row_walls.let_in(connection)
        found = (
            value
            for table, column in sealed()
            for value in connection.scalars(select(column).where(column.is_not(None)))
        )
        return Counter(number_of(value) for value in found)


def rotate(database: Database, ring: Ring) -> tuple[str, int]:
    """A new key, and every cell under it; its number and how many cells. SealBroken or KeysAway leaves all of them as they were."""
    number = ring.rotate()
    with database.turn(), database.writer.begin() as connection:
        row_walls.let_in(connection)
        with aside(connection):  # the cell says the same; it is only shut with another key
            count = sum(_anew(connection, ring, table, column) for table, column in sealed())
    return number, count


def _anew(connection: Connection, ring: Ring, table: Table, column: Column[bytes]) -> int:
    place = f"{table.name}.{column.name}"
    rows = connection.execute(select(table.c.id, column).where(column.is_not(None))).all()
    for key, cell in rows:
        again = ring.seal(place, key, ring.open(place, key, cell))
        connection.execute(update(table).where(table.c.id == key).values({column: again}))
    return len(rows)
