"""A list asks the database three times at most, however long it is: counted on a zone of some hundred needs."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from financing.access import SYSTEM, Role
from financing.acts import Act
from financing.people.model import LoginSession, User
from financing.people.service import digest
from tests.makers import at
from web.stage.big import zone
from web.stage.big.cast import Plan

#: Another seed than that of other tests: batches that were drawn are remembered by plan.
PLAN = Plan(firms=60, needs=400, seed=11, now=datetime(2026, 11, 23, 2, 0, tzinfo=UTC))
#: Who is asking, by the token of the browser: before any page.
SIGNED_IN = 2
LISTS = {
    Role.OFFICER: (
        "/needs", "/needs?status=settled", "/needs?q=科技", "/firms", "/firms?q=瑞", "/cases", "/cases?status=approved",
        "/guarantees", "/matching", "/sessions", "/search?q=瑞", "/search?q=XQ2026-0012", "/search?q=rui",
    ),
    Role.AUDITOR: ("/journal", "/journal?act=need.submit", "/search?q=瑞"),
    Role.BANKER: ("/inbox", "/search?q=瑞"),
    Role.LEADER: ("/meetings", "/search?q=PS2026-0012"),
    Role.SIGNATORY: ("/my-needs",),
}  # fmt: skip
#: Pages that show more than one list, or clocks beside the rows, each with how often it asks.
MORE = {
    "/journal": 4,
    "/journal?act=need.submit": 4,
    "/my-needs": 5,
    "/guarantees": 4,
    "/inbox": 4,
    "/needs": 4,
    "/needs?q=科技": 4,
}


@pytest.fixture
def asked(quick_site):
    """Fills the zone, and gives a way to open a page as a role: how many statements it took."""
    database, clock = quick_site.database, quick_site.clock
    zone.begin(database, PLAN)
    zone.go_on(database, PLAN, lambda _done, _total: None)
    clock.now = PLAN.now
    counts: list[tuple[str, object]] = []

    @event.listens_for(database.reader, "before_cursor_execute")
    def _count(_connection, _cursor, statement, given, *_):
        counts.append((statement, given))

    def ask(role: Role, path: str) -> list[tuple[str, object]]:
        sid = secrets.token_urlsafe(32)
        with at(database, SYSTEM, PLAN.now) as desk:
            user = desk.find(User, User.role == role)
            desk.add(LoginSession(token_hash=digest(sid), user_id=user.id, address="", started_at=PLAN.now, seen_at=PLAN.now,
                                  until=PLAN.now + timedelta(hours=8)))  # fmt: skip
        browser = quick_site.visitor()
        counts.clear()
        browser.client.cookies.set("sid", sid)
        answer = browser.get(path)
        assert answer.status_code in {200, 303}, (path, answer.status_code)
        return [one for one in counts if not one[0].startswith(("BEGIN", "PRAGMA"))]

    return ask


def test_a_list_asks_three_times_at_most(asked):
    found = {path: asked(role, path) for role, paths in LISTS.items() for path in paths}
    too_many = {
        path: len(said) - SIGNED_IN for path, said in found.items() if len(said) - SIGNED_IN > MORE.get(path, 3)
    }
    assert too_many == {}
    assert min(map(len, found.values())) > SIGNED_IN


def plans(database, said: list[tuple[str, object]], of: str) -> list[list[str]]:
    """How the database means to answer each statement that asks of this table first."""
    with database.reader.connect() as connection:
        return [
            [row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)]
            for statement, given in said
            if f"FROM {of}" in statement
        ]


def test_needs_of_firms_found_by_name_are_counted_and_sorted_within_their_index(asked, quick_site):
    """Neither the count nor the rows leafed over touch the table: a word may be in the names of a thousand firms."""
    count, rows = plans(quick_site.database, asked(Role.OFFICER, "/needs?q=科技"), "need")
    for plan in (count, rows):
        assert any("COVERING INDEX ix_need_of_firm (firm_id=?)" in step for step in plan), plan
    assert any("need USING INTEGER PRIMARY KEY" in step for step in rows), rows


def test_the_pool_is_walked_in_its_own_order_and_counted_without_its_scores(asked, quick_site):
    count, rows = plans(quick_site.database, asked(Role.OFFICER, "/pool"), "need")
    assert not any("assessment" in step or "TEMP B-TREE" in step for step in count), count
    assert any("pool_need USING INDEX ix_pool_need_order" in step for step in rows), rows
    assert not any("TEMP B-TREE" in step for step in rows), rows


def test_the_register_asks_how_its_ledger_stands_without_reading_it(asked, quick_site):
    """A step into the index of acts for each act that moves it, and the guarantees of one page."""
    asked(Role.OFFICER, "/ledger")
    with at(quick_site.database, SYSTEM, PLAN.now) as desk:
        desk.note(
            Act.DENIED, desk.find(User, User.role == Role.OFFICER)
        )  # somebody did something, so nothing is given again
    said = asked(Role.OFFICER, "/ledger")
    (moved,) = [plan for plan in plans(quick_site.database, said, "(SELECT max(journal.seq)") if plan]
    assert all("COVERING INDEX ix_journal_act (act=?)" in step for step in moved if "journal" in step), moved
    assert not any("sum(" in statement for statement, _given in said)
