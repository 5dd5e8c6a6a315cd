"""Needs typed from signed paper: whose word they are, who may answer, until when, and that time answers once; on both databases."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from financing.access import SYSTEM, Role
from financing.acts import Act
from financing.desk import BEIJING
from financing.form_refusals import BehalfOver, SignedWhen
from financing.journal import Entry
from financing.money import Fen
from financing.needs import behalf, service
from financing.needs.behalf_model import Behalf
from financing.needs.behalf_rules import BehalfState, signed_in_time
from financing.needs.model import Need
from financing.needs.rules import NeedState, Purpose, Security
from financing.outbox import Outgoing
from financing.papers.model import Paper
from financing.parties.model import Firm
from financing.refusals import Impossible, Incomplete, NotAllowed, NotFound, NotText
from tests.makers import TODAY, a_behalf, a_firm, a_need, a_paper, a_user, at, writing
from web import jobs

ASKED = {
    "amount": Fen.wan(80), "months": 12, "purpose": Purpose.WORKING_CAPITAL, "use": "采购铜材原料", "latest": date(2027, 3, 31),
    "wish": None, "security": Security.NONE, "no_broker": True,
}  # fmt: skip
SIGNED = {"edition": "2026-1", "signed_by": "张明", "signed_on": date(2026, 11, 20)}
#: The tenth working day after Monday 23 November 2026, counted by hand: two weeks without a holiday.
LAST_DAY = date(2026, 12, 7)


class Cast:
    """A firm with its two people, its rival, and two officers."""

    def __init__(self, database):
        with writing(database) as session:
            firm, rival = a_firm(session), a_firm(session)
            self.firm, self.scan = firm.id, a_paper(session, firm).id
            self.owner = a_user(session, Role.SIGNATORY, firm_id=firm.id).actor
            self.clerk = a_user(session, Role.CLERK, firm_id=firm.id).actor
            self.rival = a_user(session, Role.SIGNATORY, firm_id=rival.id).actor
            self.officer = a_user(session, Role.OFFICER, name="周经办").actor


@pytest.fixture
def cast(database):
    return Cast(database)


def types(database, cast, actor=None, now=None, **change):
    with at(database, actor or cast.officer, *([now] if now else [])) as desk:
        firm, scan = desk.get(Firm, cast.firm), desk.get(Paper, cast.scan)
        return behalf.type_in(desk, firm, scan, **(SIGNED | ASKED | change)).id


def noon(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=BEIJING)


def kept(database, key):
    with writing(database) as session:
        one = session.get(Behalf, key)
        return one, session.get(Need, one.need_id)


def count(database, kind, *where):
    with writing(database) as session:
        return session.scalar(select(func.count()).select_from(kind).where(*where))


def test_a_typed_need_is_in_marked_and_the_firm_is_told_until_when(database, cast):
    key = types(database, cast)
    one, need = kept(database, key)
    assert (one.state, one.until, one.typed_by_name, one.scan_id) == (BehalfState.OPEN, LAST_DAY, "周经办", cast.scan)
    assert (need.state, need.submitted_on, need.amount) == (NeedState.SUBMITTED, TODAY, Fen.wan(80))
    assert need.due_on == date(2026, 11, 30), "its clock runs as of any other"
    with at(database, cast.owner, write=False) as desk:
        (shown,) = behalf.waiting(desk)
        assert (shown.need_id, shown.typed_by, shown.until, shown.left, shown.whole) == (
            need.id,
            "周经办",
            LAST_DAY,
            10,
            10,
        )
        assert behalf.of_need(desk, need.id) == shown
    with writing(database) as session:
        line = session.scalars(select(Entry).where(Entry.act == Act.TYPE_NEED)).one()
        told = [row.payload["to"] for row in session.scalars(select(Outgoing))]
    assert (line.body["subject"], line.body["kind"], line.body["firm"]) == (need.id, "Need", cast.firm)
    assert told == [{"firm": cast.firm}]
    assert not count(database, Entry, Entry.act == Act.SUBMIT_NEED), "nobody of the firm has handed it in"


@pytest.mark.parametrize("who", ["owner", "clerk", "rival"])
def test_only_an_officer_types_for_a_firm(database, cast, who):
    with pytest.raises((NotAllowed, NotFound)):
        types(database, cast, getattr(cast, who))
    assert not count(database, Need)


@pytest.mark.parametrize(("signed", "holds"), [(0, True), (365, True), (-1, False), (366, False)])
def test_a_signature_of_tomorrow_or_of_more_than_a_year_ago_speaks_for_nobody(database, cast, signed, holds):
    day = TODAY - timedelta(days=signed)
    assert signed_in_time(day, TODAY) is holds
    if holds:
        assert types(database, cast, signed_on=day)
    else:
        with pytest.raises(SignedWhen):
            types(database, cast, signed_on=day)
        assert not count(database, Need)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [({"no_broker": False}, Impossible), ({"amount": Fen(0)}, Impossible), ({"latest": TODAY}, Impossible), ({"use": " "}, Impossible)],
)  # fmt: skip
def test_what_a_firm_could_not_hand_in_an_officer_cannot_type(sqlite_database, change, refusal):
    with pytest.raises(refusal):
        types(sqlite_database, Cast(sqlite_database), **change)
    assert not count(sqlite_database, Need)


def test_without_figures_nothing_is_typed_in_either(sqlite_database):
    cast = Cast(sqlite_database)
    with writing(sqlite_database) as session:
        session.get(Paper, cast.scan).kind = "other"
    with pytest.raises(Incomplete):
        types(sqlite_database, cast)


def test_the_firm_confirms_once_and_the_officer_is_told(database, cast):
    key = types(database, cast)
    with at(database, cast.owner) as desk:
        behalf.confirm(desk, desk.get(Behalf, key))
    one, need = kept(database, key)
    assert (one.state, one.answered_by, need.state) == (BehalfState.CONFIRMED, cast.owner.id, NeedState.SUBMITTED)
    with writing(database) as session:
        assert {"user": cast.officer.id} in [row.payload["to"] for row in session.scalars(select(Outgoing))]
    with pytest.raises(BehalfOver), at(database, cast.owner) as desk:
        behalf.object_to(desk, desk.get(Behalf, key), "金额不对")
    with at(database, cast.owner, write=False) as desk:
        assert not behalf.waiting(desk)


def test_an_objection_ends_the_need_and_its_words_are_in_the_journal_only_as_a_commitment(database, cast):
    key = types(database, cast)
    with at(database, cast.owner) as desk:
        behalf.object_to(desk, desk.get(Behalf, key), "本企业没有提交过这份申请表。")
    one, need = kept(database, key)
    assert (one.state, one.why) == (BehalfState.OBJECTED, "本企业没有提交过这份申请表。")
    assert (need.state, need.due_on) == (NeedState.WITHDRAWN, None), "its clock stands"
    with writing(database) as session:
        line = session.scalars(select(Entry).where(Entry.act == Act.OBJECT_BEHALF)).one()
    assert "没有提交过" not in str(line.body) and line.body["facts"]["why"]["committed"]


def test_an_objection_reaches_a_need_that_was_accepted_meanwhile(database, cast):
    key = types(database, cast)
    _one, need = kept(database, key)
    with at(database, cast.officer) as desk:
        service.accept(desk, desk.get(Need, need.id))
    with at(database, cast.owner) as desk:
        behalf.object_to(desk, desk.get(Behalf, key), "金额应为 50 万元。")
    assert kept(database, key)[1].state is NeedState.WITHDRAWN


def test_an_objection_says_what_is_wrong(sqlite_database):
    cast = Cast(sqlite_database)
    key = types(sqlite_database, cast)
    with pytest.raises(NotText), at(sqlite_database, cast.owner) as desk:
        behalf.object_to(desk, desk.get(Behalf, key), "  ")
    assert kept(sqlite_database, key)[0].state is BehalfState.OPEN


@pytest.mark.parametrize("who", ["clerk", "officer", "rival"])
def test_only_who_signs_for_the_firm_answers_for_it(database, cast, who):
    key = types(database, cast)
    for answer in (behalf.confirm, lambda desk, one: behalf.object_to(desk, one, "不对")):
        with pytest.raises((NotAllowed, NotFound)), at(database, getattr(cast, who)) as desk:
            answer(desk, desk.get(Behalf, key))
    assert kept(database, key)[0].state is BehalfState.OPEN


def test_a_rival_sees_nothing_of_it(database, cast):
    _one, need = kept(database, types(database, cast))
    with at(database, cast.rival, write=False) as desk:
        assert not behalf.waiting(desk) and behalf.of_need(desk, need.id) is None


def test_the_last_day_still_counts_and_the_day_after_does_not(database, cast):
    first, second = types(database, cast), types(database, cast)
    with at(database, cast.owner, noon(LAST_DAY)) as desk:
        behalf.confirm(desk, desk.get(Behalf, first))
    with pytest.raises(BehalfOver), at(database, cast.owner, noon(LAST_DAY + timedelta(days=1))) as desk:
        behalf.confirm(desk, desk.get(Behalf, second))


def test_silence_lets_the_signature_stand_exactly_once_after_any_downtime(database, cast):
    first = types(database, cast)
    with writing(database) as session:
        firm = session.get(Firm, cast.firm)
        for state, why in ((BehalfState.CONFIRMED, ""), (BehalfState.OBJECTED, "不对")):
            need = a_need(session, firm, state=NeedState.SUBMITTED, submitted_on=TODAY)
            a_behalf(session, need, session.get(Paper, cast.scan), state=state, why=why, answered_at=noon(TODAY))
    name = "代填期满 | typed needs stand"
    assert jobs.run_daily(database, noon(LAST_DAY))[name] == 0, "the last day is the firm's"
    late = noon(LAST_DAY + timedelta(days=90))
    assert [jobs.run_daily(database, late + timedelta(days=more))[name] for more in (0, 0, 1)] == [1, 0, 0]
    one, _need = kept(database, first)
    assert (one.state, one.answered_by) == (BehalfState.LAPSED, None)
    assert count(database, Entry, Entry.act == Act.LAPSE_BEHALF) == 1
    assert count(database, Behalf, Behalf.state == BehalfState.LAPSED) == 1


def test_two_workers_that_chose_the_same_one_let_it_stand_once(database, cast):
    key = types(database, cast)
    done = []
    for _worker in range(2):
        with at(database, SYSTEM, noon(LAST_DAY + timedelta(days=1))) as desk:
            done.append(behalf.lapse(desk, key))
    assert done == [1, 0]
