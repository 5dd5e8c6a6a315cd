"""Keys of banks' own systems as stored (接口密钥): never the key, only its digest."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from financing.db import Thing
from financing.people.key_rules import KeyState, state


class ApiKey(Thing):
    """One key for one bank; one of its officers answers for what is done with it."""

    __tablename__ = "api_key"
    __table_args__ = (
        UniqueConstraint("digest"),
        CheckConstraint("(digest IS NULL) = (taken_at IS NULL)", name="taken"),
        CheckConstraint("(revoked_at IS NULL) = (revoked_by IS NULL)", name="revoked"),
        CheckConstraint("given_at < until", name="period"),
    )

    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str]
    scopes: Mapped[list[Any]]  # people.key_rules.KeyScope
    until: Mapped[datetime]
    given_at: Mapped[datetime]
    given_by: Mapped[int]
    prefix: Mapped[str] = mapped_column(default="")  # the public beginning, by which people tell keys apart
    digest: Mapped[str | None] = mapped_column(default=None)
    taken_at: Mapped[datetime | None] = mapped_column(default=None)
    used_at: Mapped[datetime | None] = mapped_column(default=None)
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)
    revoked_by: Mapped[int | None] = mapped_column(default=None)

    def stands(self, now: datetime) -> KeyState:
        return state(taken=self.taken_at is not None, revoked=self.revoked_at is not None, until=self.until, now=now)
