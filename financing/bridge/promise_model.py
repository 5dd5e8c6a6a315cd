"""What banks promise and what became of it, as stored: promises, renewals, alerts, breaches, banks that may not use the fund."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, column
from sqlalchemy.orm import Mapped, mapped_column

from financing.bridge.rules import BAN_FLOW, BanState, Breach
from financing.db import Thing
from financing.flow import Flow
from financing.money import Fen, Rate

_STANDS = column("withdrawn_at").is_(None)
_BANNED = column("lifted_by").is_(None)


class RenewalPromise(Thing):
    """A bank's sealed promise to lend again (续贷承诺函): written once, taken back only while nothing was paid out upon it."""

    __tablename__ = "bridge_promise"
    __table_args__ = (
        UniqueConstraint("id", "use_id", "amount", "account", "standing", name="uq_bridge_promise_key"),
        CheckConstraint("amount > 0 AND rate >= 0 AND months > 0", name="terms"),
        CheckConstraint("standing = (withdrawn_at IS NULL)", name="standing"),
        CheckConstraint("standing OR why <> ''", name="why"),
        Index("uq_bridge_promise_standing", "use_id", unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS),
    )

    use_id: Mapped[int] = mapped_column(ForeignKey("bridge_use.id"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"))
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"))
    number: Mapped[str] = mapped_column(unique=True)  # XC2026-0001
    amount: Mapped[Fen]
    rate: Mapped[Rate]
    months: Mapped[int]
    planned_on: Mapped[date]
    account: Mapped[str]  # at the lender: the fund pays here and nowhere else
    account_name: Mapped[str]
    digest: Mapped[str]  # of all the promise says
    made_at: Mapped[datetime]
    made_by: Mapped[int]
    maker: Mapped[str]
    standing: Mapped[bool] = mapped_column(default=True)
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)
    withdrawer: Mapped[str] = mapped_column(default="")
    why: Mapped[str] = mapped_column(default="")


class RenewalReport(Thing):
    """The renewal as it came (续贷发放): what the bank lent, at what rate, on what day; written once."""

    __tablename__ = "bridge_renewal"
    __table_args__ = (UniqueConstraint("use_id"), CheckConstraint("amount > 0 AND rate >= 0", name="terms"))

    use_id: Mapped[int] = mapped_column(ForeignKey("bridge_use.id"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"))
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"))
    amount: Mapped[Fen]
    rate: Mapped[Rate]
    paid_on: Mapped[date]
    at: Mapped[datetime]
    by: Mapped[int]
    name: Mapped[str]


class BridgeAlert(Thing):
    """An alert of money that is not back (逾期提醒): each level once in a use's life, whatever days the platform stood still."""

    __tablename__ = "bridge_alert"
    __table_args__ = (UniqueConstraint("use_id", "level"), CheckConstraint("level > 0", name="level"))

    use_id: Mapped[int] = mapped_column(ForeignKey("bridge_use.id"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"))
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"))
    level: Mapped[int]  # days past due
    fell_on: Mapped[date]
    at: Mapped[datetime]


class PromiseBreach(Thing):
    """A promise that was not kept (承诺未兑现), with what was promised and what came; written once."""

    __tablename__ = "bridge_breach"
    __table_args__ = (UniqueConstraint("use_id", "breach"), Index("ix_bridge_breach_bank", "bank_id", "found_on"))

    use_id: Mapped[int] = mapped_column(ForeignKey("bridge_use.id"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"))
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"))
    breach: Mapped[Breach]
    found_on: Mapped[date]
    facts: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    case_number: Mapped[str] = mapped_column(default="")  # of the case of conduct it opened


class BankBan(Thing):
    """A bank that may not use the fund (暂停合作) until one person asks and another agrees."""

    __tablename__ = "bridge_ban"
    __table_args__ = (
        CheckConstraint("lifted_by <> asked_by", name="two_people"),
        CheckConstraint("(state = 'lifted') = (lifted_by IS NOT NULL)", name="lifted"),
        CheckConstraint("(state = 'suspended') = (asked_by IS NULL)", name="asked"),
        Index("uq_bridge_ban_open", "bank_id", unique=True, sqlite_where=_BANNED, postgresql_where=_BANNED),
    )
    flow: ClassVar[Flow[BanState]] = BAN_FLOW

    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"))
    bank: Mapped[str]
    use_id: Mapped[int] = mapped_column(ForeignKey("bridge_use.id"))
    use: Mapped[str]  # its number
    breach: Mapped[Breach]
    since: Mapped[date]
    at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(default="")  # why it should be lifted
    asked_at: Mapped[datetime | None] = mapped_column(default=None)
    asked_by: Mapped[int | None] = mapped_column(default=None)
    asker: Mapped[str] = mapped_column(default="")
    lifted_at: Mapped[datetime | None] = mapped_column(default=None)
    lifted_by: Mapped[int | None] = mapped_column(default=None)
    lifter: Mapped[str] = mapped_column(default="")
    state: Mapped[BanState] = mapped_column(default=BanState.SUSPENDED)
