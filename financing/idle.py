"""Whether a pooled connection still lives is asked after it has lain idle, not before every use: the question is a whole way to the server and back."""

from __future__ import annotations

import time
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import InvalidatePoolError

#: Seconds. A server that goes away within them costs one request an error; the pool is made anew by that error.
IDLE = 1.0


def ask_the_idle(engine: Engine) -> None:
    """From here on this engine gives out no connection that died while it lay idle."""
    dialect: Any = engine.dialect

    def laid_down(_connection: Any, record: Any) -> None:
        record.info["idle_since"] = time.monotonic()

    def taken_up(connection: Any, record: Any, _proxy: Any) -> None:
        since = record.info.get("idle_since")
        if since is None or time.monotonic() - since < IDLE:
            return
        try:
            dialect.do_ping(connection)
        except dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error  # this one and all that are as old: the pool tries again with a new one

    event.listen(engine, "checkin", laid_down)
    event.listen(engine, "checkout", taken_up)
