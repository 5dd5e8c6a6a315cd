"""Live boards (实时大屏): one look at the database for every screen of this process, sent to each as server-sent events.

Nothing is kept here but the last look: what a board shows stands in the database, so any number of processes show the same.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from datetime import datetime

from litestar.concurrency import sync_to_thread
from litestar.response.sse import ServerSentEventMessage

from financing import journal
from financing.access import SYSTEM
from financing.db import Database
from financing.desk import opened
from financing.forums.board import Board, board
from financing.forums.day_rules import Ticking
from financing.forums.model import ForumSession
from financing.forums.rules import SessionState
from financing.session_refusals import TooManyWatch

TICK = 0.5  # seconds between looks, and between a stream's steps
KEEP = 5.0  # seconds after which a quiet stream says what is left of the round
LIFE = 300.0  # seconds of one stream; the browser comes again and is asked again who it is
MOST, MOST_EACH = 600, 6  # streams of this process, and of one account


class Boards:
    """The boards that this process's watchers look at."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self.database, self.clock = database, clock
        self.watching: Counter[int] = Counter()  # open streams by account
        self.closed = False
        self._turn = asyncio.Lock()
        self._looked, self._reached = -TICK, -1
        self._boards: dict[int, Board] = {}
        self._shown: dict[tuple[int, str], tuple[Board, str]] = {}

    def admit(self, account: int) -> None:
        """TooManyWatch when this process, or this account, has all the streams it may have."""
        if self.watching.total() >= MOST or self.watching[account] >= MOST_EACH:
            raise TooManyWatch

    async def now(self, session: int) -> Board:
        """The board as of at most a tick ago. Every act leaves a line in the journal: while that has not grown, nothing has changed."""
        async with self._turn:
            if time.monotonic() - self._looked >= TICK:
                reached = await sync_to_thread(self._journal)
                if reached != self._reached:
                    self._boards, self._reached = {}, reached
                self._looked = time.monotonic()
            if session not in self._boards:
                self._boards[session] = await sync_to_thread(self.read, session)
            return self._boards[session]

    def shown(self, found: Board, lang: str, show: Callable[[Board], str]) -> str:
        """The board in words: written once for all who watch it in this language."""
        held, words = self._shown.get((found.id, lang), (None, ""))
        if held is not found:
            words = show(found)
            self._shown[found.id, lang] = (found, words)
        return words

    async def stream(
        self, session: int, account: int, lang: str, show: Callable[[Board], str]
    ) -> AsyncIterator[ServerSentEventMessage]:
        """The board when it changes and what is left of the round, until the watcher leaves, the day ends or a life is over."""
        self.watching[account] += 1
        try:
            sent: Board | None = None
            told, ends = 0.0, time.monotonic() + LIFE
            while time.monotonic() < ends and not self.closed:
                found = await self.now(session)
                fresh = found is not sent and found != sent  # mostly the very same: then nothing is compared
                if fresh:
                    yield ServerSentEventMessage(event="board", data=self.shown(found, lang, show))
                if fresh or time.monotonic() - told >= KEEP:
                    yield ServerSentEventMessage(event="left", data=self.left(found))
                    told = time.monotonic()
                if found.state is not SessionState.OPEN:
                    return
                sent = found
                await asyncio.sleep(TICK)
        finally:
            self.watching[account] -= 1

    def left(self, found: Board) -> str:
        """`873 running`: seconds and whether they run, so that a screen with a wrong clock counts right."""
        running = "running" if found.ticking is Ticking.RUNNING else "still"
        return f"{found.left(self.clock())} {running}"

    def close(self) -> None:
        """Let every stream end at its next step."""
        self.closed = True

    def read(self, session: int) -> Board:
        """The board as it stands this moment."""
        with opened(self.database, SYSTEM, self.clock(), write=False) as desk:
            return board(desk, desk.get(ForumSession, session))

    def _journal(self) -> int:
        with opened(self.database, SYSTEM, self.clock(), write=False) as desk:
            return journal.reached(desk.session)
