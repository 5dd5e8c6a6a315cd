"""What is done about meetings of the rhythm (调度会): convened by the platform on their day, held by people, closed by two."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import func

from financing.access import require
from financing.acts import Act
from financing.cadence import agenda
from financing.cadence.model import Dispatch, DispatchDecision
from financing.cadence.rules import DispatchState, meets_on, periods
from financing.cadence_refusals import DispatchHasDecisions, NothingDecided
from financing.case_refusals import SamePerson
from financing.db import Thing, new_id
from financing.desk import BEIJING, Desk
from financing.figures.spans import Span, started
from financing.figures.statistics import period_of, subject
from financing.guarantees.record import digest
from financing.helping.task_rules import TaskSource
from financing.helping.tasks import set_task
from financing.journal import Private
from financing.letters import papers
from financing.letters.rules import LetterKind
from financing.numbers import Series, take_number
from financing.parameters import figure
from financing.parties.identity import passage
from financing.parties.model import Firm
from financing.people.model import User

#: Who is told of a meeting.
TOLD = ("leader", "officer")


def due(desk: Desk) -> list[int]:
    """The periods whose meeting is to be convened by today and is not, as subjects, the earliest first: from the first firm on."""
    first = begun(desk)
    if first is None:
        return []
    rows = desk.session.execute(desk.select(Dispatch, Dispatch.span, Dispatch.until))
    made = {(Span(span), until) for span, until in rows}
    return [
        subject(span, until)
        for span, until in periods(first, desk.today)
        if (span, until) not in made and first <= meeting_day(desk, span, until) <= desk.today
    ]


def begun(desk: Desk) -> date | None:
    """The day on which the first firm registered: before it there was nothing to meet about."""
    moment = desk.session.scalar(desk.select(Firm, func.min(Firm.registered_at)))
    return moment.astimezone(BEIJING).date() if moment else None


def meeting_day(desk: Desk, span: Span, until: date) -> date:
    """The working day of a period's meeting."""
    return meets_on(desk.calendar, until, figure(f"dispatch_{span}_days", until).value)


def convene(desk: Desk, about: int) -> int:
    """Convene the meeting of one period (召集), on what is open now; nought when it stands already. Leaders and officers are told."""
    require(desk.actor, Act.CONVENE_DISPATCH, None)
    span, until = period_of(about)
    if desk.find(Dispatch, Dispatch.span == span, Dispatch.until == until):
        return 0
    day, found = meeting_day(desk, span, until), agenda.record(desk, span, until)
    made = desk.add(
        Dispatch(
            id=new_id(), number=take_number(desk.session, Series.DISPATCH, desk.today.year), span=span, since=started(span, until),
            until=until, held_on=day, provisional=not desk.calendar.knows(day, until), convened_on=desk.today,
            convened_at=desk.now, close_by=desk.calendar.after(desk.today, figure("dispatch_close_days", desk.today).value).day,
            record=found, digest=digest(found),
        )
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.CONVENE_DISPATCH, made, number=made.number, digest=made.digest, items=len(found["items"]))
    for role in TOLD:
        tell(desk, Act.CONVENE_DISPATCH, made, role, role=role)
    return 1


def decide(desk: Desk, meeting: Dispatch, *, item: int, said: str, owner: User, due_on: date) -> DispatchDecision:
    """Write down what the meeting decides (会议决定): from that moment a task of its owner. NothingDecided, and what a task refuses."""
    hold(desk, meeting)
    if not 0 <= item <= len(meeting.record["items"]):
        raise NothingDecided
    desk.take(Act.DECIDE_ITEM, meeting, item=item, owner=owner.id, due=due_on, said=Private(said))
    task = set_task(desk, title=said, owner=owner, due_on=due_on, source=TaskSource.DISPATCH, source_id=meeting.id)
    return desk.add(
        DispatchDecision(
            dispatch_id=meeting.id, item=item, said=task.title, owner_id=owner.id, owner=owner.name, due_on=due_on,
            task_id=task.id, at=desk.now, by=desk.actor.id, by_name=desk.actor.name,
        )
    )  # fmt: skip


