"""The banks' shelves held against one need: what fits best at each bank, and what excludes the rest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl

from financing.case_refusals import NoFacts
from financing.credit.model import Assessment
from financing.desk import Desk
from financing.guarantees.model import GuaranteeCase
from financing.matching import appetite
from financing.matching.appetite_rules import Limits, narrowed
from financing.matching.rules import Limit
from financing.money import Fen
from financing.needs.model import Need
from financing.parties.model import Bank, Firm, Product
from financing.parties.rules import Support
from financing.parties.shelf import on_shelf
from scoring import match as scoring
from scoring.dated import series
from scoring.match_rules import NEEDS, PRODUCTS

ANY_BANK = 10_000  # more than there are banks


@dataclass(frozen=True, slots=True)
class Fit:
    """The best product of one bank for a need, with points and the codes of the reasons."""

    bank_id: int
    product_id: int
    points: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Excluded:
    """A product that is out of the question, and every limit that says so."""

    bank: str
    product: str
    limits: tuple[Limit, ...]


def fits(desk: Desk, need: Need) -> list[Fit]:
    """Every bank with a fitting product, the best first; only products valid today."""
    found = fits_all(desk, [need])
    return [
        Fit(int(row["bank"]), int(row["product"]), row["points"], (*row["firm_reasons"], *row["bank_reasons"]))
        for row in found.sort("rank").iter_rows(named=True)
    ]


def fits_all(desk: Desk, needs: Iterable[Need]) -> pl.DataFrame:
    """The same for many needs at once, in the columns of `scoring.match.MATCH`."""
    rows = [asked(desk, need) for need in needs]
    return scoring.match(pl.DataFrame(rows, schema=NEEDS), frame(desk, current(desk)), top=ANY_BANK)


def used_up(desk: Desk, bank: int, amount: int) -> bool:
    """Whether a bank's declared volume has no room for so much."""
    row = appetite.in_force(desk, desk.today).get(bank)
    room = appetite.left(desk, row) if row else appetite.Left(None, None)
    return room.number == 0 or (room.fen is not None and room.fen < amount)


def excluded(desk: Desk, need: Need) -> list[Excluded]:
    """Every product on any shelf that is out of the question, by bank and name."""
    products = {str(product.id): product for product in desk.all(Product, Product.withdrawn_at.is_(None))}
    banks = {bank.id: bank.name for bank in desk.all(Bank)}
    found = scoring.rejections(asked(desk, need), frame(desk, list(products.values())))
    rows = [(products[row["product"]], row["limits"]) for row in found.iter_rows(named=True)]
    amount = guaranteed_line(case(desk, need), need).fen
    full = {bank: used_up(desk, bank, amount) for bank in {product.bank_id for product, _ in rows}}
    rows = [(product, [*limits, *(["volume"] if full[product.bank_id] else [])]) for product, limits in rows]
    told = [Excluded(banks[product.bank_id], product.name, tuple(map(Limit, limits))) for product, limits in rows]
    return sorted(told, key=lambda each: (each.bank, each.product))


def current(desk: Desk) -> list[Product]:
    """The products on offer today."""
    return desk.all(Product, *on_shelf(desk.today))


def asked(desk: Desk, need: Need) -> dict[str, object]:
    """The need as matching reads it; the amount is what the guarantor stands behind, never more than was asked for."""
    backing = case(desk, need)
    firm = desk.get(Firm, need.firm_id)
    return {
        "need": str(need.id),
        "amount_fen": guaranteed_line(backing, need).fen,
        "months": need.months,
        "sector": firm.industry,
        "size": firm.size,
        "grade": latest(desk, need).grade,
        "guaranteed": backing is not None and backing.support is not Support.RECOMMENDATION,
        "purpose": need.purpose.value,
        "rate_wish_ppm": need.wish.ppm if need.wish else None,
        "day": desk.today,
    }


def latest(desk: Desk, need: Need) -> Assessment:
    """The score the need goes out with; NoFacts when it has none."""
    scores = desk.all(Assessment, Assessment.need_id == need.id, by=Assessment.assessed_at.desc())
    if not scores:
        raise NoFacts
    return scores[0]


def case(desk: Desk, need: Need) -> GuaranteeCase | None:
    """The guarantee case of the need."""
    return desk.find(GuaranteeCase, GuaranteeCase.need_id == need.id)


def guaranteed_line(backing: GuaranteeCase | None, need: Need) -> Fen:
    """The most a bank may offer: what was asked for, and no more than the guarantor stands behind."""
    return min(need.amount, backing.line) if backing else need.amount


def frame(desk: Desk, products: list[Product]) -> pl.DataFrame:
    """Products in the columns of `scoring.match`; the rate is the one-year LPR of today and the product's spread."""
    lpr, declared = series("lpr").on(desk.today)["one_year"], _declared(desk)
    rows = [_within(_row(product, lpr), declared.get(product.bank_id)) for product in products]
    return pl.DataFrame(rows, schema=PRODUCTS)


def _declared(desk: Desk) -> dict[int, tuple[Limits, appetite.Left]]:
    """What each bank looks for today, and what its volume leaves."""
    found = appetite.in_force(desk, desk.today)
    return {bank: (appetite.limits(row), appetite.left(desk, row)) for bank, row in found.items()}


def _within(row: dict[str, Any], declared: tuple[Limits, appetite.Left] | None) -> dict[str, Any]:
    """A product within what its bank declares besides; with nothing left of the volume it takes no amount at all."""
    if declared is None:
        return row
    limits, left = declared
    most = 0 if left.number == 0 else left.fen
    kept = narrowed(row, limits)
    return kept if most is None else kept | {"most_fen": min(kept["most_fen"], most)}


def _row(product: Product, lpr: int) -> dict[str, Any]:
    return {
        "product": str(product.id),
        "bank": str(product.bank_id),
        "least_fen": product.least.fen,
        "most_fen": product.most.fen,
        "least_months": product.shortest,
        "most_months": product.longest,
        "sectors": product.sections,
        "no_go": product.barred,
        "sizes": product.sizes,
        "lowest_grade": product.grade,
        "guarantee_required": product.guaranteed_only,
        "purposes": product.purposes,
        "valid_from": product.valid_from,
        "valid_until": product.valid_until,
        "rate_ppm": lpr + product.spread.ppm,
        "answer_days": None,
    }
