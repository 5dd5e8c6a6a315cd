"""Who is told of checks and warnings that are late (逐级提醒, I-14): every rung of the ladder once, also after days of downtime."""

from __future__ import annotations

from financing.acts import Act
from financing.clocks import limits, posts
from financing.clocks.rules import Rung, reached
from financing.desk import Desk
from financing.letters.model import Guarantee
from financing.needs.model import Need
from financing.watch.lent import LIVE
from financing.watch.model import Check, EarlyWarning, WatchEscalation
from financing.watch.rules import CheckState, WarningState

Matter = Check | EarlyWarning


def waiting(desk: Desk) -> list[int]:
    """Checks and warnings past their day, of which somebody has still to be told."""
    return [one.id for one in _late(desk) if _untold(desk, one)]


def look_at(desk: Desk, key: int) -> int:
    """Tell every rung that is due and does not know yet; how many were told."""
    one = next((one for one in _late(desk) if one.id == key), None)
    if one is None:
        return 0
    desk.session.refresh(one, with_for_update=True)
    new = _untold(desk, one)
    for rung in new:
        _tell(desk, one, rung)
    return len(new)


def _late(desk: Desk) -> list[Matter]:
    live = desk.select(Guarantee, Guarantee.id).where(*LIVE)
    checks = desk.all(Check, Check.state == CheckState.DUE, Check.due_on < desk.today, Check.guarantee_id.in_(live))
    still = (EarlyWarning.state != WarningState.CLOSED, EarlyWarning.due_on < desk.today)
    return [*checks, *desk.all(EarlyWarning, *still)]


def _untold(desk: Desk, one: Matter) -> list[Rung]:
    of = (WatchEscalation.matter_id == one.id, WatchEscalation.due_on == one.due_on)
    known = set(desk.session.scalars(desk.select(WatchEscalation, WatchEscalation.rung).where(*of)))
    due = reached(limits.ladder(desk.today), one.due_on, desk.today, desk.calendar)
    return [rung for rung in due if rung not in known]


def _tell(desk: Desk, one: Matter, rung: Rung) -> None:
    """The helper is whoever handles the need; the other rungs are posts, and a post nobody holds is its role's."""
    need = desk.session.get(Need, one.need_id) if one.need_id else None
    helper = need.officer_id if need is not None and rung is Rung.HELPER else None
    user = helper or posts.holder(desk, rung, desk.today)
    desk.add(
        WatchEscalation(matter_id=one.id, need_id=one.need_id, firm_id=one.firm_id, due_on=one.due_on, rung=rung,
                        told_on=desk.today, user_id=user)
    )  # fmt: skip
    act = Act.ESCALATE_CHECK if isinstance(one, Check) else Act.ESCALATE_WARNING
    desk.note(act, one, rung=rung, due=one.due_on, user=user)
    to = {"user": user} if user else {"role": posts.FALLBACK[rung].value}
    behind = desk.session.get(Guarantee, one.guarantee_id) if one.guarantee_id else None
    desk.later("notice", f"{act}:{one.id}:{one.due_on}:{rung}", to=to, code=act.value, subject=one.id,
               number=behind.number if behind else "")  # fmt: skip