def write_minutes(desk: Desk, meeting: Dispatch, said: str) -> None:
    """Write the minutes (写纪要): another person confirms them; until then they can come back."""
    hold(desk, meeting)
    meeting.minutes = passage(said, "dispatch_minutes", 2_000)
    meeting.proposed_at, meeting.proposed_by, meeting.proposer = desk.now, desk.actor.id, desk.actor.name
    desk.take(Act.MINUTE_DISPATCH, meeting, minutes=Private(meeting.minutes))
    for role in TOLD:
        tell(desk, Act.MINUTE_DISPATCH, meeting, f"{role}:{desk.now.isoformat()}", role=role)


def close(desk: Desk, meeting: Dispatch) -> None:
    """Another person confirms the minutes (确认纪要): the meeting is over, and its paper is issued. SamePerson."""
    _second(desk, Act.CLOSE_DISPATCH, meeting)
    desk.take(Act.CLOSE_DISPATCH, meeting, number=meeting.number)
    meeting.decided_at, meeting.decided_by, meeting.decider = desk.now, desk.actor.id, desk.actor.name
    papers.put(desk, LetterKind.DISPATCH, meeting.id, minuted(desk, meeting), number=meeting.number)


def send_back(desk: Desk, meeting: Dispatch, why: str) -> None:
    """Another person sends the minutes back with a reason (退回纪要): the meeting is open again. SamePerson."""
    _second(desk, Act.RETURN_DISPATCH, meeting)
    meeting.answer = passage(why, "reason")
    desk.take(Act.RETURN_DISPATCH, meeting, why=Private(meeting.answer))
    tell(desk, Act.RETURN_DISPATCH, meeting, desk.now.isoformat(), user=meeting.proposed_by)


def join(desk: Desk, meeting: Dispatch, other: Dispatch | None) -> None:
    """Hold a meeting together with another open one (并会): what it was convened on stays on record. DispatchHasDecisions."""
    for one in sorted(filter(None, (meeting, other)), key=lambda each: each.id):
        hold(desk, one)
    if other is None or other.id == meeting.id or other.state is not DispatchState.CONVENED:
        raise NothingDecided(field="into")
    joined = desk.find(Dispatch, Dispatch.joined_id == meeting.id)
    if joined or desk.find(DispatchDecision, DispatchDecision.dispatch_id == meeting.id):
        raise DispatchHasDecisions
    meeting.joined_id = other.id
    desk.take(Act.JOIN_DISPATCH, meeting, joined=other.number)


def minuted(desk: Desk, meeting: Dispatch) -> dict[str, Any]:
    """All that the paper of a meeting says, as plain values: what it was convened on, what it decided, its minutes and the two people."""
    decided = desk.all(DispatchDecision, DispatchDecision.dispatch_id == meeting.id, by=DispatchDecision.at)
    joined = desk.all(Dispatch, Dispatch.joined_id == meeting.id, by=Dispatch.number)
    return {
        **headed(meeting),
        **meeting.record,
        "decisions": [
            {"item": one.item, "said": one.said, "owner": one.owner, "due": one.due_on.isoformat()} for one in decided
        ],
        "joined": [headed(one) for one in joined],
        "minutes": meeting.minutes,
        "writer": meeting.proposer,
        "closer": meeting.decider,
    }


def headed(meeting: Dispatch) -> dict[str, Any]:
    """Which meeting it is."""
    return {
        "number": meeting.number, "span": meeting.span.value, "since": meeting.since.isoformat(), "until": meeting.until.isoformat(),
        "held_on": meeting.held_on.isoformat(), "as_of": meeting.convened_on.isoformat(), "provisional": meeting.provisional,
    }  # fmt: skip


def hold(desk: Desk, thing: Thing) -> None:
    """The row as it stands, locked: whoever comes second sees what the first one did."""
    desk.session.flush()
    desk.session.refresh(thing, with_for_update=True)


def tell(desk: Desk, act: Act, meeting: Dispatch, which: str, **to: object) -> None:
    desk.later(
        "notice", f"{act}:{meeting.id}:{which}", to=to, code=act.value, subject=meeting.id, number=meeting.number
    )


def _second(desk: Desk, act: Act, meeting: Dispatch) -> None:
    """Whoever confirms or sends back is not who wrote it."""
    hold(desk, meeting)
    if desk.actor.id == meeting.proposed_by:
        raise SamePerson(act=act)
    require(desk.actor, act, meeting)
