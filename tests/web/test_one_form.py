"""The one form at a browser: kept as it is typed, shown with its source, asked once, carried over only with consent."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from financing.access import Role
from financing.money import Fen
from financing.needs.model import Need
from financing.parties.model import Firm
from financing.parties.rules import FirmState
from financing.people.unfinished_model import Unfinished
from tests.makers import TODAY, a_code, a_firm, a_need, a_paper, writing
from tests.web.conftest import OURS, PASSWORD
from web.one_form import FIRM_GROUPS, NEED_GROUPS

FIRM = {
    "name": "示范新材料有限公司", "industry": "3340", "park": "高新园区", "address": "工业大道 8 号", "founded_on": "2016-05-04",
    "representative": "王强",
}  # fmt: skip
USE = {"purpose": "working_capital", "use": "采购铜材原料"}
MONEY = {"amount": "120", "months": "12", "latest": "2027-03-31"}


def everything(site, kind):
    with writing(site.database) as session:
        return list(session.scalars(select(kind)))


def kept(site, form="firm"):
    return next((row.answers for row in everything(site, Unfinished) if row.form == form), None)


def types(browser, form, **fields):
    """What the page's script sends as a field is left."""
    page = "/apply/firm" if form == "firm" else "/needs/new/use"
    return browser.client.post(f"/typed/{form}", data={**browser.token(page), "stand": "firm", **fields}, headers=OURS)


@pytest.fixture
def owner(quick_site):
    with writing(quick_site.database) as session:
        firm = a_firm(session).id
    return quick_site.person(Role.SIGNATORY, "boss", firm_id=firm)


def test_an_answer_left_on_one_device_stands_on_another_and_goes_when_handed_in(site):
    phone, desk = site.newcomer("zhao.min"), site.visitor()
    assert types(phone, "firm", name=FIRM["name"]).status_code == 204
    desk.signs_in("zhao.min")
    assert desk.get("/apply").headers["location"] == "/apply/firm"
    assert f'value="{FIRM["name"]}"' in desk.get("/apply/firm").text
    assert desk.sends("/apply/firm", FIRM | {"code": a_code()}).headers["location"].startswith("/apply/size")
    assert phone.get("/apply").headers["location"] == "/apply/size"
    assert phone.sends("/apply", {"employees": "30"}, opened="/apply/size").status_code == 303
    (firm,) = everything(site, Firm)
    assert (firm.name, firm.contact, firm.employees) == (FIRM["name"], "李芳", 30)
    assert kept(site) is None


def test_neither_passwords_nor_codes_are_kept_whoever_sends_them(quick_site):
    browser = quick_site.newcomer()
    types(browser, "firm", name="甲", password=PASSWORD, invitation="a code", csrf="x" * 3, login="me")
    types(browser, "firm", name="甲", password=PASSWORD, invitation="a code", login="me")
    browser.sends("/apply/firm", FIRM | {"code": a_code(), "password": PASSWORD})
    assert set(kept(quick_site)) <= {"contact", "phone", "code", *FIRM}
    assert PASSWORD not in str(everything(quick_site, Unfinished)[0].answers)


def test_a_form_of_no_name_a_strange_page_and_a_visitor_keep_nothing(quick_site):
    browser = quick_site.newcomer()
    assert browser.client.post("/typed/papers", data=browser.token("/apply/firm"), headers=OURS).status_code == 404
    assert browser.client.post("/typed/firm", data={"name": "甲"}, headers=OURS).status_code == 403
    stranger = quick_site.visitor()
    answer = stranger.client.post("/typed/firm", data=stranger.token("/register") | {"name": "甲"}, headers=OURS,
                                  follow_redirects=False)  # fmt: skip
    assert answer.status_code in {303, 401} and "name" not in kept(quick_site)


def test_who_types_without_end_is_asked_to_wait(quick_site):
    browser = quick_site.newcomer()
    token = browser.token("/apply/firm")
    sent = [
        browser.client.post("/typed/firm", data=token | {"name": str(n)}, headers=OURS).status_code for n in range(60)
    ]
    assert sent[-1] == 429 and set(sent) == {204, 429}


def test_an_answer_emptied_on_the_last_page_is_empty(quick_site):
    browser = quick_site.newcomer()
    browser.sends("/apply/firm", FIRM | {"code": a_code()})
    types(browser, "firm", assets="2400", employees="30")
    assert browser.sends("/apply", {"employees": "30", "assets": ""}, opened="/apply/size").status_code == 303
    (firm,) = everything(quick_site, Firm)
    assert (firm.employees, firm.assets) == (30, None)


def test_a_confirmation_taken_back_is_not_given_by_what_was_kept(quick_site, owner):
    owner.sends("/needs/new/use", USE)
    owner.sends("/needs/new/money", MONEY)
    types(owner, "need", security="none", no_broker="true")
    owner.sends("/needs/new", {"security": "none"}, opened="/needs/new/security")
    (need,) = everything(quick_site, Need)
    assert (need.amount, need.no_broker) == (Fen.wan(120), False)


