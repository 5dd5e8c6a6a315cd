"""A picture that stands still (快照): everything as of one moment, while others write on."""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import cast

from sqlalchemy import Connection

from financing.db import Database


@contextmanager
def still(database: Database) -> Iterator[Connection]:
    """One that reads it: a snapshot of PostgreSQL; of SQLite a copy beside the file, made in a moment, for a long reader would hold up writers."""
    file = database.reader.url.database if database.reader.dialect.name == "sqlite" else None
    if file is None:
        with database.reader.connect() as connection:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield connection
        return
    copy = Path(f"{file}.copy-{secrets.token_hex(4)}")
    os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with closing(sqlite3.connect(copy)) as into, database.reader.connect() as connection:
            cast("sqlite3.Connection", connection.connection.driver_connection).backup(into)
        with closing(Database(f"sqlite:///{copy}")) as still_one, still_one.reader.connect() as connection:
            yield connection
    finally:
        for left in copy.parent.glob(f"{copy.name}*"):
            left.unlink()
