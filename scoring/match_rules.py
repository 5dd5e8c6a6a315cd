"""The limits and reasons of matching as tests of a need against every product at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from itertools import pairwise
from typing import Any, Protocol

import numpy as np
import polars as pl

from scoring.industries import UnknownIndustry, path

GRADES = ("C", "CC", "CCC", "B", "BB", "BBB", "A", "AA", "AAA")
"""Grades from worst to best."""

NEEDS: Mapping[str, Any] = {
    "need": pl.String,  # its key
    "amount_fen": pl.Int64,
    "months": pl.Int64,
    "sector": pl.String,  # GB/T 4754 code of the firm's trade
    "size": pl.String,  # large, medium, small, micro or undetermined
    "grade": pl.String,  # of the credit card
    "guaranteed": pl.Boolean,
    "purpose": pl.String,  # code
    "rate_wish_ppm": pl.Int64,  # the most the firm would pay a year
    "day": pl.Date,  # the day on which the product must be on offer
}

PRODUCTS: Mapping[str, Any] = {
    "product": pl.String,  # its key
    "bank": pl.String,
    "least_fen": pl.Int64,  # null: no lower bound; likewise below
    "most_fen": pl.Int64,
    "least_months": pl.Int64,
    "most_months": pl.Int64,
    "sectors": pl.List(pl.String),  # codes or section letters served; empty: all
    "no_go": pl.List(pl.String),  # codes or section letters never served
    "sizes": pl.List(pl.String),  # empty: all
    "lowest_grade": pl.String,  # null: any
    "guarantee_required": pl.Boolean,
    "purposes": pl.List(pl.String),  # empty: all
    "valid_from": pl.Date,
    "valid_until": pl.Date,
    "rate_ppm": pl.Int64,  # a year
    "answer_days": pl.Int64,  # working days within which the bank promises to answer
}

MOST = 2**62


class Test(Protocol):
    """A question asked of a need and a product: of a block of needs against all products, or of chosen pairs."""

    def block(self, rows: slice) -> np.ndarray: ...
    def pairs(self, need: np.ndarray, product: np.ndarray) -> np.ndarray: ...


@dataclass(frozen=True)
class Between:
    """A number of the need lies within the product's bounds."""

    values: np.ndarray
    least: np.ndarray
    most: np.ndarray

    @classmethod
    def of(cls, values: np.ndarray, least: np.ndarray, most: np.ndarray) -> Between:
        """The same comparisons on places among the products' bounds, which take two bytes where money takes eight."""
        bounds = np.unique(np.concatenate([least, most]))
        small = np.min_scalar_type(2 * len(bounds) + 1)
        # A value on a bound gets an odd place, one between two bounds an even one.
        places = np.searchsorted(bounds, values) + np.searchsorted(bounds, values, side="right")
        return cls(
            places.astype(small), *((2 * np.searchsorted(bounds, bound) + 1).astype(small) for bound in (least, most))
        )

    def block(self, rows: slice) -> np.ndarray:
        values = self.values[rows, None]
        inside: np.ndarray = (values >= self.least) & (values <= self.most)
        return inside

    def pairs(self, need: np.ndarray, product: np.ndarray) -> np.ndarray:
        values = self.values[need]
        inside: np.ndarray = (values >= self.least[product]) & (values <= self.most[product])
        return inside


@dataclass(frozen=True)
class Lookup:
    """The answer depends on a fact with few values: worked out once for each value and product."""

    codes: np.ndarray
    answers: np.ndarray

    @classmethod
    def of(cls, facts: pl.Series, products: Sequence[Any], answer: Callable[[Any, Any], bool]) -> Lookup:
        values = facts.unique().to_list()
        codes = facts.replace_strict(values, range(len(values)), return_dtype=pl.Int64).to_numpy()
        distinct = list({repr(product): product for product in products}.values())
        place = {repr(product): number for number, product in enumerate(distinct)}
        asked = [[answer(value, product) for product in distinct] for value in values]
        answers = np.array(asked, dtype=bool).reshape(len(values), len(distinct))
        return cls(codes, np.ascontiguousarray(answers[:, [place[repr(product)] for product in products]]))

    def block(self, rows: slice) -> np.ndarray:
        found: np.ndarray = self.answers[self.codes[rows]]
        return found

    def pairs(self, need: np.ndarray, product: np.ndarray) -> np.ndarray:
        found: np.ndarray = self.answers[self.codes[need], product]
        return found


