"""The ledgers of all guarantees read as one book, and held against the counters of the limits (I-02); sums for everybody who reads them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, exists, func, select, union_all
from sqlalchemy.orm import aliased

from financing import parameters
from financing.access import Role
from financing.among import among
from financing.db import fen_sum
from financing.desk import BEIJING, Desk
from financing.guarantees.model import Limit, Resolution
from financing.guarantees.rules import Scope, Weighing
from financing.journal import Entry
from financing.letters.model import Guarantee, GuaranteeEntry
from financing.letters.rules import ISSUED, MOVING, EntryKind, on_balance
from financing.money import Fen, Rate
from financing.parameters import Figure
from financing.parties.model import Bank, Firm
from financing.parties.rules import Support
from financing.refusals import NotFound
from financing.register.rules import Book, Letter, Line, Register

#: By the index of acts: one step into it for each of them, however long the journal is.
LAST_MOVE = select(
    func.max(
        union_all(*(select(func.max(Entry.seq).label("seq")).where(Entry.act == act) for act in sorted(MOVING)))
        .subquery()
        .c.seq
    )
)


def _booked(kind: EntryKind) -> Any:
    e = aliased(GuaranteeEntry)
    return exists().where(e.guarantee_id == Guarantee.id, e.on <= bindparam("day"), e.kind == kind)


#: Put together once, as the page of the register asks it at every request.
STANDING = (
    select(Guarantee.id, Guarantee.firm_id)
    .where(Guarantee.state.in_(ISSUED), Guarantee.form != Support.RECOMMENDATION)
    .where(_booked(EntryKind.ISSUED), ~_booked(EntryKind.RELEASED))
    .order_by(Guarantee.number)
    .limit(bindparam("size"))
    .offset(bindparam("start"))
)
READERS = frozenset({Role.OFFICER, Role.LEADER, Role.AUDITOR, Role.SYSTEM})


@dataclass(frozen=True, slots=True)
class Proof:
    """The register of today held against the counters of the limits: counter less register, in fen."""

    balance: Fen
    weighted: Fen
    reserved: Fen  # decided and not in force yet: a firm's bound counts it, so it may explain a weighted difference


def book(desk: Desk, firms: Collection[int] | None = None, *, readers: Collection[Role] = READERS) -> Book:
    """Every guarantee that was ever issued, as its resolution sealed the firm, with every line of its ledger; of some firms, or of all.

    `readers` are those who may ask: a room that shows sums alone has more of them.
    """
    admit(desk, readers)
    g, firm = Guarantee, Resolution.record["firm"]
    sealed = (firm["size"].as_string(), firm["industry"].as_string(), Firm.size, Firm.industry)
    query = (
        select(
            *sealed,
            g.id,
            g.number,
            g.firm_id,
            Firm.name,
            g.bank_id,
            Bank.name,
            g.form,
            g.amount,
            g.share,
            g.fee,
            g.matures,
            g.until,
        )
        .join(Firm, Firm.id == g.firm_id)
        .join(Bank, Bank.id == g.bank_id)
        .join(Resolution, Resolution.id == g.resolution_id)
        .where(g.state.in_(ISSUED), g.form != Support.RECOMMENDATION)
        .order_by(g.number)
    )
    letters = [
        _letter(*row) for row in desk.session.execute(query if firms is None else query.where(among(g.firm_id, firms)))
    ]
    e = GuaranteeEntry
    ledger = select(e.guarantee_id, e.kind, e.on, e.amount, e.at).order_by(e.on, e.at)
    if firms is not None:
        ledger = ledger.where(among(e.guarantee_id, [letter.id for letter in letters]))
    entries = desk.session.execute(ledger)
    lines = [Line(key, kind, on, amount, at.astimezone(BEIJING).date()) for key, kind, on, amount, at in entries]
    return Book(letters, lines, weighing)


def course(desk: Desk, days: Sequence[date]) -> tuple[tuple[date, Fen], ...]:
    """The balance of all guarantees at the end of each of some days, in one statement."""
    admit(desk)
    e = GuaranteeEntry
    query = select(e.on, e.kind, fen_sum(e.amount)).join(Guarantee, Guarantee.id == e.guarantee_id)
    query = query.where(Guarantee.form != Support.RECOMMENDATION).group_by(e.on, e.kind)
    moves = [(on, on_balance(kind, amount)) for on, kind, amount in desk.session.execute(query)]
    return tuple((day, sum((amount for on, amount in moves if on <= day), Fen(0))) for day in days)


def moved(desk: Desk) -> int:
    """The number of the last act by which the ledger moved: no line is written without one (`letters.entries.write`)."""
    admit(desk)
    return desk.session.scalar(LAST_MOVE) or 0


def standing(desk: Desk, day: date, start: int, size: int) -> dict[int, int]:
    """Some guarantees issued and not released by the end of a day, in the order of their numbers, each with its firm."""
    admit(desk)
    rows = desk.session.execute(STANDING, {"day": day, "size": size, "start": start}).all()
    return {key: firm for key, firm in rows}  # noqa: C416  rows are no pairs to the type checker


def weighing(day: date) -> Weighing:
    """How balances of small firms count on a day; before the rule was there, whole."""
    weight, bound = (figure(key, day) for key in ("small_weight_ppm", "small_bound_fen"))
    return Weighing(Rate(weight.value if weight else 1_000_000), Fen(bound.value if bound else 0))


def figure(key: str, day: date) -> Figure | None:
    try:
        return parameters.figure(key, day)
    except LookupError:
        return None


def admit(desk: Desk, readers: Collection[Role] = READERS) -> None:
    if desk.actor.role not in readers:
        raise NotFound(kind="Register")


def _letter(
    size: str | None, industry: str | None, size_now: str, industry_now: str,
    key: int, number: str, firm_id: int, firm: str, bank_id: int, bank: str, *terms: Any,
) -> Letter:  # fmt: skip
    return Letter(key, number, firm_id, firm, size or size_now, (industry or industry_now)[:2], bank_id, bank, *terms)


def proof(desk: Desk, register: Register) -> Proof:
    used = select(fen_sum(Limit.used), fen_sum(Limit.reserved))
    (balance, _), (weighted, reserved) = (
        desk.session.execute(used.where(Limit.scope == scope)).one() for scope in (Scope.FIRM, Scope.FACILITY)
    )
    return Proof(balance - register.balance, weighted - register.weighted, reserved)
