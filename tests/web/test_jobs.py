"""What the platform does by itself happens once, survives its own failures, and starts every day."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from financing import outbox
from financing.access import Role
from financing.acts import Act
from financing.journal import SubjectKey
from financing.leading import leading
from financing.notices.model import Notice
from financing.once import FormOnce
from financing.outbox import WAITS, Outgoing
from financing.people.model import LoginSession, Tries
from financing.people.rules import KNOWN_FOR
from financing.settings import Settings
from tests.makers import NOW, a_user, writing
from web import background, jobs


def ask(database, once="a", kind="noted", due=NOW) -> None:
    with writing(database) as session:
        outbox.put(session, kind, once, due, {"x": 1})


def rows(database, kind=Outgoing) -> int:
    with writing(database) as session:
        return session.scalar(select(func.count()).select_from(kind))


@pytest.fixture
def noted(monkeypatch) -> list[str]:
    """What the handler of these tests was asked to do."""
    done: list[str] = []
    monkeypatch.setitem(jobs.HANDLERS, "noted", lambda desk, once, payload: done.append(once))
    return done


def test_what_waits_is_done_once_however_often_one_looks(database, noted):
    for once in ("a", "b", "a"):
        ask(database, once)
    assert [jobs.work_off(database, NOW) for _ in range(3)] == [2, 0, 0]
    assert sorted(noted) == ["a", "b"]


def test_what_is_not_due_waits(database, noted):
    ask(database, due=NOW + timedelta(minutes=1))
    assert jobs.work_off(database, NOW) == 0
    assert jobs.work_off(database, NOW + timedelta(minutes=1)) == 1


def test_four_workers_share_the_work_without_doing_it_twice(database, noted):
    for number in range(40):
        ask(database, str(number))
    workers = [threading.Thread(target=jobs.work_off, args=(database, NOW)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(noted, key=int) == [str(number) for number in range(40)]


def test_a_failure_is_kept_on_its_row_and_tried_again_with_growing_patience(database, monkeypatch):
    monkeypatch.setitem(jobs.HANDLERS, "noted", lambda *_: 1 // 0)
    ask(database)
    now, tries = NOW, 0
    for wait in (*WAITS, WAITS[-1]):
        assert jobs.work_off(database, now) == 1
        assert jobs.work_off(database, now + wait - timedelta(seconds=1)) == 0
        now, tries = now + wait, tries + 1
        with writing(database) as session:
            row = session.scalars(select(Outgoing)).one()
            assert (row.failed, row.tries, row.done_at) == ("ZeroDivisionError", tries, None)
    assert jobs.work_off(database, now + timedelta(days=9)) == 0, "given up, and visible"


def test_the_others_go_out_though_one_fails(database, noted):
    for once, kind in (("a", "noted"), ("b", "unheard of"), ("c", "noted")):
        ask(database, once, kind)
    jobs.work_off(database, NOW)
    assert sorted(noted) == ["a", "c"]


def test_of_notices_sent_together_one_that_fails_keeps_none_of_the_others(database):
    with writing(database) as session:
        officer = a_user(session, Role.OFFICER).id
        for once, code in (("1", Act.PLAN_CHECK), ("2", "no such act"), ("3", Act.PLAN_CHECK), ("3b", Act.PLAN_CHECK)):
            outbox.put(session, "notice", once, NOW, {"to": {"role": "officer"}, "code": code, "subject": 1})
    assert jobs.work_off(database, NOW) == 4
    with writing(database) as session:
        assert sorted(session.execute(select(Notice.once, Notice.user_id))) == [
            (one, officer) for one in ("1", "3", "3b")
        ]
        failed = {row.once: row.failed for row in session.scalars(select(Outgoing))}
    assert failed == {"1": None, "2": "ValueError", "3": None, "3b": None}


def test_of_things_done_together_one_that_fails_waits_alone(database):
    def do(desk, key):
        desk.add(SubjectKey(firm_id=key, key=b"k"))
        desk.session.flush()
        return 1 // (key != 4)

    assert jobs._each(database, NOW, "some", lambda _desk: [1, 2, 3, 4, 5, 6], do, at_once=3) == 5
    with writing(database) as session:
        assert sorted(session.scalars(select(SubjectKey.firm_id))) == [1, 2, 3, 5, 6]


def test_the_daily_run_sweeps_what_is_old_and_keeps_what_still_counts(database, noted):
    with writing(database) as session:
        user = a_user(session, Role.ADMIN)
        for days, name in ((1, "ended"), (KNOWN_FOR.days + 1, "old")):
            began = NOW - timedelta(days=days)
            session.add(LoginSession(token_hash=name, user_id=user.id, address="x", started_at=began, seen_at=began,
                                     until=began + timedelta(hours=8)))  # fmt: skip
            session.add(FormOnce(key=name, body="", location="", at=NOW - timedelta(days=days)))
            session.add(Tries(key=name, count=1, since=began, last_at=began))
    ask(database)
    done = {name: count for name, count in jobs.run_daily(database, NOW).items() if count}
    assert done == {"个人信息到期清除 | personal data erased": 2, "表单记录 | form records": 1, "通知 | notices": 1}
    assert not any(jobs.run_daily(database, NOW).values())
    assert (rows(database, LoginSession), rows(database, FormOnce), rows(database, Tries)) == (1, 1, 1)
    assert jobs.run_daily(database, NOW + timedelta(days=31))["已发事项 | outbox rows"] == 1


def test_the_day_begins_in_beijing_and_begins_once(sqlite_database, monkeypatch):
    begun: list[datetime] = []
    monkeypatch.setattr(jobs, "run_daily", lambda database, now: begun.append(now))
    day, moments = date.min, [datetime(2026, 11, 22, hour, 30, tzinfo=UTC) for hour in (9, 15, 16, 17)]
    for moment in moments:
        day, _ = jobs.look(sqlite_database, moment, day)
    assert begun == [moments[0], moments[2]]
    jobs.look(sqlite_database, moments[3], date.min)  # started anew on the same day
    assert begun == [moments[0], moments[2]]


def test_the_worker_outlives_a_database_that_does_not_answer(sqlite_database, tmp_path, monkeypatch):
    behind = background.Background(sqlite_database, Settings(data_dir=tmp_path / "var"))
    looks: list[int] = []

    def step() -> None:
        looks.append(len(looks))
        if len(looks) == 3:
            behind.stop.set()
        raise ConnectionError

    behind._again("worker", 0.001, step)
    assert len(looks) == 3


def test_of_many_processes_one_leads_and_a_run_that_broke_off_is_done_again(database, monkeypatch):
    begun: list[datetime] = []
    monkeypatch.setattr(jobs, "run_daily", lambda database, now: begun.append(now) or 1 / (len(begun) - 1))
    with pytest.raises(ZeroDivisionError):
        jobs.look(database, NOW, date.min)
    with leading(database) as first:
        assert first
        if database.writer.dialect.name == "postgresql":
            with leading(database) as second:
                assert not second
            assert jobs.look(database, NOW, date.min) == (date.min, 0)  # another one is at it
    assert len(begun) == 1
    assert jobs.look(database, NOW, date.min)[0] == jobs.look(database, NOW, date.min)[0] == date(2026, 11, 23)
    assert len(begun) == 2
