"""A card applied to one firm (逐户评分): a plain function written out for each card and trade, a few millionths of a second a firm."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache, partial
from math import inf
from typing import Any, NamedTuple

from scoring.card import Card
from scoring.compiled import REASONS, Compiled, Ladder, Number, compiled, places
from scoring.facts import Kind
from scoring.held import plain
from scoring.lines import Origin

Counting = Callable[[Callable[[str], object], frozenset[int]], "Marks"]


class Marks(NamedTuple):
    """What a card gives one firm: marks by item, hits by red line, the judgement, and the items that cost most."""

    points: tuple[int, ...]
    hits: tuple[bool, ...]
    total: int
    missing_weight: int
    grade: str
    vetoed: bool
    insufficient: bool
    qualified: bool
    ceiling_fen: int
    reasons: tuple[str, ...]


def one(
    card: Card,
    facts: Mapping[str, object],
    *,
    industry: str | None = None,
    dated: Mapping[str, Origin] | None = None,
    on: date | None = None,
) -> Marks:
    """Score one firm as `sheet` does, with nothing explained. Raises `UnknownValue`, `UnknownIndustry`."""
    rules = compiled(card)
    return counting(rules, rules.trade(industry))(facts.get, expired(card, dated or {}, on))


def expired(card: Card, dated: Mapping[str, Origin], on: date | None) -> frozenset[int]:
    """Places of the red lines whose fact is too old on the day of scoring; nothing is without such a day."""
    if on is None:
        return frozenset()
    days = {name: as_of for name, (_, as_of) in dated.items()}
    return frozenset(place for place, veto in enumerate(card.veto) if veto.expired(days.get(veto.fact), on))


@lru_cache(maxsize=256)
def counting(rules: Compiled, trade: int) -> Counting:
    """The function that counts for one trade. Its text is numbers and names of facts; no word of a card becomes code."""
    names: dict[str, Any] = {
        "Marks": Marks, "new": tuple.__new__, "bisect": bisect_right, "bounds": rules.bounds, "grades": rules.grades,
        "ceilings": rules.ceilings, "inf": inf, "ranked": tuple(rules.card.item[place].key for place in rules.ranked),
    }  # fmt: skip
    text = "\n    ".join(["def count(get, expired):", "w = 0", *_facts(rules, trade, names), *_judgement(rules)])
    exec(text, names)  # noqa: S102  numbers and names of facts, as said above
    found: Counting = names["count"]
    return found


def _facts(rules: Compiled, trade: int, names: dict[str, Any]) -> Iterator[str]:
    """Read every fact once, and let all rules that rest on it count."""
    items, vetoes = rules.trades[trade].items, rules.vetoes
    for place, (name, fact) in enumerate(rules.facts.items()):
        resting = [(f"p{n}", ladder) for n, ladder in enumerate(items) if ladder.fact is fact]
        lines = [(f"h{n}", ladder) for n, ladder in enumerate(vetoes) if ladder.fact is fact]
        weight = sum(rules.most[n] for n, ladder in enumerate(items) if ladder.fact is fact)
        names[f"plain{place}"] = partial(plain, fact)
        yield f"x = get({name!r})"
        yield f"if {_UNLIKE[fact.kind]}: x = None if x is None else plain{place}(x)"
        yield f"if x is None: w += {weight}; " + "; ".join(
            f"{p} = {ladder.missing}" for p, ladder in [*resting, *lines]
        )
        yield "else:"
        for p, ladder in [*resting, *lines]:
            yield f"    {p} = {_counted(ladder, p, names)}"


_UNLIKE = {
    Kind.NUMBER: "x.__class__ is not float or x - x",  # the difference is no number for what is none, or infinite
    Kind.COUNT: "x.__class__ is not int",
    Kind.MONEY: "x.__class__ is not int",
    Kind.CHOICE: "x.__class__ is not str",
    Kind.FLAG: "x.__class__ is not bool",
}


def _counted(ladder: Ladder, name: str, names: dict[str, Any]) -> str:
    match ladder.fact.kind:
        case Kind.CHOICE:
            names[f"d{name}"], names[f"c{name}"] = ladder.points, places(ladder.fact)
            return f"d{name}[c{name}[x]]"
        case Kind.FLAG:
            return f"{ladder.points[0]} if x else {ladder.points[1]}"
    return _halves(ladder.breaks, ladder.points)


def _halves(breaks: tuple[Number, ...], points: tuple[int, ...]) -> str:
    """Comparisons that halve the cells left."""
    if not breaks:
        return str(points[0])
    middle = len(breaks) // 2
    below, above = _halves(breaks[:middle], points[: middle + 1]), _halves(breaks[middle + 1 :], points[middle + 1 :])
    return f"({below} if x < {breaks[middle]!r} else {above})"


def _judgement(rules: Compiled) -> Iterator[str]:
    card, items = rules.card, range(len(rules.most))
    yield f"t = {' + '.join(f'p{n}' for n in items)}"
    yield from (f"if h{n} and {n} in expired: h{n} = 0" for n, veto in enumerate(card.veto) if veto.valid_days)
    yield f"v = {' or '.join(f'h{n} == 1' for n in range(len(card.veto))) or False}"
    yield f"i = w > {card.missing_most}"
    yield f"q = t >= {card.line} and not i and not v"
    yield "g = bisect(bounds, t) - 1"
    width = len(items)
    keys = [f"{rules.most[n] * width + width - 1 - rules.ranked.index(n)} - p{n} * {width}" for n in items]
    yield f"lost = sorted(({', '.join(keys)},), reverse=True)"
    yield f"reasons = tuple([ranked[{width - 1} - key % {width}] for key in lost[:{REASONS}] if key >= {width}])"
    points, hits = "".join(f"p{n}, " for n in items), "".join(f"h{n} == 1, " for n in range(len(card.veto)))
    yield f"return new(Marks, (({points}), ({hits}), t, w, grades[g], v, i, q, ceilings[g] if q else 0, reasons))"
