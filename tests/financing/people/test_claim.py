"""A firm that the office brought in claims its file by a one-time code from an officer; on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from financing.access import VISITOR, Role
from financing.acts import Act
from financing.form_refusals import FirmHasAccount, FirmHeld
from financing.journal import Entry
from financing.people import service
from financing.people.rules import INVITED_FOR
from financing.refusals import InvitationOver, NotAllowed
from tests.makers import NOW, a_firm, a_user, at, writing

PASSWORD = "correct horse battery staple"


@pytest.fixture
def firm(database):
    with writing(database) as session:
        return a_firm(session).id


@pytest.fixture
def officer(database):
    with writing(database) as session:
        return a_user(session, Role.OFFICER).actor


def invites(database, officer, firm, now=NOW):
    with at(database, officer, now) as desk:
        return service.invite_firm(desk, firm, "李芳")


def claims(database, code, login="li.fang", now=NOW):
    with at(database, VISITOR, now) as desk:
        return service.join(desk, code, login, PASSWORD)


def test_whoever_holds_the_code_signs_for_that_firm_and_only_once(database, officer, firm):
    code = invites(database, officer, firm)
    user = claims(database, code)
    assert (user.role, user.firm_id, user.name) == (Role.SIGNATORY, firm, "李芳")
    with pytest.raises(InvitationOver):
        claims(database, code, "somebody.else")
    with pytest.raises(FirmHasAccount):
        invites(database, officer, firm)


@pytest.mark.parametrize(("after", "holds"), [(INVITED_FOR - timedelta(seconds=1), True), (INVITED_FOR, False)])
def test_the_code_ends_after_a_week(database, officer, firm, after, holds):
    code = invites(database, officer, firm)
    if holds:
        assert claims(database, code, now=NOW + after).firm_id == firm
    else:
        with pytest.raises(InvitationOver):
            claims(database, code, now=NOW + after)


def test_a_new_code_ends_those_before_it_at_once_and_no_other_firms(database, officer, firm):
    with writing(database) as session:
        other = a_firm(session).id
    first, theirs = invites(database, officer, firm), invites(database, officer, other)
    second = invites(database, officer, firm)
    with pytest.raises(InvitationOver):
        claims(database, first)
    assert claims(database, second).firm_id == firm
    assert claims(database, theirs, "others").firm_id == other


@pytest.mark.parametrize("changed", ["", "x", "another"])
def test_a_code_that_is_not_quite_right_opens_nothing(database, officer, firm, changed):
    code = invites(database, officer, firm)
    with pytest.raises(InvitationOver):
        claims(database, code[:-1] + changed if changed != "another" else changed)


@pytest.mark.parametrize("role", [Role.SIGNATORY, Role.CLERK, Role.ADMIN, Role.BANKER, Role.MEMBER, Role.AUDITOR])
def test_only_an_officer_gives_a_code(database, firm, role):
    with writing(database) as session:
        somebody = a_user(session, role).actor
    with pytest.raises(NotAllowed):
        invites(database, somebody, firm)


def test_the_code_is_stored_as_a_hash_and_told_to_no_journal(database, officer, firm):
    code = invites(database, officer, firm)
    with writing(database) as session:
        line = session.scalars(select(Entry).where(Entry.act == Act.INVITE_FIRM)).one()
        assert code not in str(line.body) and line.body["firm"] == firm
        assert code not in str(list(session.execute(text("SELECT * FROM invitation"))))


def test_an_account_that_stands_for_a_firm_registers_no_second(database, firm):
    with writing(database) as session:
        other, owner = a_firm(session).id, a_user(session, Role.SIGNATORY, firm_id=firm).actor
    with pytest.raises(FirmHeld), at(database, owner) as desk:
        service.stands_for(desk, other)


def test_a_closed_account_does_not_keep_a_firm_from_being_claimed(database, officer, firm):
    with writing(database) as session:
        a_user(session, Role.SIGNATORY, firm_id=firm, active=False)
    assert claims(database, invites(database, officer, firm)).firm_id == firm
