"""Signing in and what a session is worth."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from financing.access import SYSTEM, Role
from financing.desk import opened
from financing.people import service
from tests.web.conftest import OURS, PASSWORD, SITE
from web import log


def sid(browser):
    return browser.client.cookies.get("sid")


def test_the_right_password_leads_to_the_persons_desk(site):
    browser = site.person(Role.ADMIN)
    answer = browser.signs_in("admin")
    assert (answer.status_code, answer.headers["location"]) == (303, "/home?done=people.sign_in")
    assert "admin 王" in browser.get("/account").text


def test_a_wrong_password_says_the_same_as_an_unknown_account(quick_site):
    quick_site.person(Role.ADMIN)
    pages = [quick_site.visitor().signs_in(login, "wrong horse battery") for login in ("admin", "nobdy")]
    assert {page.status_code for page in pages} == {422}
    first, second = (re.sub(r'value="[^"]*"', "", page.text) for page in pages)
    assert first == second
    assert "账号或密码不对" in first


def test_the_page_after_a_wrong_password_keeps_the_login_but_not_the_password(quick_site):
    page = quick_site.visitor().signs_in("somebody", "a secret of mine").text
    assert 'value="somebody"' in page
    assert re.search(
        r'<input[^>]*name="password"[^>]*type="password"|<input[^>]*type="password"[^>]*name="password"', page
    )
    assert 'autocomplete="current-password"' in page and "onpaste" not in page
    assert "a secret of mine" not in page


def test_the_log_says_who_did_not_get_in_and_nothing_of_what_was_typed(quick_site, capsys):
    log.configure()
    quick_site.person(Role.ADMIN)
    for login in ("admin", "a-secret-login"):
        quick_site.visitor().signs_in(login, "a-secret-password of mine")
    quick_site.visitor().sends("/sign-in", {"login": "admin"})
    text = capsys.readouterr().err
    lines = [json.loads(line) for line in text.splitlines() if '"refused"' in line]
    assert "secret" not in text
    assert [line["refused"] for line in lines] == ["wrong_sign_in", "wrong_sign_in", "form_errors"]
    assert (lines[0]["account"] > 0, lines[1]["account"], "account" in lines[2]) == (True, 0, False)
    assert all(line["address"] and line["request"] and line["timestamp"].endswith("Z") for line in lines)


def test_a_password_is_taken_as_it_was_typed_blanks_and_capitals_too(quick_site):
    with opened(quick_site.database, SYSTEM, quick_site.clock.now) as desk:
        code = service.invite(desk, Role.OFFICER, "王静")
    password = " Seven quiet harbours in spring "
    quick_site.visitor().sends("/join", {"invitation": code, "login": "wang.jing", "password": password})
    tried = (password, password.strip(), password.lower())
    assert [quick_site.visitor().signs_in("wang.jing", one).status_code for one in tried] == [303, 422, 422]


def test_a_session_name_chosen_by_the_browser_is_never_adopted(site):
    site.person(Role.ADMIN)
    chosen = "A" * 43
    browser = site.visitor()
    browser.client.cookies.set("sid", chosen)
    given_sid = browser.signs_in("admin").headers["set-cookie"].partition("=")[2].partition(";")[0]
    assert len(given_sid) == 43
    assert given_sid != chosen
    thief = site.visitor()
    thief.client.cookies.set("sid", chosen)
    assert thief.get("/account").status_code == 303


def test_signing_in_gives_a_new_name_each_time(quick_site):
    browser = quick_site.person(Role.ADMIN)
    first = sid(browser)
    browser.signs_in("admin")
    assert len({first, sid(browser)}) == 2
    thief = quick_site.visitor()
    thief.client.cookies.set("sid", first)
    assert thief.get("/account").status_code == 303  # the former name ends with it


@pytest.mark.parametrize(
    ("more", "name", "secure"),
    [({}, "sid", False), ({"public_url": "https://yrt.example.cn"}, "__Host-sid", True)],
)
def test_the_cookie_is_closed_to_scripts_and_other_sites(sqlite_database, made, more, name, secure):
    site = made(sqlite_database, **more)
    cookie = (
        site.visitor()
        .get("/sign-in", headers={"host": "yrt.example.cn" if secure else "127.0.0.1:8000"})
        .headers["set-cookie"]
    )
    assert cookie.startswith(f"{name}=")
    said = cookie.lower()
    assert ("secure" in said) is secure
    assert "httponly" in said and "samesite=lax" in said and "path=/" in said and "domain" not in said
    host = {"host": "yrt.example.cn" if secure else "127.0.0.1:8000"}
    for one in site.visitor().get("/sign-in?lang=en", headers=host).headers.get_list("set-cookie"):
        assert one.startswith("__Host-") is secure and len(one) < 4_096


def test_after_signing_out_the_cookie_is_worth_nothing(site):
    browser = site.person(Role.ADMIN)
    stolen = sid(browser)
    left = browser.sends("/sign-out", opened="/account")
    assert left.headers["location"].startswith("/?done=people.sign_out")
    assert left.headers["clear-site-data"] == '"cache", "storage"'  # and nothing of the pages seen stays in the browser
    assert browser.get("/account").status_code == 303
    thief = site.visitor()
    thief.client.cookies.set("sid", stolen)
    assert thief.get("/account").status_code == 303


@pytest.mark.parametrize("wrong", ["/no/such/page", "/cases/1/nothing", "/cases/0", "/cases/abc"])
def test_an_address_that_leads_nowhere_signs_nobody_out(site, wrong):
    officer = site.person(Role.OFFICER)
    answer = officer.get(wrong)
    assert (answer.status_code, "set-cookie" in answer.headers) == (404, False)
    assert officer.get("/work").status_code == 200


def test_a_session_ends_after_a_quarter_of_an_hour_unused(quick_site):
    browser = quick_site.person(Role.OFFICER)
    quick_site.clock.later(minutes=14)
    assert browser.get("/account").status_code == 200
    quick_site.clock.later(minutes=15)
    assert browser.get("/account").status_code == 303


def test_who_is_not_signed_in_comes_back_to_the_page_they_wanted(quick_site):
    quick_site.person(Role.ADMIN)
    visitor = quick_site.visitor()
    asked = visitor.get("/people/invite").headers["location"]
    assert asked == "/sign-in?next=%2Fpeople%2Finvite"
    answer = visitor.sends("/sign-in", {"login": "admin", "password": PASSWORD, "next": "/people/invite"})
    assert answer.headers["location"] == "/people/invite"


FOREIGN = ["//evil.example", "/\\evil.example", "https://evil.example", "https:evil.example", "/%2f%2fevil.example", "\\\\evil.example",
           "/account\r\nLocation: https://evil.example", "javascript:alert(1)", "/static/theme.css", "/no/such/page", "///evil.example",
           "/account?x=//evil", " //evil.example", "/.evil.example", "http://127.0.0.1:8000@evil.example/"]  # fmt: skip


@pytest.mark.parametrize("target", FOREIGN)
def test_nobody_is_sent_to_another_site(quick_site, target):
    quick_site.person(Role.ADMIN)
    answer = quick_site.visitor().sends("/sign-in", {"login": "admin", "password": PASSWORD, "next": target})
    assert answer.headers["location"] == "/home?done=people.sign_in"


def csrf_faults():
    return {
        "no token": lambda fields, headers: ({"login": "x", "password": "y"}, headers),
        "another visitor's token": lambda fields, headers: (fields | {"csrf": "0" * 64}, headers),
        "a token that is no text": lambda fields, headers: (fields | {"csrf": "密"}, headers),
        "another site": lambda fields, headers: (fields, headers | {"sec-fetch-site": "cross-site"}),
        "a sister site": lambda fields, headers: (fields, headers | {"sec-fetch-site": "same-site"}),
        "another origin": lambda fields, headers: (fields, headers | {"origin": "https://evil.example"}),
        "an origin of another port": lambda fields, headers: (fields, {"origin": "http://127.0.0.1:8001"}),
        "a hidden origin": lambda fields, headers: (fields, headers | {"origin": "null"}),
        "no word of where it comes from": lambda fields, headers: (fields, {}),
    }


@pytest.mark.parametrize("fault", csrf_faults())
def test_a_form_from_elsewhere_is_refused(quick_site, fault):
    quick_site.person(Role.ADMIN)
    browser = quick_site.visitor()
    fields = {"login": "admin", "password": PASSWORD, **browser.token("/sign-in")}
    fields, headers = csrf_faults()[fault](fields, dict(OURS))
    answer = browser.client.post("/sign-in", data=fields, headers=headers, follow_redirects=False)
    assert answer.status_code == 403
    assert browser.get("/account").status_code == 303


@pytest.mark.parametrize("kind", ["application/json", "text/plain", ""])
def test_a_body_that_is_no_form_is_refused(quick_site, kind):
    browser = quick_site.visitor()
    browser.get("/sign-in")
    headers = {**OURS, **({"content-type": kind} if kind else {})}
    assert browser.client.post("/sign-in", content=b'{"login":"admin"}', headers=headers).status_code == 415


def test_a_token_of_one_browser_is_worth_nothing_in_another(quick_site):
    one, other = quick_site.person(Role.ADMIN, "one.admin"), quick_site.person(Role.ADMIN, "other.admin")
    fields = one.token("/account", "/sign-out")
    assert other.client.post("/sign-out", data=fields, headers=OURS, follow_redirects=False).status_code == 403
    assert other.get("/account").status_code == 200


def test_the_invitation_is_shown_once_and_serves_once(site):
    admin = site.person(Role.ADMIN)
    shown = admin.sends("/people/invite", {"person": "李委员", "role": "officer"})
    link = re.search(re.escape(SITE) + r"(/join\?code=[\w-]+)", shown.text)[1]
    member = site.visitor()
    assert "李委员" not in member.get(link).text
    form = {"invitation": link.partition("=")[2], "login": "li.weiyuan", "password": PASSWORD}
    assert member.sends("/join", form).headers["location"] == "/sign-in?done=people.join"
    assert member.signs_in("li.weiyuan").status_code == 303
    again = site.visitor().sends("/join", form | {"login": "another"})
    assert again.status_code == 422
    assert "邀请码无效" in again.text


def test_a_role_that_decides_is_given_by_two(site):
    admin, second = site.person(Role.ADMIN, "one.admin"), site.person(Role.ADMIN, "other.admin")
    shown = admin.sends("/people/invite", {"person": "李委员", "role": "member"})
    code = re.search(r"/join\?code=([\w-]+)", shown.text)[1]
    form = {"invitation": code, "login": "li.weiyuan", "password": PASSWORD}
    waits = site.visitor().sends("/join", form)
    assert (waits.status_code, "另一位管理员确认" in waits.text) == (422, True)
    (place,) = re.findall(r'action="(/invitations/\d+/confirm)"', second.get("/people").text)
    assert place not in admin.get("/people").text
    own = admin.client.post(place, data=admin.token("/people"), headers=OURS, follow_redirects=False)
    assert own.status_code == 403
    assert second.sends(place, opened="/people").status_code == 303
    assert site.visitor().sends("/join", form).headers["location"] == "/sign-in?done=people.join"
    again = admin.sends("/people/invite", {"person": "王领导", "role": "leader"})
    withdrawn = re.search(r'action="(/invitations/\d+/withdraw)"', admin.get("/people").text)[1]
    assert admin.sends(withdrawn, opened="/people").status_code == 303
    form |= {"invitation": re.search(r"/join\?code=([\w-]+)", again.text)[1], "login": "wang.lingdao"}
    assert "邀请码无效" in site.visitor().sends("/join", form).text


def test_I20_the_database_lets_nobody_into_such_a_role_by_one(site):
    with opened(site.database, SYSTEM, site.clock.now) as desk:
        service.invite(desk, Role.CHAIR, "主任")
    for change in ("by_two = true, used_at = until", "by_two = true, confirmed_by = invited_by"):
        with pytest.raises(IntegrityError), site.database.writer.begin() as connection:
            connection.execute(text(f"UPDATE invitation SET {change}"))


def test_an_administrator_invites_no_firm_and_no_banker_without_a_bank(quick_site):
    admin = quick_site.person(Role.ADMIN)
    assert "请从列出的选项中选择" in admin.sends("/people/invite", {"person": "某人", "role": "signatory"}).text
    assert "请填写“所属银行”" in admin.sends("/people/invite", {"person": "某人", "role": "banker"}).text


def test_a_disabled_person_is_out_with_the_next_request(site):
    admin, officer = site.person(Role.ADMIN), site.person(Role.OFFICER)
    action = re.findall(r'action="(/people/\d+/disable)"', admin.get("/people").text)
    assert len(action) == 1  # nobody disables themselves
    assert admin.sends(action[0], opened="/people").headers["location"] == "/people?done=people.disable"
    assert officer.get("/account").status_code == 303


def test_leaving_everywhere_ends_every_browser(quick_site):
    one = quick_site.person(Role.OFFICER)
    other = quick_site.visitor()
    other.signs_in("officer")
    one.sends("/account/leave-all", opened="/account")
    assert other.get("/account").status_code == 303


@given(st.text(max_size=60))
def test_whatever_the_cookie_says_a_stranger_is_a_visitor(quick_site, text):
    cookie = "sid=" + text.encode("utf-8", "replace").decode("latin-1").translate({ord(c): None for c in "\r\n\0"})
    answer = quick_site.visitor().get("/account", headers={"cookie": cookie.encode("latin-1")})
    assert answer.status_code == 303
