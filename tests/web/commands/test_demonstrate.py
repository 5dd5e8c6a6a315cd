"""The demo zone: there whole or not at all, with one sign-in for each role, and never over somebody's data."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import UTC, datetime
from functools import partial

import pytest

from financing.access import SYSTEM, VISITOR
from financing.db import Database
from financing.desk import opened
from financing.people import service
from financing.people.model import User
from financing.words import NAMES
from tests.makers import at


@pytest.fixture
def filled(run, home):
    """A demo zone, and what was said about it."""
    run("migrate")
    answer = run("demo")
    assert answer.code == 0, answer.err
    return answer


def test_the_demo_zone_from_the_first_command_to_the_first_sign_in(run, home, filled):
    note = home / "var" / "demo-sign-ins.txt"
    assert note.read_text(encoding="utf-8") == filled.out
    assert note.stat().st_mode & 0o777 == 0o600
    password = re.search(r"password: (\S+)", filled.out)[1]
    logins = re.findall(r"^  (\w+) +\S+ \| ", filled.out, re.MULTILINE)
    with closing(Database(f"sqlite:///{home / 'var' / 'yuanrong.db'}")) as database:
        with at(database, SYSTEM) as desk:
            roles = [desk.find(User, User.login == login).role for login in logins]
        assert len(set(roles)) == len(roles) - 1 >= 9  # two officers: a visit and its review are two people's
        assert all(NAMES[type(role)][role] in filled.out for role in roles)
        for login in logins:
            assert service.sign_in(partial(opened, database, VISITOR, datetime.now(UTC)), login, password, "127.0.0.1")
    assert run("verify-journal").code == 0
    again = run("demo", "--if-empty")
    assert (again.code, again.out) == (0, filled.out)
    refused = run("demo")
    assert (refused.code, refused.out) == (1, "")
    assert "not empty" in refused.err


def test_a_zone_in_use_is_left_alone(run, home):
    run("migrate")
    code = re.search(r"code=(\S+)", run("invite", "--name", "张明").out)[1]
    with closing(Database(f"sqlite:///{home / 'var' / 'yuanrong.db'}")) as database, at(database, VISITOR) as desk:
        service.join(desk, code, "first", "a quiet harbour in spring")
    assert run("demo", "--if-empty").code == 0
    assert run("demo").code == 1
    assert not (home / "var" / "demo-sign-ins.txt").exists()
