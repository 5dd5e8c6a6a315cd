"""Backup and restore (备份与恢复): the whole database as plain lines with control totals, the same for both databases.

A backup is one zip: manifest.json (totals, digests, head of the journal), tables/<name>.jsonl, uploads/<random name>.
Because the lines name no database, a zone that began on SQLite moves to PostgreSQL with the same two commands.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from enum import Enum as PythonEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Table, func, insert, select
from sqlalchemy.orm import Session

from financing import journal, journal_check, row_walls
from financing.db import Database, FenColumn, Instant, RateColumn
from financing.locked_file import Lock, locked, unlocked
from financing.migrations import newest
from financing.models import metadata
from financing.money import Fen, Rate
from financing.refusals import BackupDamaged, BackupOfOtherVersion, NotEmpty
from financing.still import still
from financing.walls_aside import aside

FORMAT = 1
BATCH = 2_000
#: Sign-ins end with the machine they were made on; all else is kept.
LEFT_OUT = frozenset({"login_session"})
Progress = Callable[[str], None]
#: What reading an archive raises, depending on which byte of it is wrong.
ROTTEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, ValueError, LookupError, TypeError, AttributeError,
)  # fmt: skip


def tables() -> list[Table]:
    """Every table that is kept, in an order that foreign keys allow."""
    return [table for table in metadata.sorted_tables if table.name not in LEFT_OUT]


def backup(
    database: Database, uploads: Path, out: Path, told: Progress = lambda _: None, lock: Lock | None = None
) -> dict[str, Any]:
    """Write one consistent picture, locked or plain; the manifest. The file appears under its name only when it is whole."""
    with _appearing(out) as part, locked(part, lock) as into, zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as bag:
        with still(database) as connection:
            row_walls.let_in(connection)
            totals = {table.name: _store(bag, connection, table, told) for table in tables()}
            head = connection.execute(select(journal.Head.seq, journal.Head.link)).one()
        # After the tables: a file is stored before the row that names it, so no row is kept without its file.
        files = sorted(uploads.iterdir()) if uploads.is_dir() else []
        stored = {path.name: _put(bag, path, told) for path in files}
        said = {"format": FORMAT, "version": newest(), "tables": totals, "uploads": stored}
        manifest = said | {"head": {"seq": head.seq, "link": head.link}}
        bag.writestr("manifest.json", json.dumps(manifest, indent=1, sort_keys=True))
    return manifest


def restore(
    database: Database, uploads: Path, source: Path, told: Progress = lambda _: None, lock: Lock | None = None
) -> dict[str, Any]:
    """Fill an empty, migrated database; nothing is kept unless totals, digests and the journal's chain all agree.

    WrongLock for a locked backup without its key or passphrase.
    """
    manifest = _manifest(source, lock)
    with (
        unlocked(source, lock) as file,
        zipfile.ZipFile(file) as bag,
        database.turn(),
        database.writer.begin() as connection,
    ):
        row_walls.let_in(connection)
        _require_empty(connection, uploads)
        with aside(connection):  # a row sealed long ago may come before what was sealed with it
            for table in tables():
                told(table.name)
                _fill(connection, table, bag, manifest["tables"][table.name]["rows"])
        _check_chain(connection, manifest)
        _bring_back(bag, uploads, manifest["uploads"], told)
    return manifest


@contextmanager
def _appearing(out: Path) -> Iterator[Path]:
    """A file only its owner reads, under another name until it is whole; gone when it never becomes whole."""
    part = out.with_name(f"{out.name}.part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        yield part
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


def _manifest(source: Path, lock: Lock | None) -> dict[str, Any]:
    """What the backup says of itself, once every member has been read and is what the manifest says."""
    try:
        with unlocked(source, lock) as file, zipfile.ZipFile(file) as bag:
            manifest: dict[str, Any] = json.loads(bag.read("manifest.json"))
            _require_whole(bag, manifest)
    except FileNotFoundError:
        raise
    except (*ROTTEN, OSError):  # a place in the file that is before its beginning
        raise BackupDamaged(part=source.name) from None
    return manifest


def _require_whole(bag: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    """Exactly the members that were written, each with its digest, for exactly the tables of this program."""
    if (manifest["format"], manifest["version"]) != (FORMAT, newest()):
        raise BackupOfOtherVersion(found=manifest["version"], newest=newest())
    digests = {f"tables/{name}.jsonl": table["sha256"] for name, table in manifest["tables"].items()}
    digests |= {f"uploads/{name}": digest for name, digest in manifest["uploads"].items()}
    named = set(manifest["tables"]) == {table.name for table in tables()}
    if not named or sorted(bag.namelist()) != sorted([*digests, "manifest.json"]):
        raise BackupDamaged(part="manifest.json")
    for member, digest in digests.items():
        with bag.open(member) as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != digest:  # type: ignore[arg-type]  # a zip member reads too
                raise BackupDamaged(part=member)


def _store(bag: zipfile.ZipFile, connection: Connection, table: Table, told: Progress) -> dict[str, Any]:
    told(table.name)
    digest, count = hashlib.sha256(), 0
    fen = {column.name: 0 for column in money(table)}
    rows = connection.execution_options(yield_per=BATCH).execute(select(table).order_by(*table.primary_key.columns))
    with bag.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as file:
        for row in rows.mappings():
            for name in fen:
                fen[name] += row[name].fen if row[name] else 0
            line = json.dumps({name: _plain(value) for name, value in row.items()}, ensure_ascii=False, sort_keys=True)
            digest.update(line.encode() + b"\n")
            file.write(line.encode() + b"\n")
            count += 1
    return {"rows": count, "sha256": digest.hexdigest(), "fen": fen}


def money(table: Table) -> list[Column[Any]]:
    """The columns of a table that hold amounts; their sums are noted beside the number of rows."""
    return [column for column in table.columns if isinstance(column.type, FenColumn)]


def _put(bag: zipfile.ZipFile, path: Path, told: Progress) -> str:
    told(path.name)
    content = path.read_bytes()
    bag.writestr(f"uploads/{path.name}", content)
    return hashlib.sha256(content).hexdigest()


def _plain(value: Any) -> Any:
    match value:
        case Fen():
            return value.fen
        case Rate():
            return value.ppm
        case PythonEnum():
            return value.value
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case bytes():
            return base64.b64encode(value).decode()
    return value


def _typed(column: Column[Any], value: Any) -> Any:
    """Back from plain JSON by the column's own type."""
    if value is None:
        return None
    if isinstance(column.type, FenColumn):
        return Fen(value)
    if isinstance(column.type, RateColumn):
        return Rate(value)
    if isinstance(column.type, Instant):
        return datetime.fromisoformat(value)
    kind = column.type.python_type
    if kind is date:
        return date.fromisoformat(value)
    if kind is bytes:
        return base64.b64decode(value)
    return kind(value) if issubclass(kind, PythonEnum) else value


