"""The pictures of the guides are of the pages as they are today.

`make guides` takes them anew, of the demo zone as it stands on one fixed day. The usual run takes none: it opens each pictured
page and compares what stands in its headings, heads of columns, labels and buttons with what stood there when it was pictured.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from financing.db import Database
from financing.matching.snapshot import Zone
from financing.people.passwords import hashed
from financing.settings import Settings
from tests.journeys.person import NARROW, WIDE
from tests.served import free_port, over_http
from web.app import close, create_app
from web.guide import FOLDER, PICTURES, Picture, guides
from web.places import address
from web.stage.demo import fill
from web.stage.road import at

PASSWORD = "a quiet harbour in spring"
MOMENT = at(datetime(2026, 11, 23).date(), 10)  # noqa: DTZ001  a day, not a moment
OUTLINES = FOLDER / "outlines.json"
TAKES = os.environ.get("GUIDES") == "take"
OUTLINE = """() => [...document.querySelectorAll("main :is(h1, h2, th[scope=col], label, legend, button, .btn)")]
    .map(one => one.textContent.trim().replace(/\\s+/g, " ").replace(/\\d+/g, "#"))"""
PATIENCE = 20_000
LONGEST = 900  # px of a page that a picture shows
PICTURED = [step.picture for guide in guides().values() for step in guide.steps if step.picture]


@dataclass
class Photographer:
    """Somebody with a camera at the demo zone."""

    app: Any
    site: str
    browser: Browser

    def at(self, picture: Picture) -> Tab:
        """The page of a picture, open in a browser of its size, as the person who looks at it there."""
        width, height = NARROW if picture.phone else WIDE
        context = self.browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        context.set_default_timeout(PATIENCE)
        tab = context.new_page()
        if picture.login:
            tab.goto(f"{self.site}/sign-in")
            tab.fill("[name=login]", picture.login)
            tab.fill("[name=password]", PASSWORD)
            tab.click("main button.btn-primary")
            tab.wait_for_url(lambda url: "/sign-in" not in url)
        tab.goto(f"{self.site}{address(self.app, picture.route)}")
        if picture.follow:
            tab.locator(picture.follow).first.click()
            tab.wait_for_load_state()
        return tab


@pytest.fixture(scope="module")
def photographer(
    browser: Browser, migrated_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Photographer]:
    folder = tmp_path_factory.mktemp("guides")
    file = shutil.copyfile(migrated_file, folder / "zone.db")
    with closing(Database(f"sqlite:///{file}")) as database:
        settings = Settings(data_dir=folder / "var", log_level="ERROR", port=free_port())
        zone = Zone(
            name=settings.zone_name, english=settings.zone_english, office="经开区企业服务中心", phone="0797-0000000"
        )
        fill(database, settings.uploads, MOMENT.date(), zone, hashed(PASSWORD), lambda _done, _all: None)
        app = create_app(database, settings, lambda: MOMENT)
        with over_http(app, settings.port) as port:
            yield Photographer(app, f"http://127.0.0.1:{port}", browser)
        close(app)


def test_pictures_are_of_the_pages_as_they_are(photographer: Photographer) -> None:
    seen: dict[str, list[str]] = {}
    for picture in PICTURED:
        tab = photographer.at(picture)
        seen[picture.name] = list(dict.fromkeys(filter(None, tab.evaluate(OUTLINE))))
        if TAKES:
            _take(tab, PICTURES / f"{picture.name}.webp")
        tab.context.close()
    if TAKES:
        OUTLINES.write_text(json.dumps(seen, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    told = json.loads(OUTLINES.read_text(encoding="utf-8"))
    changed = {name: sorted(set(seen[name]) ^ set(told.get(name, []))) for name in seen if seen[name] != told.get(name)}
    assert changed == {}, "pages have changed since they were pictured: run `make guides`"


def test_there_is_a_picture_for_every_step_that_names_one_and_no_other() -> None:
    assert sorted(path.stem for path in PICTURES.glob("*.webp")) == sorted(picture.name for picture in PICTURED)


def _take(tab: Tab, path: Path) -> None:
    """The page from its top, as far as a reader needs it."""
    height = min(LONGEST, tab.evaluate("() => document.documentElement.scrollHeight"))
    width = tab.viewport_size["width"] if tab.viewport_size else 0
    shot = tab.screenshot(clip={"x": 0, "y": 0, "width": width, "height": height}, full_page=True)
    path.parent.mkdir(exist_ok=True)
    with Image.open(io.BytesIO(shot)) as image:
        image.convert("RGB").save(path, "WEBP", quality=70, method=6)


def test_a_name_is_one_word_of_plain_letters() -> None:
    assert [picture.name for picture in PICTURED if not re.fullmatch("[a-z]+-[a-z]+", picture.name)] == []
