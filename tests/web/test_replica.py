"""F-04, F-05: lists and figures come from a replica while it has every line of the journal, and from the primary whenever it has not or breaks off.

Two servers of PostgreSQL, the second one following the first by its stream; nothing of them is replaced.
"""

from __future__ import annotations

import re
import time

import pytest
from sqlalchemy import event

from financing import replica
from financing.access import SYSTEM, Role
from financing.acts import Act
from financing.parties.model import Bank
from financing.parties.rules import BankKind
from financing.replica import REACHED, TROUBLE, follow
from tests.engines import lent
from tests.makers import at
from tests.postgres import following
from web.replicas import FROM_REPLICA
from web.routes import ROUTES

PATIENCE = 60


class Pair:
    """A site with a replica, and how many statements of a page were asked there."""

    def __init__(self, site, follower) -> None:
        self.site, self.follower, self.asked = site, follower, 0
        self.database = site.database
        event.listen(self.replica.engine, "before_cursor_execute", self._ask)

    @property
    def replica(self):
        return self.database.replica

    def _ask(self, _connection, _cursor, statement, *_rest) -> None:
        self.asked += str(REACHED) not in statement

    def there(self, browser, path: str) -> tuple[int, str]:
        """How much of a page was read at the replica, and its text without what is new each time."""
        self.asked = 0
        answer = browser.get(path)
        assert answer.status_code == 200
        return self.asked, re.sub(r'value="[^"]{16,}"|nonce="[^"]+"', "", answer.text)

    def writes(self, name: str) -> None:
        with at(self.database, SYSTEM, self.site.clock.now) as desk:
            desk.note(Act.ADD_BANK, desk.add(Bank(name=name, kind=BankKind.CITY)))

    def catches_up(self) -> None:
        ends = time.monotonic() + PATIENCE
        while self.replica.behind() != 0:
            assert time.monotonic() < ends
            self.replica._asked_again_at = 0.0

    def at_follower(self, statement: str) -> None:
        self.follower.execute(statement)


@pytest.fixture
def pair(postgres, service_url, made):
    with lent(service_url) as database, following(postgres) as follower:
        follow(database, service_url.replace(str(postgres.socket), str(follower.socket)))
        yield Pair(made(database), follower)
        database.replica.close()


def test_F04_F05_lists_come_from_a_replica_that_has_everything_and_else_from_the_primary(pair, monkeypatch):
    auditor, officer = pair.site.person(Role.AUDITOR), pair.site.person(Role.OFFICER)
    pair.writes("第一家银行")
    pair.catches_up()
    asked, text = pair.there(auditor, "/journal")
    assert asked > 0
    assert pair.there(officer, "/cases")[0] == 0  # leads to decisions
    held, pair.database.replica = pair.replica, None
    pair.site.app.state.pop("pages", None)
    assert pair.there(auditor, "/journal")[1] == text
    pair.database.replica = held
    _behind(pair, auditor)
    _hangs(pair, monkeypatch)
    _breaks_off(pair, auditor)


def _behind(pair: Pair, auditor) -> None:
    """It stands still while somebody acts: the page shows the act, from the primary; once it has caught up it is asked again."""
    before = pair.there(auditor, "/journal?page=1")[1].count("<tr")
    pair.at_follower("SELECT pg_wal_replay_pause()")
    pair.writes("第二家银行")
    assert pair.replica.behind() == 1
    rows = pair.there(auditor, "/journal?page=1")[1].count("<tr")
    asked, _text = pair.there(auditor, "/journal")
    assert (asked, rows > before) == (0, True)
    assert pair.site.visitor().get("/health").json()["alarms"].count("replica_behind") == 0  # for a moment only
    pair.site.clock.later(minutes=2)
    assert "replica_behind" in pair.site.visitor().get("/health").json()["alarms"]
    pair.at_follower("SELECT pg_wal_replay_resume()")
    pair.catches_up()
    assert "replica_behind" not in pair.site.visitor().get("/health").json()["alarms"]
    assert pair.there(auditor, "/journal?act=" + Act.ADD_BANK)[0] > 0


def _hangs(pair: Pair, monkeypatch) -> None:
    """What does not answer in time is cut off."""
    with monkeypatch.context() as patch:
        patch.setattr(replica, "LIMIT", 0.1)
        with pytest.raises(TROUBLE), pair.replica.engine.connect() as connection:
            connection.exec_driver_sql("SELECT pg_sleep(60)")


def _breaks_off(pair: Pair, auditor) -> None:
    """It goes in the middle of a page: the page is made again from the primary, and the next ones do not ask."""

    def falls(_connection, _cursor, statement, *_rest) -> None:
        if str(REACHED) not in statement and pair.follower.server.poll() is None:
            pair.follower.stop()

    pair.writes("第三家银行")
    pair.catches_up()
    event.listen(pair.replica.engine, "before_cursor_execute", falls)
    asked, _text = pair.there(auditor, f"/journal?act={Act.SIGN_IN}")
    assert asked > 0
    assert pair.replica.resting
    assert pair.there(auditor, "/journal")[0] == 0
    said = pair.site.visitor().get("/health").json()
    assert (said["replica_behind"], "replica_away" in said["alarms"]) == (None, True)
    pair.replica._asked_again_at = 0.0
    pair.there(auditor, "/journal?page=2")
    assert pair.replica.resting


def test_F04_what_may_be_read_from_a_replica_are_pages_that_exist_and_take_no_form():
    assert set(ROUTES) >= FROM_REPLICA
    assert not [name for name in FROM_REPLICA if name.endswith((".form", ".mine")) or name in {"home", "work", "inbox"}]
