"""One card against another over the same firms (评分表回放): who gains, who loses, who comes in, who drops out, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import polars as pl

from scoring.card import Card
from scoring.score import score

ASKED = "asked_fen"
"""The column of a portfolio that says what each firm asks for; without it a firm counts with its ceiling."""

EMPTY = pl.lit([], pl.List(pl.String))


class Effect(StrEnum):
    """What the change of card does to one firm; the first that fits counts, so every firm has exactly one."""

    IN = "in"  # qualified now, refused before
    OUT = "out"  # refused now, qualified before
    RAISED = "raised"  # qualified under both, for a larger sum
    LOWERED = "lowered"
    GAINED = "gained"  # more points, the same judgement and sum
    LOST = "lost"
    SAME = "same"


class Why(StrEnum):
    """The tests whose answer changed for a firm that comes in or drops out."""

    POINTS = "points"  # the total against the line
    VETO = "veto"
    MISSING = "missing"  # too much of the weight rests on missing facts


class RepeatedFirm(ValueError):
    """A portfolio names one firm twice: it would be counted twice."""

    def __init__(self, firm: object) -> None:
        super().__init__(f"企业 {firm} 在组合中出现不止一次；每家企业只留一行")
        self.code = "repeated_firm"
        self.facts = {"firm": str(firm)}


@dataclass(frozen=True, slots=True)
class Replay:
    """Two cards over one portfolio, firms in their own order whatever the order of the rows.

    `firms`: `firm`; for each side (`_old`, `_new`) `total`, `grade`, `qualified`, `vetoed`, `insufficient`, `ceiling_fen` and
    `sum_fen` (nothing for a firm that is refused), `hits` (keys of vetoes); `change` (marks), `effect`, `why`, `missing`
    (facts of items missing under the new card) and `unasked` (those of them that the old card did not read).
    `moves`: `firm` and a column of marks won or lost for each item of either card; a row sums to `change` exactly.
    """

    old: Card
    new: Card
    firms: pl.DataFrame
    moves: pl.DataFrame


def replay(old: Card, new: Card, facts: pl.DataFrame, *, on: date | None = None) -> Replay:
    """Both cards over the same facts and day, in the columns of `scoring.score.score` and perhaps `asked_fen` (whole fen).

    Raises `RepeatedFirm` for a firm in two rows, `UnknownValue` where a column holds what its fact does not allow.
    """
    if (twice := facts["firm"].filter(facts["firm"].is_duplicated())).len():
        raise RepeatedFirm(twice.sort()[0])
    facts = facts.sort("firm")
    before, after = score(old, facts, on=on), score(new, facts, on=on)
    sides = pl.concat([_side(old, before, facts, "old"), _side(new, after, facts, "new")], how="horizontal")
    firms = sides.select(
        facts["firm"],
        *sides.columns,
        after["missing"],
        _unasked(old, after),
        change=pl.col("total_new") - pl.col("total_old"),
        effect=_effect(),
        why=_why(old, new),
    )
    return Replay(old, new, firms, _moves(old, new, before, after))


def _side(card: Card, scored: pl.DataFrame, facts: pl.DataFrame, side: str) -> pl.DataFrame:
    """What one card comes to."""
    ceilings = {grade: card.ceiling_fen(grade) for grade in card.grades}
    ceiling = pl.col("grade").replace_strict(ceilings, return_dtype=pl.Int64)
    asked = facts[ASKED].cast(pl.Int64) if ASKED in facts.columns else pl.lit(None, pl.Int64)
    return scored.select(
        "total", "grade", "qualified", "vetoed", "insufficient",
        ceiling_fen=pl.when("qualified").then(ceiling).otherwise(0),
        sum_fen=pl.when("qualified").then(pl.min_horizontal(ceiling, asked)).otherwise(0),
        hits=_named(veto.key for veto in card.veto),
    ).select(pl.all().name.suffix(f"_{side}"))  # fmt: skip


def _named(keys: Iterable[str]) -> pl.Expr:
    """The names of the columns that are true, row by row."""
    told = [pl.when(pl.col(key)).then(pl.lit(key)) for key in keys]
    return pl.concat_list(told).list.drop_nulls() if told else EMPTY


def _unasked(old: Card, after: pl.DataFrame) -> pl.Series:
    """Missing facts that only the new card reads: nobody could know that they would be wanted."""
    read = [part.fact for part in old.rules]
    unasked = pl.col("missing").list.eval(pl.element().filter(~pl.element().is_in(read)))
    return after.select(unasked.alias("unasked")).to_series()


def _effect() -> pl.Expr:
    sum_moved, moved = pl.col("sum_fen_new") - pl.col("sum_fen_old"), pl.col("total_new") - pl.col("total_old")
    told = (
        (Effect.IN, pl.col("qualified_new") & ~pl.col("qualified_old")),
        (Effect.OUT, ~pl.col("qualified_new") & pl.col("qualified_old")),
        (Effect.RAISED, sum_moved > 0),
        (Effect.LOWERED, sum_moved < 0),
        (Effect.GAINED, moved > 0),
        (Effect.LOST, moved < 0),
    )
    effect: pl.Expr = pl.lit(Effect.SAME.value)
    for word, test in reversed(told):
        effect = pl.when(test).then(pl.lit(word.value)).otherwise(effect)
    return effect


def _why(old: Card, new: Card) -> pl.Expr:
    """Which tests turned, where the judgement did."""
    turned = {
        Why.POINTS: (pl.col("total_old") >= old.line) != (pl.col("total_new") >= new.line),
        Why.VETO: pl.col("vetoed_old") != pl.col("vetoed_new"),
        Why.MISSING: pl.col("insufficient_old") != pl.col("insufficient_new"),
    }
    told = pl.concat_list(pl.when(test).then(pl.lit(word.value)) for word, test in turned.items()).list.drop_nulls()
    return pl.when(pl.col("qualified_old") != pl.col("qualified_new")).then(told).otherwise(EMPTY)


def _moves(old: Card, new: Card, before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Marks won or lost by item; an item that one card lacks gives nothing there."""
    had, has = {item.key for item in old.item}, {item.key for item in new.item}
    keys = [item.key for item in new.item] + [item.key for item in old.item if item.key not in has]
    zero = pl.zeros(before.height, pl.Int64, eager=True)
    columns = {key: (after[key] if key in has else zero) - (before[key] if key in had else zero) for key in keys}
    return pl.DataFrame({"firm": before["firm"], **columns})
