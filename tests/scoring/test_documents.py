"""What the documents show is what the product does: the card of the guide loads, the lines of the README run."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from scoring.card import check, read
from scoring.facts import Source
from scoring.sheet import sheet

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "rules.md").read_text()
CARD = re.search(r"```toml\n(.*?)```", GUIDE, re.DOTALL).group(1)
FIRM = {"debt_ratio": 65, "tax_paid": 6_000_000, "tax_grade": "B", "secure_premises": True, "dishonest_records": 0}
DAY = date(2027, 8, 1)


@pytest.mark.parametrize(
    ("industry", "points", "total", "grade", "ceiling", "qualified"),
    [("5151", 25, 72, "A", 300, True), ("3071", 10, 57, "C", 0, False)],
)
def test_the_card_of_the_guide_gives_the_points_the_guide_says(industry, points, total, grade, ceiling, qualified):
    dated = {"dishonest_records": (Source.REGISTRY, DAY - timedelta(12))}
    seen = sheet(read(CARD.encode(), "guide"), FIRM, industry=industry, dated=dated, on=DAY)
    assert (seen.lines[0].points, seen.total, seen.grade) == (points, total, grade)
    assert (seen.ceiling_fen, seen.qualified, seen.unchecked) == (ceiling * 1_000_000, qualified, ())
    assert f"{points} + 12 + 20 + 15 = {total}" in GUIDE or f"只得 {points} 分，合计 {total} 分" in GUIDE


def test_the_fault_of_the_guide_is_told_as_the_guide_shows_it():
    wrongly = CARD.replace("[60, 25], [70, 10]]   #", "[60, 45], [70, 10]]   #").encode()
    fault = check(wrongly, "guide", "2027-07-01.toml")[0]
    for language, should in (("zh", "应当"), ("en", "should be")):
        wrong, right = fault.told(language)
        assert f"2027-07-01.toml {fault.key}: {wrong}; {should}: {right}" in GUIDE


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_ten_lines_of_the_readme_run(name, capsys):
    lines = re.search(r"```python\n(.*?)```", (ROOT / name).read_text(), re.DOTALL).group(1)
    assert len([line for line in lines.splitlines() if line]) <= 10
    exec(compile(lines, name, "exec"), {})  # noqa: S102  the very lines a reader would paste
    said = capsys.readouterr().out
    assert "missing_weight" in said
    assert "上年纳税额" in said
