"""A real server on a database of its own, and people at real browsers.

The server is the product's own command in a process of its own; nothing in it is replaced. A browser that reports an
error, blocks content or asks anybody but the site fails the test, whatever the page looked like.
"""

from __future__ import annotations

import itertools
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, sync_playwright

from financing.access import SYSTEM, VISITOR, Role
from financing.db import Database
from financing.desk import opened
from financing.people import service
from tests.browser import chromium_path
from tests.journeys.person import WIDE, Person
from tests.postgres import Postgres

PASSWORD = "a quiet harbour in spring"
COUNT = itertools.count(1)
FAILED = pytest.StashKey[bool]()


@dataclass(frozen=True)
class Site:
    """One running installation: where it is served and the database behind it."""

    address: str
    database: Database
    folder: Path

    def account(self, role: Role, name: str, **owner: int) -> str:
        """The login of somebody with an account and the password of everybody here."""
        now, login = datetime.now(UTC), f"{role}{next(COUNT)}"
        with opened(self.database, SYSTEM, now) as desk:
            code = service.invite(desk, role, name, **owner)
        with opened(self.database, VISITOR, now) as desk:
            service.join(desk, code, login, PASSWORD)
        return login


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium without a screen; that there is none is a fault, never a reason to skip."""
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--font-render-hinting=none"]
        with closing(playwright.chromium.launch(executable_path=chromium_path(), args=arguments)) as browser:
            yield browser


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """`yuanrong serve` on a free port of this machine, on each database: one empty zone for the journeys of a file."""
    tmp_path, port = tmp_path_factory.mktemp("site"), _free_port()
    database_url = _empty_database(request, tmp_path)
    address = f"http://127.0.0.1:{port}"
    own = {"DATA_DIR": str(tmp_path / "var"), "DATABASE_URL": database_url, "PORT": str(port)}
    environment = {key: value for key, value in os.environ.items() if not key.startswith("YUANRONG_")}
    environment |= {f"YUANRONG_{key}": value for key, value in own.items()}
    with (tmp_path / "server.log").open("wb") as log:
        command = [sys.executable, "-m", "web.command", "serve"]
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
    try:
        _wait(server, address, tmp_path / "server.log")
        with closing(Database(database_url)) as database:
            yield Site(address, database, tmp_path / "var")
    finally:
        _stop(server)
    said = (tmp_path / "server.log").read_text(encoding="utf-8", errors="replace")
    assert "Traceback" not in said, said[-3_000:]


@pytest.fixture
def person(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[Callable[..., Person]]:
    """`person()` is somebody new at a browser; `person("wang")` has signed in; `size` is the screen's."""
    present: list[Person] = []

    def come(login: str = "", *, size: tuple[int, int] = WIDE) -> Person:
        someone = Person.at(browser, site.address, size)
        present.append(someone)
        if login:
            someone.opens("/sign-in").fills("登录名", login).fills("密码", PASSWORD).presses("登录")
            someone.is_away_from("/sign-in")
        return someone

    yield come
    failed = request.node.stash.get(FAILED, False)
    for number, someone in enumerate(present):
        someone.leaves((lambda number=number: _picture(request.node.name, number)) if failed else None)
    assert [complaint for someone in present for complaint in someone.complaints] == []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


def _empty_database(request: pytest.FixtureRequest, folder: Path) -> str:
    if request.param == "sqlite":
        copy = shutil.copyfile(request.getfixturevalue("migrated_file"), folder / "yuanrong.db")
        return f"sqlite:///{copy}"
    postgres: Postgres = request.getfixturevalue("postgres")
    return postgres.url(postgres.clone(request.getfixturevalue("migrated_database")))


def _picture(test: str, number: int) -> Path:
    """Where the screen of a failed journey is kept; its name is printed."""
    folder = Path(tempfile.mkdtemp(prefix="yuanrong-journey-"))
    path = folder / f"{re.sub(r'[^a-z0-9]+', '-', test.lower())}-{number}.png"
    print(f"screen kept: {path}")  # noqa: T201  the reader of the failure wants it
    return path


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """Until the site answers; what it said, if it ends before."""
    until = time.monotonic() + 60
    while server.poll() is None and time.monotonic() < until:
        try:
            with urlopen(f"{address}/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(log.read_text(encoding="utf-8", errors="replace")[-3_000:])


def _stop(server: subprocess.Popen[bytes]) -> None:
    """End the server and everything it started; they are a group of their own."""
    if server.poll() is None:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(timeout=15)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
