"""How far the steps of a need are that go on at the same time (并联办理): what is over, what any desk can work on now, what waits."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from financing import parameters
from financing.clocks import limits
from financing.clocks.paths import DAYS, NEEDS, Progress, Span, Task, longest, progress, spans
from financing.desk import Desk
from financing.diligence.model import Survey
from financing.diligence.rules import SurveyState
from financing.needs.model import Need
from financing.needs.rules import NeedState

S = NeedState
#: Where nothing of it is under way: not handed in, or over before the committee.
NOT_ON_ITS_WAY = frozenset({S.DRAFT, S.RETURNED, S.WITHDRAWN, S.TERMINATED, S.CLOSED, S.INELIGIBLE})
#: What the state alone says is over.
OVER = {
    S.SUBMITTED: frozenset[Task](),
    S.ACCEPTED: frozenset({Task.HANDLE}),
    S.SCORED: frozenset({Task.HANDLE, Task.SCORE}),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its limit in working days, when it begins and ends at the earliest, how it stands and what it waits for."""

    task: Task
    days: int
    span: Span
    progress: Progress
    needs: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """The steps of a need, the longest path through them and the overall limit that holds it."""

    steps: tuple[Step, ...]
    longest: int
    sum: int
    overall: int


def chart(desk: Desk, need: Need) -> Chart | None:
    """The steps before the committee as they stand; None where none is under way."""
    if need.state in NOT_ON_ITS_WAY:
        return None
    days = {task: parameters.figure(key, desk.today).value for task, key in DAYS.items()}
    states, when = progress(NEEDS, done(desk, need)), spans(NEEDS, days)
    steps = tuple(Step(one, days[one], when[one], states[one], tuple(sorted(NEEDS[one]))) for one in Task)
    return Chart(steps, longest(NEEDS, days), sum(days.values()), limits.overall(desk.today).value)


def done(desk: Desk, need: Need) -> frozenset[Task]:
    """What is over: by the state of the need, and whether it was visited and the visit read, whoever asks."""
    if need.state not in OVER:
        return frozenset(Task)
    states = set(desk.session.scalars(select(Survey.state).where(Survey.need_id == need.id)))
    visited = {Task.VISIT} if states else set()
    return OVER[need.state] | visited | ({Task.REVIEW} if SurveyState.REVIEWED in states else set())
