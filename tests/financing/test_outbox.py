"""What waits to go out: asked once, taken by one worker, tried again with growing pauses, never lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from financing import outbox
from financing.outbox import WAITS, Outgoing
from tests.makers import NOW, writing

MINUTE = timedelta(minutes=1)


def put(database, *names, due=NOW):
    with writing(database) as session:
        for name in names:
            outbox.put(session, "notice", name, due, {"code": name})


def work(database, now=NOW, fate=outbox.done):
    """What the worker took and did, or None when nothing was due."""
    with writing(database) as session:
        row = next(iter(outbox.take(session, now)), None)
        if row is None:
            return None
        fate(row, now)
        return row.once


def rows(database):
    with writing(database) as session:
        return {row.once: row for row in session.scalars(select(Outgoing))}


def test_asking_twice_is_asking_once(database):
    put(database, "a", "a", "b")
    put(database, "a")
    assert sorted(rows(database)) == ["a", "b"]


def test_the_oldest_due_goes_first_and_nothing_goes_before_its_time(database):
    put(database, "later", due=NOW + MINUTE)
    put(database, "now")
    assert [work(database), work(database)] == ["now", None]
    assert [work(database, NOW + MINUTE), work(database, NOW + MINUTE)] == ["later", None]


def test_what_failed_is_tried_again_ever_later_and_then_stays_in_sight(database):
    put(database, "a")
    now = NOW
    for wait in WAITS:
        assert work(database, now, lambda row, at: outbox.failed(row, at, "对方无应答" * 200)) == "a"
        row = rows(database)["a"]
        assert row.due_at == now + wait
        assert len(row.failed) == 500
        assert work(database, now + wait - timedelta(microseconds=1)) is None
        now += wait
    assert work(database, now, lambda row, at: outbox.failed(row, at, "最后一次")) == "a"
    assert work(database, now + timedelta(days=365)) is None
    row = rows(database)["a"]
    assert (row.tries, row.done_at, row.failed) == (len(WAITS) + 1, None, "最后一次")


def test_what_succeeds_in_the_end_has_no_fault_left(database):
    put(database, "a")
    work(database, NOW, lambda row, at: outbox.failed(row, at, "x"))
    assert work(database, NOW + MINUTE) == "a"
    row = rows(database)["a"]
    assert (row.done_at, row.failed, row.tries) == (NOW + MINUTE, None, 1)
    assert work(database, NOW + timedelta(days=1)) is None


def test_many_workers_take_each_row_exactly_once(database):
    names = [f"n{number}" for number in range(24)]
    put(database, *names)

    def drain(_):
        taken = []
        while (name := work(database)) is not None:
            taken.append(name)
        return taken

    with ThreadPoolExecutor(4) as pool:
        taken = [name for some in pool.map(drain, range(4)) for name in some]
    assert sorted(taken) == sorted(names)


@settings(max_examples=20)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3)), max_size=8))
def test_whatever_is_asked_each_name_waits_once_and_goes_once(database, asked):
    with writing(database) as session:
        session.execute(delete(Outgoing))
    for name, minutes in asked:
        put(database, name, due=NOW + MINUTE * minutes)
    gone = []
    while (name := work(database, NOW + MINUTE * 3)) is not None:
        gone.append(name)
    assert sorted(gone) == sorted({name for name, _ in asked})
