"""A page is given again while nobody acts: never to anybody else, never past an act, a day or the end of a consent, and with forms of its own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from financing.access import Role
from financing.matching.model import Consent, Dossier
from financing.needs import service
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.people.model import User
from tests.financing.forums.test_service import grown
from tests.makers import NOW, a_firm, a_need, at, writing
from web import given_again


def laid(site, number: str) -> int:
    """A need that is there without an act, which nobody but a test can do: a page made anew shows it, one given again does not."""
    with writing(site.database) as session:
        return a_need(session, a_firm(session), number=number, state=NeedState.SUBMITTED).id


def accepted(site, key: int) -> None:
    with writing(site.database) as session:
        me = session.scalars(select(User).where(User.login == "officer")).one().actor
    with at(site.database, me, site.clock.now) as desk:
        service.accept(desk, desk.get(Need, key))


@pytest.fixture
def zone(site):
    site.first = laid(site, "XQ2026-0001")
    site.officer = site.person(Role.OFFICER)
    assert "XQ2026-0001" in site.officer.get("/needs").text
    return site


def test_a_page_is_given_again_until_somebody_acts_and_anew_after_it(zone):
    laid(zone, "XQ2026-0002")
    assert "XQ2026-0002" not in zone.officer.get("/needs").text
    accepted(zone, zone.first)
    page = zone.officer.get("/needs").text
    assert "XQ2026-0002" in page
    assert "已受理" in page


def test_every_page_has_form_tokens_of_its_own_and_otherwise_the_same_text(zone):
    pages = [zone.officer.get("/needs").content for _ in range(3)]
    tokens = [given_again.TOKEN.findall(page) for page in pages]
    every = [token for some in tokens for token in some]
    assert len(every) >= 6 and len(set(every)) == len(every)
    assert len({given_again.TOKEN.sub(b"", page) for page in pages}) == 1


def test_two_forms_of_pages_given_again_both_count(zone):
    for name in ("甲", "乙"):
        sent = zone.officer.sends("/views", {"page": "needs", "query": "q=x", "view_name": name}, opened="/needs")
        assert sent.status_code == 303
        zone.officer.get("/needs")
    page = zone.officer.get("/needs").text
    assert ">甲</a>" in page and ">乙</a>" in page


def test_another_address_language_browser_and_a_file_are_made_for_themselves(zone):
    laid(zone, "XQ2026-0002")
    assert "XQ2026-0002" in zone.officer.get("/needs?status=submitted").text
    assert "XQ2026-0002" in zone.officer.get("/needs?as=csv").text
    assert 'lang="en"' in zone.officer.get("/needs?lang=en").text
    assert 'lang="en"' in zone.officer.get("/needs").text  # by the cookie now
    again = zone.visitor()
    again.signs_in("officer")
    assert "XQ2026-0002" in again.get("/needs").text


def test_who_signs_out_is_given_nothing(zone):
    zone.officer.sends("/sign-out", opened="/needs")
    answer = zone.officer.get("/needs")
    assert answer.status_code != 200 and "XQ2026-0001" not in answer.text


def test_the_next_day_is_another_page(zone):
    zone.clock.now = datetime(2026, 11, 23, 15, 59, tzinfo=UTC)  # a minute to midnight in Beijing
    zone.officer.signs_in("officer")
    zone.officer.get("/needs")
    laid(zone, "XQ2026-0002")
    zone.clock.later(seconds=59)
    assert "XQ2026-0002" not in zone.officer.get("/needs").text
    zone.clock.later(seconds=1)
    assert "XQ2026-0002" in zone.officer.get("/needs").text


def test_I09_a_consent_that_ends_without_any_act_ends_the_page_of_the_bank(site):
    site.clock.now = NOW
    stage = grown(site.database, needs=1)
    reads = site.person(Role.BANKER, "banker", bank_id=stage.banks[0].id)
    with writing(site.database) as session:
        firm = session.scalars(select(Dossier.firm_name)).one()
        until = session.scalars(select(Consent.valid_until).where(Consent.bank_id == stage.banks[0].id)).one()
    site.clock.now = until.replace(microsecond=0)
    site.clock.later(seconds=-1)
    reads.signs_in("banker")
    pages = ("/inbox", f"/search?q={firm}")
    assert [("/dossiers/" in reads.get(page).text) for page in pages] == [True, True]
    site.clock.later(seconds=1)
    assert [("/dossiers/" in reads.get(page).text) for page in pages] == [False, False]
