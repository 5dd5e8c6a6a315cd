"""The application as the server loads it: settings, lock, database, and the worker beside it."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from typing import Any

import structlog
from granian.http import HTTP1Settings
from litestar import Litestar

from financing.db import Database, assert_safe
from financing.sealing import Ring
from financing.settings import Settings
from reports.gate import Limits
from web.app import create_app
from web.collector import settle
from web.commands.door import alone, require_current
from web.importing import Importer
from web.jobs import look
from web.keeping import Keeper
from web.post.sending import Post, send_due

log = structlog.get_logger(__name__)
PAUSE = 2.0  # seconds between looks into the outbox
#: The server keeps little of an answer that its reader is slow to take: what it holds can no longer be stopped (I-10).
HTTP = HTTP1Settings(max_buffer_size=32 * 1024)


def application() -> Litestar:
    """Everything wired for one server process; refuses to start on an unsafe or outdated database."""
    settings = Settings()
    hold = alone(settings)
    hold.__enter__()
    database = Database(settings.url, Ring(settings.key_file))
    assert_safe(database.writer)
    require_current(database)
    app = create_app(database, settings)
    settle()
    stop = threading.Event()
    worker = threading.Thread(
        target=_work, args=(database, stop, Keeper(database, settings)), name="outbox", daemon=True
    )
    post = threading.Thread(target=_post, args=(database, stop, Post.of(settings)), name="post", daemon=True)

    limits = Limits(bytes=settings.upload_mib << 20)
    imports = Importer(database, settings.uploads, limits, lambda: datetime.now(UTC))
    importer = threading.Thread(target=_import, args=(imports, stop), name="imports", daemon=True)

    def close(*_: Any) -> None:
        stop.set()
        worker.join(timeout=5)
        importer.join(timeout=5)
        post.join(timeout=5)
        database.close()
        hold.__exit__(None, None, None)

    app.on_shutdown.append(close)
    worker.start()
    importer.start()
    post.start()
    return app


def _work(database: Database, stop: threading.Event, keeper: Keeper) -> None:
    """Look again and again; a database that does not answer now is asked again later, the worker never ends by itself."""
    day = date.min
    while not stop.wait(PAUSE):
        try:
            former, day = day, look(database, datetime.now(UTC), day)
            keeper.step(datetime.now(UTC), new_day=day > former)
        except Exception as error:  # noqa: BLE001  whatever went wrong must not end the worker
            log.warning("worker.failed", why=type(error).__name__)


def _import(imports: Importer, stop: threading.Event) -> None:
    """Part after part of whatever import waits; between two parts the server may end, and the next one goes on from there."""
    while not stop.wait(PAUSE / 4):
        try:
            while not stop.is_set() and imports.step():
                pass
        except Exception as error:  # noqa: BLE001  whatever went wrong must not end the worker
            log.warning("imports.failed", why=type(error).__name__)


def _post(database: Database, stop: threading.Event, post: Post) -> None:
    """Messages out of the house, beside the worker: a slow mail server keeps no deadline waiting."""
    while not stop.wait(PAUSE):
        try:
            send_due(database, post, lambda: datetime.now(UTC), most=20)
        except Exception as error:  # noqa: BLE001  as above
            log.warning("post.failed", why=type(error).__name__)
