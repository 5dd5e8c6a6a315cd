"""What runs beside the pages (后台): outbox and daily run, messages out, imports, checkpoints and backups; in a server or in a worker."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime

import structlog

from financing.db import Database
from financing.settings import Settings
from reports.gate import Limits
from web import erased_files
from web.drilling import drill_when_due
from web.importing import Importer
from web.jobs import look
from web.keeping import Keeper
from web.post.sending import Post, send_due

log = structlog.get_logger(__name__)
PAUSE = 2.0  # seconds between looks
BETWEEN_DRILLS = 600.0  # seconds between looks whether a drill is due
#: Seconds that each of them has to end in.
ENDS_WITHIN = 5


def the_clock() -> datetime:
    return datetime.now(UTC)


class Background:
    """Five threads, so that a slow mail server or a long import keeps no deadline waiting; any number of processes may have them."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database, self.uploads, self.day = database, settings.uploads, date.min
        self.keeper = Keeper(database, settings)
        self.imports = Importer(database, settings.uploads, Limits(bytes=settings.upload_mib << 20), the_clock)
        self.post = Post.of(settings)
        self.stop = threading.Event()
        steps: dict[str, tuple[float, Callable[[], object]]] = {
            "worker": (PAUSE, self.work),
            "post": (PAUSE, self.send),
            "imports": (PAUSE / 4, self.import_),
            "keeper": (PAUSE, self.keep),
            "drills": (BETWEEN_DRILLS, self.drill),
        }
        self.threads = [
            threading.Thread(target=self._again, args=(name, *step), name=name, daemon=True)
            for name, step in steps.items()
        ]

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def close(self) -> None:
        """Let each end at its next step."""
        self.stop.set()
        for thread in self.threads:
            thread.join(timeout=ENDS_WITHIN)

    def once(self) -> int:
        """Everything that is due now, one after the other; how much was done."""
        return self.work() + self.send() + self.imports.run() + self.keep() + self.drill()

    def work(self) -> int:
        """The outbox, and what a new day asks for."""
        before = self.day
        self.day, done = look(self.database, the_clock(), before)
        if self.day != before:
            done += erased_files.follow(self.database, self.keeper.settings, the_clock())
        self.keeper.ran = self.day
        return done

    def send(self) -> int:
        return send_due(self.database, self.post, the_clock, most=20)

    def import_(self) -> None:
        """Part after part; between two parts the process may end, and the next one goes on from there."""
        while not self.stop.is_set() and self.imports.step():
            pass

    def keep(self) -> int:
        return self.keeper.look(the_clock())

    def drill(self) -> int:
        """The restore drill when its week is over."""
        return drill_when_due(self.database, self.keeper.settings, the_clock(), self.stop)

    def _again(self, name: str, pause: float, step: Callable[[], object]) -> None:
        """Again and again: a database that does not answer now is asked again later, no thread ever ends by itself."""
        while not self.stop.wait(pause):
            try:
                step()
            except Exception as error:  # noqa: BLE001  whatever went wrong must not end the thread
                log.warning("background.failed", what=name, why=type(error).__name__)
