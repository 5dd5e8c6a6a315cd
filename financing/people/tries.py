"""Patience with wrong passwords (防暴力破解), counted in the database so that every process sees the same."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete

from financing.desk import Desk
from financing.once import digest
from financing.people import rules
from financing.people.model import Tries
from financing.refusals import TooManyTries
from financing.upsert import put_if_absent


def count(desk: Desk, login: str, address: str, *, known: bool) -> str:
    """Count one try, or refuse it when an account or an address tries too often; the counter's key, to forgive.

    A person at an address they use has a counter of their own, apart from the one strangers fill.
    """
    _per_address(desk, address)
    key = digest(f"account\n{login}\n{address if known else ''}")
    counter = _counter(desk, key)
    if desk.now - counter.last_at > rules.FORGIVEN_AFTER:
        counter.count = 0
    left = counter.last_at + rules.wait_after(counter.count) - desk.now
    if counter.count and left > timedelta(0):
        raise TooManyTries(minutes=-(-int(left.total_seconds()) // 60))
    counter.count, counter.last_at = counter.count + 1, desk.now
    return key


def counted(desk: Desk, key: str) -> int:
    """How many tries in a row a counter has seen, the last one with them."""
    return desk.session.get_one(Tries, key).count


def forgive(desk: Desk, key: str) -> None:
    """The right password ends the count."""
    desk.session.execute(delete(Tries).where(Tries.key == key))


def ask(desk: Desk, address: str, what: str = "question") -> None:
    """Count one question of a stranger, or refuse it when the address asks too often; nothing of the question is kept."""
    _per_address(desk, address, what)


def per_minute(desk: Desk, what: str, most: int) -> None:
    """Count one of the things that may happen so many times a minute, or refuse it."""
    counter = _counter(desk, digest(what))
    if desk.now - counter.since >= rules.ADDRESS_WINDOW:
        counter.count, counter.since = 0, desk.now
    if counter.count >= most:
        raise TooManyTries(minutes=1)
    counter.count, counter.last_at = counter.count + 1, desk.now


def _per_address(desk: Desk, address: str, what: str = "address") -> None:
    per_minute(desk, f"{what}\n{address}", rules.ADDRESS_TRIES)


def _counter(desk: Desk, key: str) -> Tries:
    found = None
    while found is None:  # somebody at the same counter may be forgiven between the two statements
        put_if_absent(desk.session, Tries, key=key, count=0, since=desk.now, last_at=desk.now)
        found = desk.session.get(Tries, key, with_for_update=True)
    return found
