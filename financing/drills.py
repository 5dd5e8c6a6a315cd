"""The restore drill (恢复演练): the newest backup is brought back into a clean place, held against what was known when it was made, and signed for.

The backup alone is read, never the database in use: a drill asks what would be there if that machine were gone. It ends with a report of plain JSON beside the
backups, {"drill": {...}, "signature": "hex"}, signed (Ed25519) by the key of the checkpoints over `sealed("drill", …)`; amounts in it are fen.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, inspect, select
from typing_extensions import override

from financing import desk, row_walls, safekeeping
from financing.access import SYSTEM, Actor, Role
from financing.backups import NAME as BACKUP
from financing.backups import days
from financing.checkpoint_check import Doubted, sealed
from financing.db import Database, assert_safe, fen_sum
from financing.desk import BEIJING
from financing.engines import engine_for, unhurried
from financing.journal_check import Broken, canonical
from financing.locked_file import Lock
from financing.matching.model import Dossier
from financing.matching.viewing import content, open_dossier
from financing.migrations import newest, standing, upgrade
from financing.models import metadata
from financing.people.model import User
from financing.proof.against import verify
from financing.proof.places import Folder, Signer
from financing.proof_refusals import CheckpointDoubted, NoBackup, NotClean, TotalsDiffer
from financing.refusals import BackupDamaged, Refusal
from financing.signature_check import signed

NAME = "drill-%Y-%m-%d-%H%M%S.json"
#: What a clean database of PostgreSQL is marked with while a drill is at work in it: what a killed drill left may be swept away.
MARK = "yuanrong drill"
DAY = timedelta(days=1)


def run(
    backups: Path,
    lock: Lock,
    folder: Folder,
    signer: Signer,
    work: Path,
    into: str,
    now: datetime,
    source: Path | None = None,
) -> dict[str, Any]:
    """Drill with the newest backup of the folder, or with `source`, and report; what the report says.

    `into` is the address of an empty PostgreSQL database; empty: SQLite in a new folder under `work`. NoBackup and NotClean before anything is done;
    BackupDamaged, WrongLock, TotalsDiffer, CheckpointDoubted and whatever else a restore refuses once the report of it (`ok`, `why`) is written.
    """
    source = source or _newest(backups)
    begun = time.monotonic()
    said: dict[str, Any] = {
        "at": now.isoformat(timespec="seconds"),
        "backup": source.name,
        "version": newest(),
        "key": signer.number,
    }
    with _clean(work, into) as (url, place):
        said["database"] = url.partition(":")[0].partition("+")[0]
        try:
            said |= {"ok": True, "why": ""} | _gone_through(source, lock, folder, url, place, now)
        except Refusal as refusal:
            said |= {"ok": False, "why": refusal.code}
            raise
        finally:
            said |= {
                "ok": said.get("ok", False),
                "why": said.get("why", "fault"),
                "seconds": round(time.monotonic() - begun, 1),
            }
            _report(backups, signer, said, now)
    return said


def due(backups: Path, keys: Mapping[str, bytes], every: int, now: datetime) -> bool:
    """Whether there is a backup and the last good drill was `every` days ago, or was none; one that failed is tried again the next day."""
    tried = _last(backups)
    if not (backups.is_dir() and days(backups)) or (
        tried and tried.name >= (now - DAY).astimezone(BEIJING).strftime(NAME)
    ):
        return False
    last = age(backups, keys, now)
    return last is None or last >= every * DAY.total_seconds()


def age(backups: Path, keys: Mapping[str, bytes], now: datetime) -> int | None:
    """Seconds since the last drill that went well and whose signature holds; None without one."""
    for path in sorted(backups.glob("drill-*.json"), reverse=True) if backups.is_dir() else []:
        said = read(path, keys)
        if said is not None and said["ok"]:
            return max(0, int((now - datetime.fromisoformat(said["at"])).total_seconds()))
    return None


def failed(backups: Path, keys: Mapping[str, bytes]) -> bool:
    """Whether the last report tells of a drill that went wrong, or is not what was signed."""
    last = _last(backups)
    said = read(last, keys) if last else {"ok": True}
    return said is None or not said["ok"]


def _last(backups: Path) -> Path | None:
    return max(backups.glob("drill-*.json"), default=None) if backups.is_dir() else None


def read(path: Path, keys: Mapping[str, bytes]) -> dict[str, Any] | None:
    """What a report says; None when it is not what was signed by one of these keys."""
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
        said: dict[str, Any] = report["drill"]
        holds = signed(keys[said["key"]], sealed("drill", said), bytes.fromhex(report["signature"]))
    except (ValueError, LookupError, TypeError):
        return None
    return said if holds else None


@contextmanager
def turn(backups: Path) -> Iterator[bool]:
    """Whether it is this process's turn: one drill at a time beside the same backups."""
    backups.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(backups / ".drill", os.O_RDWR | os.O_CREAT, 0o600), "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


class _Upto(Folder):
    """The checkpoints that were there when the backup was made: later ones seal what it cannot have."""

    def __init__(self, folder: Folder, seq: int) -> None:
        super().__init__(folder.path)
        self.seq = seq

    @override
    def lines(self) -> list[str]:
        return [line for line in super().lines() if json.loads(line)["checkpoint"]["seq"] <= self.seq]