@pytest.mark.parametrize(("groups", "start"), [(FIRM_GROUPS, "/apply/"), (NEED_GROUPS, "/needs/new/")])
def test_every_page_asks_its_group_and_nothing_of_another(quick_site, owner, groups, start):
    browser = quick_site.newcomer("someone") if groups is FIRM_GROUPS else owner
    asked = []
    for group in groups:
        page = browser.get(start + group.key).text
        form = page[page.index("data-keep=") : page.index("</form>", page.index("data-keep="))]
        names = re.findall(r'<(?:input|select|textarea)(?![^>]*type="hidden")[^>]* name="(\w+)"', form)
        assert list(dict.fromkeys(names)) == list(group.fields)
        asked += group.fields
    assert len(asked) == len(set(asked))


def test_what_is_known_is_shown_with_its_source_and_not_asked_again(quick_site):
    with writing(quick_site.database) as session:
        mark = {"origin": "paper", "on": "2026-11-02"}
        firm = a_firm(session, employees=30, origins={"employees": mark, "name": mark | {"origin": "register"}})
        a_need(session, firm, use="采购紫铜带材", amount=Fen.wan(90))
        key, name = firm.id, firm.name
    browser = quick_site.person(Role.CLERK, firm_id=key)
    for page in (browser.get(f"/needs/new/{group.key}").text for group in NEED_GROUPS):
        shown = re.sub(r"<[^>]+>|\s+", " ", page)
        assert name in page and not re.search(r'name="(name|employees|industry|contact|phone)"', page)
        assert (re.search(r"30 人\s+纸质材料\s+2026", shown) and "自行申报" in shown) or "企业申报" in shown
    assert "采购紫铜带材" in browser.get("/needs/new/use").text and 'value="90"' in browser.get("/needs/new/money").text


def test_a_need_goes_in_before_the_registration_is_confirmed_and_the_officer_is_told_what_is_missing(site):
    with writing(site.database) as session:
        firm = a_firm(session, state=FirmState.REGISTERED)
        a_paper(session, firm)
        key, need = firm.id, a_need(session, firm).id
    owner, officer = site.person(Role.SIGNATORY, "boss", firm_id=key), site.person(Role.OFFICER)
    assert owner.sends(f"/needs/{need}/submit", opened=f"/needs/{need}/check").status_code == 303
    assert "企业登记还没有确认，确认后才能受理" in officer.get(f"/needs/{need}").text
    token = officer.token(f"/firms/{key}")
    assert officer.client.post(f"/needs/{need}/accept", data=token, headers=OURS).status_code == 409
    officer.sends(f"/firms/{key}/confirm", opened=f"/firms/{key}")
    assert officer.sends(f"/needs/{need}/accept", opened=f"/needs/{need}").status_code == 303
    (row,) = everything(site, Need)
    assert row.submitted_on == TODAY


def test_what_a_stranger_told_is_kept_only_with_the_account_and_stands_in_the_form(site):
    told = {"industry": "3340", "employees": "60", "sales": "2000", "amount": "300"}
    visitor = site.visitor()
    page = visitor.sends("/precheck", told).text
    form = page[page.index('action="/precheck/register"') :]
    hidden = dict(re.findall(r'name="(csrf|once)" value="([^"]*)"', form))
    assert visitor.client.post("/precheck/register", data=hidden | told, headers=OURS).status_code == 422
    first = visitor.client.post("/precheck/register", data=hidden | told | {"agreed": "true"}, headers=OURS).text
    assert not everything(site, Unfinished), "reading the page keeps nothing"
    carried = dict(re.findall(r'<input type="hidden" name="(industry|employees|sales|amount)" value="([^"]*)"', first))
    assert carried == told
    account = {"contact": "李芳", "phone": "13800000000", "login": "li.fang", "password": PASSWORD}
    assert visitor.sends("/register", carried | account).status_code == 303
    assert 'value="3340"' in visitor.get("/apply/firm").text
    size = visitor.get("/apply/size").text
    assert 'value="60"' in size and 'value="2000"' in size
    assert kept(site, "need") == {"amount": "300"}


def test_a_wrong_code_is_not_tried_without_end(quick_site):
    visitor = quick_site.visitor()
    form = {"login": "li.fang", "password": PASSWORD}
    answers = [visitor.sends("/join", form | {"invitation": f"wrong {n}"}).status_code for n in range(31)]
    assert answers == [422] * 30 + [429]


def test_an_officers_code_opens_the_file_of_that_firm_alone(site):
    with writing(site.database) as session:
        firm, other = a_firm(session), a_firm(session)
        key, name, theirs, shown = firm.id, firm.name, other.id, other.name
    officer = site.person(Role.OFFICER)
    page = officer.sends(f"/firms/{key}/invite", opened=f"/firms/{key}").text
    code = re.search(r"/join\?code=([\w-]+)", page)[1]
    visitor = site.visitor()
    visitor.sends("/join", {"invitation": code, "login": "li.fang", "password": PASSWORD})
    visitor.signs_in("li.fang")
    mine = visitor.get("/firm").text
    assert name in mine and shown not in mine
    assert visitor.get(f"/firms/{theirs}").status_code in {403, 404}
    assert "邀请" not in officer.get(f"/firms/{key}").text.partition("<main")[2]
    token = officer.token("/typing", "/sign-out")
    assert officer.client.post(f"/firms/{key}/invite", data=token, headers=OURS).status_code == 409
