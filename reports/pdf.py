"""Papers as PDF: what to print, and the press that prints it in warm, limited children."""

from __future__ import annotations

import json
from base64 import b64encode
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import Empty, LifoQueue
from typing import Self

from financing.refusals import Busy
from reports.child import PRINTING, Child, Limits

LAYOUT = "reports.layout"
#: Seconds that somebody at a page waits for a child to come free.
PATIENCE = 8.0


@dataclass(frozen=True)
class Job:
    """One paper to print: HTML, the identifier that makes its bytes repeatable, and what goes inside it."""

    html: str
    identifier: str
    archive: bool = False
    attachments: Mapping[str, bytes] = field(default_factory=dict)

    def payload(self) -> bytes:
        """The job as it crosses to the child."""
        files = {name: b64encode(content).decode() for name, content in self.attachments.items()}
        asked = {"html": self.html, "identifier": self.identifier, "archive": self.archive, "attachments": files}
        return json.dumps(asked).encode()


class Press:
    """A few children that stay warm and print many papers, each one paper at a time; none starts before its first paper."""

    def __init__(self, workers: int = 2, limits: Limits = PRINTING) -> None:
        self._workers = workers
        self._idle: LifoQueue[Child] = LifoQueue()  # the one that printed last is the warmest
        for _ in range(workers):
            self._idle.put(Child(LAYOUT, limits))
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="press")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Wait for papers in work, then end the children; whoever asks afterwards finds the press busy."""
        self._threads.shutdown(cancel_futures=True)
        for _ in range(self._workers):
            self._idle.get().close()
        self._workers = 0

    def one(self, job: Job, patience: float | None = PATIENCE) -> bytes:
        """One paper now; ChildFailed when it breaks a limit, Busy when no child comes free within `patience` seconds."""
        try:
            child = self._idle.get(timeout=patience)
        except Empty:
            raise Busy from None
        try:
            return child.ask(job.payload())
        finally:
            self._idle.put(child)

    def print(self, jobs: Iterable[Job], on_done: Callable[[int], None] | None = None) -> Iterator[bytes]:
        """The papers in the order of the jobs, a few ahead; `on_done` hears how many are finished so far.

        A paper that breaks a limit raises ChildFailed at its place; the press itself stays usable.
        """
        waiting: deque[Future[bytes]] = deque()
        for done, paper in enumerate(self._ahead(iter(jobs), waiting), 1):
            if on_done:
                on_done(done)
            yield paper

    def _ahead(self, jobs: Iterator[Job], waiting: deque[Future[bytes]]) -> Iterator[bytes]:
        try:
            for job in jobs:
                waiting.append(self._threads.submit(self.one, job, None))
                if len(waiting) > 2 * self._workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
