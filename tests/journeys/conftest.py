"""A real server on a database of its own, and people at real browsers.

The server is the product's own command in a process of its own; nothing in it is replaced. A browser that reports an
error, blocks content or asks anybody but the site fails the test, whatever the page looked like.
"""

from __future__ import annotations

import itertools
import os
import re
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from financing.access import SYSTEM, VISITOR, Role
from financing.db import Database
from financing.desk import opened
from financing.people import service
from tests.browser import chromium_path
from tests.journeys.person import WIDE, Person
from tests.makers import declares_nothing
from tests.postgres import SERVICE, Postgres
from tests.served import Installation

PASSWORD = "a quiet harbour in spring"
COUNT = itertools.count(1)
FAILED = pytest.StashKey[bool]()
DATABASES = ("sqlite", "postgres")
ON_BOTH = ("test_road", "test_claim", "test_leaders_month")


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
            user = service.join(desk, code, login, PASSWORD)
        declares_nothing(self.database, user, now)
        return login


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium without a screen; that there is none is a fault, never a reason to skip."""
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--font-render-hinting=none"]
        with closing(playwright.chromium.launch(executable_path=chromium_path(), args=arguments)) as browser:
            yield browser


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A journey tries the pages, and either database carries them: on each change every second file goes on PostgreSQL.

    Those of the whole road go on both; so do all of them in a campaign. What the databases do differently is tried below the pages.
    """
    if "installation" in metafunc.fixturenames:
        name = metafunc.module.__name__.rpartition(".")[2]
        both = name in ON_BOTH or "DATABASES" in os.environ
        chosen = DATABASES if both else DATABASES[zlib.crc32(name.encode()) % 2 :][:1]
        metafunc.parametrize("installation", chosen, indirect=True, scope="module")


@pytest.fixture(scope="module")
def installation(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation on each database that nobody has started yet."""
    folder = tmp_path_factory.mktemp("site")
    installation = Installation(folder, empty_database(request, folder))
    try:
        yield installation
    finally:
        installation.stop()
    assert "Traceback" not in installation.said, installation.said[-3_000:]


@pytest.fixture(scope="module")
def site(installation: Installation) -> Iterator[Site]:
    """`yuanrong serve` on a free port of this machine: one empty zone for the journeys of a file."""
    installation.start()
    with closing(Database(installation.environment["YUANRONG_DATABASE_URL"])) as database:
        yield Site(installation.address, database, installation.folder / "var")


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


def empty_database(request: pytest.FixtureRequest, folder: Path) -> str:
    if request.param == "sqlite":
        copy = shutil.copyfile(request.getfixturevalue("migrated_file"), folder / "yuanrong.db")
        return f"sqlite:///{copy}"
    postgres: Postgres = request.getfixturevalue("postgres")
    return postgres.url(postgres.clone(request.getfixturevalue("migrated_database")), SERVICE)


def _picture(test: str, number: int) -> Path:
    """Where the screen of a failed journey is kept; its name is printed."""
    folder = Path(tempfile.mkdtemp(prefix="yuanrong-journey-"))
    path = folder / f"{re.sub(r'[^a-z0-9]+', '-', test.lower())}-{number}.png"
    print(f"screen kept: {path}")  # noqa: T201  the reader of the failure wants it
    return path
