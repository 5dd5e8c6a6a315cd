"""A folder for a throw-away database: in memory where there is room, so that nobody waits for a disk to keep what is not kept."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108  the folder inside is made by mkdtemp, for its owner alone
ENOUGH = 1 << 30  # bytes


def throw_away(prefix: str) -> tempfile.TemporaryDirectory[str]:
    """The folder as a context manager; it is gone when the block ends."""
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH
    return tempfile.TemporaryDirectory(prefix=prefix, dir=MEMORY if roomy else None)
