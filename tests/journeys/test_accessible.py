"""Every page of the product, as each kind of person opens it, judged by axe (WCAG 2.2 A and AA) at the width of a phone.

The pages are those of the access table: whatever a role may open is opened here, so a new page is judged as soon as it has
its row. Axe runs inside the page but is no part of it: the product serves none of it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Response
from playwright.sync_api import Page as Tab

from financing.access import Role
from financing.settings import Settings
from tests.journeys.person import NARROW
from tests.makers import NOW
from tests.served import free_port, over_http
from tests.web.filled_zone import Filled
from tests.web.populated import PASSWORD, Populated
from tests.web.test_access_matrix import ROLES, Case, table
from web.app import close, create_app

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: No rule of these reads style sheets anew, as axe does of itself; what plays by itself it must load.
JUDGE = """async ([rules]) => (await axe.run(document, {
        runOnly: {type: "tag", values: rules}, resultTypes: ["violations"], preload: {assets: ["media"]}
    }))
    .violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.target.join(" ")} ${node.html.slice(0, 160)}`))"""
WIDER = "() => document.documentElement.scrollWidth > window.innerWidth"
PAGE = "text/html"


@dataclass
class Judge:
    """Somebody of every role with a phone, and the pages of the populated zone."""

    app: Any
    zone: Populated
    site: str
    browser: Browser

    def __post_init__(self) -> None:
        self.axe = AXE.read_text(encoding="utf-8")
        self.paths = {str(h.name): path for path, h in _pages(self.app)}
        self.tabs = {role: self._comes_in(role) for role in ROLES}

    def faults(self, case: Case) -> list[str]:
        """What axe finds on the page, that the page is wider than the phone, that it is a fault of ours instead."""
        if case.route not in self.paths:
            return []  # what is sent, not looked at
        tab, place = self.tabs[case.role], f"{self.site}{self._place(case)}"
        answer = _opened(tab, place)
        if answer is None or not answer.headers.get("content-type", "").startswith(PAGE):
            return []  # a file, an answer for a program
        tab.evaluate(self.axe)
        found: list[str] = tab.evaluate(JUDGE, [RULES])
        found += ["wider than the phone"] if tab.evaluate(WIDER) else []
        return found if answer.status != 500 else [*found, "not the page but a fault of ours"]

    def _place(self, case: Case) -> str:
        named = self.zone.thing(case.thing, case.whose) if case.thing else ""
        return re.sub(r"{\w+[^}]*}", str(named), self.paths[case.route])

    def _comes_in(self, role: str) -> Tab:
        context: BrowserContext = self.browser.new_context(viewport={"width": NARROW[0], "height": NARROW[1]})
        tab = context.new_page()
        if role != Role.VISITOR:
            tab.goto(f"{self.site}/sign-in")
            tab.fill("[name=login]", role)
            tab.fill("[name=password]", PASSWORD)
            tab.click("main button.btn-primary")
        return tab


def _opened(tab: Tab, place: str) -> Response | None:
    """The page at this address; None where it is a file to keep."""
    try:
        return tab.goto(place)
    except Error as fault:
        if "Download is starting" in fault.message or "ERR_ABORTED" in fault.message:
            return None
        raise


def _pages(app: Any) -> Iterator[tuple[str, Any]]:
    """The handlers that show a page, by path: those that a browser gets something to look at from."""
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            if handler.name and "GET" in handler.http_methods:
                yield route.path, handler


def cases() -> list[Case]:
    """Each page once; in a campaign once for each role that may open it."""
    every = "YUANRONG_ROUNDS" in os.environ
    seen: dict[tuple[str, str], Case] = {}
    for case in table():
        if case.expected == "yes" and case.whose in {"ours", ""}:
            seen.setdefault((case.route, case.role if every else ""), case)
    return list(seen.values())


@pytest.fixture(scope="module")
def judge(browser: Browser, filled: Filled, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    folder = tmp_path_factory.mktemp("accessible")
    settings = Settings(data_dir=folder / "var", log_level="ERROR", port=free_port())
    with filled.opened(folder) as zone:
        app = create_app(zone.database, settings, lambda: NOW)
        with over_http(app, settings.port) as port:
            yield Judge(app, zone, f"http://127.0.0.1:{port}", browser)
        close(app)


def test_no_page_hinders_anybody(judge: Judge) -> None:
    found = {f"{case.route} as {case.role}": faults for case in cases() if (faults := judge.faults(case))}
    assert not found, "\n".join(f"{page}:\n  " + "\n  ".join(faults) for page, faults in found.items())
