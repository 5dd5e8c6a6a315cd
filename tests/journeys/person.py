"""Somebody at a browser: opens pages, fills in forms, presses buttons, and says what is on the screen."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Locator, Request, expect
from playwright.sync_api import Page as Tab

WIDE, NARROW = (1280, 900), (360, 740)
PATIENCE = 30_000  # milliseconds for a page on a machine however busy
LOOKS_AGAIN = 500  # milliseconds until a page is opened anew
LOOKS = 25  # milliseconds between two looks at a page that is to change; the library's own `expect` soon looks once a second


@dataclass
class Person:
    """One person with a browser of their own. Every step returns the person, so that a journey reads as a story."""

    tab: Tab
    site: str
    #: What a browser should never report: errors of scripts, blocked content, requests to anybody else.
    complaints: list[str] = field(default_factory=list)

    @classmethod
    def at(cls, browser: Browser, site: str, size: tuple[int, int] = WIDE, *, java_script: bool = True) -> Person:
        """Somebody new: no cookies, nothing remembered."""
        context: BrowserContext = browser.new_context(
            base_url=site,
            viewport={"width": size[0], "height": size[1]},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            java_script_enabled=java_script,
        )
        context.set_default_timeout(PATIENCE)
        person = cls(context.new_page(), site)
        person.tab.on("console", person._said)
        person.tab.on("pageerror", lambda error: person.complaints.append(f"script: {error}"))
        context.on("request", person._asked)
        return person

    def _said(self, message: ConsoleMessage) -> None:
        refused = re.search(r"status of 4(01|03|04|09|22|29)", message.text)  # a refusal is an answer, not a fault
        if message.type in {"error", "warning"} and not refused:
            self.complaints.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        asked, own = urlsplit(request.url), urlsplit(self.site)
        if asked.scheme not in {"data", "blob"} and asked.netloc != own.netloc:
            self.complaints.append(f"elsewhere: {request.url}")

    # --- what a person does ----------------------------------------------------------------------------------------
    def opens(self, path: str) -> Self:
        self.tab.goto(path)
        return self

    def fills(self, label: str, value: str) -> Self:
        """Type into the field with this label."""
        self._labelled(label).fill(value)
        return self

    def chooses(self, label: str, option: str) -> Self:
        """Take an option of a list, or the button of that name in a group."""
        labelled = self._labelled(label)
        if labelled.evaluate("element => element.tagName") == "SELECT":
            labelled.select_option(label=option)
        else:
            labelled.get_by_label(option, exact=True).check()
        return self

    def ticks(self, label: str) -> Self:
        self._labelled(label).check()
        return self

    def uploads(self, label: str, path: Path) -> Self:
        self._labelled(label).set_input_files(path)
        return self

    def presses(self, name: str) -> Self:
        """A button, wherever it stands; else a link that looks like one."""
        button = self._button(name)
        (button if button.count() else self.tab.get_by_role("link", name=name, exact=True)).first.click()
        return self

    def follows(self, name: str) -> Self:
        """A link by its words."""
        self.tab.get_by_role("link", name=name).first.click()
        return self

    def sends(self, action: str, **fields: str | Path) -> Self:
        """Open the form whose address ends so, fill it in by the names of its fields, and send it."""
        form = self.tab.locator(f"form[action$='/{action}']").first
        folded = self.tab.locator("details", has=form)
        if folded.count() and folded.first.get_attribute("open") is None:
            folded.locator("summary").first.click()
        for name, value in fields.items():
            self._puts(form.locator(f"[name={name}]"), value)
        form.locator("button.btn").click()
        return self

    @staticmethod
    def _puts(field: Locator, value: str | Path) -> None:
        if isinstance(value, Path):
            field.set_input_files(value)
        elif field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)

    def downloads(self, name: str) -> Path:
        """The file that a link or button gives."""
        with self.tab.expect_download() as coming:
            self.presses(name)
        return coming.value.path()

    # --- what a person sees ----------------------------------------------------------------------------------------
    def sees(self, *texts: str) -> Self:
        body = self.tab.locator("body")
        for text in texts:
            if not self._soon(body.filter(has_text=text).count):
                expect(body).to_contain_text(text, timeout=LOOKS)  # says what is there instead
        self.tab.wait_for_load_state("domcontentloaded")
        return self

    def _soon(self, holds: Callable[[], object]) -> bool:
        """Whether this comes to hold within one's patience."""
        until = time.monotonic() + PATIENCE / 1_000
        while time.monotonic() < until:
            with suppress(Error):  # the page is about to be another one
                if holds():
                    return True
            self.tab.wait_for_timeout(LOOKS)
        return False

    def hears(self, path: str, text: str) -> Self:
        """Opens a page until it says what the platform does by itself a few seconds after the act."""
        body, tries = self.opens(path).tab.locator("body"), PATIENCE // LOOKS_AGAIN
        while text not in body.inner_text() and (tries := tries - 1):
            self.tab.wait_for_timeout(LOOKS_AGAIN)
            self.tab.reload()
        return self.sees(text)

    def misses(self, *texts: str) -> Self:
        """None of this is on the page."""
        for text in texts:
            expect(self.tab.locator("body")).not_to_contain_text(text, timeout=PATIENCE)
        return self

    def cannot(self, name: str) -> Self:
        """There is no such button."""
        expect(self._button(name)).to_have_count(0)
        return self

    def is_at(self, path: str) -> Self:
        self.tab.wait_for_url(self._place(path), timeout=PATIENCE)
        return self

    def is_away_from(self, path: str) -> Self:
        """The press has led somewhere else."""
        place = self._place(path)
        self.tab.wait_for_url(lambda url: not place.search(url), timeout=PATIENCE)
        return self

    def _place(self, path: str) -> re.Pattern[str]:
        return re.compile(re.escape(self.site + path) + r"(\?.*)?$")

    @property
    def key(self) -> int:
        """The number in the address of the page, by which a matter is opened again."""
        found = re.search(r"/(\d{10,})", self.tab.url)
        assert found, self.tab.url
        return int(found[1])

    @property
    def overflow(self) -> int:
        """By how many pixels the page is wider than the screen."""
        return int(self.tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))

    def _labelled(self, label: str) -> Locator:
        """The field whose label begins with these words; what follows may say that it is optional."""
        return self.tab.get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*(（.*|\(.*)?$")).first

    def _button(self, name: str) -> Locator:
        return self.tab.get_by_role("button", name=name, exact=True)

    def leaves(self, picture: Callable[[], Path] | None = None) -> None:
        """Close the browser; before that, a picture of what went wrong."""
        if picture is not None:
            self.tab.screenshot(path=picture(), full_page=True, caret="initial")
        self.tab.context.close()
