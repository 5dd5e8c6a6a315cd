"""The journal leaves the platform as lines that anybody can check, and the check finds every change."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from financing import journal_check
from financing.access import SYSTEM
from financing.acts import Act
from financing.db import Database
from financing.parties.model import Bank
from financing.parties.rules import BankKind
from tests.makers import at


@pytest.fixture
def filled(migrated) -> Path:
    """An installation in which three banks were added."""
    with closing(Database(f"sqlite:///{migrated / 'var' / 'yuanrong.db'}")) as database, at(database, SYSTEM) as desk:
        for name in ("甲", "乙", "丙"):
            desk.note(Act.ADD_BANK, desk.add(Bank(name=name, kind=BankKind.CITY)))
    return migrated


@pytest.fixture
def export(run, filled) -> Path:
    answer = run("journal", "export", filled / "journal.jsonl")
    assert (answer.code, "3" in answer.out) == (0, True)
    return filled / "journal.jsonl"


def test_a_sound_journal_is_said_to_hold(run, export):
    from_file, from_database = run("journal", "verify", export), run("journal", "verify")
    assert (from_file.code, from_database.code) == (0, 0)
    assert from_file.out == from_database.out
    assert "3 records" in from_file.out


def test_the_export_is_checked_with_the_standard_library_alone(export):
    checker = Path(journal_check.__file__)
    alone = subprocess.run(
        [sys.executable, "-I", "-S", checker, export], capture_output=True, text=True, check=False, cwd=export.parent
    )
    assert (alone.returncode, alone.stderr) == (0, "")
    assert "3 records" in alone.stdout


def without(lines: list[str], at: int) -> list[str]:
    return lines[:at] + lines[at + 1 :]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (
            lambda lines: [line.replace("bank.add", "bank.bad") if n == 1 else line for n, line in enumerate(lines)],
            "2:",
        ),
        (lambda lines: without(lines, 0), "1:"),
        (lambda lines: without(lines, 1), "2:"),
        (lambda lines: without(lines, 2), "3:"),
        (lambda lines: lines[:-1], "4:"),
        (lambda lines: [lines[1], lines[0], *lines[2:]], "1:"),
        (lambda lines: [*lines, lines[0]], "4:"),
        (lambda lines: ["{}", *lines], "1:"),
        (lambda lines: ["[" * 100_000, *lines], "1:"),
        (lambda lines: [], "1:"),
    ],
    ids=[
        "changed",
        "first gone",
        "middle gone",
        "last gone",
        "head gone",
        "swapped",
        "added",
        "empty record",
        "deep",
        "empty",
    ],
)
def test_a_changed_journal_is_named_by_its_first_fault(run, export, change, place):
    lines = change(export.read_text(encoding="utf-8").splitlines())
    export.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    answer = run("journal", "verify", export)
    assert answer.code == 1
    assert answer.err.startswith(f"✗ {place}")
    assert answer.err.count("\n") == 1


def test_bytes_that_are_no_text_are_no_journal(run, export):
    export.write_bytes(b"\xff\xfe" + export.read_bytes())
    assert run("journal", "verify", export).code == 1


def test_a_row_changed_behind_the_platforms_back_is_found(run, filled):
    with (
        closing(Database(f"sqlite:///{filled / 'var' / 'yuanrong.db'}")) as database,
        database.writer.begin() as connection,
    ):
        connection.execute(text("DROP TRIGGER IF EXISTS wall_journal_update"))
        body = json.loads(connection.scalar(text("SELECT body FROM journal WHERE seq = 2")))
        connection.execute(
            text("UPDATE journal SET body = :body WHERE seq = 2"), {"body": json.dumps(body | {"actor": 7})}
        )
    answer = run("journal", "verify")
    assert answer.code == 1
    assert answer.err.startswith("✗ 2:")


def test_an_export_that_cannot_be_written_is_one_sentence(run, filled):
    answer = run("journal", "export", filled / "nowhere" / "journal.jsonl")
    assert answer.code == 1
    assert answer.err.count("\n") == 1


def test_checkpoints_are_made_held_against_and_a_line_is_proved_on_a_strangers_machine(run, filled):
    outside = filled / "var" / "checkpoints"
    made, again = run("journal", "checkpoint"), run("journal", "checkpoint")
    assert (made.code, "record 3" in made.out, "nothing new" in again.out) == (0, True, True)
    held = run("journal", "verify", "--against", outside)
    assert (held.code, made.out.split()[-1] in held.out) == (0, True)
    assert run("journal", "prove", 2, "--out", "proof.json").code == 0
    assert run("journal", "checker", "check.py").code == 0
    stranger = [sys.executable, "-I", "-S", "check.py", "proof.json"]
    fine = subprocess.run(stranger, capture_output=True, text=True, check=False, cwd=filled)
    assert (fine.returncode, made.out.split()[-1] in fine.stdout, "by Python" in fine.stdout) == (0, True, True)
    proof = json.loads((filled / "proof.json").read_text(encoding="utf-8"))
    proof["body"]["subject"] += 1
    (filled / "proof.json").write_text(json.dumps(proof), encoding="utf-8")
    assert subprocess.run(stranger, capture_output=True, check=False, cwd=filled).returncode == 1
    assert run("journal", "prove", 9, "--out", "x.json").code == 1
    lines = (outside / "checkpoints.jsonl").read_text(encoding="utf-8")
    (outside / "checkpoints.jsonl").write_text(lines.replace('"seq":3', '"seq":2'), encoding="utf-8")
    wrong = run("journal", "verify", "--against", outside)
    assert (wrong.code, wrong.err.count("\n"), "checkpoint 1" in wrong.err) == (1, 1, True)
    assert run("journal", "verify", filled / "proof.json", "--against", outside).code == 2


def test_an_auditors_kit_is_written_checked_and_private(run, filled):
    assert run("journal", "checkpoint").code == 0
    done = run("journal", "export", "--kit", "kits")
    assert (done.code, "3 records" in done.out, "10 files" in done.out) == (0, True, True)
    (kit,) = (filled / "kits").iterdir()
    assert kit.stat().st_mode & 0o777 == 0o600
    assert run("journal", "export").code == run("journal", "export", "x", "--kit", "kits").code == 2
