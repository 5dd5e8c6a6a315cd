from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from financing.access import SYSTEM, Role
from financing.acts import Act
from financing.journal import Entry
from financing.matching.model import Consent, Dossier, Match, Viewing
from financing.needs.model import Need
from financing.offers import opening
from financing.offers.model import Decline, Offer
from tests.financing.matching.stage import Stage, staged
from tests.makers import NOW, at
from tests.web.conftest import Browser, Site

NOBODY = 4503599627370497


@pytest.fixture
def stage(site: Site) -> Stage:
    return staged(site.database, banks=2)


def people(site: Site, stage: Stage) -> tuple[Browser, Browser, Browser, Browser]:
    """The officer, the firm's signatory, and an officer of each bank."""
    first, second = stage.banks
    return (
        site.person(Role.OFFICER),
        site.person(Role.SIGNATORY, firm_id=stage.firm.id),
        site.person(Role.BANKER, login="first", bank_id=first.id),
        site.person(Role.BANKER, login="second", bank_id=second.id),
    )


def only(stage: Stage, kind: type, *where: object):
    with at(stage.database, stage.officer) as desk:
        return desk.session.scalars(select(kind).where(*where)).one()


def consents(firm: Browser, match: int, *parts: str, days: int = 60) -> object:
    """Choose, read, agree."""
    chosen = "&".join(["days=" + str(days), *(f"parts={part}" for part in parts)])
    page = f"/matches/{match}/consent?{chosen}"
    return firm.sends(f"/matches/{match}/consent", {"days": str(days), "parts": list(parts)}, opened=page)


def on_the_way(site: Site, stage: Stage, *parts: str) -> tuple[Browser, Browser, Browser, Browser, int, int]:
    """Proposed, consented to the first bank alone, sent."""
    officer, firm, first, second = people(site, stage)
    assert officer.sends(f"/matching/{stage.need.id}/propose", opened=f"/matching/{stage.need.id}").status_code == 303
    match = only(stage, Match, Match.bank_id == stage.banks[0].id).id
    assert consents(firm, match, *(parts or ("statements", "score", "guarantee", "contact"))).status_code == 303
    assert officer.sends(f"/matching/{stage.need.id}/send", opened=f"/matching/{stage.need.id}").status_code == 303
    return officer, firm, first, second, match, only(stage, Dossier).id


def test_from_proposal_to_accepted_offer_by_the_buttons_on_the_pages(site, stage):
    officer, firm, first, _second, match, dossier = on_the_way(site, stage)
    assert stage.firm.name in first.get("/inbox").text
    page = first.get(f"/dossiers/{dossier}").text
    for seen in (stage.firm.name, "李芳", "客户1", "示范开发区融资担保有限公司"):
        assert seen in page
    terms = {"amount": "120", "months": "12", "rate": "3.6", "repayment": "IO", "guarantee_fee": "0.8", "fee_legal": "1200",
             "payee_legal": "示范律师事务所", "deposit": "0", "conditions": "受托支付", "secured_by": "园区担保公司保证", "base": "fixed",
             "prepayment": "可随时提前还款", "drawdown_on": "2026-12-10", "valid_until": "2026-12-31"}  # fmt: skip
    check = f"/matches/{match}/offer/check"
    checked = first.sends(check, terms, opened=f"/matches/{match}/offer")
    assert checked.status_code == 200
    assert "4.62 %" in checked.text
    assert 'value="1200"' in checked.text
    assert "示范律师事务所" in checked.text
    made = first.client.post(
        f"/matches/{match}/offer",
        data={**hidden(checked.text), **terms},
        headers={"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"},
        follow_redirects=False,
    )
    assert made.headers["location"] == "/inbox?done=offer.make"
    offer = only(stage, Offer).id
    assert firm.get(f"/offers/{offer}").status_code == 404
    assert "4.62 %" not in firm.get(f"/needs/{stage.need.id}/banks").text
    assert "4.62 %" not in officer.get(f"/matching/{stage.need.id}").text
    with stage.at(SYSTEM, NOW + timedelta(days=31)) as desk:
        opening.open_all(desk, stage.need.id)
    shown = firm.get(f"/needs/{stage.need.id}/banks").text
    assert "4.62 %" in shown
    assert stage.banks[0].name in shown
    accepted = firm.sends(f"/offers/{offer}/accept", opened=f"/offers/{offer}")
    assert accepted.status_code == 303
    assert only(stage, Need).state == "settled"
    assert "已选定" in officer.get(f"/matching/{stage.need.id}").text


def hidden(page: str) -> dict[str, str]:
    start = page.index("<main")
    found: dict[str, str] = {}
    for name, value in re.findall(r'<input type="hidden" name="(csrf|once)" value="([^"]*)">', page[start:]):
        found.setdefault(name, value)
    return found


def test_what_is_consented_is_what_was_shown(site, stage):
    officer, firm, *_ = people(site, stage)
    officer.sends(f"/matching/{stage.need.id}/propose", opened=f"/matching/{stage.need.id}")
    match = only(stage, Match, Match.bank_id == stage.banks[0].id).id
    page = firm.get(f"/matches/{match}/consent?days=30&parts=score").text
    assert "自同意之时起 30 天" in page
    assert "评分（逐项得分" in page
    assert "财务与发票（" not in page
    digest = re.search(r"摘要 ([0-9a-f]{12})", page)
    consents(firm, match, "score", days=30)
    given = only(stage, Consent)
    assert digest
    assert given.text_hash.startswith(digest[1])
    assert given.scope == ["basic", "score"]


