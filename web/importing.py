"""Imports worked off in the background (后台试算): a batch at a time, each in a short turn of the lock; where it stands is in the database.

Whoever else writes comes between two batches. A process that ends in the middle leaves whole batches; the next one reads the file again
and goes on after the last of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from financing import desk
from financing.access import SYSTEM
from financing.db import Database
from financing.desk import Desk
from financing.imports import service
from financing.imports.model import Import
from financing.imports.rules import AT_WORK, BATCH, NOTICE, ImportKind, ImportState
from financing.papers import store
from financing.refusals import Refusal
from reports import importing
from reports.gate import Limits
from reports.import_kinds import KINDS
from web import import_words
from web.log import log

NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(slots=True)
class Importer:
    """The one that works imports off in this process; it keeps the file it read last."""

    database: Database
    uploads: Path
    limits: Limits
    clock: Callable[[], datetime]
    _read: tuple[int, importing.Read] | None = None

    def step(self) -> bool:
        """Do one part of the oldest import that waits; whether there was one."""
        with self._desk(write=False) as here:
            waiting = here.find(Import, Import.state.in_(AT_WORK)) is not None
        return waiting and self._part()

    def run(self, most: int = 1_000_000) -> int:
        """Part after part until nothing waits; how many."""
        done = 0
        while done < most and self.step():
            done += 1
        return done

    def _part(self) -> bool:
        with self._desk() as here:
            job = service.next_job(here)
            if job is None:
                return False
            service.start(here, job)
        try:
            self._advance(job)
        except Exception as error:  # noqa: BLE001  whatever went wrong must be seen on the import, not end the worker
            log.error("import.failed", job=job.id, why=type(error).__name__)
            self._unread(job, Refusal())
        return True

    def _advance(self, job: Import) -> None:
        if self._read is None or self._read[0] != job.id:
            try:
                self._read = (job.id, self._file(job))
            except Refusal as refusal:
                self._unread(job, refusal)
                return
            self._told(job, self._read[1])
        elif not job.total:
            self._told(job, self._read[1])
        else:
            self._batch(job, self._read[1])

    def _file(self, job: Import) -> importing.Read:
        content = store.read(self.uploads, job)
        today = self.clock().astimezone(desk.BEIJING).date()
        return importing.read(job.kind, content, job.name, today=today, limits=self.limits)

    def _told(self, job: Import, read: importing.Read) -> None:
        with self._desk() as here:
            if (now := _still(here, job)) is not None:
                service.read(here, now, read.total, read.errors, read.findings)

    def _batch(self, job: Import, read: importing.Read) -> None:
        """Compared on a reader's picture, kept under the lock; what another process has kept meanwhile is left alone."""
        rows = read.batch(job.staged, BATCH)
        with self._desk(write=False) as here:
            compared = service.compare(here, job, rows)
        findings = [_finding(job.kind, one, one.code) for one in compared.wrong]
        findings += [
            _finding(job.kind, one, f"quality_{one.fault}", one.figures) | {"gravity": NOTICE} for one in compared.odd
        ]
        with self._desk() as here:
            now = _still(here, job)
            if now is not None and now.staged == job.staged:
                service.stage(here, now, compared, findings, len(rows))

    def _unread(self, job: Import, refusal: Refusal) -> None:
        with self._desk() as here:
            if (now := _still(here, job)) is not None:
                service.unread(here, now, refusal.code, refusal.facts)

    def _desk(self, *, write: bool = True) -> Any:
        return desk.opened(self.database, SYSTEM, self.clock(), write=write)


def _still(here: Desk, job: Import) -> Import | None:
    """The import as it stands now, locked; None when somebody has stopped it."""
    now = here.get(Import, job.id, lock=True)
    return now if now.state is ImportState.CHECKING else None


def _finding(kind: ImportKind, one: Any, code: str, more: Mapping[str, str] = NONE) -> dict[str, Any]:
    of = KINDS[kind]
    cell = next(field for field in of.fields if field.key == one.column)
    value = import_words.typed(one.column, one.value)
    return {"sheet": of.sheet, "row": one.row, "column": cell.head, "value": value, "code": code, "more": dict(more)}
