"""Making checkpoints (写检查点): when they are due, what they say, and that the second place has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from financing import desk, journal
from financing.access import SYSTEM
from financing.acts import Act
from financing.checkpoint_check import digest, hashed_by, sealed
from financing.checkpoints import Checkpoint, newest, put
from financing.db import Database
from financing.desk import Desk
from financing.journal import Entry
from financing.journal_check import leaf
from financing.parameters import figure
from financing.proof.places import Folder, Signer
from financing.proof_refusals import HistoryDiffers
from financing.tree_check import grown, root, root_of

#: After these nobody waits for the hour: what was decided is sealed at once.
AT_ONCE = (Act.SEAL_CASE, Act.DECIDE_SMALL, Act.ADOPT_TERMS, Act.RECONCILE, Act.OPEN_EMERGENCY)


def due(here: Desk) -> bool:
    """Whether lines wait for a checkpoint: many, for long, or one of a decision."""
    last = newest(here.session)
    since = last.seq if last else 0
    waiting = journal.reached(here.session) - since
    if waiting <= 0:
        return False
    oldest = here.session.scalar(select(Entry.at).where(Entry.seq == since + 1))
    hour = timedelta(minutes=figure("checkpoint_minutes", here.today).value)
    many = figure("checkpoint_lines", here.today).value
    if waiting >= many or (oldest is not None and here.now - oldest >= hour):
        return True
    return bool(here.session.scalar(select(exists().where(Entry.seq > since, Entry.act.in_(AT_ONCE)))))


def make(
    database: Database, signer: Signer, folder: Folder, now: datetime, after: dict[str, Any] | None = None
) -> Checkpoint | None:
    """Seal the lines since the last checkpoint and bring it out; None when there are none, or another process was first.

    `after` is set in a reconciliation alone: the last checkpoint the journal still holds to, the number and digest of the newest that was
    ever made, and the lines that were lost. HistoryDiffers when the journal no longer leads on from the last checkpoint.
    """
    with desk.opened(database, SYSTEM, now, write=False) as here:
        said = _said(here.session, signer, now, after or _last(here.session))
    if said is not None:
        with desk.opened(database, SYSTEM, now) as here:
            put(here.session, said, signer.sign(sealed("checkpoint", said)))
    bring_out(database, folder, signer)
    if said is None:
        return None
    with Session(database.reader) as session:
        made = newest(session)
        return made if made and made.digest == digest(said) else None


def bring_out(database: Database, folder: Folder, signer: Signer) -> int:
    """Write to the second place what it lacks; how many checkpoints."""
    folder.publish(signer.public)
    there = folder.reached
    with Session(database.reader) as session:
        wanted = session.scalars(select(Checkpoint).where(Checkpoint.number > there).order_by(Checkpoint.number)).all()
        return folder.append([{"checkpoint": one.said, "signature": one.signature} for one in wanted])


def _last(session: Session) -> dict[str, Any]:
    """What the next checkpoint goes on from."""
    last = newest(session)
    if last is None:
        return {"number": 0, "digest": "", "seq": 0, "link": "", "peaks": [], "by": "", "lost": None}
    return {"number": last.number, "digest": last.digest, "by": hashed_by(last.said), "lost": None} | {
        name: last.said[name] for name in ("seq", "link", "peaks")
    }


def _said(session: Session, signer: Signer, now: datetime, former: dict[str, Any]) -> dict[str, Any] | None:
    """What is signed next; nothing when no line has come."""
    since, reached = former["seq"], journal.reached(session)
    if since and session.scalar(select(Entry.link).where(Entry.seq == since)) != former["link"]:
        raise HistoryDiffers(number=former["number"], seq=since)
    if reached <= since:
        return None
    by = signer.suite.digest
    leaves, counts, link = list[bytes](), Counter[str](), ""
    for entry in _lines(session, since + 1, reached):
        leaves.append(leaf(entry.body))
        counts[entry.act.value] += 1
        link = entry.link
    peaks, _ = grown(_peaks(session, former, by), since, leaves, by)
    return {
        "number": former["number"] + 1, "seq": reached, "link": link, "at": now.astimezone(UTC).isoformat(timespec="microseconds"),
        "since": since, "counts": dict(counts), "root": root_of(leaves, by).hex(), "all": root(peaks, by).hex(),
        "peaks": [one.hex() for one in peaks], "former": former["digest"], "key": signer.number, "lost": former["lost"],
        "algorithm": signer.suite.algorithm,
    }  # fmt: skip


def _peaks(session: Session, former: dict[str, Any], by: str) -> list[bytes]:
    """The tree so far; after a change of ciphers it is hashed anew from its first leaf, once."""
    if former["by"] == by:
        return [bytes.fromhex(one) for one in former["peaks"]]
    return grown((), 0, (leaf(entry.body) for entry in _lines(session, 1, former["seq"])), by)[0]


def _lines(session: Session, first: int, last: int) -> Iterator[Entry]:
    lines = select(Entry).where(Entry.seq.between(first, last)).order_by(Entry.seq)
    with closing(session.scalars(lines.execution_options(yield_per=2_000))) as entries:
        yield from entries
