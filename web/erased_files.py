"""What follows an erasing (删除) once it is committed: files leave the store, and the second place learns who it was.

What a broken process or a full disk left undone is done with the next day.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from financing import desk
from financing.access import SYSTEM
from financing.db import Database
from financing.papers import store
from financing.personal import erased_list, erasing
from financing.settings import Settings


def follow(database: Database, settings: Settings, now: datetime) -> int:
    """How many files were taken away and how many names written down."""
    with desk.opened(database, SYSTEM, now, write=False) as here:
        kept = erased_list.keep(here, settings.erased_list)
    return kept + remove(database, settings.uploads, now)


def remove(database: Database, uploads: Path, now: datetime) -> int:
    """How many were taken away. The row lets go last, so that nothing is forgotten in between."""
    with desk.opened(database, SYSTEM, now, write=False) as here:
        files = erasing.left_files(here)
    for name in files:
        store.forget(uploads, name)
    if not files:
        return 0
    with desk.opened(database, SYSTEM, now) as here:
        return erasing.files_gone(here, files)
