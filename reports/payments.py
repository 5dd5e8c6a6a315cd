"""The chart of payments (付款图): what has been paid in all by each month, one line an offer, told apart without colour too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from financing.words import _
from reports.charts import Words, chinese

#: Colour, dashes and mark of each line; the dashes and marks alone are enough in grey.
LINES = (
    ("#0b5394", "", "circle"),
    ("#b45309", "8 4", "square"),
    ("#166534", "2 3", "triangle"),
    ("#1f2937", "10 3 2 3", "diamond"),
)
LETTERS = "ABCDEFGH"
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 400, 250, 52, 22, 26, 34
STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Paid:
    """One offer: its bank, and what has been paid in all on the first day and after each month, in fen."""

    bank: str
    sums: Sequence[int]


def payments(offers: Sequence[Paid], say: Words = chinese) -> Markup:
    """SVG of at most eight offers, in 万元 over months; drawn without a script."""
    months, most = max(len(one.sums) for one in offers) - 1, max(one.sums[-1] for one in offers)
    step = scale(most / 1_000_000)
    top = step * -(-most // round(step * 1_000_000))
    parts = [_grid(top, step, months, say)]
    parts += [_line(number, one, months, top) for number, one in enumerate(offers[: len(LETTERS)])]
    title = say(_("各家报价到每个月为止的累计付款（本金、利息和费用，万元）"))
    return Markup('<svg class="payments" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        WIDTH, HEIGHT, title, Markup("").join(parts)
    )


def swatch(number: int) -> Markup:
    """The line of an offer as the legend shows it."""
    colour, dashes, mark = LINES[number % len(LINES)]
    drawn = Markup('<line x1="2" y1="8" x2="38" y2="8" stroke="{}" stroke-width="2" stroke-dasharray="{}"/>').format(
        colour, dashes
    )
    return Markup(
        '<svg class="swatch" viewBox="0 0 40 16" width="40" height="16" aria-hidden="true">{}{}</svg>'
    ).format(drawn, _mark(mark, 20, 8, colour))


def scale(most: float, lines: int = 5) -> float:
    """A round step (1, 2 or 5 times a power of ten) of which at most so many reach the greatest value."""
    power = 10.0**-3
    while True:
        for step in STEPS:
            if step * power * lines >= most:
                return step * power
        power *= 10


def _x(month: float, months: int) -> float:
    return round(LEFT + (WIDTH - LEFT - RIGHT) * month / max(1, months), 1)


def _y(wan: float, top: float) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * wan / top, 1)


def _grid(top: float, step: float, months: int, say: Words) -> Markup:
    lines, value = [], 0.0
    while value <= top + step / 2:
        y = _y(value, top)
        lines.append(
            Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="#d5dce5"/>').format(LEFT, y, WIDTH - RIGHT, y)
        )
        lines.append(_text(LEFT - 6, y + 4, f"{value:,.6g}", "end"))
        value += step
    every = next(gap for gap in (1, 2, 3, 6, 12, 24, 60, 120, 600) if months / gap <= 8)
    lines += [
        _text(_x(month, months), HEIGHT - BOTTOM + 16, str(month), "middle") for month in range(0, months + 1, every)
    ]
    lines += [
        _text(4, 14, say(_("累计付款（万元）")), "start"),
        _text(WIDTH - RIGHT, HEIGHT - 4, say(_("放款后第几个月")), "end"),
    ]
    return Markup("").join(lines)


def _line(number: int, one: Paid, months: int, top: float) -> Markup:
    colour, dashes, mark = LINES[number % len(LINES)]
    points = [(_x(month, months), _y(fen / 1_000_000, top)) for month, fen in enumerate(one.sums)]
    path = " ".join(f"{x},{y}" for x, y in points)
    drawn = Markup('<polyline points="{}" fill="none" stroke="{}" stroke-width="2" stroke-dasharray="{}"/>').format(
        path, colour, dashes
    )
    every = max(1, -(-len(points) // 8))
    marks = Markup("").join(_mark(mark, x, y, colour) for x, y in points[number % every :: every])
    x, y = points[-1]
    return drawn + marks + _text(x + 5, y + 4 + 12 * (number % 2), LETTERS[number], "start")


def _mark(shape: str, x: float, y: float, colour: str) -> Markup:
    if shape == "circle":
        return Markup('<circle cx="{}" cy="{}" r="3" fill="{}"/>').format(x, y, colour)
    corners = {
        "square": ((-3, -3), (3, -3), (3, 3), (-3, 3)),
        "triangle": ((0, -4), (4, 3), (-4, 3)),
        "diamond": ((0, -4), (4, 0), (0, 4), (-4, 0)),
    }
    path = " ".join(f"{x + right:.1f},{y + down:.1f}" for right, down in corners[shape])
    return Markup('<polygon points="{}" fill="{}"/>').format(path, colour)


def _text(x: float, y: float, said: str, anchor: str) -> Markup:
    return Markup('<text x="{}" y="{}" font-size="12" fill="currentColor" text-anchor="{}">{}</text>').format(
        x, y, anchor, escape(said)
    )
