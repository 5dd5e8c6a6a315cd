"""The caps of a guarantor on a day (限额): each with the sum, and the law or decision it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import case, func, select

from financing import parameters
from financing.db import fen_sum
from financing.desk import Desk
from financing.guarantees.model import Limit, LimitTerm
from financing.guarantees.rules import Scope, Weighing
from financing.money import Fen, Rate
from financing.parties.model import Firm, Guarantor
from financing.parties.rules import SUPPORT_BY_KIND, Support
from scoring.sizes import Size

Key = tuple[Scope, int]
SMALL = (Size.SMALL, Size.MICRO)


@dataclass(frozen=True, slots=True)
class Cap:
    """The most that may be taken of one limit."""

    key: Key
    amount: Fen
    source: str


def caps(desk: Desk, guarantor: Guarantor, firm: Firm) -> tuple[Cap, ...]:
    """Every cap that one more guarantee for this firm must keep, in the order in which the counters are locked."""
    return tuple(_caps(desk, guarantor, firm))


def _caps(desk: Desk, guarantor: Guarantor, firm: Firm) -> Iterator[Cap]:
    facility = leverage(desk, guarantor)
    yield facility
    if SUPPORT_BY_KIND[guarantor.kind] is Support.RISK_SHARING:
        yield pool(desk, guarantor)
    if division := firm.industry[:2]:  # unknown in a rehearsal of invoices alone
        yield _own(desk, (Scope.SECTOR, int(division)), facility.amount, "sector_ppm")
    if firm.group_id is not None:
        yield _of_net_assets(desk, guarantor, (Scope.GROUP, firm.group_id), "group_ppm")
    yield _of_net_assets(desk, guarantor, (Scope.FIRM, firm.id), "single_party_ppm")


def leverage(desk: Desk, guarantor: Guarantor) -> Cap:
    """Net assets times the leverage cap (放大倍数): the higher one only while small firms make up most of what is in force."""
    key = "leverage_cap_small" if mainly_small(desk) else "leverage_cap"
    figure = parameters.figure(key, desk.today)
    return Cap((Scope.FACILITY, guarantor.id), Fen(guarantor.net_assets.fen * figure.value), figure.source)


def mainly_small(desk: Desk) -> bool:
    """Whether small and micro firms hold the stated parts of the balance in force and of the customers."""
    is_small = Firm.size.in_(SMALL)
    in_force = select(
        fen_sum(Limit.used), fen_sum(case((is_small, Limit.used))), func.count(), func.count(case((is_small, 1)))
    ).join_from(Limit, Firm, Firm.id == Limit.owner_id).where(Limit.scope == Scope.FIRM, Limit.used > Fen(0))  # fmt: skip
    balance, of_small, customers, small_ones = desk.session.execute(in_force).one()
    of_balance = parameters.figure("mainly_small_balance_ppm", desk.today).value
    of_customers = parameters.figure("mainly_small_customers_ppm", desk.today).value
    enough = 1_000_000 * of_small.fen >= of_balance * balance.fen and 1_000_000 * small_ones >= of_customers * customers
    return bool(customers) and enough


def pool(desk: Desk, guarantor: Guarantor) -> Cap:
    """What the risk pool can bear: its capital times the agreed multiple."""
    figure = parameters.figure("pool_multiple", desk.today)
    return Cap((Scope.POOL, guarantor.id), Fen(guarantor.pool.fen * figure.value), figure.source)


def cap_of(desk: Desk, guarantor: Guarantor, key: Key) -> Cap:
    """The cap of one limit, whoever it belongs to."""
    match key[0]:
        case Scope.FACILITY:
            return leverage(desk, guarantor)
        case Scope.POOL:
            return pool(desk, guarantor)
        case Scope.GROUP | Scope.FIRM:
            return _of_net_assets(desk, guarantor, key, "group_ppm" if key[0] is Scope.GROUP else "single_party_ppm")
    return _own(desk, key, leverage(desk, guarantor).amount, f"{key[0]}_ppm")


def usual(desk: Desk, guarantor: Guarantor, key: Key) -> Cap:
    """What a sector or a bank gets while nobody has decided otherwise: a share of the facility."""
    return _share(desk, key, leverage(desk, guarantor).amount, f"{key[0]}_ppm")


def bank_cap(desk: Desk, guarantor: Guarantor, bank_id: int) -> Cap:
    """The most in force with one bank."""
    return _own(desk, (Scope.BANK, bank_id), leverage(desk, guarantor).amount, "bank_ppm")


def small(firm: Firm) -> bool:
    return firm.size in SMALL


def weighing(desk: Desk) -> Weighing:
    """How balances of small firms count on the day (融资担保责任余额计量办法)."""
    weight, bound = (parameters.figure(key, desk.today).value for key in ("small_weight_ppm", "small_bound_fen"))
    return Weighing(Rate(weight), Fen(bound))


def _of_net_assets(desk: Desk, guarantor: Guarantor, key: Key, figure: str) -> Cap:
    found = parameters.figure(figure, desk.today)
    return Cap(key, guarantor.net_assets.at(Rate(found.value)), found.source)


def _own(desk: Desk, key: Key, whole: Fen, figure: str) -> Cap:
    """The guarantor's own limit: what two people have decided for this one, else the usual share of the facility."""
    decided = desk.session.scalar(select(LimitTerm).where(LimitTerm.scope == key[0], LimitTerm.owner_id == key[1]))
    if decided is not None:
        return Cap(key, decided.cap, decided.basis)
    return _share(desk, key, whole, figure)


def _share(desk: Desk, key: Key, whole: Fen, figure: str) -> Cap:
    found = parameters.figure(figure, desk.today)
    return Cap(key, whole.at(Rate(found.value)), found.source)
