"""The rules of a card with all that can be said of them said beforehand (评分说明), so that a sheet has only to choose."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from scoring.card import IndustryScale, Item, Scale, Veto
from scoring.card_faults import options
from scoring.compiled import Compiled, Ladder
from scoring.held import comparable
from scoring.lines import Band, Check, Line, Origin, Value

Step = tuple[int, Band | None, Band | None]
"""Points, the band reached, and the nearest better one."""


@lru_cache(maxsize=256)
def explained(rules: Compiled, trade: int) -> tuple[tuple[ToldItem, ...], tuple[ToldVeto, ...]]:
    """All items and red lines of a card for firms of one trade."""
    now = rules.trades[trade]
    return (
        tuple(map(ToldItem, rules.card.item, now.items, now.scales)),
        tuple(map(ToldVeto, rules.card.veto, now.vetoes)),
    )


class ToldItem:
    """One item under one of its scales."""

    def __init__(self, item: Item, ladder: Ladder, scale: Scale) -> None:
        fact = item.held
        self.fact, self.ladder, self.most = fact, ladder, item.most
        self.words = (item.key, item.block, item.says, item.english, fact.name, fact.kind.value)
        self.source, self.better = fact.source.value, item.better
        self.industry = scale.code if isinstance(scale, IndustryScale) else ""
        best_first = _best_first(scale)
        self.missing = (item.missing, None, _next(best_first, item.missing))
        self.steps = [_step(best_first, place) for place in _reached(item, scale, best_first)]

    def line(self, value: Value, origin: Origin | None, on: date | None) -> Line:
        """What a value gives; an origin counts only where there is a value."""
        if value is None:
            points, band, following = self.missing
            origin = None
        else:
            points, band, following = self.steps[self.ladder.cell(comparable(value))]
        source, as_of = (origin[0].value, origin[1]) if origin else (self.source, None)
        stale = as_of is not None and on is not None and self.fact.stale(as_of, on)
        return Line(
            *self.words,
            source,
            self.better,
            value,
            self.fact.unit,
            points,
            self.most,
            band,
            following,
            as_of,
            stale,
            self.industry,
        )


class ToldVeto:
    """One red line."""

    def __init__(self, veto: Veto, ladder: Ladder) -> None:
        self.veto, self.ladder = veto, ladder
        self.words = (veto.key, veto.says, veto.english, veto.basis, veto.fact, ladder.fact.kind.value)

    def check(self, value: Value, origin: Origin | None, on: date | None) -> Check:
        """Whether a value hits; without one that still holds nobody has checked."""
        if value is None:
            return Check(*self.words, None, hit=False, checked=False)
        source, as_of = (origin[0].value, origin[1]) if origin else ("", None)
        expired = self.veto.expired(as_of, on)
        hit = not expired and self.ladder.points[self.ladder.cell(comparable(value))] == 1
        return Check(*self.words, value, hit, not expired, source, as_of, expired)


def _best_first(scale: Scale) -> list[Band]:
    if scale.choices:
        return [Band(code, points) for code, points in sorted(scale.choices.items(), key=lambda choice: -choice[1])]
    return [Band(edge, points) for edge, points in scale.bands]


def _reached(item: Item, scale: Scale, best_first: list[Band]) -> list[int]:
    """For every cell of the ladder the place of its band; past the last below the lowest step."""
    if scale.choices:
        by_code = {band.edge: place for place, band in enumerate(best_first)}
        return [by_code[code] for code in options(item.held)]
    places = list(range(len(best_first) + 1))
    return places[::-1] if item.better == "higher" else places


def _step(best_first: list[Band], place: int) -> Step:
    if place == len(best_first):
        return 0, None, _next(best_first, 0)
    points = best_first[place].points
    return points, best_first[place], _next(best_first[:place], points)


def _next(best_first: list[Band], points: int) -> Band | None:
    """The nearest step that gives more."""
    return next((band for band in reversed(best_first) if band.points > points), None)
