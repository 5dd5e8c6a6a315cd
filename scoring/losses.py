"""What guarantees may cost (预计代偿): by grade, with rates given as a dated table or observed with their Wilson bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil, floor

import polars as pl

from scoring.card import Card
from scoring.dated import table
from scoring.judge_groups import wilson

PPM = 1_000_000


@dataclass(frozen=True, slots=True)
class Chance:
    """How often a guarantee of a grade has to be paid, in ppm; `stressed` is what a bad year may bring.

    `firms` and `bad` are the counts it rests on, `low` the lower bound; nothing of these for a rate that is only given.
    """

    expected: int
    stressed: int
    low: int = 0
    firms: int = 0
    bad: int = 0


@dataclass(frozen=True, slots=True)
class Loss:
    """What the sums granted are expected to cost the guarantor, and under stress (fen)."""

    sum_fen: int
    expected_fen: int
    stressed_fen: int


def given(on: date) -> Mapping[str, Chance]:
    """The rates of the dated table in force on a day, stressed by the factor that stands beside them."""
    read = table("default_rates", on)
    return {
        grade: Chance(rate, min(PPM, rate * read["stress_ppm"] // PPM)) for grade, rate in read["rates_ppm"].items()
    }


def observed(card: Card, grades: pl.Series, bad: pl.Series) -> Mapping[str, Chance]:
    """The rates of a portfolio whose outcomes are known, by grade (校准): `bad` is true where the guarantee was paid.

    Firms whose outcome is not known (null) do not count. The stressed rate is the upper Wilson bound; where nobody
    has been observed it is everything, and so is the expected one: ignorance is no safety.
    """
    found = pl.DataFrame({"grade": grades, "bad": bad}).drop_nulls()
    return {grade: _chance(found.filter(pl.col("grade") == grade)["bad"]) for grade, _ in card.falling}


def _chance(bad: pl.Series) -> Chance:
    if bad.is_empty():
        return Chance(PPM, PPM)
    hit = int(bad.sum())
    low, high = wilson(hit, bad.len())
    return Chance((2 * hit * PPM + bad.len()) // (2 * bad.len()), ceil(high * PPM), floor(low * PPM), bad.len(), hit)


def expected(grades: pl.Series, sums_fen: pl.Series, chances: Mapping[str, Chance], share_ppm: int = PPM) -> Loss:
    """What sums by grade may cost the guarantor who bears a share of each loss (ppm); each grade rounded half up to fen.

    A grade without a rate counts with the worst one there is.
    """
    worst = max(chances.values(), key=lambda chance: chance.stressed)
    granted = pl.DataFrame({"grade": grades, "sum_fen": sums_fen}).group_by("grade").sum().sort("grade")
    rows = [(fen, chances.get(grade, worst)) for grade, fen in granted.iter_rows()]
    return Loss(
        sum(fen for fen, _ in rows),
        sum(_part(fen, chance.expected, share_ppm) for fen, chance in rows),
        sum(_part(fen, chance.stressed, share_ppm) for fen, chance in rows),
    )


def _part(fen: int, rate_ppm: int, share_ppm: int) -> int:
    return (2 * fen * rate_ppm * share_ppm + PPM * PPM) // (2 * PPM * PPM)
