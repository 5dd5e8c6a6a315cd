"""A bank's right to comment: its head alone, on its own row, version by version, for those who read the row."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from financing.access import Actor, Role
from financing.bank_refusals import NotTheHead
from financing.figures import comments
from financing.figures.comment_model import ScoreComment
from financing.parties import rights
from financing.parties.model import Bank
from financing.people.model import User
from financing.refusals import NotAllowed, NotFound, OutOfRange
from tests.makers import TODAY, a_bank, a_user, at, writing

PERIOD = (date(2026, 1, 1), TODAY)
READERS = [Actor(1, role) for role in (Role.LEADER, Role.OFFICER, Role.AUDITOR)]


@pytest.fixture
def people(database):
    """The bank with its administrator, its head and another officer; and a stranger's head."""
    with writing(database) as session:
        bank, other = a_bank(session), a_bank(session)
        admin, stranger = (a_user(session, Role.BANK_ADMIN, bank_id=one.id).actor for one in (bank, other))
        head, officer = (a_user(session, Role.BANKER, bank_id=bank.id).actor for _ in range(2))
    with at(database, admin) as desk:
        rights.give(desk, desk.get(User, head.id), most=None, heads=True)
    return bank.id, admin, head, officer, stranger


def write(database, actor, bank, says="积压已处理", period=PERIOD):
    with at(database, actor) as desk:
        return comments.write(desk, desk.get(Bank, bank), *period, says=says).number


def test_the_head_and_the_administrator_write_version_after_version_and_all_stay(database, people):
    bank, admin, head, *_ = people
    assert [write(database, who, bank, says) for who, says in ((admin, "一"), (head, "二"), (head, "三"))] == [1, 2, 3]
    for reader in (*READERS, admin, head):
        with at(database, reader) as desk:
            assert [one.says for one in comments.beside(desk, bank, *PERIOD)] == ["三", "二", "一"]
            assert comments.latest(desk, *PERIOD)[bank].says == "三"


def test_other_officers_and_other_banks_do_not_write(database, people):
    bank, _admin, _head, officer, stranger = people
    with pytest.raises(NotTheHead):
        write(database, officer, bank)
    with pytest.raises(NotAllowed):
        write(database, stranger, bank)


def test_I19_a_bank_reads_no_other_banks_comment(database, people):
    bank, admin, _head, _officer, stranger = people
    write(database, admin, bank)
    with at(database, stranger) as desk:
        assert comments.latest(desk, *PERIOD) == {}
        with pytest.raises(NotFound):
            comments.beside(desk, bank, *PERIOD)


def test_a_comment_belongs_to_its_period_and_to_no_other(database, people):
    bank, admin, *_ = people
    write(database, admin, bank)
    with at(database, READERS[0]) as desk:
        assert comments.beside(desk, bank, PERIOD[0], TODAY - timedelta(days=1)) == []


@pytest.mark.parametrize("period", [(TODAY, TODAY - timedelta(days=1)), (TODAY, TODAY + timedelta(days=1))])
def test_a_period_that_is_none_or_not_over_yet_takes_no_comment(database, people, period):
    with pytest.raises(OutOfRange):
        write(database, people[1], people[0], period=period)


@pytest.mark.parametrize("statement", ["UPDATE score_comment SET says = '改'", "DELETE FROM score_comment"])
def test_the_database_itself_keeps_what_was_written(database, people, statement):
    write(database, people[1], people[0])
    with pytest.raises((IntegrityError, OperationalError)), writing(database) as session:
        session.execute(text(statement))
    with at(database, READERS[0]) as desk:
        assert [one.says for one in desk.all(ScoreComment)] == ["积压已处理"]
