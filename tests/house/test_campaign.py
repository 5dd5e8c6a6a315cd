"""Campaigns: what is run is there, what came of it is written down, and what is over is not run again."""

from __future__ import annotations

import pytest

from setup import asvs, campaign
from tests.house.sources import HOUSE

EVERY = campaign.goals(HOUSE / "setup/goals.toml")
TRIAL = """
[[goal]]
id = "T-1"
says = "甲 | first"
count = "3 次 | 3 times"
tests = ["test_it.py"]
settings = { TRIALS = "3" }

[[goal]]
id = "T-2"
says = "乙 | second"
count = "1 次 | once"
tests = ["test_bad.py"]
settings = {}

[[goal]]
id = "T-3"
says = "丙 | third"
count = "全部 | all"
command = ["it.py", "--bar"]
settings = {}
"""


@pytest.mark.parametrize("goal", EVERY, ids=lambda goal: goal.id)
def test_the_tests_of_a_goal_are_there_and_heed_its_settings(goal):
    assert bool(goal.tests) != bool(goal.command)
    paths = [HOUSE / name for name in goal.tests or goal.command[:1]]
    assert [path for path in paths if not path.exists()] == []
    files = [file for path in paths for file in (path.rglob("*.py") if path.is_dir() else [path])]
    read = "".join(file.read_text(encoding="utf-8") for file in [*files, HOUSE / "tests/conftest.py"])
    assert [name for name in goal.settings if f'"{name}"' not in read] == []


def test_the_page_has_a_row_for_each_goal_as_the_run_writes_it():
    page = HOUSE / "docs/assurance.md"
    assert page.read_text(encoding="utf-8") == campaign.written(EVERY, campaign.rows(page)) + asvs.written(HOUSE)


def test_a_campaign_writes_what_came_of_it_and_goes_on_where_it_stopped(tmp_path, capsys):
    (tmp_path / "setup").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "setup/goals.toml").write_text(TRIAL, encoding="utf-8")
    (tmp_path / "test_it.py").write_text('import os\ndef test_it():\n    assert os.environ["TRIALS"] == "3"\n')
    (tmp_path / "test_bad.py").write_text("def test_bad():\n    assert 1 == 2\n")
    (tmp_path / "it.py").write_text('import sys\nprint("FAILED money: 9 of 10")\nsys.exit(sys.argv[1:] == ["--bar"])\n')
    assert campaign.campaign(tmp_path, []) == 2
    told = campaign.rows(tmp_path / "docs/assurance.md")
    assert told["T-1"][0] == "通过 · passed"
    assert told["T-2"][0] == "**未通过 · failed**: `test_bad.py::test_bad`"
    assert told["T-3"][0] == "**未通过 · failed**: `money:`"
    capsys.readouterr()
    assert campaign.campaign(tmp_path, []) == 0
    assert capsys.readouterr().out == ""
    assert campaign.campaign(tmp_path, ["T-1"]) == 0
    assert "1/1 T-1" in capsys.readouterr().out


def test_a_goal_that_there_is_not_is_said(tmp_path):
    with pytest.raises(SystemExit, match="G-99"):
        campaign.campaign(HOUSE, ["G-99"])
