"""Whether the platform is well (健康): numbers alone, and the names of what asks for somebody; nothing that tells of anybody."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from financing import backups, drills, outbox
from financing.checkpoint_check import Doubted
from financing.checkpoints import newest
from financing.desk import BEIJING
from financing.journal import Entry, Head
from financing.outbox import Outgoing
from financing.parameters import figure
from financing.proof.places import Folder
from financing.replica import Replica
from financing.settings import Settings

#: Percent of a disk at which somebody is called, and at which they come at once.
FILLING, FULL = 80, 90
#: Seconds: a backup a day and two hours; twice the longest wait for a checkpoint; notices that wait for a quarter of an hour.
OLD_BACKUP, OLD_LINE, OLD_OUTBOX = 26 * 3600, 2 * 3600, 15 * 60
#: Seconds after which a checkpoint has to be in the second place.
OLD_OUTSIDE = 600
#: Seconds that a replica may lack a line of the journal.
OLD_REPLICA = 60
DAY = 86_400


def measured(session: Session, settings: Settings, now: datetime, replica: Replica | None = None) -> dict[str, Any]:
    """Ages in whole seconds, None where there is nothing to be old; percent of the disk; the head of the chain."""
    head = session.execute(select(Head.seq, Head.link)).one()
    last = newest(session)
    since = last.seq if last else 0
    found = {
        "seq": head.seq,
        "link": head.link,
        "checkpoint_seconds": _since(last.at, now) if last else None,
        "checkpoints_behind": (last.number if last else 0) - _outside(settings),
        "unsealed": head.seq - since,
        "unsealed_seconds": _since(session.scalar(select(Entry.at).where(Entry.seq == since + 1)), now),
        **_waiting(session, now),
        "backup_seconds": backups.age(Path(settings.backups), now) if settings.backups else None,
        **_drilled(settings, now),
        **_followed(session, replica, head.seq, now),
        "disk_percent": _used(settings.data_dir),
    }
    return found | {"alarms": list(alarms(found, backed_up=bool(settings.backups)))}


def alarms(found: Mapping[str, Any], *, backed_up: bool) -> Iterator[str]:
    """What asks for somebody, by name."""

    def over(name: str, limit: int, *, never: bool = False) -> bool:
        return never if found[name] is None else found[name] > limit

    rings = {
        "disk_full": found["disk_percent"] >= FULL,
        "disk_filling": FILLING <= found["disk_percent"] < FULL,
        "backup_old": backed_up and over("backup_seconds", OLD_BACKUP, never=True),
        "drill_old": backed_up and over("drill_seconds", found["drill_red_days"] * DAY, never=True),
        "drill_failed": found["drill_failed"],
        "replica_away": found["replica"] and found["replica_behind"] is None,
        "replica_behind": over("replica_seconds", OLD_REPLICA),
        "checkpoint_old": over("unsealed_seconds", OLD_LINE),
        "checkpoint_not_outside": found["checkpoints_behind"] > 0 and over("checkpoint_seconds", OLD_OUTSIDE),
        "outbox_old": over("outbox_seconds", OLD_OUTBOX),
        "outbox_failed": found["outbox_failed"] > 0,
    }
    return (name for name, ringing in rings.items() if ringing)


def _drilled(settings: Settings, now: datetime) -> dict[str, Any]:
    """How long ago a backup was last brought back in a drill, whether the last drill failed, and how many days may pass."""
    folder, keys = Path(settings.backups), Folder(settings.checkpoint_folder).keys()
    return {
        "drill_seconds": drills.age(folder, keys, now) if settings.backups else None,
        "drill_failed": bool(settings.backups) and drills.failed(folder, keys),
        "drill_red_days": figure("drill_red_days", now.astimezone(BEIJING).date()).value,
    }


def _followed(session: Session, replica: Replica | None, seq: int, now: datetime) -> dict[str, Any]:
    """How many lines of the journal the replica lacks, None when it does not answer or there is none; the age of the first of them."""
    behind = replica.behind() if replica else None
    lacking = session.scalar(select(Entry.at).where(Entry.seq == seq - behind + 1)) if behind else None
    return {"replica": replica is not None, "replica_behind": behind, "replica_seconds": _since(lacking, now)}


def _outside(settings: Settings) -> int:
    """The number of the last checkpoint in the second place; nought where what lies there is none."""
    try:
        return Folder(settings.checkpoint_folder).reached
    except (Doubted, OSError):
        return 0


def _waiting(session: Session, now: datetime) -> dict[str, Any]:
    """How long the oldest thing to be done has been due, and how many were given up."""
    waits = (Outgoing.done_at.is_(None), Outgoing.due_at <= now)
    tried = Outgoing.tries > len(outbox.WAITS)
    oldest = session.scalar(select(func.min(Outgoing.due_at)).where(*waits, ~tried))
    failed = session.scalar(select(func.count()).select_from(Outgoing).where(*waits, tried))
    return {"outbox_seconds": _since(oldest, now), "outbox_failed": failed}


def _since(moment: datetime | None, now: datetime) -> int | None:
    return None if moment is None else max(0, int((now - moment).total_seconds()))


def _used(folder: Path) -> int:
    """Percent of the disk in use, rounded up, as far as this account may use it."""
    usage = shutil.disk_usage(folder if folder.is_dir() else Path())
    return -(-100 * usage.used // (usage.used + usage.free))
