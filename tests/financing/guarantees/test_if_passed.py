"""What a case would mean if it were passed (F80), against fractions counted by hand and by a plain reference."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from financing.access import Actor, Role
from financing.guarantees import views
from financing.guarantees.if_passed import IfPassed
from financing.guarantees.model import GuaranteeCase
from financing.money import Fen, Rate
from tests.makers import at

PPM = some.integers(0, 1_000_000)


def seen(zone, case, actor):
    with at(zone.database, actor, write=False) as desk:
        return views.pack(desk, desk.get(GuaranteeCase, case.id))


@given(some.integers(0, 10**13), PPM, PPM)
def test_a_loss_is_the_amount_by_share_and_rate_rounded_once(fen, share, rate):
    found = IfPassed(Fen(fen), Rate(share), "A", Rate(rate), Rate(1_000_000), "")
    exact = Fraction(fen * share * rate, 10**12)
    assert abs(found.expected.fen - exact) <= Fraction(1, 2)
    assert found.expected <= found.stressed
    assert found.stressed == found.borne


def test_the_pack_says_what_passing_would_cost_until_it_is_decided(zone):
    case = zone.case()
    zone.meeting(case)
    for actor in (zone.chair.actor, zone.members[0].actor, zone.officer.actor, Actor(1, Role.AUDITOR)):
        passed = seen(zone, case, actor).passed
        # 120万元 at grade A: 2 per cent, twice that under stress, of which the guarantor bears 80 per cent
        assert (passed.borne, passed.expected, passed.stressed) == (Fen.wan(96), Fen(19_200_00), Fen(38_400_00))
        assert "产品默认值" in passed.source
    for user in zone.everybody:
        zone.votes(case, user)
    zone.seals(case)
    assert seen(zone, case, zone.chair.actor).passed is None


@pytest.mark.parametrize("grade", ["AAA", "A", "D"])
def test_stress_is_never_milder_than_what_is_expected(grade):
    from datetime import date

    from scoring.losses import given as rates

    chance = rates(date(2026, 11, 23))[grade]
    assert chance.expected <= chance.stressed <= 1_000_000
