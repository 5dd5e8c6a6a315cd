"""The plan of checks (保后检查计划, F43): of every guarantee in force one check is dated, by its class, whatever days the platform was down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func

from financing import parameters
from financing.acts import Act
from financing.desk import Desk
from financing.letters.model import Guarantee
from financing.loans.rules import FiveClass
from financing.offers import drawdowns
from financing.offers.drawdown_model import Drawdown
from financing.watch import rules
from financing.watch.classes import risks
from financing.watch.lent import LIVE, live, locked
from financing.watch.model import Check, Visit
from financing.watch.rules import CADENCE, CheckState


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the plan asks of one guarantee: the check that must be dated, from which day and class."""

    since: date
    risk: FiveClass
    due_on: date


def due(desk: Desk) -> list[int]:
    """Guarantees whose check is missing, too late for their class, or no longer needed."""
    standing = {one.guarantee_id: one for one in desk.all(Check, Check.state == CheckState.DUE)}
    asked = wanted(desk, *LIVE)
    unplanned = {key for key, one in asked.items() if _differs(desk, standing.get(key), one)}
    bound = set(desk.session.scalars(desk.select(Guarantee, Guarantee.id).where(*LIVE)))
    return sorted(unplanned | (standing.keys() - bound))


def look_at(desk: Desk, keys: Sequence[int]) -> int:
    """Date the checks of these guarantees, bring them forward, or end them; how many. As many statements for one as for twenty."""
    held = locked(desk, keys)
    standing = {
        one.guarantee_id: one for one in desk.all(Check, Check.guarantee_id.in_(keys), Check.state == CheckState.DUE)
    }
    asked = wanted(desk, Guarantee.id.in_(keys), *LIVE)
    return sum(_date(desk, one, standing.get(one.id), asked.get(one.id)) for one in held)


def _date(desk: Desk, held: Guarantee, standing: Check | None, asked: Wanted | None) -> int:
    if not live(held):
        return _end(desk, standing)
    if asked is None or not _differs(desk, standing, asked):
        return 0
    if standing is None:
        _plan(desk, held, asked)
    else:
        standing.due_on, standing.risk = _sooner(desk, standing, asked), asked.risk
        _note(desk, held, standing)
    return 1


def wanted(desk: Desk, *where: ColumnElement[bool]) -> Mapping[int, Wanted]:
    """What the plan asks today of each guarantee that fits and of which money was paid out."""
    since, paces = _since(desk, *where), _paces(desk.today)
    return {key: _wanted(desk, since[key], risk, paces) for key, risk in risks(desk, *where).items() if key in since}


def _since(desk: Desk, *where: ColumnElement[bool]) -> dict[int, tuple[date, bool]]:
    """From which day the next check counts: the last visit, else the first pay-out; whether it is the first check."""
    keys = desk.select(Guarantee, Guarantee.id, Guarantee.offer_id).where(*where)
    offers = {offer: key for key, offer in desk.session.execute(keys)}
    paid = desk.select(Drawdown, Drawdown.offer_id, func.min(Drawdown.paid_on)).where(
        Drawdown.id.not_in(drawdowns.gone()), Drawdown.offer_id.in_(keys.with_only_columns(Guarantee.offer_id))
    ).group_by(Drawdown.offer_id)  # fmt: skip
    seen = desk.select(Visit, Visit.guarantee_id, func.max(Visit.visited_on)).group_by(Visit.guarantee_id)
    seen = seen.where(Visit.guarantee_id.in_(keys.with_only_columns(Guarantee.id)))
    first = {offers[offer]: (day, True) for offer, day in desk.session.execute(paid)}
    return first | {key: (day, False) for key, day in desk.session.execute(seen)}


def _paces(day: date) -> Mapping[tuple[FiveClass, bool], int]:
    """Days between two checks by class, and until the first one."""
    first = parameters.figure("watch_first_days", day).value
    days = {risk: parameters.figure(key, day).value for risk, key in CADENCE.items()}
    return {
        (risk, begins): min(days[risk], first) if begins else days[risk] for risk in days for begins in (True, False)
    }


def _wanted(
    desk: Desk, since: tuple[date, bool], risk: FiveClass, paces: Mapping[tuple[FiveClass, bool], int]
) -> Wanted:
    day, first = since
    return Wanted(day, risk, rules.wanted(desk.calendar, day, paces[risk, first]))


def _differs(desk: Desk, standing: Check | None, asked: Wanted) -> bool:
    return standing is None or _sooner(desk, standing, asked) < standing.due_on


def _sooner(desk: Desk, standing: Check, asked: Wanted) -> date:
    notice = parameters.figure("watch_notice_days", desk.today).value
    return rules.sooner(desk.calendar, standing.due_on, asked.due_on, desk.today, notice)


def _plan(desk: Desk, held: Guarantee, asked: Wanted) -> None:
    before = desk.session.scalar(desk.select(Check, func.max(Check.number)).where(Check.guarantee_id == held.id)) or 0
    made = desk.add(
        Check(
            guarantee_id=held.id, need_id=held.need_id, firm_id=held.firm_id, bank_id=held.bank_id, number=before + 1,
            since=asked.since, risk=asked.risk, due_on=asked.due_on, planned_on=desk.today,
        )
    )  # fmt: skip
    desk.session.flush()
    _note(desk, held, made)


def _note(desk: Desk, held: Guarantee, check: Check) -> None:
    """The firm hears of the day, and of an earlier one, each once."""
    desk.note(Act.PLAN_CHECK, check, number=check.number, risk=check.risk, due=check.due_on)
    once = f"{Act.PLAN_CHECK}:{check.id}:{check.due_on}"
    desk.later(
        "notice", once, to={"firm": held.firm_id}, code=Act.PLAN_CHECK.value, subject=check.id, number=held.number
    )


def _end(desk: Desk, standing: Check | None) -> int:
    """Nothing is guaranteed any more: nobody has to go there."""
    if standing is None:
        return 0
    standing.ended_on = desk.today
    desk.take(Act.END_CHECK, standing, number=standing.number)
    return 1
