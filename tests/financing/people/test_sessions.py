"""Sign-ins as their owner sees and ends them, passwords changed, accounts that sleep; on both databases."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from financing.access import SYSTEM, VISITOR, Role
from financing.acts import Act
from financing.desk import opened
from financing.entries import Setting, SettingEntry
from financing.journal import Entry
from financing.once import digest
from financing.outbox import Outgoing
from financing.people import dormant, renewing, rules, service, sessions, views
from financing.people.key_model import ApiKey
from financing.people.model import User
from financing.people.rules import Waits, Weakness
from financing.refusals import TooManyTries, WeakPassword, WrongSignIn
from financing.sign_refusals import Asleep, WrongPassword
from tests.makers import NOW, TODAY, a_bank, a_user, writing
from web.jobs import run_daily

PASSWORD, ANOTHER = "correct horse battery staple", "seven quiet harbours in spring"
HERE = "10.2.3.4"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 Mobile/15E148 MicroMessenger/8.0"


@pytest.fixture
def officer(database):
    with opened(database, SYSTEM, NOW) as desk:
        code = service.invite(desk, Role.OFFICER, "王静")
    with opened(database, VISITOR, NOW) as desk:
        return service.join(desk, code, "wang.jing", PASSWORD).actor


def signs_in(database, password=PASSWORD, now=NOW, agent=CHROME):
    return service.sign_in(
        partial(opened, database, VISITOR, now), "wang.jing", password, HERE, agent=agent, strict=False
    )


def sets(database, key, value):
    """The zone's own value from today on, by two people."""
    with writing(database) as session:
        session.add(
            SettingEntry(seq=1, kind=Setting.FIGURE, key=key, value=value, since=TODAY, why="测评要求", source="测评报告",
                         confidence="C", entered_at=NOW, entered_by=1, enterer="陈", confirmed_by=2, confirmer="李")
        )  # fmt: skip


def waits(database, token, now=NOW):
    found = sessions.coming(database, token, now)
    return found.waits if found else "over"


def test_ones_own_sign_ins_are_seen_and_ended_one_or_all_the_others(database, officer):
    first, second, third = (
        signs_in(database, now=NOW + timedelta(minutes=n), agent=a) for n, a in enumerate((CHROME, PHONE, ""))
    )
    now = NOW + timedelta(minutes=3)
    with opened(database, officer, now) as desk:
        lines = views.account(desk, digest(second)).sessions
    told = [(line.device, line.place, line.this_one) for line in lines]
    assert told == [
        ("", "10.2.*.*", False),
        ("微信 · iPhone", "10.2.*.*", True),
        ("Chrome · Windows", "10.2.*.*", False),
    ]
    assert not any(token in str(lines) for token in (first, second, third))
    with opened(database, officer, now) as desk:
        assert sessions.end_some(desk, service.me(desk), second, lines[0].mark) == 1
    assert [waits(database, token, now) for token in (first, second, third)] == [None, None, "over"]
    with opened(database, officer, now) as desk:
        assert sessions.end_some(desk, service.me(desk), second, "") == 1
        assert sessions.end_some(desk, service.me(desk), second, "nobody's") == 0
    assert [waits(database, token, now) for token in (first, second)] == ["over", None]


def test_a_zone_may_allow_fewer_sign_ins(database, officer):
    sets(database, "sign_ins_most", 1)
    first, second = signs_in(database), signs_in(database, now=NOW + timedelta(seconds=1))
    assert [waits(database, token, NOW + timedelta(seconds=1)) for token in (first, second)] == ["over", None]


def test_changing_the_password_ends_the_other_sign_ins_and_gives_this_one_a_new_name(database, officer):
    other, mine = signs_in(database), signs_in(database)
    desks = partial(opened, database, officer, NOW)
    for now, new, refused in (
        (ANOTHER, ANOTHER, WrongPassword),
        (PASSWORD, "too short", WeakPassword),
        (PASSWORD, PASSWORD, WeakPassword),
    ):
        with pytest.raises(refused):
            renewing.change(desks, mine, now, new, HERE)
    renewed = renewing.change(desks, mine, PASSWORD, ANOTHER, HERE)
    assert [waits(database, token) for token in (other, mine, renewed)] == ["over", "over", None]
    with pytest.raises(WrongSignIn):
        signs_in(database)
    assert signs_in(database, ANOTHER)
    for _ in range(5):
        with pytest.raises(WrongPassword):
            renewing.change(desks, renewed, "a guess at the password", PASSWORD, HERE)
    with pytest.raises(TooManyTries):
        renewing.change(desks, renewed, ANOTHER, PASSWORD, HERE)


