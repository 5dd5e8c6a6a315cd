"""Pictures of a replay (回放图): the matrix of grades, and the marks that each rule gave and took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from financing.words import _
from reports.charts import BLUE, INK, LINE, PLACE, ROW, TEXT, Margins, Words, chinese, cut, draw
from scoring.replay_figures import Migration

FIELD = 30  # height of one field of the matrix
UP, DOWN = "#2f7d4f", "#b42318"
LETTERS = 30


@dataclass(frozen=True, slots=True)
class Shift:
    """One rule: its name, marks won and lost over all firms (lost ones negative)."""

    name: str
    won: int
    lost: int


def migrated(matrix: Migration, say: Words = chinese) -> Markup:
    """Firms by grade before (rows) and after (columns); the deeper the blue, the more firms; the frame marks no change."""
    most = max([1, *(count for row in matrix.counts for count in row)])
    fields = [
        {"was": was, "now": now, "count": count, "label": str(count) if count else "", "part": count / most,
         "dark": 2 * count > most, "same": was == now}
        for was, row in zip(matrix.old, matrix.counts, strict=True)
        for now, count in zip(matrix.new, row, strict=True)
    ]  # fmt: skip
    axis: dict[str, Any] = {"labelAngle": 0, "labelColor": INK, "labelFontSize": 11, "ticks": False, "domain": False, "titleColor": INK,
                            "titleFontSize": 11, "titleFontWeight": "normal"}  # fmt: skip
    place = {
        "x": {"field": "now", "type": "ordinal", "sort": list(matrix.new), "axis": axis | {"orient": "top", "title": say(_("改后等级"))}},
        "y": {"field": "was", "type": "ordinal", "sort": list(matrix.old), "axis": axis | {"title": say(_("现行等级"))}},
    }  # fmt: skip
    colour = {
        "field": "part",
        "type": "quantitative",
        "legend": None,
        "scale": {"domain": [0, 1], "range": ["#f5f8fb", BLUE]},
    }
    letter = {"condition": {"test": "datum.dark", "value": "#ffffff"}, "value": INK}
    layer: list[dict[str, Any]] = [
        {"mark": {"type": "rect", "stroke": LINE}, "encoding": place | {"color": colour}},
        {
            "mark": {"type": "rect", "fillOpacity": 0, "stroke": INK},
            "transform": [{"filter": "datum.same"}],
            "encoding": place,
        },
        {"mark": {**TEXT, "align": "center"}, "encoding": place | {"text": {"field": "label"}, "color": letter}},
    ]
    return draw(
        layer, fields, FIELD * len(matrix.old), Margins(left=70, right=10, top=44, bottom=6), say(_("等级迁移（家）"))
    )


def shifted(rows: Sequence[Shift], say: Words = chinese) -> Markup:
    """Marks won to the right of the middle, lost to the left, each with its figure."""
    values = [
        {"place": n, "name": cut(row.name, LETTERS), "won": row.won, "lost": row.lost,
         "more": f"+{row.won}" if row.won else "", "less": f"−{-row.lost}" if row.lost else ""}
        for n, row in enumerate(rows)
    ]  # fmt: skip
    reach = max([1, *(row.won for row in rows), *(-row.lost for row in rows)])
    scale = {"type": "quantitative", "axis": None, "scale": {"domain": [-reach * 1.25, reach * 1.25]}}
    margins = Margins(left=190, right=12)
    middle = {"mark": {"type": "rule", "color": LINE}, "encoding": {"x": {**scale, "datum": 0}}}
    layer: list[dict[str, Any]] = [
        {"mark": {"type": "bar", "color": UP}, "encoding": {"x": {**scale, "field": "won"}, "y": PLACE}},
        {"mark": {"type": "bar", "color": DOWN}, "encoding": {"x": {**scale, "field": "lost"}, "y": PLACE}},
        middle,
        {"mark": {**TEXT, "align": "right", "x": -8}, "encoding": {"text": {"field": "name"}, "y": PLACE}},
        {"mark": {**TEXT, "dx": 5}, "encoding": {"x": {**scale, "field": "won"}, "text": {"field": "more"}, "y": PLACE}},
        {"mark": {**TEXT, "align": "right", "dx": -5},
         "encoding": {"x": {**scale, "field": "lost"}, "text": {"field": "less"}, "y": PLACE}},
    ]  # fmt: skip
    return draw(layer, values, ROW * max(1, len(rows)), margins, say(_("各指标加减分（全部企业合计）")))
