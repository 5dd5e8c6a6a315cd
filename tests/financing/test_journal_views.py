"""The auditor's search: by act, number and day; and the verdict on the chain."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from financing import journal_views
from financing.access import Actor, Role
from financing.acts import Act
from financing.journal import Line, Private
from financing.journal_views import Wanted
from financing.money import Fen
from financing.needs.rules import NeedState
from financing.refusals import NotAllowed
from tests.makers import NOW, TODAY, a_firm, a_need, a_user, at, writing

AUDITOR = Actor(3, Role.AUDITOR)


@pytest.fixture
def lived(database):
    """Two needs that were handed in on two days and accepted by a person with a name."""
    with writing(database) as session:
        officer = a_user(session, Role.OFFICER, name="周经办")
        firm = a_firm(session)
        needs = [a_need(session, firm, state=NeedState.SUBMITTED) for _ in range(2)]
    for day, need in enumerate(needs):
        with at(database, officer.actor, NOW + timedelta(days=day)) as desk:
            desk.lines.append(
                Line(Act.SUBMIT_NEED, "Need", need.id, facts={"amount": Fen.wan(120), "state": NeedState.SUBMITTED})
            )
            desk.lines.append(
                Line(Act.ACCEPT_NEED, "Need", need.id, facts={"reason": Private("意见"), "digest": "a" * 64})
            )
    return needs


def seqs(database, **wanted):
    with at(database, AUDITOR, write=False) as desk:
        return [row.seq for row in journal_views.search(desk, Wanted(**wanted)).rows]


def test_lines_come_newest_first_and_each_filter_narrows(database, lived):
    first, second = lived
    assert seqs(database) == [4, 3, 2, 1]
    assert seqs(database, act=Act.SUBMIT_NEED) == [3, 1]
    assert seqs(database, number=first.number) == [2, 1]
    assert seqs(database, number=f" {second.number.lower()} ") == [4, 3]
    assert seqs(database, since=TODAY + timedelta(days=1)) == [4, 3]
    assert seqs(database, until=TODAY) == [2, 1]
    assert seqs(database, act=Act.SUBMIT_NEED, since=TODAY, until=TODAY) == [1]
    for nothing in ("XQ2026-9999", "DB2026-0001", "??", "X"):
        assert seqs(database, number=nothing) == []


def test_a_line_says_who_what_and_about_which_matter(database, lived):
    with at(database, AUDITOR, write=False) as desk:
        accepted, submitted = journal_views.search(desk, Wanted(until=TODAY)).rows
    assert (submitted.name, submitted.role, submitted.number) == ("周经办", Role.OFFICER, lived[0].number)
    assert submitted.facts == [("amount", Fen.wan(120)), ("state", NeedState.SUBMITTED)]
    said = dict(accepted.facts)
    assert said["digest"] == "a" * 12 + "…"
    assert said["reason"].startswith("#")
    assert len(said["reason"]) == 13
    assert not accepted.denied


def test_only_the_auditor_takes_the_journal_away_and_that_is_a_line(database, lived):
    with at(database, AUDITOR) as desk:
        taken = journal_views.taken_out(desk)
    assert taken.count("\n") == 5
    assert seqs(database, act=Act.READ_JOURNAL) == [5]
    with pytest.raises(NotAllowed), at(database, Actor(4, Role.OFFICER)) as desk:
        journal_views.taken_out(desk)


def test_a_sound_chain_is_told_apart_from_a_broken_one(database, lived):
    with at(database, AUDITOR, write=False) as desk:
        verdict = journal_views.verify(desk)
    assert (verdict.lines, verdict.fault) == (4, "")
    with writing(database) as session:
        for statement in _unlocked(session.get_bind().dialect.name):
            session.execute(text(statement))
        session.execute(text("DELETE FROM journal WHERE seq = 3"))
    with at(database, AUDITOR, write=False) as desk:
        broken = journal_views.verify(desk)
    assert broken.lines == 3
    assert broken.fault


def _unlocked(dialect):
    """What somebody with the keys to the database itself could do."""
    if dialect == "sqlite":
        return ["DROP TRIGGER IF EXISTS wall_journal_delete"]
    return ["DROP TRIGGER IF EXISTS wall_journal_change ON journal"]
