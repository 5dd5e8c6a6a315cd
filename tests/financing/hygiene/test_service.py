"""Silent needs are asked about once and end with a code, whatever happens between and however long the server was off (F81)."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from financing.access import SYSTEM, Role
from financing.acts import Act
from financing.desk import BEIJING
from financing.guarantees.model import GuaranteeCase
from financing.hygiene import service, views
from financing.hygiene.model import LifeAsk
from financing.hygiene.rules import Answer
from financing.journal import Entry
from financing.matching.model import Consent, Match
from financing.matching.rules import Consented, MatchState
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.notices import service as notices
from financing.office_refusals import NotAsked
from financing.outbox import Outgoing
from financing.refusals import NotAllowed, OutOfRange
from tests.makers import NOW, TODAY, a_bank, a_firm, a_need, a_product, a_user, at, writing
from web import jobs


def silent_need(database, **facts) -> tuple[Any, Any, Any]:
    """A need with the banks, handed in today; its firm's signatory and its officer."""
    with writing(database) as session:
        officer = a_user(session, Role.OFFICER)
        firm = a_firm(session)
        signatory = a_user(session, Role.SIGNATORY, firm_id=firm.id)
        need = a_need(
            session, firm,
            **{"state": NeedState.LISTED, "submitted_on": TODAY, "officer_id": officer.id, "officer_name": officer.name, **facts},
        )  # fmt: skip
        return need, signatory.actor, officer.actor


def run(database, now: datetime) -> None:
    """What the daily run does about silent needs, in its order."""
    jobs._each(database, now, "life", service.unanswered, service.look_at)
    jobs._each(database, now, "silent", service.silent, service.ask)


def day(number: int) -> datetime:
    return NOW + timedelta(days=number)


def asks(database) -> list[tuple[date, date, Answer | None]]:
    with writing(database) as session:
        rows = session.scalars(select(LifeAsk).order_by(LifeAsk.asked_at))
        return [(row.asked_on, row.closes_on, row.answer) for row in rows]


def state(database, need) -> NeedState:
    with writing(database) as session:
        return session.get_one(Need, need.id).state


@dataclass
class Told:
    """The same by hand, in whole days: what was last heard, what was asked, and how it ended."""

    heard: int = 0
    asked: list[list[Any]] = field(default_factory=list)
    over: bool = False

    @property
    def waiting(self) -> list[Any] | None:
        return self.asked[-1] if self.asked and self.asked[-1][2] is None else None

    def sign(self, today: int) -> None:
        self.heard = today

    def run(self, today: int) -> None:
        if self.over:
            return
        if self.waiting and self.heard >= self.waiting[0]:
            self.waiting[2] = Answer.ACTIVE
        elif self.waiting and today >= self.waiting[1]:
            self.waiting[2], self.over = Answer.NO_SIGN, True
        if not self.over and self.waiting is None and today - self.heard >= 30:
            self.asked.append([today, today + 10, None])


STEPS = st.lists(
    st.tuples(st.integers(1, 45), st.sampled_from(("nothing", "plan", "still", "look", "paper")), st.booleans()),
    max_size=9,
)


#: Days between one example and the next, for the journal's time never goes back.
APART = itertools.count(0, 500)


@settings(max_examples=8)
@given(STEPS)
def test_any_life_of_a_need_ends_as_worked_out_by_hand(database, steps):
    first = next(APART)
    need, signatory, officer = silent_need(database, submitted_on=TODAY + timedelta(days=first))
    told, today = Told(first), first
    for ahead, deed, runs in steps:
        today += ahead
        if not told.over:
            act(database, need, signatory, officer, deed, today, told)
        if runs:
            run(database, day(today) + timedelta(hours=2))
            told.run(today)
    expected = [(TODAY + timedelta(days=a), TODAY + timedelta(days=b), answer) for a, b, answer in told.asked]
    assert asks_of(database, need) == expected
    assert state(database, need) is (NeedState.CLOSED if told.over else NeedState.LISTED)


def asks_of(database, need) -> list[tuple[date, date, Answer | None]]:
    with writing(database) as session:
        rows = session.scalars(select(LifeAsk).where(LifeAsk.need_id == need.id).order_by(LifeAsk.asked_at))
        return [(row.asked_on, row.closes_on, row.answer) for row in rows]


def act(database, need, signatory, officer, deed: str, today: int, told: Told) -> None:
    """One thing that somebody does, and what it means by hand; looking means nothing."""
    now = day(today)
    if deed == "plan":
        with at(database, officer, now) as desk:
            service.plan(desk, desk.get(Need, need.id), "约企业见面", desk.today)
        told.sign(today)
    elif deed == "still" and told.waiting:
        with at(database, signatory, now) as desk:
            service.still(desk, desk.get(Need, need.id))
        told.waiting[2] = Answer.STILL
        told.sign(today)
    elif deed == "paper":
        with at(database, signatory, now) as desk:
            desk.note(Act.EDIT_FIRM, desk.find(*firm_of(need)))
        told.sign(today)
    elif deed == "look":
        with at(database, signatory, now) as desk:
            desk.note(Act.SEE_NOTICES, desk.get(Need, need.id))


def firm_of(need):
    from financing.parties.model import Firm

    return Firm, Firm.id == need.firm_id


