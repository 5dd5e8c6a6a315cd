"""What people see of papers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime

from financing.acts import Act
from financing.db import Base
from financing.desk import Desk
from financing.papers import rules
from financing.papers.model import Paper, PaperUse
from financing.papers.rules import Owed, PaperKind, Standing, Unfit
from financing.parties.model import Firm
from financing.parties.permit_rules import Item


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
    expires_on: date | None
    replaces_id: int | None
    unfit: Unfit | None
    replaced: bool = False
    edition: int = 1

    def stands(self, today: date) -> Standing:
        """Whether it counts, and if not why."""
        if self.replaced:
            return Standing.REPLACED
        if self.unfit is not None:
            return Standing.UNFIT
        return Standing.OVER if self.expires_on is not None and self.expires_on < today else Standing.GOOD


@dataclass(frozen=True, slots=True)
class Used:
    """One step that had this version before it."""

    act: Act
    need_id: int
    on: date
    number: str


@dataclass(frozen=True, slots=True)
class Kept:
    """One paper with all its versions, the newest first, and every step that used it."""

    paper: Paper
    row: PaperRow
    firm: Firm
    versions: tuple[PaperRow, ...]
    uses: tuple[Used, ...]


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
    """Every paper of a firm, the newest first; a former version stands with the one that replaced it."""
    rows = _rows(desk, firm.id)
    used = sum(row.size for row in rows)
    counted = {row.kind for row in rows if row.unfit is None}
    return Vault(firm.id, firm.name, rows, used, rules.MOST_BYTES, rules.owed(counted))


def one(desk: Desk, paper: Paper) -> Kept:
    """A paper with its versions and the steps that used it."""
    rows = {row.id: row for row in _rows(desk, paper.firm_id)}
    after = {row.replaces_id: row.id for row in rows.values() if row.replaces_id}
    line = [paper.id]
    while line[0] in after:
        line.insert(0, after[line[0]])
    while (former := rows[line[-1]].replaces_id) in rows:
        line.append(former or 0)
    return Kept(
        paper, rows[paper.id], desk.get(Firm, paper.firm_id), tuple(rows[key] for key in line), _uses(desk, paper)
    )


def replaceable(vault: Vault) -> list[PaperRow]:
    """The papers a new version can replace."""
    return [row for row in vault.papers if not row.replaced]


def _uses(desk: Desk, paper: Paper) -> tuple[Used, ...]:
    """By the number of the need, whose table this room does not know."""
    need = Base.metadata.tables["need"]
    query = desk.select(PaperUse, PaperUse.act, PaperUse.need_id, PaperUse.used_on).add_columns(need.c.number)
    query = query.join(need, need.c.id == PaperUse.need_id).where(PaperUse.paper_id == paper.id)
    return tuple(Used(*row) for row in desk.session.execute(query.order_by(PaperUse.used_on, PaperUse.id)))


def _rows(desk: Desk, firm_id: int) -> tuple[PaperRow, ...]:
    columns = (Paper.id, Paper.kind, Paper.name, Paper.size, Paper.sha256, Paper.added_at, Paper.finding, Paper.expires_on,
               Paper.replaces_id, Paper.unfit)  # fmt: skip
    query = desk.select(Paper, *columns).where(Paper.firm_id == firm_id).order_by(Paper.added_at.desc(), Paper.id)
    rows = [PaperRow(*row) for row in desk.session.execute(query)]
    former = {row.id: row.replaces_id for row in rows}
    gone = {row.replaces_id for row in rows}
    return tuple(replace(row, replaced=row.id in gone, edition=_edition(row.id, former)) for row in rows)


def _edition(key: int, former: dict[int, int | None]) -> int:
    count = 1
    while (before := former.get(key)) is not None:
        key, count = before, count + 1
    return count


def waiting(desk: Desk, firm_id: int) -> dict[Item, int]:
    """How many papers on file banks and the committee may see only under each item (单独同意)."""
    kinds = desk.rows(Paper, Paper.kind, where=(Paper.firm_id == firm_id, Paper.unfit.is_(None)))
    return Counter(item for (kind,) in kinds for item in rules.NEEDS.get(kind, ()))
