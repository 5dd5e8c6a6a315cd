"""Papers as PDF: what to print, and the press that prints it in warm, limited children."""

from __future__ import annotations

import json
from base64 import b64encode
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Self

from reports.child import PRINTING, Child, Limits, once

LAYOUT = "reports.layout"


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


def render(job: Job, limits: Limits = PRINTING) -> bytes:
    """Print one paper in a child of its own, which costs about a second of start; many papers go to a Press."""
    return once(LAYOUT, job.payload(), limits)


class Press:
    """A few warm children that print many papers; each child lays out one paper at a time."""

    def __init__(self, workers: int = 2, limits: Limits = PRINTING) -> None:
        self._workers = workers
        self._children: SimpleQueue[Child] = SimpleQueue()
        self._all = [Child(LAYOUT, limits) for _ in range(workers)]
        for child in self._all:
            self._children.put(child)
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="press")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Wait for papers in work, then end the children."""
        self._threads.shutdown(cancel_futures=True)
        for child in self._all:
            child.close()

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
                waiting.append(self._threads.submit(self._one, job))
                if len(waiting) > 2 * self._workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()

    def _one(self, job: Job) -> bytes:
        child = self._children.get()
        try:
            return child.ask(job.payload())
        finally:
            self._children.put(child)
