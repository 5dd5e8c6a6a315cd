"""The site in this process on a copy of the populated zone, somebody of each role signed in, and the way back to the zone as it was."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from financing.access import Role
from financing.acts import Act
from financing.db import Base, Database
from financing.journal import Entry
from financing.settings import Settings
from tests.clients import client
from tests.makers import NOW
from tests.web.conftest import OURS, SITE
from tests.web.filled_forms import FILLED
from tests.web.filled_zone import Filled
from tests.web.populated import PASSWORD
from tests.web.test_access_matrix import ROLES, Case, _named, table
from web.app import close, create_app


@dataclass(frozen=True)
class Press:
    """One form that is let in: who sends it, where to, and about what."""

    route: str
    role: str
    thing: str

    def __str__(self) -> str:
        return f"{self.route} · {self.role} · {self.thing}"


class Yard:
    """The populated zone behind its pages; `sends` presses a button, `restore` undoes everything."""

    def __init__(self, filled: Filled, folder: Path, **settings: Any) -> None:
        self.zone, self.file, self.kept = filled.zone, folder / "zone.db", folder / "kept.db"
        self.settings = Settings(**{"data_dir": folder / "var", "log_level": "ERROR"} | settings)
        self.database = Database(filled.copied(folder))
        self.app = create_app(self.database, self.settings, lambda: NOW)
        self.routes = {str(handler.name): (path, handler.http_methods) for path, handler in _named(self.app)}
        self.visits = {role: self._comes_in(role) for role in ROLES}
        if self.file.exists():
            _copy(self.file, self.kept)

    def presses(self) -> list[Press]:
        """Every form that the access table lets in, as filled in as it should be."""
        return [
            Press(case.route, case.role, self._named(case))
            for case in table() if case.expected == "yes" and "POST" in self.routes[case.route][1]
        ]  # fmt: skip

    def _named(self, case: Case) -> str:
        return str(self.zone.thing(case.thing, case.whose)) if case.thing else ""

    def form(self, press: Press, once: str = "once") -> dict[str, object]:
        return {"csrf": self.visits[press.role][1], "once": once, **FILLED.get(press.route, {})}

    def place(self, press: Press) -> str:
        return re.sub(r"{\w+[^}]*}", press.thing, self.routes[press.route][0])

    def sends(self, press: Press, once: str = "once", **fields: object) -> Any:
        return self.asks("POST", self.place(press), self.visits[press.role][0], self.form(press, once) | fields)

    def asks(self, method: str, place: str, sid: str, form: dict[str, object] | None = None, **headers: str) -> Any:
        """One request of its own; several may be under way at once."""
        said = (OURS if form is not None else {}) | {"cookie": f"sid={sid}"} | headers
        return client(self.app, SITE).request(method, place, data=form, headers=said, follow_redirects=False)

    def plain(self, place: str, sid: str, form: dict[str, object] | str, headers: dict[str, str]) -> Any:
        """A form or bytes with these headers and no others of ours."""
        sent = {"content": form} if isinstance(form, str) else {"data": form}
        return client(self.app, SITE).post(
            place, headers={"cookie": f"sid={sid}"} | headers, follow_redirects=False, **sent
        )

    def ask_for(self, place: str, sid: str, query: dict[str, str]) -> Any:
        return client(self.app, SITE).get(place, params=query, headers={"cookie": f"sid={sid}"}, follow_redirects=False)

    def restore(self) -> None:
        _copy(self.kept, self.file)

    def dump(self, but: tuple[str, ...] = ()) -> dict[str, tuple[int, str]]:
        """Every table: how many rows, and the digest of all of them."""
        with closing(sqlite3.connect(self.file)) as line:
            names = [
                name for (name,) in line.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            ]
            return {name: _digest(line.execute(f'SELECT * FROM "{name}"')) for name in names if name not in but}

    def counts(self) -> dict[str, int]:
        """How many rows each table has, on either database; attempts that were refused leave a line each and are no effect."""
        with self.database.reader.connect() as line:
            asked = {name: select(func.count()).select_from(each) for name, each in Base.metadata.tables.items()}
            asked[Entry.__tablename__] = select(func.count()).where(Entry.act != Act.DENIED)
            return {name: line.execute(each).scalar_one() for name, each in asked.items()}

    def _comes_in(self, role: str) -> tuple[str, str]:
        page = self.asks("GET", "/sign-in", "")
        sid, key = page.cookies["sid"], _key(page.text)
        if role == Role.VISITOR:
            return sid, key
        sid = self.asks(
            "POST", "/sign-in", sid, {"csrf": key, "once": role, "login": role, "password": PASSWORD}
        ).cookies["sid"]
        return sid, _key(self.asks("GET", "/account", sid).text)

    def close(self) -> None:
        close(self.app)
        self.database.close()


def _digest(rows: Any) -> tuple[int, str]:
    found = sorted(map(repr, rows))
    return len(found), hashlib.sha256("\n".join(found).encode()).hexdigest()


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there)


def _key(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found
    return found[1]


@contextmanager
def yard_of(filled: Filled, folder: Path, **settings: Any) -> Iterator[Yard]:
    found = Yard(filled, folder, **settings)
    try:
        yield found
    finally:
        found.close()