def _gone_through(source: Path, lock: Lock, folder: Folder, url: str, place: Path, now: datetime) -> dict[str, Any]:
    """Restored, up to date, safe, its chain under the checkpoints, its totals those of the day, and a dossier opens."""
    upgrade(url)
    with closing(Database(url)) as database:
        manifest = safekeeping.restore(database, place / "uploads", source, lock=lock)
        now_at, wanted = standing(database.reader)
        if now_at != wanted:
            raise BackupDamaged(part="alembic_version")
        assert_safe(database.writer)
        try:
            held = verify(database, _Upto(folder, manifest["head"]["seq"]))
        except Broken:
            raise BackupDamaged(part="journal") from None
        except Doubted as fault:
            raise CheckpointDoubted(why=str(fault)) from None
        with database.reader.connect() as connection:
            row_walls.let_in(connection)
            fen = _totals(connection, manifest)
        dossier = _opened(database, now)
    return {
        "sha256": _digest(source), "head": manifest["head"], "tables": len(manifest["tables"]), "uploads": len(manifest["uploads"]),
        "rows": sum(table["rows"] for table in manifest["tables"].values()), "fen": fen, "checkpoints": held.checkpoints,
        "covered": held.covered, "dossier": dossier,
    }  # fmt: skip


def _totals(connection: Connection, manifest: Mapping[str, Any]) -> dict[str, int]:
    """Rows of every table and sums of every column of money, asked of the restored database; TotalsDiffer where the backup noted others."""
    sums: dict[str, int] = {}
    for name, noted in manifest["tables"].items():
        table = metadata.tables[name]
        money = {column.name: fen_sum(column) for column in safekeeping.money(table)}
        row = connection.execute(select(func.count(), *money.values()).select_from(table)).one()
        found = dict(zip(money, (total.fen for total in row[1:]), strict=True))
        if row[0] != noted["rows"] or found != noted.get("fen", found):
            raise TotalsDiffer(table=name)
        sums |= {f"{name}.{column}": fen for column, fen in found.items() if fen}
    return sums


def _opened(database: Database, now: datetime) -> str:
    """The number of the newest dossier, opened as an auditor would and put on record there; nothing where there is none."""
    with desk.opened(database, SYSTEM, now, write=False) as here:
        newest_one = here.session.scalar(select(Dossier).order_by(Dossier.frozen_at.desc(), Dossier.id).limit(1))
        auditor = here.session.scalar(select(User).where(User.role == Role.AUDITOR).limit(1))
    if newest_one is None:
        return ""
    try:
        whole = content(newest_one).digest() == newest_one.digest
    except ValueError:  # no dossier at all
        whole = False
    if not whole:
        raise TotalsDiffer(table=Dossier.__tablename__)
    reader = auditor.actor if auditor else Actor(0, Role.AUDITOR, name="drill")
    with desk.opened(database, reader, now) as here:
        open_dossier(here, here.get(Dossier, newest_one.id))
    return newest_one.number


@contextmanager
def _clean(work: Path, into: str) -> Iterator[tuple[str, Path]]:
    """A place that holds nothing before and nothing afterwards: the address of a database, and a folder."""
    work.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in work.glob("drill-*"):
        shutil.rmtree(left, ignore_errors=True)
    if into:
        _sweep(into, begin=True)
    place = Path(tempfile.mkdtemp(prefix="drill-", dir=work))
    try:
        yield into or f"sqlite:///{place}/drill.db", place
    finally:
        if into:
            _sweep(into, begin=False)
        shutil.rmtree(place, ignore_errors=True)


def _sweep(url: str, *, begin: bool) -> None:
    """Empty a database of PostgreSQL that holds nothing but what a drill put there; NotClean for any other."""
    engine = engine_for(url)
    try:
        with engine.begin() as connection:
            ours = connection.exec_driver_sql("SELECT obj_description('public'::regnamespace, 'pg_namespace')").scalar()
            if ours == MARK:
                unhurried(connection)
                connection.exec_driver_sql("DROP SCHEMA public CASCADE")
                connection.exec_driver_sql("CREATE SCHEMA public")
            elif inspect(connection).get_table_names():
                raise NotClean
            if begin:
                connection.exec_driver_sql(f"COMMENT ON SCHEMA public IS '{MARK}'")
    finally:
        engine.dispose()


def _newest(backups: Path) -> Path:
    there = days(backups) if backups.is_dir() else set()
    if not there:
        raise NoBackup
    return backups / max(there).strftime(BACKUP)


def _digest(source: Path) -> str:
    with source.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _report(backups: Path, signer: Signer, said: Mapping[str, Any], now: datetime) -> None:
    path = backups / now.astimezone(BEIJING).strftime(NAME)
    part = path.with_suffix(".part")
    part.write_bytes(canonical({"drill": said, "signature": signer.sign(sealed("drill", said))}) + b"\n")
    part.chmod(0o600)
    part.replace(path)
