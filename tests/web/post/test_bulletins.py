"""Issues of the bulletin reach a real mail server and a real robot once, and one tap stops them and nothing else (F117)."""

from __future__ import annotations

import json
import re
import ssl

import pytest

from financing.access import SYSTEM, Role
from financing.bulletins import service, subscriptions
from financing.bulletins.delivering import Issue
from financing.bulletins.model import Bulletin, BulletinDelivery, Subscription
from financing.bulletins.rules import Section, Topic
from financing.notices import rules
from financing.notices.model import NoticeAddress, Parcel
from financing.notices.rules import Fate, Medium, Robot, Trouble
from financing.outbox import WAITS
from tests.makers import NOW, a_user, at, writing
from tests.web.post.conftest import confirmed
from web.jobs import work_off
from web.post.hooks import Line
from web.post.message import bulletin
from web.post.sending import BULLETINS, Post, send_due

POLICY = Section(Topic.POLICY, "惠企政策", "设备补贴开始申报。\n月底截止。")
NEWS = Section(Topic.NEWS, "园区动态", "只给登录的人看。")


def sends(database, settings, now=NOW, line=None):
    return send_due(database, Post(settings, line or Line(settings.robots)), lambda: now)


@pytest.fixture
def issue(database, reader):
    """An issue of two sections, out, to a reader who takes everything by mail."""
    confirmed(database, reader)
    with writing(database) as session:
        officer, second = (a_user(session, Role.OFFICER) for _ in range(2))
    with at(database, reader.actor) as desk:
        subscriptions.choose(desk, list(Topic), list(Medium))
    with at(database, officer.actor) as desk:
        made = service.begin(desk, "设备补贴")
        service.write(desk, made, 1, POLICY)
        service.write(desk, made, 2, NEWS)
        service.propose(desk, made, None)
    with at(database, second.actor) as desk:
        service.publish(desk, desk.get(Bulletin, made.id))
    work_off(database, NOW)
    return made.id


def test_an_issue_is_one_mail_however_often_it_is_packed_or_sent(database, reader, issue, mailbox, post_settings):
    for _ in range(3):
        work_off(database, NOW)
        sends(database, post_settings)
    mails = [mail for mail in mailbox.arrived if "设备补贴" in mail["Subject"]]
    assert len(mails) == 1 and mails[0]["To"] == "owner@example.com"
    plain, html = (part.get_content() for part in mails[0].iter_parts())
    for body in (plain, html):
        assert "设备补贴开始申报。" in body and "月底截止。" in body
        assert "园区动态" in body and "只给登录的人看" not in body, "what is for people with an account does not travel"
        assert f"{post_settings.site}/bulletins/{issue}" in body
    assert "<script" not in html and "<img" not in html


def test_the_link_in_a_mail_stops_the_bulletin_alone(database, reader, issue, mailbox, post_settings):
    sends(database, post_settings)
    mail = next(mail for mail in mailbox.arrived if "设备补贴" in mail["Subject"])
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    token = re.fullmatch(r"<.*/stop/bulletins/([0-9a-f.]+)>", mail["List-Unsubscribe"])[1]
    secret = Post.of(post_settings).secret
    with at(database, SYSTEM, write=False) as desk:
        own = desk.find(Subscription)
    assert rules.stopped(secret, token, BULLETINS) == own.id
    assert rules.stopped(secret, token) is None, "it is not the link that stops every notice"
    assert rules.stopped(secret, rules.stop_token(secret, own.id), BULLETINS) is None
    with at(database, SYSTEM) as desk:
        subscriptions.stop(desk, desk.get(Subscription, own.id))
    with at(database, SYSTEM, write=False) as desk:
        assert desk.find(NoticeAddress).ended_at is None


def test_a_reader_who_stopped_before_the_server_came_gets_nothing(database, reader, issue, mailbox, post_settings):
    with at(database, SYSTEM) as desk:
        subscriptions.stop(desk, desk.find(Subscription))
    sends(database, post_settings)
    assert [mail for mail in mailbox.arrived if "设备补贴" in mail["Subject"]] == []
    with at(database, SYSTEM, write=False) as desk:
        (sent,) = desk.all(BulletinDelivery)
        assert desk.get(Parcel, sent.parcel_id).fate is Fate.DROPPED


def test_a_server_that_is_away_gets_it_later_and_the_record_says_so(database, reader, issue, mailbox, post_settings):
    mailbox.data = "451 later"
    sends(database, post_settings)
    with at(database, SYSTEM, write=False) as desk:
        parcel = desk.get(Parcel, desk.find(BulletinDelivery).parcel_id)
        assert (parcel.fate, parcel.trouble, parcel.tries) == (Fate.WAITING, Trouble.PUT_OFF, 1)
    mailbox.data = "250 OK"
    sends(database, post_settings, NOW + WAITS[0])
    with at(database, SYSTEM, write=False) as desk:
        parcel = desk.get(Parcel, parcel.id)
        assert (parcel.fate, parcel.tries) == (Fate.SENT, 2)
    assert len([mail for mail in mailbox.arrived if "设备补贴" in mail["Subject"]]) == 1


def test_english_readers_are_told_in_both_languages_how_to_stop(database, reader, mailbox, post_settings):
    message = bulletin(Issue(1, 2, "设备补贴", (POLICY, NEWS)), "en", post_settings, "https://example.com/stop")
    assert "Sign in to read" in message.text and "登录后阅读" in message.text
    assert message.text.rstrip().endswith("https://example.com/stop")


def test_a_robot_says_an_issue_once(database, reader, hook, certificate, post_settings):
    host = f"localhost:{hook.port}"
    settings = post_settings.model_copy(update={"hook_hosts": (host,)})
    confirmed(database, reader, Medium.CHAT, f"https://{host}/robot", robot=Robot.WECOM)
    with writing(database) as session:
        officer, second = (a_user(session, Role.OFFICER) for _ in range(2))
    with at(database, reader.actor) as desk:
        subscriptions.choose(desk, [Topic.POLICY], [Medium.CHAT])
    with at(database, officer.actor) as desk:
        made = service.begin(desk, "设备补贴")
        service.write(desk, made, 1, POLICY)
        service.propose(desk, made, None)
    with at(database, second.actor) as desk:
        service.publish(desk, desk.get(Bulletin, made.id))
    work_off(database, NOW)
    trust = ssl.create_default_context(cafile=str(certificate[0]))
    line = Line({host}, lambda _: True, lambda *_: ["127.0.0.1"], trust)
    for _ in range(2):
        sends(database, settings, line=line)
    said = [json.loads(body)["text"]["content"] for _path, _headers, body in hook.got]
    assert len([one for one in said if "设备补贴开始申报。" in one]) == 1
