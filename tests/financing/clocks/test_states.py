"""Any order of pauses, resumptions, extensions and days going by keeps one clock, one truth, and no day that comes earlier."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from hypothesis.strategies import integers, sampled_from
from sqlalchemy import select

from financing import calendar
from financing.clock_refusals import AlreadyLate, BeyondCeiling, ExtensionAsked, NotPaused, StandsStill
from financing.clocks import service
from financing.clocks.model import Clock, Extension, Standstill
from financing.clocks.rules import Halt, Stop
from financing.needs.model import Need
from tests.financing.clocks.test_clocks import Zone, on
from tests.financing.clocks.test_deadlines import by_hand
from tests.makers import TODAY, at, writing

REFUSED = (AlreadyLate, BeyondCeiling, ExtensionAsked, NotPaused, StandsStill)


class Clocks(RuleBasedStateMachine):
    """The zone's clock beside a model that keeps the days by hand: start, pauses, extra days."""

    database = None

    def __init__(self):
        super().__init__()
        self.zone, self.today = Zone(self.database), TODAY
        self.stops: list[Stop] = []
        self.paused: date | None = None
        self.extra, self.asked = 0, None
        self.told = date.min

    def expected(self) -> date:
        return by_hand(calendar.published(), TODAY, 5 + self.extra, self.stops)[0]

    def late(self) -> bool:
        return self.paused is None and self.today > self.expected()

    def tries(self, act, *args, by=None):
        """What happened: the answer, or which refusal."""
        try:
            self.zone.does(by or self.zone.officer, act, self.today, *args)
        except REFUSED as refusal:
            return type(refusal)
        return None

    @rule(days=integers(1, 4))
    def days_go_by(self, days):
        self.today += timedelta(days=days)

    @rule(reason=sampled_from(Halt))
    def halt(self, reason):
        due = StandsStill if self.paused else AlreadyLate if self.late() else None
        assert self.tries(service.halt, reason, "凭据") is due
        if due is None:
            self.paused = self.today

    @rule()
    def go_on(self):
        assert self.tries(service.go_on) is (None if self.paused else NotPaused)
        if self.paused:
            self.stops.append(Stop(self.paused, self.today))
            self.paused = None

    @rule(days=integers(1, 6))
    def ask(self, days):
        due = (
            AlreadyLate
            if self.late()
            else ExtensionAsked
            if self.asked
            else BeyondCeiling
            if self.extra + days > 10
            else None
        )
        assert self.tries(service.ask, days, "核实") is due
        if due is None:
            self.asked = days

    @precondition(lambda self: self.asked)
    @rule()
    def agree(self):
        with writing(self.database) as session:
            key = session.scalars(
                select(Extension.id).where(Extension.decided_by.is_(None), Extension.need_id == self.zone.need)
            ).one()
        happened = None
        try:
            with at(self.database, self.zone.other, on(self.today)) as desk:
                service.agree(desk, desk.get(Need, self.zone.need), desk.get(Extension, key))
        except REFUSED as refusal:
            happened = type(refusal)
        assert happened is (AlreadyLate if self.late() else None)
        if happened is None:
            self.extra, self.asked = self.extra + self.asked, None

    @invariant()
    def the_clock_is_what_was_counted_by_hand(self):
        with writing(self.database) as session:
            (clock,) = session.scalars(select(Clock).where(Clock.need_id == self.zone.need))
            standing = session.scalars(
                select(Standstill).where(Standstill.need_id == self.zone.need, Standstill.until.is_(None))
            ).all()
            need = session.get(Need, self.zone.need)
        assert clock.due_on == self.expected() >= self.told
        assert (clock.paused_on, need.due_on) == (self.paused, None if self.paused else clock.due_on)
        assert len(standing) == (self.paused is not None)
        assert clock.extended == self.extra <= 10
        self.told = clock.due_on


def test_clocks_hold_whatever_is_done_to_them(sqlite_database):
    class Here(Clocks):
        database = sqlite_database

    run_state_machine_as_test(Here, settings=settings(max_examples=25, stateful_step_count=20, deadline=None))
