"""Cases change hands by agreement or by a leader's word, never to somebody who is tied, and the firm is told (F81, F12)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from financing.access import Actor, Role
from financing.acts import Act
from financing.clocks import posts
from financing.clocks.rules import Rung
from financing.guarantees.interest_rules import Ground, Interest
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.office import handover
from financing.office.model import Deputy, HandOver
from financing.office.rules import Cause, HandState
from financing.office_refusals import DeputyTaken, NoReceiver, NothingToMove, NotYours, ReceiverTied
from financing.outbox import Outgoing
from financing.people.model import User
from financing.refusals import NotAllowed, OutOfRange, WrongState
from tests.makers import TODAY, a_declaration, a_firm, a_need, a_user, at, writing

WHY = {"cause": Cause.LEAVE, "note": "办到评分"}


@pytest.fixture
def zone(database):
    with writing(database) as session:
        giver, receiver, third = (a_user(session, Role.OFFICER, declared=False) for _ in range(3))
        firm, tied = a_firm(session), a_firm(session)
        a_declaration(session, receiver, Interest(Ground.OFFICE, tied.name, tied.code))
        own = {"officer_id": giver.id, "officer_name": giver.name, "submitted_on": TODAY}
        made = {
            "one": a_need(session, firm, state=NeedState.ACCEPTED, **own).id,
            "two": a_need(session, firm, state=NeedState.LISTED, **own).id,
            "over": a_need(session, firm, state=NeedState.SETTLED, **own).id,
            "tied": a_need(session, tied, state=NeedState.SCORED, **own).id,
            "free": a_need(session, firm, state=NeedState.SUBMITTED, submitted_on=TODAY).id,
            "thirds": a_need(session, firm, state=NeedState.SCORED, **own | {"officer_id": third.id}).id,
        }
        leader = a_user(session, Role.LEADER).actor
        return {
            "giver": giver.actor,
            "receiver": receiver.actor,
            "third": third.actor,
            "leader": leader,
            "firm": firm.id,
            **made,
        }


def handlers(database, zone) -> dict[str, int | None]:
    with writing(database) as session:
        return {
            name: session.get_one(Need, zone[name]).officer_id
            for name in ("one", "two", "over", "tied", "free", "thirds")
        }


def test_a_need_changes_hands_when_it_is_taken_and_its_firm_is_told(database, zone):
    with at(database, zone["giver"]) as desk:
        made = handover.offer(desk, [desk.get(Need, zone["one"])], zone["receiver"].id, **WHY)
    assert handlers(database, zone)["one"] == zone["giver"].id
    for who in ("giver", "third", "leader"):
        with pytest.raises(NotAllowed), at(database, zone[who]) as desk:
            handover.accept(desk, desk.get(HandOver, made.id))
    with at(database, zone["receiver"]) as desk:
        handover.accept(desk, desk.get(HandOver, made.id))
    assert handlers(database, zone)["one"] == zone["receiver"].id
    with pytest.raises(WrongState), at(database, zone["receiver"]) as desk:
        handover.accept(desk, desk.get(HandOver, made.id))
    with writing(database) as session:
        told = [row.payload for row in session.scalars(select(Outgoing)) if row.payload["to"] == {"firm": zone["firm"]}]
        assert [(one["code"], one["subject"]) for one in told] == [(Act.TAKE_CASES, zone["one"])]


def test_all_of_a_person_moves_but_what_the_receiver_is_tied_to_and_what_is_over(database, zone):
    with at(database, zone["giver"]) as desk:
        made = handover.offer_all(desk, zone["receiver"].id, **WHY)
    with at(database, zone["receiver"]) as desk:
        handover.accept(desk, desk.get(HandOver, made.id))
    to, giver = zone["receiver"].id, zone["giver"].id
    assert handlers(database, zone) == {
        "one": to, "two": to, "over": giver, "tied": giver, "free": None, "thirds": zone["third"].id,
    }  # fmt: skip
    with at(database, zone["leader"], write=False) as desk:
        kept = desk.get(HandOver, made.id)
        assert (len(kept.moved), len(kept.left), kept.state) == (2, 1, HandState.TAKEN)


def test_nobody_hands_over_what_is_somebody_elses_or_to_whoever_is_tied(database, zone):
    for name, refusal in (("thirds", NotYours), ("tied", ReceiverTied), ("over", NothingToMove)):
        with pytest.raises(refusal), at(database, zone["giver"]) as desk:
            handover.offer(desk, [desk.get(Need, zone[name])], zone["receiver"].id, **WHY)
    for nobody in (zone["giver"].id, zone["leader"].id, 1):
        with pytest.raises(NoReceiver), at(database, zone["giver"]) as desk:
            handover.offer(desk, [desk.get(Need, zone["one"])], nobody, **WHY)


def test_a_need_that_nobody_has_is_offered_to_a_colleague(sqlite_database):
    zone = a_need_of_nobodys(sqlite_database)
    with at(sqlite_database, zone["giver"]) as desk:
        made = handover.offer(desk, [desk.get(Need, zone["free"])], zone["receiver"], **WHY)
    with at(sqlite_database, zone["taker"]) as desk:
        handover.accept(desk, desk.get(HandOver, made.id))
    with writing(sqlite_database) as session:
        assert session.get_one(Need, zone["free"]).officer_id == zone["receiver"]


def a_need_of_nobodys(database):
    with writing(database) as session:
        giver, receiver = a_user(session, Role.OFFICER), a_user(session, Role.OFFICER)
        free = a_need(session, a_firm(session), state=NeedState.SUBMITTED, submitted_on=TODAY)
        return {"giver": giver.actor, "taker": receiver.actor, "receiver": receiver.id, "free": free.id}


def test_what_was_offered_is_refused_or_taken_back_and_stays_where_it_is(database, zone):
    with at(database, zone["giver"]) as desk:
        first = handover.offer_all(desk, zone["receiver"].id, **WHY)
        second = handover.offer_all(desk, zone["third"].id, **WHY)
    with at(database, zone["receiver"]) as desk:
        handover.refuse(desk, desk.get(HandOver, first.id), "手头太多")
    with pytest.raises(NotAllowed), at(database, zone["third"]) as desk:
        handover.take_back(desk, desk.get(HandOver, second.id))
    with at(database, zone["giver"]) as desk:
        handover.take_back(desk, desk.get(HandOver, second.id))
    assert handlers(database, zone)["one"] == zone["giver"].id


def test_a_leader_gives_the_cases_of_one_officer_to_another_at_once(database, zone):
    with pytest.raises(NotAllowed), at(database, zone["third"]) as desk:
        handover.assign(desk, zone["giver"].id, zone["receiver"].id, **WHY)
    with at(database, zone["leader"]) as desk:
        made = handover.assign(desk, zone["giver"].id, zone["receiver"].id, **WHY)
    found = handlers(database, zone)
    assert (found["one"], found["two"], found["tied"]) == (zone["receiver"].id, zone["receiver"].id, zone["giver"].id)
    assert made.state is HandState.TAKEN


def test_the_head_of_the_section_assigns_from_the_day_the_post_is_held(database, zone):
    with at(database, Actor(1, Role.ADMIN)) as desk:
        posts.give(desk, Rung.SECTION, desk.session.get_one(User, zone["third"].id), TODAY)
    with pytest.raises(NotAllowed), at(database, zone["receiver"]) as desk:
        handover.assign(desk, zone["giver"].id, zone["third"].id, **WHY)
    with at(database, zone["third"]) as desk:
        handover.assign(desk, zone["giver"].id, zone["receiver"].id, **WHY)
    assert handlers(database, zone)["one"] == zone["receiver"].id


def test_a_deputy_stands_in_between_two_days_and_nobody_has_two(database, zone):
    giver, receiver, third = (zone[name].id for name in ("giver", "receiver", "third"))
    soon = TODAY + timedelta(days=3)
    with at(database, zone["giver"]) as desk:
        with pytest.raises(NoReceiver):
            handover.set_deputy(desk, giver, giver, TODAY, soon, "休假")
        with pytest.raises(OutOfRange):
            handover.set_deputy(desk, giver, receiver, soon, TODAY, "休假")
        made = handover.set_deputy(desk, giver, receiver, TODAY, soon, "休假")
        with pytest.raises(DeputyTaken):
            handover.set_deputy(desk, giver, third, soon, soon, "休假")
    with at(database, zone["receiver"], write=False) as desk:
        assert handover.stands_in_for(desk) == [giver]
    with at(database, zone["leader"]) as desk:
        handover.end_deputy(desk, desk.get(Deputy, made.id))
    with at(database, zone["receiver"], write=False) as desk:
        assert handover.stands_in_for(desk) == []