def _one_after_another(rows: list[dict[str, Any]], own: list[str]) -> Iterator[list[dict[str, Any]]]:
    """Rows of a table that rest on rows of the same table, in turns: each after the one it names."""
    there: set[Any] = set()
    while rows:
        ready = [row for row in rows if all(row[name] is None or row[name] in there for name in own)] or rows
        yield ready
        there |= {row["id"] for row in ready}
        rows = [row for row in rows if row["id"] not in there]


def _fill(connection: Connection, table: Table, bag: zipfile.ZipFile, expected: int) -> None:
    count, waiting = 0, list[dict[str, Any]]()
    own = [c.name for c in table.columns if any(key.column.table is table for key in c.foreign_keys)]
    with bag.open(f"tables/{table.name}.jsonl") as file:
        for batch in _batches(iter(file)):
            rows = [{c.name: _typed(c, row[c.name]) for c in table.columns} for row in map(json.loads, batch)]
            count += len(rows)
            if own:
                waiting += rows
            else:
                connection.execute(insert(table), rows)
    for rows in _one_after_another(waiting, own):
        connection.execute(insert(table), rows)
    if count != expected:
        raise BackupDamaged(part=table.name)
    _count_on(connection, table)


def _count_on(connection: Connection, table: Table) -> None:
    """PostgreSQL counts its own numbers: it goes on after those that were brought back."""
    column = table.autoincrement_column
    if connection.dialect.name == "postgresql" and column is not None:
        last = connection.scalar(select(func.max(column)))
        if last is not None:
            connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, column.name), last)))


def _batches(lines: Iterator[bytes]) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    for line in lines:
        batch.append(line)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _require_empty(connection: Connection, uploads: Path) -> None:
    """A restore never mixes with what is there."""
    for table in tables():
        if table.name != journal.Head.__tablename__ and connection.scalar(select(func.count()).select_from(table)):
            raise NotEmpty(table=table.name)
    if uploads.is_dir() and any(uploads.iterdir()):
        raise NotEmpty(table=uploads.name)
    connection.execute(metadata.tables[journal.Head.__tablename__].delete())


def _check_chain(connection: Connection, manifest: dict[str, Any]) -> None:
    with Session(connection) as session:
        try:
            seq, link = journal_check.check(journal.exported(session))
        except journal_check.Broken as broken:
            raise BackupDamaged(part=f"journal {broken.seq}") from None
    if {"seq": seq, "link": link} != manifest["head"]:
        raise BackupDamaged(part="journal")


def _bring_back(bag: zipfile.ZipFile, uploads: Path, names: Iterable[str], told: Progress) -> None:
    """The uploaded files, beside their place until all of them are there."""
    folder = uploads.with_name(f"{uploads.name}.part")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    try:
        for name in names:
            told(name)
            path = folder / Path(name).name
            path.write_bytes(bag.read(f"uploads/{name}"))
            path.chmod(0o600)
        folder.replace(uploads)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
