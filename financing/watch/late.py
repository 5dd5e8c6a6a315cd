"""Who is told of checks and warnings that are late (逐级提醒, I-14): every rung of the ladder once, also after days of downtime."""

from __future__ import annotations

from datetime import date

from financing.acts import Act
from financing.among import among
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
    late = _late(desk)
    told = _told(desk, [one.id for one in late])
    return [one.id for one in late if _untold(desk, one, told)]


def look_at(desk: Desk, key: int) -> int:
    """Tell every rung that is due and does not know yet; how many were told."""
    one = next(iter(_late(desk, key)), None)
    if one is None:
        return 0
    desk.session.refresh(one, with_for_update=True)
    new = _untold(desk, one, _told(desk, [key]))
    for rung in new:
        _tell(desk, one, rung)
    return len(new)


def _late(desk: Desk, key: int | None = None) -> list[Matter]:
    """All of them, or the one with this id if it is late."""
    live = desk.select(Guarantee, Guarantee.id).where(*LIVE)
    checks = [Check.state == CheckState.DUE, Check.due_on < desk.today, Check.guarantee_id.in_(live)]
    warnings = [EarlyWarning.state != WarningState.CLOSED, EarlyWarning.due_on < desk.today]
    if key is not None:
        checks, warnings = [*checks, Check.id == key], [*warnings, EarlyWarning.id == key]
    return [*desk.all(Check, *checks), *desk.all(EarlyWarning, *warnings)]


def _told(desk: Desk, keys: list[int]) -> set[tuple[int, date, Rung]]:
    """Who knows of these already, in one statement: what nobody sees to stays late for months."""
    e = WatchEscalation
    rows = desk.session.execute(desk.select(e, e.matter_id, e.due_on, e.rung).where(among(e.matter_id, keys)))
    return {(matter, due_on, rung) for matter, due_on, rung in rows}


def _untold(desk: Desk, one: Matter, told: set[tuple[int, date, Rung]]) -> list[Rung]:
    unaware = [rung for rung in Rung if (one.id, one.due_on, rung) not in told]
    due = reached(limits.ladder(desk.today), one.due_on, desk.today, desk.calendar) if unaware else ()
    return [rung for rung in unaware if rung in due]


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
