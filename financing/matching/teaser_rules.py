"""Teasers (需求概要, F93): what a bank may know of a need before the firm consents. No database here.

A teaser is a cell that at least k firms of the zone share. It begins with narrow bands and is widened step by step; a firm
whose cell is large enough stays there and no longer hides anybody in the wider ones. So everybody who could be behind a
teaser would, with the same need, have been given the very same one: neither its bands nor the fact that they were
widened tells them apart. The price is that a firm unlike all others stays hidden even where wide bands would fit many.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from scoring.industries import UnknownIndustry, path
from scoring.match_rules import GRADES

#: What is widened at each step; a part named a second or third time is widened further, at last to nothing.
STEPS = (
    "amount", "sizes", "sections", "months", "grades", "amount", "sizes", "months", "sections", "guaranteed", "grades",
)  # fmt: skip
SECTORS = ("A", "BCDE", "FGHIJKLMNOPQRST")  # primary, secondary and tertiary industry
SIZE_PAIRS = (("small", "micro"), ("large", "medium"))
Span = tuple[int, int | None]  # from, up to; None: no upper end


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a need asks for, as far as a teaser can tell of it."""

    amount_fen: int
    months: int
    grade: str
    guaranteed: bool


@dataclass(frozen=True, slots=True)
class Peer:
    """A firm of the zone; `own` is its need if it has one, and where it has none it might have anybody's."""

    firm: int
    section: str
    size: str
    revenue_fen: int | None
    own: Wanted | None = None


@dataclass(frozen=True, slots=True)
class Bands:
    """Upper ends of bands, narrow and wide: amounts in fen, terms in months; an end belongs to the band below it."""

    amounts: tuple[tuple[int, ...], ...]
    months: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Teaser:
    """What is shown; an empty list, or None, says nothing of that part."""

    sections: tuple[str, ...]
    sizes: tuple[str, ...]
    amount: Span | None
    months: Span | None
    grades: tuple[str, ...]
    guaranteed: bool | None

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in Teaser.__slots__}


def from_json(kept: Mapping[str, Any]) -> Teaser | None:
    """A teaser as it was kept; None where it was withheld."""
    parts: dict[str, Any] = {key: tuple(part) if isinstance(part, list) else part for key, part in kept.items()}
    return Teaser(**parts) if parts else None


def teaser(target: Peer, zone: Iterable[Peer], bands: Bands, least: int) -> Teaser | None:
    """The narrowest teaser of the target's need that `least` firms share; None, withheld, when even the widest is not."""
    if target.own is None:
        raise ValueError("a teaser is of a need")
    hidden = [target, *(peer for peer in zone if peer.firm != target.firm)]
    for step in range(len(STEPS) + 1):
        cells = _cells(hidden, target.own, bands, step)
        shown = _seen(target, target.own, bands, step)
        if _count(cells[shown], target, shown) >= least:
            return shown
        hidden = [peer for cell, peers in cells.items() if _count(peers, target, cell) < least for peer in peers]
    return None


def fits(shown: Teaser, peer: Peer) -> bool:
    """Whether this firm could be behind the teaser, by its trade, size and turnover, and by its own need if it has one."""
    parts = (not shown.sections or peer.section in shown.sections, not shown.sizes or peer.size in shown.sizes)
    return all(parts) and _can_owe(peer, shown) and (peer.own is None or _asks(shown, peer.own))


def section_of(industry: str) -> str:
    """The section letter of a trade; empty where it is unknown."""
    try:
        return path(industry)[0].code
    except UnknownIndustry:
        return ""


def _cells(peers: Sequence[Peer], wanted: Wanted, bands: Bands, step: int) -> dict[Teaser, list[Peer]]:
    """The firms by what would be shown of each, had those without a need of their own asked for the same."""
    cells: dict[Teaser, list[Peer]] = {}
    for peer in peers:
        cells.setdefault(_seen(peer, peer.own or wanted, bands, step), []).append(peer)
    return cells


def _count(peers: Iterable[Peer], target: Peer, shown: Teaser) -> int:
    """How many hide the target: a firm that could never owe so much hides nobody."""
    return sum(peer is target or _can_owe(peer, shown) for peer in peers)


def _can_owe(peer: Peer, shown: Teaser) -> bool:
    """Nobody believes in a loan above a year's turnover, nor in one to a firm whose turnover is unknown."""
    from_fen = shown.amount[0] if shown.amount else 0
    return from_fen == 0 or (peer.revenue_fen is not None and peer.revenue_fen >= from_fen)


def _asks(shown: Teaser, own: Wanted) -> bool:
    within = (
        _inside(own.amount_fen, shown.amount), _inside(own.months, shown.months),
        not shown.grades or own.grade in shown.grades, shown.guaranteed in {None, own.guaranteed},
    )  # fmt: skip
    return all(within)


def _inside(value: int, span: Span | None) -> bool:
    return span is None or (span[0] < value and (span[1] is None or value <= span[1]))


def _seen(peer: Peer, wanted: Wanted, bands: Bands, step: int) -> Teaser:
    """What would be shown of this firm with this need after so many steps."""
    width = _widths(step)
    return Teaser(
        sections=_section(peer.section, width["sections"]),
        sizes=_size(peer.size, width["sizes"]),
        amount=_band(wanted.amount_fen, bands.amounts, width["amount"]),
        months=_band(wanted.months, bands.months, width["months"]),
        grades=_grade(wanted.grade, width["grades"]),
        guaranteed=None if width["guaranteed"] else wanted.guaranteed,
    )


@cache
def _widths(step: int) -> dict[str, int]:
    """How often each part has been widened after so many steps."""
    return {name: STEPS[:step].count(name) for name in Teaser.__slots__}


def _band(value: int, ends: Sequence[Sequence[int]], width: int) -> Span | None:
    if width >= len(ends):
        return None
    for low, high in pairwise((0, *ends[width])):
        if value <= high:
            return low, high
    return ends[width][-1], None


def _section(own: str, width: int) -> tuple[str, ...]:
    if width == 0:
        return (own,) if own else ()
    return next((tuple(sector) for sector in SECTORS if own and own in sector), ()) if width == 1 else ()


def _size(own: str, width: int) -> tuple[str, ...]:
    if width == 0:
        return (own,)
    return next((pair for pair in SIZE_PAIRS if own in pair), ()) if width == 1 else ()


def _grade(own: str, width: int) -> tuple[str, ...]:
    if width == 0 or own not in GRADES:
        return (own,) if width == 0 else ()
    third = GRADES.index(own) // 3
    return tuple(reversed(GRADES[3 * third : 3 * third + 3])) if width == 1 else ()
