"""The command line as a person at a terminal meets it: what is typed, what is said, how it ends."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from financing.settings import Settings
from web.command import main


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str


Run = Callable[..., Answer]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation of its own: no database yet, no settings but the data directory."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"YUANRONG_{name.upper()}", raising=False)
    monkeypatch.setenv("YUANRONG_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def migrated(home: Path, migrated_file: Path) -> Path:
    """The same after `yuanrong migrate`."""
    (home / "var").mkdir(mode=0o700)
    shutil.copyfile(migrated_file, home / "var" / "yuanrong.db")
    return home


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`run("migrate")` is `yuanrong migrate`."""

    def typed(*words: object) -> Answer:
        monkeypatch.setattr(sys, "argv", ["yuanrong", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main()
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return Answer(int(end.value.code or 0), said.out, said.err)

    return typed
