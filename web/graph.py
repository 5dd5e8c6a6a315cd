"""A drawing of related parties (关联关系图): boxes in two columns and lines between them, worked out as numbers for a template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from financing.guarantees.related_views import Picture, Tie
from financing.parties.groups import Party

WIDTH, BOX, HIGH, GAP, SIDE = 600, 208, 34, 16, 46
LETTERS = 13  # that fit into a box


@dataclass(frozen=True, slots=True)
class Box:
    """One party: where its box stands and what is written in it; `round` for a party outside, `own` for the subject."""

    x: int
    y: int
    name: str
    full: str
    round: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One relation: a path from the other party to the firm, its number in the table; dashed when it binds nobody."""

    path: str
    number: int
    x: int
    y: int
    dashed: bool


@dataclass(frozen=True, slots=True)
class Graph:
    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def graph(picture: Picture) -> Graph:
    """Parties outside on the left, firms and the guarantor on the right, in the order in which relations were entered."""
    left = [party for party in picture.names if not isinstance(party, int)]
    right = sorted(
        (party for party in picture.names if isinstance(party, int)), key=lambda party: party != picture.subject
    )
    height = max(len(left), len(right), 1) * (HIGH + GAP) + GAP
    places = _column(left, 0, height) | _column(right, WIDTH - SIDE - BOX, height)
    boxes = tuple(_box(picture, party, *place) for party, place in places.items())
    lines = tuple(_line(tie, number, places) for number, tie in enumerate(picture.ties, 1))
    return Graph(WIDTH, height, boxes, lines)


def _column(parties: Sequence[Party], x: int, height: int) -> dict[Party, tuple[int, int]]:
    """Boxes of one column, spread over the height."""
    room = (height - GAP) // max(len(parties), 1)
    return {party: (x, GAP + n * room + (room - GAP - HIGH) // 2) for n, party in enumerate(parties)}


def _box(picture: Picture, party: Party, x: int, y: int) -> Box:
    full = picture.names[party]
    name = full if len(full) <= LETTERS else full[: LETTERS - 1] + "…"
    return Box(x, y, name, full, not isinstance(party, int), party == picture.subject)


def _line(tie: Tie, number: int, places: dict[Party, tuple[int, int]]) -> Line:
    (x, y), (to_x, to_y) = places[tie.other], places[tie.firm]
    start, end = y + HIGH // 2, to_y + HIGH // 2
    if isinstance(tie.other, int):  # between two firms: a bow on the right
        edge, bow = x + BOX, WIDTH - 6
        path = f"M{edge} {start}C{bow} {start} {bow} {end} {edge} {end}"
        return Line(path, number, (edge + 3 * bow) // 4, (start + end) // 2, not tie.binds)
    begin, part = x + BOX, 0.3 + 0.2 * (number % 3)
    at = round(begin + (to_x - begin) * part), round(start + (end - start) * part)
    return Line(f"M{begin} {start}L{to_x} {end}", number, *at, not tie.binds)
