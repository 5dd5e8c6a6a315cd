"""Which Chromium the browser tests drive."""

from __future__ import annotations

import shutil

#: The same engine without a window costs a third of the whole browser.
NAMES = ("chromium-headless-shell", "chromium", "google-chrome-stable", "google-chrome")


def chromium_path() -> str | None:
    """The system's Chromium without a window, or a whole one; None means the one that Playwright has fetched itself (Ubuntu has no package of it)."""
    return next(filter(None, map(shutil.which, NAMES)), None)
