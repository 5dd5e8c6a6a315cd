"""Leaked passwords are found in a file by halving, wherever they stand in it."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.access import SYSTEM, VISITOR, Role
from financing.desk import opened
from financing.people import leaked, service
from financing.refusals import WeakPassword
from tests.makers import NOW


def marks(words, ends="\n"):
    made = sorted(hashlib.sha1(word.encode(), usedforsecurity=False).hexdigest().upper() for word in words)
    return "".join(f"{mark}:{number}{ends}" for number, mark in enumerate(made)).encode()


@given(st.sets(st.text(max_size=12), max_size=40), st.text(max_size=12), st.sampled_from(["\n", "\r\n"]))
def test_what_stands_in_the_file_is_found_and_nothing_else(tmp_path_factory, words, other, ends):
    file = tmp_path_factory.getbasetemp() / "leaked.txt"
    file.write_bytes(marks(words, ends))
    assert all(leaked.known(file, word) for word in words)
    assert leaked.known(file, other) is (other in words)
    assert leaked.known("", other) is False


def test_nobody_opens_an_account_with_a_leaked_password_where_the_operator_has_a_collection(sqlite_database, tmp_path):
    file = tmp_path / "leaked.txt"
    # three thousand that no rule of ours knows, each long enough
    words = [f"unbelievable harbour {number}" for number in range(3_000)]
    file.write_bytes(marks(words))
    with opened(sqlite_database, SYSTEM, NOW) as desk:
        code = service.invite(desk, Role.OFFICER, "王静")
    sqlite_database.leaked = str(file)
    with pytest.raises(WeakPassword) as weak, opened(sqlite_database, VISITOR, NOW) as desk:
        service.join(desk, code, "wang.jing", words[1_234])
    assert weak.value.facts["reason"] == "leaked"
    with opened(sqlite_database, VISITOR, NOW) as desk:
        service.join(desk, code, "wang.jing", "correct horse battery staple")
