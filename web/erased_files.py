"""Files of what was erased (删除): taken out of the store once the erasing is committed; what a broken process left goes with the next day."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from financing import desk
from financing.access import SYSTEM
from financing.db import Database
from financing.papers import store
from financing.personal import erasing


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
