"""Asking the head to release, at its pages: one button, one list, an answer either way."""

from __future__ import annotations

import pytest

from financing.access import SYSTEM, Role
from financing.matching.model import Dossier
from financing.money import Fen
from financing.parties import rights
from financing.people.model import User
from tests.financing.offers.test_service import sent
from tests.makers import NOW, at
from tests.web.conftest import OURS


@pytest.fixture
def stage(quick_site):
    quick_site.clock.now = NOW
    return sent(quick_site.database, banks=2)


@pytest.fixture
def people(quick_site, stage):
    """An officer up to 50 万元, the head, and somebody of the other bank."""
    bank, rival = (one.id for one in stage.banks)
    quick_site.person(Role.BANK_ADMIN, bank_id=bank)
    found = [
        quick_site.person(Role.BANKER, login, bank_id=owner)
        for login, owner in (("officer", bank), ("head", bank), ("rival", rival))
    ]
    for login, most, heads in (("officer", Fen.wan(50), False), ("head", None, True)):
        admin, to = _user(stage, "bank_admin"), _user(stage, login)
        with at(stage.database, admin.actor, NOW) as desk:
            rights.give(desk, desk.get(User, to.id), most=most, heads=heads)
    return found


def _user(stage, login: str) -> User:
    with at(stage.database, SYSTEM, NOW) as desk:
        return desk.all(User, User.login == login)[0]


def places(stage) -> tuple[str, str]:
    """The dossier's page and the place of the match at the first bank."""
    with at(stage.database, stage.officer, NOW) as desk:
        return f"/dossiers/{desk.all(Dossier)[0].id}", f"/matches/{stage.match(desk, 0).id}"


def test_one_button_asks_the_head_sees_it_with_amount_right_and_clock_and_returns_it(stage, people):
    officer, head, rival = people
    dossier, match = places(stage)
    page = officer.get(dossier).text
    assert "请本行负责人放行" in page
    assert "答复时限照常计算" in page, "the consequence stands before the button"
    assert "请本行负责人放行" not in head.get(dossier).text, "whoever needs no release is not offered one"
    assert "请本行负责人放行" not in rival.get(dossier).text
    other_tab = officer.token(dossier, f"{match}/release/ask")
    assert officer.sends(f"{match}/release/ask", {}, opened=dossier).status_code == 303
    again = officer.client.post(f"{match}/release/ask", data=other_tab, headers=OURS, follow_redirects=False)
    assert again.status_code == 409
    assert "不必再次请求" in again.text
    assert "正在等待答复" in officer.get(f"{match}/offer").text
    waiting = head.get("/releases").text
    assert all(word in waiting for word in (stage.firm.name, "120", "50", "2026-11-23", "放行报价"))
    assert "放行报价" not in officer.get("/releases").text, "the head alone is shown the way to release"
    assert stage.firm.name not in rival.get("/releases").text
    place = f"{match}/release/return"
    assert "请填写" in head.sends(place, {}).text
    assert head.sends(place, {"reason": "先补授信批复"}).status_code == 303
    assert "先补授信批复" in officer.get(dossier).text
    assert "先补授信批复" in officer.get("/releases?answered=yes").text
    assert head.get(place).status_code == 404, "there is nothing to return any more"


def test_the_head_s_form_stands_at_what_was_asked_and_a_release_clears_the_list(stage, people):
    officer, head, _ = people
    dossier, match = places(stage)
    officer.sends(f"{match}/release/ask", {}, opened=dossier)
    place = f"{match}/release"
    assert 'value="120"' in head.get(place).text
    assert head.sends(place, {"most": "120"}).status_code == 303
    assert stage.firm.name not in head.get("/releases").text
    assert "已放行" in officer.get("/releases?answered=yes").text
    assert "请本行负责人放行" not in officer.get(dossier).text
