"""Messages reach a real mail server once, whatever goes wrong on the way, and say nothing that is not theirs to say (F96, F-41)."""

from __future__ import annotations

import re
import ssl
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from financing.access import SYSTEM, Role
from financing.acts import Act
from financing.notices import addresses, parcels, rules, service
from financing.notices.model import Delivery, Notice, NoticeAddress, Parcel
from financing.notices.rules import Fate, Group, Habits, Medium, Pace, Robot, Trouble
from financing.outbox import WAITS
from financing.setting_refusals import CodeOver
from financing.wording import name
from tests.makers import NOW, a_firm, a_user, at, writing
from tests.web.post.conftest import address_of, confirmed
from web.post.hooks import Line
from web.post.sending import Post, send_due

MIDNIGHT = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)  # 23:30 in Beijing


def tell(database, user, once="one", act=Act.ACCEPT_NEED, number="XQ2026-0001", now=NOW):
    payload = {"to": {"user": user.id}, "code": act.value, "subject": 1, "number": number}
    with at(database, SYSTEM, now) as desk:
        service.deliver(desk, once, payload)


def sends(database, settings, now=NOW, line=None):
    return send_due(database, Post(settings, line or Line(settings.robots)), lambda: now)


def all_parcels(database):
    with at(database, SYSTEM, write=False) as desk:
        return desk.all(Parcel, by=Parcel.made_at)


def test_a_notice_is_one_mail_however_often_it_is_delivered_or_sent(database, reader, mailbox, post_settings):
    confirmed(database, reader)
    for _ in range(3):
        tell(database, reader)
        sends(database, post_settings)
    (mail,) = mailbox.arrived
    assert mail["To"] == "owner@example.com"
    assert "XQ2026-0001" in mail["Subject"]
    assert [parcel.fate for parcel in all_parcels(database)] == [Fate.SENT]


def test_the_headers_are_those_of_a_notice(database, reader, mailbox, post_settings):
    key = confirmed(database, reader)
    tell(database, reader)
    sends(database, post_settings)
    (mail,), (parcel,) = mailbox.arrived, all_parcels(database)
    stop = Post.of(post_settings).stop_link(key)
    assert mail["Message-ID"] == f"<notice.{parcel.id}@127.0.0.1>"
    assert mail["List-Unsubscribe"] == f"<{stop}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert parsedate_to_datetime(mail["Date"]) == NOW
    plain, html = (part.get_content() for part in mail.iter_parts())
    for body in (plain, html):
        assert name(Act.ACCEPT_NEED) in body and stop in body and f"{post_settings.site}/notices" in body
    assert "<script" not in html and "<img" not in html


def test_english_follows_the_chinese_for_who_asks_for_it(database, reader, mailbox, post_settings):
    confirmed(database, reader)
    with at(database, reader.actor) as desk:
        addresses.choose(desk, lang="en", hour=9, workdays=True, quiet_from=0, quiet_until=0, paces={})
    tell(database, reader)
    sends(database, post_settings)
    plain = mailbox.arrived[0].get_body(("plain",)).get_content()
    assert 0 < plain.index(name(Act.ACCEPT_NEED)) < plain.index(name(Act.ACCEPT_NEED, "en"))


def test_nothing_but_a_code_goes_to_an_address_before_it_is_confirmed(database, reader, mailbox, post_settings):
    with at(database, reader.actor) as desk:
        key = addresses.add(desk, Medium.EMAIL, "owner@example.com").id
    tell(database, reader)
    sends(database, post_settings)
    (mail,) = mailbox.arrived
    code = re.search(r"\b\d{8}\b", mail.get_body(("plain",)).get_content())[0]
    assert mail["List-Unsubscribe"] is None
    assert name(Act.ACCEPT_NEED) not in mail.get_body(("plain",)).get_content()
    address = address_of(database, reader, key)
    expected = Post.of(post_settings).code(key, address.asked_at)
    with at(database, reader.actor) as desk:
        assert addresses.confirm(desk, desk.get(NoticeAddress, key), f" {code[:4]} {code[4:]} ", expected) is None
    tell(database, reader, "two")
    assert sends(database, post_settings) == 1


