"""The nurture pool (培育池): firms below the line, each with a dated plan, scored again when facts arrive (docs/decisions/0017)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeAlias

from sqlalchemy import Select, Text, cast, exists, or_

from financing.credit import service
from financing.credit.model import Assessment, PoolNeed
from financing.credit.rules import months_after
from financing.desk import BEIJING, Desk
from financing.listed import Listed, listed
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.parties import names
from financing.parties.model import Firm
from financing.parties.stated import Known
from scoring.advise import Advice, advise, goals

SHOWN = 20
STATES = (NeedState.SCORED, NeedState.INELIGIBLE)
#: Plan, when it can be reached, and the facts that changed, by score: a process keeps so many.
Way: TypeAlias = tuple[Advice | None, date | None, tuple[str, ...]]
WAYS: dict[int, Way] = {}
MOST_WAYS = 2_000
#: Grows by itself and is looked at every day; only its value is news.
PASSING = frozenset({"years_in_business"})


@dataclass(frozen=True, slots=True)
class Nursling:
    """One firm in the pool: its last score, how the first one stood, the way to the line and when that can be reached."""

    need_id: int
    number: str
    firm: str
    state: NeedState
    score_id: int
    first: int
    total: int
    grade: str
    qualified: bool
    assessed_at: datetime
    plan: Advice | None
    due: date | None
    changed: tuple[str, ...] = ()  # facts other than at the score before


def firms(desk: Desk, page: int = 1) -> Listed[Nursling]:
    """The pool, those that have reached the line by now first, then the nearest to it."""
    found = listed(desk, _members(desk), page, lambda *row: row, size=SHOWN, count=_number(desk))
    rows: tuple[Any, ...] = found.rows
    way = _ways(desk, [row[4] for row in rows])
    shown = tuple(Nursling(*(*row, *way[row[4]])) for row in rows)
    return Listed(shown, found.page, found.of, found.total, found.more)


def below(desk: Desk) -> list[int]:
    """The needs of the pool whose last score does not qualify."""
    return [row.id for row in desk.session.execute(_members(desk).where(~PoolNeed.qualified))]


def score_again(desk: Desk, key: int) -> bool:
    """Score a need again if a fact has arrived or changed since its last score; whether it was."""
    need = desk.get(Need, key, lock=True)
    last = desk.all(Assessment, Assessment.need_id == key, by=Assessment.assessed_at.desc())[0]
    now = service.facts(desk, desk.get(Firm, need.firm_id))
    if need.state not in STATES or _news(now) == _news(service.recalled(last)):
        return False
    service.assess(desk, need)
    return True


def _news(known: Mapping[str, Known]) -> dict[str, Known]:
    """What is known, without the day of facts that are looked at every day anyway."""
    return {name: replace(fact, as_of=date.min) if name in PASSING else fact for name, fact in known.items()}


def _members(desk: Desk) -> Select[tuple[object, ...]]:
    """Needs whose last score is below the line, or that ended below it and have risen since; that score and the first total."""
    kept, last = PoolNeed, Assessment
    columns = (Need.id, Need.number, names.of_firm(Need.firm_id), Need.state, kept.score_id, kept.first)
    state = cast(Need.state, Text)  # no index by state answers this: the pool's own order is to be walked
    return (
        desk.select(Need, *columns, last.total, last.grade, last.qualified, last.assessed_at)
        .join(kept, kept.need_id == Need.id)
        .join(last, last.id == kept.score_id)
        .where(state.in_([one.value for one in STATES]), or_(~kept.qualified, Need.state == NeedState.INELIGIBLE))
        .order_by(kept.qualified.desc(), kept.total.desc(), kept.assessed_at.desc(), kept.need_id.desc())
    )


def _number(desk: Desk) -> Select[tuple[object, ...]]:
    """The same needs to be counted: from the index of states, and without their scores."""
    kept = PoolNeed
    pooled = exists().where(kept.need_id == Need.id, or_(~kept.qualified, Need.state == NeedState.INELIGIBLE))
    return desk.select(Need, Need.id).where(Need.state.in_(STATES), pooled)


def _ways(desk: Desk, scores: Sequence[int]) -> dict[int, Way]:
    """What each of these scores says of the way to the line; worked out once, for scores never change."""
    new = [key for key in scores if key not in WAYS]
    for last in desk.all(Assessment, Assessment.id.in_(new)) if new else ():
        if len(WAYS) >= MOST_WAYS:
            WAYS.clear()
        WAYS[last.id] = _way(desk, last)
    return {key: WAYS[key] for key in scores}


def _way(desk: Desk, last: Assessment) -> Way:
    plan = None if last.qualified else _plan(desk, last)
    due = months_after(last.assessed_at.astimezone(BEIJING).date(), plan.months) if plan and plan.changes else None
    return plan, due, _changed(desk, last)


def _changed(desk: Desk, last: Assessment) -> tuple[str, ...]:
    """The facts that are new or other than at the score before the last one; none at a first score."""
    before = desk.all(Assessment, Assessment.need_id == last.need_id, by=Assessment.assessed_at.desc())[1:2]
    if not before:
        return ()
    now, then = (_news(service.recalled(one)) for one in (last, before[0]))
    return tuple(sorted(name for name in now | then if now.get(name) != then.get(name)))


def _plan(desk: Desk, last: Assessment) -> Advice:
    """The way to the admission line, from the facts of the last score."""
    case = service.case_of(desk, last)
    goal = next(goal for goal in goals(case.card, case.sheet()) if goal.admits)
    return advise(case, goal)
