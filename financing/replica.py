"""A second PostgreSQL that follows the first (只读副本): lists and figures may be read there, what a decision rests on never is (F-04, F-05).

A page is read there only when the replica has the last line of the journal that the primary has at that moment. Every act leaves its line in the transaction
that changes anything, so nothing read there is older than what anybody has done before, oneself included. A replica that is behind, away or too
slow costs a page nothing but the question: it is read from the primary.
"""

from __future__ import annotations

import os
import socket
import time
from contextlib import suppress
from threading import Timer
from typing import Any

from sqlalchemy import Engine, event, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolEmpty

from financing.db import Database
from financing.engines import engine_for

#: Seconds: how long a page may take there, and for how long a replica that failed is not asked again.
LIMIT, REST = 5.0, 10.0
REACHED = text("SELECT seq FROM journal_head")
#: What a replica in trouble raises: gone, slow, or with no connection free.
TROUBLE = (DBAPIError, PoolEmpty)


class Replica:
    """One that follows `database`; whoever reads there asks `current` first and says `failed` when it broke off."""

    def __init__(self, url: str, database: Database) -> None:
        self.database = database
        patient = make_url(url).update_query_dict({"connect_timeout": "2"})
        self.engine = engine_for(patient.render_as_string(hide_password=False), writes=False)
        self._asked_again_at = 0.0
        event.listen(self.engine, "checkout", _within)
        event.listen(self.engine, "checkin", _in_time)

    @property
    def resting(self) -> bool:
        """It failed a moment ago and is left alone."""
        return time.monotonic() < self._asked_again_at

    @property
    def current(self) -> bool:
        """Whether it has every line of the journal that the primary has now."""
        return not self.resting and self.behind() == 0

    def behind(self) -> int | None:
        """How many lines of the journal it lacks; None when it does not answer, and then it is left alone for a while."""
        with self.database.single.connect() as connection:
            wanted = connection.scalar(REACHED)
        try:
            with self.engine.connect() as connection:
                found = connection.scalar(REACHED)
        except TROUBLE:
            self.failed()
            return None
        return max(0, int(wanted) - int(found))

    def failed(self) -> None:
        """It broke off: the next pages do not wait for it."""
        self._asked_again_at = time.monotonic() + REST

    def close(self) -> None:
        self.engine.dispose()


def follow(database: Database, url: str) -> None:
    """Let a database know its replica; nothing for no address."""
    if url:
        database.replica = Replica(url.replace("postgresql://", "postgresql+psycopg://", 1), database)


def source_of(database: Database) -> Engine | None:
    """Where a page that may may be read now: the replica, or None for the primary."""
    found = database.replica
    return found.engine if found is not None and found.current else None


class _Line:
    """A second hold on the line to the server: one that hangs answers no time limit of its own, so the line is cut and the reading ends with an error."""

    def __init__(self, file: int) -> None:
        self.line = socket.socket(fileno=os.dup(file))
        self.timer = Timer(LIMIT, self.cut)
        self.timer.daemon = True
        self.timer.start()

    def cut(self) -> None:
        with suppress(OSError):  # it was in time after all, and let go
            self.line.shutdown(socket.SHUT_RDWR)

    def let_go(self) -> None:
        self.timer.cancel()
        self.line.close()


def _within(connection: Any, record: Any, _proxy: Any) -> None:
    record.info["line"] = _Line(connection.fileno())


def _in_time(_connection: Any, record: Any) -> None:
    if line := record.info.pop("line", None):
        line.let_go()
