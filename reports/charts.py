"""Charts (图): a Vega-Lite specification becomes SVG without a browser, the same picture in page and paper.

Bars start at zero, the number stands beside the mark, the axis names its unit. Names are cut to fit; the table
beside each chart gives them whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from unicodedata import east_asian_width

import vl_convert
from markupsafe import Markup, escape

from financing.money import divide_half_up
from financing.words import _

FONT = "Noto Sans CJK SC Common, Noto Sans CJK SC"
MEASURE = "sans-serif"  # every place is given, so text is measured with the small built-in face: many times quicker
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
BLUE, PALE, INK, LINE, TRACK = "#0b5394", "#8fb4d6", "#1f2937", "#d5dce5", "#e9eef4"
WIDTH, ROW, LETTER = 640, 17, 5.6
Words = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Margins:
    """The space around a chart, and its whole width, in points of the drawing."""

    left: int
    right: int
    top: int = 4
    bottom: int = 4
    width: int = WIDTH


@dataclass(frozen=True, slots=True)
class Bar:
    """One horizontal bar: its name, its length, the full length possible (0: none), and what is written beside it."""

    name: str
    value: int
    most: int
    label: str


def chinese(text: str) -> str:
    """The word as it is."""
    return text


def monthly(months: Sequence[tuple[str, int, int]], say: Words = chinese) -> Markup:
    """Sales and purchases of each month (year-month, fen, fen) as pairs of bars in 万元."""
    rows = [
        {"month": month, "side": side, "wan": divide_half_up(fen, 10_000) / 100}
        for month, *pair in months
        for side, fen in zip(("sales", "purchases"), pair, strict=True)
    ]
    bars = {
        "mark": "bar",
        "encoding": {
            "x": {"field": "month", "type": "ordinal", "axis": MONTHS, "scale": {"paddingInner": 0.25}},
            "xOffset": {"field": "side", "sort": ["sales", "purchases"]},
            "y": {"field": "wan", "type": "quantitative", "axis": AMOUNTS, "scale": {"zero": True}},
            "color": {"field": "side", "legend": None, "scale": SIDES},
        },
    }
    notes = [
        (say(_("万元")), -48, INK),
        ("■", 40, BLUE),
        (say(_("销售")), 54, INK),
        ("■", 130, PALE),
        (say(_("采购")), 144, INK),
    ]
    layer = [bars, years([row[0] for row in months]), *(written(*note) for note in notes)]
    return draw(layer, rows, 130, Margins(left=52, right=8, top=22, bottom=34), say(_("每月开票销售与采购")))


def bars(rows: Sequence[Bar], title: str, *, letters: int = 30, width: int = WIDTH) -> Markup:
    """Horizontal bars, the name (cut to so many half-width letters) on the left, the number on the right."""
    values = [
        {"place": n, "name": cut(row.name, letters), "value": row.value, "most": row.most, "label": row.label}
        for n, row in enumerate(rows)
    ]
    margins = Margins(left=round(letters * LETTER) + 12, right=width // 5, width=width)
    ends = [0, *(row.value for row in rows), *(row.most for row in rows)]
    length = {"type": "quantitative", "axis": None, "scale": {"domain": [min(ends), max([1, *ends])]}}
    layer: list[dict[str, Any]] = [
        {"mark": {"type": "bar", "color": TRACK}, "encoding": {"x": {**length, "field": "most"}}},
        {"mark": {"type": "bar", "color": BLUE}, "encoding": {"x": {**length, "field": "value"}}},
        {"mark": {**TEXT, "align": "right", "x": -8}, "encoding": {"text": {"field": "name"}}},
        {"mark": {**TEXT, "x": width - margins.left - margins.right + 8}, "encoding": {"text": {"field": "label"}}},
    ]
    for mark in layer:
        mark["encoding"]["y"] = PLACE
    return draw(layer, values, ROW * max(1, len(rows)), margins, title)


def funnel(steps: Sequence[tuple[str, int]], title: str, say: Words = chinese) -> Markup:
    """How many came how far: each step with its count and its share of the step before."""
    rows, before, said = [], 0, say(_("上一步的 {percent} %"))
    for name, count in steps:
        kept = "　" + said.format(percent=divide_half_up(100 * count, before)) if before else ""
        rows.append(Bar(name, count, 0, f"{count:,}{kept}"))
        before = count
    return bars(rows, title, letters=24)


def cut(text: str, letters: int) -> str:
    """The beginning of a text that is not wider than so many half-width letters."""
    width = 0
    for n, letter in enumerate(text):
        width += 2 if east_asian_width(letter) in "WFA" else 1
        if width > letters:
            return text[: max(0, n - 1)] + "…"
    return text


def years(months: Sequence[str]) -> dict[str, Any]:
    """The year under the first month and under every January."""
    values = [{"month": month, "year": month[:4]} for n, month in enumerate(months) if n == 0 or month.endswith("-01")]
    place = {"x": {"field": "month", "type": "ordinal"}, "text": {"field": "year"}}
    return {"data": {"values": values}, "mark": {**TEXT, "align": "center", "y": 152, "fontSize": 9}, "encoding": place}


def written(text: str, x: int, colour: str) -> dict[str, Any]:
    """Words above the chart, at a given place: its unit and what the colours mean."""
    mark = {**TEXT, "text": text, "x": x, "y": -12, "color": colour}
    return {"data": {"values": [{}]}, "mark": mark}


def draw(
    layer: Sequence[dict[str, Any]],
    values: Sequence[dict[str, Any]],
    height: int,
    margins: Margins,
    title: str,
) -> Markup:
    """The SVG of a layered chart with every margin given; the title is for those who listen."""
    specification = {
        "$schema": SCHEMA,
        "width": margins.width - margins.left - margins.right,
        "height": height,
        "padding": {side: getattr(margins, side) for side in SIDES_OF_PAGE},
        "data": {"values": values},
        "layer": layer,
        **LOOK,
    }
    return picture(json.dumps(specification, sort_keys=True), title)


@lru_cache(maxsize=256)
def picture(specification: str, title: str) -> Markup:
    """One specification drawn: no network, no clock, the paper's own font; kept, as copies of a paper share it."""
    drawn = vl_convert.vegalite_to_svg(specification, allowed_base_urls=[])
    drawn = joined(TAG.sub(lambda tag: slim(tag[0]), drawn))
    named = f'<svg role="img" aria-label="{escape(title)}" font-family="{FONT}" '
    return Markup(drawn.replace("<svg ", named, 1))  # noqa: S704 (drawn by Vega, which escapes every text)


