"""Clocks of a need (限时办结): started and stopped by its steps, paused with a reason the firm sees, extended by two people."""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol

from sqlalchemy import func, select

from financing import parameters
from financing.access import Role, require
from financing.acts import Act
from financing.calendar import Due
from financing.clock_refusals import (
    AlreadyLate,
    BeyondCeiling,
    ExtensionAsked,
    LateUnexplained,
    NoClock,
    NotPaused,
    StandsStill,
)
from financing.clocks import limits, rules
from financing.clocks.model import Clock, Extension, Standstill
from financing.clocks.rules import LIMITS, Delay, Extending, Halt, Step, Stop, Timing
from financing.desk import Desk
from financing.journal import Private
from financing.parties.identity import passage


class Timed(Protocol):
    """A need, as far as its clock is concerned: `due_on` is what lists sort by, None while no deadline runs."""

    id: Any
    firm_id: Any
    number: Any
    due_on: Any
    provisional: Any


def start(desk: Desk, need: Timed, step: Step, *, until: date | None = None) -> Clock:
    """Stop what ran and begin the next step's clock today; `until` where the day itself was named."""
    stop(desk, need)
    days = desk.calendar.left(desk.today, until) if until else parameters.figure(LIMITS[step], desk.today).value
    counted = rules.due(desk.calendar, desk.today, days)
    clock = desk.add(
        Clock(need_id=need.id, firm_id=need.firm_id, step=step, started_on=desk.today, days=days, due_on=until or counted.day,
              provisional=counted.provisional)
    )  # fmt: skip
    _shown(need, clock)
    return clock


def stop(desk: Desk, need: Timed) -> None:
    """The step is over. An officer who ends a late one has said why before: LateUnexplained (优化营商环境条例 36)."""
    need.due_on, need.provisional = None, False
    clock = running(desk, need.id)
    if clock is None:
        return
    if desk.actor.role is Role.OFFICER and clock.delay is None and _late(desk, clock):
        raise LateUnexplained(due=clock.due_on)
    if clock.paused_on is not None:
        _end(desk, clock)
    clock.stopped_on = desk.today
    desk.session.flush()


def running(desk: Desk, need_id: int) -> Clock | None:
    """The clock that runs or stands still now, whoever looks."""
    desk.session.flush()
    found: Clock | None = desk.session.scalar(select(Clock).where(Clock.need_id == need_id, Clock.stopped_on.is_(None)))
    return found


def halt(desk: Desk, need: Timed, reason: Halt, evidence: str) -> Standstill:
    """Let the clock stand still from today (暂停计时). NoClock, StandsStill, AlreadyLate."""
    require(desk.actor, Act.HALT_STEP, need)
    clock = _in_time(desk, need)
    evidence = passage(evidence, "evidence")
    desk.note(Act.HALT_STEP, need, step=clock.step, reason=reason, due=clock.due_on, evidence=Private(evidence))
    clock.paused_on, need.due_on = desk.today, None
    stood = desk.add(
        Standstill(clock_id=clock.id, need_id=clock.need_id, firm_id=clock.firm_id, reason=reason, evidence=evidence,
                   by_name=desk.actor.name, since=desk.today, due_before=clock.due_on)
    )  # fmt: skip
    tell(desk, Act.HALT_STEP, need, f"{stood.id}", firm=need.firm_id)
    return stood


def go_on(desk: Desk, need: Timed) -> None:
    """Take the clock up again today: the days it stood still are given back (恢复计时). NoClock, NotPaused."""
    require(desk.actor, Act.RESUME_STEP, need)
    clock = _held(desk, need)
    if clock.paused_on is None:
        raise NotPaused
    stood = _end(desk, clock)
    desk.note(Act.RESUME_STEP, need, step=clock.step, reason=stood.reason, due=clock.due_on)
    _shown(need, clock)
    tell(desk, Act.RESUME_STEP, need, f"{stood.id}", firm=need.firm_id)


def ask(desk: Desk, need: Timed, days: int, why: str) -> Extension:
    """Ask for more days, before the deadline has passed. NoClock, AlreadyLate, ExtensionAsked, BeyondCeiling."""
    require(desk.actor, Act.ASK_EXTENSION, need)
    clock, why = _in_time(desk, need, paused=True), passage(why, "why")
    if desk.session.scalar(
        select(Extension.id).where(Extension.clock_id == clock.id, Extension.state == Extending.ASKED)
    ):
        raise ExtensionAsked
    _below(desk, clock, days)
    asked = desk.add(
        Extension(clock_id=clock.id, need_id=clock.need_id, firm_id=clock.firm_id, days=days, why=why, proposed_by=desk.actor.id,
                  proposer=desk.actor.name, proposed_at=desk.now)
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.ASK_EXTENSION, asked, need=need.id, step=clock.step, days=days, why=Private(why))
    tell(desk, Act.ASK_EXTENSION, need, f"{asked.id}", role="officer")
    return asked


