"""How a command reaches the database: with the settings of the environment, up to date, and never beside a server."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy.exc import DatabaseError, OperationalError

from financing.db import Database
from financing.migrations import newest, standing
from financing.refusals import DatabaseAway, DatabaseDamaged, DatabaseInUse, DatabaseOld
from financing.sealing import Ring
from financing.settings import Settings


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Exactly one process writes to a SQLite file (C-27); PostgreSQL needs no such lock."""
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not settings.url.startswith("sqlite"):
        yield
        return
    path = settings.data_dir / "process.lock"
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DatabaseInUse(path=str(path)) from None
        yield


@contextmanager
def opened(settings: Settings | None = None, *, current: bool = True) -> Iterator[Database]:
    """The database of the settings for one command; DatabaseOld when migrations are missing."""
    settings = settings or Settings()
    with alone(settings), closing(Database(settings.url, Ring(settings.key_file, settings.suite))) as database:
        with _sound(database):
            _require_answer(database)
            if current:
                require_current(database)
        _keep_private(settings)
        yield database


@contextmanager
def _sound(database: Database) -> Iterator[None]:
    """A file that is damaged, or no database at all, is one clear sentence: it is brought back, never begun anew."""
    try:
        yield
    except OperationalError:
        raise
    except DatabaseError:
        raise DatabaseDamaged(where=database.reader.url.render_as_string(hide_password=True)) from None


@contextmanager
def looked_at(settings: Settings | None = None) -> Iterator[Database]:
    """The database for a command that only reads: works beside a running server."""
    settings = settings or Settings()
    file = _file(settings)
    if file is not None and not file.exists():  # looking must not make one
        raise DatabaseOld(now="—", newest=newest())
    with closing(Database(settings.url, Ring(settings.key_file, settings.suite))) as database:
        with _sound(database):
            _require_answer(database)
            require_current(database)
        yield database


def require_current(database: Database) -> None:
    now, wanted = standing(database.reader)
    if now != wanted:
        raise DatabaseOld(now=now or "—", newest=wanted)


def _require_answer(database: Database) -> None:
    """One clear sentence when nothing answers at the address of the settings; a password in it is not shown."""
    try:
        database.reader.connect().close()
    except OperationalError:
        raise DatabaseAway(where=database.reader.url.render_as_string(hide_password=True)) from None


def _file(settings: Settings) -> Path | None:
    return Path(settings.url.removeprefix("sqlite:///")) if settings.url.startswith("sqlite") else None


def _keep_private(settings: Settings) -> None:
    """The file holds firms' secrets: only its owner reads it."""
    file = _file(settings)
    if file is not None and file.exists():
        file.chmod(0o600)
