"""The database held against the second place (核对): where they first differ, what a restore lost, and going on openly after it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from financing import desk, journal
from financing.access import SYSTEM
from financing.acts import Act
from financing.checkpoint_check import Doubted, checked, code, compare, digest, hashed_by, read, standing
from financing.checkpoints import Checkpoint, put
from financing.db import Database
from financing.journal import Entry, Head
from financing.journal_check import walk
from financing.proof.making import make
from financing.proof.places import Folder, Signer
from financing.proof_refusals import CheckpointDoubted, HistoryDiffers, LinesMissing, NothingLost


@dataclass(frozen=True, slots=True)
class Held:
    """What was checked and holds: lines, how many of them lie under checkpoints, how many checkpoints, the newest code, what was given up."""

    lines: int
    covered: int
    checkpoints: int
    code: str
    lost: int


@dataclass(frozen=True, slots=True)
class Lost:
    """What the newest checkpoint knows and the database does not: lines, how many, and of which acts as far as whole checkpoints tell."""

    first: int
    last: int
    acts: Mapping[str, int]

    @property
    def count(self) -> int:
        return self.last - self.first + 1


def verify(database: Database, folder: Folder) -> Held:
    """Every link, signature and root; Broken or Doubted at the first place where database and checkpoints differ."""
    found = read(folder.lines(), folder.keys())
    held, lost = standing(found)
    with Session(database.reader) as session:
        rows = session.execute(select(Checkpoint.number, Checkpoint.digest))
        stored = {row.number: row.digest for row in rows}
        for one in found:
            if stored.get(one["number"], digest(one)) != digest(one):
                raise Doubted(one["number"], "与数据库中的不同 | differs from the one in the database")
        with closing(journal.exported(session)) as lines:
            walked = walk(lines)
            covered = compare(walked, held)
            rest = sum(1 for _ in walked)
    gone = sum(one["to"] - one["from"] + 1 for one in lost)
    return Held(covered + rest, covered, len(found), code(digest(found[-1])) if found else "", gone)


def lost(database: Database, folder: Folder) -> Lost | None:
    """What a restore of an older picture lost; nothing where the journal holds to the newest checkpoint. CheckpointDoubted."""
    last = _newest(folder)
    if last is None or _holds(database, last):
        return None
    records = [json.loads(text)["checkpoint"] for text in folder.lines()]
    with Session(database.reader) as session:
        reached = journal.reached(session)
    newest = records[-1]
    if newest["seq"] <= reached:
        raise HistoryDiffers(number=newest["number"], seq=newest["seq"])
    acts: Counter[str] = Counter()
    for one in records:
        if one["since"] >= reached:
            acts.update(one["counts"])
    return Lost(reached + 1, newest["seq"], dict(acts))


def require_whole(database: Database, folder: Folder) -> None:
    """The server starts on the newest history alone: LinesMissing when an older picture was restored, HistoryDiffers on another one."""
    found = lost(database, folder)
    if found is not None:
        raise LinesMissing(first=found.first, last=found.last, count=found.count)


def reconcile(database: Database, folder: Folder, signer: Signer, now: datetime) -> Lost:
    """Go on from an older picture, openly: the journal notes which lines are lost, and so does the next checkpoint. NothingLost otherwise."""
    found = lost(database, folder)
    if found is None:
        raise NothingLost
    records = read(folder.lines(), folder.keys())
    last = next((one for one in reversed(standing(records)[0]) if _holds(database, one)), None)
    _take_over(database, folder, now)
    with desk.opened(database, SYSTEM, now) as here:
        head = here.session.get_one(Head, 1)
        here.note(Act.RECONCILE, head, first=found.first, last=found.last, digest=digest(records[-1]))
    after = (
        {"seq": 0, "link": "", "peaks": [], "by": ""}
        if last is None
        else {name: last[name] for name in ("seq", "link", "peaks")} | {"by": hashed_by(last)}
    )
    gap = {"from": found.first, "to": found.last}
    make(database, signer, folder, now, after | {"number": len(records), "digest": digest(records[-1]), "lost": gap})
    return found


def _take_over(database: Database, folder: Folder, now: datetime) -> None:
    """Checkpoints that the older picture does not have come back into the database: the next one follows them."""
    with desk.opened(database, SYSTEM, now) as here:
        for text in folder.lines():
            record = json.loads(text)
            put(here.session, record["checkpoint"], record["signature"])


def _newest(folder: Folder) -> Mapping[str, Any] | None:
    """What the newest line says, once its signature holds: it names the digest of the one before. CheckpointDoubted."""
    try:
        record = folder.newest()
        return None if record is None else checked(record["checkpoint"]["number"], json.dumps(record), folder.keys())
    except Doubted as fault:
        raise CheckpointDoubted(why=str(fault)) from None


def _holds(database: Database, one: Mapping[str, Any]) -> bool:
    with Session(database.reader) as session:
        return bool(session.scalar(select(Entry.link).where(Entry.seq == one["seq"])) == one["link"])
