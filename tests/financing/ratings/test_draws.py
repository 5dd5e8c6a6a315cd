"""A tenth of what was handled is drawn each month, once, and anybody draws it again from the journal (F98)."""

from __future__ import annotations

import hashlib
import math
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from financing.access import Role
from financing.acts import Act
from financing.helping import requests
from financing.helping.request_model import HelpRequest
from financing.helping.rules import Span, Topic
from financing.inspections.model import Inspection
from financing.inspections.rules import Kind
from financing.inspections.rules import Topic as Checked
from financing.journal import Entry
from financing.needs import service as needs
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.office import draws
from financing.parties.model import Firm
from financing.ratings import views
from financing.ratings.model import CallBack, CallDraw
from financing.ratings.rules import CallMatter, CallReason, CallState, Grade, drawn, month_after
from tests.financing.inspections.conftest import office
from tests.makers import TODAY, a_firm, a_need, a_user, at, writing
from web import jobs

#: What is drawn from, by the kind that the journal names: the states that are an end.
ENDS = {
    "Need": {"ineligible", "rejected", "settled", "withdrawn", "closed"},
    "HelpRequest": {"closed"},
    "Inspection": {"done"},
}
__all__ = ["office"]


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
            if line.at >= begin and line.body["facts"].get("state") in ENDS.get(line.body["kind"], ())
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


def test_requests_and_inspections_are_drawn_as_needs_are_and_the_caller_sees_what_about(office):
    """A month of which one request is all, and one of which one inspection is: each is called about by who did not handle it."""
    database, firm = office.database, office.firms[0]
    with at(database, firm, datetime(2026, 11, 23, 2, tzinfo=UTC)) as desk:
        key = requests.raise_(desk, desk.get(Firm, firm.firm_id), Topic.ENERGY, "供电增容", "变压器容量不足").id
    for who, deed, said in ((office.officer, requests.sign, Span.QUICK), (office.officer, requests.answer, "已增容"), (firm, requests.close, Grade.FIVE)):  # fmt: skip
        with at(database, who, datetime(2026, 11, 24, 2, tzinfo=UTC)) as desk:
            deed(desk, desk.get(HelpRequest, key), said)
    booked = office.books(day=date(2026, 12, 29))
    office.records(booked, date(2026, 12, 29))
    assert draw(database, datetime(2027, 1, 4, 2, tzinfo=UTC)) == 2
    with writing(database) as session:
        lines, other = session.scalars(select(Entry).order_by(Entry.seq)).all(), a_user(session, Role.OFFICER).actor
        numbers = {one.id: one.number for kind in (HelpRequest, Inspection) for one in session.scalars(select(kind))}
        found = {row.month.month: row for row in session.scalars(select(CallDraw))}
    for month in (11, 12):
        seed, pool, chosen = by_hand(lines, 2026, month, numbers)
        assert (found[month].seed, found[month].pool, set(found[month].drawn)) == (seed, pool, chosen)
    with at(database, other, write=False) as desk:
        told = {call.matter: (call.number, draws.about(desk, call)) for call in desk.all(CallBack)}
        assert told == {
            CallMatter.REQUEST: (numbers[key], (Topic.ENERGY, "供电增容")),
            CallMatter.INSPECTION: (numbers[booked], (Kind.INSPECTION, Checked.WORK_SAFETY)),
        }
        assert {call.number for call in views.calls(desk).rows} == set(numbers.values())
    with at(database, office.officer, write=False) as desk:
        assert [call.matter for call in desk.all(CallBack)] == [CallMatter.REQUEST]  # nobody helped the firm yet
    with pytest.raises(IntegrityError), writing(database) as session:
        session.execute(update(CallBack).values(need_id=None, request_id=None, inspection_id=None))


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
