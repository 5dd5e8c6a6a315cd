"""What people see of meetings of the rhythm: the calendar of those to come, those that were convened, and one with all it decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from financing.acts import Act
from financing.cadence import service
from financing.cadence.model import Dispatch, DispatchDecision
from financing.cadence.rules import DispatchState, Item, periods
from financing.desk import Desk
from financing.figures.spans import Span
from financing.helping.people import helpers
from financing.helping.task_model import Task
from financing.letters.paper_model import IssuedPaper
from financing.letters.rules import LetterKind
from financing.listed import Listed, listed
from financing.people.model import User


@dataclass(frozen=True, slots=True)
class Coming:
    """A meeting to come; `provisional` while the year's calendar is not announced."""

    span: Span
    until: date
    day: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision with the task it became."""

    decision: DispatchDecision
    task: Task


@dataclass(frozen=True, slots=True)
class Entry:
    """One open matter at its place on the list, with what was decided of it."""

    place: int
    item: Item
    decided: tuple[Decided, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting as its page shows it."""

    dispatch: Dispatch
    entries: tuple[Entry, ...]
    general: tuple[Decided, ...]  # decisions about no item
    former: tuple[dict[str, Any], ...]
    further: int
    figures: dict[str, Any] | None
    joined: tuple[Dispatch, ...]  # held together with it
    into: Dispatch | None
    others: tuple[Dispatch, ...]  # it could join
    paper_id: int | None
    owners: tuple[User, ...]
    acts: tuple[Act, ...]

    @property
    def decisions(self) -> int:
        return len(self.general) + sum(len(one.decided) for one in self.entries)


def convened(desk: Desk, page: int) -> Listed[Dispatch]:
    """Every meeting that was convened, the newest first."""
    query = desk.select(Dispatch).order_by(Dispatch.until.desc(), Dispatch.convened_at.desc(), Dispatch.number.desc())
    return listed(desk, query, page, lambda one: one)


def coming(desk: Desk) -> Iterator[Coming]:
    """The meetings of the next twelve months."""
    end = desk.today.replace(year=desk.today.year + 1, day=1)
    for span, until in periods(desk.today, end):
        day = service.meeting_day(desk, span, until)
        if day > desk.today:
            yield Coming(span, until, day, not desk.calendar.knows(day, until))


def one(desk: Desk, dispatch: Dispatch) -> Meeting:
    """The whole of a meeting in sight."""
    rows = desk.all(DispatchDecision, DispatchDecision.dispatch_id == dispatch.id, by=DispatchDecision.at)
    tasks = {task.id: task for task in desk.all(Task, Task.id.in_([row.task_id for row in rows]))}
    decided = [Decided(row, tasks[row.task_id]) for row in rows]
    entries = (
        Entry(place, Item.read(plain), tuple(each for each in decided if each.decision.item == place))
        for place, plain in enumerate(dispatch.record["items"], 1)
    )
    acts = tuple(act for act in desk.acts(dispatch) if act in OFFERED)
    others = desk.all(
        Dispatch, Dispatch.state == DispatchState.CONVENED, Dispatch.id != dispatch.id, by=Dispatch.number
    )
    return Meeting(
        dispatch, tuple(entries), tuple(each for each in decided if not each.decision.item), tuple(dispatch.record["former"]),
        dispatch.record["further"], dispatch.record["figures"],
        tuple(desk.all(Dispatch, Dispatch.joined_id == dispatch.id, by=Dispatch.number)),
        desk.find(Dispatch, Dispatch.id == dispatch.joined_id), tuple(others) if Act.JOIN_DISPATCH in acts else (),
        _paper(desk, dispatch), tuple(helpers(desk)) if Act.DECIDE_ITEM in acts else (), acts,
    )  # fmt: skip


def _paper(desk: Desk, dispatch: Dispatch) -> int | None:
    found = desk.find(IssuedPaper, IssuedPaper.kind == LetterKind.DISPATCH, IssuedPaper.subject_id == dispatch.id)
    return found.id if found else None


OFFERED = (Act.DECIDE_ITEM, Act.MINUTE_DISPATCH, Act.CLOSE_DISPATCH, Act.RETURN_DISPATCH, Act.JOIN_DISPATCH)
