"""What people do with tasks (任务): set them, show that they are done, accept that, or drop them with a reason."""

from __future__ import annotations

from datetime import date

from financing.access import require
from financing.acts import Act
from financing.desk import Desk
from financing.helping.people import in_service
from financing.helping.task_model import Task
from financing.helping.task_rules import TaskSource
from financing.journal import Private
from financing.numbers import Series, take_number
from financing.papers.model import Paper
from financing.parties.identity import line, passage
from financing.people.model import User
from financing.refusals import OutOfRange


def set_task(
    desk: Desk, *, title: str, owner: User, due_on: date, source: TaskSource, source_id: int, firm_id: int | None = None
) -> Task:
    """Give somebody something to do by a day (布置任务); the owner is told, and so is the firm it is for.

    OutOfRange for a day that is over, NotInService, NotText.
    """
    require(desk.actor, Act.SET_TASK, None)
    if due_on < desk.today:
        raise OutOfRange(field="task_due", least=desk.today, most=None)
    owner = in_service(desk, owner.id, "owner")
    task = desk.add(
        Task(
            number=take_number(desk.session, Series.TASK, desk.today.year), title=line(title, "task_title", 120), source=source,
            source_id=source_id, firm_id=firm_id, owner_id=owner.id, owner=owner.name, due_on=due_on, set_at=desk.now,
            set_by=desk.actor.id, setter=desk.actor.name,
        )
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.SET_TASK, task, source=source, owner=owner.id, due=due_on, title=Private(task.title))
    _tell(desk, Act.SET_TASK, task, "owner", user=owner.id)
    _tell_firm(desk, Act.SET_TASK, task, "firm")
    return task


def prove(desk: Desk, task: Task, proof: str, paper: Paper | None = None) -> None:
    """Its owner says what was done (提交完成证明), with a paper where the firm has one on file. Whoever set it is told."""
    desk.session.refresh(task, with_for_update=True)
    proof = passage(proof, "task_proof")
    task.proof, task.paper_id, task.proved_on = proof, paper.id if paper else None, desk.today
    desk.take(Act.PROVE_TASK, task, proof=Private(proof), paper=task.paper_id)
    _tell(desk, Act.PROVE_TASK, task, desk.now.isoformat(), user=task.set_by)


def accept(desk: Desk, task: Task) -> None:
    """Somebody else than its owner holds it for done (确认完成)."""
    desk.session.refresh(task, with_for_update=True)
    task.done_at, task.done_by = desk.now, desk.actor.id
    desk.take(Act.ACCEPT_TASK, task, late=task.proved_on is not None and task.proved_on > task.due_on)
    _tell(desk, Act.ACCEPT_TASK, task, "owner", user=task.owner_id)
    _tell_firm(desk, Act.ACCEPT_TASK, task, "firm")


def send_back(desk: Desk, task: Task, why: str) -> None:
    """The proof does not do (退回): the task is open again, with its day."""
    _answer(desk, Act.RETURN_TASK, task, why)


def drop(desk: Desk, task: Task, why: str) -> None:
    """It is not to be done any more (取消任务), with a reason that the firm reads."""
    _answer(desk, Act.DROP_TASK, task, why)
    _tell_firm(desk, Act.DROP_TASK, task, "firm")


def _answer(desk: Desk, act: Act, task: Task, why: str) -> None:
    desk.session.refresh(task, with_for_update=True)
    task.answer = passage(why, "reason")
    desk.take(act, task, why=Private(task.answer))
    _tell(desk, act, task, desk.now.isoformat(), user=task.owner_id)


def of(desk: Desk, source: TaskSource, source_id: int) -> list[Task]:
    """The tasks of one meeting, the next due first."""
    return desk.all(Task, Task.source == source, Task.source_id == source_id, by=(Task.due_on))


def _tell(desk: Desk, act: Act, task: Task, which: str, **to: object) -> None:
    desk.later("notice", f"{act}:{task.id}:{which}", to=to, code=act.value, subject=task.id, number=task.number)


def _tell_firm(desk: Desk, act: Act, task: Task, which: str) -> None:
    if task.firm_id is not None:
        _tell(desk, act, task, which, firm=task.firm_id)
