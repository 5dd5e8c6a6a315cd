"""What people and the platform do with an import: begin, check in turns, confirm in one stroke, stop, take up again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, insert, select

from financing import finding
from financing.access import BANK
from financing.acts import Act
from financing.desk import Desk
from financing.import_refusals import NothingToImport, TooManyRows
from financing.imports import charges, firms, needs, policies, products, repayments
from financing.imports.compared import Compared, Row
from financing.imports.model import Import, ImportRow
from financing.imports.rules import (
    AT_WORK,
    MOST_ONE_BY_ONE,
    MOST_TOLD,
    Fate,
    ImportKind,
    ImportState,
    digest,
    grave,
    may_bring,
)
from financing.parties.identity import line
from financing.parties.model import Firm
from financing.refusals import NotAllowed

_COMPARE: Mapping[ImportKind, Callable[[Desk, Import, Sequence[Row]], Compared]] = {
    ImportKind.FIRMS: firms.compare,
    ImportKind.NEEDS: needs.compare,
    ImportKind.PRODUCTS: products.compare,
    ImportKind.REPAYMENTS: repayments.compare,
    ImportKind.CHARGES: charges.compare,
    ImportKind.POLICIES: policies.compare,
}
_LAND: Mapping[ImportKind, Callable[[Desk, Import], None]] = {
    ImportKind.FIRMS: firms.land,
    ImportKind.NEEDS: needs.land,
    ImportKind.PRODUCTS: products.land,
    ImportKind.REPAYMENTS: repayments.land,
    ImportKind.CHARGES: charges.land,
    ImportKind.POLICIES: policies.land,
}


def begin(desk: Desk, kind: ImportKind, *, name: str, size: int, sha256: str, stored: str) -> Import:
    """Put a workbook in the queue (开始导入); a bank brings products and repayments of its own and nothing else (NotAllowed)."""
    bank = desk.actor.bank_id if desk.actor.role in BANK else None
    if not may_bring(desk.actor.role, kind):
        raise NotAllowed(act=Act.BEGIN_IMPORT, who="")
    job = desk.add(
        Import(kind=kind, name=line(name, "file", 200), size=size, sha256=sha256, stored=stored, bank_id=bank, made_at=desk.now,
               made_by=desk.actor.id, made_by_name=desk.actor.name)
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.BEGIN_IMPORT, job, kind=kind, size=size, sha256=sha256)
    return job


def next_job(desk: Desk) -> Import | None:
    """The oldest import that waits for the platform, locked; another worker passes it over."""
    at_work = select(Import).where(Import.state.in_(AT_WORK)).order_by(Import.made_at, Import.id).limit(1)
    found: Import | None = desk.session.scalar(at_work.with_for_update(skip_locked=True))
    return found


def start(desk: Desk, job: Import) -> None:
    """The platform takes an import up; rows staged before it was stopped stay where they are."""
    if job.state is ImportState.QUEUED:
        desk.take(Act.CHECK_IMPORT, job)


def read(desk: Desk, job: Import, total: int, errors: int, findings: Sequence[Mapping[str, Any]]) -> None:
    """How many rows the file has and what is wrong with its cells; known already where a stopped import goes on."""
    if job.staged:
        return
    most = None if job.kind is ImportKind.FIRMS else MOST_ONE_BY_ONE
    if most is not None and total > most:
        unread(desk, job, TooManyRows.code, {"most": most, "found": total})
        return
    job.total, job.errors, job.findings = total, errors, list(findings)
    if errors:
        _fail(desk, job)


def unread(desk: Desk, job: Import, code: str, facts: Mapping[str, Any]) -> None:
    """The file cannot be read at all."""
    job.why, job.why_facts = code, {key: value for key, value in facts.items() if isinstance(value, str | int)}
    _fail(desk, job)


def compare(desk: Desk, job: Import, rows: Sequence[Row]) -> Compared:
    """A batch beside what is on file."""
    return _COMPARE[job.kind](desk, job, rows)


def stage(desk: Desk, job: Import, compared: Compared, findings: Sequence[Mapping[str, Any]], rows: int) -> None:
    """Keep a batch of `rows` compared, in a short turn of the lock; after the last one the import waits for its yes."""
    staged = compared.staged
    if staged:
        desk.session.execute(insert(ImportRow), [{"job_id": job.id, **row} for row in staged])
        finding.keep(desk.session.connection(), Firm.__tablename__, compared.words)
    job.staged += rows
    job.added += sum(row["fate"] is Fate.ADDED for row in staged)
    job.changed += sum(row["fate"] is Fate.CHANGED for row in staged)
    job.digest = digest(job.digest, staged)
    if findings:
        job.errors += sum(map(grave, findings))
        job.findings = sorted([*job.findings, *findings], key=grave, reverse=True)[:MOST_TOLD]
    if job.staged == job.total and job.errors:
        _fail(desk, job)
    elif job.staged == job.total:
        desk.take(Act.PASS_IMPORT, job, rows=job.total, added=job.added, changed=job.changed)


def confirm(desk: Desk, job: Import) -> None:
    """Put all of it on file in one transaction (确认导入): ChangedSince when the comparison is out of date, NothingToImport.

    One line in the journal, with counts, the digest of the file and that of the rows, which are sealed from here on.
    """
    if job.state is ImportState.WAITING and not job.added + job.changed:
        raise NothingToImport
    _LAND[job.kind](desk, job)
    _end(desk, job)
    desk.take(
        Act.CONFIRM_IMPORT, job, kind=job.kind, rows=job.total, added=job.added, changed=job.changed, sha256=job.sha256,
        digest=job.digest,
    )  # fmt: skip


def stop(desk: Desk, job: Import) -> None:
    """Stop an import (停止导入): nothing of it is on file; what was compared is kept for taking it up again."""
    desk.take(Act.STOP_IMPORT, job)
    _end(desk, job)


def resume(desk: Desk, job: Import) -> None:
    """Take a stopped import up where it stood, or compare a waiting one anew from its first row (继续或重新检查)."""
    anew = job.state is ImportState.WAITING or job.staged == job.total
    desk.take(Act.RESUME_IMPORT, job)
    job.ended_at, job.ended_by_name = None, ""
    if anew:
        if job.kind is ImportKind.FIRMS:
            firms.forget(desk, job)
        desk.session.execute(delete(ImportRow).where(ImportRow.job_id == job.id))
        job.staged = job.added = job.changed = job.errors = 0
        job.digest, job.findings = "", []


def _fail(desk: Desk, job: Import) -> None:
    desk.take(Act.FAIL_IMPORT, job, errors=job.errors)
    _end(desk, job)


def _end(desk: Desk, job: Import) -> None:
    job.ended_at, job.ended_by_name = desk.now, desk.actor.name
