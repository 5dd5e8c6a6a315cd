"""The big zone: whole however often it was stopped, true to walls and limits, its journal a chain that a stranger can check."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from financing import journal, journal_check
from financing.access import SYSTEM, Role
from financing.acts import Act
from financing.db import Database
from financing.figures import tracks
from financing.figures.model import Track
from financing.finding import Word, rebuild, subjects
from financing.guarantees.model import GuaranteeCase, Limit, Movement
from financing.guarantees.rules import Pot
from financing.journal import Entry
from financing.letters.model import Guarantee, GuaranteeEntry
from financing.letters.rules import EntryKind
from financing.models import metadata
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.parties.identity import credit_code
from financing.parties.model import Firm
from financing.parties.service import register
from financing.people.model import User
from tests.makers import a_code, at
from web.stage.big import fates, zone
from web.stage.big.cast import Plan

PLAN = Plan(firms=60, needs=400, seed=7, now=datetime(2026, 11, 23, 2, 0, tzinfo=UTC))
#: Made by chance on purpose, and by the clock of the machine.
NOT_PLANNED = {"login_session"}


class Stopped(Exception):
    """Somebody pressed Ctrl-C."""


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    """So that so small a zone has many of each kind."""
    monkeypatch.setattr(fates, "BATCH", 90)
    monkeypatch.setattr(zone, "BATCH", 90)
    monkeypatch.setattr("web.stage.big.lines.BATCH", 90)
    monkeypatch.setattr(zone, "FIRMS", 25)
    monkeypatch.setattr(zone, "EVENTS", 700)


def written(database: Database, stops: tuple[int, ...] = ()) -> None:
    """The zone, stopped before these batches and started again each time."""
    zone.begin(database, PLAN)
    for stop in (*stops, None):
        plan = zone.unfinished(database)
        assert plan == PLAN
        try:
            zone.go_on(database, plan, lambda done, _total, stop=stop: stops_at(done, stop))
        except Stopped:
            continue
    zone.finish(database, "!")
    assert zone.unfinished(database) is None


def stops_at(done: int, stop: int | None) -> None:
    if done == stop:
        raise Stopped


def plain(value: object) -> object:
    """JSON in one order of its keys, for the databases keep another one each."""
    return journal_check.canonical(value) if isinstance(value, dict) else value


def content(database: Database) -> dict[str, list[str]]:
    """Every row of every table as text, in an order of its own."""
    with database.reader.connect() as connection:
        return {
            table.name: sorted(repr(tuple(map(plain, row))) for row in connection.execute(select(table)))
            for table in metadata.sorted_tables
            if table.name not in NOT_PLANNED
        }


@pytest.fixture
def filled(database):
    written(database)
    return database


def test_a_zone_that_was_stopped_is_the_same_zone_on_either_database(migrated_file, tmp_path, database):
    written(database, stops=(1, 4, 9, 10))
    other = tmp_path / "whole.db"
    shutil.copyfile(migrated_file, other)
    with closing(Database(f"sqlite:///{other}")) as whole:
        written(whole)
        stopped, at_once = content(database), content(whole)
    assert {name for name in stopped if stopped[name] != at_once[name]} == set()


def test_the_journal_is_a_chain_and_tells_where_every_need_stands(filled):
    with Session(filled.reader) as session:
        lines, _ = journal_check.check(journal.exported(session))
        assert lines == session.scalar(select(func.count()).select_from(Entry)) > 2_000
        last: dict[int, str] = {}
        for subject, body in session.execute(select(Entry.subject_id, Entry.body).order_by(Entry.seq)):
            if body["kind"] == "Need":
                last[subject] = body["facts"].get("state", "draft")
        stands = {key: state.value for key, state in session.execute(select(Need.id, Need.state))}
        assert last == stands
        times = list(session.scalars(select(Entry.at).order_by(Entry.seq)))
        assert times == sorted(times)


def test_every_state_of_a_need_occurs_and_its_case_and_guarantee_agree_with_it(filled):
    with Session(filled.reader) as session:
        states = set(session.scalars(select(Need.state)))
        ended = {NeedState.INELIGIBLE, NeedState.REJECTED, NeedState.SETTLED, NeedState.WITHDRAWN}
        assert states >= ended | {NeedState.COMMITTEE, NeedState.LISTED}
        for case in session.scalars(select(GuaranteeCase)):
            need = session.get_one(Need, case.need_id)
            assert (case.firm_id, case.line) == (need.firm_id, need.amount)
        for one in session.scalars(select(Guarantee)):
            entries = session.scalars(select(GuaranteeEntry).where(GuaranteeEntry.guarantee_id == one.id)).all()
            signs = {EntryKind.ISSUED: 1, EntryKind.REPAID: -1, EntryKind.RELEASED: 0}
            assert sum(signs[entry.kind] * entry.amount.fen for entry in entries) == one.balance.fen


def test_how_far_needs_have_come_is_what_the_figures_make_of_journal_and_pay_outs(filled):
    columns = list(Track.__table__.columns)
    with Session(filled.writer) as session, session.begin():
        before = sorted(map(tuple, session.execute(select(*columns))), key=lambda row: row[0])
        tracks.rebuild(session)
        assert sorted(map(tuple, session.execute(select(*columns))), key=lambda row: row[0]) == before
        assert sum(row[-1] is not None for row in before) > 20


def test_the_limit_is_the_sum_of_its_movements(filled):
    with Session(filled.reader) as session:
        held = {Pot.USED: 0, Pot.RESERVED: 0, Pot.FREE: 0}
        for source, target, amount in session.execute(select(Movement.source, Movement.target, Movement.amount)):
            held[source] -= amount.fen
            held[target] += amount.fen
        limit = session.scalars(select(Limit)).one()
        assert (limit.used.fen, limit.reserved.fen) == (held[Pot.USED], held[Pot.RESERVED])
        assert limit.used.fen > 0


def test_codes_are_sound_words_are_those_of_the_house_and_life_goes_on_from_here(filled):
    with Session(filled.reader) as session:
        firms = session.scalars(select(Firm)).all()
        assert [credit_code(firm.code) for firm in firms] == [firm.code for firm in firms]
        assert len({firm.name for firm in firms}) > 50
    with Session(filled.writer) as session, session.begin():
        before = sorted(session.execute(select(Word.kind, Word.way, Word.word, Word.subject_id)).all())
        rebuild(session)
        assert sorted(session.execute(select(Word.kind, Word.way, Word.word, Word.subject_id)).all()) == before
    with at(filled, SYSTEM, PLAN.now) as desk:
        officer = desk.find(User, User.role == Role.OFFICER).actor
        new = {"industry": "3340", "park": "园区", "address": "路 1 号", "founded_on": PLAN.today, "representative": "张",
               "contact": "李", "phone": "13900000000"}  # fmt: skip
        firm = register(desk, code=a_code(), name="新来铜业有限公司", **new)
    with at(filled, officer, PLAN.now, write=False) as desk:
        assert subjects(desk.session, Firm, "新来铜") == [firm.id]
        assert desk.session.scalar(select(func.count()).where(Entry.act == Act.REGISTER_FIRM)) == PLAN.firms + 1