def test_nothing_is_ticked_before_the_firm_ticks_it(site, stage):
    officer, firm, *_ = people(site, stage)
    officer.sends(f"/matching/{stage.need.id}/propose", opened=f"/matching/{stage.need.id}")
    match = only(stage, Match, Match.bank_id == stage.banks[0].id).id
    assert " checked" not in firm.get(f"/matches/{match}/consent").text


def same(one: object, other: object) -> bool:
    """Byte for byte the same answer, but for the number of the request."""

    def plain(answer):
        return answer.status_code, re.sub(r"[0-9a-f]{16}|/[a-z]+/\d{16}\S*", "", answer.text)

    return plain(one) == plain(other)


def test_a_dossier_that_is_not_open_to_a_bank_looks_exactly_like_one_that_does_not_exist(site, stage):
    _officer, firm, first, second, match, dossier = on_the_way(site, stage)
    for path in ("/dossiers/{}", "/dossiers/{}/pdf"):
        assert same(second.get(path.format(dossier)), second.get(path.format(NOBODY)))
        assert second.get(path.format(dossier)).status_code == 404
    for path in ("/matches/{}/offer", "/matches/{}/decline"):
        assert same(second.get(path.format(match)), second.get(path.format(NOBODY)))
    assert stage.firm.name not in second.get("/inbox").text
    firm.sends(f"/matches/{match}/withdraw", opened=f"/needs/{stage.need.id}/banks")
    assert same(first.get(f"/dossiers/{dossier}"), first.get(f"/dossiers/{NOBODY}"))
    assert stage.firm.name not in first.get("/inbox").text


def count(stage: Stage, *acts: Act) -> tuple[int, int]:
    with at(stage.database, stage.officer) as desk:
        lines = desk.session.scalar(select(func.count()).where(Entry.act.in_(acts)))
        return lines or 0, desk.session.scalar(select(func.count(Viewing.id))) or 0


def test_every_page_and_every_copy_leaves_one_line_and_one_row(site, stage):
    _officer, firm, first, second, _match, dossier = on_the_way(site, stage)
    reading = (Act.OPEN_DOSSIER, Act.PRINT_DOSSIER)
    for number in range(1, 4):
        first.get(f"/dossiers/{dossier}")
        second.get(f"/dossiers/{dossier}")
        assert count(stage, *reading) == (number, number)
    ledger = firm.get("/consents").text
    assert ledger.count("查看 DA2026-0001") == 3
    assert stage.banks[0].name in ledger


def test_a_banks_copy_names_the_bank_and_its_officer_on_every_page(site, stage):
    *_others, first, _second, _match, dossier = on_the_way(site, stage, "score")
    answer = first.get(f"/dossiers/{dossier}/pdf")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment")
    pages = [re.sub(r"\s", "", page.extract_text()) for page in PdfReader(BytesIO(answer.content)).pages]
    for page in pages:
        assert re.sub(r"\s", "", stage.banks[0].name) in page
        assert "banker王" in page
    assert "客户1" not in "".join(pages)
    assert only(stage, Viewing).copy_number == 1


def test_an_offer_that_asks_for_a_deposit_comes_back_with_the_reason_and_all_that_was_typed(site, stage):
    *_others, first, _second, match, _dossier = on_the_way(site, stage)
    terms = {
        "amount": "100",
        "months": "12",
        "rate": "3.6",
        "repayment": "EPI",
        "deposit": "50000",
        "valid_until": "2026-12-31",
    }
    for path in (f"/matches/{match}/offer/check", f"/matches/{match}/offer"):
        answer = first.sends(path, terms, opened=f"/matches/{match}/offer") if "check" in path else None
        answer = answer or first.client.post(
            path, data={**hidden(first.get(f"/matches/{match}/offer").text), **terms},
            headers={"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}, follow_redirects=False,
        )  # fmt: skip
        assert answer.status_code == 422
        assert "七不准" in answer.text
        assert 'value="50000"' in answer.text


def test_a_decline_reaches_the_firm_in_plain_words(site, stage):
    _officer, firm, first, _second, match, _dossier = on_the_way(site, stage)
    said = {"reason": "cash_flow", "rests_on": "paper.1", "would_change": "补充半年订单"}
    assert first.sends(f"/matches/{match}/decline", said).status_code == 303
    page = firm.get("/offers").text
    for words in ("还款来源不足", "材料：发票明细", "补充半年订单"):
        assert words in page
    assert only(stage, Decline).match_id == match


@pytest.mark.parametrize(
    ("path", "seen"),
    [("/matching", {"officer"}), ("/inbox", {"first"}), ("/consents", {"firm"}), ("/sessions", {"officer"})],
)
def test_each_page_opens_to_its_readers_alone(site, stage, path, seen):
    officer, firm, first, _second = people(site, stage)
    for name, who in (("officer", officer), ("firm", firm), ("first", first)):
        assert (who.get(path).status_code == 200) is (name in seen)


def test_a_refusal_stands_on_the_page_it_came_from(site, stage):
    officer, *_ = people(site, stage)
    answer = officer.sends(f"/matching/{stage.need.id}/propose", opened=f"/matching/{stage.need.id}")
    assert answer.status_code == 303
    sends: Callable[[], object] = lambda: officer.client.post(  # noqa: E731  said once
        f"/matching/{stage.need.id}/send", data=hidden(officer.get(f"/matching/{stage.need.id}").text),
        headers={"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}, follow_redirects=False,
    )  # fmt: skip
    refused = sends()
    assert refused.status_code == 422
    assert "还没有授权任何银行" in refused.text
