"""Writers on SQLite take turns (轮流写入): one at a time, in the order they came."""

from __future__ import annotations

import threading
from collections import deque

from financing.refusals import Busy

#: Seconds that a writer waits for its turn: nobody waits for ever behind one that does not end.
PATIENCE = 30.0


class FairLock:
    """First come, first served. SQLite's own waiting starves writers: of four the slowest committed nothing.

    A thread that asks again while it holds the lock would wait for itself for ever: RuntimeError says so at once.
    Busy for who has waited longer than `patience`; those behind lose nothing by it.
    """

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._door = threading.Lock()
        self._queue: deque[tuple[int, threading.Event]] = deque()
        self._sent_away: set[threading.Event] = set()
        self._holder: int | None = None

    def acquire(self) -> None:
        me = threading.get_ident()
        with self._door:
            if self._holder == me:
                raise RuntimeError("a writer inside a writer of the same thread would wait for ever")
            if self._holder is None:
                self._holder = me
                return
            turn = threading.Event()
            self._queue.append((me, turn))
        if not turn.wait(self._patience):
            self._give_up(me, turn)
        if turn in self._sent_away:
            self._sent_away.remove(turn)
            raise Busy

    def _give_up(self, me: int, turn: threading.Event) -> None:
        """Out of the queue, but where the turn came in the very last moment."""
        with self._door:
            if turn.is_set():
                return
            self._queue.remove((me, turn))
        raise Busy

    def send_away(self) -> None:
        """Busy for all who wait now: whoever holds up the holder holds them up as well, and each would wait as long again."""
        with self._door:
            gone = [turn for _, turn in self._queue]
            self._queue.clear()
            self._sent_away.update(gone)
            for turn in gone:
                turn.set()

    def release(self) -> None:
        with self._door:
            if not self._queue:
                self._holder = None
                return
            self._holder, turn = self._queue.popleft()
            turn.set()
