"""A paper is genuine when its code names a copy that went out and what that copy showed."""

from __future__ import annotations

import pytest

from financing.access import SYSTEM
from financing.matching import checking, viewing
from financing.matching.model import Dossier
from tests.financing.matching.stage import staged
from tests.makers import NOW, at


@pytest.fixture
def issued(database):
    stage = staged(database, banks=1)
    stage.proposed()
    stage.grant(0)
    key = stage.send().id
    with stage.at(stage.bankers[0]) as desk:
        copy = viewing.copy(desk, desk.get(Dossier, key))
    return checking.code(copy.snapshot.number, copy.number, copy.snapshot.digest())


def asked(database, code):
    with at(database, SYSTEM, write=False) as desk:
        return checking.genuine(desk, code)


def test_the_code_on_a_copy_is_found_however_it_is_typed(database, issued):
    for typed in (issued, f"  {issued.lower()} "):
        found = asked(database, typed)
        assert found is not None and issued.startswith(f"{found.number}-{found.copy:02d}-") and found.at == NOW


def test_every_other_code_gets_the_same_answer(database, issued):
    number, copy, digest = issued.rsplit("-", 2)
    other = "0" if digest[-1] != "0" else "1"
    wrong = [
        f"{number}-{copy}-{digest[:-1]}{other}", f"{number}-02-{digest}", f"DA1999-0001-01-{digest}", f"{number}-{copy}", "", "'; --",
        f"{number}-00-{digest}", f"{number}-{copy}-{digest}0", "DA" * 40,
    ]  # fmt: skip
    assert [asked(database, code) for code in wrong] == [None] * len(wrong)
