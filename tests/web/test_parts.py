"""Every part of a page, in both languages, and that no state goes without a look of its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.clocks.rules import colour
from financing.words import NAMES
from web import tones
from web.tones import OTHERWISE, share


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_part_can_be_shown(quick_kitchen, lang):
    page = quick_kitchen.visitor().get(f"/kitchen?lang={lang}")
    assert page.status_code == 200
    for part in ('class="road"', 'class="badge tone-red clock"', 'class="table funnel"', 'class="headroom over"', 'class="table compare"',
                 'class="table score"', 'class="pages"', 'class="nothing"', 'class="facts"', 'class="scale"'):  # fmt: skip
        assert part in page.text, part


def test_every_state_has_a_look_of_its_own():
    states = [state for kind, names in NAMES.items() if kind.__name__.endswith("State") for state in names]
    assert [state for state in states if tones.look(state) is OTHERWISE] == []


def test_every_look_has_a_picture_in_the_sprite():
    from pathlib import Path

    icons = set((Path(tones.__file__).parent / "icons.txt").read_text(encoding="utf-8").split())
    looks = {look for looks in tones.LOOKS.values() for look in looks.values()} | {OTHERWISE}
    assert {look.icon for look in looks} <= icons


@pytest.mark.parametrize(
    ("left", "whole", "tone"),
    [
        (-1, 5, "red"),
        (0, 5, "red"),
        (1, 5, "red"),
        (2, 5, "amber"),
        (3, 5, "green"),
        (4, 20, "red"),
        (10, 20, "amber"),
        (11, 20, "green"),
    ],
)
def test_a_clock_turns_amber_at_half_and_red_at_a_fifth(left, whole, tone):
    assert colour(left, whole) == tone


@given(st.integers(-10, 10**15), st.integers(-10, 10**15))
def test_a_share_is_between_nothing_and_everything(part, whole):
    assert 0 <= float(share(part, whole).rstrip("%")) <= 100