def slim(tag: str) -> str:
    """A tag without what neither page nor paper needs: a third of the length, and laid out as much quicker."""
    for clutter, kept in CLUTTER:
        tag = clutter.sub(kept, tag)
    return tag


def joined(drawn: str) -> str:
    """Neighbours of one colour as one shape, marks without a group of their own: every element costs the page time."""
    for whole, kept in JOINTS:
        before = ""
        while before != drawn:
            before, drawn = drawn, whole.sub(kept, drawn)
    return drawn


TAG = re.compile(r"<[^<>]*>")
#: What Vega writes for scripts and for one mark by itself; the title says the chart, the root names the face.
CLUTTER = (
    (re.compile(r'<path.*\bd="(?:M0,0h0v0h0Z)?".*/>'), ""),
    (re.compile(r' (?:class|role|aria-[a-z]+|pointer-events|font-family)="[^"]*"| opacity="1"'), ""),
    (re.compile(r"(\d\.\d\d)\d+"), r"\1"),
)
#: A shape without colour or width, two shapes of one colour, a group that adds nothing.
JOINTS = (
    (re.compile(r'<path d="[^"]*"/>|<path d="M[-\d.,]*h0v[^"]*"[^>]*/>'), ""),
    (re.compile(r'" fill="(#\w+)"/><path d="([^"]*" fill="\1"/>)'), r"\2"),
    (re.compile(r"<g>((?:<(?:path|line)[^>]*/>|<text[^>]*>[^<]*</text>)*)</g>"), r"\1"),
)
LOOK: dict[str, Any] = {
    "autosize": {"type": "none"},
    "background": None,
    "config": {"font": MEASURE, "view": {"stroke": None}},
}
TEXT: dict[str, Any] = {"type": "text", "align": "left", "baseline": "middle", "fontSize": 11, "color": INK}
PLACE: dict[str, Any] = {"field": "place", "type": "ordinal", "axis": None, "scale": {"paddingInner": 0.35}}
SIDES_OF_PAGE = ("left", "right", "top", "bottom")
SIDES = {"domain": ["sales", "purchases"], "range": [BLUE, PALE]}
MONTHS: dict[str, Any] = {
    "title": None,
    "labelAngle": 0,
    "labelOverlap": False,
    "labelColor": INK,
    "domainColor": LINE,
    "ticks": False,
    "labelFontSize": 9,
    "labelExpr": "toNumber(slice(datum.value, 5))",
}
AMOUNTS: dict[str, Any] = {
    "title": None,
    "tickCount": 4,
    "format": ",~f",
    "labelColor": INK,
    "gridColor": LINE,
    "domain": False,
    "ticks": False,
    "labelFontSize": 9,
}
