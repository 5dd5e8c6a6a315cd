"""The stress test as a picture and as a paper: bars as long as their sums, the reserves a line among them, every number in words."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from financing.guarantees.sharing import Party
from financing.money import Fen, Rate
from financing.reserves.stress import Bearing, Effect, Outcome, Scenario
from financing.reserves.views import Stressed
from financing.wording import name
from reports.charts import BLUE, PALE
from reports.stress import picture, stress_paper
from tests.reports.reading import bare
from tests.reports.test_charts import lengths

BEARING = Bearing(Fen.wan(50), Fen.wan(1_000), Fen.wan(4_000), 10, Rate(100_000), Fen.wan(300))


def outcome(scenario: Scenario, own: int, banks: int) -> tuple[Outcome, Effect]:
    parts = {Party.GUARANTOR: Fen.wan(own), Party.BANK: Fen.wan(banks)}
    one = Outcome(
        scenario, Fen.wan(2 * (own + banks)), Fen.wan(own), {party: part for party, part in parts.items() if part}, 3
    )
    return one, Effect(Fen.wan(50 - min(own, 50)), Fen.wan(1_000), 4_000_000, ())


def stressed(*outcomes: tuple[Outcome, Effect]) -> Stressed:
    return Stressed(date(2026, 11, 28), 12, Fen.wan(4_000), Rate(300_000), BEARING, outcomes)


FOUND = stressed(outcome(Scenario.EXPECTED, 40, 10), outcome(Scenario.TRIPLE, 120, 80))


def test_bars_are_as_long_as_their_losses_and_the_reserves_lie_where_they_belong():
    drawn = picture(FOUND)
    loss, own = lengths(drawn, PALE), lengths(drawn, BLUE)
    assert max(loss) == pytest.approx(max(own) * 200 / 120, rel=0.01)
    assert sorted(loss)[-2] == pytest.approx(max(loss) / 4, rel=0.01)
    (line,) = [one for one in ET.fromstring(drawn).iter() if one.tag.endswith("line") and one.get("stroke-dasharray")]  # noqa: S314  our own picture
    moved = re.search(r"translate\(([\d.]+),", line.get("transform") or "")
    assert moved
    assert float(moved[1]) == pytest.approx(max(loss) * 50 / 200, abs=1)


def test_without_colour_every_bar_has_its_name_and_both_sums_beside_it():
    said = bare("".join(one.text or "" for one in ET.fromstring(picture(FOUND)).iter()))  # noqa: S314  our own picture
    for words in (
        "预期",
        "代偿率三倍",
        "40.00/50.00",
        "120.00/200.00",
        "可用于损失的准备金50.00万元",
        "担保人自担",
        "其余各方分担",
    ):
        assert words in said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_paper_says_every_scenario_with_its_parts_and_the_same_figures_are_the_same_paper(lang):
    job = stress_paper(FOUND, "示范经开区", lang)
    for scenario in (Scenario.EXPECTED, Scenario.TRIPLE):
        assert name(scenario, lang) in job.html
    for amount in ("40.00", "10.00", "120.00", "80.00", "200.00", "400.00", "4.00"):
        assert f">{amount}<" in job.html
    assert (name(Party.BANK, lang) in job.html, name(Party.FUND, lang) in job.html) == (True, False)
    assert stress_paper(FOUND, "示范经开区", lang) == job


def test_nothing_in_force_is_a_paper_too():
    assert "0.00" in stress_paper(stressed(outcome(Scenario.EXPECTED, 0, 0)), "示范经开区").html
