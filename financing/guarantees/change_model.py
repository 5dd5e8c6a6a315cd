"""Changes of the guarantor's terms as stored."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, column
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing
from financing.flow import Flow
from financing.guarantees.change_rules import CHANGE_FLOW, ChangeState, changed, read
from financing.guarantees.rules import Scope

OPEN = column("state") == "proposed"


class TermsChange(Thing):
    """New terms of the guarantor, or a limit of its own, that one person proposes and another decides (I-20).

    `scope` FACILITY means the guarantor's own terms, SECTOR or BANK one limit; `before` and `after` are as change_rules.stored.
    """

    __tablename__ = "terms_change"
    __table_args__ = (
        CheckConstraint("proposed_by <> decided_by", name="two_people"),
        CheckConstraint("(state = 'proposed') = (decided_by IS NULL)", name="decided"),
        Index("uq_terms_change_open", "scope", "owner_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )
    flow: ClassVar[Flow[ChangeState]] = CHANGE_FLOW

    number: Mapped[str] = mapped_column(unique=True)  # BG2026-0001
    scope: Mapped[Scope]
    owner_id: Mapped[int]  # the guarantor (0 before there is one), a GB/T 4754 division or a bank
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    reason: Mapped[str]
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    proposed_at: Mapped[datetime]
    proposed_by: Mapped[int]
    proposer: Mapped[str]
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    decided_by: Mapped[int | None] = mapped_column(default=None)
    decider: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")  # why it was turned down
    effects: Mapped[list[Any]] = mapped_column(default_factory=list)  # every limit before and after, as adopted
    state: Mapped[ChangeState] = mapped_column(default=CHANGE_FLOW.start)

    @property
    def new(self) -> dict[str, Any]:
        """The terms that change, as values of the domain."""
        return read(changed(self.before, self.after))

    @property
    def old(self) -> dict[str, Any]:
        """What they change from."""
        return read({key: self.before.get(key) for key in changed(self.before, self.after)})
