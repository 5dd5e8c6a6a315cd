"""The auditor's kit (审计包, F115): the journal with its checkpoints, decisions, ledger, parts and totals, and the program that checks them."""

from __future__ import annotations

import csv
import io
import json
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from financing import journal
from financing.checkpoint_check import sealed
from financing.ciphers import Suite
from financing.compensation.model import CompensationPart
from financing.compensation.recovery_model import RecoveryShare
from financing.db import Database
from financing.desk import BEIJING
from financing.guarantees.model import Resolution
from financing.journal_check import canonical
from financing.kit_check import Rows, totalled
from financing.letters.model import Guarantee, GuaranteeEntry
from financing.proof.checker import program
from financing.proof.places import Folder, Signer
from financing.still import still

README = """园融通审计包 · Yuanrongtong, auditor's kit

核对 · check:   python check.py 本文件.zip      （check.py 就在包内，取出即可 · take check.py out of the archive）
另可 · also:    python check.py 日志.jsonl | 证明.json

核对的是 · what is checked: 日志的每一环、每个检查点的签名与树、决议的摘要与表决（回避、法定人数、多数）、在保台账与日志逐笔、
代偿与追偿的份额到分、合计、全部文件的摘要与签名。
every link of the journal, signatures and trees of the checkpoints, resolutions and their votes (recusals, quorum, majority), the ledger
against the journal line by line, parts to the fen, totals, digests of all files.

公钥编号请与审计自己保存的一份对照 · compare the number of the public key with your own note: {key}
金额单位为分 · amounts in fen.
"""


def write(database: Database, folder: Folder, signer: Signer, into: Path, now: datetime) -> Path:
    """Put one consistent picture into a folder; the file appears under its name only when it is whole."""
    folder.publish(signer.public)
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    out = into / f"audit-kit-{now.astimezone(BEIJING):%Y%m%d-%H%M%S}.zip"
    with (
        still(database) as connection,
        Session(connection) as session,
        _appearing(out) as part,
        zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as bag,
    ):
        digests: dict[str, str] = {}

        def put(name: str, lines: Iterable[str]) -> None:
            digests[name] = _put(bag, name, lines, signer.suite)

        _journal(put, session, folder)
        _decided(put, session)
        put("check.py", [program()])
        put("README.txt", [README.format(key=signer.number)])
        said = {
            "files": digests,
            "at": now.isoformat(timespec="microseconds"),
            "key": signer.number,
            "algorithm": signer.suite.algorithm,
        }
        bag.writestr("manifest.json", canonical({"kit": said, "signature": signer.sign(sealed("kit", said))}))
    return out


Put = Callable[[str, Iterable[str]], None]


def _journal(put: Put, session: Session, folder: Folder) -> None:
    put("journal.jsonl", (line + "\n" for line in journal.exported(session)))
    put("checkpoints.jsonl", (line + "\n" for line in folder.lines()))
    put("keys.json", [json.dumps(sorted(public.hex() for public in folder.keys().values()))])


def _decided(put: Put, session: Session) -> None:
    resolutions = session.scalars(select(Resolution).order_by(Resolution.number)).all()
    kept = ({"number": one.number, "digest": one.digest, "record": one.record} for one in resolutions)
    put("resolutions.jsonl", (canonical(one).decode() + "\n" for one in kept))
    ballots = [row for one in resolutions for row in _ballots(one)]
    ledger, parts = _ledger(session), _parts(session)
    for name, rows in (
        ("votes", ballots),
        ("ledger", ledger),
        ("splits", parts),
        ("totals", _totals(ledger, parts, ballots)),
    ):
        put(f"{name}.csv", [_csv(COLUMNS[name], rows)])


#: Codes, numbers and moments alone: no cell of these is text that somebody typed.
COLUMNS = {
    "votes": ("resolution", "user", "round", "vote", "void", "at"),
    "ledger": ("entry", "guarantee", "number", "kind", "on", "fen", "by", "confirmed_by", "at"),
    "splits": ("entry", "of", "party", "ppm", "fen", "for_costs"),
    "totals": ("file", "key", "count", "fen"),
}


def _ballots(one: Resolution) -> Iterator[dict[str, str]]:
    for ballot in one.record.get("ballots", ()):
        told = {name: str(ballot[name]) for name in ("user", "round", "vote", "at")}
        yield {"resolution": one.number, "void": str(int(ballot["void"])), **told}


def _ledger(session: Session) -> Rows:
    e = GuaranteeEntry
    query = select(e, Guarantee.number).join(Guarantee, Guarantee.id == e.guarantee_id).order_by(e.at, e.id)
    return [
        {"entry": str(one.id), "guarantee": str(one.guarantee_id), "number": number, "kind": one.kind.value, "on": one.on.isoformat(),
         "fen": str(one.amount.fen), "by": str(one.by), "confirmed_by": str(one.confirmed_by or ""), "at": one.at.isoformat()}
        for one, number in session.execute(query)
    ]  # fmt: skip


def _parts(session: Session) -> Rows:
    paid = session.scalars(select(CompensationPart).order_by(CompensationPart.since, CompensationPart.id))
    back = session.scalars(select(RecoveryShare).order_by(RecoveryShare.since, RecoveryShare.id))
    return [*(_part(one, "payment") for one in paid), *(_part(one, "recovery") for one in back)]


def _part(one: CompensationPart | RecoveryShare, of: str) -> dict[str, str]:
    costs = str(int(getattr(one, "for_costs", False)))
    return {"entry": str(one.entry_id), "of": of, "party": one.party.value, "ppm": str(one.share.ppm), "fen": str(one.amount.fen), "for_costs": costs}  # fmt: skip


def _totals(ledger: Rows, parts: Rows, ballots: Rows) -> Rows:
    found = sorted(totalled(ledger, parts, ballots).items())
    return [{"file": file, "key": key, "count": str(count), "fen": str(fen)} for (file, key), (count, fen) in found]


def _csv(columns: tuple[str, ...], rows: Rows) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _put(bag: zipfile.ZipFile, name: str, texts: Iterable[str], suite: Suite) -> str:
    made = suite.hashing()
    with bag.open(name, "w", force_zip64=True) as file:
        for text in texts:
            made.update(text.encode())
            file.write(text.encode())
    return made.hexdigest()


@contextmanager
def _appearing(out: Path) -> Iterator[Any]:
    part = out.with_name(f"{out.name}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            yield file
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
