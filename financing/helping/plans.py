"""A firm's plan of a year (帮扶方案): goals with owner and day, and how far they have come."""

from __future__ import annotations

from datetime import date

from financing.access import require
from financing.acts import Act
from financing.desk import Desk
from financing.helping import people
from financing.helping.model import Goal, GoalNote
from financing.helping.rules import GoalSource, Topic
from financing.journal import Private
from financing.parties.identity import line, passage
from financing.parties.model import Firm
from financing.refusals import OutOfRange


def set_goal(desk: Desk, firm: Firm, *, topic: Topic, title: str, owner: int, due_on: date) -> Goal:
    """Put a goal into the plan of the year of its day (设定目标); OutOfRange for a day that is over, NotInService."""
    require(desk.actor, Act.SET_GOAL, firm)
    if due_on < desk.today:
        raise OutOfRange(field="goal_due", least=desk.today, most=None)
    who = people.in_service(desk, owner, "owner")
    goal = desk.add(
        Goal(firm_id=firm.id, year=due_on.year, topic=topic, title=line(title, "goal_title", 120), owner_id=who.id, owner=who.name,
             due_on=due_on, source=GoalSource.TYPED, answer_id=None, set_at=desk.now, set_by=desk.actor.id)
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.SET_GOAL, goal, topic=topic, owner=who.id, due=due_on)
    _tell(desk, Act.SET_GOAL, goal, "set")
    return goal


def note(desk: Desk, goal: Goal, text: str) -> GoalNote:
    """How far a goal has come (记录进展), for the firm to read."""
    desk.session.refresh(goal, with_for_update=True)
    text = passage(text, "help_word", 500)
    desk.take(Act.NOTE_GOAL, goal, text=Private(text))
    made = desk.add(
        GoalNote(
            goal_id=goal.id, firm_id=goal.firm_id, text=text, at=desk.now, by=desk.actor.id, by_name=desk.actor.name
        )
    )
    desk.session.flush()
    return made


def reach(desk: Desk, goal: Goal) -> None:
    """The goal is reached (目标完成)."""
    desk.session.refresh(goal, with_for_update=True)
    goal.ended_on = desk.today
    desk.take(Act.REACH_GOAL, goal, late=desk.today > goal.due_on)
    _tell(desk, Act.REACH_GOAL, goal, "reached")


def drop(desk: Desk, goal: Goal, why: str) -> None:
    """The goal is given up (取消目标), with a reason the firm reads."""
    desk.session.refresh(goal, with_for_update=True)
    goal.ended_on, goal.why = desk.today, passage(why, "reason", 300)
    desk.take(Act.DROP_GOAL, goal, why=Private(goal.why))
    _tell(desk, Act.DROP_GOAL, goal, "dropped")


def _tell(desk: Desk, act: Act, goal: Goal, which: str) -> None:
    desk.later(
        "notice", f"{act}:{goal.id}:{which}", to={"firm": goal.firm_id}, code=act.value, subject=goal.id, number=""
    )
