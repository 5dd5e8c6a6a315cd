"""Engines for SQLite and PostgreSQL: transactions that are safe for money, and nobody who waits for ever (F-05)."""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

from financing.idle import ask_the_idle

#: Milliseconds that a writer waits while another process holds the file; its own writers take turns.
HELD_MS = 4_000
#: What SQLite says then.
LOCKED = "database is locked"
#: Seconds to reach a PostgreSQL, where the address says nothing of it.
REACHED_WITHIN = "10"
LIMITS = "-c statement_timeout=15s -c lock_timeout=3s -c idle_in_transaction_session_timeout=30s -c timezone=UTC"


def engine_for(url: str, *, writes: bool = True) -> Engine:
    """An engine whose transactions are safe for money: BEGIN IMMEDIATE, or PostgreSQL with time limits."""
    if url.startswith("sqlite"):
        engine = create_engine(url, pool_size=8, max_overflow=24, hide_parameters=True)
        event.listen(engine, "connect", _prepare_writer if writes else _prepare_reader)
        event.listen(engine, "begin", _begin_immediate if writes else _begin)
        return engine
    return _postgres(url, LIMITS if writes else f"{LIMITS} -c default_transaction_read_only=on")


def _postgres(url: str, limits: str) -> Engine:
    from financing.patience import Patient

    place = make_url(url)
    place = place.update_query_dict({"connect_timeout": REACHED_WITHIN} | dict(place.query))
    engine = create_engine(place, pool_size=10, max_overflow=5, hide_parameters=True, connect_args={"options": limits})
    dialect: Any = engine.dialect
    dialect.connect = Patient.connect
    ask_the_idle(engine)
    return engine


def unhurried(connection: Connection) -> None:
    """From here to the end of this connection's transaction, or of the connection outside of one, PostgreSQL may take as long as it needs."""
    raw: Any = connection.connection.driver_connection
    raw.patience = None
    raw.execute("SET statement_timeout = 0" if raw.autocommit else "SET LOCAL statement_timeout = 0")


def wal_is_sound(version: tuple[int, ...]) -> bool:
    """SQLite before 3.51.3, 3.50.7 and 3.44.6 can corrupt a WAL database when two connections write at once."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def _prepare_writer(connection: Any, _record: Any) -> None:
    _prepare(connection, "OFF", "cache_size=-65536")  # KiB: a large import returns to its pages


def _prepare_reader(connection: Any, _record: Any) -> None:
    _prepare(connection, "ON")


def _prepare(connection: Any, query_only: str, *more: str) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    mode = "WAL" if wal_is_sound(sqlite3.sqlite_version_info) else "TRUNCATE"
    for word in (
        f"journal_mode={mode}", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={HELD_MS}", "trusted_schema=OFF",
        "cell_size_check=ON", "mmap_size=0", "secure_delete=ON", f"query_only={query_only}", *more,
    ):  # fmt: skip
        connection.execute(f"PRAGMA {word}")


def _begin_immediate(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN")
