"""Curves of a score held against outcomes (检验图): ROC, the two distributions, default rates with their bounds.

Lines differ by their dashes, never by colour alone; every line is named on the chart itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from markupsafe import Markup

from financing.words import _
from reports.charts import BLUE, INK, LINE, TEXT, Margins, Words, chinese, cut, draw
from scoring.judge import Flags, Numbers, roc
from scoring.judge_groups import Group

HEIGHT, HALF, MOST_POINTS = 240, 400, 160
DASHES: tuple[list[int], ...] = ([], [6, 3], [2, 2], [8, 3, 2, 3], [1, 3])
GRID: dict[str, Any] = {
    "tickCount": 5,
    "labelColor": INK,
    "titleColor": INK,
    "gridColor": LINE,
    "domain": False,
    "ticks": False,
    "labelFontSize": 9,
    "titleFontSize": 10,
    "titleFontWeight": "normal",
}


@dataclass(frozen=True, slots=True)
class Curve:
    """One line: its name as written on the chart, and its points (x, y)."""

    name: str
    points: Numbers


def roc_chart(scores: Sequence[tuple[str, Numbers]], bad: Flags, say: Words = chinese) -> Markup:
    """The ROC curve of each column, named; chance is the thin diagonal."""
    curves = [Curve(name, 100 * roc(column, bad)) for name, column in scores]
    axes = (say(_("误拒的正常企业（%）")), say(_("识别出的违约企业（%）")))
    chance = {**_line("chance", [4, 4], 1, LINE), "data": {"values": [{"x": 0, "y": 0}, {"x": 100, "y": 100}]}}
    return _lines(curves, axes, [chance], say(_("ROC 曲线")), names_at=(38, 6))


def ks_chart(scores: Numbers, bad: Flags, say: Words = chinese) -> Markup:
    """How bad and good firms pile up along the score, and where they are furthest apart."""
    steps = np.unique(scores)
    piles = [100 * np.searchsorted(np.sort(scores[side]), steps, "right") / side.sum() for side in (bad, ~bad)]
    at = int(np.abs(piles[0] - piles[1]).argmax())
    low, high = sorted((piles[0][at], piles[1][at]))
    axes = (say(_("分数")), say(_("不高于此分数的企业（%）")))
    gap = {
        "data": {"values": [{"x": steps[at], "y": low, "y2": high, "said": f"KS {high - low:.1f} %"}]},
        "encoding": {"x": _axis("x", axes[0], float(steps[0]), float(steps[-1]))},
        "layer": [
            {"mark": {"type": "rule", "color": INK, "strokeWidth": 1.5}, "encoding": {"y": _axis("y", axes[1]), "y2": {"field": "y2"}}},
            {"mark": {**TEXT, "align": "right", "dx": -6}, "encoding": {"y": _axis("y2", axes[1]), "text": {"field": "said"}}},
        ],
    }  # fmt: skip
    names = (say(_("违约企业")), say(_("正常企业")))
    curves = [Curve(name, np.column_stack([steps, pile])) for name, pile in zip(names, piles, strict=True)]
    return _lines(curves, axes, [gap], say(_("分数分布与 KS")), names_at=(4, 96))


def rate_chart(groups: Sequence[Group], title: str, say: Words = chinese) -> Markup:
    """The default rate of each group as a point within its 95 % bounds; failed and all firms written above."""
    rows = [
        {"n": n, "name": cut(one.name, 14), "rate": 100 * one.rate, "low": 100 * low, "high": 100 * high, "said": f"{one.bad}/{one.firms}"}
        for n, one in enumerate(groups) for low, high in [one.bounds]
    ]  # fmt: skip
    names = {"expr": f"{[row['name'] for row in rows]!r}[datum.value]"}
    place = {
        "field": "n",
        "type": "ordinal",
        "axis": {**GRID, "grid": False, "title": None, "labelAngle": 0, "labelPadding": 10, "labelExpr": names["expr"]},
    }
    top = max([10.0, *(100 * one.bounds[1] for one in groups)])
    rate = {"type": "quantitative", "scale": {"domain": [0, top]}, "axis": {**GRID, "title": say(_("违约率（%）"))}}
    layer: list[dict[str, Any]] = [
        {"mark": {"type": "rule", "color": INK}, "encoding": {"y": {**rate, "field": "low"}, "y2": {"field": "high"}}},
        {"mark": {"type": "tick", "color": INK, "size": 9}, "encoding": {"y": {**rate, "field": "low"}}},
        {"mark": {"type": "tick", "color": INK, "size": 9}, "encoding": {"y": {**rate, "field": "high"}}},
        {"mark": {"type": "point", "filled": True, "size": 55, "color": BLUE, "opacity": 1}, "encoding": {"y": {**rate, "field": "rate"}}},
        {"mark": {**TEXT, "dx": 8, "fontSize": 10}, "encoding": {"y": {**rate, "field": "rate"}, "text": {"field": "said"}}},
    ]  # fmt: skip
    for mark in layer:
        mark["encoding"]["x"] = place
    return draw(layer, rows, HEIGHT - 60, Margins(left=50, right=20, top=10, bottom=28), title)


def _lines(
    curves: Sequence[Curve],
    axes: tuple[str, str],
    extra: Sequence[dict[str, Any]],
    title: str,
    names_at: tuple[int, int],
) -> Markup:
    """Lines in one square of percent, each named in a list drawn inside it."""
    ends = [curve.points[:, 0] for curve in curves]
    low, high = float(min(each.min() for each in ends)), float(max(each.max() for each in ends))
    values = [
        {"name": str(n), "n": at, "x": float(x), "y": float(y)}
        for n, curve in enumerate(curves)
        for at, (x, y) in enumerate(_thin(curve.points))
    ]
    across, up = _axis("x", axes[0], low, high), _axis("y", axes[1])
    layer: list[dict[str, Any]] = [
        {**_line(str(n), DASHES[n % len(DASHES)], 2, BLUE if n == 0 else INK), "transform": [{"filter": f"datum.name == '{n}'"}]}
        for n in range(len(curves))
    ]  # fmt: skip
    layer = [*extra, *layer]
    for mark in layer:
        if "layer" not in mark:
            mark["encoding"] = {"x": across, "y": up, **mark.get("encoding", {})}
    margins = Margins(left=54, right=14, top=10, bottom=40, width=HALF)
    return draw([*layer, *_names(curves, names_at)], values, HEIGHT, margins, title)


def _names(curves: Sequence[Curve], at: tuple[int, int]) -> list[dict[str, Any]]:
    """A list of the lines with a piece of each, from a point given in percent of the plot; the first on top."""
    wide = HALF - 54 - 14
    left, top = wide * at[0] / 100, HEIGHT * (100 - at[1]) / 100 - (14 * (len(curves) - 1) if at[1] < 50 else 0)
    marks: list[dict[str, Any]] = []
    for n, curve in enumerate(curves):
        y = top + 14 * n
        style = {"color": BLUE if n == 0 else INK, "strokeDash": DASHES[n % len(DASHES)], "strokeWidth": 2}
        ends = {"x": {"value": left}, "x2": {"value": left + 24}, "y": {"value": y}}
        text = {**TEXT, "text": cut(curve.name, 34), "x": left + 30, "y": y, "fontSize": 10}
        marks.append({"data": {"values": [{}]}, "mark": {"type": "rule", **style}, "encoding": ends})
        marks.append({"data": {"values": [{}]}, "mark": text, "encoding": {}})
    return marks


def _line(name: str, dash: Sequence[int], width: float, colour: str) -> dict[str, Any]:
    mark = {"type": "line", "strokeDash": dash, "strokeWidth": width, "color": colour, "interpolate": "linear"}
    return {"mark": mark, "encoding": {"order": {"field": "n"}}} if name != "chance" else {"mark": mark}


def _axis(field: str, title: str, low: float = 0, high: float = 100) -> dict[str, Any]:
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"domain": [low, high], "nice": False},
        "axis": {**GRID, "title": title or None},
    }


def _thin(points: Numbers) -> Numbers:
    """At most so many points, the first and the last among them."""
    if len(points) <= MOST_POINTS:
        return points
    kept: Numbers = points[np.unique(np.linspace(0, len(points) - 1, MOST_POINTS).round().astype(int))]
    return kept
