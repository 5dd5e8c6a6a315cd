"""What the days bring to recovery (每日): the ladder of who is told of a late next step, and periods that near their end."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from financing import parameters
from financing.acts import Act
from financing.clocks import limits, posts
from financing.clocks.rules import Rung, reached
from financing.compensation.recovery import hold, tell
from financing.compensation.recovery_model import RecoveryCase
from financing.compensation.recovery_rules import RecoveryState
from financing.desk import Desk
from financing.people.model import User


def waiting(desk: Desk) -> list[int]:
    """Open cases whose next step is late, of which somebody has still to be told."""
    late = desk.all(RecoveryCase, RecoveryCase.state == RecoveryState.OPEN, RecoveryCase.next_on < desk.today)
    return sorted(case.id for case in late if len(_due(desk, case)) > case.told)


def look_at(desk: Desk, key: int) -> int:
    """Tell the next rungs of the ladder, each once for each next step; how many were told."""
    case = desk.get(RecoveryCase, key)
    hold(desk, case)
    due = _due(desk, case)
    new = due[case.told :]
    case.told = max(case.told, len(due))
    for rung in new:
        user = _active(desk, case.owner_id) if rung is Rung.HELPER else None
        user = user or posts.holder(desk, rung, desk.today)
        desk.note(
            Act.REMIND_RECOVERY, case, number=case.number, rung=rung, step=case.next_step, due=case.next_on, user=user
        )
        to: dict[str, object] = {"user": user} if user else {"role": posts.FALLBACK[rung].value}
        tell(desk, Act.REMIND_RECOVERY, case, f"{case.next_on}:{rung}:{desk.today}", **to)
    return len(new)


def _due(desk: Desk, case: RecoveryCase) -> tuple[Rung, ...]:
    """The rungs that must know by today; none of a case that is closed."""
    return reached(limits.ladder(desk.today), case.next_on, desk.today, desk.calendar) if case.next_on else ()


def ending(desk: Desk) -> list[int]:
    """Open cases whose period ends within the days of the figure, or has ended."""
    before = desk.today + timedelta(parameters.figure("recovery_warn_days", desk.today).value)
    near = (RecoveryCase.state == RecoveryState.OPEN, RecoveryCase.limit_on <= before)
    return sorted(desk.session.scalars(desk.select(RecoveryCase, RecoveryCase.id).where(*near)))


def warn(desk: Desk, key: int) -> int:
    """Tell the owner and the chair that a period ends, and once more when it has; each once for each last day."""
    case = desk.get(RecoveryCase, key)
    if case.limit_on is None:
        return 0
    which = f"limit:{case.limit_on}:{'over' if case.limit_on < desk.today else 'near'}"
    owner = _active(desk, case.owner_id)
    ends: tuple[dict[str, object], ...] = ({"user": owner} if owner else {"role": "officer"}, {"role": "chair"})
    for to in ends:
        tell(desk, Act.WARN_RECOVERY, case, which, **to)
    return 1


def _active(desk: Desk, user_id: int) -> int | None:
    return desk.session.scalar(select(User.id).where(User.id == user_id, User.active))
