"""What the platform keeps of itself (自守): signed checkpoints and daily backups, whoever runs it: a server, a worker, a command."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path

import structlog

from financing import desk
from financing.access import SYSTEM
from financing.backups import daily
from financing.db import Database
from financing.locked_file import KeyFile
from financing.proof.making import bring_out, due, make
from financing.proof.places import Folder, Signer
from financing.settings import Settings

log = structlog.get_logger(__name__)
#: A reserve is set aside only where the disk has many times as much.
ROOM = 20


class Keeper:
    """Looks after one installation, between what people do; `ran` is the day of which the daily run is done."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database, self.settings = database, settings
        self.signer, self.folder = Signer(settings.checkpoint_key, settings.suite), Folder(settings.checkpoint_folder)
        self.ran = self.kept = date.min

    def look(self, now: datetime) -> int:
        """Seal what is due; after a daily run seal whatever there is, and back it up. How many checkpoints and backups were made."""
        ran = self.ran
        done = self.step(now, new_day=ran > self.kept)
        if ran > self.kept:
            done += self.back_up(now) is not None
            self.kept = ran
        return done

    def step(self, now: datetime, *, new_day: bool = False) -> int:
        """Seal what waits, on a new day whatever there is; how many checkpoints were made."""
        with desk.opened(self.database, SYSTEM, now, write=False) as here:
            wanted = new_day or due(here)
        made = make(self.database, self.signer, self.folder, now) if wanted else None
        if made is not None:
            log.info("checkpoint", number=made.number, seq=made.seq, code=made.code)
        elif new_day:
            bring_out(self.database, self.folder, self.signer)
        return int(made is not None)

    def back_up(self, now: datetime) -> Path | None:
        """The backup of the day, where the settings name a folder for it."""
        if not self.settings.backups:
            return None
        lock, folder = KeyFile(self.settings.backup_key_file, self.settings.suite), Path(self.settings.backups)
        made = daily(self.database, self.settings.uploads, folder, lock, now)
        if made is not None:
            log.info("backup", name=made.name, bytes=made.stat().st_size)
        return made


def reserve(settings: Settings) -> bool:
    """Set a file aside that may be deleted when the disk is full, so that there is room to mend things; whether there is one."""
    path, size = settings.data_dir / "reserve", settings.reserve_mib << 20
    if not size or path.exists():
        return path.exists()
    if shutil.disk_usage(settings.data_dir).free < ROOM * size:
        return False
    with path.open("wb") as file:
        for _ in range(settings.reserve_mib):  # written, for a file with holes frees nothing
            file.write(b"\0" * 2**20)
    path.chmod(0o600)
    return True
