"""Letters at their pages: prepared, issued by another, repaid, released; refusals told in both languages (F10, F84)."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from financing.access import Role
from financing.guarantees import limits
from financing.guarantees.change_rules import DocumentKind
from financing.guarantees.documents import Document
from financing.guarantees.model import GuaranteeCase
from financing.letters.model import Guarantee, GuaranteeEntry
from financing.letters.paper_model import IssuedPaper
from financing.letters.rules import EntryKind, GuaranteeState
from financing.offers.model import Offer
from tests.financing.matching.stage import Stage
from tests.financing.offers.test_service import accepted, offered, opened, sent
from tests.makers import NOW, writing
from tests.web.conftest import OURS, Browser, Site

PDF = b"%PDF-1.7 the bank says so"


@dataclass
class Zone:
    """A chosen offer on a site, and the people who bring its letter about."""

    site: Site
    stage: Stage
    offer: Offer
    officer: Browser
    chair: Browser
    firm: Browser
    banker: Browser

    @property
    def form(self) -> str:
        return f"/offers/{self.offer.id}/letter"

    def sends(self, browser, page, action, fields, **files):
        form = {**browser.token(page, action if action != page else ""), **fields}
        given = {name: (f"{name}.pdf", content, "application/pdf") for name, content in files.items()}
        return browser.client.post(action, data=form, files=given or None, headers=OURS, follow_redirects=False)

    def prepares(self, amount="300", **files):
        fields = {"amount": amount, "loan_starts": "2026-11-23", "type": "joint"}
        return self.sends(self.officer, self.form, self.form, fields, **({"licence_scan": PDF} | files))

    def prepared(self) -> str:
        answer = self.prepares(str(self.offer.amount.fen // 1_000_000))
        assert answer.status_code == 303, answer.text
        return answer.headers["location"].split("?")[0]

    def acts(self, browser, page, act, fields=(), **files):
        return self.sends(browser, page, f"{page}/{act}", dict(fields), **files)

    def all(self, kind):
        with writing(self.site.database) as session:
            return session.scalars(select(kind)).all()


@pytest.fixture
def zone(site) -> Zone:
    stage = sent(site.database, banks=1)
    offer = offered(stage, 0)
    opened(stage)
    accepted(stage, offer)
    with stage.at(stage.officer) as desk:
        case = desk.all(GuaranteeCase)[0]
        limits.reserve(desk, case)
        offer = desk.get(Offer, offer.id)
    site.clock.now = NOW
    people = [site.person(Role.OFFICER), site.person(Role.CHAIR)]
    firm = site.person(Role.SIGNATORY, firm_id=offer.firm_id)
    return Zone(site, stage, offer, *people, firm, site.person(Role.BANKER, bank_id=offer.bank_id))


def test_a_letter_from_its_form_to_its_release(zone):
    page = zone.prepared()
    assert "待签发" in zone.officer.get(page).text
    assert zone.firm.get(page).status_code == 404  # a draft is the zone's own business
    assert zone.acts(zone.chair, page, "issue").status_code == 303
    for browser in (zone.officer, zone.chair, zone.firm, zone.banker):
        shown = browser.get(page)
        assert shown.status_code == 200 and "在保" in shown.text
    assert zone.acts(zone.officer, page, "repay", {"on": "2026-11-23", "amount": "10"}, proof=PDF).status_code == 303
    (made,) = zone.all(Guarantee)
    (repaid,) = (row for row in zone.all(GuaranteeEntry) if row.kind is EntryKind.REPAID)
    assert made.balance == made.amount - repaid.amount
    assert zone.acts(zone.officer, page, "release", bank_confirmation=PDF).status_code == 303
    assert {row.kind for row in zone.all(GuaranteeEntry)} == {EntryKind.ISSUED, EntryKind.REPAID, EntryKind.RELEASED}
    assert zone.all(Guarantee)[0].state is GuaranteeState.RELEASED
    assert {one.kind for one in zone.all(Document)} >= {
        DocumentKind.LICENCE,
        DocumentKind.PROOF,
        DocumentKind.BANK_CONFIRMATION,
    }
    (paper,) = zone.all(IssuedPaper)
    checked = zone.site.visitor().get(f"/check?code={paper.code}").text
    assert "已失效" in checked and paper.number in checked


@pytest.mark.parametrize(("lang", "told"), [("zh", "出具条件"), ("en", "Grounds")])
def test_what_a_letter_is_refused_for_is_told_in_both_languages(zone, lang, told):
    zone.officer.get("/", params={"lang": lang})
    answer = zone.prepares("999999")
    assert answer.status_code in {409, 422}
    alert = re.search(r'id="trouble".*?</div>', answer.text, re.DOTALL)[0]
    assert re.search("[一-鿿]", re.sub("<[^>]+>", "", alert)) if lang == "zh" else not re.search("[一-鿿]", alert)
    assert zone.all(Guarantee) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_more_than_is_left_is_refused_with_the_amount_that_is(zone, lang):
    page = zone.prepared()
    zone.acts(zone.chair, page, "issue")
    zone.officer.get(page, params={"lang": lang})
    answer = zone.acts(zone.officer, page, "repay", {"on": "2026-11-23", "amount": "99999"})
    assert answer.status_code == 422
    assert len(zone.all(GuaranteeEntry)) == 1
    left = f"{zone.all(Guarantee)[0].balance.fen / 1_000_000:,.0f}"
    assert left.split(",", maxsplit=1)[0] in answer.text


def test_who_prepared_a_letter_finds_no_button_to_issue_it_and_no_way_past(zone):
    page = zone.prepared()
    assert f'action="{page}/issue"' not in zone.officer.get(page).text
    form = {**zone.officer.token(page), "once": "1"}
    sent = zone.officer.client.post(f"{page}/issue", data=form, headers=OURS, follow_redirects=False)
    assert sent.status_code in {403, 404}
    assert zone.all(Guarantee)[0].state is GuaranteeState.PREPARED


def test_the_file_of_a_letter_is_the_same_for_everybody_and_is_known_again_at_the_check(zone):
    page = zone.prepared()
    zone.acts(zone.chair, page, "issue")
    (paper,) = zone.all(IssuedPaper)
    files = [who.get(f"/letters/{paper.id}/paper") for who in (zone.officer, zone.firm, zone.banker)]
    assert {each.status_code for each in files} == {200}
    assert len({each.content for each in files}) == 1
    visitor = zone.site.visitor()
    for content, told in ((files[0].content, "现在有效"), (files[0].content + b" ", "与平台记录不一致")):
        form = {**visitor.token("/check"), "code": paper.code}
        sent = {"file": ("letter.pdf", content, "application/pdf")}
        answer = visitor.client.post("/check", data=form, files=sent, headers=OURS, follow_redirects=False)
        assert told in answer.text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_code_that_was_never_given_and_one_that_is_mistyped_get_one_answer(zone, lang):
    page = zone.prepared()
    zone.acts(zone.chair, page, "issue")
    (paper,) = zone.all(IssuedPaper)
    nearly = paper.code[:-1] + ("2" if paper.code[-1] != "2" else "3")
    visitor = zone.site.visitor()
    answers = [
        re.search(
            r'class="alert.*?</div></div>', visitor.get("/check", params={"code": code, "lang": lang}).text, re.DOTALL
        )[0]
        for code in ("AAAA-BBBB-CCCC", nearly, "%", "BH2026-0001")
    ]
    assert len(set(answers)) == 1
