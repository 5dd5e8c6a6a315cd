"""Accounts as people use them, on both databases."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from types import SimpleNamespace

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, text

from financing.access import RULES, SYSTEM, VISITOR, Actor, Role, may
from financing.acts import Act
from financing.desk import opened
from financing.journal import Entry
from financing.once import digest
from financing.people import passwords, service, sessions, views
from financing.people.model import Invitation, LoginSession, User
from financing.people.rules import Weakness
from financing.refusals import (
    InvitationOver,
    LoginTaken,
    NoOwner,
    NotAllowed,
    NotFound,
    TooManyTries,
    WeakPassword,
    WrongSignIn,
)
from financing.roles import Remit
from financing.sign_refusals import HeldTogether, RemitMissing
from tests.conftest import IN_EARNEST
from tests.makers import NOW

PASSWORD = "correct horse battery staple"
ADMIN = Actor(99, Role.ADMIN, name="陈管理")
HERE, THERE = "10.0.0.1", "203.0.113.9"
#: By the password alone; what is asked beyond it stands in test_factors.
signs_in = partial(service.sign_in, strict=False)


@pytest.fixture
def desks(database):
    return lambda actor=VISITOR, later=timedelta(0): partial(opened, database, actor, NOW + later)


@pytest.fixture
def account(desks):
    def make(role=Role.OFFICER, login="wang.jing", **owner):
        with desks(SYSTEM)() as desk:
            code = service.invite(desk, role, "王静", **owner)
        with desks()() as desk:
            return service.join(desk, code, login, PASSWORD)

    return make


def test_an_invitation_becomes_an_account_once(desks):
    with desks(ADMIN)() as desk:
        code = service.invite(desk, Role.AUDITOR, "李委员")
    with desks()() as desk:
        user = service.join(desk, code, "Li.WeiYuan", PASSWORD)
    assert (user.login, user.role, user.name, user.active) == ("li.weiyuan", Role.AUDITOR, "李委员", True)
    with pytest.raises(InvitationOver), desks()() as desk:
        service.join(desk, code, "somebody.else", PASSWORD)


@pytest.mark.parametrize("later", [timedelta(days=7), timedelta(days=400)])
def test_an_invitation_ends_after_a_week(desks, later):
    with desks(ADMIN)() as desk:
        code = service.invite(desk, Role.MEMBER, "李委员")
    with pytest.raises(InvitationOver), desks(VISITOR, later)() as desk:
        service.join(desk, code, "li.weiyuan", PASSWORD)


def test_only_administrators_and_the_platform_invite(desks):
    with pytest.raises(NotAllowed), desks(Actor(5, Role.OFFICER))() as desk:
        service.invite(desk, Role.ADMIN, "自己")


@pytest.mark.parametrize(
    ("role", "field"), [(Role.BANKER, "bank_id"), (Role.BANK_ADMIN, "bank_id"), (Role.CLERK, "firm_id")]
)
def test_who_acts_for_somebody_belongs_to_them(desks, role, field):
    with pytest.raises(NoOwner) as refused, desks(ADMIN)() as desk:
        service.invite(desk, role, "某人")
    assert refused.value.facts["field"] == field


def test_a_login_is_taken_whatever_its_case(desks, account):
    account(login="wang.jing")
    with desks(SYSTEM)() as desk:
        code = service.invite(desk, Role.OFFICER, "另一位")
    with pytest.raises(LoginTaken), desks()() as desk:
        service.join(desk, code, "WANG.JING", PASSWORD)


def test_a_weak_password_leaves_the_invitation_open(desks):
    with desks(ADMIN)() as desk:
        code = service.invite(desk, Role.OFFICER, "王静")
    with pytest.raises(WeakPassword) as refused, desks()() as desk:
        service.join(desk, code, "wang.jing", "too short")
    assert refused.value.facts["reason"] is Weakness.SHORT
    with desks()() as desk:
        assert service.join(desk, code, "wang.jing", PASSWORD)


def test_signing_in_gives_a_token_that_leads_to_the_person(database, desks, account):
    user = account()
    token = signs_in(desks(), "Wang.Jing", PASSWORD, HERE)
    assert sessions.who(database, token, NOW) == Actor(user.id, Role.OFFICER, None, None, "王静")
    assert sessions.who(database, token[:-1] + "x", NOW) is None


def test_neither_token_nor_password_nor_code_is_stored(database, desks):
    with desks(ADMIN)() as desk:
        code = service.invite(desk, Role.OFFICER, "王静")
    with desks()() as desk:
        service.join(desk, code, "wang.jing", PASSWORD)
    token = signs_in(desks(), "wang.jing", PASSWORD, HERE)
    with desks(SYSTEM)() as desk:
        tables = ("account", "login_session", "invitation", "tries", "journal", "form_once")
        rows = [str(list(desk.session.execute(text(f"SELECT * FROM {table}")))) for table in tables]
    assert not [secret for secret in (token, PASSWORD, code, "王静") if secret in rows[4]]
    assert not [secret for secret in (token, PASSWORD, code) if secret in "".join(rows)]


def test_a_wrong_password_and_an_unknown_account_get_the_same_answer(desks, account):
    account()
    with pytest.raises(WrongSignIn) as known:
        signs_in(desks(), "wang.jing", "wrong horse battery staple", HERE)
    with pytest.raises(WrongSignIn) as unknown:
        signs_in(desks(), "nobody", "wrong horse battery staple", HERE)
    assert (known.value.code, known.value.facts) == (unknown.value.code, unknown.value.facts)


def test_an_unknown_account_costs_one_comparison_like_a_known_one(desks, account, monkeypatch):
    account()
    seen = []
    verify = PasswordHasher.verify
    monkeypatch.setattr(
        PasswordHasher, "verify", lambda self, hash_, word: seen.append(hash_) or verify(self, hash_, word)
    )
    for login in ("wang.jing", "nobody"):
        with pytest.raises(WrongSignIn):
            signs_in(desks(), login, "wrong horse battery staple", HERE)
    cost = passwords.hashed(PASSWORD).rsplit("$", 2)[0]
    assert [hash_.rsplit("$", 2)[0] for hash_ in seen] == [cost] * 2


def test_in_earnest_a_hash_costs_what_is_said_of_it():
    assert IN_EARNEST.hash(PASSWORD).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_after_five_failures_even_the_right_password_waits_and_then_is_let_in(desks, account):
    account()
    for _ in range(5):
        with pytest.raises(WrongSignIn):
            signs_in(desks(), "wang.jing", "wrong", HERE)
    with pytest.raises(TooManyTries):
        signs_in(desks(), "wang.jing", PASSWORD, HERE)
    assert signs_in(desks(VISITOR, timedelta(seconds=30)), "wang.jing", PASSWORD, HERE)


def test_strangers_do_not_keep_the_owner_out_of_the_place_they_use(desks, account):
    account()
    signs_in(desks(), "wang.jing", PASSWORD, HERE)
    for _ in range(5):
        with pytest.raises(WrongSignIn):
            signs_in(desks(), "wang.jing", "wrong", THERE)
    with pytest.raises(TooManyTries):
        signs_in(desks(), "wang.jing", "wrong", THERE)
    assert signs_in(desks(), "wang.jing", PASSWORD, HERE)


def test_one_address_gets_thirty_tries_a_minute_over_all_accounts(desks):
    for number in range(30):
        with pytest.raises(WrongSignIn):
            signs_in(desks(), f"nobody{number}", "wrong", THERE)
    with pytest.raises(TooManyTries):
        signs_in(desks(), "nobody30", "wrong", THERE)
    with pytest.raises(WrongSignIn):
        signs_in(desks(VISITOR, timedelta(minutes=1)), "nobody30", "wrong", THERE)


def test_a_fourth_browser_ends_the_one_longest_unused(database, desks, account):
    account()
    tokens = [signs_in(desks(VISITOR, timedelta(seconds=n)), "wang.jing", PASSWORD, HERE) for n in range(4)]
    now = NOW + timedelta(seconds=5)
    assert [sessions.who(database, token, now) is not None for token in tokens] == [False, True, True, True]


def test_a_session_is_touched_at_most_once_a_minute(database, desks, account):
    account()
    token = signs_in(desks(), "wang.jing", PASSWORD, HERE)
    seen = {}
    for seconds in (30, 59, 60, 90, 125):
        sessions.who(database, token, NOW + timedelta(seconds=seconds))
        with desks(SYSTEM)() as desk:
            seen[seconds] = (desk.session.get_one(LoginSession, digest(token)).seen_at - NOW).seconds
    assert seen == {30: 0, 59: 0, 60: 60, 90: 60, 125: 125}


def test_a_session_in_use_lives_eight_hours_and_no_longer(database, desks, account):
    account()
    token = signs_in(desks(), "wang.jing", PASSWORD, HERE)
    minutes = 0
    while sessions.who(database, token, NOW + timedelta(minutes=minutes)) is not None:
        minutes += 10
    assert minutes == 8 * 60


def test_signing_out_ends_this_session_alone_and_everywhere_ends_all(database, desks, account):
    user = account()
    first, second = (signs_in(desks(), "wang.jing", PASSWORD, HERE) for _ in range(2))
    with desks(user.actor)() as desk:
        sessions.sign_out(desk, service.me(desk), first)
    assert sessions.who(database, first, NOW) is None
    assert sessions.who(database, second, NOW) is not None
    with desks(user.actor)() as desk:
        sessions.sign_out_everywhere(desk, service.me(desk))
    assert sessions.who(database, second, NOW) is None


def test_a_disabled_account_is_out_at_once_and_stays_out(database, desks, account):
    user = account()
    token = signs_in(desks(), "wang.jing", PASSWORD, HERE)
    with desks(ADMIN)() as desk:
        service.disable(desk, desk.get(User, user.id))
    assert sessions.who(database, token, NOW) is None
    with pytest.raises(WrongSignIn):
        signs_in(desks(), "wang.jing", PASSWORD, HERE)


def test_nobody_disables_themselves(desks, account):
    user = account(Role.ADMIN, "guanli")
    with pytest.raises(NotFound), desks(user.actor)() as desk:
        service.disable(desk, desk.get(User, user.id))


def test_a_role_taken_away_counts_from_the_next_request(database, desks, account):
    user = account()
    token = signs_in(desks(), "wang.jing", PASSWORD, HERE)
    with desks(SYSTEM)() as desk:
        desk.session.get_one(User, user.id).role = Role.LEADER
    assert sessions.who(database, token, NOW).role is Role.LEADER


def test_an_older_hash_is_renewed_when_its_owner_signs_in(desks, account):
    user = account()
    weaker = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(PASSWORD)
    with desks(SYSTEM)() as desk:
        desk.session.get_one(User, user.id).password_hash = weaker
    signs_in(desks(), "wang.jing", PASSWORD, HERE)
    with desks(SYSTEM)() as desk:
        renewed = desk.session.get_one(User, user.id).password_hash
    assert not passwords.stale(renewed)
    assert passwords.fits(renewed, PASSWORD)


def test_every_act_leaves_its_line(desks, account):
    user = account()
    signs_in(desks(), "wang.jing", PASSWORD, HERE)
    with desks(user.actor)() as desk:
        sessions.sign_out_everywhere(desk, service.me(desk))
    with desks(SYSTEM)() as desk:
        acts = list(desk.session.scalars(select(Entry.act).order_by(Entry.seq)))
    assert acts == ["people.invite", "people.join", "people.sign_in", "people.sign_out"]


def test_people_see_their_own_account_and_administrators_all(desks, account):
    user = account()
    token = signs_in(desks(), "wang.jing", PASSWORD, HERE)
    with desks(user.actor)() as desk:
        mine = views.account(desk, digest(token))
        assert views.people(desk) == []
    assert [line.this_one for line in mine.sessions] == [True]
    with desks(ADMIN)() as desk:
        assert [person.login for person in views.people(desk)] == ["wang.jing"]
        assert [invited.name for invited in desk.all(Invitation)] == ["王静"]


def test_running_accounts_and_auditing_are_three_peoples(desks):
    with desks(SYSTEM)() as desk:
        first = service.invite(desk, Role.ADMIN, "陈静", remit=Remit.ACCOUNTS)
    with desks()() as desk:
        guard = service.join(desk, first, "chen.jing", PASSWORD).actor
    assert guard.remit is Remit.ACCOUNTS
    for role, remit in ((Role.ADMIN, Remit.RUNNING), (Role.AUDITOR, None)):
        with pytest.raises(HeldTogether) as refused, desks(guard)() as desk:
            service.invite(desk, role, "陈静", remit=remit)
        assert refused.value.facts["held"] is Remit.ACCOUNTS
    with pytest.raises(RemitMissing), desks(guard)() as desk:
        service.invite(desk, Role.ADMIN, "李明")
    with desks(guard)() as desk:  # two open invitations of one name: the second one to be used is refused
        codes = [
            service.invite(desk, Role.AUDITOR, "孙敏"),
            service.invite(desk, Role.ADMIN, "孙敏", remit=Remit.RUNNING),
        ]
    with desks(ADMIN)() as desk:
        for waiting in desk.all(Invitation, Invitation.by_two.is_(True)):
            service.confirm_invitation(desk, waiting)
    with desks()() as desk:
        service.join(desk, codes[0], "sun.min", PASSWORD)
    with pytest.raises(HeldTogether), desks()() as desk:
        service.join(desk, codes[1], "sun.min2", PASSWORD)


INCIDENT = {Act.RECORD_INCIDENT, Act.EDIT_INCIDENT, Act.DRAW_PARTIES, Act.LEAVE_OUT_PARTY, Act.TELL_PARTIES, Act.REPORT_INCIDENT, Act.CLOSE_INCIDENT}  # fmt: skip


@pytest.mark.parametrize(
    ("remit", "may_not"),
    [(None, set()), (Remit.ACCOUNTS, {Act.SEND_AGAIN, Act.PROPOSE_SETTING, Act.SET_CALENDAR, Act.ASK_EMERGENCY}),
     (Remit.RUNNING, {Act.INVITE, Act.CONFIRM_INVITE, Act.WITHDRAW_INVITE, Act.DISABLE_USER, Act.RESET_FACTOR, Act.WAKE_USER, Act.SET_POST, Act.LINK_IDENTITY, Act.UNLINK_IDENTITY,
                      Act.ADOPT_SETTING, Act.TURN_DOWN_SETTING, Act.PROPOSE_HANDLER, Act.ADOPT_HANDLER, Act.TURN_DOWN_HANDLER,
                          Act.ERASE, Act.HOLD_ERASURE, Act.FILE_IMPACT, *INCIDENT})],
)  # fmt: skip
def test_what_an_administrator_does_follows_the_remit(remit, may_not):
    admin, plain = Actor(7, Role.ADMIN, remit=remit), Actor(7, Role.ADMIN)
    thing = SimpleNamespace(proposed_by=98, invited_by=98, asked_by=98, user_id=98, firm_id=1, bank_id=1)
    acts = [act for act, who in RULES.items() if who.roles & {Role.ADMIN} and act is not Act.DENIED]
    refused = {act for act in acts if may(plain, act, thing) and not may(admin, act, thing)}
    assert refused == may_not
