"""One line of the journal proved to a stranger (单条证明): the line, the way up its tree, and the signed checkpoint at the top."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from financing.checkpoint_check import hashed_by, standing
from financing.checkpoints import Checkpoint
from financing.db import Database
from financing.journal import Entry, reached
from financing.journal_check import leaf
from financing.proof.places import Folder
from financing.proof_refusals import NotSealedYet
from financing.refusals import NotFound
from financing.tree_check import path


def prove(database: Database, folder: Folder, seq: int) -> dict[str, Any]:
    """What `proof_check` reads; NotFound without such a line, NotSealedYet while no checkpoint lies above it."""
    with Session(database.reader) as session:
        if not 1 <= seq <= reached(session):
            raise NotFound(kind="Entry")
        found = {one.number: one for one in session.scalars(select(Checkpoint).order_by(Checkpoint.number))}
        held, _ = standing([one.said for one in found.values()])
        above = next((one for one in held if one["seq"] >= seq), None)
        if above is None:
            raise NotSealedYet(seq=seq, reached=held[-1]["seq"] if held else 0)
        bodies = select(Entry.body).where(Entry.seq <= above["seq"]).order_by(Entry.seq)
        leaves = [leaf(body) for body in session.scalars(bodies.execution_options(yield_per=2_000))]
        body = session.scalar(select(Entry.body).where(Entry.seq == seq))
    signature = found[above["number"]].signature
    way = [one.hex() for one in path(leaves, seq - 1, hashed_by(above))]
    public = {number: key.hex() for number, key in folder.keys().items() if number == above["key"]}
    return {"body": body, "path": way, "record": {"checkpoint": dict(above), "signature": signature}, "public": public}
