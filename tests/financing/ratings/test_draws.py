"""A tenth of what was handled is drawn each month, once, and anybody draws it again from the journal (F98)."""

from __future__ import annotations

import hashlib
import math
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from financing.access import Role
from financing.acts import Act
from financing.journal import Entry
from financing.needs import service as needs
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.ratings import draws
from financing.ratings.model import CallBack, CallDraw
from financing.ratings.rules import CallReason, CallState, drawn, month_after
from tests.makers import TODAY, a_firm, a_need, a_user, at, writing
from web import jobs

ENDS = {"ineligible", "rejected", "settled", "withdrawn", "closed"}


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def by_hand(lines, year: int, month: int, numbers) -> tuple[str, list[str], set[str]]:
    """Seed, pool and result from the lines of the journal alone, worked out the long way."""
    begin = datetime(year, month, 1, tzinfo=UTC) - timedelta(hours=8)
    end = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC) - timedelta(hours=8)
    before = [line for line in lines if line.at < end]
    seed = digest(f"{year}-{month:02d}:{before[-1].link}")
    pool = sorted(
        {
            numbers[line.subject_id]
            for line in before
            if line.at >= begin and line.body["kind"] == "Need" and line.body["facts"].get("state") in ENDS
        }
    )
    tickets = {number: digest(f"{seed}:{number}") for number in pool}
    count = math.ceil(len(pool) / 10)
    chosen = {one for one in pool if sum(tickets[other] < tickets[one] for other in pool) < count}
    return seed, pool, chosen


def a_month_of_needs(database, many: int, start: datetime) -> None:
    """Needs taken back by their firms over some weeks, a few every day."""
    with writing(database) as session:
        firm = a_firm(session)
        signatory = a_user(session, Role.SIGNATORY, firm_id=firm.id).actor
        made = [a_need(session, firm, state=NeedState.SUBMITTED, submitted_on=TODAY) for _ in range(many)]
        keys = [need.id for need in made]
    for place, key in enumerate(keys):
        with at(database, signatory, start + timedelta(hours=31 * place)) as desk:
            needs.withdraw(desk, desk.get(Need, key))


def draw(database, now: datetime) -> int:
    return jobs._each(database, now, "calls", draws.undrawn, draws.draw)


def test_I14_what_was_drawn_follows_from_the_journal_alone(database):
    a_month_of_needs(database, 43, datetime(2026, 11, 2, 1, tzinfo=UTC))
    late = datetime(2027, 2, 3, 2, tzinfo=UTC)  # the server was off for a month
    assert draw(database, late) > 0
    assert draw(database, late + timedelta(days=1)) == 0
    with writing(database) as session:
        lines = session.scalars(select(Entry).order_by(Entry.seq)).all()
        numbers = dict(session.execute(select(Need.id, Need.number)).all())
        found = {row.month: row for row in session.scalars(select(CallDraw))}
        calls = session.execute(
            select(CallBack.month, CallBack.reason, CallBack.state, Need.number).join(Need, Need.id == CallBack.need_id)
        ).all()
    told = {line.body["facts"]["month"]: line.body["facts"] for line in lines if line.act is Act.DRAW_CALLS}
    assert sorted(f"{month:%Y-%m}" for month in found) == sorted(told) == ["2026-11", "2026-12", "2027-01"]
    for month, row in found.items():
        seed, pool, chosen = by_hand(lines, month.year, month.month, numbers)
        assert (row.seed, row.pool, set(row.drawn)) == (seed, pool, chosen)
        assert told[f"{month:%Y-%m}"]["seed"] == seed
        assert 10 * len(row.drawn) >= len(pool)
        assert {number for at_month, *_, number in calls if at_month == month} == chosen
    assert {(reason, state) for _, reason, state, _ in calls} == {(CallReason.DRAWN, CallState.CALL)}


def test_a_month_is_not_drawn_before_it_is_over_and_drafts_are_never_called_about(sqlite_database):
    a_month_of_needs(sqlite_database, 3, datetime(2026, 11, 2, 1, tzinfo=UTC))
    with writing(sqlite_database) as session:
        firm = a_firm(session)
        signatory = a_user(session, Role.SIGNATORY, firm_id=firm.id).actor
        key = a_need(session, firm).id
    with at(sqlite_database, signatory, datetime(2026, 11, 20, tzinfo=UTC)) as desk:
        needs.withdraw(desk, desk.get(Need, key))
    assert draw(sqlite_database, datetime(2026, 11, 30, 15, 59, tzinfo=UTC)) == 0
    assert draw(sqlite_database, datetime(2026, 11, 30, 16, 0, tzinfo=UTC)) == 1
    with writing(sqlite_database) as session:
        assert len(session.scalars(select(CallDraw.pool)).one()) == 3


@given(st.sets(st.integers(0, 10_000), max_size=120), st.text("0123456789abcdef", min_size=1, max_size=64))
def test_a_tenth_rounded_up_comes_out_whatever_the_order(numbers, seed):
    pool = [f"XQ2026-{number:04d}" for number in numbers]
    found = drawn(seed, pool, 100_000)
    assert len(found) == -(-len(pool) // 10)
    assert set(found) <= set(pool)
    assert found == drawn(seed, sorted(pool, reverse=True), 100_000)
    worst = max((digest(f"{seed}:{one}") for one in found), default="")
    assert all(digest(f"{seed}:{one}") > worst for one in set(pool) - set(found))


def test_months_follow_one_another_over_the_year():
    month, seen = TODAY.replace(day=1), []
    for _ in range(3):
        month = month_after(month)
        seen.append(month.isoformat())
    assert seen == ["2026-12-01", "2027-01-01", "2027-02-01"]
