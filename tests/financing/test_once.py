"""One form, one effect."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from financing import once
from financing.access import VISITOR
from financing.desk import opened
from financing.once import FormOnce, Ticket
from financing.parties.model import Bank
from financing.parties.rules import BankKind
from financing.refusals import FormReused, NotFound
from tests.makers import NOW

TICKET = Ticket("session", "token", "/needs", "body")


def send(database, ticket, name="甲银行"):
    """What a request does: claim, act, remember where it led."""
    with opened(database, VISITOR, NOW) as desk:
        if place := once.claim(desk.session, ticket, NOW):
            return place
        desk.session.add(bank := Bank(name=name, kind=BankKind.CITY))
        once.settle(desk.session, ticket, f"/banks/{bank.id}")
        return f"/banks/{bank.id}"


def banks(database):
    with database.reader.connect() as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM bank").scalar()


def test_fifty_at_once_have_one_effect_and_one_answer(database):
    with ThreadPoolExecutor(8) as pool:
        places = set(pool.map(lambda _: send(database, TICKET), range(50)))
    assert len(places) == 1
    assert banks(database) == 1


def test_the_same_token_with_other_words_is_refused(database):
    send(database, TICKET)
    with pytest.raises(FormReused):
        send(database, replace(TICKET, body="other"))
    assert banks(database) == 1


@pytest.mark.parametrize("other", [{"session": "another"}, {"token": "another"}, {"route": "/else"}])
def test_another_session_token_or_route_is_another_form(database, other):
    send(database, TICKET, "甲银行")
    send(database, replace(TICKET, **other), "乙银行")
    assert banks(database) == 2


def _claim_and_fail(desk):
    assert once.claim(desk.session, TICKET, NOW) is None
    desk.get(Bank, 1)  # nothing there


def test_a_refused_form_may_be_sent_again(database):
    with pytest.raises(NotFound), opened(database, VISITOR, NOW) as desk:
        _claim_and_fail(desk)
    assert send(database, TICKET).startswith("/banks/")


def test_old_tokens_are_dropped_and_young_ones_kept(database):
    send(database, TICKET)
    with opened(database, VISITOR, NOW) as desk:
        once.forget(desk.session, NOW)
        assert desk.session.get(FormOnce, TICKET.key) is not None
        once.forget(desk.session, NOW + timedelta(seconds=1))
        desk.session.expire_all()
        assert desk.session.get(FormOnce, TICKET.key) is None
