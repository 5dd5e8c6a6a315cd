"""Walls stand aside while a zone is upgraded or brought back, and all of this program's stand again at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from financing.walls import put_up

#: The walls that stand, with the table of each.
STANDING = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'wall_%'",
    "postgresql": "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
    " WHERE NOT t.tgisinternal AND t.tgname LIKE 'wall_%%' AND c.relnamespace = current_schema()::regnamespace",
}


#: The same with what makes them.
SAID = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'wall_%'"


@contextmanager
def aside(connection: Connection) -> Iterator[None]:
    """An upgrade and an empty database being filled: no wall stands meanwhile, and all of this program's stand afterwards.

    Only for a transaction that nobody else can see into; what goes wrong in it is undone with the taking down.
    """
    for name, table in connection.exec_driver_sql(STANDING[connection.dialect.name]).all():
        on = f" ON {table}" if connection.dialect.name == "postgresql" else ""
        connection.exec_driver_sql(f"DROP TRIGGER {name}{on}")
    yield
    put_up(connection)


@contextmanager
def off(connection: Connection, table: str) -> Iterator[None]:
    """The walls of one table stand aside for the rest of a short transaction, and stand again at its end; the others never move."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        return
    walls = [row for row in connection.exec_driver_sql(SAID).all() if row[1] == table]
    for name, _table, _said in walls:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for _name, _table, said in walls:
        connection.exec_driver_sql(said)
