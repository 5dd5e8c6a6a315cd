"""Fifty at once: the same form pressed again and again, and the last second in which everybody wants the same thing."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from http.client import HTTPConnection
from threading import Barrier
from urllib.parse import urlencode

import pytest
from sqlalchemy import func, select

from financing.access import SYSTEM, Role
from financing.journal import Entry
from financing.matching.model import Match
from financing.money import Fen, Rate
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.offers import opening
from financing.offers import service as offers
from financing.offers.costs import Terms
from financing.offers.model import Offer
from financing.offers.rules import OfferState
from financing.settings import Settings
from scoring.repayment import Repayment
from tests.financing.matching.stage import Stage, staged
from tests.makers import NOW, TODAY, at
from tests.served import over_http
from tests.web.conftest import OURS, SITE, Browser, Site
from tests.web.populated import PASSWORD, Populated
from web.app import create_app

MANY, BANKS = 50, 20
#: Who sends what: role, thing, the page with the form, where it goes, what is typed.
FORMS = {
    "need.submit": (Role.SIGNATORY, ("need", "draft"), "/needs/{}/check", "/needs/{}/submit", {}),
    "case.vote": (Role.MEMBER, ("case", "ours"), "/cases/{}", "/cases/{}/vote", {"vote": "for", "opinion": "同意"}),
    "consent.grant": (
        Role.SIGNATORY, ("match", "proposed"), "/matches/{}/consent?days=30&parts=score", "/matches/{}/consent",
        {"days": "30", "parts": "score"},
    ),
    "offer.accept": (Role.SIGNATORY, ("offer", "ours"), "/offers/{}", "/offers/{}/accept", {}),
}  # fmt: skip


@pytest.fixture
def site(database, tmp_path):
    """The site on each database at the moment in which the makers' things are made."""
    settings = Settings(data_dir=tmp_path / "var", log_level="ERROR")
    return Site(create_app(database, settings, lambda: NOW), database, settings)


def at_once(site: Site, presses):
    """Everybody is connected and waits for everybody else, then all press; each answer as status and place."""
    gate = Barrier(len(presses))

    def press(one):
        browser, path, form = one
        headers = {**OURS, "host": SITE.removeprefix("http://"), "cookie": f"sid={browser.client.cookies['sid']}"}
        headers["content-type"] = "application/x-www-form-urlencoded"
        with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as line:
            line.connect()
            gate.wait()
            line.request("POST", path, urlencode(form), headers)
            answer = line.getresponse()
            return answer.status, answer.headers.get("location", "").partition("?")[0]

    with over_http(site.app) as port, ThreadPoolExecutor(len(presses)) as pool:
        return Counter(pool.map(press, presses))


def times(site: Site, act: str, subject: int) -> int:
    """How often the journal says that this was done to that."""
    with site.database.reader.connect() as connection:
        done = select(func.count()).where(Entry.act == act, Entry.subject_id == subject)
        return connection.execute(done).scalar_one()


def test_fifty_times_the_same_form_is_once(site, tmp_path):
    zone = Populated(site.database, site.settings.uploads)
    for act, (role, thing, page, path, typed) in FORMS.items():
        browser, key = site.visitor(), zone.thing(*thing)
        assert browser.signs_in(role.value, PASSWORD).status_code == 303
        form = browser.token(page.format(key), path.format(key)) | typed
        answers = at_once(site, [(browser, path.format(key), form)] * MANY)
        assert [status for status, _place in answers] == [303], (act, answers)
        assert times(site, act, key) == 1, act


@pytest.fixture
def market(site) -> Stage:
    """Twenty banks have made an offer for one need."""
    stage = staged(site.database, banks=BANKS)
    stage.proposed()
    for bank in range(BANKS):
        stage.grant(bank)
    stage.send()
    terms = Terms(Fen.wan(100), 12, Rate.percent("3.6"), Repayment.INTEREST_ONLY, Rate(0))
    for banker in stage.bankers:
        with stage.at(banker) as desk:
            match = desk.all(Match)[0]
            offers.offer(desk, match, terms, offers.Promise(TODAY + timedelta(days=9)))
    with stage.at(SYSTEM) as desk:
        assert opening.open_all(desk, stage.need.id) == BANKS
    return stage


def test_of_twenty_offers_accepted_in_the_same_second_exactly_one_is(site, market):
    firm = site.person(Role.SIGNATORY, firm_id=market.firm.id)
    with at(site.database, market.signatory) as desk:
        keys = [offer.id for offer in desk.all(Offer)]
    assert len(keys) == BANKS
    answers = at_once(site, [pressed(firm, key) for key in keys])
    assert Counter(status for status, _place in answers.elements()) == {303: 1, 409: BANKS - 1}
    with at(site.database, market.signatory) as desk:
        states = Counter(offer.state for offer in desk.all(Offer))
        assert desk.get(Need, market.need.id).state is NeedState.SETTLED
    assert states == {OfferState.ACCEPTED: 1, OfferState.NOT_CHOSEN: BANKS - 1}
    assert times(site, "offer.accept", market.need.id) == 1


def pressed(firm: Browser, key: int):
    path = f"/offers/{key}/accept"
    return firm, path, firm.token(f"/offers/{key}", path)
