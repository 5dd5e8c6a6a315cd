"""What a reading in an emergency shows: the list, one reading with its looks, and the firm's data section by section."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from financing import masks
from financing.desk import Desk
from financing.emergencies.model import Emergency
from financing.emergencies.rules import Section
from financing.guarantees.model import GuaranteeCase
from financing.letters.model import Guarantee
from financing.listed import Listed, listed
from financing.loans.model import Loan
from financing.needs.model import Need
from financing.papers.model import Paper
from financing.parties.model import Firm
from financing.people.model import User

#: Section -> what is listed, which of its columns (with the word of each, see `emergency_words`), and the order.
SHOWN: dict[Section, tuple[Any, tuple[str, ...], Any]] = {
    Section.PROFILE: (Firm, ("name", "code", "park", "address", "founded_on", "representative", "contact", "phone", "employees", "revenue", "assets", "state"), Firm.id),
    Section.PEOPLE: (User, ("name", "login", "role", "joined_at", "used_at", "active"), User.name),
    Section.NEEDS: (Need, ("number", "amount", "months", "purpose", "use", "submitted_on", "state"), Need.number),
    Section.CASES: (GuaranteeCase, ("number", "line", "months", "support", "opened_on", "state"), GuaranteeCase.number),
    Section.GUARANTEES: (Guarantee, ("number", "amount", "starts", "matures", "balance", "state"), Guarantee.number),
    Section.LOANS: (Loan, ("contract", "amount", "rate", "starts", "matures"), Loan.contract),
    Section.PAPERS: (Paper, ("name", "kind", "size", "added_at", "expires_on"), Paper.added_at),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a section: its id, and what stands in its columns."""

    id: int
    values: tuple[Any, ...]


def newest(desk: Desk, page: int, size: int) -> Listed[Emergency]:
    """The newest first."""
    query = desk.select(Emergency).order_by(Emergency.proposed_at.desc(), Emergency.id)
    return listed(desk, query, page, lambda one: one, size)


def section(desk: Desk, asked: Emergency, which: Section) -> tuple[tuple[str, ...], list[Line]]:
    """Columns and rows of a section, at the desk that `service.look` gave."""
    kind, columns, order = SHOWN[which]
    rows = desk.all(kind, kind.firm_id == asked.firm_id, by=order)
    return columns, [Line(row.id, tuple(_shown(desk, name, getattr(row, name)) for name in columns)) for row in rows]


def _shown(desk: Desk, name: str, value: Any) -> Any:
    """Who looks for a fault need not ring anybody."""
    return masks.phone_for(desk.actor, value) if name == "phone" else value
