"""Backup and restore as an operator types them, from one kind of database to the other."""

from __future__ import annotations

import json
import zipfile
from contextlib import closing

import pytest

from financing.access import SYSTEM
from financing.acts import Act
from financing.db import Database
from financing.parties.model import Bank
from financing.parties.rules import BankKind
from tests.makers import at


def totals(path) -> dict:
    with zipfile.ZipFile(path) as bag:
        return json.loads(bag.read("manifest.json"))


def settle(monkeypatch, home, postgres, kind: str, folder: str) -> str:
    """Point the environment at an empty installation of this kind; its database's address."""
    monkeypatch.setenv("YUANRONG_DATA_DIR", str(home / folder))
    url = postgres.url(postgres.clone()) if kind == "postgres" else f"sqlite:///{home / folder / 'yuanrong.db'}"
    monkeypatch.setenv("YUANRONG_DATABASE_URL", url)
    return url


@pytest.mark.parametrize("ends", ["sqlite", "postgres"])
@pytest.mark.parametrize("begins", ["sqlite", "postgres"])
def test_a_zone_moves_with_two_commands(run, home, postgres, monkeypatch, begins, ends):
    url = settle(monkeypatch, home, postgres, begins, "old")
    assert run("migrate").code == 0
    with closing(Database(url)) as database, at(database, SYSTEM) as desk:
        desk.note(Act.ADD_BANK, desk.add(Bank(name="甲", kind=BankKind.CITY)))
    (home / "old" / "uploads").mkdir()
    (home / "old" / "uploads" / "a1").write_bytes(b"paper")
    assert run("backup", "kept.zip").code == 0
    settle(monkeypatch, home, postgres, ends, "new")
    answer = run("restore", "kept.zip")
    assert (answer.code, "the journal's chain holds" in answer.out) == (0, True)
    assert (home / "new" / "uploads" / "a1").read_bytes() == b"paper"
    assert run("journal", "verify").code == 0
    assert run("backup", "again.zip").code == 0
    assert totals("again.zip") == totals("kept.zip")


def test_a_damaged_backup_is_one_sentence_and_leaves_an_empty_database(run, home):
    run("migrate")
    run("backup", "kept.zip")
    whole = (home / "kept.zip").read_bytes()
    (home / "kept.zip").write_bytes(whole[: len(whole) // 2])
    (home / "var" / "yuanrong.db").unlink()
    answer = run("restore", "kept.zip")
    assert answer.code == 1
    assert "kept.zip" in answer.err
    assert not (home / "var" / "uploads").exists()


def test_a_restore_over_a_zone_in_use_is_refused(run, home):
    run("migrate")
    run("backup", "kept.zip")
    run("invite", "--name", "张明")
    answer = run("restore", "kept.zip")
    assert answer.code == 1
    assert "not empty" in answer.err
