"""F-05: the database answers late or not at all. Whoever waits is told within seconds, nothing is half done, what needs no database answers, and it recovers by itself.

`YUANRONG_ROUNDS` says with how many people at once (24 on each change, 100 in a campaign).
"""

from __future__ import annotations

import asyncio
import math
import os
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import pytest
from litestar.concurrency import set_asyncio_executor
from sqlalchemy import select

from financing.access import Role
from financing.needs.model import Need
from financing.patience import Patient
from financing.refusals import Busy, StoreAway
from financing.wording import sentence
from tests.faults.between import Late, slows, through
from tests.faults.yard import yard_of
from tests.web.filled_forms import NEED
from web import threads
from web.threads import Threads

PEOPLE = int(os.environ.get("YUANRONG_ROUNDS", "24"))
QUIET = bool(os.environ.get("YUANRONG_ROUNDS"))  # a campaign has the machine to itself, so that seconds mean something
MIB = 2**20


@dataclass(frozen=True)
class Through:
    """A populated zone whose database is reached by a late line."""

    filled: object
    late: Late
    lines: list

    @property
    def zone(self):
        return self.filled.zone

    def copied(self, folder: Path) -> str:
        way = through(self.filled.server.socket, self.filled.copied(folder), self.late)
        self.lines.append(way)
        return way.__enter__()


@contextmanager
def slow_yard(kind, request, folder):
    """A site as it is served, and by how much its database is late."""
    late, lines = Late(), []
    filled = request.getfixturevalue("filled" if kind == "sqlite" else "filled_postgres")
    try:
        with yard_of(filled if kind == "sqlite" else Through(filled, late, lines), folder) as yard:
            if kind == "sqlite":
                slows(yard.database, late)
            set_asyncio_executor(Threads())
            yield yard, late
    finally:
        set_asyncio_executor(None)
        for line in lines:
            line.__exit__(None, None, None)


def drafts(yard, number):
    """One more need; what was answered and after how many seconds."""
    sid, csrf = yard.visits[Role.SIGNATORY]
    began = time.monotonic()
    form = {**NEED, "csrf": csrf, "once": f"n{number}", "use": f"第 {number} 笔"}
    return yard.asks("POST", "/needs/new", sid, form), time.monotonic() - began


def uses(yard):
    with yard.database.reader.connect() as line:
        return Counter(line.execute(select(Need.use)).scalars())


def swollen():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_F05_while_the_database_is_slow_who_waits_is_told_and_what_needs_none_answers(kind, request, tmp_path):
    with slow_yard(kind, request, tmp_path) as (yard, late):
        assert drafts(yard, "first")[0].status_code == 303
        before, kept = swollen(), uses(yard)
        late.set(3.0)
        with ThreadPoolExecutor(PEOPLE) as people:
            asked = [people.submit(drafts, yard, number) for number in range(PEOPLE)]
            health = yard.asks("GET", "/health", "")
            assert (health.status_code, health.json()["alarms"]) == (503, ["database_slow"])
            assert yard.asks("GET", "/static/theme.css", "").status_code == 200
            end = time.monotonic() + 120
            while sum(one.done() for one in asked) < PEOPLE - threads.MANY and time.monotonic() < end:
                time.sleep(0.05)
            late.set(0)
            answers = [one.result() for one in asked]
        told = [(answer, took) for answer, took in answers if answer.status_code == 503]
        done = [number for number, (answer, _) in enumerate(answers) if answer.status_code == 303]
        assert len(told) + len(done) == PEOPLE
        assert len(told) >= PEOPLE - 2 * threads.MANY
        assert all(answer.headers["retry-after"] and sentence(Busy()) in answer.text for answer, _ in told)
        assert not QUIET or sorted(took for _, took in told)[len(told) * 99 // 100 - 1] <= 5.5
        assert uses(yard) - kept == Counter(
            f"第 {number} 笔" for number in done
        )  # each that was told is there once, no other
        assert swollen() - before < 128 * MIB
        assert yard.asks("GET", "/health", "").json()["ok"]
        for number in range(PEOPLE):  # the same forms again: what was done is not done twice
            assert drafts(yard, number)[0].status_code == 303
        assert uses(yard) - kept == Counter(f"第 {number} 笔" for number in range(PEOPLE))


def test_F05_a_database_that_gives_no_answer_is_left_and_asked_anew(request, tmp_path, monkeypatch):
    monkeypatch.setattr(Patient, "patience", 1.0)
    with slow_yard("postgres", request, tmp_path) as (yard, late):
        kept = uses(yard)
        late.set(math.inf)
        answer, _ = drafts(yard, "held")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "3")
        assert sentence(StoreAway()) in answer.text
        late.set(0)
        assert drafts(yard, "held")[0].status_code == 303
        assert uses(yard) - kept == Counter({"第 held 笔": 1})


HOLDS = """
import sqlite3, sys
line = sqlite3.connect(sys.argv[1], isolation_level=None)
line.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


def test_F05_a_file_that_another_process_holds_is_read_and_who_writes_is_told(filled, tmp_path):
    with yard_of(filled, tmp_path) as yard:
        kept = uses(yard)
        holder = subprocess.Popen(
            [sys.executable, "-c", HOLDS, str(yard.file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert holder.stdout.readline() == "held\n"
        with ThreadPoolExecutor(4) as people:
            asked = [people.submit(drafts, yard, number) for number in range(4)]
            for page in (yard.routes["needs.mine"][0], "/account"):
                assert yard.asks("GET", page, yard.visits[Role.SIGNATORY][0]).status_code == 200, page
            answers = [one.result() for one in asked]
        assert {answer.status_code for answer, _ in answers} == {503}
        assert all(sentence(Busy()) in answer.text and answer.headers["retry-after"] == "3" for answer, _ in answers)
        assert not QUIET or max(took for _, took in answers) <= 5.5  # who stood behind did not wait as long again
        holder.communicate("")
        assert [drafts(yard, number)[0].status_code for number in range(4)] == [303] * 4
        assert uses(yard) - kept == Counter(f"第 {number} 笔" for number in range(4))


def test_F05_who_waits_for_a_thread_is_told_and_who_was_begun_is_not_disturbed():
    async def work():
        go, loop = Event(), asyncio.get_running_loop()
        with Threads(many=1, patience=0.05, most=1) as few:
            begun = loop.run_in_executor(few, go.wait, 10)
            waits = loop.run_in_executor(few, int, "1")
            with pytest.raises(Busy):
                await loop.run_in_executor(few, int, "2")  # one waits already
            with pytest.raises(Busy):
                await waits
            go.set()
            assert await begun
        with Threads(many=1) as few:
            assert await loop.run_in_executor(few, int, "3") == 3
            with pytest.raises(ValueError, match="invalid literal"):
                await loop.run_in_executor(few, int, "x")

    asyncio.run(work())
