"""Backup and restore as an operator types them, from one kind of database to the other."""

from __future__ import annotations

import json
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from financing.access import SYSTEM
from financing.acts import Act
from financing.db import Database
from financing.locked_file import KeyFile, unlocked
from financing.parties.model import Bank
from financing.parties.rules import BankKind
from tests.makers import at


def totals(path, key) -> dict:
    with unlocked(Path(path), KeyFile(key)) as file, zipfile.ZipFile(file) as bag:
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
    key = home / "old" / "backup.key"
    assert not zipfile.is_zipfile("kept.zip")
    assert run("restore", "kept.zip").code == 1  # a key of its own does not open it
    answer = run("restore", "kept.zip", "--key", key)
    assert (answer.code, "the journal's chain holds" in answer.out) == (0, True)
    assert (home / "new" / "uploads" / "a1").read_bytes() == b"paper"
    assert run("journal", "verify").code == 0
    assert run("backup", "again.zip").code == 0
    assert totals("again.zip", home / "new" / "backup.key") == totals("kept.zip", key)


def test_a_damaged_backup_is_one_sentence_and_leaves_an_empty_database(run, migrated):
    run("backup", "kept.zip")
    whole = (migrated / "kept.zip").read_bytes()
    (migrated / "kept.zip").write_bytes(whole[: len(whole) // 2])
    (migrated / "var" / "yuanrong.db").unlink()
    answer = run("restore", "kept.zip")
    assert answer.code == 1
    assert "kept.zip" in answer.err
    assert not (migrated / "var" / "uploads").exists()


def test_a_restore_over_a_zone_in_use_is_refused(run, migrated):
    run("backup", "kept.zip")
    run("invite", "--name", "张明")
    answer = run("restore", "kept.zip")
    assert answer.code == 1
    assert "not empty" in answer.err


def test_an_older_picture_says_what_is_missing_and_the_service_waits_for_a_word(run, migrated):
    """The backup is of before the last checkpoint, which lies in the second place."""
    (migrated / "words").write_text("七月的港口很安静\n", encoding="utf-8")
    add(migrated, "甲")
    assert run("backup", "kept", "--passphrase", "words").code == 0
    assert run("backup", "plain", "--plain").code == 0
    assert zipfile.is_zipfile("plain")
    for name in ("乙", "丙"):
        add(migrated, name)
    assert run("journal", "checkpoint").code == 0
    (migrated / "var" / "yuanrong.db").unlink()
    assert run("restore", "kept").code == 1
    answer = run("restore", "kept", "--passphrase", "words")
    assert (answer.code, "2–3（2）" in answer.out, "--reconcile" in answer.out) == (0, True, True)
    for words in (["serve"], ["worker", "--once"]):
        refused = run(*words)
        assert (refused.code, "第 2 至 3 条，共 2 条" in refused.err) == (1, True)


def add(home, name: str) -> None:
    with closing(Database(f"sqlite:///{home / 'var' / 'yuanrong.db'}")) as database, at(database, SYSTEM) as desk:
        desk.note(Act.ADD_BANK, desk.add(Bank(name=name, kind=BankKind.CITY)))
