"""Tables of people: accounts, what they prove themselves with, their sessions, invitations and counted tries."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from financing.access import Actor, Role
from financing.db import Base, Thing
from financing.people.rules import Waits
from financing.roles import Remit
from financing.sealing import SealedColumn


class User(Thing):
    """A person with an account (账号). What they may do is their role; whose matters, their firm or bank."""

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("login"), Index("uq_account_identity", "identity", unique=True))

    login: Mapped[str]
    name: Mapped[str]
    role: Mapped[Role]
    password_hash: Mapped[str]
    joined_at: Mapped[datetime]
    firm_id: Mapped[int | None] = mapped_column(index=True, default=None)
    bank_id: Mapped[int | None] = mapped_column(default=None)
    active: Mapped[bool] = mapped_column(default=True)
    remit: Mapped[Remit | None] = mapped_column(default=None)  # of an administrator
    second_factor: Mapped[bytes | None] = mapped_column(SealedColumn, default=None)  # the secret of codes, sealed
    factor_step: Mapped[int] = mapped_column(
        default=0, server_default="0"
    )  # of the last code accepted: none counts twice
    used_at: Mapped[datetime | None] = mapped_column(default=None)  # the last sign-in
    slept_at: Mapped[datetime | None] = mapped_column(default=None)  # put to sleep, unused for long
    password_at: Mapped[datetime | None] = mapped_column(default=None)  # when its owner last changed it
    identity: Mapped[str | None] = mapped_column(default=None)  # issuer and subject at the zone's identity provider
    identity_at: Mapped[datetime | None] = mapped_column(
        default=None
    )  # when its owner confirmed it: before that it opens nothing
    recovery: Mapped[str] = mapped_column(
        default="", server_default=""
    )  # digests of the codes that are left, by spaces

    @property
    def actor(self) -> Actor:
        """The person as the access rules see them."""
        return Actor(self.id, self.role, self.firm_id, self.bank_id, self.name, remit=self.remit)


class LoginSession(Base):
    """One signed-in browser; the token itself is never stored, only its hash."""

    __tablename__ = "login_session"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    address: Mapped[str]
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    until: Mapped[datetime]
    stepped_up_at: Mapped[datetime | None] = mapped_column(default=None)  # the last proof of who it is
    waits: Mapped[Waits | None] = mapped_column(default=None)  # until then nothing else opens
    device: Mapped[str] = mapped_column(default="", server_default="")  # browser and system, as it says itself
    place: Mapped[str] = mapped_column(default="", server_default="")  # where from: an address without its end
    challenge: Mapped[str | None] = mapped_column(default=None)  # for the next answer of a passkey, and that one alone


class Passkey(Thing):
    """A passkey (通行密钥): the public half alone, of no use to whoever copies it."""

    __tablename__ = "passkey"
    __table_args__ = (UniqueConstraint("credential"), CheckConstraint("uses >= 0", name="uses"))

    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    name: Mapped[str]
    credential: Mapped[str]  # its id, as base64url
    public_key: Mapped[bytes]
    uses: Mapped[int]  # the authenticator's own counter; 0 where it keeps none
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None] = mapped_column(default=None)


class Invitation(Thing):
    """A one-time code (邀请码) that becomes an account; only its hash is stored."""

    __tablename__ = "invitation"
    __table_args__ = (
        UniqueConstraint("code_hash"),
        CheckConstraint("confirmed_by <> invited_by", name="two_people"),
        CheckConstraint("used_at IS NULL OR NOT by_two OR confirmed_by IS NOT NULL", name="confirmed"),
    )

    code_hash: Mapped[str]
    role: Mapped[Role]
    name: Mapped[str]
    firm_id: Mapped[int | None]
    bank_id: Mapped[int | None]
    invited_by: Mapped[int]
    until: Mapped[datetime]
    remit: Mapped[Remit | None] = mapped_column(default=None)
    by_two: Mapped[bool] = mapped_column(default=False, server_default=false())  # a second person confirms it first
    confirmed_by: Mapped[int | None] = mapped_column(default=None)
    used_at: Mapped[datetime | None] = mapped_column(default=None)


class Tries(Base):
    """Attempts to sign in, counted by a hashed key: an account, or an address."""

    __tablename__ = "tries"

    key: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    since: Mapped[datetime]
    last_at: Mapped[datetime]
