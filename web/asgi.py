"""The application as the server loads it: settings, lock, database, and what runs beside the pages."""

from __future__ import annotations

from typing import Any

from granian.http import HTTP1Settings
from litestar import Litestar
from litestar.concurrency import set_asyncio_executor

from financing.db import Database, assert_safe
from financing.replica import follow
from financing.sealing import Ring
from financing.secret_files import require_safe
from financing.settings import Settings
from web.app import create_app
from web.background import Background, the_clock
from web.collector import settle
from web.commands.door import alone, require_current
from web.strictness import seal_what_was_clear, watch_clocks
from web.threads import Threads

#: The server keeps little of an answer that its reader is slow to take: what it holds can no longer be stopped (I-10).
HTTP = HTTP1Settings(max_buffer_size=32 * 1024)


def application() -> Litestar:
    """Everything wired for one server process; refuses to start on an unsafe or outdated database."""
    settings = Settings()
    hold = alone(settings)
    hold.__enter__()
    database = Database(settings.url, Ring(settings.key_file, settings.suite))
    follow(database, settings.replica)
    assert_safe(database.writer)
    require_current(database)
    require_safe(settings)
    watch_clocks(database, the_clock)
    seal_what_was_clear(database, the_clock)
    app = create_app(database, settings)
    set_asyncio_executor(Threads())
    settle()
    background = None if settings.work_apart else Background(database, settings)

    def close(*_: Any) -> None:
        if background is not None:
            background.close()
        database.close()
        if database.replica is not None:
            database.replica.close()
        hold.__exit__(None, None, None)

    app.on_shutdown.append(close)
    if background is not None:
        background.start()
    return app