def test_a_code_is_guessed_at_five_times_and_lasts_half_an_hour(sqlite_database):
    with writing(sqlite_database) as session:
        user = a_user(session, Role.OFFICER)
    with at(sqlite_database, user.actor) as desk:
        key = addresses.add(desk, Medium.EMAIL, "o@example.com").id
    left = []
    for _ in range(5):
        with at(sqlite_database, user.actor) as desk:
            left.append(addresses.confirm(desk, desk.get(NoticeAddress, key), "00000000", "12345678"))
    assert left == [4, 3, 2, 1, 0]
    with pytest.raises(CodeOver), at(sqlite_database, user.actor) as desk:
        addresses.confirm(desk, desk.get(NoticeAddress, key), "12345678", "12345678")
    with at(sqlite_database, user.actor) as desk:
        again = addresses.add(desk, Medium.EMAIL, "o@example.com").id
    with pytest.raises(CodeOver), at(sqlite_database, user.actor, NOW + timedelta(minutes=31)) as desk:
        addresses.confirm(desk, desk.get(NoticeAddress, again), "12345678", "12345678")


def test_what_is_put_off_is_tried_again_with_growing_pauses_then_given_up_and_can_be_sent_again(
    database, reader, mailbox, post_settings
):
    key = confirmed(database, reader)
    mailbox.rcpt = "451 try later"
    tell(database, reader)
    now = NOW
    for wait in WAITS:
        assert sends(database, post_settings, now) == 0
        assert sends(database, post_settings, now + wait - timedelta(seconds=1)) == 0
        now += wait
    sends(database, post_settings, now)
    (parcel,) = all_parcels(database)
    assert (parcel.fate, parcel.trouble, parcel.tries) == (Fate.DEAD, Trouble.PUT_OFF, len(WAITS) + 1)
    assert address_of(database, reader, key).trouble is Trouble.PUT_OFF
    mailbox.rcpt = "250 OK"
    assert sends(database, post_settings, now + timedelta(days=9)) == 0
    with writing(database) as session:
        admin = a_user(session, Role.ADMIN).actor
    with at(database, admin, now) as desk:
        parcels.send_again(desk, desk.get(Parcel, parcel.id))
    assert sends(database, post_settings, now) == 1
    assert mailbox.arrived[0]["Message-ID"] == f"<notice.{parcel.id}@127.0.0.1>"
    assert address_of(database, reader, key).trouble is None


def test_a_reader_the_server_does_not_know_is_given_up_at_once_and_told_on_the_site(
    database, reader, mailbox, post_settings
):
    confirmed(database, reader)
    mailbox.rcpt = "550 no such user owner@example.com"
    tell(database, reader)
    sends(database, post_settings)
    assert [(one.fate, one.trouble) for one in all_parcels(database)] == [(Fate.DEAD, Trouble.REFUSED)]
    with at(database, reader.actor, write=False) as desk:
        assert [one.trouble for one in parcels.troubled(desk)] == [Trouble.REFUSED]


@pytest.mark.parametrize(
    ("change", "why"),
    [({"smtp_port": 1}, Trouble.UNREACHABLE), ({"smtp_host": ""}, Trouble.NOT_SET_UP), ({"smtp_security": "starttls"}, Trouble.UNREACHABLE),
     ({"smtp_security": "tls"}, Trouble.NOT_TRUSTED)],
)  # fmt: skip
def test_a_server_that_cannot_be_used_has_its_reason(sqlite_database, mailbox, post_settings, change, why):
    with writing(sqlite_database) as session:
        user = a_user(session, Role.OFFICER)
    confirmed(sqlite_database, user)
    tell(sqlite_database, user)
    sends(sqlite_database, post_settings.model_copy(update=change))
    assert [one.trouble for one in all_parcels(sqlite_database)] == [why]
    assert mailbox.arrived == []


def test_a_connection_cut_after_the_message_was_taken_brings_at_most_the_same_message_again(
    database, reader, mailbox, post_settings
):
    confirmed(database, reader)
    mailbox.drops = True
    tell(database, reader)
    assert sends(database, post_settings) == 0
    mailbox.drops = False
    assert sends(database, post_settings, NOW + WAITS[0]) == 1
    assert sends(database, post_settings, NOW + timedelta(days=1)) == 0
    assert len(mailbox.arrived) == 2
    assert len({mail["Message-ID"] for mail in mailbox.arrived}) == 1
    assert len({mail.as_bytes().split(b"boundary")[0] for mail in mailbox.arrived}) == 1


