"""Every id of the reliability bar is held by something that is there, or is owed in plain words."""

from __future__ import annotations

import ast
import tomllib

import pytest

from setup import campaign
from tests.house.sources import HOUSE

KEPT = tomllib.loads((HOUSE / "setup/assured.toml").read_text(encoding="utf-8"))
HELD: dict[str, list[str]] = KEPT["faults"] | KEPT["invariants"]


def test_no_id_is_missing_and_none_is_both_held_and_owed():
    every = {f"F-{number:02}" for number in range(1, 49)} | {f"I-{number:02}" for number in range(1, 31)}
    assert HELD.keys() | KEPT["owed"].keys() == every
    assert HELD.keys() & KEPT["owed"].keys() == set()


@pytest.mark.parametrize("id", HELD)
def test_what_holds_an_id_is_there(id):  # noqa: A002  it is one
    for place in HELD[id]:
        file, _, test = place.partition("::")
        assert (HOUSE / file).exists(), place
        assert not test or test in named_in(file), place


def named_in(file: str) -> set[str]:
    """The tests of one file."""
    return {
        node.name
        for node in ast.walk(ast.parse((HOUSE / file).read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    }


def test_each_goal_of_a_campaign_is_an_id_or_says_what_it_is():
    for goal in campaign.goals(HOUSE / "setup/goals.toml"):
        assert goal.id in HELD or goal.id.startswith("G-") or goal.id.isalpha(), goal.id