def test_a_firm_is_asked_after_thirty_days_and_the_need_ends_ten_days_later(database):
    need, *_ = silent_need(database)
    for number in range(29):
        run(database, day(number))
    assert asks(database) == []
    run(database, day(30))
    run(database, day(30))
    assert asks(database) == [(TODAY + timedelta(days=30), TODAY + timedelta(days=40), None)]
    run(database, day(39))
    assert state(database, need) is NeedState.LISTED
    run(database, day(40))
    assert (state(database, need), asks(database)[0][2]) == (NeedState.CLOSED, Answer.NO_SIGN)
    run(database, day(80))
    assert len(asks(database)) == 1
    with writing(database) as session:
        lines = [
            (line.act, line.body["facts"].get("why")) for line in session.scalars(select(Entry).order_by(Entry.seq))
        ]
        told = [(row.payload["code"], *row.payload["to"]) for row in session.scalars(select(Outgoing))]
    assert lines == [(Act.ASK_LIFE, None), (Act.CLOSE_NEED, "no_sign")]
    assert sorted(told) == [("life.ask", "firm"), ("need.close", "firm"), ("need.close", "user")]


def test_after_weeks_of_downtime_a_firm_still_has_its_ten_days(database):
    need, *_ = silent_need(database)
    run(database, day(75))
    assert asks(database) == [(TODAY + timedelta(days=75), TODAY + timedelta(days=85), None)]
    run(database, day(84))
    assert state(database, need) is NeedState.LISTED
    run(database, day(120))
    run(database, day(121))
    assert (state(database, need), len(asks(database))) == (NeedState.CLOSED, 1)


def test_with_one_tap_the_need_goes_on_and_only_its_signatory_ends_it(database):
    need, signatory, _ = silent_need(database)
    with pytest.raises(NotAsked), at(database, signatory) as desk:
        service.still(desk, desk.get(Need, need.id))
    run(database, day(30))
    with writing(database) as session:
        clerk = a_user(session, Role.CLERK, firm_id=need.firm_id).actor
    with pytest.raises(NotAllowed), at(database, clerk, day(31)) as desk:
        service.no_longer(desk, desk.get(Need, need.id))
    with at(database, clerk, day(31)) as desk:
        service.still(desk, desk.get(Need, need.id))
    run(database, day(60))
    assert [answer for *_, answer in asks(database)] == [Answer.STILL]
    run(database, day(61))
    with at(database, signatory, day(62)) as desk:
        service.no_longer(desk, desk.get(Need, need.id))
    assert [answer for *_, answer in asks(database)] == [Answer.STILL, Answer.NO_LONGER]
    assert state(database, need) is NeedState.CLOSED


def test_what_ends_with_a_need_ends_when_it_is_closed(sqlite_database):
    need, *_ = silent_need(sqlite_database)
    with writing(sqlite_database) as session:
        bank = a_bank(session)
        session.add(
            Match(need_id=need.id, firm_id=need.firm_id, bank_id=bank.id, product_id=a_product(session, bank).id, fit=1,
                  reasons=[], proposed_on=TODAY, state=MatchState.CONSENTED)
        )  # fmt: skip
        session.add(
            Consent(number="SQ2026-0001", need_id=need.id, firm_id=need.firm_id, bank_id=bank.id, scope=[],
                    purpose=Consented.FINANCING, text_version="1", text_hash="", granted_by=1, valid_from=NOW,
                    valid_until=NOW + timedelta(days=90))
        )  # fmt: skip
    run(sqlite_database, day(30))
    run(sqlite_database, day(40))
    with writing(sqlite_database) as session:
        assert session.scalars(select(Match.state)).all() == [MatchState.WITHDRAWN]
        assert session.scalars(select(Consent.withdrawn_at)).all() == [day(40)]
        assert session.scalars(select(GuaranteeCase.id)).all() == []


@pytest.mark.parametrize("where", [NeedState.DRAFT, NeedState.COMMITTEE, NeedState.SETTLED, NeedState.WITHDRAWN])
def test_nobody_is_asked_about_a_draft_or_what_lies_before_the_committee_or_is_over(sqlite_database, where):
    silent_need(sqlite_database, state=where)
    run(sqlite_database, day(200))
    assert asks(sqlite_database) == []


def test_an_old_need_without_a_next_action_is_on_the_list_until_somebody_plans_one(database):
    need, _, officer = silent_need(database, state=NeedState.APPROVED)
    with at(database, officer, day(90), write=False) as desk:
        assert views.idle_count(desk) == 0
    with at(database, officer, day(91)) as desk:
        assert [row.number for row in views.idle(desk).rows] == [need.number]
        with pytest.raises(OutOfRange):
            service.plan(desk, desk.get(Need, need.id), "约企业见面", desk.today - timedelta(days=1))
        service.plan(desk, desk.get(Need, need.id), "约企业见面", desk.today + timedelta(days=3))
        desk.session.flush()
        assert (views.idle_count(desk), views.step(desk, need.id).what) == (0, "约企业见面")
    with at(database, officer, day(95), write=False) as desk:
        assert views.idle_count(desk) == 1


def test_the_notice_of_a_question_reaches_the_firm_alone(sqlite_database):
    _need, signatory, officer = silent_need(sqlite_database)
    run(sqlite_database, day(30))
    jobs.work_off(sqlite_database, day(30))
    for actor, told in ((signatory, [Act.ASK_LIFE]), (officer, [])):
        with at(sqlite_database, actor, day(30), write=False) as desk:
            assert [one.act for one in notices.mine(desk)] == told
    assert SYSTEM.id == 0
    assert day(30).astimezone(BEIJING).date() == TODAY + timedelta(days=30)