def test_C19_a_zone_may_ask_for_a_new_password_and_for_kinds_of_characters(database, officer):
    assert signs_in(database, now=NOW + timedelta(days=80))  # neither is asked for by default
    sets(database, "password_days", 90)
    now = NOW + timedelta(days=90)
    token = signs_in(database, now=now)
    assert waits(database, token, now) is Waits.PASSWORD
    assert sessions.who(database, token, now) is None
    token = renewing.change(partial(opened, database, officer, now), token, PASSWORD, ANOTHER, HERE)
    assert waits(database, token, now) is None
    assert waits(database, signs_in(database, ANOTHER, now), now) is None


@pytest.mark.parametrize(
    ("password", "weak"),
    [("correct horse battery", Weakness.PLAIN), ("Correct horse battery", None), ("correcthorsebattery7", Weakness.PLAIN), ("correct horse battery 7", None)],
)  # fmt: skip
def test_kinds_of_characters_count_where_a_zone_asks_for_three(password, weak):
    assert rules.weakness(password, "wang.jing", firm=False, mixed=True) is weak
    assert rules.weakness(password, "wang.jing", firm=False) is None


def test_who_is_away_for_long_sleeps_and_is_woken_and_a_key_in_use_keeps_its_officer_awake(database, officer):
    token = signs_in(database)
    with writing(database) as session:
        firm, keyed = a_user(session, Role.SIGNATORY, firm_id=1), a_user(session, Role.BANKER)
        bank = a_bank(session)
        admin = a_user(session, Role.ADMIN, used_at=NOW + timedelta(days=80)).actor
        _bank_key(session, keyed, bank)
    assert run_daily(database, NOW + timedelta(days=90))["账号休眠 | accounts put to sleep"] == 0
    later = NOW + timedelta(days=91)
    assert run_daily(database, later)["账号休眠 | accounts put to sleep"] == 1
    assert run_daily(database, later)["账号休眠 | accounts put to sleep"] == 0
    assert waits(database, token, later) == "over"
    with pytest.raises(Asleep):
        signs_in(database, now=later)
    with pytest.raises(WrongSignIn):  # what sleeps is told to whoever knows the password, and to nobody else
        signs_in(database, ANOTHER, now=later + timedelta(minutes=1))
    with opened(database, admin, later) as desk:
        asleep = {person.id: person.asleep for person in views.people(desk)}
        assert [key for key, sleeps in asleep.items() if sleeps] == [officer.id]
        dormant.wake(desk, desk.get(User, officer.id))
        dormant.wake(desk, desk.get(User, officer.id))
    assert waits(database, signs_in(database, now=later + timedelta(minutes=5)), later + timedelta(minutes=5)) is None
    year = NOW + timedelta(days=366)
    assert run_daily(database, year)["账号休眠 | accounts put to sleep"] >= 2
    with opened(database, SYSTEM, year) as desk:
        assert desk.get(User, firm.id).slept_at == year
        acts = [entry.act for entry in desk.session.query(Entry).filter(Entry.subject_id == officer.id)]
    assert acts.count(Act.SLEEP_USER) == 2
    assert acts.count(Act.WAKE_USER) == 1


def _bank_key(session, user, bank):
    """A key whose system came a month ago."""
    session.add(
        ApiKey(bank_id=bank.id, user_id=user.id, name="信贷系统", scopes=["read"], until=NOW + timedelta(days=180), given_at=NOW, given_by=1,
               digest="d", taken_at=NOW, used_at=NOW + timedelta(days=60))
    )  # fmt: skip


def told(database):
    with opened(database, SYSTEM, NOW) as desk:
        waiting = desk.session.scalars(
            select(Outgoing).where(Outgoing.kind == "notice").order_by(Outgoing.due_at, Outgoing.once)
        )
        return [one.payload["code"] for one in waiting]


def test_a_sign_in_on_another_device_or_after_guesses_is_told_to_its_owner_and_so_is_a_new_password(database, officer):
    signs_in(database)
    signs_in(database, now=NOW + timedelta(days=1))
    assert told(database) == []
    signs_in(database, now=NOW + timedelta(days=2), agent=PHONE)
    assert told(database) == ["people.unusual"]
    later = NOW + timedelta(days=3)
    for _ in range(5):
        with pytest.raises(WrongSignIn):
            signs_in(database, "a wrong guess of it", now=later)
    token = signs_in(database, now=later + timedelta(minutes=1))
    assert told(database) == ["people.unusual"] * 2
    desks = partial(opened, database, officer, later + timedelta(minutes=2))
    renewing.change(desks, token, PASSWORD, ANOTHER, HERE)
    assert told(database) == [*["people.unusual"] * 2, "password.change"]
