"""One transaction at a desk: permission, state and journal together or not at all."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from financing.access import Actor, Role
from financing.acts import Act
from financing.calendar import published
from financing.desk import opened
from financing.journal import Clue, Entry
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.outbox import Outgoing
from financing.parties.model import Bank, Firm
from financing.refusals import Changed, NotAllowed, NotFound, WrongState
from tests.makers import NOW, a_bank, a_firm, a_need, at, writing

OFFICER = Actor(7, Role.OFFICER)


@pytest.fixture
def need(database):
    with writing(database) as session:
        return a_need(session, a_firm(session), state=NeedState.SUBMITTED)


def lines(database):
    with writing(database) as session:
        return list(session.scalars(select(Entry).order_by(Entry.seq)))


def state(database, need):
    with writing(database) as session:
        return session.get_one(Need, need.id).state


def test_taking_an_act_moves_the_state_and_writes_one_line(database, need):
    with at(database, OFFICER) as desk:
        desk.take(Act.ACCEPT_NEED, desk.get(Need, need.id), due=date(2026, 11, 30))
    assert state(database, need) is NeedState.ACCEPTED
    (line,) = lines(database)
    assert (line.act, line.subject_id, line.firm_id, line.actor_id) == (Act.ACCEPT_NEED, need.id, need.firm_id, 7)
    assert line.body["facts"] == {"due": "2026-11-30", "state": "accepted"}


def accept_twice(desk, need):
    desk.take(Act.ACCEPT_NEED, need)
    desk.later("notice", "once", to={})
    desk.take(Act.ACCEPT_NEED, need)


def test_a_refusal_leaves_nothing_behind(database, need):
    with pytest.raises(WrongState), at(database, OFFICER) as desk:
        accept_twice(desk, desk.get(Need, need.id))
    assert state(database, need) is NeedState.SUBMITTED
    assert lines(database) == []
    with writing(database) as session:
        assert session.scalars(select(Outgoing)).all() == []


def test_permission_is_asked_before_anything_moves(database, need):
    auditor = Actor(8, Role.AUDITOR)
    for act in ("take", "note"):
        with pytest.raises(NotAllowed), at(database, auditor) as desk:
            getattr(desk, act)(Act.ACCEPT_NEED, desk.get(Need, need.id))
    assert state(database, need) is NeedState.SUBMITTED


def test_a_consequence_follows_only_an_act_taken_at_this_desk(database, need):
    with pytest.raises(RuntimeError), at(database, OFFICER) as desk:
        desk.follow(Act.ACCEPT_NEED, desk.get(Need, need.id))
    with writing(database) as session:
        twin = a_need(session, session.get_one(Firm, need.firm_id), state=NeedState.SUBMITTED)
    with at(database, OFFICER) as desk:
        desk.take(Act.ACCEPT_NEED, desk.get(Need, need.id))
        desk.follow(Act.ACCEPT_NEED, desk.get(Need, twin.id), from_=need.id)
    assert state(database, twin) is NeedState.ACCEPTED
    assert [line.subject_id for line in lines(database)] == [need.id, twin.id]


def test_what_may_not_be_seen_is_not_found_like_what_is_not_there(database, need):
    stranger = Actor(9, Role.SIGNATORY, firm_id=1)
    with at(database, stranger, write=False) as desk:
        for key in (need.id, 1):
            with pytest.raises(NotFound) as refusal:
                desk.get(Need, key)
            assert refusal.value.facts == {"kind": "Need"}
        assert desk.find(Need) is None
        assert desk.all(Need) == []


def test_a_form_older_than_the_row_is_told_so(database, need):
    with at(database, OFFICER) as desk:
        assert desk.get(Need, need.id, version=need.version).id == need.id
        with pytest.raises(Changed) as refusal:
            desk.get(Need, need.id, version=need.version - 1)
    assert refusal.value.facts["now"].id == need.id


def test_the_acts_offered_are_those_of_state_and_role(database, need):
    with at(database, OFFICER) as desk:
        assert set(desk.acts(desk.get(Need, need.id))) == {Act.RETURN_NEED, Act.ACCEPT_NEED}
    with at(database, Actor(7, Role.SIGNATORY, firm_id=need.firm_id)) as desk:
        assert set(desk.acts(desk.get(Need, need.id))) == {Act.WITHDRAW_NEED, Act.CLOSE_NEED}


def test_lists_come_filtered_in_order_and_by_column(database, need):
    with writing(database) as session:
        for name in ("乙", "甲", "丙"):
            a_bank(session, name=name)
    with at(database, OFFICER, write=False) as desk:
        assert [bank.name for bank in desk.all(Bank, Bank.name != "丙", by=Bank.name)] == ["乙", "甲"]
        assert set(desk.session.scalars(desk.select(Bank, Bank.name))) == {"甲", "乙", "丙"}
        assert desk.find(Bank, Bank.name == "甲").name == "甲"
        assert desk.get(Need, need.id, lock=False).id == need.id
    with at(database, OFFICER) as desk:
        assert desk.get(Need, need.id, lock=True).id == need.id


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 22, 15, 59, 59, tzinfo=UTC), date(2026, 11, 22)),
        (datetime(2026, 11, 22, 16, 0, tzinfo=UTC), date(2026, 11, 23)),  # midnight in Beijing
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_today_is_the_day_in_beijing(sqlite_database, moment, day):
    with at(sqlite_database, OFFICER, moment, write=False) as desk:
        assert desk.today == day
        assert desk.calendar is published()


def test_a_reader_cannot_write(database, need):
    with pytest.raises(DatabaseError), at(database, OFFICER, write=False) as desk:
        desk.get(Need, need.id).use = "改写"
    with writing(database) as session:
        assert session.get_one(Need, need.id).use == "采购铜材原料"


def test_the_clue_of_the_request_stands_in_the_line(database, need):
    with opened(database, OFFICER, NOW, Clue("s", "a", "r")) as desk:
        desk.note(Act.ACCEPT_NEED, desk.get(Need, need.id))
    (line,) = lines(database)
    assert [line.body[name] for name in ("session", "address", "request")] == ["s", "a", "r"]
    assert line.body["facts"] == {}
