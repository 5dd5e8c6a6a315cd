"""The store under the platform fails while people work: full, away, held for long (F-03, F-04, F-48). What was answered yes to is there, the rest is told.

`YUANRONG_ROUNDS` says how often (a few on each change).
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections import Counter
from contextlib import closing
from itertools import count
from typing import Any

import pytest
from sqlalchemy import event, select, text

from financing.access import Role
from financing.db import Database
from financing.migrations import upgrade
from financing.needs.model import Need
from financing.people.passwords import hashed
from financing.refusals import DiskFull, StoreAway
from financing.settings import Settings
from financing.wording import sentence
from tests.cramped import cramped
from tests.faults.yard import yard_of
from tests.makers import NOW, a_firm, a_user, writing
from tests.web.conftest import Clock, Site
from tests.web.filled_forms import NEED
from tests.web.populated import PASSWORD
from web.app import close, create_app

ROUNDS = int(os.environ.get("YUANRONG_ROUNDS", "2"))
HANDS = 3


def drafts(yard, number: int) -> Any:
    """One more need, with much to say."""
    sid, csrf = yard.visits[Role.SIGNATORY]
    return yard.asks(
        "POST", "/needs/new", sid, {**NEED, "csrf": csrf, "once": f"n{number}", "use": f"{number} " + "采购铜材" * 40}
    )


def test_F03_on_a_full_disk_reading_goes_on_writing_is_told_and_the_first_write_after_it_succeeds(filled, tmp_path):
    most, numbers = [0], count()
    with yard_of(filled, tmp_path) as yard:

        def limited(connection: Any, *_: Any) -> None:
            connection.execute(f"PRAGMA max_page_count={most[0] or 2**31}")

        event.listen(yard.database.writer, "checkout", limited)
        for _ in range(ROUNDS):
            with closing(sqlite3.connect(yard.file)) as line:
                most[0] = line.execute("PRAGMA page_count").fetchone()[0]
            done = 0
            while (answer := drafts(yard, next(numbers))).status_code == 303:
                done += 1
                assert done < 500
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "3")
            assert sentence(DiskFull()) in answer.text
            for page in (yard.routes["needs.mine"][0], "/account"):
                assert yard.asks("GET", page, yard.visits[Role.SIGNATORY][0]).status_code == 200, page
            most[0] = 0
            assert drafts(yard, next(numbers)).status_code == 303
        with closing(sqlite3.connect(yard.file)) as line:
            assert line.execute("PRAGMA integrity_check").fetchone() == ("ok",)


class Hand(threading.Thread):
    """A person of a firm who drafts one need after the other and remembers what was answered."""

    def __init__(self, site: Site, login: str, called: str = "") -> None:
        super().__init__()
        self.browser, self.called, self.over = site.visitor(), called or login, threading.Event()
        assert self.browser.signs_in(login, PASSWORD).status_code == 303
        self.key = self.browser.token("/needs/new")["csrf"]
        self.answers: Counter[int] = Counter()
        self.done: list[str] = []
        self.numbers, self.said = count(), ""

    def run(self) -> None:
        while not self.over.is_set():
            if self.drafts() == 503:
                assert self.said == sentence(StoreAway())

    def drafts(self) -> int:
        """One more need; what was answered. `said` is what a full or absent store had to say."""
        use = f"{self.called} {next(self.numbers)} 号 " + "采购铜材" * 40
        answer = self.browser.client.post(
            "/needs/new", data={**NEED, "csrf": self.key, "once": use[:20], "use": use}, headers={"origin": "http://127.0.0.1:8000"},
            follow_redirects=False,
        )  # fmt: skip
        self.answers[answer.status_code] += 1
        if answer.status_code == 303:
            self.done.append(use)
        elif answer.status_code == 503:
            assert "retry-after" in answer.headers
            self.said = next((said for kind in (DiskFull, StoreAway) if (said := sentence(kind())) in answer.text), "")
        return answer.status_code


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """A firm and its people on a PostgreSQL of their own, whose databases lie on a small disk."""
    with cramped(96) as server:
        url = server.url(server.clone())
        upgrade(url)
        settings = Settings(data_dir=tmp_path_factory.mktemp("shop"), log_level="ERROR")
        with closing(Database(url)) as database:
            with writing(database) as session:
                firm, secret = a_firm(session), hashed(PASSWORD)
                for hand in range(HANDS):
                    a_user(session, Role.SIGNATORY, login=f"hand{hand}", password_hash=secret, firm_id=firm.id)
            site = Site(create_app(database, settings, lambda: NOW), database, settings, Clock(NOW))
            yield server, site
            close(site.app)


def kept(site: Site) -> Counter[str]:
    """Each need by its use."""
    with site.database.reader.connect() as line:
        return Counter(line.execute(select(Need.use)).scalars())


def test_F03_on_a_full_disk_of_postgresql_reading_goes_on_writing_is_told_and_the_first_write_after_it_succeeds(shop):
    server, site = shop
    hand = Hand(site, "hand0")
    assert hand.drafts() == 303
    for _ in range(ROUNDS):
        server.disk.fill()
        while (told := hand.drafts()) == 303:
            assert len(hand.done) < 5_000
        assert (told, hand.said) == (503, sentence(DiskFull()))
        for page in ("/my-needs", "/account"):
            assert hand.browser.get(page).status_code == 200, page
        server.disk.free()
        assert hand.drafts() == 303
    found = kept(site)
    assert {use: found[use] for use in hand.done} == dict.fromkeys(hand.done, 1)
    assert sum(found.values()) == len(hand.done)


def until(what) -> None:
    end = time.monotonic() + 60
    while not what():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_F04_while_the_database_restarts_everybody_is_told_and_afterwards_everything_works_by_itself(shop):
    server, site = shop
    before = kept(site)
    hands = [Hand(site, f"hand{number}", f"restart {number}") for number in range(HANDS)]
    for hand in hands:
        hand.start()
    for _ in range(ROUNDS):
        done = sum(len(hand.done) for hand in hands)
        until(lambda done=done: sum(len(hand.done) for hand in hands) > done + HANDS)
        server.stop()
        server.server = server._start()
    done = [len(hand.done) for hand in hands]
    until(lambda: all(len(hand.done) > before for hand, before in zip(hands, done, strict=True)))
    for hand in hands:
        hand.over.set()
    for hand in hands:
        hand.join()
    answers = sum((hand.answers for hand in hands), Counter())
    assert set(answers) <= {303, 503}, answers
    new = kept(site) - before
    assert {use for hand in hands for use in hand.done} <= set(new)
    assert set(new.values()) == {1}


def test_F48_a_lock_that_somebody_holds_for_long_is_told_to_the_others_and_hinders_nobody_else(
    filled_postgres, tmp_path
):
    with yard_of(filled_postgres, tmp_path) as yard:
        press = next(press for press in yard.presses() if press.route == "need.submit")
        with yard.database.writer.begin() as holder:
            holder.execute(text("SELECT id FROM need WHERE id = :id FOR UPDATE"), {"id": int(press.thing)})
            began = time.monotonic()
            answer = yard.sends(press)
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "3")
            assert time.monotonic() - began < 30  # three seconds of the database's, on a machine however busy
            assert drafts(yard, 1).status_code == 303
        assert yard.sends(press, "again").status_code == 303


@pytest.mark.parametrize("route", ["loan.rate", "repayment.take_back"])
def test_a_page_says_why_it_was_not_done_where_no_form_of_its_own_would(filled, tmp_path, route):
    """Found by letting each call of the database fail."""
    with yard_of(filled, tmp_path) as yard:
        press = next(press for press in yard.presses() if press.route == route)
        fails = []

        def broken(*_: Any) -> None:
            fails.append(1)
            if len(fails) == 3:
                raise sqlite3.OperationalError("disk I/O error")

        for engine in {yard.database.writer, yard.database.reader}:
            event.listen(engine, "do_execute", broken)
        assert sentence(StoreAway()) in yard.sends(press).text
        for engine in {yard.database.writer, yard.database.reader}:
            event.remove(engine, "do_execute", broken)


def test_a_member_opens_the_clock_of_a_need_that_stands_still_without_its_reason(filled, tmp_path):
    """Found by hostile requests: why it stands still is not for the committee, that it does is."""
    with yard_of(filled, tmp_path) as yard:
        halts = [press for press in yard.presses() if press.route == "step.halt"]
        halted = [press for press in halts if yard.sends(press, str(press)).status_code == 303]
        shown = [yard.asks("GET", f"/needs/{press.thing}/clock", yard.visits[Role.MEMBER][0]) for press in halted]
        assert {page.status_code for page in shown} <= {200, 404}
        assert all("等法院出具生效证明" not in page.text for page in shown)
