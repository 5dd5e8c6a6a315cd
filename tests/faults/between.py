"""A line to a PostgreSQL that brings each answer late, or holds it; and the same before each statement of SQLite, as a slow disk does."""

from __future__ import annotations

import math
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Condition, Thread
from typing import Any

from sqlalchemy import event

from financing.db import Database


class Late:
    """By how many seconds; `set` counts for what is on its way too."""

    def __init__(self) -> None:
        self.seconds, self._changed = 0.0, Condition()

    def set(self, seconds: float) -> None:
        with self._changed:
            self.seconds = seconds
            self._changed.notify_all()

    def holds(self, since: float) -> None:
        """Come back when something that came at this moment may go on."""
        with self._changed:
            while (left := since + self.seconds - time.monotonic()) > 0:
                self._changed.wait(None if left == math.inf else left)


class Between:
    """Listens on this machine; what the server behind the socket says goes on late, what is said to it at once."""

    def __init__(self, server: Path, late: Late) -> None:
        self.server, self.late = server, late
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        self.lines: list[socket.socket] = []
        self.porter = Thread(target=self._lets_in, daemon=True)
        self.porter.start()

    def _lets_in(self) -> None:
        with suppress(OSError):
            while True:
                here, _ = self.door.accept()
                there = socket.socket(socket.AF_UNIX)
                there.connect(str(self.server))
                self.lines += [here, there]
                for source, target, late in ((here, there, False), (there, here, True)):
                    Thread(target=self._carries, args=(source, target, late), daemon=True).start()

    def _carries(self, source: socket.socket, target: socket.socket, late: bool) -> None:
        with suppress(OSError):
            while piece := source.recv(65_536):
                if late:
                    self.late.holds(time.monotonic())
                target.sendall(piece)
        for line in (source, target):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self.late.set(0)
        self.door.shutdown(socket.SHUT_RDWR)
        for line in (self.door, *self.lines):
            line.close()


@contextmanager
def through(folder: Path, url: str, late: Late) -> Iterator[str]:
    """The address of the same database by way of a late line; of a file there is no such way."""
    line = Between(folder / ".s.PGSQL.5432", late)
    try:
        yield (
            url.partition("@")[0]
            + f"@127.0.0.1:{line.port}/"
            + url.partition("@/")[2].partition("?")[0]
            + "?sslmode=disable"
        )
    finally:
        line.close()


def slows(database: Database, late: Late) -> None:
    """Each statement to a file, and each end of a transaction, waits for its disk."""

    def waits(*_: Any) -> None:
        late.holds(time.monotonic())

    for engine in {database.writer, database.reader}:
        for moment in ("before_cursor_execute", "commit"):
            event.listen(engine, moment, waits)
