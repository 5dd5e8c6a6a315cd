"""What a bad year would cost (压力测试), as a picture for the page and as a paper: every scenario beside what there is to bear it with."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from markupsafe import Markup

from financing.guarantees.sharing import Party
from financing.reserves.stress import Scenario
from financing.reserves.views import Stressed
from financing.wording import name
from financing.words import _
from reports.charts import BLUE, INK, LETTER, PALE, PLACE, ROW, TEXT, WIDTH, Margins, cut, draw, written
from reports.pdf import Job
from reports.typesetting import SOURCE, fine, paper, words

LETTERS = 32  # half-width letters of a scenario's name
LABEL = 150  # points for both sums behind the bars
EDGE = "#1f2937"


def picture(found: Stressed, lang: str = SOURCE) -> Markup:
    """The loss of each scenario as a bar, the guarantor's own part dark within it, and the reserves as a line of dashes across all."""
    rows = [_row(n, one.scenario, one.own.fen, one.loss.fen, lang) for n, (one, _effect) in enumerate(found.outcomes)]
    reserves = found.bearing.reserves.fen
    margins = Margins(left=round(LETTERS * LETTER) + 12, right=LABEL, top=42)
    across = WIDTH - margins.left - margins.right
    most = max([1, reserves, *(row["loss"] for row in rows)])
    layer = [*_bars(most, across), _line(reserves, most), *_notes(reserves, across, lang)]
    return draw(layer, rows, (ROW + 4) * max(1, len(rows)), margins, words(lang)(_("各情景的损失与准备金")))


def stress_paper(found: Stressed, zone: str, lang: str = SOURCE, *, rehearsal: bool = False) -> Job:
    """The printing job of the stress test, A4 across; the same figures give the same bytes."""
    parties = [one for one in Party if any(one in outcome.by_party for outcome, _effect in found.outcomes)]
    html = paper(
        "stress.html", lang, s=found, parties=parties, zone=zone, picture=picture(found, lang), times=times, rehearsal=rehearsal
    )  # fmt: skip
    return Job(html, sha256(html.encode()).hexdigest())


def times(ppm: int | None) -> str:
    """A multiple with two decimals."""
    return "—" if ppm is None else f"{ppm / 1_000_000:.2f}"


def _row(place: int, scenario: Scenario, own: int, loss: int, lang: str) -> dict[str, Any]:
    said = f"{fine(own)} / {fine(loss)}"
    return {"place": place, "name": cut(name(scenario, lang), LETTERS), "own": own, "loss": loss, "label": said}


def _bars(most: int, across: int) -> list[dict[str, Any]]:
    layer: list[dict[str, Any]] = [
        {"mark": {"type": "bar", "color": PALE}, "encoding": {"x": _length("loss", most)}},
        {"mark": {"type": "bar", "color": BLUE}, "encoding": {"x": _length("own", most)}},
        {"mark": {**TEXT, "align": "right", "x": -8}, "encoding": {"text": {"field": "name"}}},
        {"mark": {**TEXT, "x": across + 8}, "encoding": {"text": {"field": "label"}}},
    ]
    for mark in layer:
        mark["encoding"]["y"] = PLACE
    return layer


def _line(reserves: int, most: int) -> dict[str, Any]:
    mark = {"type": "rule", "color": EDGE, "strokeDash": [5, 3], "strokeWidth": 1.5}
    return {"data": {"values": [{"at": reserves}]}, "mark": mark, "encoding": {"x": _length("at", most)}}


def _notes(reserves: int, across: int, lang: str) -> list[dict[str, Any]]:
    """What is dark, what is pale, where the line is, and the unit of the numbers."""
    say = words(lang)
    line = say(_("┆ 可用于损失的准备金 {amount} 万元")).format(amount=fine(reserves))
    notes = [
        ("■", 0, -30, BLUE), (say(_("担保人自担")), 14, -30, INK), ("■", 130, -30, PALE), (say(_("其余各方分担")), 144, -30, INK),
        (line, 0, -12, INK), (say(_("自担 / 最终损失（万元）")), across + 8, -12, INK),
    ]  # fmt: skip
    return [_note(*one) for one in notes]


def _note(text: str, x: int, y: int, colour: str) -> dict[str, Any]:
    made = written(text, x, colour)
    made["mark"]["y"] = y
    return made


def _length(field: str, most: int) -> dict[str, Any]:
    return {"field": field, "type": "quantitative", "axis": None, "scale": {"domain": [0, most]}}
