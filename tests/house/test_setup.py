"""The two commands and what is written about them agree with each other."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from pydantic_core import PydanticUndefined
from sqlalchemy import text

from bench import run as bench
from financing.db import assert_safe
from financing.settings import Settings
from setup import words

HOUSE = Path(__file__).parents[2]
READMES = ["README.md", "README.zh-CN.md"]
DOCUMENTS = [*READMES, "CONTRIBUTING.md", "SECURITY.md", "docs/operate.md"]
TARGETS = re.findall(r"^([a-z]+):.*## (.+)$", (HOUSE / "Makefile").read_text(), re.MULTILINE)


def read(name: str) -> str:
    return (HOUSE / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("field", Settings.model_fields.items(), ids=lambda field: field[0])
def test_the_operator_can_read_about_every_setting_and_its_default(field):
    name, about = field
    row = re.search(rf"^\| `YUANRONG_{name.upper()}` \| (.*?) \|", read("docs/operate.md"), re.MULTILINE)
    assert row, f"docs/operate.md says nothing of YUANRONG_{name.upper()}"
    default = "" if about.default is PydanticUndefined else about.default
    assert row[1] == (f"`{default}`" if str(default) not in ("", "()") else "空")


def test_no_setting_is_described_that_does_not_exist():
    described = re.findall(r"YUANRONG_(?!BENCH_)([A-Z_]+)", "".join(map(read, DOCUMENTS)))
    assert {name.lower() for name in described} <= set(Settings.model_fields)


def test_help_names_every_command_in_both_languages():
    said = subprocess.run(["make", "help"], cwd=HOUSE, capture_output=True, text=True, check=True).stdout
    assert len(TARGETS) >= 10
    for target, about in TARGETS:
        assert re.search(rf"make {target}\s+{re.escape(about)}", said)
        assert re.search(r"[\u4e00-\u9fff].* \| [a-z]", about)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_in_the_documents_exists(name):
    asked = set(re.findall(r"\bmake ([a-z]+)\b", read(name)))
    assert asked <= {target for target, _ in TARGETS}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_linked_to_exists(name):
    linked = re.findall(r"(?<!!)\[[^]]*\]\((?!https?:)([^)#]+)", read(name))
    assert [path for path in linked if not (HOUSE / name).parent.joinpath(path).exists()] == []


def test_continuous_integration_runs_the_test_command_and_nothing_else():
    lines = [line for line in read(".ci/run").splitlines() if line and not line.startswith("#")]
    assert lines == ["set -eu", 'cd "$(dirname "$0")/.."', "export CI=true", "exec make test"]
    assert os.access(HOUSE / ".ci/run", os.X_OK)


def test_the_lock_files_name_public_registries_only():
    packages = tomllib.loads(read("uv.lock"))["package"]
    assert {package["source"].get("registry", "https://pypi.org/simple") for package in packages} == {
        "https://pypi.org/simple"
    }
    modules = json.loads(read("web/package-lock.json"))["packages"]
    assert {module.get("resolved", "https://registry.npmjs.org/")[:27] for module in modules.values()} == {
        "https://registry.npmjs.org/"
    }


@pytest.mark.parametrize(
    "script", sorted({*(HOUSE / "setup").glob("*.sh")} - {HOUSE / "setup/say.sh"}), ids=lambda path: path.name
)
def test_every_set_up_script_is_plain_shell_and_speaks_both_languages(script):
    subprocess.run(["sh", "-n", str(script)], check=True)
    said = re.findall(
        r'(?:say|fail)\s+(?:\\\n\s*)?"((?:[^"\\]|\\.)*)"\s*(?:\\\n\s*)?"((?:[^"\\]|\\.)*)"', script.read_text()
    )
    assert said
    for chinese, english in said:
        assert re.search(r"[\u4e00-\u9fff]", chinese)
        assert not re.search(r"[\u4e00-\u9fff]", english)


@pytest.mark.parametrize(("purpose", "package"), [("run", "fonts-noto-cjk"), ("test", "poppler-utils")])
def test_somebody_without_rights_is_told_the_exact_command_for_an_administrator(tmp_path, purpose, package):
    machine = {"id": "echo 1000", "dpkg-query": "exit 1", "apt-get": "exit 1"}
    for name, does in machine.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{does}\n")
        (tmp_path / name).chmod(0o755)
    for name in ("dirname", "grep"):
        (tmp_path / name).symlink_to(shutil.which(name))
    command = [shutil.which("sh"), str(HOUSE / "setup/system-packages.sh"), purpose]
    answer = subprocess.run(command, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert "管理员" in answer.stderr
    assert re.search(rf"run: apt-get update && apt-get install -y .*\b{package}\b", answer.stderr)


def catalogue(**messages: str) -> Catalog:
    made = Catalog(locale="en")
    for chinese, english in messages.items():
        made.add(chinese, english, flags=["python-brace-format"] if "{" in english else [])
    return made


@pytest.mark.parametrize(
    ("translated", "says"),
    [
        ({"担保": "guarantee"}, []),
        ({}, ["没有译文"]),
        ({"担保": ""}, ["没有译文"]),
        ({"担保": "guarantee", "旧词": "old word"}, ["不再使用"]),
    ],
)
def test_a_sentence_without_english_is_named(translated, says):
    lines = words.faults(catalogue(担保=""), catalogue(**translated))
    assert [line.split(" | ")[0] for line in lines] == says


def test_an_uncertain_translation_is_named():
    translated = catalogue(担保="surety")
    translated["担保"].flags.add("fuzzy")
    assert words.faults(catalogue(担保=""), translated)[0].startswith("译文待定")


def test_every_test_has_a_database_of_its_own_with_the_settings_of_production(engine):
    assert_safe(engine)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE mine (x TEXT)"))


def test_nothing_of_one_test_is_found_by_the_next(engine):
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE mine (x TEXT)"))


def test_a_group_of_figures_that_does_not_exist_is_named():
    with pytest.raises(SystemExit, match="astrology"):
        bench.scripts(["astrology"])


@pytest.mark.parametrize(
    ("prints", "fault"),
    [
        ('{"figure": "a.seconds", "value": 1, "unit": "s"}', None),
        ('{"figure": "a.seconds", "value": 1}', "unit"),
        ("not json", "Expecting value"),
    ],
)
def test_what_is_not_a_figure_is_a_fault_of_its_script(tmp_path, prints, fault):
    script = tmp_path / "figure.py"
    script.write_text(f"print({prints!r})")
    if fault is None:
        assert [json.loads(line)["figure"] for line in bench.figures(script)] == ["a.seconds"]
    else:
        with pytest.raises(ValueError, match=fault):
            list(bench.figures(script))
