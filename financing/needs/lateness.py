"""What a new day makes of clocks (逐级提醒): who is told of a late step, each once, and provisional days counted again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from financing.acts import Act
from financing.clocks import limits, posts, promises, rules, service
from financing.clocks.model import Clock, Escalation
from financing.clocks.promise_model import OwedPaper
from financing.clocks.promise_rules import Promised
from financing.clocks.rules import Delay, Rung, Step
from financing.desk import Desk
from financing.needs.model import Need


@dataclass(frozen=True, slots=True)
class Overdue:
    """A step of a need that is late and was told of, without a word about its firm; `stated` the reason for the delay."""

    number: str
    step: Step
    due_on: date
    late: int  # working days
    officer: str
    rung: Rung  # the highest that was told
    stated: Delay | None


def overdue(desk: Desk) -> list[Overdue]:
    """Every late step that still runs and of which somebody was told, the longest overdue first: what escalation notices lead to."""
    told = desk.select(
        Escalation, Escalation.rung, Clock.id, Clock.step, Clock.due_on, Clock.delay, Need.number, Need.officer_name
    )
    told = told.join(Clock, Clock.id == Escalation.clock_id).join(Need, Need.id == Escalation.need_id)
    running = (Clock.stopped_on.is_(None), Clock.due_on == Escalation.due_on, Clock.due_on < desk.today)
    highest: dict[int, Overdue] = {}
    order = {rung: place for place, rung in enumerate(Rung)}
    for rung, key, step, due, delay, number, officer in desk.session.execute(told.where(*running)):
        if key not in highest or order[rung] > order[highest[key].rung]:
            highest[key] = Overdue(number, step, due, rules.late(desk.calendar, due, desk.today), officer, rung, delay)
    return sorted(highest.values(), key=lambda one: (one.due_on, one.number))


def waiting(desk: Desk) -> list[int]:
    """Needs whose clock runs past its day."""
    late = desk.select(Clock, Clock.need_id).where(
        Clock.stopped_on.is_(None), Clock.paused_on.is_(None), Clock.due_on < desk.today
    )
    return list(desk.session.scalars(late.order_by(Clock.due_on, Clock.need_id)))


def look_at(desk: Desk, key: int) -> int:
    """Tell every rung that is due and has not been told of this deadline; after days of downtime all of them, each once."""
    need = desk.get(Need, key, lock=True)
    clock = service.running(desk, key)
    if clock is None or clock.paused_on is not None:
        return 0
    known = set(
        desk.session.scalars(
            desk.select(Escalation, Escalation.rung).where(
                Escalation.clock_id == clock.id, Escalation.due_on == clock.due_on
            )
        )
    )
    due = rules.reached(limits.ladder(desk.today), clock.due_on, desk.today, desk.calendar)
    new = [rung for rung in due if rung not in known]
    for rung in new:
        _tell(desk, need, clock, rung)
    return len(new)


def moved(desk: Desk) -> list[int]:
    """Needs whose deadline is another day by the calendar of today than when it was counted."""
    running = (Clock.stopped_on.is_(None), Clock.paused_on.is_(None), Clock.due_on >= desk.today)
    return [clock.need_id for clock in desk.all(Clock, *running, by=Clock.need_id) if service.moved(desk, clock)]


def recount(desk: Desk, key: int) -> int:
    """Count the deadline of one of them again."""
    return service.recount(desk, desk.get(Need, key, lock=True))


def recount_all(desk: Desk) -> int:
    """Count them all again, once days of the calendar have changed; how many moved."""
    return sum(recount(desk, key) for key in moved(desk))


def promised(desk: Desk) -> list[int]:
    """Needs that owe papers by today or by an earlier day."""
    due = desk.select(OwedPaper, OwedPaper.need_id).where(
        OwedPaper.state == Promised.OWED, OwedPaper.due_on <= desk.today
    )
    return sorted(set(desk.session.scalars(due)))


def look_at_promises(desk: Desk, key: int) -> int:
    """Remind the firm on the last day; after it the need ends, and the promise is on record as broken. How many ended."""
    need, today = desk.get(Need, key, lock=True), desk.today
    due = [one for one in promises.open_of(desk, key) if one.due_on is not None and one.due_on <= today]
    broken = [one for one in due if one.due_on is not None and one.due_on < today]
    if not broken:
        service.tell(desk, Act.SUPPLY_PAPER, need, f"last:{today}", firm=need.firm_id)
        return 0
    for one in broken:
        one.ended_on = today
        desk.take(Act.BREAK_PROMISE, one, need=key, kind=one.kind, due=one.due_on)
    if (need.state, Act.BREAK_PROMISE) in need.flow.follows:
        service.stop(desk, need)
        desk.follow(Act.BREAK_PROMISE, need, papers=[one.kind for one in broken])
        _end(desk, key)
        service.tell(desk, Act.BREAK_PROMISE, need, "", firm=need.firm_id)
    return 1


def _end(desk: Desk, key: int) -> None:
    for one in promises.open_of(desk, key):
        one.ended_on = desk.today
        desk.take(Act.END_PROMISE, one, need=key, kind=one.kind)


def _tell(desk: Desk, need: Need, clock: Clock, rung: Rung) -> None:
    """The helper is whoever handles the need; the other rungs are posts, and a post nobody holds is its role's."""
    user = (need.officer_id if rung is Rung.HELPER else None) or posts.holder(desk, rung, desk.today)
    desk.add(
        Escalation(clock_id=clock.id, need_id=clock.need_id, firm_id=clock.firm_id, due_on=clock.due_on, rung=rung,
                   told_on=desk.today, user_id=user)
    )  # fmt: skip
    desk.note(Act.ESCALATE_STEP, need, step=clock.step, rung=rung, due=clock.due_on, user=user)
    to = {"user": user} if user else {"role": posts.FALLBACK[rung].value}
    service.tell(desk, Act.ESCALATE_STEP, need, f"{clock.id}:{clock.due_on}:{rung}", **to)
