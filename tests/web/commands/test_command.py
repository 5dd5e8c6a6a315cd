"""Every command says what it is for in both languages and ends with 0, 1 or 2."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys

import pytest
from click import Command

from web.command import PLACES

THERE = [name for name, place in PLACES.items() if importlib.util.find_spec(f"web.commands.{place}")]
CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")
ENGLISH = re.compile(r"\b[a-z]{2,} [a-z]{2,} ")


def described(name: str) -> Command:
    return getattr(importlib.import_module(f"web.commands.{PLACES[name]}"), name.replace("-", "_"))


@pytest.mark.parametrize("word", ["--help", "-h"])
@pytest.mark.parametrize("command", THERE)
def test_a_command_explains_itself_in_both_languages(run, command, word):
    answer = run(command, word)
    assert answer.code == 0
    assert CHINESE.search(answer.out)
    assert ENGLISH.search(answer.out)


@pytest.mark.parametrize("command", THERE)
def test_every_option_is_explained_in_both_languages(command):
    for option in described(command).params:
        if option.param_type_name == "option":
            assert CHINESE.search(option.help), option.name
            assert re.search(r"\| [a-z]+", option.help), option.name


def test_help_lists_every_command_with_a_line_of_its_own(run):
    answer = run("--help")
    assert answer.code == 0
    for command in THERE:
        assert re.search(rf"^  {command} +\S", answer.out, re.MULTILINE), command


def test_the_version_is_told(run):
    assert re.fullmatch(r"yuanrong, version \d+\.\d+\.\d+\n", run("--version").out)


@pytest.mark.parametrize(
    "words",
    [
        ["fly"],
        ["migrate", "--sideways"],
        ["score"],
        ["score", "nowhere.xlsx", "--out", "out.xlsx"],
        ["score", __file__],
        ["backup"],
        ["restore", "nowhere.zip"],
        ["journal", "verify", "nowhere.jsonl"],
        ["invite"],
        ["invite", "--name", "张明", "--role", "emperor"],
        ["score", __file__, "--out", "x.xlsx", "--on", "yesterday"],
    ],
    ids=" ".join,
)
def test_wrong_use_ends_with_two_and_leaves_nothing(run, home, words):
    answer = run(*words)
    assert answer.code == 2
    assert answer.err
    assert list(home.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "many"), ("PUBLIC_URL", "http://rong.example"), ("WORKERS", "2"), ("DATABASE_URL", "mysql://db")],
)
def test_a_wrong_setting_is_named_and_nothing_is_begun(run, home, monkeypatch, name, value):
    monkeypatch.setenv(f"YUANRONG_{name}", value)
    answer = run("migrate")
    assert answer.code == 2
    assert f"YUANRONG_{name}" in answer.err
    assert list(home.iterdir()) == []


def test_the_process_itself_ends_with_these_codes(home):
    ends = [
        subprocess.run(
            [sys.executable, "-m", "web.command", *words], cwd=home, capture_output=True, check=False
        ).returncode
        for words in (["--version"], ["journal", "verify"], ["fly"])
    ]
    assert ends == [0, 1, 2]
