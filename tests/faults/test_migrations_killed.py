"""F-45: a migration that is killed at any of its statements leaves the database as it was, and the next run ends where an unbroken one ends.

The process that migrates kills itself (SIGKILL) before its k-th statement, for one k after the other on the same filled database. After each
kill every table, row, constraint, trigger and policy is compared with the picture from before: so the former version could start on it. On each
change the last migration is killed at every statement of its own and at a few of the walls; with YUANRONG_ROUNDS all migrations at every
statement of theirs, and the newest one at every statement of the walls. A kill costs a tenth of a second: what is killed leaves the database as
it was, so that one copy serves every statement.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
from contextlib import closing
from itertools import count

import psycopg
import pytest
from alembic import command
from sqlalchemy import Engine, event

from financing.migrations import PARTS, _config, at_rest, bring_up, newest, upgrade
from financing.walls import WRITTEN_ONCE
from tests.financing.test_upgrade import FORMER, fill

ALL = bool(os.environ.get("YUANRONG_ROUNDS"))
REVISIONS = [newest(), *FORMER] if ALL else FORMER[:1]
#: Walls are taken down and put up again by a thousand statements alike: how many of them are tried on each change, beside the last.
FEW = 1
#: All there is of a database of PostgreSQL beside its rows.
SHAPE = """
SELECT 'column', table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', '' FROM pg_constraint
  WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
UNION ALL SELECT 'index', tablename, indexname, indexdef, '', '' FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), '', '' FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT 'policy', tablename, policyname, cmd, qual, with_check FROM pg_policies
UNION ALL SELECT 'rows', relname, relrowsecurity::text, relforcerowsecurity::text, '', '' FROM pg_class WHERE relkind = 'r'
UNION ALL SELECT 'function', proname, prosrc, '', '', '' FROM pg_proc WHERE pronamespace = 'public'::regnamespace"""
#: A value of each kind that a column of ours has; what a row means is not asked here.
VALUES = {
    "bigint": "1", "integer": "1", "boolean": "false", "date": "'2026-11-23'", "timestamp with time zone": "'2026-11-23'",
    "bytea": "'1'", "jsonb": "'{}'", "text": "'1'", "character varying": "'1'",
}  # fmt: skip


def heard(told) -> None:
    """Every statement of this process is told before it is said; rows of no meaning may break CHECKs of meaning while SQLite builds a table anew."""

    @event.listens_for(Engine, "connect")
    def _loose(connection, _record) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.execute("PRAGMA ignore_check_constraints = ON")

    @event.listens_for(Engine, "before_cursor_execute")
    def _hear(_connection, _cursor, statement, *_rest) -> None:
        told(statement)


def dies(url: str, at: int) -> None:
    """Migrate, and be killed before the statement of this number."""
    said = count(1)
    heard(lambda _: next(said) == at and os.kill(os.getpid(), signal.SIGKILL))
    upgrade(url)


def lives(url: str, said) -> None:
    """Migrate to the end; the statements it took."""
    statements: list[str] = []
    heard(statements.append)
    upgrade(url)
    said.put(statements)


@pytest.fixture(scope="module")
def processes():
    """New processes that have loaded everything already and share nothing else with this one."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


def picture(url: str) -> list[str]:
    """Everything in a database, in an order that does not depend on when it was put there."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            return sorted(_ordered(line) for line in connection.iterdump())
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        names = [name for (name,) in connection.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")]  # fmt: skip
        rows = [(name, row) for name in names for (row,) in connection.execute(f'SELECT t::text FROM "{name}" t')]
        return sorted(map(repr, [*connection.execute(SHAPE), *rows]))


def _ordered(line: str) -> str:
    """A table built anew has its constraints in any order."""
    return "\n".join(sorted(part.strip() for part in PARTS.split(line))) if line.startswith("CREATE TABLE") else line


def filled(url: str, revision: str) -> None:
    """A database of that revision with a row in every table that takes one."""
    with at_rest(url) as connection:
        if revision == newest():
            bring_up(connection)
            return
        command.upgrade(_config(connection), revision)
        if url.startswith("sqlite"):
            fill(connection)
            return
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        columns = connection.exec_driver_sql(
            "SELECT table_name, array_agg(column_name::text), array_agg(data_type::text) FROM information_schema.columns"
            " WHERE table_schema = 'public' AND table_name <> 'alembic_version' GROUP BY table_name"
        ).all()
        for table, names, kinds in columns:
            put = ", ".join(f'"{name}"' for name in names), ", ".join(VALUES[kind] for kind in kinds)
            statement = f'INSERT INTO "{table}" ({put[0]}) VALUES ({put[1]})'
            connection.exec_driver_sql(f"DO $$ BEGIN {statement}; EXCEPTION WHEN check_violation OR unique_violation THEN END $$")  # fmt: skip


def chosen(statements: list[str]) -> list[int]:
    """Before which statements it is killed: those of the next migration, and of the walls a few or all."""
    ends = next((n for n, said in enumerate(statements, 1) if said.startswith("UPDATE alembic_version")), 0)
    own = [n for n, said in enumerate(statements[:ends], 1) if "TRIGGER" not in said]
    others = [n for n in range(1, len(statements) + 1) if n not in own]
    walls = [n for n in others if n > ends or "TRIGGER" in statements[n - 1]]
    few = walls[len(walls) // (FEW + 1) :: len(walls) // (FEW + 1) + 1]
    return sorted({*own, *(walls if ALL and not own else few), len(statements)})


@pytest.fixture(params=["sqlite", "postgres"])
def two(request, tmp_path, postgres):
    """Two empty databases of one kind: one is migrated in peace, one is not."""
    if request.param == "sqlite":
        yield [f"sqlite:///{tmp_path}/{name}.db" for name in ("peace", "trouble")]
        return
    names = [postgres.clone(), postgres.clone()]
    yield [postgres.url(name) for name in names]
    for name in names:
        postgres.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.parametrize("revision", REVISIONS)
def test_F45_a_migration_killed_at_any_statement_is_as_if_it_had_not_begun(two, processes, revision):
    peace, trouble = two
    for url in two:
        filled(url, revision)
    said = processes.Queue()
    quiet = processes.Process(target=lives, args=(peace, said))
    quiet.start()
    statements = said.get(timeout=120)
    quiet.join()
    before, after = picture(trouble), picture(peace)
    assert len(statements) > len(WRITTEN_ONCE)
    assert (before == after) == (revision == newest())
    for at in chosen(statements):
        child = processes.Process(target=dies, args=(trouble, at))
        child.start()
        child.join()
        assert child.exitcode == -signal.SIGKILL
        assert picture(trouble) == before, (at, statements[at - 1])
    again = processes.Process(target=lives, args=(trouble, said))
    again.start()
    assert len(said.get(timeout=120)) == len(statements)
    again.join()
    assert picture(trouble) == after
