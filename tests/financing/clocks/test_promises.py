"""容缺受理: a need lacking lesser papers proceeds on a promise, and only the step that needs them waits."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from financing.access import Role
from financing.acts import Act
from financing.clock_refusals import PaperOwed, PromiseBarred, PromiseMissing
from financing.clocks import promises
from financing.clocks.promise_model import OwedPaper
from financing.clocks.promise_rules import Promised, _listed, tolerated
from financing.clocks.rules import LIMITS, Step
from financing.credit import service as credit
from financing.guarantees import service as guarantees
from financing.journal import Entry
from financing.needs import service as needs
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.notices.model import Notice
from financing.outbox import Outgoing
from financing.papers import service as papers
from financing.papers import versions
from financing.papers.model import Paper, PaperUse
from financing.papers.rules import PaperKind, Unfit
from financing.parameters import figure
from financing.parties.model import Firm
from financing.parties.stated import record
from tests.financing.clocks.test_clocks import on
from tests.financing.matching.stage import some_books
from tests.makers import a_firm, a_guarantor, a_need, a_paper, a_user, at, writing
from web.jobs import run_daily

DAY = date(2026, 12, 7)  # a Monday: the list is in force
LATER = {PaperKind.TAX, PaperKind.ARTICLES}


class Zone:
    def __init__(self, database):
        self.database = database
        with writing(database) as session:
            a_guarantor(session)
            firm = a_firm(session)
            some_books(session, firm)
            a_paper(session, firm)
            self.firm, self.need = firm.id, a_need(session, firm).id
            self.owner = a_user(session, Role.SIGNATORY, firm_id=firm.id, name="张明").actor
            self.officer = a_user(session, Role.OFFICER, name="陈经办").actor

    def does(self, actor, act, day, *args, **more):
        with at(self.database, actor, on(day)) as desk:
            return act(desk, desk.get(Need, self.need), *args, **more)

    def hands_in(self, kind, day, **more):
        with at(self.database, self.owner, on(day)) as desk:
            firm, mark = desk.get(Firm, self.firm), f"{kind}{day}"
            sha = f"{abs(hash(mark)):064x}"
            return papers.add(
                desk, firm, kind=kind, name="x.pdf", media="application/pdf", size=9, sha256=sha, stored=sha, **more
            )

    def owed(self) -> dict[PaperKind, OwedPaper]:
        with writing(self.database) as session:
            return {one.kind: one for one in session.scalars(select(OwedPaper))}

    def state(self):
        with writing(self.database) as session:
            return session.get(Need, self.need).state


@pytest.fixture
def zone(database):
    return Zone(database)


def test_the_list_is_dated_and_leaves_the_main_papers_out():
    assert tolerated(date(2026, 11, 23)) == ()
    listed = tolerated(DAY)
    assert {one.kind for one in listed} == LATER
    assert not {one.kind for one in _listed()} & {PaperKind.STATEMENTS, PaperKind.INVOICES, PaperKind.LICENCE}
    assert all(one.step in LIMITS and one.source and one.confidence in "ABC" for one in listed)


def test_it_is_voluntary_and_proceeds_until_the_step_that_needs_the_papers(zone):
    with pytest.raises(PromiseMissing) as refused:
        zone.does(zone.owner, needs.submit, DAY)
    assert set(refused.value.facts["papers"]) == LATER
    zone.does(zone.owner, needs.submit, DAY, promises=True)
    assert {one.due_on for one in zone.owed().values()} == {None}
    zone.does(zone.officer, needs.accept, DAY)
    due = date(2026, 12, 14)
    assert {(one.state, one.due_on, one.promised_by, one.accepted_by) for one in zone.owed().values()} == {
        (Promised.OWED, due, "张明", "陈经办")
    }
    step = figure(LIMITS[Step.OPENING], DAY).value
    with at(zone.database, zone.officer, on(DAY)) as desk:
        assert due <= desk.calendar.after(DAY, step).day
    zone.does(zone.officer, credit.assess, DAY)
    assert zone.state() is NeedState.SCORED  # all before it went ahead
    for kind in (PaperKind.TAX, None):
        with pytest.raises(PaperOwed) as waits:
            zone.does(zone.officer, guarantees.open_case, DAY, opinion="建议上会")
        if kind:
            zone.hands_in(kind, DAY)
    assert waits.value.facts["papers"] == [PaperKind.ARTICLES]


def test_a_paper_in_time_keeps_the_promise_and_the_journal_knows_which(zone):
    zone.does(zone.owner, needs.submit, DAY, promises=True)
    early = zone.hands_in(PaperKind.TAX, DAY)
    zone.does(zone.officer, needs.accept, DAY)
    zone.hands_in(PaperKind.ARTICLES, DAY + timedelta(days=7))
    assert {one.state for one in zone.owed().values()} == {Promised.SUPPLIED}
    assert zone.owed()[PaperKind.TAX].paper_id == early.id
    with writing(zone.database) as session:
        lines = session.scalars(select(Entry).where(Entry.act == Act.SUPPLY_PAPER)).all()
    assert {line.body["facts"]["kind"] for line in lines} == {"tax", "articles"}
    run_daily(zone.database, on(DAY + timedelta(days=30)))
    assert zone.state() is NeedState.ACCEPTED


def test_what_does_not_come_ends_the_need_once_and_bars_the_next_promise(zone):
    zone.does(zone.owner, needs.submit, DAY, promises=True)
    zone.does(zone.officer, needs.accept, DAY)
    zone.hands_in(PaperKind.TAX, DAY)
    last = date(2026, 12, 14)
    run_daily(zone.database, on(last))
    assert zone.state() is NeedState.ACCEPTED
    for day in (last + timedelta(days=4), last + timedelta(days=4), last + timedelta(days=9)):  # after days of downtime
        run_daily(zone.database, on(day))
    assert zone.state() is NeedState.TERMINATED
    assert {kind: one.state for kind, one in zone.owed().items()} == {
        PaperKind.TAX: Promised.SUPPLIED,
        PaperKind.ARTICLES: Promised.BROKEN,
    }
    with writing(zone.database) as session:
        lines = session.scalars(select(Entry).where(Entry.act == Act.BREAK_PROMISE)).all()
        told = session.scalars(select(Notice).where(Notice.act.in_((Act.BREAK_PROMISE, Act.SUPPLY_PAPER)))).all()
        assert sorted(line.body["kind"] for line in lines) == ["Need", "OwedPaper"]
        assert sorted(one.act for one in told) == [Act.BREAK_PROMISE, Act.SUPPLY_PAPER]  # the last day, and the end
        firm = session.get(Firm, zone.firm)
        session.scalars(select(Paper).where(Paper.kind == PaperKind.TAX)).one().unfit = Unfit.ILLEGIBLE
        zone.need = a_need(session, firm).id
    with pytest.raises(PromiseBarred):
        zone.does(zone.owner, needs.submit, last + timedelta(days=9), promises=True)


def test_a_record_of_bad_credit_bars_until_it_is_repaired(zone):
    for count, barred in ((1, True), (0, False)):
        with at(zone.database, zone.officer, on(DAY)) as desk:
            firm = desk.get(Firm, zone.firm)
            record(desk, firm, {"dishonest_records": count}, as_of=DAY)
            assert promises.barred(desk, firm) is barred


def test_a_need_that_is_withdrawn_owes_nothing(zone):
    zone.does(zone.owner, needs.submit, DAY, promises=True)
    zone.does(zone.owner, needs.withdraw, DAY)
    assert {one.state for one in zone.owed().values()} == {Promised.ENDED}
    run_daily(zone.database, on(date(2027, 2, 1)))
    assert {one.state for one in zone.owed().values()} == {Promised.ENDED}


def test_each_step_remembers_the_version_it_had_before_it_and_an_unfit_paper_counts_for_none(zone):
    first = zone.hands_in(PaperKind.TAX, DAY)
    zone.hands_in(PaperKind.ARTICLES, DAY)
    zone.does(zone.owner, needs.submit, DAY)
    with at(zone.database, zone.owner, on(DAY)) as desk:
        assert versions.require_version(desk, zone.firm, PaperKind.TAX, None, first.id).id == first.id
    second = zone.hands_in(PaperKind.TAX, DAY + timedelta(days=1), replaces_id=first.id)
    zone.does(zone.officer, needs.accept, DAY + timedelta(days=1))
    with at(zone.database, zone.officer, on(DAY + timedelta(days=1))) as desk:
        versions.reject(desk, desk.get(Paper, second.id), Unfit.INCOMPLETE)
        assert PaperKind.TAX in papers.kinds(desk, zone.firm)  # the former version is still there
    zone.does(zone.officer, credit.assess, DAY + timedelta(days=1))
    with writing(zone.database) as session:
        used = {
            (one.act, one.paper_id)
            for one in session.scalars(select(PaperUse))
            if one.paper_id in {first.id, second.id}
        }
        told = [
            row.payload["to"] for row in session.scalars(select(Outgoing)) if row.payload["code"] == Act.REJECT_PAPER
        ]
    assert used == {(Act.SUBMIT_NEED, first.id), (Act.ACCEPT_NEED, second.id)}
    assert told == [{"firm": zone.firm}]


def test_reminders_of_expiry_come_once_each_also_after_downtime(zone):
    over = date(2026, 12, 31)
    zone.hands_in(PaperKind.LICENCE, DAY, expires_on=over)
    days: list[datetime] = [on(over - timedelta(days=n)) for n in (40, 30, 29, 6, 5, -3, -4)]
    for moment in days:
        run_daily(zone.database, max(moment, on(DAY)))
        run_daily(zone.database, max(moment, on(DAY)))
    with writing(zone.database) as session:
        told = sorted(
            one.once.rpartition(":")[2] for one in session.scalars(select(Notice).where(Notice.act == Act.REMIND_PAPER))
        )
    assert told == ["expiry_first_days", "expiry_second_days", "over"]
