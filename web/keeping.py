"""What the platform keeps of itself (自守): signed checkpoints, whoever runs it: a server, a worker, a command."""

from __future__ import annotations

from datetime import datetime

import structlog

from financing import desk
from financing.access import SYSTEM
from financing.db import Database
from financing.proof.making import bring_out, due, make
from financing.proof.places import Folder, Signer
from financing.settings import Settings

log = structlog.get_logger(__name__)


class Keeper:
    """Looks after one installation, between what people do."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database = database
        self.signer, self.folder = Signer(settings.checkpoint_key), Folder(settings.checkpoint_folder)

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
