"""Clocks as people move them: paused with a reason, extended by two, late only with its reason stated."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from financing.access import SYSTEM, Role
from financing.acts import Act
from financing.calendar import Kind
from financing.clock_refusals import (
    AlreadyLate,
    BeyondCeiling,
    ExtensionAsked,
    LateUnexplained,
    NoClock,
    NotOnDuty,
    NotPaused,
    OverallExceeded,
    PastStart,
    StandsStill,
)
from financing.clocks import posts, service, views
from financing.clocks.model import Clock, Escalation, Extension
from financing.clocks.rules import Delay, Halt, Rung, Step, Timing
from financing.dated import service as dated
from financing.dated.rules import Certainty
from financing.journal import Entry
from financing.needs import lateness
from financing.needs import service as needs
from financing.needs.model import Need
from financing.notices.model import Notice
from financing.people.model import User
from financing.refusals import NotAllowed
from tests.makers import NOW, TODAY, a_firm, a_need, a_paper, a_user, at, writing
from web.jobs import run_daily

DUE = date(2026, 11, 30)  # five working days from Monday the 23rd


def on(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 1, 30, tzinfo=UTC)


class Zone:
    """A need handed in on Monday, its firm, two officers, a leader and an administrator."""

    def __init__(self, database):
        self.database = database
        with writing(database) as session:
            firm = a_firm(session)
            a_paper(session, firm)
            self.need = a_need(session, firm).id
            self.owner = a_user(session, Role.SIGNATORY, firm_id=firm.id).actor
            self.officer, self.other = (a_user(session, Role.OFFICER, name=name).actor for name in ("陈", "刘"))
            self.leader, self.admin = a_user(session, Role.LEADER).actor, a_user(session, Role.ADMIN).actor
        self.does(self.owner, needs.submit, TODAY)

    def does(self, actor, act, day, *args, **more):
        with at(self.database, actor, on(day)) as desk:
            return act(desk, desk.get(Need, self.need), *args, **more)

    def clock(self) -> Clock:
        with writing(self.database) as session:
            return session.scalars(
                select(Clock).order_by(Clock.stopped_on.is_not(None), Clock.started_on.desc())
            ).first()

    def due(self):
        with writing(self.database) as session:
            return session.get(Need, self.need).due_on

    def told(self, act) -> list[tuple[int, str]]:
        with writing(self.database) as session:
            return [(one.user_id, one.once) for one in session.scalars(select(Notice).where(Notice.act == act))]


@pytest.fixture
def zone(database):
    return Zone(database)


def test_a_pause_gives_the_working_days_back_and_the_firm_sees_why(zone):
    zone.does(zone.officer, service.halt, date(2026, 11, 25), Halt.COURT, "等法院生效证明")
    assert (zone.clock().timing, zone.due()) == (Timing.PAUSED, None)
    with at(zone.database, zone.owner, on(date(2026, 11, 26)), write=False) as desk:
        now = views.of_need(desk, zone.need).now
        assert (now.halts[0].reason, now.halts[0].evidence, now.late) == (Halt.COURT, "等法院生效证明", 0)
    zone.does(zone.officer, service.go_on, date(2026, 12, 2))
    assert (zone.clock().timing, zone.due()) == (Timing.RUNNING, date(2026, 12, 7))  # 24th, then 2, 3, 4 and 7 December
    with pytest.raises(NotPaused):
        zone.does(zone.officer, service.go_on, date(2026, 12, 2))
    run_daily(zone.database, on(date(2026, 12, 2)))
    assert (
        {user for user, _ in zone.told(Act.HALT_STEP)}
        == {zone.owner.id}
        == {user for user, _ in zone.told(Act.RESUME_STEP)}
    )


def test_a_clock_is_paused_once_and_never_after_its_day(zone):
    zone.does(zone.officer, service.halt, TODAY, Halt.EXPERT, "专家评审")
    with pytest.raises(StandsStill):
        zone.does(zone.officer, service.halt, TODAY, Halt.EXPERT, "专家评审")
    zone.does(zone.officer, service.go_on, TODAY)
    assert zone.due() == DUE  # the same day: nothing is given back
    for act, rest in ((service.halt, (Halt.TEST, "检测")), (service.ask, (2, "核实"))):
        with pytest.raises(AlreadyLate):
            zone.does(zone.officer, act, DUE + timedelta(days=1), *rest)


def test_only_an_officer_moves_a_clock(zone):
    for actor in (zone.owner,):
        with pytest.raises(NotAllowed):
            zone.does(actor, service.halt, TODAY, Halt.COURT, "x")


def test_an_extension_takes_two_people_and_the_firm_is_told(zone):
    asked = zone.does(zone.officer, service.ask, TODAY, 3, "核实境外订单").id
    with pytest.raises(ExtensionAsked):
        zone.does(zone.other, service.ask, TODAY, 1, "再要一天")
    with pytest.raises(NotAllowed), at(zone.database, zone.officer) as desk:
        service.agree(desk, desk.get(Need, zone.need), desk.get(Extension, asked))
    assert zone.due() == DUE
    with at(zone.database, zone.other) as desk:
        service.agree(desk, desk.get(Need, zone.need), desk.get(Extension, asked))
    assert (zone.due(), zone.clock().extended) == (date(2026, 12, 3), 3)
    run_daily(zone.database, NOW)
    assert {user for user, _ in zone.told(Act.AGREE_EXTENSION)} == {zone.owner.id}
    with writing(zone.database) as session:
        assert session.scalars(select(Entry).where(Entry.act == Act.AGREE_EXTENSION)).one().actor_id == zone.other.id


def test_all_extensions_of_a_need_stay_below_the_ceiling(zone):
    asked = zone.does(zone.officer, service.ask, TODAY, 8, "核实").id
    with at(zone.database, zone.other) as desk:
        service.agree(desk, desk.get(Need, zone.need), desk.get(Extension, asked))
    zone.does(zone.officer, needs.accept, TODAY)
    with pytest.raises(BeyondCeiling) as refused:
        zone.does(zone.officer, service.ask, TODAY, 3, "再核实")
    assert refused.value.facts["left"] == 2
    asked = zone.does(zone.officer, service.ask, TODAY, 2, "再核实").id
    with at(zone.database, zone.other) as desk:
        service.turn_down(desk, desk.get(Extension, asked))
    assert zone.clock().extended == 0


def test_the_database_itself_wants_two_people_and_moves_no_deadline_back(zone):
    asked = zone.does(zone.officer, service.ask, TODAY, 3, "核实").id
    changes = (
        (Extension, asked, {"decided_by": zone.officer.id, "state": "agreed"}),
        (Clock, zone.clock().id, {"due_on": date(2026, 11, 27)}),
    )
    for kind, key, values in changes:
        with pytest.raises(IntegrityError), writing(zone.database) as session:
            session.execute(update(kind).where(kind.id == key).values(values))


def test_a_late_step_is_not_finished_before_its_reason_is_stated(zone):
    after = date(2026, 12, 2)
    with pytest.raises(LateUnexplained):
        zone.does(zone.officer, needs.accept, after)
    with pytest.raises(NoClock):
        zone.does(zone.officer, service.explain, TODAY, Delay.WORKLOAD, "并未逾期")
    zone.does(zone.officer, service.explain, after, Delay.WORKLOAD, "年末业务集中，已增派一人")
    zone.does(zone.officer, needs.accept, after)
    with at(zone.database, zone.owner, on(after), write=False) as desk:
        shown = views.of_need(desk, zone.need).clocks[1]
        assert (shown.step, shown.late, shown.clock.delay, shown.clock.delay_by) == (
            Step.HANDLING,
            2,
            Delay.WORKLOAD,
            "陈",
        )


def test_the_firm_ends_a_late_need_without_excuses(zone):
    zone.does(zone.owner, needs.withdraw, date(2026, 12, 9))
    assert (zone.clock().timing, zone.due()) == (Timing.STOPPED, None)


def test_a_provisional_day_is_counted_again_when_the_calendar_comes_and_never_moves_back(zone):
    zone.does(zone.officer, needs.accept, TODAY)
    zone.does(zone.officer, service.halt, TODAY, Halt.EXPERT, "专家评审")
    zone.does(zone.officer, service.go_on, date(2026, 12, 28))
    assert (zone.clock().provisional, zone.due()) == (
        True,
        date(2027, 1, 4),
    )  # 2027 is not announced: only 1 January is sure
    why = {"why": "国务院办公厅通知", "source": "国办发明电〔2026〕1号"}
    holidays = {date(2027, 1, day): Kind.OFF for day in (1, 2, 3, 4)}
    with at(zone.database, zone.admin, on(date(2026, 12, 29))) as desk:
        dated.set_year(desk, holidays, 2027, **why)
    for _ in range(2):
        run_daily(zone.database, on(date(2026, 12, 29)))
    assert (zone.clock().provisional, zone.due()) == (False, date(2027, 1, 5))
    assert [user for user, _ in zone.told(Act.RECOUNT_STEP)] == [zone.owner.id]
    with at(zone.database, zone.admin, on(date(2026, 12, 30))) as desk:
        dated.set_day(desk, date(2027, 1, 4), open=True, **why)
    run_daily(zone.database, on(date(2026, 12, 30)))
    assert zone.due() == date(2027, 1, 5)  # as the firm was told


def climbed(zone) -> list[tuple[Rung, int | None]]:
    with writing(zone.database) as session:
        found = session.scalars(select(Escalation)).all()
        return sorted(((one.rung, one.user_id) for one in found), key=lambda one: tuple(Rung).index(one[0]))


def test_I14_each_rung_is_told_exactly_once_also_after_days_of_downtime(zone):
    with at(zone.database, zone.admin) as desk:
        posts.give(desk, Rung.SECTION, desk.get(User, zone.other.id), TODAY)
        posts.give(desk, Rung.LEADER, desk.get(User, zone.leader.id), TODAY)
        posts.give(desk, Rung.SECTION, desk.get(User, zone.leader.id), date(2027, 6, 1))
    run_daily(zone.database, on(DUE))
    assert climbed(zone) == []
    for _ in range(2):
        run_daily(zone.database, on(date(2026, 12, 1)))
    assert climbed(zone) == [(Rung.HELPER, None)]
    for day in (
        date(2026, 12, 9),
        date(2026, 12, 9),
        date(2026, 12, 20),
    ):  # the platform was down for a week, and again
        run_daily(zone.database, on(day))
        run_daily(zone.database, on(day))
    assert climbed(zone) == [
        (Rung.HELPER, None),
        (Rung.SECTION, zone.other.id),
        (Rung.DIRECTOR, None),
        (Rung.LEADER, zone.leader.id),
    ]
    told = zone.told(Act.ESCALATE_STEP)
    assert len(told) == len(set(told))
    by_rung = {rung: {user for user, once in told if once.endswith(rung.value)} for rung in Rung}
    officers, leaders = {zone.officer.id, zone.other.id}, {zone.leader.id}
    assert by_rung == {
        Rung.HELPER: officers,
        Rung.SECTION: {zone.other.id},
        Rung.DIRECTOR: leaders,
        Rung.LEADER: leaders,
    }
    with writing(zone.database) as session:
        lines = session.scalars(select(Entry).where(Entry.act == Act.ESCALATE_STEP)).all()
    assert sorted(line.body["facts"]["rung"] for line in lines) == sorted(Rung)


def test_I14_a_clock_that_stands_still_or_has_stopped_alarms_nobody(zone):
    zone.does(zone.officer, service.halt, DUE, Halt.COURT, "等法院")
    run_daily(zone.database, on(date(2027, 1, 20)))
    assert climbed(zone) == []
    zone.does(zone.officer, service.go_on, date(2027, 1, 20))
    zone.does(zone.officer, needs.accept, date(2027, 1, 20))
    with at(zone.database, SYSTEM, on(date(2027, 1, 25))) as desk:
        assert lateness.waiting(desk) == []


def test_the_officer_in_charge_is_the_first_to_be_told(zone):
    zone.does(zone.officer, needs.accept, TODAY)
    run_daily(zone.database, on(date(2026, 12, 1)))
    assert climbed(zone) == [(Rung.HELPER, zone.officer.id)]


def test_a_post_goes_to_officers_and_leaders_from_a_day_to_come(zone):
    with at(zone.database, zone.admin) as desk:
        for user, since, why in (
            (zone.owner, TODAY, NotOnDuty),
            (zone.leader, TODAY - timedelta(days=1), PastStart),
        ):
            with pytest.raises(why):
                posts.give(desk, Rung.SECTION, desk.get(User, user.id), since)
        posts.give(desk, Rung.SECTION, desk.get(User, zone.leader.id), TODAY)
        posts.give(desk, Rung.SECTION, None, TODAY + timedelta(days=2))
        assert [posts.holder(desk, Rung.SECTION, TODAY + timedelta(days=n)) for n in (-1, 0, 1, 2)] == [None, zone.leader.id, zone.leader.id, None]  # fmt: skip
        assert [(one.now, bool(one.name)) for one in posts.history(desk)] == [(False, False), (True, True)]


def test_the_zone_cannot_set_limits_that_exceed_the_overall_limit(zone):
    wanted = {
        "since": TODAY + timedelta(days=30),
        "why": "业务量大",
        "source": "管委会纪要",
        "confidence": Certainty.OWN,
    }
    with at(zone.database, zone.admin) as desk:
        with pytest.raises(OverallExceeded):
            dated.propose(desk, "need_scoring_days", value=11, **wanted)
        dated.propose(desk, "need_scoring_days", value=10, **wanted)