def test_a_sender_that_dies_between_sending_and_writing_it_down_leaves_a_lease_that_runs_out(
    database, reader, mailbox, post_settings
):
    confirmed(database, reader)
    tell(database, reader)
    with at(database, SYSTEM) as desk:
        out = parcels.take(desk)
    Post.of(post_settings).send(out, NOW)  # and then the power fails
    assert sends(database, post_settings) == 0, "leased"
    assert sends(database, post_settings, NOW + rules.LEASE) == 1
    assert [mail["Message-ID"] for mail in mailbox.arrived] == [f"<notice.{out.parcel_id}@127.0.0.1>"] * 2
    with at(database, SYSTEM) as desk:
        parcels.did_not(desk, out.parcel_id, Trouble.TIMED_OUT)
    assert [one.fate for one in all_parcels(database)] == [Fate.SENT], (
        "what the dead one would have said changes nothing"
    )


def test_senders_that_never_come_back_end_with_the_message_given_up(sqlite_database):
    with writing(sqlite_database) as session:
        user = a_user(session, Role.OFFICER)
    confirmed(sqlite_database, user)
    tell(sqlite_database, user)
    for number in range(len(WAITS) + 3):
        with at(sqlite_database, SYSTEM, NOW + timedelta(days=number)) as desk:
            parcels.take(desk)
    assert [one.fate for one in all_parcels(sqlite_database)] == [Fate.DEAD]


def test_a_digest_holds_each_notice_once_and_goes_out_at_its_hour_of_a_working_day(
    database, reader, mailbox, post_settings
):
    confirmed(database, reader)
    paces = {f"email_{one}": "daily" for one in Group}
    with at(database, reader.actor) as desk:
        addresses.choose(desk, lang="zh", hour=9, workdays=True, quiet_from=22, quiet_until=7, paces=paces)
    friday = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
    for number in (1, 2, 2, 3):
        tell(database, reader, f"n{number}", number=f"XQ2026-000{number}", now=friday + timedelta(minutes=number))
    monday = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)  # nine o'clock in Beijing
    assert sends(database, post_settings, monday - timedelta(seconds=1)) == 0
    assert sends(database, post_settings, monday) == 1
    tell(database, reader, "n4", number="XQ2026-0004", now=monday)
    assert sends(database, post_settings, monday) == 0
    plain = mailbox.arrived[0].get_body(("plain",)).get_content()
    assert re.findall(r"XQ2026-\d{4}", plain) == ["XQ2026-0001", "XQ2026-0002", "XQ2026-0003"]


def test_quiet_hours_put_a_message_off_until_they_end(database, reader, mailbox, post_settings):
    confirmed(database, reader)
    tell(database, reader, now=MIDNIGHT)
    assert sends(database, post_settings, MIDNIGHT) == 0
    seven = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)
    assert [sends(database, post_settings, moment) for moment in (seven - timedelta(seconds=1), seven)] == [0, 1]


def test_a_group_of_events_one_does_not_want_stays_on_the_site_alone(database, reader, mailbox, post_settings):
    confirmed(database, reader)
    with at(database, reader.actor) as desk:
        addresses.choose(
            desk, lang="zh", hour=9, workdays=True, quiet_from=0, quiet_until=0, paces={"email_needs": "never"}
        )
    tell(database, reader, "a", Act.ACCEPT_NEED)
    tell(database, reader, "b", Act.MAKE_OFFER)
    assert sends(database, post_settings) == 1
    with at(database, reader.actor, write=False) as desk:
        assert len(desk.all(Notice)) == 2


def test_the_stop_link_stops_everything_that_waits_too(database, reader, mailbox, post_settings):
    key = confirmed(database, reader)
    tell(database, reader)
    with at(database, SYSTEM) as desk:
        for _ in range(2):
            addresses.stop(desk, desk.get(NoticeAddress, key))
    tell(database, reader, "two")
    assert sends(database, post_settings) == 0
    assert [one.fate for one in all_parcels(database)] == [Fate.DROPPED]


def test_a_person_whose_account_ends_is_told_nothing_more(database, reader, mailbox, post_settings):
    confirmed(database, reader)
    tell(database, reader)
    with writing(database) as session:
        session.execute(text("UPDATE account SET active = :no"), {"no": False})
    sends(database, post_settings)
    assert mailbox.arrived == []


def test_one_notice_has_one_delivery_for_each_way_in_the_database_itself(database, reader):
    confirmed(database, reader)
    tell(database, reader)
    with at(database, SYSTEM, write=False) as desk:
        (one,) = desk.all(Delivery)
    with pytest.raises(IntegrityError), writing(database) as session:
        session.add(Delivery(notice_id=one.notice_id, medium=one.medium, parcel_id=one.parcel_id))


