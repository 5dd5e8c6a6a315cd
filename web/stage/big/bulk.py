"""Rows by the thousand into either database: COPY on PostgreSQL, one prepared statement on SQLite; walls and CHECKs stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, cast

from sqlalchemy import Connection, Dialect, Table

from financing.db import Base
from financing.journal_check import canonical

Convert = Callable[[Any], Any]


def pour(connection: Connection, kind: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Write these rows, all with the same columns, as the types of the table write them."""
    if not rows:
        return
    table, names = cast("Table", kind.__table__), tuple(rows[0])
    converts = _converts(table, names, connection.dialect)
    values = ([convert(row[name]) for name, convert in zip(names, converts, strict=True)] for row in rows)
    quoted = ", ".join(f'"{name}"' for name in names)
    if connection.dialect.name == "postgresql":
        _copy(connection, f'COPY "{table.name}" ({quoted}) FROM STDIN', values)
        return
    marks = ", ".join("?" * len(names))
    raw = cast("Any", connection.connection.driver_connection)
    raw.executemany(f'INSERT INTO "{table.name}" ({quoted}) VALUES ({marks})', values)  # noqa: S608  names of our own tables


def _copy(connection: Connection, statement: str, values: Iterable[list[Any]]) -> None:
    raw = cast("Any", connection.connection.driver_connection)
    with raw.cursor() as cursor, cursor.copy(statement) as copy:
        for row in values:
            copy.write_row(row)


@cache
def _converts(table: Table, names: tuple[str, ...], dialect: Dialect) -> tuple[Convert, ...]:
    return tuple(_convert(table.c[name].type, dialect) for name in names)


def _convert(kind: Any, dialect: Dialect) -> Convert:
    """A value as it goes over the wire; JSON that is text already stays as it is."""
    inner: Convert = kind.dialect_impl(dialect).bind_processor(dialect) or (lambda value: value)
    if "JSON" in type(kind.dialect_impl(dialect)).__name__.upper():
        return lambda value: value if isinstance(value, str) else canonical(value).decode()
    return lambda value: None if value is None else inner(value)
