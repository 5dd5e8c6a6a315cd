"""Notices reach those concerned, once, and lead to a page they may open."""

from __future__ import annotations

import pytest

from financing.access import FIRM, SYSTEM, Actor, Role
from financing.acts import Act
from financing.notices import service
from financing.notices.model import Notice
from tests.makers import NOW, a_bank, a_firm, a_user, at, writing
from tests.web.test_access_matrix import table
from web.jobs import work_off
from web.leads import lead


@pytest.fixture
def people(database):
    with writing(database) as session:
        firm, bank = a_firm(session), a_bank(session)
        return {
            "firm": a_user(session, Role.SIGNATORY, firm_id=firm.id),
            "clerk": a_user(session, Role.CLERK, firm_id=firm.id),
            "stranger": a_user(session, Role.SIGNATORY, firm_id=a_firm(session).id),
            "banker": a_user(session, Role.BANKER, bank_id=bank.id),
            "officer": a_user(session, Role.OFFICER),
            "gone": a_user(session, Role.OFFICER, active=False),
        }


def told(database, user):
    with at(database, user.actor, write=False) as desk:
        return [(notice.act, notice.number) for notice in service.mine(desk)]


@pytest.mark.parametrize(
    ("to", "reached"),
    [
        (lambda p: {"firm": p["firm"].firm_id}, {"firm", "clerk"}),
        (lambda p: {"bank": p["banker"].bank_id}, {"banker"}),
        (lambda p: {"role": "officer"}, {"officer"}),
        (lambda p: {"user": p["clerk"].id}, {"clerk"}),
    ],
)
def test_a_notice_reaches_exactly_those_concerned(database, people, to, reached):
    with at(database, people["officer"].actor) as desk:
        desk.later("notice", "once", to=to(people), code=Act.ACCEPT_NEED.value, subject=1, number="XQ2026-0001")
    assert work_off(database, NOW) == 1
    assert {name for name, user in people.items() if told(database, user)} == reached
    assert work_off(database, NOW) == 0


def test_delivering_twice_is_delivering_once(database, people):
    payload = {"to": {"role": "officer"}, "code": Act.ACCEPT_NEED.value, "subject": 1, "number": "XQ2026-0001"}
    for new in (1, 0):
        with at(database, SYSTEM) as desk:
            assert service.deliver(desk, "same", payload) == new
    assert told(database, people["officer"]) == [(Act.ACCEPT_NEED, "XQ2026-0001")]


def test_marking_as_seen_is_for_oneself_alone(database, people):
    with at(database, SYSTEM) as desk:
        service.deliver(
            desk, "x", {"to": {"firm": people["firm"].firm_id}, "code": "need.accept", "subject": 1, "number": "1"}
        )
    with at(database, people["firm"].actor) as desk:
        assert service.mark_seen(desk) == 1
    with at(database, SYSTEM, write=False) as desk:
        seen = {notice.user_id: notice.seen_at is not None for notice in desk.all(Notice)}
    assert seen == {people["firm"].id: True, people["clerk"].id: False}


def test_what_cannot_be_delivered_stays_visible_and_is_tried_again(database, people):
    with at(database, people["officer"].actor) as desk:
        desk.later("notice", "broken", to={"planet": 1}, code=Act.ACCEPT_NEED.value, subject=1, number="1")
    work_off(database, NOW)
    with at(database, SYSTEM, write=False) as desk:
        from financing.outbox import Outgoing

        (row,) = desk.all(Outgoing)
    assert row.failed == "KeyError" and row.tries == 1 and row.done_at is None and row.due_at > NOW


#: What a notice of an act is about, in the words of the table of access, as a zone's year of notices showed it; "" has no page of its own.
ABOUT = {
    "need": "need.accept need.assess need.refuse need.submit match.propose match.pass_over match.claim offer.make offer.open offer.accept "
    "offer.decline drawdown.report dossier.send consent.grant reversal.ask case.seal life.ask handover.take",
    "agreement": "agreement.adopt agreement.propose",
    "appointment": "appointment.accept appointment.book appointment.hold",
    "issue": "bulletin.draft bulletin.propose",
    "watchcheck": "check.escalate check.plan check.visit",
    "meeting": "meeting.call",
    "survey": "survey.record survey.review",
    "guarantee": "letter.issue letter.repay letter.recover letter.compensate entry.propose",
    "loan": "loan.extend loan.record renewal.call renewal.choose repayment.ask_back",
    "subsidy": "policy.apply policy.pay policy.review",
    "policy": "policy.propose policy.escalate",
    "request": "request.answer request.close request.escalate request.raise request.reopen request.sign",
    "task": "task.accept task.escalate task.prove task.set",
    "event": "event.move_up",
    "inspection": "inspection.approve inspection.book inspection.join inspection.record",
    "warning": "warning.ask warning.escalate warning.raise",
    "session": "session.invite session.plan",
    "payout_check": "payout.ask",
    "": "alarm.raise breaker.stop bridge.propose_move handler.propose pairing.set policy.ask policy.answer policy.tell_window reserves.confirm "
    "reserves.propose return.confirm unannounced.say unannounced.answer visit.plan yearly.remind firm.confirm commitment.follow calls.draw "
    "letter.write",
}  # fmt: skip


@pytest.mark.parametrize("role", [*sorted(FIRM), Role.OFFICER, Role.LEADER, Role.CHAIR, Role.BANKER])
def test_a_notice_leads_to_the_page_of_what_it_is_about(role):
    """The route that it leads to takes things of that kind and no other; where the role has no such page, to where one begins."""
    takes = {case.route: case.thing for case in table() if case.thing}
    wrong = [
        (act, route)
        for thing, acts in ABOUT.items()
        for act in acts.split()
        if (route := lead(Actor(1, role, 1, 1, ""), Act(act))) != "home"
        and takes.get(route, "") != thing
        and route != "firm.show"
    ]
    assert wrong == []
