"""The last wall on PostgreSQL: an account that owns the tables and is no superuser finds no row unless it said who reads (I-26)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import ProgrammingError

from financing.conduct.model import ConductEvidence, ConductNote, Reporter
from financing.conduct.rules import Seat
from financing.engines import engine_for
from financing.row_walls import GUARDED_ROWS, READER
from tests.financing.conduct.conftest import seated
from tests.financing.test_records import as_the_application
from tests.makers import NOW


@pytest.fixture
def account(zone, request):
    if zone.database.writer.dialect.name != "postgresql":
        pytest.skip("SQLite has no rows of its own to wall: sights and sealing stand there")
    case = zone.looking()
    as_the_application(zone.database.url).dispose()
    engine = engine_for(zone.database.url.replace("postgres@", "walled@"))
    with zone.database.writer.begin() as connection:
        if not connection.scalar(text("SELECT count(*) FROM pg_roles WHERE rolname = 'walled'")):
            connection.execute(text("CREATE ROLE walled LOGIN"))
        connection.execute(text("GRANT yuanrong TO walled"))
    yield engine, case
    engine.dispose()


def counted(connection, kind):
    return connection.scalar(select(func.count()).select_from(kind))


def test_I26_rows_of_who_reported_open_to_positive_words_alone(zone, account):
    engine, _case = account
    for who, rows in (
        (None, 0), ("", 0), ("staff", 0), ("0", 0), (str(zone.officer.id), 0), (str(zone.bank_admin.id), 0),
        (str(zone.leader.id), 1), (str(zone.second.id), 1), ("platform", 1),
    ):  # fmt: skip
        with engine.begin() as connection:
            if who is not None:
                connection.execute(select(func.set_config(READER, who, True)))
            assert [counted(connection, kind) for kind in (Reporter, ConductNote)] == [rows, rows], who
            assert counted(connection, ConductEvidence) == 0
    with engine.begin() as connection:  # what an earlier transaction said is not said any more
        assert counted(connection, Reporter) == 0


def test_I26_nobody_writes_who_reported_without_saying_so(account):
    engine, _case = account
    row = text(
        "INSERT INTO reporter (id, version, mark, firm_mark, once, code, waits_until, told)"
        " VALUES (1, 1, 'a', 'b', 'c', 'd', '2026-11-23', '\\xa1')"
    )
    with pytest.raises(ProgrammingError, match="row-level security"), engine.begin() as connection:
        connection.execute(row)


def test_I26_every_table_that_tells_who_reported_is_walled_against_its_owner_too(zone, account):
    with zone.database.reader.connect() as connection:
        held = "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"
        assert set(connection.scalars(text(held))) >= set(GUARDED_ROWS)


def test_I26_a_seat_taken_away_closes_the_rows(zone, account):
    engine, _case = account
    seated(zone, Seat.LEADING, None, when=NOW + timedelta(minutes=5))
    with engine.begin() as connection:
        connection.execute(select(func.set_config(READER, str(zone.leader.id), True)))
        assert counted(connection, Reporter) == 0
