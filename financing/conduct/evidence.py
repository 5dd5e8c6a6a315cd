"""Files handed in with a report: sealed in the store, opened for the two who handle it, each opening a line in the journal."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from financing import sealing
from financing.acts import Act
from financing.conduct import wall
from financing.conduct.model import ConductCase, ConductEvidence
from financing.conduct.reports import FILE, Handed
from financing.desk import Desk
from financing.papers import store
from financing.refusals import NotFound


@dataclass(frozen=True, slots=True)
class _File:
    """What the store compares the bytes with."""

    name: str
    stored: str
    sha256: str


def names(desk: Desk, case: ConductCase) -> dict[int, str]:
    """The files of a case by number."""
    return {row.id: _name(desk, row) for row in _rows(desk, case)}


def opened(desk: Desk, case: ConductCase, key: int, uploads: Path) -> Handed:
    """One file as it was handed in."""
    row = next((one for one in _rows(desk, case) if one.id == key), None)
    if row is None:
        raise NotFound(kind="ConductEvidence")
    desk.note(Act.OPEN_EVIDENCE, case, file=key)
    name = _name(desk, row)
    cell = store.read(uploads, _File(name, row.stored, row.sha256))
    return Handed(name, sealing.ring(desk.session).open(FILE, row.id, cell))


def _rows(desk: Desk, case: ConductCase) -> list[ConductEvidence]:
    wall.enter(desk)
    return list(desk.session.scalars(select(ConductEvidence).where(ConductEvidence.report_id == (case.report_id or 0))))


def _name(desk: Desk, row: ConductEvidence) -> str:
    return str(sealing.ring(desk.session).read("conduct_evidence.told", row.id, row.told)["name"])
