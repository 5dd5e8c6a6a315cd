"""Backup and restore (备份与恢复): the whole database as plain lines with control totals, the same for both databases.

A backup is one zip: manifest.json (totals, digests, head of the journal), tables/<name>.jsonl, uploads/<random name>.
Because the lines name no database, a zone that began on SQLite moves to PostgreSQL with the same two commands.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from enum import Enum as PythonEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Table, func, insert, select
from sqlalchemy.orm import Session

from financing import journal, journal_check
from financing.db import Database, FenColumn, Instant, RateColumn
from financing.models import metadata
from financing.money import Fen, Rate
from financing.refusals import BackupDamaged, NotEmpty

FORMAT = 1
BATCH = 2_000
#: Sign-ins end with the machine they were made on; all else is kept.
LEFT_OUT = frozenset({"login_session"})
Progress = Callable[[str], None]


def tables() -> list[Table]:
    """Every table that is kept, in an order that foreign keys allow."""
    return [table for table in metadata.sorted_tables if table.name not in LEFT_OUT]


def backup(database: Database, uploads: Path, out: Path, told: Progress = lambda _: None) -> dict[str, Any]:
    """Write one consistent picture; the manifest. The file appears under its name only when it is whole."""
    part = out.with_suffix(".part")
    files = sorted(uploads.iterdir()) if uploads.is_dir() else []
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as bag, database.reader.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        totals = {table.name: _store(bag, connection, table, told) for table in tables()}
        stored = {path.name: _put(bag, path, told) for path in files}
        head = connection.execute(select(journal.Head.seq, journal.Head.link)).one()
        manifest = {"format": FORMAT, "tables": totals, "uploads": stored, "head": {"seq": head.seq, "link": head.link}}
        bag.writestr("manifest.json", json.dumps(manifest, indent=1, sort_keys=True))
    part.chmod(0o600)
    part.replace(out)
    return manifest


def restore(database: Database, uploads: Path, source: Path, told: Progress = lambda _: None) -> dict[str, Any]:
    """Fill an empty, migrated database; nothing is kept unless totals, digests and the journal's chain all agree."""
    with zipfile.ZipFile(_sound(source)) as bag:
        manifest: dict[str, Any] = json.loads(bag.read("manifest.json"))
        with database.turn(), database.writer.begin() as connection:
            _require_empty(connection)
            for table in tables():
                told(table.name)
                _fill(connection, table, bag, manifest["tables"].get(table.name))
            _check_chain(connection, manifest)
        _bring_back(bag, uploads, manifest["uploads"], told)
    return manifest


def _store(bag: zipfile.ZipFile, connection: Connection, table: Table, told: Progress) -> dict[str, Any]:
    told(table.name)
    digest, count = hashlib.sha256(), 0
    rows = connection.execution_options(yield_per=BATCH).execute(select(table).order_by(*table.primary_key.columns))
    with bag.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as file:
        for row in rows.mappings():
            line = json.dumps({name: _plain(value) for name, value in row.items()}, ensure_ascii=False, sort_keys=True)
            digest.update(line.encode() + b"\n")
            file.write(line.encode() + b"\n")
            count += 1
    return {"rows": count, "sha256": digest.hexdigest()}


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


def _fill(connection: Connection, table: Table, bag: zipfile.ZipFile, expected: dict[str, Any] | None) -> None:
    digest, count = hashlib.sha256(), 0
    with bag.open(f"tables/{table.name}.jsonl") as file:
        for batch in _batches(iter(file)):
            for line in batch:
                digest.update(line)
            rows = [{c.name: _typed(c, row[c.name]) for c in table.columns} for row in map(json.loads, batch)]
            connection.execute(insert(table), rows)
            count += len(rows)
    if {"rows": count, "sha256": digest.hexdigest()} != expected:
        raise BackupDamaged(part=table.name)


def _batches(lines: Iterator[bytes]) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    for line in lines:
        batch.append(line)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _require_empty(connection: Connection) -> None:
    """A restore never mixes with what is there."""
    for table in tables():
        if table.name != journal.Head.__tablename__ and connection.scalar(select(func.count()).select_from(table)):
            raise NotEmpty(table=table.name)
    connection.execute(metadata.tables[journal.Head.__tablename__].delete())


def _check_chain(connection: Connection, manifest: dict[str, Any]) -> None:
    with Session(connection) as session:
        try:
            seq, link = journal_check.check(journal.exported(session))
        except journal_check.Broken as broken:
            raise BackupDamaged(part=f"journal {broken.seq}") from None
    if {"seq": seq, "link": link} != manifest["head"]:
        raise BackupDamaged(part="journal")


def _sound(source: Path) -> Path:
    try:
        with zipfile.ZipFile(source) as bag:
            if (broken := bag.testzip()) is not None:
                raise BackupDamaged(part=broken)
            bag.getinfo("manifest.json")
    except (zipfile.BadZipFile, KeyError):
        raise BackupDamaged(part=source.name) from None
    return source


def _bring_back(bag: zipfile.ZipFile, uploads: Path, expected: dict[str, str], told: Progress) -> None:
    uploads.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, digest in expected.items():
        told(name)
        content = bag.read(f"uploads/{name}")
        if hashlib.sha256(content).hexdigest() != digest or "/" in name:
            raise BackupDamaged(part=name)
        path = uploads / name
        path.write_bytes(content)
        path.chmod(0o600)
