"""Rules of counties: each figure is one of ours, and taking a county's rules over changes nothing before a second person and the day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from financing import parameters
from financing.access import SYSTEM, Role
from financing.bridge import bounds, presets
from financing.dated import adopting, service
from financing.dated.model import SettingProposal
from financing.money import Rate
from financing.setting_refusals import SettingSame
from tests.makers import NOW, TODAY, a_user, at, writing


def test_every_figure_of_a_preset_is_a_figure_of_ours_and_says_where_it_is_from():
    known = {figure.key for figure in parameters.figures()}
    for preset in presets.presets():
        assert set(preset.figures) <= known, preset.key
        assert preset.source
        assert preset.confidence in {"A", "B", "C"}


def test_the_figures_shipped_are_donghais():
    assert {figure.key: value for figure, value in presets.compared(TODAY)[0].lines} == {
        "bridge_renewal_ppm": 950_000, "bridge_firm_cap_fen": 10**9, "bridge_representative_cap_fen": 5 * 10**8,
        "bridge_trader_cap_fen": 2 * 10**8, "bridge_fee_first_days": 5, "bridge_fee_first_ppm": 200, "bridge_fee_later_ppm": 400,
    }  # fmt: skip
    assert not presets.compared(TODAY)[0].differs


def test_a_zone_takes_a_countys_rules_over_by_two_people_from_a_day_to_come(database):
    with writing(database) as session:
        admin, other = (a_user(session, Role.ADMIN).actor for _ in range(2))
    since, county = TODAY + timedelta(days=3), presets.one("lianyungang-before-2023")
    with at(database, admin) as desk:
        made = adopting.propose(desk, county, since=since, why="参照外地办法")
        assert {one.key: one.value for one in made} == {
            "bridge_renewal_ppm": 800_000, "bridge_fee_first_ppm": 400, "bridge_fee_later_ppm": 450,
        }  # fmt: skip
    with at(database, other) as desk:
        for one in made:
            service.adopt(desk, desk.get(SettingProposal, one.id))
    with at(database, SYSTEM) as desk:
        assert bounds.share(TODAY) == Rate.percent(95)
        assert bounds.share(since) == Rate.percent(80)
        assert bounds.fees(since).first == Rate(400)
    with pytest.raises(SettingSame), at(database, admin, NOW) as desk:
        adopting.propose(desk, county, since=since, why="再次")
