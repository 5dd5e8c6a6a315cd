from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.charts import FONT, Bar, bars, cut, funnel, monthly, picture
from tests.reports.samples import HOSTILE, RARE

MONTHS = [
    ("2026-01", 120_000_000, 90_000_000),
    ("2026-02", 60_000_000, 95_000_000),
    ("2026-03", 180_000_000, 10_000_000),
]


def parsed(svg):
    return ET.fromstring(svg)  # noqa: S314 (drawn by our own code)


def words(svg) -> list[str]:
    return [element.text or "" for element in parsed(svg).iter() if element.tag.endswith("text")]


def lengths(svg, colour) -> list[float]:
    """Widths of the horizontal bars of a colour, from the path that holds them."""
    paths = re.findall(rf'd="([^"]*)" fill="{colour}"', svg)
    return [abs(float(width)) for path in paths for width in re.findall(r"M[^h]*h(-?[\d.]+)v", path)]


def test_months_have_their_unit_their_years_and_both_sides():
    said = words(monthly(MONTHS))
    assert {"万元", "销售", "采购", "2026", "1", "2", "3", "0"} <= set(said)


def test_bars_of_one_colour_are_one_shape_and_none_without_length_is_drawn():
    svg = bars([Bar("甲", 50, 80, ""), Bar("乙", 25, 80, ""), Bar("丙", 0, 0, "")], "占比")
    assert [element.tag.split("}")[1] for element in parsed(svg).iter()].count("path") == 2
    assert [len(lengths(svg, colour)) for colour in ("#e9eef4", "#0b5394")] == [2, 2]


def test_every_chart_is_the_same_svg_twice():
    first = monthly(MONTHS)
    picture.cache_clear()
    assert monthly(MONTHS) == first


def test_bars_are_as_long_as_their_values_from_zero():
    svg = bars([Bar("甲", 50, 0, "50 %"), Bar("乙", 25, 0, "25 %"), Bar("丙", 0, 0, "0 %")], "占比")
    long, short = sorted(lengths(svg, "#0b5394"), reverse=True)[:2]
    assert long == pytest.approx(2 * short)
    assert {"甲", "乙", "丙", "50 %", "25 %", "0 %"} <= set(words(svg))


def test_what_is_possible_stands_behind_what_was_got():
    svg = bars([Bar("财务", 15, 30, "15 / 30")], "得分")
    assert lengths(svg, "#e9eef4")[0] == pytest.approx(2 * lengths(svg, "#0b5394")[0])


def test_a_funnel_tells_counts_and_shares_of_the_step_before():
    said = words(funnel([("提交", 1200), ("受理", 900), ("放款", 0)], "漏斗"))
    assert {"提交", "1,200", "900　上一步的 75 %", "0　上一步的 0 %"} <= set(said)


def test_a_chart_of_nothing_is_still_a_chart():
    for svg in (monthly([]), bars([], "空"), funnel([], "空"), funnel([("甲", 0), ("乙", 0)], "零")):
        assert parsed(svg).tag.endswith("svg")


def test_only_the_paper_s_font_and_no_style_attribute():
    svg = monthly(MONTHS) + bars([Bar("甲", 1, 2, "1")], "图")
    assert set(re.findall(r'font-family="([^"]+)"', svg)) == {FONT}
    assert "style=" not in svg
    assert "http" not in svg.replace("http://www.w3.org/", "")


@pytest.mark.parametrize("name", ['class="x" 1.23456', "aria-hidden='true'", 'd=""/>', "opacity=\"1\" role='img'"])
def test_tidying_the_drawing_leaves_every_name_alone(name):
    assert name in words(bars([Bar(name, 1, 2, "1.98765")], "图"))
    assert "1.98765" in words(bars([Bar(name, 1, 2, "1.98765")], "图"))


@pytest.mark.parametrize("hostile", [*HOSTILE, RARE, '"><script>'])
def test_hostile_names_are_text(hostile):
    svg = bars([Bar(hostile, 1, 0, hostile)], hostile)
    tree = parsed(svg)
    assert hostile in words(svg)
    assert {element.tag.split("}")[1] for element in tree.iter()} <= {
        "svg",
        "g",
        "path",
        "text",
        "rect",
        "line",
        "tspan",
    }


def test_negative_months_hang_below_zero():
    svg = monthly([("2026-01", -50_000_000, 10_000_000), ("2026-02", 100_000_000, 0)])
    assert "−50" in words(svg) or "-50" in words(svg)


@settings(max_examples=300)
@given(st.text(max_size=60), st.integers(1, 40))
def test_a_cut_name_is_never_wider_than_asked(text, letters):
    from unicodedata import east_asian_width

    def width(some):
        return sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in some)

    shown = cut(text, letters)
    assert shown == text if width(text) <= letters else shown.endswith("…")
    assert width(shown) <= letters + 2
