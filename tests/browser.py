"""Which Chromium the browser tests drive."""

from __future__ import annotations

import shutil

NAMES = ("chromium", "google-chrome-stable", "google-chrome")


def chromium_path() -> str | None:
    """The system's Chromium; None means the one that Playwright has fetched itself (Ubuntu has no package of it)."""
    return next(filter(None, map(shutil.which, NAMES)), None)
