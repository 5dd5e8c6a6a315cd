"""The demo zone: there whole or not at all, with one sign-in for each role, and never over somebody's data."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import pytest

from financing.access import SYSTEM, VISITOR
from financing.commitments import views
from financing.commitments.model import FollowUp, Outcome
from financing.commitments.rules import Stage, Standing
from financing.compensation.model import CompensationClaim, CompensationPart
from financing.compensation.recovery_model import RecoveryCase, RecoveryShare
from financing.compensation.review_model import CompensationReview
from financing.conduct.model import ConductCase, HandlerPost, PayoutCheck
from financing.db import Database
from financing.desk import opened
from financing.forums.day_model import Guest, Intent
from financing.forums.day_rules import Reply, Said
from financing.forums.model import ForumSession, Talk
from financing.guarantees.committee_model import Expert, ExpertDraw
from financing.matching.model import Appetite
from financing.offers.claim_model import Claim
from financing.offers.drawdown_model import Drawdown
from financing.offers.model import Offer, Opening
from financing.offers.reversal_model import Reversal
from financing.offers.rules import OfferState
from financing.parties.model import Bank, OfferRight, Product
from financing.people import service
from financing.people.model import User
from financing.reserves.model import ReservePosting
from financing.words import NAMES
from tests.makers import at


@pytest.fixture
def filled(run, home):
    """A demo zone, and what was said about it."""
    run("migrate")
    answer = run("demo")
    assert answer.code == 0, answer.err
    return answer


def test_the_demo_zone_from_the_first_command_to_the_first_sign_in(run, home, filled):
    note = home / "var" / "demo-sign-ins.txt"
    assert note.read_text(encoding="utf-8") == filled.out
    assert note.stat().st_mode & 0o777 == 0o600
    password = re.search(r"password: (\S+)", filled.out)[1]
    logins = re.findall(r"^  (\w+) +\S+ \| ", filled.out, re.MULTILINE)
    with closing(Database(f"sqlite:///{home / 'var' / 'yuanrong.db'}")) as database:
        with at(database, SYSTEM) as desk:
            roles = [desk.find(User, User.login == login).role for login in logins]
        assert len(set(roles)) == len(roles) - 1 >= 9  # two officers: a visit and its review are two people's
        assert all(NAMES[type(role)][role] in filled.out for role in roles)
        for login in logins:
            assert service.sign_in(partial(opened, database, VISITOR, datetime.now(UTC)), login, password, "127.0.0.1")
        every_page_of_banks_and_sessions_shows_life(database)
        every_page_after_the_signature_shows_life(database)
    assert run("journal", "verify").code == 0
    again = run("demo", "--if-empty")
    assert (again.code, again.out) == (0, filled.out)
    refused = run("demo")
    assert (refused.code, refused.out) == (1, "")
    assert "not empty" in refused.err


def every_page_of_banks_and_sessions_shows_life(database):
    """Every kind of thing such a page tells of is there, in more than one state."""
    with at(database, SYSTEM) as desk:
        there = (OfferRight, Appetite, Claim, Drawdown, Expert, ExpertDraw, FollowUp, Reversal)
        assert [kind.__name__ for kind in there if not desk.all(kind)] == []
        assert {guest.reply for guest in desk.all(Guest)} == set(Reply)
        assert {bool(guest.arrived_at) for guest in desk.all(Guest)} == {True, False}
        assert {intent.said for intent in desk.all(Intent)} == set(Said)
        assert {one.stage for one in desk.all(Outcome)} >= {Stage.PENDING, Stage.CONTRACT, Stage.DROPPED}
        standing = {line.standing for line in views.ledger(replace(desk, whole=True)).lines}
        assert standing >= {Standing.INTENDED, Standing.PAYING, Standing.KEPT, Standing.DROPPED}
        assert any(bank.parent_id for bank in desk.all(Bank))
        assert any(product.withdrawn_at for product in desk.all(Product))
        assert {opening.opened_at is None for opening in desk.all(Opening)} == {True, False}
        waiting = Counter(offer.need_id for offer in desk.all(Offer, Offer.state == OfferState.MADE))
        assert max(waiting.values()) >= 2 and {talk.session_id for talk in desk.all(Talk)} == {
            session.id for session in desk.all(ForumSession)
        }


def every_page_after_the_signature_shows_life(database):
    """Claims, recovery, lessons, reserves and conduct stand in more than one state each."""
    with at(database, SYSTEM) as desk:
        stands = {
            CompensationClaim: {"paid", "refused", "waiting"}, CompensationPart: {"borne", "asked", "received"}, RecoveryCase: {"open"},
            RecoveryShare: {"kept", "owed", "paid"}, CompensationReview: {"decided"}, ReservePosting: {"confirmed", "proposed"},
            HandlerPost: {"adopted"}, ConductCase: {"asked", "looking"},
        }  # fmt: skip
        for kind, states in stands.items():
            assert {one.state.value for one in desk.all(kind)} >= states, kind.__name__
        assert {one.answered_on is None for one in desk.all(PayoutCheck)} == {True, False}


def test_a_zone_in_use_is_left_alone(run, migrated):
    code = re.search(r"code=(\S+)", run("invite", "--name", "张明").out)[1]
    with closing(Database(f"sqlite:///{migrated / 'var' / 'yuanrong.db'}")) as database, at(database, VISITOR) as desk:
        service.join(desk, code, "first", "a quiet harbour in spring")
    assert run("demo", "--if-empty").code == 0
    assert run("demo").code == 1
    assert not (migrated / "var" / "demo-sign-ins.txt").exists()
