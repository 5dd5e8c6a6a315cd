"""Match needs with bank products (银企匹配): hard limits first, then points of fit with reasons for both sides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from scoring.dated import table
from scoring.match_rules import NEEDS, PRODUCTS, Rules, Test
from scoring.match_words import FIRM_REASONS

BLOCK = 256  # needs at a time: a block of comparisons stays in the processor's cache
MATCH: Mapping[str, Any] = {
    "need": pl.String,
    "rank": pl.Int64,
    "product": pl.String,
    "bank": pl.String,
    "points": pl.Int64,
    "firm_reasons": pl.List(pl.String),
    "bank_reasons": pl.List(pl.String),
}


class ColumnsMissing(ValueError):
    """A table of needs or products lacks columns that the limits read."""

    def __init__(self, what: str, columns: list[str]) -> None:
        super().__init__(f"{what}缺少列：{'、'.join(columns)}")
        self.code = "columns_missing"
        self.facts = {"table": what, "columns": columns}


def match(needs: pl.DataFrame, products: pl.DataFrame, top: int = 5) -> pl.DataFrame:
    """The best product of each of the best banks for every need, as `MATCH`: need, rank from 1, points, reason codes.

    `needs` has the columns of `NEEDS`, `products` those of `PRODUCTS`. A bank appears only where one of its products
    passes every limit; what a limit asks and the need does not tell counts as not met. More points come first, then
    the lower rate, the quicker answer, and the product's key.
    """
    rules = _rules(needs, products)
    if not needs.height or not products.height or top < 1:
        return pl.DataFrame(schema=MATCH)
    need, product, points = _best(rules, top)
    rank = 1 + np.arange(len(need)) - np.searchsorted(need, need)
    hits = {code: test.pairs(need, product) for code, test in rules.reasons.items()}
    return pl.DataFrame(
        {
            "need": needs["need"].cast(pl.String)[need],
            "rank": rank,
            "product": rules.products["product"].cast(pl.String)[product],
            "bank": rules.products["bank"].cast(pl.String)[product],
            "points": points,
            "firm_reasons": _codes({code: hit for code, hit in hits.items() if code in FIRM_REASONS}),
            "bank_reasons": _codes({code: hit for code, hit in hits.items() if code not in FIRM_REASONS}),
        },
        schema=dict(MATCH),
    )


def rejections(need: Mapping[str, object], products: pl.DataFrame) -> pl.DataFrame:
    """Every product that is out of the question for one need, with the codes of all the limits it breaks."""
    rules = _rules(pl.DataFrame([need], schema_overrides=NEEDS, strict=False), products)
    broken = {code: ~test.block(slice(0, 1))[0] for code, test in rules.limits.items()}
    told = rules.products.select("product", "bank").with_columns(limits=_codes(broken))
    return told.filter(pl.col("limits").list.len() > 0).sort("product")


def _rules(needs: pl.DataFrame, products: pl.DataFrame) -> Rules:
    for what, given, wanted in (("融资需求", needs, NEEDS), ("信贷产品", products, PRODUCTS)):
        if lacking := [column for column in wanted if column not in given.columns]:
            raise ColumnsMissing(what, lacking)
    return Rules.of(needs, products, table("matching", _day(needs)))


def _day(needs: pl.DataFrame) -> date:
    """The table of points in force on the latest day asked for."""
    day = needs["day"].max()
    return day if isinstance(day, date) else date.max


def _best(rules: Rules, top: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Positions of need and product, and points, of the best product of the best banks, need by need."""
    width = len(rules.order)
    behind = width - 1 - rules.order
    found = []
    for start in range(0, rules.height, BLOCK):
        rows = slice(start, min(start + BLOCK, rules.height))
        keys = np.where(_all(rules.limits, rows), rules.points(rows) * width + behind, np.int32(-1))
        best = keys if len(rules.bank_starts) == width else np.maximum.reduceat(keys, rules.bank_starts, axis=1)
        kept = -np.sort(-best, axis=1)[:, :top]
        need, place = np.nonzero(kept >= 0)
        found.append((need + start, kept[need, place]))
    need, key = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return need, rules.by_order[width - 1 - key % width], key // width


def _all(tests: Mapping[str, Test], rows: slice) -> np.ndarray:
    first, *others = tests.values()
    passed = first.block(rows).copy()
    for test in others:
        passed &= test.block(rows)
    return passed


def _codes(hits: Mapping[str, np.ndarray]) -> pl.Series:
    """The codes hit, as a list a row; the few combinations are written once and looked up."""
    combination = np.stack(list(hits.values())).T @ (1 << np.arange(len(hits)))
    written = [[code for bit, code in enumerate(hits) if number >> bit & 1] for number in range(1 << len(hits))]
    return pl.Series(written, dtype=pl.List(pl.String)).gather(combination)
