"""A consent opens a firm to a bank: its signatory grants it with a second factor, never by a password alone (C-16)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from financing.access import Actor, Role
from financing.acts import Act
from financing.desk import opened
from financing.matching.model import Consent, Match
from financing.needs.rules import NeedState
from financing.people.model import User
from financing.sign_refusals import FactorFirst, ProofNeeded
from tests.makers import NOW, TODAY, a_bank, a_firm, a_need, a_product, writing
from tests.web.test_second import joins, sets_up

SAID = "要用动态码或通行密钥"


@pytest.fixture
def strict(sqlite_database, made):
    return made(sqlite_database, second_factor="on")


def test_C16_a_signatory_sets_up_a_second_factor_and_then_consents(strict):
    browser = joins(strict, Role.SIGNATORY)
    with writing(strict.database) as session:
        firm, bank = a_firm(session), a_bank(session)
        session.scalars(select(User).where(User.login == "signatory")).one().firm_id = firm.id
        need = a_need(session, firm, state=NeedState.APPROVED, submitted_on=TODAY)
        match = Match(need_id=need.id, firm_id=firm.id, bank_id=bank.id, product_id=a_product(session, bank).id, fit=1, reasons=[],
                      proposed_on=TODAY)  # fmt: skip
        session.add(match)
        session.flush()
    place = f"/matches/{match.id}/consent"
    page = browser.get(f"{place}?parts=contact&days=30")
    assert page.status_code == 200 and "现在设置二次验证" in page.text
    answer = browser.sends(place, {"parts": "contact", "days": "30"}, opened=f"{place}?parts=contact&days=30")
    assert answer.status_code == 409 and SAID in answer.text
    with writing(strict.database) as session:
        assert session.scalars(select(Consent)).all() == []
    phone, _ = sets_up(strict, browser)
    page = browser.get(f"{place}?parts=contact&days=30")
    assert "现在设置二次验证" not in page.text
    assert (
        browser.sends(place, {"parts": "contact", "days": "30"}, opened=f"{place}?parts=contact&days=30").status_code
        == 303
    )
    strict.clock.later(minutes=6)  # the proof is too old: the code is asked for, not the password
    again = browser.sends(place, {"parts": "contact", "days": "60"}, opened=f"{place}?parts=contact&days=60")
    assert again.status_code == 401 and "动态码" in again.text and phone.code not in again.text
    with writing(strict.database) as session:
        assert len(session.scalars(select(Consent)).all()) == 1


def test_C16_the_platform_and_a_demo_zone_are_not_asked(sqlite_database):
    person, match = (
        Actor(7, Role.SIGNATORY, 1),
        Match(need_id=1, firm_id=1, bank_id=1, product_id=1, fit=1, reasons=[], proposed_on=TODAY),
    )
    for proved, factored, refusal in (
        (None, False, None),
        (NOW, True, None),
        (NOW, False, FactorFirst),
        (NOW - timedelta(minutes=6), False, FactorFirst),  # there is no use in asking for the password first
        (NOW - timedelta(minutes=6), True, ProofNeeded),
    ):
        found: object = None
        try:
            with opened(sqlite_database, person, NOW, proved_at=proved, factored=factored) as desk:
                desk._write(Act.GRANT_CONSENT, match, {})
        except (FactorFirst, ProofNeeded) as refused:
            found = type(refused)
        assert found is refusal
