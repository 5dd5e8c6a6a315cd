"""The weekly restore drill (恢复演练), in a process of its own: it takes minutes of a core and as much memory as a restore, and pages must not wait for it."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path
from threading import Event

import structlog

from financing import desk, drills
from financing.access import SYSTEM
from financing.db import Database
from financing.parameters import figure
from financing.proof.places import Folder
from financing.settings import Settings

log = structlog.get_logger(__name__)
#: Everything else on the machine goes first; and how often is looked whether the server wants to end.
COMMAND = ("nice", "-n", "10", sys.executable, "-m", "web.command", "drill")
PAUSE = 0.5


def drill_when_due(database: Database, settings: Settings, now: datetime, stop: Event) -> int:
    """Drill with the newest backup if the last drill is long enough ago; how many were done. A server that ends, ends its drill."""
    if not settings.backups:
        return 0
    with desk.opened(database, SYSTEM, now, write=False) as here:
        every = figure("drill_days", here.today).value
    if not drills.due(Path(settings.backups), Folder(settings.checkpoint_folder).keys(), every, now):
        return 0
    child = subprocess.Popen(COMMAND, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while child.poll() is None:
        if stop.wait(PAUSE):
            child.terminate()
            child.wait()
    log.info("drill", ended=child.returncode)
    return int(child.returncode == 0)
