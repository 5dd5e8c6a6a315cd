"""Pages of the ways notices go: one's own addresses and paces, the stop link for anybody, the administrator's list."""

from __future__ import annotations

import re

import pytest

from financing.access import SYSTEM, Role
from financing.notices import parcels, rules
from financing.notices.model import NoticeAddress, NoticeHabit, Parcel
from financing.notices.rules import Fate, Trouble
from tests.makers import at
from web.post.sending import Post


@pytest.fixture
def mailing(sqlite_database, made):
    """A site with a mail server that nobody ever asks."""
    return made(sqlite_database, smtp_host="127.0.0.1", smtp_security="none", mail_from="n@example.com")


def adds(browser, **typed):
    return browser.sends("/notices/addresses", typed, opened="/notices/ways")


def address_in(site):
    with at(site.database, SYSTEM, site.clock.now, write=False) as desk:
        return desk.all(NoticeAddress, by=NoticeAddress.asked_at)[-1]


def test_a_person_adds_an_address_confirms_it_by_its_code_and_takes_it_away(mailing):
    officer = mailing.person(Role.OFFICER)
    adds(officer, email="o@example.com")
    address = address_in(mailing)
    code = Post.of(mailing.settings).code(address.id, address.asked_at)
    place = f"/notices/addresses/{address.id}"
    page = officer.sends(
        f"{place}/confirm", {"confirmation": "00000000" if code != "00000000" else "1"}, opened="/notices/ways"
    )
    assert "还可以再试 4 次" in page.text
    assert address_in(mailing).tries == 1, "a wrong guess is counted although it was refused"
    officer.sends(f"{place}/confirm", {"confirmation": code}, opened="/notices/ways")
    assert address_in(mailing).confirmed_at == mailing.clock.now
    officer.sends(f"{place}/drop", opened="/notices/ways")
    assert address_in(mailing).ended_at is not None


def test_what_is_chosen_stands_in_the_form_when_it_is_opened_again(mailing):
    officer = mailing.person(Role.OFFICER)
    chosen = {
        "lang": "en",
        "hour": "8",
        "quiet_from": "21",
        "quiet_until": "6",
        "email_needs": "daily",
        "chat_rest": "never",
    }
    officer.sends("/notices/ways", chosen)
    with at(mailing.database, SYSTEM, mailing.clock.now, write=False) as desk:
        (habit,) = desk.all(NoticeHabit)
    assert (habit.lang, habit.hour, habit.paces["email_needs"], habit.paces["chat_rest"]) == ("en", 8, "daily", "never")
    page = officer.get("/notices/ways").text
    select = re.search(r'name="email_needs".*?</select>', page, re.DOTALL)[0]
    assert 'value="daily" selected' in select


@pytest.mark.parametrize(
    ("typed", "said"),
    [({"email": "a@b"}, "不是可以使用的邮箱地址"), ({"robot": "wecom", "hook": "https://evil.example.com/x"}, "须是管理员许可的"),
     ({"robot": "plain", "hook": "https://open.feishu.cn/x", "hook_secret": "short"}, "至少 16 个字符")],
)  # fmt: skip
def test_an_address_that_cannot_be_used_is_said_so_and_kept_nowhere(mailing, typed, said):
    officer = mailing.person(Role.OFFICER)
    page = adds(officer, **typed)
    assert page.status_code == 422
    assert said in page.text
    with at(mailing.database, SYSTEM, mailing.clock.now, write=False) as desk:
        assert desk.all(NoticeAddress) == []


def stop_link(site):
    address = address_in(site)
    return address, "/stop/" + rules.stop_token(Post.of(site.settings).secret, address.id)


def test_the_stop_link_asks_first_and_a_mail_program_stops_by_itself_without_cookie_key_or_origin(mailing):
    adds(mailing.person(Role.OFFICER), email="o@example.com")
    _address, link = stop_link(mailing)
    stranger = mailing.visitor()
    assert "停止发送" in stranger.get(link).text
    assert address_in(mailing).ended_at is None, "whoever only looks (a scanner of links) stops nothing"
    for _ in range(2):
        answer = stranger.client.post(link, data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code in {200, 201}
        assert "已经停止" in answer.text
    assert address_in(mailing).ended_at is not None


def test_a_stop_link_that_was_changed_stops_nothing(mailing):
    adds(mailing.person(Role.OFFICER), email="o@example.com")
    _address, link = stop_link(mailing)
    stranger = mailing.visitor()
    for wrong in (link[:-1] + ("0" if link[-1] != "0" else "1"), "/stop/1.2", "/stop/x"):
        assert stranger.get(wrong).status_code == 404
        assert stranger.client.post(wrong, data={}).status_code == 404
    assert address_in(mailing).ended_at is None


def test_the_administrator_sees_why_without_where_and_sends_again(mailing):
    officer, admin = mailing.person(Role.OFFICER), mailing.person(Role.ADMIN)
    adds(officer, email="secret.box@example.com")
    with at(mailing.database, SYSTEM, mailing.clock.now) as desk:
        out = parcels.take(desk)
        parcels.did_not(desk, out.parcel_id, Trouble.REFUSED)
    page = admin.get("/deliveries").text
    assert "对方拒收" in page and "已放弃" in page
    assert "secret.box" not in page
    assert "对方拒收" in officer.get("/notices").text, "its owner is told on the site"
    admin.sends(f"/deliveries/{out.parcel_id}/again", opened="/deliveries")
    with at(mailing.database, SYSTEM, mailing.clock.now, write=False) as desk:
        assert [(one.fate, one.tries) for one in desk.all(Parcel)] == [(Fate.WAITING, 0)]


def test_without_a_mail_server_nobody_is_asked_for_an_address(quick_site):
    officer = quick_site.person(Role.OFFICER)
    assert "还没有设置发信服务器" in officer.get("/notices/ways").text
