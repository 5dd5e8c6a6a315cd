"""A zone in use is brought up to date: whatever rows it has stay, whichever revision it comes from."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from financing.migrations import HERE, Dangling, _config, at_rest, bring_up, newest

#: From the newest but one back to the first.
FORMER = [each.revision for each in ScriptDirectory(str(HERE)).walk_revisions()][1:]


@pytest.fixture(scope="module")
def left(quick: Path) -> dict[str, Path]:
    """An empty zone as each revision left it; one is come to from the other, once."""
    path, found = quick / "history.db", {}
    for revision in reversed(FORMER):
        with at_rest(f"sqlite:///{path}") as connection:
            command.upgrade(_config(connection), revision)
        found[revision] = Path(shutil.copyfile(path, quick / f"history-{revision}.db"))
    return found


@pytest.fixture
def connection(left: dict[str, Path], quick: Path, since: str) -> Iterator[Connection]:
    """A zone of that revision."""
    with at_rest(f"sqlite:///{shutil.copyfile(left[since], quick / 'zone-of-old.db')}") as connection:
        yield connection


def tables(connection: Connection) -> list[str]:
    rows = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [name for (name,) in rows if name != "alembic_version" and not name.startswith("sqlite_")]


def fill(connection: Connection) -> None:
    """One row in every table, each pointing to the one row of the other: what a row means is not asked here."""
    connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
    for table in tables(connection):
        columns = connection.exec_driver_sql(f"PRAGMA table_info({table})").all()
        values = {name: 1 if kind == "INTEGER" else b"1" if kind == "BLOB" else "1" for _, name, kind, *_ in columns}
        names, places = ", ".join(f'"{name}"' for name in values), ", ".join("?" for _ in values)
        connection.exec_driver_sql(
            f'INSERT OR IGNORE INTO "{table}" ({names}) VALUES ({places})', tuple(values.values())
        )


@pytest.mark.parametrize("since", FORMER)
def test_a_row_in_every_table_is_still_there_after_the_upgrade(connection, since):
    fill(connection)
    had = tables(connection)
    bring_up(connection)
    left = {table: connection.scalar(text(f'SELECT count(*) FROM "{table}"')) for table in had}
    assert {table: count for table, count in left.items() if not count} == {}
    assert connection.scalar(text("SELECT version_num FROM alembic_version")) == newest()


@pytest.mark.parametrize("since", FORMER[:1])
def test_an_upgrade_that_would_leave_rows_pointing_to_nothing_is_refused(connection, since):
    fill(connection)
    connection.exec_driver_sql("DELETE FROM bank")
    with pytest.raises(Dangling, match="bank"):
        bring_up(connection)
