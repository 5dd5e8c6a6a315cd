"""Notices reach those concerned, once, and lead to a page they may open."""

from __future__ import annotations

import pytest

from financing.access import SYSTEM, Role
from financing.acts import Act
from financing.notices import service
from financing.notices.model import Notice
from tests.makers import NOW, a_bank, a_firm, a_user, at, writing
from web.jobs import work_off


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
