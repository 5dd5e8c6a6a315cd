"""A connection to PostgreSQL that waits for each answer, and no longer (F-05).

The server's own limits (`LIMITS`) end a statement that takes long. They do not count where the server itself stands still, its disk hangs, or
whatever lies between takes the question and gives no answer: then this side ends the connection, and the next request opens another.
"""

from __future__ import annotations

from typing import Any

import psycopg

#: Seconds for one answer: the longest statement and its way here.
PATIENCE = 20.0


class Patient(psycopg.Connection[Any]):
    """What is under way when patience ends is undone by the server, which finds the line cut; a commit may have come through, and its form says so when it is sent again."""

    patience: float | None = PATIENCE

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """OperationalError when there is no answer within `patience`; who names a time of their own has that."""
        try:
            return super().wait(gen, interval, self.patience if timeout is None else timeout)
        except psycopg.errors._WaitTimeout:  # noqa: SLF001  what the driver raises has no other name
            if timeout is not None:
                raise
            self.pgconn.finish()
            raise psycopg.OperationalError(f"no answer within {self.patience} seconds") from None
