"""Helping firms in the populated zone: what is there for our firm and for a stranger's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from financing.access import Role
from financing.helping.appointment_model import Appointment, Slot
from financing.helping.model import Goal, VisitPlan
from financing.helping.request_model import HelpRequest
from financing.helping.rules import GoalSource, Topic
from financing.helping.survey_model import YearlySurvey
from financing.helping.task_model import Task
from financing.helping.task_rules import TaskSource
from tests.makers import NOW, TODAY, writing


def helped(zone: Any) -> dict[tuple[str, str], int]:
    """The ids by kind and side."""
    made: dict[tuple[str, str], int] = {}
    me = zone.officer
    with writing(zone.database) as session:
        for whose, firm in (("ours", zone.firm), ("others", zone.stranger)):
            task = Task(number=f"RW2026-9{len(made):03d}", title="协调供电增容", source=TaskSource.DISPATCH, source_id=1, firm_id=firm.id,
                        owner_id=me.id, owner=me.name, due_on=TODAY, set_at=NOW, set_by=1, setter="林主任")  # fmt: skip
            goal = Goal(firm_id=firm.id, year=TODAY.year, topic=Topic.TAX, title="办理留抵退税", owner_id=me.id, owner=me.name, due_on=TODAY,
                        source=GoalSource.TYPED, answer_id=None, set_at=NOW, set_by=1)  # fmt: skip
            plan = VisitPlan(firm_id=firm.id, day=TODAY + timedelta(days=3), purpose="看看订单", anyway=False, planned_at=NOW, by=me.id,
                             by_name=me.name)  # fmt: skip
            asked = HelpRequest(number=f"BF2026-9{len(made):03d}", firm_id=firm.id, topic=Topic.ENERGY, title="供电增容", says="容量不足",
                                raised_at=NOW, raised_by=1, raiser="张总", sign_by=NOW, helper_id=me.id, helper=me.name,
                                source_id=None)  # fmt: skip
            slot = Slot(leader_id=zone.users[Role.LEADER].id, leader="林主任", starts_at=NOW + timedelta(days=2, hours=len(made)), minutes=30,
                        place="管委会", published_at=NOW, published_by=1)  # fmt: skip
            session.add_all((task, goal, plan, asked, slot))
            session.flush()
            meets = Appointment(number=f"HM2026-9{len(made):03d}", firm_id=firm.id, slot_id=slot.id, leader_id=slot.leader_id,
                                leader="林主任", starts_at=slot.starts_at, place="管委会", topic=Topic.LAND, matter="厂房产权", asked_at=NOW,
                                asked_by=1, asker="张总", answer_by=TODAY, hold_by=TODAY)  # fmt: skip
            session.add(meets)
            session.flush()
            made |= {("task", whose): task.id, ("goal", whose): goal.id, ("visitplan", whose): plan.id, ("request", whose): asked.id, ("slot", whose): slot.id,
                     ("appointment", whose): meets.id}  # fmt: skip
        session.add(YearlySurvey(year=TODAY.year, opened_on=TODAY, opened_at=NOW, due_on=TODAY))
    return made | {("helper", "ours"): me.id}
