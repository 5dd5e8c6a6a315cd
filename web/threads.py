"""The threads in which pages are worked on: few, and nobody waits long for one (F-05).

Where the database stands still, every thread soon waits for it. Who comes then is told after a few seconds, instead of standing in a queue that
does not move; static files and `/health` need no thread of these.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any
from weakref import ref

from financing.refusals import Busy

#: Threads of this process: as many as Python itself would take.
MANY = min(32, (os.cpu_count() or 1) + 4)
#: Seconds that somebody waits for a thread, and how many may wait at once.
PATIENCE, MOST = 4.0, 200


class Threads(ThreadPoolExecutor):
    """Busy for who was not begun within `patience` seconds, and for who comes when `most` wait already."""

    def __init__(self, many: int = MANY, patience: float = PATIENCE, most: int = MOST) -> None:
        super().__init__(many, thread_name_prefix="page")
        self._patience, self._most = patience, most

    def submit(self, work: Callable[..., Any], /, *args: Any, **given: Any) -> Future[Any]:
        """From the loop that waits for the answer."""
        answer: Future[Any] = Future()
        if self._work_queue.qsize() >= self._most:
            answer.set_exception(Busy())
            return answer
        begun = super().submit(work, *args, **given)
        begun.add_done_callback(lambda done: _pass_on(done, answer))
        asyncio.get_running_loop().call_later(self._patience, _give_up, ref(begun))
        return answer


def _give_up(found: ref[Future[Any]]) -> None:
    """Who has been begun meanwhile is not disturbed; the timer keeps nothing of what is over."""
    if begun := found():
        begun.cancel()


def _pass_on(done: Future[Any], answer: Future[Any]) -> None:
    if not answer.set_running_or_notify_cancel():  # nobody waits for it any more
        return
    if done.cancelled():
        answer.set_exception(Busy())
    elif error := done.exception():
        answer.set_exception(error)
    else:
        answer.set_result(done.result())
