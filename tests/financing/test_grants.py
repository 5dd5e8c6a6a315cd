"""C-26: the service's account on PostgreSQL has no right to change or remove what is written once, nor to touch the tables themselves."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from financing.erasing_walls import LETS_ERASE
from financing.grants import ERASED, HELD, give
from financing.models import metadata
from financing.walls import WRITTEN_ONCE
from tests.engines import lent

FREE = sorted({table.name for table in metadata.sorted_tables} - set(WRITTEN_ONCE))


@pytest.fixture
def service(service_url):
    """The database as the service's account opens it."""
    with lent(service_url) as database, database.writer.connect() as connection:
        yield connection


def refused(connection, statement: str) -> bool:
    try:
        connection.execute(text(statement))
    except ProgrammingError as refusal:
        return "denied" in str(refusal.orig) or "must be owner" in str(refusal.orig)
    finally:
        connection.rollback()
    return False


def test_what_is_written_once_the_service_can_only_read_and_add_to(service):
    tried = {
        statement: refused(service, statement)
        for table in WRITTEN_ONCE
        for statement in (f"DELETE FROM {table}", f"TRUNCATE {table}", f"DROP TABLE {table}", f"ALTER TABLE {table} DISABLE TRIGGER ALL")
    }  # fmt: skip
    assert [statement for statement, no in tried.items() if not no] == []
    columns = [(table, column.name) for table in WRITTEN_ONCE for column in metadata.tables[table].columns]
    changed = [
        (table, name) for table, name in columns if not refused(service, f'UPDATE {table} SET "{name}" = "{name}"')
    ]
    numbers = {(table, "id") for table in HELD}
    assert set(changed) == numbers | {(table, column) for table in ERASED for column in LETS_ERASE[table]}


def test_everything_else_it_may_do_and_the_version_of_the_tables_it_may_only_read(service):
    assert [table for table in FREE if refused(service, f"DELETE FROM {table} WHERE false")] == []
    assert refused(service, "UPDATE alembic_version SET version_num = '0001'")
    assert refused(service, "CREATE TABLE mine (id int)")


@pytest.mark.parametrize("name", ["", "a b", "a;drop", "Ä", '"x"', "1a", "a" * 64])
def test_an_odd_name_is_no_account(name, service):
    with pytest.raises(ValueError, match=r".*"):
        give(service, name)
