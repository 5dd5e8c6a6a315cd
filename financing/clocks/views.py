"""What people see of the clocks of one need: each with its standstills, extensions, and what became late and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from financing.acts import Act
from financing.clocks import limits, rules
from financing.clocks.model import Clock, Escalation, Extension, Standstill
from financing.clocks.rules import Step, Timing
from financing.desk import Desk
from financing.parameters import Figure


@dataclass(frozen=True, slots=True)
class ClockView:
    """One clock: working days of the limit, left (negative: late), and everything that moved it."""

    clock: Clock
    step: Step
    timing: Timing
    left: int
    whole: int
    late: int
    halts: tuple[Standstill, ...]
    extensions: tuple[Extension, ...]
    told: tuple[Escalation, ...]

    @property
    def due(self) -> date:
        return self.clock.due_on


@dataclass(frozen=True, slots=True)
class Times:
    """The clocks of a need, the last one first, the overall limit, and what may be done with the one that runs."""

    clocks: tuple[ClockView, ...]
    overall: Figure
    ceiling: Figure
    acts: tuple[Act, ...]

    @property
    def now(self) -> ClockView | None:
        return next((one for one in self.clocks if one.timing is not Timing.STOPPED), None)


def of_need(desk: Desk, need_id: int) -> Times:
    """Every clock the need has had, whoever may see the need."""
    halts = desk.all(Standstill, Standstill.need_id == need_id, by=Standstill.since)
    extensions = desk.all(Extension, Extension.need_id == need_id, by=Extension.proposed_at)
    told = desk.all(Escalation, Escalation.need_id == need_id, by=Escalation.told_on)
    clocks = desk.all(Clock, Clock.need_id == need_id, by=Clock.started_on)
    clocks.sort(key=lambda one: (one.stopped_on is not None, -one.started_on.toordinal(), -_order(one)))
    shown = tuple(
        ClockView(
            clock=one, step=one.step, timing=one.timing, left=desk.calendar.left(desk.today, one.due_on),
            whole=one.days + one.extended, late=_late(desk, one),
            halts=tuple(each for each in halts if each.clock_id == one.id),
            extensions=tuple(each for each in extensions if each.clock_id == one.id),
            told=tuple(each for each in told if each.clock_id == one.id),
        )
        for one in clocks
    )  # fmt: skip
    return Times(shown, limits.overall(desk.today), limits.ceiling(desk.today), _acts(desk, shown))


def _order(clock: Clock) -> int:
    return tuple(Step).index(clock.step)


def _late(desk: Desk, clock: Clock) -> int:
    """Working days past the deadline, until it was stopped; none while it stands still."""
    if clock.paused_on is not None:
        return 0
    return rules.late(desk.calendar, clock.due_on, clock.stopped_on or desk.today)


def _acts(desk: Desk, clocks: tuple[ClockView, ...]) -> tuple[Act, ...]:
    now = next((one for one in clocks if one.timing is not Timing.STOPPED), None)
    if now is None:
        return ()
    over = now.timing is Timing.RUNNING and desk.today > now.due
    offered = {
        Act.HALT_STEP: now.timing is Timing.RUNNING and not over,
        Act.RESUME_STEP: now.timing is Timing.PAUSED,
        Act.ASK_EXTENSION: not over and not any(one.decided_by is None for one in now.extensions),
        Act.EXPLAIN_STEP: over,
    }
    return tuple(act for act, open_now in offered.items() if open_now and desk.may(act, None))
