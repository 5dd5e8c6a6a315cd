"""The power fails in the middle of work: whatever a firm was told is done is there afterwards, once, and the journal holds.

`YUANRONG_ROUNDS` says how often; `make campaign` does it many times.
"""

from __future__ import annotations

import os
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException
from itertools import count
from pathlib import Path
from random import SystemRandom
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from financing.access import Role
from financing.db import Database
from financing.journal import Entry
from financing.needs.model import Need
from financing.people.passwords import hashed
from tests.journeys.conftest import empty_database
from tests.makers import a_firm, a_user, writing
from tests.served import Installation

ROUNDS = int(os.environ.get("YUANRONG_ROUNDS", "3"))
HANDS = 4  # people of the firm at work at once
MOST = 12  # the power fails at the latest after so many acknowledgements
PASSWORD = "a quiet harbour in spring"
LATEST = (datetime.now(UTC) + timedelta(days=90)).date().isoformat()
FORM = {
    "amount": "80", "months": "12", "purpose": "working_capital", "latest": LATEST, "security": "none", "no_broker": "true"
}  # fmt: skip


@pytest.fixture(params=["sqlite", "postgres"])
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    """An installation with one firm and its people, not started."""
    url = empty_database(request, tmp_path)
    with closing(Database(url)) as database, writing(database) as session:
        firm = a_firm(session)
        secret = hashed(PASSWORD)
        for number in range(HANDS):
            a_user(session, Role.SIGNATORY, login=f"hand{number}", password_hash=secret, firm_id=firm.id)
    installation = Installation(tmp_path, url, LOG_LEVEL="ERROR")
    yield installation
    installation.kill()


class Hand:
    """One person of the firm at a browser without the screen, signed in once: a session outlives a power cut too."""

    def __init__(self, port: int, login: str) -> None:
        self.port, self.cookie = port, ""
        page = self.asks("GET", "/sign-in")
        status, _page = self.asks("POST", "/sign-in", self.hidden(page) | {"login": login, "password": PASSWORD})
        assert status == 303

    def asks(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """One request on a line of its own; an OSError or HTTPException when nobody answers."""
        headers = {"Cookie": self.cookie, "Sec-Fetch-Site": "same-origin"}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=20)) as line:
            line.request(method, path, urlencode(form) if form else None, headers)
            answer = line.getresponse()
            if given := answer.headers.get("set-cookie", ""):
                self.cookie = given.partition(";")[0]
            return answer.status, answer.read().decode()

    def hidden(self, page: tuple[int, str]) -> dict[str, str]:
        start = page[1].index("<main")
        return dict(re.findall(r'name="(csrf|once)" value="([^"]*)"', page[1][start:])[:2])

    def fills_in(self, use: str) -> dict[str, str]:
        """A filled form, not sent yet."""
        return self.hidden(self.asks("GET", "/needs/new")) | FORM | {"use": use}


class Work:
    """What the people of a firm sent: what they were told is done, and what they do not know of."""

    def __init__(self) -> None:
        self.done: set[str] = set()
        self.doubtful: dict[str, tuple[Hand, dict[str, str]]] = {}
        self.wrong: list[tuple[int, str]] = []

    def goes_on(self, hand: Hand, called: str) -> None:
        """Draft one need after the other until nobody answers any more."""
        with suppress(OSError, HTTPException):
            for number in count():
                form = hand.fills_in(f"{called} 第 {number} 笔")
                self.doubtful[form["use"]] = (hand, form)
                self.told(form, hand.asks("POST", "/needs/new", form))

    def told(self, form: dict[str, str], answer: tuple[int, str]) -> None:
        del self.doubtful[form["use"]]
        if answer[0] == 303:
            self.done.add(form["use"])
        else:
            self.wrong.append(answer)

    def sends_again(self) -> None:
        """What nobody answered is sent once more, the very same form, as a browser does."""
        for hand, form in list(self.doubtful.values()):
            self.told(form, hand.asks("POST", "/needs/new", form))


def test_what_was_acknowledged_before_the_power_failed_is_there_once(installation: Installation) -> None:
    work, chance = Work(), SystemRandom()
    installation.start()
    hands = [Hand(installation.port, f"hand{number}") for number in range(HANDS)]
    for turn in range(ROUNDS):
        threads = [threading.Thread(target=work.goes_on, args=(hand, f"{turn}-{n}")) for n, hand in enumerate(hands)]
        for thread in threads:
            thread.start()
        wait_until(work, len(work.done) + chance.randint(1, MOST))
        installation.kill()
        for thread in threads:
            thread.join()
        installation.start()
        work.sends_again()
    assert work.wrong == []
    kept, drafted = what_is_there(installation)
    assert work.done == set(kept)
    assert set(kept.values()) == {1}
    assert drafted == len(kept)
    assert "链完整" in installation.runs("journal", "verify")


def wait_until(work: Work, acknowledged: int) -> None:
    until = time.monotonic() + 60
    while len(work.done) < acknowledged:
        assert time.monotonic() < until
        time.sleep(0.01)


def what_is_there(installation: Installation) -> tuple[Counter[str], int]:
    """Each need by its use, and how many drafts the journal knows of."""
    url = installation.environment["YUANRONG_DATABASE_URL"]
    with closing(Database(url)) as database, database.reader.connect() as connection:
        uses = Counter(connection.execute(select(Need.use)).scalars())
        drafted = len(connection.execute(select(Entry.seq).where(Entry.act == "need.draft")).all())
    return uses, drafted
