"""Members declare their interests every year, add to them, and do not vote before they have (F99)."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from financing.access import DECIDERS, Role
from financing.acts import Act
from financing.guarantees import interest_views, interests, recusal_views
from financing.guarantees.committee_model import InterestDeclaration
from financing.guarantees.interest_rules import Ground, Interest
from financing.guarantees.model import GuaranteeCase
from financing.guarantees.rules import Round
from financing.interest_refusals import NotDeclared, NothingStated
from financing.journal import Entry
from financing.outbox import Outgoing
from financing.refusals import NotAllowed, NotFound, OutOfRange
from tests.makers import a_declaration, a_user, at, writing

SHARES = Interest(Ground.SHAREHOLDING, "别处的公司", share=None)
NEW_YEAR = datetime(2027, 1, 4, 1, 0, tzinfo=UTC)


@pytest.fixture
def newcomer(zone):
    """A member of the sitting who has not declared for this year."""
    with writing(zone.database) as session:
        zone.members[0] = a_user(session, Role.MEMBER, declared=False)
    return zone.members[0]


def declares(zone, user, *lines, now=None, **said):
    with at(zone.database, user.actor, **({"now": now} if now else {})) as desk:
        said.setdefault("year", desk.today.year)
        return interests.declare(desk, lines=lines, nothing=not lines, **said)


def test_F99_an_undeclared_member_keeps_the_seat_cannot_vote_and_votes_once_declared(zone, newcomer):
    case = zone.case()
    zone.meeting(case)
    with pytest.raises(NotDeclared) as refused:
        zone.votes(case, newcomer)
    assert refused.value.facts["year"] == 2026
    for user in (zone.chair, *zone.members[1:]):
        zone.votes(case, user)
    assert zone.get(GuaranteeCase, case.id).round is Round.FIRST  # the blind round still waits for the fifth seat
    declares(zone, newcomer)
    zone.votes(case, newcomer)
    record = zone.seals(case).record
    assert (record["count"]["seats"], record["count"]["cast"]) == (5, 5)


def test_nobody_shrinks_the_count_by_not_declaring(zone, newcomer):
    case = zone.case()
    zone.meeting(case)
    for user in (zone.chair, *zone.members[1:]):
        zone.votes(case, user)
    assert zone.seals(case).record["count"]["seats"] == 5


def test_a_declaration_of_last_year_is_none_of_this_year(zone):
    case = zone.case()
    zone.meeting(case)
    member = zone.members[0]
    with at(zone.database, member.actor, NEW_YEAR, write=False) as desk:
        assert not interests.declared(desk, member.id)
        assert recusal_views.of_case(desk, desk.get(GuaranteeCase, case.id)).due
        assert interest_views.own(desk).due
    declares(zone, member, now=NEW_YEAR)
    with at(zone.database, member.actor, NEW_YEAR, write=False) as desk:
        assert interests.declared(desk, member.id)


@pytest.mark.parametrize(
    ("day", "years"),
    [((2026, 11, 30), (2026,)), ((2026, 12, 1), (2026, 2027)), ((2026, 12, 31), (2026, 2027)), ((2027, 1, 1), (2027,))],
)
def test_the_next_year_is_open_in_the_last_days_of_this_one(zone, day, years):
    now = datetime(*day, 3, tzinfo=UTC)
    with at(zone.database, zone.members[0].actor, now, write=False) as desk:
        assert interests.years(desk.today) == years
    with pytest.raises(OutOfRange):
        declares(zone, zone.members[0], SHARES, now=now, year=years[-1] + 1)
    with pytest.raises(OutOfRange):
        declares(zone, zone.members[0], SHARES, now=now, year=years[0] - 1)


def test_a_declaration_says_something_and_a_supplement_adds_something(zone, newcomer):
    with at(zone.database, newcomer.actor) as desk, pytest.raises(NothingStated):
        interests.declare(desk, year=2026, lines=(), nothing=False)
    with at(zone.database, newcomer.actor) as desk, pytest.raises(NothingStated):
        interests.declare(desk, year=2026, lines=(SHARES,), nothing=True)
    declares(zone, newcomer)
    with pytest.raises(NothingStated):
        declares(zone, newcomer)
    added = declares(zone, newcomer, SHARES, mark="12345X")
    again = declares(zone, newcomer, SHARES)
    assert (added.number, again.number, again.mark) == (2, 3, "12345X")  # what tells them apart stays known
    with at(zone.database, newcomer.actor, write=False) as desk:
        assert [one.number for one in interest_views.own(desk).shown] == [3, 2, 1]


def test_a_declaration_is_never_changed_or_removed_by_any_sql(zone):
    for change in ("UPDATE interest_declaration SET lines = '[]'", "DELETE FROM interest_declaration"):
        with pytest.raises(IntegrityError, match="wall"), writing(zone.database) as session:
            session.execute(text(change))


def test_declaring_twice_at_once_gives_two_numbers_and_loses_neither(zone, newcomer):
    start = threading.Barrier(2)

    def declare():
        start.wait()
        declares(zone, newcomer, SHARES)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(declare) for _ in range(2)]:
            done.result()
    with at(zone.database, newcomer.actor, write=False) as desk:
        assert [one.number for one in interest_views.own(desk).shown] == [2, 1]


@pytest.mark.parametrize("role", [role for role in Role if role not in {*DECIDERS, Role.SYSTEM}])
def test_nobody_who_never_decides_declares(zone, role):
    with writing(zone.database) as session:
        user = a_user(session, role)
    with pytest.raises(NotAllowed):
        declares(zone, user, SHARES)


def test_what_was_declared_is_for_the_member_the_chair_and_auditors_and_opening_it_is_journalled(zone):
    with writing(zone.database) as session:
        members = {role: a_user(session, role) for role in Role if role is not Role.SYSTEM}
        own = session.scalars(
            select(InterestDeclaration).where(InterestDeclaration.user_id == zone.members[0].id)
        ).one()
    for role, user in members.items():
        with at(zone.database, user.actor) as desk:
            if role in {Role.CHAIR, Role.AUDITOR}:
                interests.opened(desk, desk.get(InterestDeclaration, own.id))
            else:
                with pytest.raises(NotFound):
                    desk.get(InterestDeclaration, own.id)
    with at(zone.database, zone.members[0].actor, write=False) as desk:
        assert desk.get(InterestDeclaration, own.id)
    with writing(zone.database) as session:
        lines = session.scalars(select(Entry).where(Entry.act == Act.OPEN_INTERESTS).order_by(Entry.seq)).all()
    assert {line.actor_id for line in lines} == {members[Role.CHAIR].id, members[Role.AUDITOR].id}
    assert {line.body["facts"]["member"] for line in lines} == {zone.members[0].id}


def test_the_journal_holds_only_a_commitment_to_what_was_declared(zone, newcomer):
    declares(zone, newcomer, Interest(Ground.FAMILY, "某某铜材有限公司", person="王小红"))
    with writing(zone.database) as session:
        body = session.scalars(select(Entry).where(Entry.act == Act.DECLARE_INTERESTS)).one().body
    assert "铜材" not in str(body)
    assert "王小红" not in str(body)


def test_the_office_sees_who_is_due_and_reminds_each_once_a_day(zone, newcomer):
    with at(zone.database, zone.officer.actor) as desk:
        register = interest_views.register(desk)
        assert [one.name for one in register if one.declaration is None] == [newcomer.name]
        assert len(register) == 7  # with the one whose seat the newcomer took, and the officer
        assert interests.remind(desk) == 1
    with at(zone.database, zone.officer.actor) as desk:
        interests.remind(desk)
    with writing(zone.database) as session:
        about = select(func.count()).select_from(Outgoing).where(Outgoing.once.like("declare:%"))
        assert session.scalar(about) == 1


def test_the_lines_of_the_last_year_still_tie_a_member_who_owes_this_years(zone):
    with writing(zone.database) as session:
        a_declaration(session, zone.members[0], SHARES, year=2025)
        newer = a_user(session, Role.MEMBER, declared=False)
        a_declaration(session, newer, SHARES, year=2025)
    with at(zone.database, zone.officer.actor, write=False) as desk:
        assert interests.standing(desk, zone.members[0].id)[1] == ()  # declared anew: nothing
        assert [one.year for one in interests.standing(desk, newer.id)[1]] == [2025]
