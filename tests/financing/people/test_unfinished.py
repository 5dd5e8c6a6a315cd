"""Answers kept as they are typed: one owner, no trace elsewhere, patience, and an end; on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from financing.access import SYSTEM, Role
from financing.journal import Entry
from financing.outbox import Outgoing
from financing.parameters import figure
from financing.people import unfinished
from financing.people.unfinished import A_MINUTE, LONGEST, Typed
from financing.people.unfinished_model import Questions, Unfinished
from financing.refusals import TooManyTries
from tests.makers import NOW, TODAY, a_firm, a_user, at, writing
from web import jobs


@pytest.fixture
def owner(database):
    with writing(database) as session:
        return a_user(session, Role.SIGNATORY, firm_id=a_firm(session).id).actor


def keeps(database, actor, answers, stand="", of=Questions.FIRM, now=NOW):
    with at(database, actor, now) as desk:
        unfinished.keep(desk, of, answers, stand)


def read(database, actor, of=Questions.FIRM):
    with at(database, actor, write=False) as desk:
        return unfinished.typed(desk, of)


def rows(database, kind=Unfinished):
    with writing(database) as session:
        return session.scalar(select(func.count()).select_from(kind))


def test_what_was_typed_is_there_again_with_the_place_where_one_stopped(database, owner):
    keeps(database, owner, {"name": "示范铜材", "park": "高新园区"}, "firm")
    keeps(database, owner, {"employees": "30", "park": ""}, "size")
    assert read(database, owner) == Typed({"name": "示范铜材", "park": "", "employees": "30"}, "size", NOW)
    assert read(database, owner, Questions.NEED) == Typed(), "another form is another matter"


def test_nobody_but_the_account_reads_it_and_no_journal_tells_of_it(database, owner):
    keeps(database, owner, {"name": "示范铜材"})
    with writing(database) as session:
        others = [a_user(session, Role.CLERK, firm_id=owner.firm_id).actor, a_user(session, Role.SIGNATORY).actor]
        others += [a_user(session, role).actor for role in (Role.OFFICER, Role.ADMIN, Role.AUDITOR, Role.CHAIR)]
    for other in others:
        assert read(database, other) == Typed(), other.role
        with at(database, other, write=False) as desk:
            assert not desk.all(Unfinished), other.role
    assert (rows(database, Entry), rows(database, Outgoing)) == (0, 0)


def test_one_account_never_writes_into_anothers(database, owner):
    with writing(database) as session:
        other = a_user(session, Role.SIGNATORY, firm_id=owner.firm_id).actor
    keeps(database, owner, {"name": "甲"})
    keeps(database, other, {"name": "乙"})
    with at(database, other) as desk:
        unfinished.drop(desk, Questions.FIRM)
    assert (read(database, owner).answers, read(database, other)) == ({"name": "甲"}, Typed())


def test_an_answer_without_end_is_not_kept_and_the_one_before_it_stays(database, owner):
    keeps(database, owner, {"name": "示范铜材"})
    keeps(database, owner, {"name": "铜" * (LONGEST + 1), "address": "路" * LONGEST})
    assert read(database, owner).answers == {"name": "示范铜材", "address": "路" * LONGEST}


def test_who_sends_more_than_one_a_second_waits_and_others_do_not(database, owner):
    with writing(database) as session:
        other = a_user(session, Role.SIGNATORY).actor
    for number in range(A_MINUTE):
        keeps(database, owner, {"employees": str(number)})
    with pytest.raises(TooManyTries):
        keeps(database, owner, {"employees": "没有存上"})
    assert read(database, owner).answers == {"employees": str(A_MINUTE - 1)}
    keeps(database, other, {"employees": "1"})
    keeps(database, owner, {"employees": "2"}, now=NOW + timedelta(minutes=1))
    assert read(database, owner).answers == {"employees": "2"}


def test_a_form_nobody_went_on_with_is_swept_on_its_day_and_not_before(database, owner):
    days = figure("unfinished_days", TODAY).value
    keeps(database, owner, {"name": "示范铜材"})
    keeps(database, owner, {"amount": "80"}, of=Questions.NEED, now=NOW + timedelta(days=1))
    name, end = "未填完的表单 | unfinished forms", NOW + timedelta(days=days)
    assert [jobs.run_daily(database, end + timedelta(hours=hours))[name] for hours in (0, 1, 1, 25)] == [0, 1, 0, 1]
    assert rows(database) == 0


def test_a_sweep_tells_nobody_what_was_typed(database, owner):
    keeps(database, owner, {"name": "示范铜材"})
    with at(database, SYSTEM) as desk:
        assert unfinished.typed(desk, Questions.FIRM) == Typed(), "the platform has typed nothing itself"


NAMES = st.sampled_from(["name", "park", "address", "employees"])
TEXTS = st.dictionaries(NAMES, st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20), max_size=4)


@settings(max_examples=25)
@given(sent=st.lists(TEXTS, max_size=6))
def test_whatever_the_order_the_newest_answer_of_each_field_stands(sqlite_database, sent):
    with writing(sqlite_database) as session:
        owner = a_user(session, Role.SIGNATORY).actor
    plain = {}
    for answers in sent:
        keeps(sqlite_database, owner, answers)
        plain.update(answers)
    assert read(sqlite_database, owner).answers == plain
