"""Who was erased, kept beside the checkpoints (已删除名录): a backup of before knows nothing of it, and a restore would bring everybody back.

One line of JSON each with the number of the firm or the account, which says nothing to anybody else. Before anything is served, whoever is
on the list and whole again in the database is erased again, on record.
"""

from __future__ import annotations

import fcntl
import json
import os
from pathlib import Path

from financing.acts import Act
from financing.desk import Desk
from financing.parties.model import Firm
from financing.people.model import User
from financing.personal import erasing


def listed(path: Path) -> list[erasing.Whom]:
    """What stands there, whole lines alone, in the order it was written."""
    text = path.read_text(encoding="ascii") if path.exists() else ""
    return [tuple(json.loads(line)) for line in text[: text.rfind("\n") + 1].splitlines()]


def keep(desk: Desk, path: Path) -> int:
    """Write down who is not there yet, synced; how many. Processes that write at once take turns."""
    now = erasing.erased(desk)
    if now <= set(listed(path)):
        return 0
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        new = sorted(now - set(listed(path)))
        file.truncate(file.read().rfind(b"\n") + 1)  # a line that a loss of power cut off is written again
        file.seek(0, os.SEEK_END)
        file.write("".join(json.dumps(one) + "\n" for one in new).encode("ascii"))
        file.flush()
        os.fsync(file.fileno())
    return len(new)


def erase_again(desk: Desk, path: Path) -> int:
    """Erase whoever is on the list and has come back with an older picture; how many."""
    found = set(listed(path)) - erasing.erased(desk)
    firms_first = sorted(
        found, reverse=True
    )  # the names of its people in a firm's records are read from their accounts
    return sum(_again(desk, *one) for one in firms_first)


def _again(desk: Desk, kind: str, key: int) -> bool:
    """False for somebody whom this picture does not know at all."""
    one = desk.find(Firm, Firm.id == key) if kind == "firm" else desk.find(User, User.id == key)
    if one is None:
        return False
    gone = erasing.firm(desk, one) if isinstance(one, Firm) else erasing.person(desk, one)
    desk.note(Act.ERASE_AGAIN, one, cells=gone.cells, rows=gone.rows, files=gone.files)
    return True
