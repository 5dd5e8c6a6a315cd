"""The ledgers of all guarantees read as one book, and held against the counters of the limits (I-02); sums for everybody who reads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from financing import parameters
from financing.access import Role
from financing.db import fen_sum
from financing.desk import BEIJING, Desk
from financing.guarantees.model import Limit, Resolution
from financing.guarantees.rules import Scope, Weighing
from financing.letters.model import Guarantee, GuaranteeEntry
from financing.letters.rules import ISSUED
from financing.money import Fen, Rate
from financing.parameters import Figure
from financing.parties.model import Bank, Firm
from financing.parties.rules import Support
from financing.refusals import NotFound
from financing.register.rules import Book, Letter, Line, Register

READERS = frozenset({Role.OFFICER, Role.LEADER, Role.AUDITOR, Role.SYSTEM})


@dataclass(frozen=True, slots=True)
class Proof:
    """The register of today held against the counters of the limits: counter less register, in fen."""

    balance: Fen
    weighted: Fen
    reserved: Fen  # decided and not in force yet: a firm's bound counts it, so it may explain a weighted difference


def book(desk: Desk) -> Book:
    """Every guarantee that was ever issued, as its resolution sealed the firm, with every line of its ledger."""
    admit(desk)
    firm = Resolution.record["firm"]
    query = (
        select(Guarantee, Firm, Bank.name, firm["size"].as_string(), firm["industry"].as_string())
        .join(Firm, Firm.id == Guarantee.firm_id)
        .join(Bank, Bank.id == Guarantee.bank_id)
        .join(Resolution, Resolution.id == Guarantee.resolution_id)
        .where(Guarantee.state.in_(ISSUED), Guarantee.form != Support.RECOMMENDATION)
        .order_by(Guarantee.number)
    )
    letters = [_letter(one, of, bank, size, industry) for one, of, bank, size, industry in desk.session.execute(query)]
    entries = desk.session.scalars(select(GuaranteeEntry).order_by(GuaranteeEntry.on, GuaranteeEntry.at))
    return Book(letters, [_line(entry) for entry in entries], weighing)


def weighing(day: date) -> Weighing:
    """How balances of small firms count on a day; before the rule was there, whole."""
    weight, bound = (figure(key, day) for key in ("small_weight_ppm", "small_bound_fen"))
    return Weighing(Rate(weight.value if weight else 1_000_000), Fen(bound.value if bound else 0))


def figure(key: str, day: date) -> Figure | None:
    try:
        return parameters.figure(key, day)
    except LookupError:
        return None


def admit(desk: Desk) -> None:
    if desk.actor.role not in READERS:
        raise NotFound(kind="Register")


def _letter(one: Guarantee, firm: Firm, bank: str, size: str | None, industry: str | None) -> Letter:
    return Letter(
        id=one.id, number=one.number, firm_id=one.firm_id, firm=firm.name, size=size or firm.size,
        division=(industry or firm.industry)[:2], bank_id=one.bank_id, bank=bank, form=one.form, amount=one.amount, share=one.share,
        fee=one.fee, matures=one.matures, until=one.until,
    )  # fmt: skip


def _line(entry: GuaranteeEntry) -> Line:
    recorded = entry.at.astimezone(BEIJING).date()
    return Line(entry.guarantee_id, entry.kind, entry.on, entry.amount, recorded)


def proof(desk: Desk, register: Register) -> Proof:
    used = select(fen_sum(Limit.used), fen_sum(Limit.reserved))
    (balance, _), (weighted, reserved) = (
        desk.session.execute(used.where(Limit.scope == scope)).one() for scope in (Scope.FIRM, Scope.FACILITY)
    )
    return Proof(balance - register.balance, weighted - register.weighted, reserved)
