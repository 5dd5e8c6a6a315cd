"""Counter-guarantees as stored (反担保, F40)."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, synonym

from financing.db import Thing
from financing.flow import Flow
from financing.guarantees.security_rules import SECURITY_FLOW, SecurityKind, SecurityState
from financing.money import Fen


class CounterGuarantee(Thing):
    """One thing a firm is asked for in return for a guarantee, or the word that it is asked for nothing, with the reason."""

    __tablename__ = "counter_guarantee"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        CheckConstraint("value >= 0", name="value"),
        CheckConstraint("(state = 'waived') = (why <> '')", name="reason"),
        CheckConstraint("state <> 'registered' OR register_no <> ''", name="registered"),
        CheckConstraint("(register_no = '') = (registered_on IS NULL)", name="register_day"),
        CheckConstraint("kind <> 'nothing' OR state = 'waived'", name="nothing"),
    )
    flow: ClassVar[Flow[SecurityState]] = SECURITY_FLOW

    case_id: Mapped[int] = mapped_column(ForeignKey("guarantee_case.id"))
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    number: Mapped[int]  # 1, 2, … within the case
    kind: Mapped[SecurityKind]
    about: Mapped[str]  # who promises, or which thing
    value: Mapped[Fen]
    asked_at: Mapped[datetime]
    asked_by: Mapped[int]
    asker: Mapped[str]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), default=None)  # the signed contract
    given_on: Mapped[date | None] = mapped_column(default=None)
    register_no: Mapped[str] = mapped_column(default="")
    registered_on: Mapped[date | None] = mapped_column(default=None)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)  # waived or released
    ended_by: Mapped[int | None] = mapped_column(default=None)
    why: Mapped[str] = mapped_column(default="")  # it was waived
    state: Mapped[SecurityState] = mapped_column(default=SECURITY_FLOW.start)

    security_id: Mapped[int] = synonym("id", init=False)
