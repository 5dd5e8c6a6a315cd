"""What the office sees of appetites: every bank's limits of today side by side, and the trades that no bank serves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from financing.desk import Desk
from financing.matching import appetite, teasers
from financing.matching.appetite import Left
from financing.matching.appetite_rules import NOBODY, Limits, may_fit, narrowed
from financing.matching.model import Appetite
from financing.matching.teaser_rules import section_of
from financing.needs.model import Need
from financing.parties.model import Bank, Firm, Product
from financing.parties.rules import FirmState
from financing.parties.shelf import on_shelf


@dataclass(frozen=True, slots=True)
class Wanted:
    """One bank: what it has declared for today (None: nothing), what that still leaves, its shelf, and the needs that may fit."""

    bank_id: int
    bank: str
    declared: Appetite | None
    left: Left
    products: int
    fitting: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A section of the zone's firms that no bank serves today."""

    section: str
    firms: int
    needs: int


@dataclass(frozen=True, slots=True)
class Board:
    rows: tuple[Wanted, ...]
    gaps: tuple[Gap, ...]
    needs: int  # that look for a bank today


def board(desk: Desk) -> Board:
    """Every bank with a shelf or an appetite, by name, and the gaps by how many firms stand in them."""
    looking, declared, shelves = teasers.looking(desk), appetite.in_force(desk, desk.today), _shelves(desk)
    told = teasers.of_all(desk, looking)
    rows = tuple(
        Wanted(bank.id, bank.name, own, appetite.left(desk, own) if own else Left(None, None), len(shelves.get(bank.id, ())),
               sum(shown is not None and may_fit(shown, _limits(own)) for shown in told) if bank.id in shelves else 0)
        for bank in desk.all(Bank, by=Bank.name)
        if (own := declared.get(bank.id)) or bank.id in shelves
    )  # fmt: skip
    return Board(rows, _gaps(desk, looking, declared, shelves), len(looking))


def _limits(own: Appetite | None) -> Limits:
    return appetite.limits(own) if own else Limits()


def _shelves(desk: Desk) -> dict[int, list[Product]]:
    """What is on offer today, by bank."""
    shelves: dict[int, list[Product]] = {}
    for product in desk.all(Product, *on_shelf(desk.today)):
        shelves.setdefault(product.bank_id, []).append(product)
    return shelves


def _gaps(
    desk: Desk, looking: Iterable[Need], declared: Mapping[int, Appetite], shelves: Mapping[int, list[Product]]
) -> tuple[Gap, ...]:
    confirmed = desk.select(Firm, Firm.id, Firm.industry).where(Firm.state == FirmState.CONFIRMED)
    trades = {key: section_of(industry) for key, industry in desk.session.execute(confirmed)}
    firms, needs = Counter(trades.values()), Counter(trades[need.firm_id] for need in looking if need.firm_id in trades)
    offered = [_offered(product, _limits(declared.get(bank))) for bank, own in shelves.items() for product in own]
    missing = [one for one in firms if one and not any(serves(product, one) for product in offered)]
    return tuple(Gap(one, firms[one], needs[one]) for one in sorted(missing, key=lambda one: (-firms[one], one)))


def _offered(product: Product, limits: Limits) -> dict[str, Any]:
    """The trades of a product within what its bank declares, as matching narrows them."""
    blank = {"sizes": [], "least_fen": 0, "most_fen": 0, "least_months": 0, "most_months": 0, "lowest_grade": "C",
             "guarantee_required": False}  # fmt: skip
    return narrowed({**blank, "sectors": product.sections, "no_go": product.barred}, limits)


def serves(product: Mapping[str, Any], section: str) -> bool:
    """Whether a narrowed product takes any trade of a section; a finer code it takes counts for its section."""
    if section in product["no_go"]:
        return False
    sectors = product["sectors"]
    return not sectors or any(code != NOBODY and section_of(code) == section for code in sectors)
