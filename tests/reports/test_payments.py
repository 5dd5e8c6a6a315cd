"""The chart of payments: every line where its sums are, told apart without colour, and nothing of a name that could be markup."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.payments import BOTTOM, HEIGHT, LEFT, LINES, RIGHT, TOP, WIDTH, Paid, payments, scale, swatch

SUMS = st.lists(st.integers(0, 10**11), min_size=2, max_size=61).map(sorted).filter(lambda sums: sums[-1] > 0)


def lines(drawn: str) -> list[list[tuple[float, float]]]:
    tree = ET.fromstring(drawn)  # noqa: S314  our own picture
    return [
        [tuple(map(float, point.split(","))) for point in line.attrib["points"].split()]
        for line in tree.iter("polyline")
    ]


@given(st.lists(SUMS, min_size=1, max_size=4))
def test_every_line_rises_within_the_frame_and_ends_where_its_sum_is(sums):
    found = lines(payments([Paid(f"{n}", one) for n, one in enumerate(sums)]))
    assert [len(line) for line in found] == [len(one) for one in sums]
    most, longest = max(one[-1] for one in sums), max(len(one) for one in sums) - 1
    heights = []
    for line, one in zip(found, sums, strict=True):
        assert all(LEFT <= x <= WIDTH - RIGHT and TOP - 0.1 <= y <= HEIGHT - BOTTOM for x, y in line)
        assert [y for _, y in line] == sorted((y for _, y in line), reverse=True)
        assert line[-1][0] == pytest.approx(LEFT + (WIDTH - LEFT - RIGHT) * (len(one) - 1) / longest, abs=0.06)
        heights.append((HEIGHT - BOTTOM - line[-1][1], one[-1]))
    tallest = max(height for height, _ in heights)
    for height, last in heights:
        assert height == pytest.approx(tallest * last / most, abs=0.15)


@given(st.floats(0.001, 10**9))
def test_the_scale_is_round_and_has_at_most_five_lines(most):
    step = scale(most)
    digits = f"{step:.0e}"[0]
    assert digits in "125"
    assert step * 5 >= most


def test_lines_are_told_apart_by_dashes_and_marks_alone():
    assert len({dashes for _, dashes, _ in LINES}) == len({mark for *_, mark in LINES}) == len(LINES)
    assert len({str(swatch(n)).split("stroke-dasharray")[1] for n in range(len(LINES))}) == len(LINES)


def test_a_chart_has_its_units_and_a_word_for_who_cannot_see_it():
    drawn = payments([Paid("甲", [0, 100]), Paid("<b>", [0, 50])])
    assert "累计付款（万元）" in drawn
    assert "放款后第几个月" in drawn
    assert 'role="img" aria-label="各家报价' in drawn
    assert "<b>" not in drawn
