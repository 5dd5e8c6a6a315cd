"""Writers on SQLite take turns: in the order they came, and never inside one another."""

from __future__ import annotations

import threading

import pytest

from financing.refusals import Busy
from financing.turns import FairLock


def test_a_writer_inside_a_writer_is_told_so_and_does_not_wait_for_itself_for_ever():
    lock = FairLock()
    lock.acquire()
    with pytest.raises(RuntimeError):
        lock.acquire()
    lock.release()
    lock.acquire()
    lock.release()


def test_whoever_comes_first_is_served_first_and_the_turn_goes_on_to_another_thread():
    lock, served, waiting = FairLock(), [], threading.Semaphore(0)

    def write(name):
        waiting.release()
        lock.acquire()
        served.append(name)
        lock.release()

    lock.acquire()
    threads = []
    for name in range(4):
        threads.append(threading.Thread(target=write, args=(name,)))
        threads[-1].start()
        waiting.acquire()
        while len(lock._queue) <= name:  # in the queue, not merely on its way
            pass
    lock.release()
    for thread in threads:
        thread.join(10)
    assert served == [0, 1, 2, 3]
    with pytest.raises(RuntimeError):
        lock.acquire(), lock.acquire()


def test_F48_who_waits_too_long_is_told_so_and_those_behind_keep_their_place():
    lock, told = FairLock(patience=0.05), []

    def gives_up():
        with pytest.raises(Busy):
            lock.acquire()
        told.append("busy")

    lock.acquire()
    thread = threading.Thread(target=gives_up)
    thread.start()
    thread.join()
    lock.release()
    lock.acquire()
    lock.release()
    assert told == ["busy"]


def test_F05_who_waits_behind_one_that_another_process_holds_up_is_sent_away_with_it():
    lock, told = FairLock(), []

    def waits():
        with pytest.raises(Busy):
            lock.acquire()
        told.append("busy")

    lock.acquire()
    threads = [threading.Thread(target=waits) for _ in range(3)]
    for thread in threads:
        thread.start()
    while len(lock._queue) < 3:
        pass
    lock.send_away()
    for thread in threads:
        thread.join(10)
    lock.release()
    lock.acquire()
    lock.release()
    assert told == ["busy"] * 3
