"""What people see of imports: the list, one import with its progress, and its rows with what they change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from financing.acts import Act
from financing.desk import Desk
from financing.imports.model import Import, ImportRow
from financing.imports.rules import AT_WORK, Fate, ImportState
from financing.listed import Listed, listed


@dataclass(frozen=True, slots=True)
class Told:
    """One row of an import: what it does, and each column before and after."""

    row: int
    key: str
    fate: Fate
    changes: tuple[tuple[str, Any, Any], ...]


def imports(desk: Desk, page: int = 1) -> Listed[Import]:
    """Imports the actor may see, the newest first."""
    return listed(desk, desk.select(Import).order_by(Import.made_at.desc(), Import.id), page, lambda job: job)


def rows(desk: Desk, job: Import, page: int = 1, *, fate: Fate | None = None) -> Listed[Told]:
    """The compared rows of an import in the order of the file."""
    query = desk.select(ImportRow).where(ImportRow.job_id == job.id)
    if fate is not None:
        query = query.where(ImportRow.fate == fate)
    return listed(desk, query.order_by(ImportRow.row), page, _told)


def acts(desk: Desk, job: Import) -> tuple[Act, ...]:
    """What may be done with an import now; one that would change nothing has nothing to confirm."""
    idle = not job.added + job.changed
    return tuple(act for act in desk.acts(job) if not (act is Act.CONFIRM_IMPORT and idle))


def percent(job: Import) -> int:
    """How far the check has come, in whole per cent; reading the file is the first tenth."""
    if job.state not in AT_WORK:
        return 100
    return 10 + 90 * job.staged // job.total if job.total else (5 if job.state is ImportState.CHECKING else 0)


def earlier(desk: Desk, job: Import) -> Import | None:
    """The import that put this very file on file before, if there is one."""
    return desk.find(Import, Import.sha256 == job.sha256, Import.id != job.id, Import.state == ImportState.DONE)


def _told(row: ImportRow) -> Told:
    before: Mapping[str, Any] = row.former
    changed = row.fate is Fate.CHANGED  # where what is taken away is told as well
    named = {name: value for name, value in row.told.items() if changed or value not in (None, {}, [])}
    return Told(row.row, row.key, row.fate, tuple((name, before.get(name), value) for name, value in named.items()))
