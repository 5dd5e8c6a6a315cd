"""Every route asked by every role about its own, somebody else's and nobody's: the answers stand in access_matrix.csv.

The table is written by hand from what each role is there for, never from the product's own tables. Its cells: `yes` (the page
opens, the form is let in), `in` (sign in first), `403` (seen but not allowed), `404` (as if there were nothing), `·` (not asked:
printing takes long, and whoever may print what is shown in a row above opens it in the rows of its page).
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar

from financing.access import Role
from financing.settings import Settings
from tests.clients import client
from tests.makers import NOW
from tests.web.conftest import OURS, SITE
from tests.web.filled_forms import FILLED
from tests.web.filled_zone import Filled
from tests.web.populated import ABSENT, PASSWORD, Populated
from web.app import close, create_app

TABLE = Path(__file__).with_name("access_matrix.csv")
UNLIKE = {"x-request-id", "set-cookie", "content-length"}  # the length follows from the text, which is compared
ROLES = [role.value for role in Role if role is not Role.SYSTEM]


@dataclass(frozen=True)
class Case:
    """One cell of the table."""

    route: str
    thing: str
    whose: str
    role: str
    expected: str

    def __str__(self) -> str:
        return f"{self.route} · {self.whose or '—'} {self.thing} · {self.role}: {self.expected}"


@dataclass(frozen=True)
class Visit:
    """A browser: its cookie, and the key that its forms carry."""

    sid: str
    key: str


def table(*, printed: bool = False) -> list[Case]:
    """The cells that are asked; with `printed` those too whose printing takes long."""
    with TABLE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    cells = [Case(row["route"], row["thing"], row["whose"], role, row[role]) for row in rows for role in ROLES]
    return [cell for cell in cells if printed or cell.expected != "·"]


class Doors:
    """The populated zone, somebody of every role signed in, and the way back to the state before an act."""

    def __init__(self, zone: Populated, folder: Path) -> None:
        self.settings, self.zone = Settings(data_dir=folder / "var", log_level="ERROR"), zone
        self.app = create_app(zone.database, self.settings, lambda: NOW)
        self.client = client(self.app, SITE)
        self.visits = {role: self._comes_in(role) for role in ROLES}
        self.file, self.kept = folder / "zone.db", folder / "kept.db"
        _copy(self.file, self.kept)
        self.routes = {str(handler.name): (path, handler.http_methods) for path, handler in _named(self.app)}

    @cached_property
    def answers(self) -> dict[Case, Any]:
        """Everything in the table asked, once."""
        return {case: self._ask(case) for case in table()}

    def told(self, case: Case) -> str:
        """The answer in the words of the table."""
        answer, place = self.answers[case], self.answers[case].headers.get("location", "")
        if answer.status_code == 401 or (answer.status_code == 303 and place.startswith("/sign-in?next=")):
            return "in"
        if answer.status_code in {403, 404}:
            return str(answer.status_code)
        further = {409, 422} if "POST" in self.routes[case.route][1] else set()
        return "yes" if answer.status_code in {200, 204, 303} | further else f"{answer.status_code}"

    def _ask(self, case: Case) -> Any:
        """One answer; the zone is as it was before."""
        path, methods = self.routes[case.route]
        visit, named = self.visits[case.role], self.zone.thing(case.thing, case.whose) if case.thing else ""
        place = re.sub(r"{\w+[^}]*}", str(named), path)
        if "POST" not in methods:
            return self._sends("HEAD" if methods == {"HEAD"} else "GET", place, visit.sid)
        form = {"csrf": visit.key, "once": f"{case.route}{case.whose}{case.role}", **FILLED.get(case.route, {})}
        answer = self._sends("POST", place, visit.sid, form)
        if answer.status_code == 303:
            self.restore()
        return answer

    def restore(self) -> None:
        """The zone as it was before the first act."""
        _copy(self.kept, self.file)

    def _comes_in(self, role: str) -> Visit:
        """Sign in as a person does."""
        page = self._sends("GET", "/sign-in", "")
        visit = Visit(page.cookies["sid"], _key(page.text))
        if role == Role.VISITOR:
            return visit
        fields: dict[str, object] = {"csrf": visit.key, "once": role, "login": role, "password": PASSWORD}
        sid = self._sends("POST", "/sign-in", visit.sid, fields).cookies["sid"]
        return Visit(sid, _key(self._sends("GET", "/account", sid).text))

    def _sends(self, method: str, place: str, sid: str, form: dict[str, object] | None = None) -> Any:
        self.client.cookies.clear()
        headers = (OURS if form else {}) | {"cookie": f"sid={sid}"}
        return self.client.request(method, place, data=form, headers=headers, follow_redirects=False)


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there)


def _key(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found
    return found[1]


def _named(app: Litestar) -> Iterator[tuple[str, Any]]:
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            if handler.http_methods != {"OPTIONS"}:
                yield route.path, handler


@pytest.fixture(scope="module")
def doors(filled: Filled, quick: Path) -> Iterator[Doors]:
    folder = quick / os.urandom(8).hex()
    with filled.opened(folder) as zone:
        found = Doors(zone, folder)
        yield found
        close(found.app)
    shutil.rmtree(folder)


def test_every_route_has_its_rows_and_every_row_its_route(doors):
    assert sorted({case.route for case in table()} ^ set(doors.routes)) == []


def test_what_a_row_names_is_asked_for_with_a_number_that_nobody_has_too(doors):
    named = {case.route for case in table() if case.whose}
    assert sorted(named ^ {name for name, (path, _) in doors.routes.items() if "{" in path}) == []
    assert sorted(named - {case.route for case in table() if case.whose == "absent"}) == []


def test_each_role_opens_what_is_its_own_and_nothing_else(doors):
    assert [f"{case}, found {doors.told(case)}" for case in doors.answers if doors.told(case) != case.expected] == []


def plain(answer: Any, thing: object) -> tuple[Any, ...]:
    """All that reaches the reader but for what was asked for and the number of the request."""
    headers = {name: value for name, value in answer.headers.items() if name not in UNLIKE}
    return answer.status_code, headers, answer.text.replace(str(thing), "…")


def test_I19_what_is_somebody_elses_answers_byte_for_byte_like_what_is_not_there(doors):
    absent = {(c.route, c.role): plain(answer, ABSENT) for c, answer in doors.answers.items() if c.whose == "absent"}
    for case, answer in doors.answers.items():
        if case.expected == "404" and case.whose not in {"", "absent"}:
            assert plain(answer, doors.zone.thing(case.thing, case.whose)) == absent[case.route, case.role], str(case)