def agree(desk: Desk, need: Timed, asked: Extension) -> None:
    """A second officer agrees: the deadline moves, and the firm is told with the reason. NoClock, AlreadyLate, BeyondCeiling."""
    require(desk.actor, Act.AGREE_EXTENSION, asked)
    clock = _in_time(desk, need, paused=True)
    if clock.id != asked.clock_id:
        raise NoClock
    _below(desk, clock, asked.days)
    clock.extended += asked.days
    _count(desk, clock)
    _decided(desk, asked)
    desk.take(Act.AGREE_EXTENSION, asked, need=need.id, step=clock.step, days=asked.days, due=clock.due_on)
    if clock.paused_on is None:
        _shown(need, clock)
    tell(desk, Act.AGREE_EXTENSION, need, f"{asked.id}", firm=need.firm_id)


def turn_down(desk: Desk, asked: Extension) -> None:
    """A second officer does not agree; the deadline stays."""
    require(desk.actor, Act.TURN_DOWN_EXTENSION, asked)
    _decided(desk, asked)
    desk.take(Act.TURN_DOWN_EXTENSION, asked, need=asked.need_id, days=asked.days)


def explain(desk: Desk, need: Timed, delay: Delay, why: str) -> None:
    """State why the step is late; the firm and everybody who looks sees it (逾期说明). NoClock when nothing is late."""
    require(desk.actor, Act.EXPLAIN_STEP, need)
    clock, why = _held(desk, need), passage(why, "why")
    if not _late(desk, clock):
        raise NoClock
    desk.note(Act.EXPLAIN_STEP, need, step=clock.step, delay=delay, due=clock.due_on, why=Private(why))
    clock.delay, clock.delay_why, clock.delay_by = delay, why, desk.actor.name
    tell(desk, Act.EXPLAIN_STEP, need, f"{clock.id}:{desk.now.isoformat()}", firm=need.firm_id)


def moved(desk: Desk, clock: Clock) -> bool:
    """Whether the calendar of today would say another day of a running clock than the firm was told."""
    counted = _counted(desk, clock)
    return (max(counted.day, clock.due_on), counted.provisional) != (clock.due_on, clock.provisional)


def recount(desk: Desk, need: Timed) -> int:
    """Count a deadline again with the calendar of today, never to an earlier day; 1 when anything changed, and the firm is told."""
    clock = running(desk, need.id)
    if clock is None or clock.timing is not Timing.RUNNING or desk.today > clock.due_on or not moved(desk, clock):
        return 0
    before = clock.due_on
    _count(desk, clock)
    desk.note(Act.RECOUNT_STEP, need, step=clock.step, before=before, due=clock.due_on, provisional=clock.provisional)
    _shown(need, clock)
    tell(desk, Act.RECOUNT_STEP, need, f"{clock.id}:{clock.due_on}:{clock.provisional}", firm=need.firm_id)
    return 1


def tell(desk: Desk, act: Act, need: Timed, which: str, **to: object) -> None:
    """One notice about the clock of a need, once."""
    desk.later("notice", f"{act.value}:{need.id}:{which}", to=to, code=act.value, subject=need.id, number=need.number)


def _held(desk: Desk, need: Timed) -> Clock:
    clock = running(desk, need.id)
    if clock is None:
        raise NoClock
    return clock


def _in_time(desk: Desk, need: Timed, *, paused: bool = False) -> Clock:
    """A clock that is not late, and not paused unless that does not matter."""
    clock = _held(desk, need)
    if clock.paused_on is not None and not paused:
        raise StandsStill
    if _late(desk, clock):
        raise AlreadyLate(due=clock.due_on)
    return clock


def _late(desk: Desk, clock: Clock) -> bool:
    """A clock that stands still is never late: it was in time when it was paused."""
    return clock.paused_on is None and desk.today > clock.due_on


def _end(desk: Desk, clock: Clock) -> Standstill:
    stood = desk.session.scalars(
        select(Standstill).where(Standstill.clock_id == clock.id, Standstill.until.is_(None))
    ).one()
    clock.paused_on = None
    _count(desk, clock, Stop(stood.since, desk.today))
    stood.until, stood.due_after = desk.today, clock.due_on
    desk.session.flush()
    return stood


def _count(desk: Desk, clock: Clock, *more: Stop) -> None:
    """The deadline anew from the beginning; what the firm was told stands as the earliest day."""
    counted = _counted(desk, clock, *more)
    clock.due_on, clock.provisional = max(counted.day, clock.due_on), counted.provisional


def _counted(desk: Desk, clock: Clock, *more: Stop) -> Due:
    ended = select(Standstill).where(Standstill.clock_id == clock.id, Standstill.until.is_not(None))
    stops = [Stop(one.since, one.until) for one in desk.session.scalars(ended.order_by(Standstill.since)) if one.until]
    return rules.due(desk.calendar, clock.started_on, clock.days + clock.extended, [*stops, *more])


def _below(desk: Desk, clock: Clock, days: int) -> None:
    given = desk.session.scalar(
        select(func.coalesce(func.sum(Clock.extended), 0)).where(Clock.need_id == clock.need_id)
    )
    left = limits.ceiling(desk.today).value - int(given or 0)
    if not 0 < days <= left:
        raise BeyondCeiling(days=days, left=max(0, left))


def _decided(desk: Desk, asked: Extension) -> None:
    asked.decided_by, asked.decider = desk.actor.id, desk.actor.name


def _shown(need: Timed, clock: Clock) -> None:
    need.due_on, need.provisional = clock.due_on, clock.provisional
