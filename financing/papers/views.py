"""What people see of papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from financing.desk import Desk
from financing.papers import rules
from financing.papers.model import Paper
from financing.papers.rules import Owed, PaperKind
from financing.parties.model import Firm


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper with its receipt (回执): size in bytes, digest, moment."""

    id: int
    kind: PaperKind
    name: str
    size: int
    sha256: str
    added_at: datetime
    finding: str


@dataclass(frozen=True, slots=True)
class Vault:
    """A firm's papers, the room left (bytes), and what is still owed."""

    firm_id: int
    firm: str
    papers: tuple[PaperRow, ...]
    used: int
    most: int
    owed: tuple[Owed, ...]


def vault(desk: Desk, firm: Firm) -> Vault:
    """Every paper of a firm, the newest first."""
    columns = (Paper.id, Paper.kind, Paper.name, Paper.size, Paper.sha256, Paper.added_at, Paper.finding)
    query = desk.select(Paper, *columns).where(Paper.firm_id == firm.id).order_by(Paper.added_at.desc(), Paper.id)
    rows = tuple(PaperRow(*row) for row in desk.session.execute(query))
    used = sum(row.size for row in rows)
    return Vault(firm.id, firm.name, rows, used, rules.MOST_BYTES, rules.owed({row.kind for row in rows}))