MARKER = "标记"


def test_F35_no_name_no_amount_and_no_code_of_a_firm_ever_leaves_the_house(database, mailbox, post_settings):
    with writing(database) as session:
        firm = a_firm(session, name=f"{MARKER}铜业有限公司", contact=f"{MARKER}联系人")
        user = a_user(session, Role.OFFICER, name=f"{MARKER}姓名", login="markedlogin")
    confirmed(database, user)
    planted = [
        firm.code,
        firm.name,
        "1,200,000.00",
        "120.0 万元",
        "XQ2026-0001\nBcc: x@example.com",
        "362101199001011234",
        f"XQ2026-0001 {firm.name}",
    ]
    for number, act in enumerate(Act):
        tell(database, user, f"n{number}", act, planted[number % len(planted)])
    while sends(database, post_settings):
        pass
    said = "\n".join(
        f"{mail['Subject']}\n{part.get_content()}" for mail in mailbox.arrived for part in mail.iter_parts()
    )
    assert len(mailbox.arrived) == len(Act)
    assert all(name(act) in said for act in Act)
    for secret in (MARKER, "markedlogin", firm.code, "1,200,000", "120.0", "362101", "Bcc"):
        assert secret not in said


def test_a_robot_of_a_work_chat_says_the_same(database, reader, hook, certificate, post_settings):
    trust = ssl.create_default_context(cafile=str(certificate[0]))
    line = Line({f"localhost:{hook.port}"}, lambda _: True, lambda *_: ["127.0.0.1"], trust)
    confirmed(database, reader, Medium.CHAT, f"https://localhost:{hook.port}/hook?key=k", robot=Robot.WECOM, secret="")
    tell(database, reader)
    assert sends(database, post_settings, line=line) == 1
    ((path, _headers, body),) = hook.got
    assert path == "/hook?key=k"
    assert "XQ2026-0001" in body.decode() and name(Act.ACCEPT_NEED) in body.decode()


@given(
    st.integers(0, 60 * 24 * 60), st.integers(0, 23), st.integers(0, 23), st.integers(0, 23), st.booleans(),
    st.sampled_from([Pace.NOW, Pace.DAILY]),
)  # fmt: skip
def test_a_message_never_goes_back_in_time_nor_into_quiet_hours(moment, hour, begin, end, workdays, pace):
    moment = NOW + timedelta(minutes=moment)
    due = rules.due(pace, Habits("zh", hour, workdays, begin, end), moment, lambda day: day.weekday() < 5)
    assert due >= moment
    if pace is Pace.NOW:
        hours = {(begin + step) % 24 for step in range((end - begin) % 24)}
        assert due.hour not in hours
        assert due - moment < timedelta(days=1)
    else:
        assert (due.hour, due.minute) == (hour, 0)
        assert due > moment or (due == moment)
        assert not workdays or due.weekday() < 5
        assert due - moment <= timedelta(days=1 + 3 * workdays)


@given(st.binary(min_size=16, max_size=16), st.integers(1, 2**53), st.text(max_size=60))
def test_a_stop_token_is_believed_only_as_it_was_made(secret, key, other):
    token = rules.stop_token(secret, key)
    assert rules.stopped(secret, token) == key
    assert rules.stopped(secret + b"x", token) is None
    if other != token:
        assert rules.stopped(secret, other) is None
    assert rules.stopped(secret, token[:-1] + ("0" if token[-1] != "0" else "1")) is None


def test_four_senders_share_the_messages_without_sending_one_twice(database, mailbox, post_settings):
    with writing(database) as session:
        users = [a_user(session, Role.OFFICER) for _ in range(12)]
    for number, user in enumerate(users):
        confirmed(database, user, target=f"o{number}@example.com")
    with at(database, SYSTEM) as desk:
        service.deliver(
            desk, "all", {"to": {"role": "officer"}, "code": "need.submit", "subject": 1, "number": "XQ2026-0001"}
        )
    with ThreadPoolExecutor(4) as pool:
        sent = [pool.submit(sends, database, post_settings) for _ in range(4)]
    assert sum(one.result() for one in sent) == len(users)
    assert sorted(mail["To"] for mail in mailbox.arrived) == sorted(f"o{number}@example.com" for number in range(12))
