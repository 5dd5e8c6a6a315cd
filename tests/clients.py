"""Clients of an application under test, all in one event loop: a loop and its threads for each request would cost more than most answers."""

from __future__ import annotations

import atexit
from contextlib import ExitStack
from functools import cache

from anyio.from_thread import BlockingPortal, start_blocking_portal
from litestar import Litestar
from litestar.testing import TestClient


@cache
def _loop() -> BlockingPortal:
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(start_blocking_portal())


def client(app: Litestar, base_url: str) -> TestClient[Litestar]:
    """Somebody who asks an application directly, without a server between; nothing is started or closed with the client."""
    asks = TestClient(app, base_url=base_url)
    asks.blocking_portal = _loop()
    return asks
