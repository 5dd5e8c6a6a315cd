"""Charts of months (趋势): lines told apart by dash and shape as well as tone, columns with their number on top; the same in page and paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from reports.charts import AMOUNTS, BLUE, INK, MONTHS, TEXT, Margins, draw

#: How a line looks beside its name: colour, dashes, the shape at each month. The second and third differ in all three.
LOOKS = (("#0b5394", [1, 0], "circle"), ("#1f2937", [6, 3], "square"), ("#9a3412", [2, 2], "triangle-up"))
HEIGHT = 150
APART = 13  # points between two names at the right end


@dataclass(frozen=True, slots=True)
class Series:
    """One line: its name and one number for each month, None where it is not shown."""

    name: str
    values: Sequence[int | None]


def lines(months: Sequence[str], series: Sequence[Series], title: str) -> Markup:
    """At most three lines over the same months (year-month); each is named at its end with its last number."""
    rows = [
        {"month": month, "name": one.name, "value": value}
        for one in series
        for month, value in zip(months, one.values, strict=True)
    ]
    top = max([1, *(row["value"] for row in rows if isinstance(row["value"], int))])
    layer: list[dict[str, Any]] = []
    for look, one in zip(LOOKS, series, strict=False):
        layer += _line(look, one.name, top)
    names = _ends(series, top)
    layer += [_name(look, row) for look, row in zip(LOOKS, names, strict=False) if row]
    layer.append(_years(months))
    return draw(layer, rows, HEIGHT, Margins(left=44, right=150, top=12, bottom=34), title)


def columns(months: Sequence[str], values: Sequence[tuple[int, str] | None], title: str) -> Markup:
    """One column a month from zero, what it says written on top; a month that is not shown has neither."""
    rows = [
        {"month": month, "value": value[0] if value else 0, "label": value[1] if value else "—"}
        for month, value in zip(months, values, strict=True)
    ]
    top = max([1, *(value[0] for value in values if value)])
    y = {"field": "value", "type": "quantitative", "axis": None, "scale": {"domain": [0, top]}}
    layer: list[dict[str, Any]] = [
        {"mark": {"type": "bar", "color": BLUE}, "encoding": {"x": _x(), "y": y}},
        {
            "mark": {**TEXT, "align": "center", "baseline": "bottom", "dy": -3, "fontSize": 9},
            "encoding": {"x": _x(), "y": y, "text": {"field": "label"}},
        },
        _years(months),
    ]
    return draw(layer, rows, HEIGHT, Margins(left=12, right=12, top=18, bottom=34), title)


def _line(look: tuple[str, list[int], str], name: str, top: int) -> list[dict[str, Any]]:
    colour, dash, shape = look
    mine = [{"filter": f"datum.name === {name!r}"}]
    place = {"x": _x(), "y": _y(top)}
    return [
        {"transform": mine, "mark": {"type": "line", "color": colour, "strokeDash": dash, "strokeWidth": 2}, "encoding": place},
        {"transform": mine, "mark": {"type": "point", "shape": shape, "filled": True, "size": 40, "color": colour, "opacity": 1}, "encoding": place},
    ]  # fmt: skip


def _ends(series: Sequence[Series], top: int) -> list[dict[str, Any] | None]:
    """Where the name of each line stands: level with its last number, moved down where two would overlap."""
    last = [(next((v for v in reversed(one.values) if v is not None), None), n) for n, one in enumerate(series)]
    found: list[dict[str, Any] | None] = [None] * len(series)
    above = -float(APART)
    for value, n in sorted(((value, n) for value, n in last if value is not None), reverse=True):
        above = max(HEIGHT * (1 - value / top), above + APART)
        found[n] = {"text": f"{series[n].name} {value:,}", "y": round(above, 1)}
    return found


def _name(look: tuple[str, list[int], str], row: dict[str, Any]) -> dict[str, Any]:
    mark = {**TEXT, "text": row["text"], "x": 640 - 44 - 150 + 10, "y": row["y"], "color": look[0]}
    return {"data": {"values": [{}]}, "mark": mark}


def _x() -> dict[str, Any]:
    return {"field": "month", "type": "ordinal", "axis": MONTHS, "scale": {"type": "band", "paddingInner": 0.3}}


def _y(top: int) -> dict[str, Any]:
    whole = {"tickMinStep": 1, "format": ",d"}
    return {"field": "value", "type": "quantitative", "axis": {**AMOUNTS, **whole}, "scale": {"domain": [0, top]}}


def _years(months: Sequence[str]) -> dict[str, Any]:
    """The year under the first month and under every January."""
    values = [{"month": month, "year": month[:4]} for n, month in enumerate(months) if n == 0 or month.endswith("-01")]
    place = {"x": {"field": "month", "type": "ordinal"}, "text": {"field": "year"}}
    mark = {**TEXT, "align": "center", "y": HEIGHT + 22, "fontSize": 9, "color": INK}
    return {"data": {"values": values}, "mark": mark, "encoding": place}
