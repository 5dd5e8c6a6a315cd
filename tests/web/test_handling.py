"""Handlers run again when the database asks for it, and only then."""

from __future__ import annotations

import errno
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import update
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as OutOfReach
from sqlalchemy.orm.exc import StaleDataError

from financing.access import SYSTEM
from financing.desk import opened
from financing.parties.model import Bank
from financing.parties.rules import BankKind
from financing.refusals import Busy, DiskFull, StoreAway
from tests.makers import NOW, writing
from web.handling import TRIES, again


class Driver(Exception):
    def __init__(self, sqlstate=None, text=""):
        super().__init__(text)
        self.sqlstate = sqlstate


def failing(times, error):
    """A handler that fails so many times and then answers with the number of its tries."""
    tries = []

    def handler():
        tries.append(1)
        if len(tries) <= times:
            raise error
        return len(tries)

    return again(handler), tries


def operational(*driver):
    return OperationalError("UPDATE", {}, Driver(*driver))


@pytest.mark.parametrize(
    "error",
    [operational("40001"), operational("40P01"), operational(None, "database is locked"), StaleDataError("version")],
)
def test_acts_in_each_others_way_are_done_again_at_most_five_times(error):
    handler, _ = failing(TRIES - 1, error)
    assert handler() == TRIES
    handler, tries = failing(TRIES, error)
    with pytest.raises(Busy):
        handler()
    assert len(tries) == TRIES


@pytest.mark.parametrize("state", ["55P03", "57014"])
def test_a_lock_held_too_long_is_said_at_once(state):
    handler, tries = failing(1, operational(state))
    with pytest.raises(Busy):
        handler()
    assert len(tries) == 1


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (operational("08006"), StoreAway), (operational("53100"), DiskFull), (operational(None, "database or disk is full"), DiskFull),
        (InterfaceError("", {}, Exception("the connection is closed")), StoreAway), (OutOfReach("no connection is free"), Busy),
        (OSError(errno.ENOSPC, "no space left"), DiskFull), (PermissionError(errno.EACCES, "ours"), PermissionError), (ValueError("ours"), ValueError), (KeyError("ours"), KeyError),
    ],
)  # fmt: skip
def test_any_other_fault_is_never_repeated_and_what_the_database_lacks_is_named(error, told):
    handler, tries = failing(1, error)
    with pytest.raises(told) as raised:
        handler()
    assert (type(raised.value), len(tries)) == (told, 1)


def test_two_people_who_lock_each_other_out_are_both_served(database):
    with writing(database) as session:
        banks = [Bank(name=name, kind=BankKind.CITY) for name in "甲乙"]
        session.add_all(banks)
        session.flush()
        ids = [bank.id for bank in banks]
    meeting = Barrier(2)

    def crosswise(first, second):
        tries = []

        @again
        def handler():
            tries.append(1)
            if len(tries) == 1:
                meeting.wait()
            with opened(database, SYSTEM, NOW) as desk:
                for key in (first, second):
                    desk.session.execute(update(Bank).where(Bank.id == key).values(phone=Bank.phone + "x"))
            return True

        return handler()

    for _ in range(5):
        with ThreadPoolExecutor(2) as pool:
            assert all(pool.map(crosswise, ids, reversed(ids)))
    with database.reader.connect() as connection:
        assert {row[0] for row in connection.exec_driver_sql("SELECT phone FROM bank")} == {"x" * 10}
