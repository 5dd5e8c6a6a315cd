"""People at the site without a browser: a client that sends forms as a browser would."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from financing.access import SYSTEM, VISITOR, Role
from financing.db import Database
from financing.desk import opened
from financing.people import service
from financing.settings import Settings
from reports.pdf import Press
from tests.clients import client
from tests.makers import declares_nothing
from tests.web.kitchen import open_kitchen
from web import routes
from web.app import assembled, close, furnish

SITE = "http://127.0.0.1:8000"
PASSWORD = "correct horse battery staple"
OURS = {"origin": SITE, "sec-fetch-site": "same-origin"}
MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@dataclass
class Clock:
    """The time, which a test moves itself."""

    now: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.now

    def later(self, **more: float) -> None:
        self.now += timedelta(**more)


@dataclass
class Site:
    """One installation: an application on a database, with a clock of its own."""

    app: Litestar
    database: Database
    settings: Settings
    clock: Clock = field(default_factory=Clock)

    def visitor(self) -> Browser:
        return Browser(self, client(self.app, SITE))

    def newcomer(self, login: str = "newcomer") -> Browser:
        """Somebody who has opened an account and registered no firm yet."""
        browser = self.visitor()
        browser.sends("/register", {"contact": "李芳", "phone": "13800000000", "login": login, "password": PASSWORD})
        return browser

    def person(self, role: Role, login: str = "", *, declared: bool = True, **owner: int) -> Browser:
        """Somebody with an account, signed in; a member of the committee has declared that there is nothing to declare."""
        login = login or role.value
        with opened(self.database, SYSTEM, self.clock.now) as desk:
            code = service.invite(desk, role, f"{role.value} 王", **owner)
        with opened(self.database, VISITOR, self.clock.now) as desk:
            user = service.join(desk, code, login, PASSWORD)
        if declared:
            declares_nothing(self.database, user, self.clock.now)
        browser = self.visitor()
        browser.signs_in(login)
        return browser


@dataclass
class Browser:
    """Opens pages and sends the forms on them."""

    site: Site
    client: TestClient[Litestar]

    def get(self, path: str, **more: Any) -> Any:
        return self.client.get(path, follow_redirects=False, **more)

    def token(self, path: str, action: str = "") -> dict[str, str]:
        """The hidden fields of the first form on a page (or of the one with this action)."""
        page = self.get(path).text
        start = page.index(f'action="{action}"') if action else page.index("<main")
        hidden = r'<input type="hidden" name="(csrf|once|version)" value="([^"]*)">'
        found: dict[str, str] = {}
        for name, value in re.findall(hidden, page[start:]):
            found.setdefault(name, value)
        return found

    def sends(self, path: str, fields: dict[str, Any] | None = None, *, opened: str = "", **more: Any) -> Any:
        """Fill in the form of a page and send it."""
        form = {**self.token(opened or path, path if opened else ""), **(fields or {})}
        return self.client.post(path, data=form, headers=OURS, follow_redirects=False, **more)

    def signs_in(self, login: str, password: str = PASSWORD) -> Any:
        return self.sends("/sign-in", {"login": login, "password": password})


@pytest.fixture(scope="session")
def shells() -> dict[bool, list[Litestar]]:
    """Routes and templates that no site uses at the moment, without the kitchen's pages and with them.

    They are the same for every site and take half a second to put together; whatever a site has of its own comes anew.
    """
    return {False: [], True: []}


class WarmPress(Press):
    """A press whose children outlive the site: what each of them reads before its first paper takes longer than a paper."""

    def __init__(self, lasting: Press) -> None:
        self._workers, self._idle, self._threads = lasting._workers, lasting._idle, lasting._threads

    def close(self) -> None:
        """The children stay for the next one."""


@pytest.fixture(scope="session")
def lasting() -> Iterator[Press]:
    with Press() as press:
        yield press


@pytest.fixture
def made(tmp_path: Path, shells: dict[bool, list[Litestar]], lasting: Press) -> Iterator[Callable[..., Site]]:
    """Makes a site on any database."""
    sites: list[tuple[bool, Site]] = []

    def make(database: Database, *, kitchen: bool = False, **more: Any) -> Site:
        settings, clock = Settings(data_dir=tmp_path / "var", **more), Clock()
        app = shells[kitchen].pop() if shells[kitchen] else assembled()
        if kitchen:
            open_kitchen(app)
        furnish(app, database, settings, clock)
        app.state.press = WarmPress(lasting)
        sites.append((kitchen, Site(app, database, settings, clock)))
        return sites[-1][1]

    yield make
    for kitchen, site in sites:
        close(site.app)
        shells[kitchen].append(site.app)


@pytest.fixture
def site(database: Database, made: Callable[..., Site]) -> Site:
    """A site on each database."""
    return made(database)


@pytest.fixture
def quick_site(sqlite_database: Database, made: Callable[..., Site]) -> Site:
    """A site on SQLite alone, where the database is not what is tested."""
    return made(sqlite_database)


@pytest.fixture
def kitchen(database: Database, made: Callable[..., Site]) -> Site:
    """A site with the kitchen's pages, on each database."""
    return made(database, kitchen=True)


@pytest.fixture
def quick_kitchen(sqlite_database: Database, made: Callable[..., Site]) -> Site:
    return made(sqlite_database, kitchen=True)


@pytest.fixture(autouse=True)
def the_real_table() -> Iterator[None]:
    """The kitchen's rows do not outlive the test."""
    before = dict(routes.ROUTES)
    yield
    routes.ROUTES.clear()
    routes.ROUTES.update(before)
