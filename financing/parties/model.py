"""Firms, banks, their products and the guarantor as stored."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, synonym

from financing import finding
from financing.db import Thing
from financing.flow import Flow
from financing.money import Fen, Rate
from financing.parties.rules import FIRM_FLOW, BankKind, FirmState, GuarantorKind, RelationKind, RelationSource


class Firm(Thing):
    """A firm of the zone, known by its unified social credit code (统一社会信用代码), never by its name (I-27)."""

    __tablename__ = "firm"
    __table_args__ = (
        CheckConstraint("length(code) = 18", name="code_length"),
        Index("ix_firm_newest", "state", "registered_at", "id"),
    )
    flow: ClassVar[Flow[FirmState]] = FIRM_FLOW

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    industry: Mapped[str]  # GB/T 4754-2017 class, group or division
    park: Mapped[str]
    address: Mapped[str]
    founded_on: Mapped[date]
    representative: Mapped[str]
    contact: Mapped[str]
    phone: Mapped[str]
    registered_at: Mapped[datetime]
    employees: Mapped[int | None] = mapped_column(default=None)
    revenue: Mapped[Fen | None] = mapped_column(default=None)  # last full year
    assets: Mapped[Fen | None] = mapped_column(default=None)
    size: Mapped[str] = mapped_column(default="undetermined")  # scoring.sizes
    likeness: Mapped[str] = mapped_column(default="", index=True)  # the name as people confuse it; look-alikes share it
    group_id: Mapped[int | None] = mapped_column(default=None, index=True)  # the group of related parties, once known
    state: Mapped[FirmState] = mapped_column(default=FirmState.REGISTERED)
    #: Facts the firm stated that no paper carries: name -> {"value", "source", "as_of"} (scoring.facts names).
    stated: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    #: Where answers come from that the firm did not type itself: field -> {"origin", "on"} (parties.rules.Origin).
    origins: Mapped[dict[str, Any]] = mapped_column(default_factory=dict, server_default="{}")

    firm_id: Mapped[int] = synonym("id", init=False)

    @property
    def confirmed(self) -> bool:
        return self.state is FirmState.CONFIRMED


class Relation(Thing):
    """What another party is to a firm, or to the guarantor where `firm_id` is empty (关联关系); ended, never removed."""

    __tablename__ = "relation"
    __table_args__ = (
        CheckConstraint("firm_id <> other_id", name="itself"),
        CheckConstraint("(kind = 'shareholder') = (share IS NOT NULL)", name="share"),
        CheckConstraint("(until IS NULL) = (ended_by IS NULL)", name="ended"),
    )

    firm_id: Mapped[int | None] = mapped_column(ForeignKey("firm.id"), index=True)
    kind: Mapped[RelationKind]
    other_id: Mapped[int | None] = mapped_column(ForeignKey("firm.id"), index=True)  # a firm of the zone
    name: Mapped[str]
    mark: Mapped[str]  # credit code, or what tells persons of one name apart; empty: not known
    share: Mapped[Rate | None]
    since: Mapped[date]
    source: Mapped[RelationSource]
    entered_at: Mapped[datetime]
    entered_by: Mapped[int]
    until: Mapped[date | None] = mapped_column(default=None)
    ended_by: Mapped[int | None] = mapped_column(default=None)


class Bank(Thing):
    """A bank branch that reads dossiers and answers, or the institution above branches; a branch is of its parent's kind."""

    __tablename__ = "bank"

    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[BankKind]
    phone: Mapped[str] = mapped_column(default="")
    parent_id: Mapped[int | None] = mapped_column(index=True, default=None)  # a bank

    bank_id: Mapped[int] = synonym("id", init=False)


class OfferRight(Thing):
    """How much one bank officer may offer alone (报价权限), given by the bank itself; the highest number counts."""

    __tablename__ = "offer_right"
    __table_args__ = (UniqueConstraint("user_id", "number"), CheckConstraint("most >= 0", name="most"))

    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    number: Mapped[int]
    most: Mapped[Fen | None]  # empty: as much as the need and the guarantee allow
    heads: Mapped[bool]  # the branch head, who releases what goes beyond an officer's right
    given_at: Mapped[datetime]
    given_by: Mapped[int]


class Product(Thing):
    """A loan on a bank's shelf with its conditions as data; nothing outside them is ever matched.

    Terms never change: a product is taken off the shelf, another put there in its place, and both are kept.
    """

    __tablename__ = "product"
    __table_args__ = (
        CheckConstraint("least > 0 AND least <= most", name="amounts"),
        CheckConstraint("shortest > 0 AND shortest <= longest", name="months"),
    )

    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"), index=True)
    name: Mapped[str]
    least: Mapped[Fen]
    most: Mapped[Fen]
    shortest: Mapped[int]  # months
    longest: Mapped[int]
    spread: Mapped[Rate]  # over the one-year LPR
    valid_from: Mapped[date]
    valid_until: Mapped[date]
    sections: Mapped[list[Any]] = mapped_column(default_factory=list)  # GB/T 4754 sections welcome; empty: all
    barred: Mapped[list[Any]] = mapped_column(default_factory=list)  # sections or divisions never financed
    sizes: Mapped[list[Any]] = mapped_column(default_factory=list)  # size classes; empty: all
    purposes: Mapped[list[Any]] = mapped_column(default_factory=list)  # needs.rules.Purpose; empty: all
    grade: Mapped[str] = mapped_column(default="C")  # lowest grade taken
    guaranteed_only: Mapped[bool] = mapped_column(default=True)
    put_at: Mapped[datetime | None] = mapped_column(default=None)
    replaces_id: Mapped[int | None] = mapped_column(default=None)  # a product
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)
    withdrawn_by: Mapped[int | None] = mapped_column(default=None)
    withdrawn_why: Mapped[str] = mapped_column(default="", server_default="")


class Guarantor(Thing):
    """The zone's investment company in the legal form it really has; a management committee can never stand here."""

    __tablename__ = "guarantor"

    name: Mapped[str]
    kind: Mapped[GuarantorKind]
    net_assets: Mapped[Fen]
    share: Mapped[Rate]  # of each loss that the guarantor bears, the bank bears the rest
    fee: Mapped[Rate]  # a year
    pool: Mapped[Fen] = mapped_column(default=Fen(0), server_default="0")  # capital of the risk pool (风险补偿资金池)
    licence: Mapped[str] = mapped_column(default="")
    licence_until: Mapped[date | None] = mapped_column(default=None)


finding.kept(Firm, name="name", code="code", phone="phone")
finding.kept(Bank, name="name")