@dataclass(frozen=True)
class Rules:
    """Every limit and reason, ready to ask; products stand bank by bank."""

    products: pl.DataFrame
    height: int
    limits: Mapping[str, Test]
    reasons: Mapping[str, Test]
    marks: Mapping[str, int]

    @classmethod
    def of(cls, needs: pl.DataFrame, products: pl.DataFrame, figures: Mapping[str, Any]) -> Rules:
        shelf = products.sort("bank", "product")
        return cls(
            shelf, needs.height, _limits(needs, shelf), _reasons(needs, shelf, figures["quick_days"]), figures["points"]
        )

    def points(self, rows: slice) -> np.ndarray:
        """Points of fit of a block of needs with every product, whole numbers."""
        total = np.zeros((rows.stop - rows.start, self.products.height), np.int32)
        for code, test in self.reasons.items():
            total += test.block(rows) * np.int32(self.marks[code])
        return total

    @cached_property
    def order(self) -> np.ndarray:
        """Where each product stands among all when points are equal; no two alike."""
        ranked = self.products.with_row_index().sort(
            "rate_ppm", "answer_days", "product", "bank", nulls_last=True, maintain_order=True
        )["index"]
        order = np.empty(len(ranked), np.int32)
        order[ranked.to_numpy()] = np.arange(len(ranked), dtype=np.int32)
        return order

    @cached_property
    def by_order(self) -> np.ndarray:
        return np.argsort(self.order)

    @cached_property
    def bank_starts(self) -> np.ndarray:
        banks = self.products["bank"].to_list()
        return np.array([0, *(place for place, (one, next_) in enumerate(pairwise(banks), 1) if one != next_)])


def _limits(needs: pl.DataFrame, shelf: pl.DataFrame) -> dict[str, Test]:
    return {
        "amount": _between(needs["amount_fen"], shelf["least_fen"], shelf["most_fen"]),
        "months": _between(needs["months"], shelf["least_months"], shelf["most_months"]),
        "sector": Lookup.of(
            needs["sector"], shelf["sectors"].to_list(), lambda own, served: _open(served) or _in(own, served)
        ),
        "no_go": Lookup.of(
            needs["sector"], shelf["no_go"].to_list(), lambda own, never: _open(never) or _out(own, never)
        ),
        "size": Lookup.of(needs["size"], shelf["sizes"].to_list(), _served),
        "grade": Lookup.of(needs["grade"], shelf["lowest_grade"].to_list(), _reaches),
        "guarantee": Lookup.of(
            needs["guaranteed"], shelf["guarantee_required"].to_list(), lambda own, asked: bool(own or not asked)
        ),
        "purpose": Lookup.of(needs["purpose"], shelf["purposes"].to_list(), _served),
        "validity": Lookup.of(needs["day"], list(shelf.select("valid_from", "valid_until").iter_rows()), _on_offer),
    }


def _reasons(needs: pl.DataFrame, shelf: pl.DataFrame, quick_days: int) -> dict[str, Test]:
    nothing = pl.Series([True]).new_from_index(0, needs.height)
    rates = shelf["rate_ppm"]
    return {
        "sector_sought": Lookup.of(
            needs["sector"], shelf["sectors"].to_list(), lambda own, served: not _open(served) and _in(own, served)
        ),
        "purpose_sought": Lookup.of(needs["purpose"], shelf["purposes"].to_list(), _named),
        "size_sought": Lookup.of(needs["size"], shelf["sizes"].to_list(), _named),
        "grade_above": Lookup.of(needs["grade"], shelf["lowest_grade"].to_list(), _above),
        "guaranteed": Lookup.of(
            needs["guaranteed"], shelf["guarantee_required"].to_list(), lambda own, asked: bool(own and not asked)
        ),
        "rate_within_wish": Between.of(
            _whole(needs["rate_wish_ppm"], -1), _whole(rates, MOST), _whole(rates, MOST) * 0 + MOST
        ),
        "quick_answer": Lookup.of(
            nothing, shelf["answer_days"].to_list(), lambda _, within: within is not None and within <= quick_days
        ),
    }


def _between(values: pl.Series, least: pl.Series, most: pl.Series) -> Between:
    return Between.of(_whole(values, -1), _whole(least, 0), _whole(most, MOST))


def _whole(values: pl.Series, missing: int) -> np.ndarray:
    return values.cast(pl.Int64).fill_null(missing).to_numpy()


def _open(codes: Sequence[str] | None) -> bool:
    """A list a bank has left empty limits nothing."""
    return not codes


def _named(own: str | None, served: Sequence[str] | None) -> bool:
    return own is not None and own in (served or ())


def _served(own: str | None, served: Sequence[str] | None) -> bool:
    return _open(served) or _named(own, served)


def _in(own: str | None, codes: Sequence[str]) -> bool:
    """Whether a trade lies within one of the listed codes or sections."""
    return any(entry in codes for entry in _trade(own))


def _out(own: str | None, codes: Sequence[str]) -> bool:
    """Whether a trade is known to lie outside all the listed ones."""
    trade = _trade(own)
    return bool(trade) and not any(entry in codes for entry in trade)


@cache
def _trade(own: str | None) -> list[str]:
    """The codes of a trade and of all above it; nothing where the trade is unknown."""
    try:
        return [entry.code for entry in path(own)] if own else []
    except UnknownIndustry:
        return []


def _reaches(own: str | None, lowest: str | None) -> bool:
    return lowest is None or (own in GRADES and GRADES.index(own) >= GRADES.index(lowest))


def _above(own: str | None, lowest: str | None) -> bool:
    return lowest is not None and own in GRADES and GRADES.index(own) > GRADES.index(lowest)


def _on_offer(day: date | None, window: tuple[date | None, date | None]) -> bool:
    start, end = window
    return day is not None and (start is None or start <= day) and (end is None or day <= end)
