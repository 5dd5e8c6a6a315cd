"""Experts come by lots that nobody chooses and anybody can draw again (seed from the call, pool fixed at the call)."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from financing import parameters
from financing.access import Role
from financing.acts import Act
from financing.case_refusals import NotSeated
from financing.guarantees import expert_views, experts, interests, lots, meeting_views, meetings, service
from financing.guarantees.committee_model import Expert, ExpertDraw
from financing.guarantees.interest_rules import Ground, Interest
from financing.guarantees.model import GuaranteeCase, Meeting, Seat, Tie
from financing.interest_refusals import DrawnAlready, ExpertKnown, NoExperts, NotDrawn
from financing.journal import Entry
from financing.parties.model import Firm
from financing.people.model import User
from financing.refusals import NotAllowed, NotFound, NotText, WrongState
from tests.makers import NOW, TODAY, a_user, at, writing

EARLIER, LATER = NOW - timedelta(days=3), NOW + timedelta(hours=1)


def by_hand(meeting: str, link: str, pool: list[int], count: int, unable: set[int]) -> list[int]:
    """The rule as the minutes state it, written a second time: tickets in a column, smallest number first."""
    seed = hashlib.sha256(bytes(meeting + ":" + link, "ascii")).hexdigest()
    column = []
    for expert in pool:
        mixed = hashlib.sha256(bytes(seed + ":" + str(expert), "ascii"))
        column.append((int.from_bytes(mixed.digest(), "big"), expert))
    column.sort()
    return [expert for _, expert in column if expert not in unable][:count]


POOLS = st.lists(st.integers(1, 2**53), unique=True, max_size=12)


@given(POOLS, st.text("0123456789abcdef", min_size=64, max_size=64), st.integers(0, 5), st.randoms())
def test_lots_are_as_anybody_draws_them_by_hand_whatever_the_order_of_the_list(pool, link, count, random):
    unable = set(pool[:2])
    expected = by_hand("PS2026-03", link, pool, count, unable)
    shuffled = list(pool)
    random.shuffle(shuffled)
    seed = lots.seed("PS2026-03", link)
    assert list(lots.drawn(seed, shuffled, count, unable)) == expected
    assert sorted(lots.order(seed, shuffled)) == sorted(pool)


@given(POOLS, st.integers(1, 5))
def test_one_who_cannot_come_is_replaced_by_the_next_and_nobody_else_moves(pool, count):
    before = lots.drawn("seed", pool, count)
    for gone in before:
        after = lots.drawn("seed", pool, count, {gone})
        assert set(before) - {gone} <= set(after)
        assert len(after) == min(count, len(pool) - 1)


def test_every_expert_comes_about_as_often_as_every_other():
    """3,000 meetings, 2 of 6: each expects 1,000 draws; the bound is six standard deviations (√(3000·⅓·⅔) ≈ 26)."""
    found = Counter(
        expert for number in range(3_000) for expert in lots.drawn(lots.seed(f"PS{number}", "ab"), range(101, 107), 2)
    )
    assert found.keys() == set(range(101, 107))
    assert all(abs(times - 1_000) < 6 * 26 for times in found.values())


def put_on_register(zone, count=4, now=EARLIER):
    made = []
    with writing(zone.database) as session:
        users = [a_user(session, Role.MEMBER) for _ in range(count)]
    for user in users:
        with at(zone.database, zone.officer.actor, now) as desk:
            made.append(experts.enter(desk, desk.get(User, user.id), field="铜加工", employer="示范大学"))
    return made, users


def draws(zone, meeting, by=None, **said):
    with at(zone.database, (by or zone.officer).actor) as desk:
        return experts.draw(desk, desk.get(Meeting, meeting.id), **said)


def seats(zone, meeting):
    with writing(zone.database) as session:
        return {seat.user_id: seat for seat in session.scalars(select(Seat).where(Seat.meeting_id == meeting.id))}


def test_lots_follow_from_the_journal_line_of_the_call_and_seat_who_came_out(zone):
    found, _ = put_on_register(zone)
    meeting = zone.meeting(begun=False)
    made = draws(zone, meeting)
    with writing(zone.database) as session:
        link = session.scalars(select(Entry.link).where(Entry.act == Act.CALL_MEETING)).one()
    pool = [one.id for one in found]
    assert made.drawn == by_hand(meeting.number, link, pool, 2, set())
    accounts = {one.id: one.user_id for one in found}
    outside = {key for key, seat in seats(zone, meeting).items() if seat.expert}
    assert outside == {accounts[expert] for expert in made.drawn}
    with at(zone.database, zone.chair.actor, write=False) as desk:
        shown = expert_views.of_meeting(desk, desk.get(Meeting, meeting.id))
    assert [one.expert for one in shown.tickets if one.drawn] == made.drawn
    assert [one.ticket for one in shown.tickets] == sorted(one.ticket for one in shown.tickets)


def test_lots_are_drawn_once_and_again_only_for_who_was_drawn_and_cannot_come_with_a_reason(zone):
    put_on_register(zone)
    meeting = zone.meeting(begun=False)
    with pytest.raises(DrawnAlready):
        draws(zone, meeting, unable=[1], reason="不熟")  # nothing drawn yet
    first = draws(zone, meeting)
    with pytest.raises(DrawnAlready):
        draws(zone, meeting)
    left = next(one["expert"] for one in first.pool if one["expert"] not in first.drawn)
    with pytest.raises(DrawnAlready):
        draws(zone, meeting, unable=[left], reason="没有抽中")
    with pytest.raises(NotText):
        draws(zone, meeting, unable=first.drawn[:1], reason=" ")
    again = draws(zone, meeting, unable=first.drawn[:1], reason="出差")
    assert (again.number, again.seed, again.unable) == (2, first.seed, first.drawn[:1])
    assert again.drawn[0] == first.drawn[1]
    gone = next(one["user"] for one in first.pool if one["expert"] == first.drawn[0])
    assert gone not in seats(zone, meeting)
    assert sum(seat.expert for seat in seats(zone, meeting).values()) == 2


def test_who_is_put_on_or_taken_off_after_the_call_changes_nothing(zone):
    found, _ = put_on_register(zone, 3)
    meeting = zone.meeting(begun=False)
    put_on_register(zone, 2, now=LATER)
    with at(zone.database, zone.officer.actor, LATER) as desk:
        experts.end(desk, desk.get(Expert, found[0].id))
    with at(zone.database, zone.officer.actor, LATER) as desk:
        made = experts.draw(desk, desk.get(Meeting, meeting.id))
    assert [one["expert"] for one in made.pool] == sorted(one.id for one in found)


def test_a_meeting_with_a_pool_does_not_begin_without_lots_and_one_without_needs_none(zone):
    zone.meeting()
    put_on_register(zone)
    meeting = zone.meeting(begun=False)
    for drawn in (False, True):
        with at(zone.database, zone.chair.actor) as desk:
            if not drawn:
                with pytest.raises(NotDrawn):
                    meetings.open_meeting(desk, desk.get(Meeting, meeting.id))
        if not drawn:
            draws(zone, meeting)
    with at(zone.database, zone.chair.actor) as desk:
        meetings.open_meeting(desk, desk.get(Meeting, meeting.id))
    with pytest.raises(WrongState):
        draws(zone, meeting)


def test_without_experts_there_is_nothing_to_draw(zone):
    with pytest.raises(NoExperts):
        draws(zone, zone.meeting(begun=False))


def test_an_expert_is_called_by_lot_alone(zone):
    _, users = put_on_register(zone, 1)
    with at(zone.database, zone.officer.actor) as desk:
        assert users[0].id not in {key for key, _, _ in meeting_views.callable_members(desk)}
        meeting = meetings.call_meeting(desk, day=TODAY, place="三楼", members=[*zone.ids(), users[0].id])
    assert users[0].id not in seats(zone, meeting)


def test_drawn_experts_vote_declare_and_step_aside_like_members_and_the_record_prints_the_lots(zone):
    put_on_register(zone, 2)
    case, other = zone.case(), zone.case()
    meeting = zone.meeting(case, other, begun=False)
    made = draws(zone, meeting)
    voting, tied = (zone.get(User, one["user"]) for one in made.pool)
    name = zone.get(Firm, case.firm_id).name
    with at(zone.database, tied.actor) as desk:
        interests.declare(desk, year=2026, lines=[Interest(Ground.OFFICE, name)])
    with at(zone.database, zone.chair.actor) as desk:
        meetings.open_meeting(desk, desk.get(Meeting, meeting.id))
    with pytest.raises(NotFound):
        zone.votes(case, tied)
    for user in (*zone.everybody, voting):
        zone.votes(case, user)
    record = zone.seals(case).record
    assert (record["count"]["seats"], record["count"]["cast"]) == (6, 6)
    assert [tie["name"] for tie in record["ties"]] == [tied.name]
    (printed,) = record["lots"]
    assert (printed["seed"], printed["drawn"], printed["pool"]) == (made.seed, made.drawn, made.pool)
    zone.votes(other, tied)  # only that one case is closed to them


def test_by_the_dated_figure_experts_may_sit_to_advise_alone(zone, monkeypatch):
    real = parameters.figure

    def advising(key, on):
        found = real(key, on)
        return parameters.Figure(key, 0, found.unit, found.since, found.source, "C") if key == "experts_vote" else found

    monkeypatch.setattr(parameters, "figure", advising)
    put_on_register(zone, 1)
    case = zone.case()
    meeting = zone.meeting(case, begun=False)
    made = draws(zone, meeting)
    with at(zone.database, zone.chair.actor) as desk:
        meetings.open_meeting(desk, desk.get(Meeting, meeting.id))
        assert service.count(desk, desk.get(GuaranteeCase, case.id)).seats == 5
    expert = zone.get(User, made.pool[0]["user"])
    with at(zone.database, expert.actor, write=False) as desk:
        assert desk.get(GuaranteeCase, case.id)  # reads like a member
    with pytest.raises(NotSeated):
        zone.votes(case, expert)


def test_lots_and_experts_stay_on_record_by_any_sql(zone):
    put_on_register(zone)
    draws(zone, zone.meeting(begun=False))
    for change in ("UPDATE expert_draw SET seed = ''", "DELETE FROM expert_draw", "DELETE FROM expert"):
        with pytest.raises(IntegrityError, match="wall"), writing(zone.database) as session:
            session.execute(text(change))


def test_only_the_office_keeps_the_register_and_only_members_accounts_stand_on_it_once(zone):
    _, users = put_on_register(zone, 1)
    with at(zone.database, zone.officer.actor) as desk:
        with pytest.raises(ExpertKnown):
            experts.enter(desk, desk.get(User, users[0].id), field="铜加工", employer="示范大学")
        with pytest.raises(NotFound):
            experts.enter(desk, desk.get(User, zone.chair.id), field="铜加工", employer="示范大学")
    with at(zone.database, zone.chair.actor) as desk, pytest.raises(NotAllowed):
        experts.enter(desk, desk.get(User, zone.members[0].id), field="铜加工", employer="示范大学")
    with at(zone.database, zone.members[0].actor) as desk, pytest.raises(NotAllowed):
        experts.draw(desk, desk.session.scalars(select(Meeting)).first() or Meeting(number="", day=TODAY, place=""))
    with writing(zone.database) as session:
        assert session.scalars(select(ExpertDraw)).all() == []
        assert session.scalars(select(Tie)).all() == []
