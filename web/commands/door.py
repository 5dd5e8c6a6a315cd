"""How a command reaches the database: with the settings of the environment, up to date, and never beside a server."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from financing.db import Database
from financing.refusals import DatabaseInUse, DatabaseOld
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
    with alone(settings), closing(Database(settings.url)) as database:
        if current:
            require_current(database)
        _keep_private(settings)
        yield database


@contextmanager
def looked_at(settings: Settings | None = None) -> Iterator[Database]:
    """The database for a command that only reads: works beside a running server."""
    with closing(Database((settings or Settings()).url)) as database:
        require_current(database)
        yield database


def require_current(database: Database) -> None:
    from financing.migrations import standing

    now, newest = standing(database.reader)
    if now != newest:
        raise DatabaseOld(now=now or "—", newest=newest)


def _keep_private(settings: Settings) -> None:
    """The file holds firms' secrets: only its owner reads it."""
    if settings.url.startswith("sqlite:///"):
        path = Path(settings.url.removeprefix("sqlite:///"))
        if path.exists():
            path.chmod(0o600)
