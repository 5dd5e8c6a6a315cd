"""The banks' shelves held against one need: what fits best at each bank, and what excludes the rest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from financing.case_refusals import NoFacts
from financing.credit.model import Assessment
from financing.desk import Desk
from financing.guarantees.model import GuaranteeCase
from financing.matching.rules import Limit
from financing.money import Fen
from financing.needs.model import Need
from financing.parties.model import Bank, Firm, Product
from financing.parties.rules import Support
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


def excluded(desk: Desk, need: Need) -> list[Excluded]:
    """Every product on any shelf that is out of the question, by bank and name."""
    products = {str(product.id): product for product in desk.all(Product)}
    banks = {bank.id: bank.name for bank in desk.all(Bank)}
    found = scoring.rejections(asked(desk, need), frame(desk, list(products.values())))
    rows = [(products[row["product"]], row["limits"]) for row in found.iter_rows(named=True)]
    told = [Excluded(banks[product.bank_id], product.name, tuple(map(Limit, limits))) for product, limits in rows]
    return sorted(told, key=lambda each: (each.bank, each.product))


def current(desk: Desk) -> list[Product]:
    """The products on offer today."""
    return desk.all(Product, Product.valid_from <= desk.today, Product.valid_until >= desk.today)


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
    lpr = series("lpr").on(desk.today)["one_year"]
    return pl.DataFrame([_row(product, lpr) for product in products], schema=PRODUCTS)


def _row(product: Product, lpr: int) -> dict[str, object]:
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
