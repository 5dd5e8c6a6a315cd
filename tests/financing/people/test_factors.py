"""The second factor as people use it, on both databases: a code counts once, guessing comes to nothing, nothing opens halfway."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from financing.access import SYSTEM, VISITOR, Role
from financing.acts import Act
from financing.db import Database
from financing.desk import opened
from financing.outbox import Outgoing
from financing.people import factors, proofs, service, sessions, totp
from financing.people.model import User
from financing.people.passkeys import Place
from financing.people.rules import Waits
from financing.refusals import NotSignedIn, Refusal, TooManyTries
from financing.sealing import Ring
from financing.sign_refusals import FactorWanted, HalfwayIn, WrongProof
from tests.makers import NOW

PASSWORD = "correct horse battery staple"
HERE = "10.0.0.1"
PLACE = Place("https://yrt.example.cn", "示范经开区")


class Someone:
    """A person at a browser: the token is what the browser holds; time goes on as the test says."""

    def __init__(self, database: Database, role: Role, login: str = "wang.jing", **owner: int) -> None:
        self.database, self.now, self.token, self.login = database, NOW, "", login
        with opened(database, SYSTEM, NOW) as desk:
            code = service.invite(desk, role, "王静", **owner)
        with opened(database, VISITOR, NOW) as desk:
            self.actor = service.join(desk, code, login, PASSWORD).actor

    def desk(self, actor=None):
        return opened(self.database, actor or self.actor, self.now)

    def signs_in(self, *, strict=True):
        self.token = service.sign_in(partial(self.desk, VISITOR), self.login, PASSWORD, HERE, strict=strict)
        return self.waits

    @property
    def waits(self):
        return sessions.coming(self.database, self.token, self.now).waits

    def sets_up(self):
        """Reads the secret off the page and types its code; the recovery codes."""
        with self.desk() as desk:
            self.secret = factors.proposed(desk, self.token)
        with self.desk() as desk:
            made = factors.set_codes(desk, service.me(desk, lock=True), self.token, self.code)
        self.token = made.token
        return made.codes

    @property
    def code(self):
        return totp.code(self.secret, totp.step(self.now))

    def proves(self, said):
        self.token = proofs.prove(self.desk, self.token, said, HERE, PLACE)

    def later(self, **more):
        self.now += timedelta(**more)


@pytest.fixture
def keyed(database, tmp_path):
    database.ring = Ring(tmp_path / "sealing.key")
    return database


def test_from_the_first_code_to_the_last_recovery_code(keyed):
    person = Someone(keyed, Role.OFFICER)
    assert person.signs_in() is Waits.SETUP
    assert sessions.who(keyed, person.token, person.now) is None
    codes = person.sets_up()
    assert (len(codes), len(set(codes)), person.waits) == (10, 10, None)
    assert all(
        re.fullmatch(r"(?:[0-9a-hjkmnp-tv-z]{4}-){5}[0-9a-hjkmnp-tv-z]{4}", code) for code in codes
    )  # 24 of 32 signs: 120 bits
    with person.desk(SYSTEM) as desk:
        kept = desk.get(User, person.actor.id)
        assert person.secret not in kept.second_factor
        assert all(code not in kept.recovery for code in codes)
    # the code it was set up with does not count again; the next one does, once
    assert person.signs_in() is Waits.CODE
    halfway = person.token
    with pytest.raises(WrongProof):
        person.proves(person.code)
    person.later(seconds=30)
    person.proves(person.code)
    assert person.waits is None
    assert sessions.coming(keyed, halfway, person.now) is None
    with pytest.raises(WrongProof):
        person.proves(person.code)
    # each recovery code counts once, however it is typed
    for typed in (codes[0], codes[1].upper(), codes[2].replace("-", " ")):
        person.signs_in()
        person.proves(typed)
        assert person.waits is None
        with pytest.raises(WrongProof):
            person.proves(typed)
        person.later(minutes=1)
    with person.desk() as desk:
        assert factors.mine(desk, service.me(desk)).left == 7
        again = factors.renew_codes(desk, service.me(desk, lock=True))
    with pytest.raises(WrongProof):
        person.proves(codes[3])
    person.proves(again[0])


def test_whoever_changes_a_factor_its_owner_is_told(keyed):
    """Found by reading the proofs again: new codes, a dropped factor and a reset, not a new password alone."""
    person, firm, admin = (
        Someone(keyed, Role.OFFICER),
        Someone(keyed, Role.SIGNATORY, "li.fang", firm_id=1),
        Someone(keyed, Role.ADMIN, "chen"),
    )
    for one in (person, firm):
        one.signs_in()
        one.sets_up()
    with person.desk() as desk:
        factors.renew_codes(desk, service.me(desk, lock=True))
    with firm.desk() as desk:
        factors.drop_codes(desk, service.me(desk, lock=True), firm.token)
    with admin.desk() as desk:
        factors.reset(desk, desk.get(User, person.actor.id))
    with admin.desk(SYSTEM) as desk:
        told = {
            (one.payload["to"]["user"], one.payload["code"])
            for one in desk.session.scalars(select(Outgoing).where(Outgoing.kind == "notice"))
        }
    assert told >= {(person.actor.id, f"factor.{what}") for what in ("set", "renew_codes", "reset")}
    assert told >= {(firm.actor.id, f"factor.{what}") for what in ("set", "drop")}


def test_two_at_once_with_one_code_are_one(keyed):
    person = Someone(keyed, Role.OFFICER)
    person.signs_in()
    codes = person.sets_up()
    for said in (lambda: person.code, lambda: codes[0]):
        person.later(minutes=1)
        tokens = [service.sign_in(partial(person.desk, VISITOR), "wang.jing", PASSWORD, HERE) for _ in range(2)]
        right = said()

        def proved(token, right=right):
            with suppress(Refusal):
                return proofs.prove(person.desk, token, right, HERE, PLACE)
            return None

        with ThreadPoolExecutor(2) as both:
            assert sum(found is not None for found in both.map(proved, tokens)) == 1


def test_guessing_is_counted_like_passwords_and_never_locks_for_good(keyed):
    person = Someone(keyed, Role.OFFICER)
    person.signs_in()
    person.sets_up()
    person.later(minutes=1)
    person.signs_in()
    wrong = f"{(int(person.code) + 1) % 10**6:06d}"
    for _ in range(5):
        with pytest.raises(WrongProof):
            person.proves(wrong)
    with pytest.raises(TooManyTries):
        person.proves(person.code)
    person.later(seconds=30)
    person.proves(person.code)
    assert person.waits is None


@pytest.mark.parametrize(
    ("role", "waits"),
    [*((role, Waits.SETUP) for role in (Role.OFFICER, Role.MEMBER, Role.CHAIR, Role.BANKER, Role.BANK_ADMIN, Role.FUND, Role.LEADER,
                                        Role.AUDITOR, Role.ADMIN)), (Role.CLERK, None), (Role.SIGNATORY, None)],
)  # fmt: skip
def test_C16_who_needs_a_second_factor(sqlite_database, role, waits):
    owner = {
        Role.BANKER: {"bank_id": 1},
        Role.BANK_ADMIN: {"bank_id": 1},
        Role.CLERK: {"firm_id": 1},
        Role.SIGNATORY: {"firm_id": 1},
    }
    person = Someone(sqlite_database, role, **owner.get(role, {}))
    assert person.signs_in() is waits
    assert person.signs_in(strict=False) is None


def test_a_session_halfway_in_changes_no_factor_and_a_password_makes_none_whole(keyed):
    person = Someone(keyed, Role.OFFICER)
    assert person.signs_in() is Waits.SETUP
    person.proves(PASSWORD)  # as long as there is no factor: proves who it is, and still leads to setting one up
    assert person.waits is Waits.SETUP
    person.sets_up()
    person.later(minutes=1)
    assert person.signs_in() is Waits.CODE
    with pytest.raises(WrongProof):
        person.proves(PASSWORD)
    for change in (factors.drop_codes, lambda *some: factors.set_codes(*some, person.code)):
        with pytest.raises((HalfwayIn, FactorWanted, WrongProof)), person.desk() as desk:
            change(desk, service.me(desk, lock=True), person.token)


def test_a_firm_drops_what_it_set_up_and_whoever_needs_one_keeps_the_last(keyed):
    firm = Someone(keyed, Role.SIGNATORY, "li.fang", firm_id=1)
    officer = Someone(keyed, Role.OFFICER)
    for person in (firm, officer):
        person.signs_in()
        other = person.token
        person.signs_in()
        person.sets_up()
        assert sessions.coming(keyed, other, NOW) is None  # a change of the factor ends every other session
    with firm.desk() as desk:
        factors.drop_codes(desk, service.me(desk, lock=True), firm.token)
    assert firm.signs_in() is None
    with pytest.raises(FactorWanted), officer.desk() as desk:
        factors.drop_codes(desk, service.me(desk, lock=True), officer.token)


def test_who_has_lost_everything_is_reset_by_somebody_else(keyed):
    person, admin = Someone(keyed, Role.OFFICER), Someone(keyed, Role.ADMIN, "chen")
    person.signs_in()
    person.sets_up()
    with admin.desk() as desk:
        factors.reset(desk, desk.get(User, person.actor.id))
        assert [line.act for line in desk.lines] == [Act.RESET_FACTOR]
    assert sessions.coming(keyed, person.token, NOW) is None
    with pytest.raises(NotSignedIn):
        person.proves(PASSWORD)
    assert person.signs_in() is Waits.SETUP
    with pytest.raises(Refusal), admin.desk() as desk:
        factors.reset(desk, desk.get(User, admin.actor.id))
