"""Risk-sharing agreements as stored (风险分担协议, F37)."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing
from financing.flow import Flow
from financing.guarantees.change_rules import ChangeState
from financing.guarantees.sharing import AGREEMENT_FLOW, Party
from financing.money import Fen, Rate

PARTS = " + ".join(f"{party.value}_share" for party in Party)
EACH = " AND ".join(f"{party.value}_share >= 0" for party in Party)


class SharingAgreement(Thing):
    """Who bears which part of each loss, with one bank or with all; proposed by one person and decided by another (I-20).

    Never edited: a later one of the same bank takes its place from the day it begins.
    """

    __tablename__ = "sharing_agreement"
    __table_args__ = (
        CheckConstraint(f"{PARTS} = 1000000", name="whole"),
        CheckConstraint(EACH, name="shares"),
        CheckConstraint("valid_from <= valid_until", name="days"),
        CheckConstraint("trigger_days >= 0 AND grace_days >= 0", name="terms"),
        CheckConstraint("(other_share > 0) = (other_name <> '')", name="other"),
        CheckConstraint("proposed_by <> decided_by", name="two_people"),
        CheckConstraint("(state = 'proposed') = (decided_by IS NULL)", name="decided"),
    )
    flow: ClassVar[Flow[ChangeState]] = AGREEMENT_FLOW

    number: Mapped[str] = mapped_column(unique=True)  # XY2026-0001
    bank_id: Mapped[int | None] = mapped_column(ForeignKey("bank.id"), index=True)  # None: every bank
    guarantor_share: Mapped[Rate]
    bank_share: Mapped[Rate]
    reguarantor_share: Mapped[Rate]
    fund_share: Mapped[Rate]
    treasury_share: Mapped[Rate]
    other_share: Mapped[Rate]
    other_name: Mapped[str]
    valid_from: Mapped[date]
    valid_until: Mapped[date]
    trigger_days: Mapped[int]  # days overdue after which the bank may claim
    grace_days: Mapped[int]  # from the claim until the guarantor pays
    deposit: Mapped[Rate]  # kept at the bank, of the amount guaranteed; encouraged to be nothing
    single_cap: Mapped[Fen]  # for one firm
    stop_rate: Mapped[Rate]  # compensation rate of the bank at which new business stops
    business: Mapped[str]  # what it is for (合作范围)
    reason: Mapped[str]
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    proposed_at: Mapped[datetime]
    proposed_by: Mapped[int]
    proposer: Mapped[str]
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    decided_by: Mapped[int | None] = mapped_column(default=None)
    decider: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")  # why it was turned down
    state: Mapped[ChangeState] = mapped_column(default=AGREEMENT_FLOW.start)

    @property
    def shares(self) -> dict[Party, Rate]:
        """Whoever bears a part, in the order of `Party`."""
        every = {party: getattr(self, f"{party.value}_share") for party in Party}
        return {party: share for party, share in every.items() if share.ppm}
