"""Two server processes on one PostgreSQL: a screen that watches one is told what was done at the other, and a sign-out holds at both."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from financing.access import Role
from financing.db import Database
from financing.forums import service
from financing.forums.model import ForumSession, Talk
from financing.matching import service as matching
from financing.needs.model import Need
from financing.people.model import LoginSession, User
from financing.people.service import digest
from tests.financing.matching.stage import Stage, staged
from tests.makers import a_user, writing
from tests.postgres import Postgres
from tests.served import Installation

SID = "one-sign-in-for-both-processes-of-a-zone".ljust(43, "-")


@pytest.fixture
def url(postgres: Postgres, migrated_database: str) -> str:
    return postgres.url(postgres.clone(migrated_database))


@pytest.fixture
def held(url: str) -> Iterator[tuple[Stage, int]]:
    """A session under way, and a banker of its first bank who is signed in."""
    now = datetime.now(UTC)
    with closing(Database(url)) as database:
        stage = staged(database, banks=2)
        with stage.at(stage.officer, now) as desk:
            matching.propose(desk, desk.get(Need, stage.need.id))
        for bank in range(2):
            stage.grant(bank, now=now)
        stage.send(now=now)
        session = _opened(stage, now)
        with writing(database) as rows:
            banker: User = a_user(rows, Role.BANKER, bank_id=stage.banks[0].id)
            until = now + timedelta(hours=8)
            rows.add(
                LoginSession(
                    token_hash=digest(SID), user_id=banker.id, address="", started_at=now, seen_at=now, until=until
                )
            )
        yield stage, session


def _opened(stage: Stage, now: datetime) -> int:
    banks = [bank.id for bank in stage.banks]
    with stage.at(stage.officer, now) as desk:
        session = service.plan(
            desk, title="对接会", day=desk.today, place="会展中心", starts="09:30", rounds=4, minutes=20, banks=banks
        ).id
    for step in (service.seat, service.open_session):
        with stage.at(stage.officer, now) as desk:
            step(desk, desk.get(ForumSession, session))
    return session


@contextmanager
def asked(port: int, method: str, path: str, form: str = "") -> Iterator[http.client.HTTPResponse]:
    headers = {"cookie": f"sid={SID}", "origin": f"http://127.0.0.1:{port}", "sec-fetch-site": "same-origin"}
    if form:
        headers["content-type"] = "application/x-www-form-urlencoded"
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as line:
        line.request(method, path, body=form or None, headers=headers)
        yield line.getresponse()


def test_F28_what_is_said_at_one_process_reaches_a_screen_that_watches_another(url, held, tmp_path: Path):
    stage, session = held
    with stage.at(stage.bankers[0], datetime.now(UTC)) as desk:
        talk = desk.all(Talk)[0].id
    with ExitStack() as stack:
        first, second = (_served(stack, tmp_path / name, url) for name in ("one", "two"))
        screen = stack.enter_context(asked(first.port, "GET", f"/sessions/{session}/live"))
        assert screen.status == 200, screen.read()
        assert _count(screen) == 0
        with asked(second.port, "GET", f"/talks/{talk}") as page:
            words = page.read().decode()
        assert _sent(second.port, f"/talks/{talk}/intent", words, said="intends", amount="80") == 303
        assert _count(screen) == 1
        other = stack.enter_context(asked(second.port, "GET", f"/sessions/{session}/live"))
        assert _count(other) == 1  # the board is the same from both
        with asked(first.port, "GET", f"/talks/{talk}") as page:
            assert page.status == 200
        assert _sent(second.port, "/sign-out", words) == 303
        with asked(first.port, "GET", f"/talks/{talk}") as page:
            assert page.status != 200  # whoever has left at one has left at both, at once


def _sent(port: int, path: str, words: str, **said: str) -> int:
    """The form to this place on a page, sent to this process."""
    fields = dict(re.findall(r'name="(csrf|once)" value="([^"]*)"', words[words.index(f'"{path}"') :])[:2])
    form = "&".join(f"{name}={value}" for name, value in (fields | said).items())
    with asked(port, "POST", path, form) as answer:
        return answer.status


def _served(stack: ExitStack, folder: Path, url: str) -> Installation:
    folder.mkdir()
    site = Installation(folder, url, LOG_LEVEL="WARNING")
    stack.callback(site.stop)
    site.start()
    return site


def _count(screen: http.client.HTTPResponse) -> int:
    """How many intents the next board of the stream tells."""
    while line := screen.readline():
        if found := re.search(r"<b>(\d+)</b><span>拟支持", line.decode()):
            return int(found[1])
    raise AssertionError("the stream ended")
