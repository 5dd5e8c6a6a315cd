"""The product as people install it: its own command, and its server in a process of its own; nothing in it is replaced."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from threading import Thread
from urllib.request import urlopen

from granian.constants import Interfaces
from granian.server.embed import Server
from litestar import Litestar

from tests.nursery import Child
from web.asgi import HTTP

PATIENCE = 180  # seconds for a server to come up on a machine however busy


class Installation:
    """One folder with its database; `runs` gives a command, `start` serves it on a free port of this machine."""

    serves = ("web.command", "serve")

    def __init__(self, folder: Path, database_url: str, **settings: object) -> None:
        self.folder, self.log, self.port = folder, folder / "server.log", free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        own = {
            "DATA_DIR": folder / "var",
            "DATABASE_URL": database_url,
            "PORT": self.port,
            "SECOND_FACTOR": "off",
            "RESERVE_MIB": 0,
        } | settings
        others = {key: value for key, value in os.environ.items() if not key.startswith("YUANRONG_")}
        self.environment = others | {f"YUANRONG_{key}": str(value) for key, value in own.items()}
        self.server: Child | None = None

    def runs(self, *arguments: str, fails: bool = False) -> str:
        """What a command says; whether it may fail is part of what is tested."""
        with TemporaryFile() as file:
            ended = Child(["web.command", *arguments], self.environment, Path.cwd(), file.fileno()).wait(timeout=300)
            file.seek(0)
            said = file.read().decode()
        assert bool(ended) is fails, said
        return said

    def start(self) -> None:
        """Serve, and come back when the site answers."""
        with self.log.open("ab") as log:
            self.server = Child(self.serves, self.environment, Path.cwd(), log.fileno())
        until = time.monotonic() + PATIENCE
        while self.server.poll() is None and time.monotonic() < until:
            try:
                with urlopen(f"{self.address}/health", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.05)
        self.kill()
        raise RuntimeError(self.said[-3_000:])

    def stop(self) -> None:
        """End the server as an operator does; with force when it does not listen."""
        if self.server is not None and self.server.poll() is None:
            self.server.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self.server.wait(timeout=15)
            self.kill()

    def kill(self) -> None:
        """As when the power fails: the server and everything it started, at once; they are a group of their own."""
        if self.server is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.server.pid, signal.SIGKILL)
            self.server.wait()

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")


@contextmanager
def over_http(app: Litestar, port: int = 0) -> Iterator[int]:
    """An application with a clock of its own behind the product's own server, in a thread; the port it listens on."""
    port, loop = port or free_port(), asyncio.new_event_loop()
    served = {"interface": Interfaces.ASGI, "websockets": False, "http1_settings": HTTP}
    server = Server(app, address="127.0.0.1", port=port, **served)
    thread = Thread(target=loop.run_until_complete, args=(server.serve(),))
    thread.start()
    try:
        _wait_for(port)
        yield port
    finally:
        loop.call_soon_threadsafe(server.stop)
        thread.join()
        loop.close()


def _wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=2):
            return
        time.sleep(0.02)
    raise RuntimeError(f"nobody listens on {port}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
