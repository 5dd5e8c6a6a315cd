"""Running the platform from the command line: its database, its first administrator, what is due."""

from __future__ import annotations

import fcntl
import re
from contextlib import closing
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete, select

from financing.access import SYSTEM, Role
from financing.db import Database
from financing.finding import Word
from financing.journal import Entry
from financing.people import service
from financing.people.model import Invitation, User
from tests.makers import at


def test_migrating_twice_is_migrating_once(run, home):
    for _ in range(2):
        answer = run("migrate")
        assert (answer.code, "最新" in answer.out) == (0, True)
    assert (home / "var").stat().st_mode & 0o777 == 0o700
    assert (home / "var" / "yuanrong.db").stat().st_mode & 0o777 == 0o600


def test_migrating_postgresql_leaves_no_file_of_sqlite(run, home, postgres, monkeypatch):
    name = postgres.clone()
    monkeypatch.setenv("YUANRONG_DATABASE_URL", postgres.url(name))
    assert run("migrate").code == 0
    assert run("migrate").code == 0
    assert run("daily").code == 0
    assert not (home / "var" / "yuanrong.db").exists()


@pytest.mark.parametrize(
    "words", [["serve"], ["worker", "--once"], ["daily"], ["invite", "--name", "张明"], ["backup", "b.zip"], ["journal", "verify"]],
    ids=lambda words: words[0],
)  # fmt: skip
def test_without_a_database_one_sentence_says_what_to_do(run, home, words):
    answer = run(*words)
    assert answer.code == 1
    assert "yuanrong migrate" in answer.err
    assert answer.err.count("\n") == 2
    assert not (home / "b.zip").exists()
    assert not (home / "b.zip.part").exists()


@pytest.mark.parametrize("words", [["migrate"], ["daily"], ["worker", "--once"], ["serve"]], ids=lambda words: words[0])
def test_no_second_process_writes_to_a_file_in_use(run, migrated, words):
    with (migrated / "var" / "process.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        answer = run(*words)
    assert answer.code == 1
    assert "process.lock" in answer.err
    assert run("daily").code == 0


def test_reading_commands_work_beside_a_running_service(run, migrated):
    with (migrated / "var" / "process.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert run("backup", "b.zip").code == 0
        assert run("journal", "verify").code == 0
        assert run("journal", "export", "j.jsonl").code == 0


def test_an_invitation_makes_the_first_administrator(run, migrated):
    answer = run("invite", "--name", "张明")
    link = re.search(r"http://127\.0\.0\.1:8000/join\?code=(\S+)", answer.out)
    assert answer.code == 0
    assert link
    with closing(Database(f"sqlite:///{migrated / 'var' / 'yuanrong.db'}")) as database:
        with at(database, SYSTEM) as desk:
            kept = desk.session.scalars(select(Invitation)).one()
            assert (kept.role, kept.name) == (Role.ADMIN, "张明")
            assert desk.session.scalars(select(User)).all() == []  # nobody is there by default
            service.join(desk, link[1], "first", "a quiet harbour in spring")
        with at(database, SYSTEM) as desk:
            assert desk.find(User, User.login == "first").role is Role.ADMIN


def test_the_daily_run_and_the_worker_may_run_again(run, migrated):
    for words in (["daily"], ["daily"], ["worker", "--once"], ["worker", "--once"]):
        assert run(*words).code == 0


def test_a_database_that_does_not_answer_is_named_without_its_password(run, monkeypatch):
    monkeypatch.setenv("YUANRONG_DATABASE_URL", "postgresql://yuanrong:geheim@127.0.0.1:9/yuanrong?connect_timeout=2")
    for words in (["migrate"], ["daily"], ["backup", "b.zip"]):
        answer = run(*words)
        assert answer.code == 1
        assert "127.0.0.1:9" in answer.err
        assert "geheim" not in answer.err


def test_the_words_of_the_search_are_made_anew(run, migrated):
    with closing(Database(f"sqlite:///{migrated / 'var' / 'yuanrong.db'}")) as database, at(database, SYSTEM) as desk:
        desk.session.execute(delete(Word))
        desk.session.add(Word(kind="firm", way=1, word="stray", subject_id=1))
    assert run("search").code == 2
    answer = run("search", "--rebuild")
    assert (answer.code, "0 个检索词" in answer.out) == (0, True)
    with closing(Database(f"sqlite:///{migrated / 'var' / 'yuanrong.db'}")) as database, at(database, SYSTEM) as desk:
        assert desk.session.scalars(select(Word)).all() == []


def test_a_years_arrangement_is_looked_at_and_then_taken_over_once(run, migrated):
    year = datetime.now(UTC).year + 3
    notice = migrated / "notice.csv"
    notice.write_text(f"date,kind,name\n{year}-03-01,off,节\n{year}-03-07,work,调休\n", encoding="utf-8-sig")
    words = ("holidays", notice, "--year", year, "--source", "国务院办公厅通知")
    assert "未写入" in run(*words, "--check").out
    first, again = run(*words), run(*words)
    assert (first.code, f"{year}-03-01" in first.out) == (0, True)
    assert (again.code, "Traceback" in again.err) == (1, False)
    assert run("holidays", notice, "--year", year + 5, "--source", "国务院办公厅通知").code == 1
    with closing(Database(f"sqlite:///{migrated / 'var' / 'yuanrong.db'}")) as database, at(database, SYSTEM) as desk:
        assert not desk.calendar.works(date(year, 3, 1))
        assert year in desk.calendar.years
        assert "calendar.set" in set(desk.session.scalars(select(Entry.act)))


def test_a_file_is_served_by_one_process_alone(run, migrated):
    refused = run("serve", "--workers", "2")
    assert (refused.code, "PostgreSQL" in refused.err) == (2, True)
