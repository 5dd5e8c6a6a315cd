"""A handled need is rated once; who handled it never learns who said what; a bad rating is verified, put right and called back (F98)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from financing.access import Role
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.office import handover
from financing.office.model import HandOver
from financing.office.rules import Cause
from financing.office_refusals import NotHandled, RatedAlready
from financing.parties.model import Firm
from financing.ratings import service, views
from financing.ratings.model import CallBack, Rating
from financing.ratings.periods import Period
from financing.ratings.rules import CallReason, CallState, Grade
from financing.refusals import NotAllowed, NotFound, WrongState
from tests.makers import NOW, TODAY, a_firm, a_need, a_user, at, writing

NOTHING: dict[str, Grade | None] = {}
MONTH = Period(TODAY.replace(day=1), 1)


@pytest.fixture
def zone(database):
    with writing(database) as session:
        firm = a_firm(session)
        people = {
            "firm": a_user(session, Role.CLERK, firm_id=firm.id).actor,
            "stranger": a_user(session, Role.SIGNATORY, firm_id=a_firm(session).id).actor,
            "handler": a_user(session, Role.OFFICER).actor,
            "other": a_user(session, Role.OFFICER).actor,
            "leader": a_user(session, Role.LEADER).actor,
        }
        need = a_need(session, firm, state=NeedState.SETTLED, submitted_on=TODAY, officer_id=people["handler"].id)
        return people | {"need": need.id, "open": a_need(session, firm, state=NeedState.LISTED, submitted_on=TODAY).id}


def rates(database, who, key, grade) -> None:
    with at(database, who) as desk:
        service.rate(desk, desk.get(Need, key), grade, {"efficiency": Grade.TWO}, "等了太久")


def test_a_handled_need_is_rated_once_and_by_its_own_firm(database, zone):
    with pytest.raises(NotHandled):
        rates(database, zone["firm"], zone["open"], Grade.FIVE)
    with pytest.raises(NotFound):
        rates(database, zone["stranger"], zone["need"], Grade.FIVE)
    rates(database, zone["firm"], zone["need"], Grade.FIVE)
    with pytest.raises(RatedAlready):
        rates(database, zone["firm"], zone["need"], Grade.ONE)
    with at(database, zone["firm"], write=False) as desk:
        assert service.of_need(desk, zone["need"]).grade is Grade.FIVE
        assert desk.all(CallBack) == []


def test_a_good_rating_is_seen_by_nobody_of_the_office_and_a_bad_one_not_by_who_handled_it(database, zone):
    rates(database, zone["firm"], zone["need"], Grade.TWO)
    seen = {}
    for name in ("handler", "other", "leader"):
        with at(database, zone[name], write=False) as desk:
            seen[name] = (len(desk.all(Rating)), len(desk.all(CallBack)), views.calls(desk).total)
    assert seen == {"handler": (0, 0, 0), "other": (1, 1, 1), "leader": (1, 1, 1)}


def test_a_bad_rating_goes_from_verifying_to_the_call_by_somebody_else(database, zone):
    rates(database, zone["firm"], zone["need"], Grade.ONE)
    with at(database, zone["other"], write=False) as desk:
        call = desk.all(CallBack)[0]
        assert (call.reason, call.state, call.due_on) == (
            CallReason.BAD,
            CallState.VERIFY,
            desk.calendar.after(TODAY, 15).day,
        )
    with pytest.raises(WrongState), at(database, zone["other"]) as desk:
        service.rectify(desk, desk.get(CallBack, call.id), "已致歉")
    with pytest.raises(NotFound), at(database, zone["handler"]) as desk:
        service.verify(desk, desk.get(CallBack, call.id), true=True, found="属实")
    with pytest.raises(NotAllowed), at(database, zone["handler"]) as desk:
        service.verify(desk, desk.session.get_one(CallBack, call.id), true=True, found="属实")
    later = NOW + timedelta(days=10)
    with at(database, zone["other"], later) as desk:
        service.verify(desk, desk.get(CallBack, call.id), true=True, found="受理后两周没有评分")
    with at(database, zone["leader"], later) as desk:
        service.rectify(desk, desk.get(CallBack, call.id), "已评分并致歉")
    with at(database, zone["other"], later) as desk:
        service.missed(desk, desk.get(CallBack, call.id))
        service.called(desk, desk.get(CallBack, call.id), Grade.FOUR)
    with at(database, zone["leader"], later, write=False) as desk:
        found = views.results(desk, MONTH)
        assert (found.bad, found.verified, found.rectified, found.in_time, found.called) == (1, 1, 1, 1, 1)
        assert found.rated.hidden and found.rated.count == 0  # one firm alone


def test_results_are_told_from_five_firms_on(sqlite_database):
    grades = [Grade.FIVE, Grade.FIVE, Grade.FOUR, Grade.THREE, Grade.TWO]
    for count, grade in enumerate(grades, 1):
        with writing(sqlite_database) as session:
            firm = a_firm(session)
            clerk = a_user(session, Role.CLERK, firm_id=firm.id).actor
            key = a_need(session, firm, state=NeedState.REJECTED, submitted_on=TODAY).id
            leader = a_user(session, Role.LEADER).actor
        with at(sqlite_database, clerk) as desk:
            service.rate(desk, desk.get(Need, key), grade, NOTHING)
        with at(sqlite_database, leader, write=False) as desk:
            assert views.results(desk, MONTH).rated.hidden == (count < 5)
    with at(sqlite_database, leader, write=False) as desk:
        rated = views.results(desk, MONTH).rated
        assert (rated.count, rated.content, rated.grades[Grade.FIVE], rated.grades[Grade.ONE]) == (5, 4, 2, 0)
        assert views.results(desk, MONTH).aspects["efficiency"].hidden


def test_who_handed_the_need_over_before_it_was_rated_does_not_see_what_was_said(database, zone):
    with writing(database) as session:
        key = a_need(session, session.get_one(Firm, zone["firm"].firm_id), state=NeedState.LISTED, submitted_on=TODAY,
                     officer_id=zone["handler"].id).id  # fmt: skip
    with at(database, zone["handler"]) as desk:
        made = handover.offer(desk, [desk.get(Need, key)], zone["other"].id, cause=Cause.LEAVE, note="休假")
    with at(database, zone["other"]) as desk:
        handover.accept(desk, desk.get(HandOver, made.id))
    with writing(database) as session:
        session.get_one(Need, key).state = NeedState.SETTLED
    rates(database, zone["firm"], key, Grade.ONE)
    seen = {}
    for name in ("handler", "other", "leader"):
        with at(database, zone[name], write=False) as desk:
            seen[name] = (len(desk.all(Rating)), len(desk.all(CallBack)), views.calls(desk).total)
    assert seen == {"handler": (0, 0, 0), "other": (0, 0, 0), "leader": (1, 1, 1)}
