"""Connections that died while they lay idle are never given out; PostgreSQL's alone, SQLite has no server that could go away."""

from __future__ import annotations

from contextlib import ExitStack, closing

import pytest
from sqlalchemy import event, text

from financing import idle
from financing.db import Database
from financing.engines import engine_for


@pytest.fixture
def postgres_database(postgres_url):
    with closing(Database(postgres_url)) as database:
        yield database


def kill(engine, other):
    """End every connection of one engine from another."""
    with engine.connect() as one, ExitStack() as more:
        pids = [one.scalar(text("SELECT pg_backend_pid()"))]
        pids += [more.enter_context(engine.connect()).scalar(text("SELECT pg_backend_pid()")) for _ in range(3)]
    with other.connect() as connection:
        for pid in pids:
            connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})


def test_dead_connections_are_replaced_before_anybody_gets_one(postgres_database, monkeypatch):
    monkeypatch.setattr(idle, "IDLE", 0.0)
    kill(postgres_database.reader, postgres_database.writer)
    with ExitStack() as open_:
        found = [open_.enter_context(postgres_database.reader.connect()).scalar(text("SELECT 1")) for _ in range(5)]
    assert found == [1] * 5


def test_nothing_is_asked_of_a_connection_that_was_just_used(postgres_database):
    engine, asked = engine_for(postgres_database.url, writes=False), []
    plain = engine.dialect.do_ping
    engine.dialect.do_ping = lambda connection: asked.append(1) or plain(connection)  # counted, and done all the same
    for _ in range(5):
        with engine.connect() as connection:
            assert connection.scalar(text("SELECT 1")) == 1
    assert asked == []
    engine.dispose()


def test_a_single_statement_needs_no_transaction_on_postgresql(database):
    said = []
    event.listen(database.reader, "commit", lambda _: said.append("commit"))
    with database.single.connect() as connection:
        assert connection.scalar(text("SELECT 1")) == 1
        raw = connection.connection.driver_connection
        if database.reader.dialect.name == "postgresql":
            assert raw.autocommit
            assert raw.info.transaction_status.name == "IDLE"
    with database.reader.connect() as connection:
        assert connection.scalar(text("SELECT 1")) == 1
        if database.reader.dialect.name == "postgresql":
            assert not connection.connection.driver_connection.autocommit, (
                "what is lent for one statement comes back as it was"
            )
