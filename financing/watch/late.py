"""Who is told of checks and warnings that are late (逐级提醒, I-14): every rung of the ladder once, also after days of downtime."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select

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
    asked = [_late(desk, kind).with_only_columns(kind.id, kind.due_on) for kind in (Check, EarlyWarning)]
    late = [row for query in asked for row in desk.session.execute(query)]
    told = _told(desk, [one.id for one in late])
    return [one.id for one in late if _untold(desk, one, told)]


def look_at(desk: Desk, keys: Sequence[int]) -> int:
    """Tell of each of these every rung that is due and does not know yet; how many were told."""
    late: list[Matter] = [
        one for kind in (Check, EarlyWarning) for one in desk.session.scalars(_late(desk, kind, keys))
    ]
    told = _told(desk, keys)
    new = [(one, rung) for one in late for rung in _untold(desk, one, told)]
    helpers, numbers = _behind(desk, late)
    held = {rung: posts.holder(desk, rung, desk.today) for rung in {rung for _one, rung in new}}
    for one, rung in new:
        user = helpers.get(one.need_id or 0) if rung is Rung.HELPER else None
        _tell(desk, one, rung, user or held[rung], numbers.get(one.guarantee_id or 0, ""))
    return len(new)


def _behind(desk: Desk, late: Sequence[Matter]) -> tuple[dict[int, int | None], dict[int, str]]:
    """Who handles the needs of these, and the numbers of their guarantees."""
    needs, guarantees = (
        {one.need_id for one in late if one.need_id},
        {one.guarantee_id for one in late if one.guarantee_id},
    )
    return (
        dict(desk.rows(Need, Need.id, Need.officer_id, where=[among(Need.id, needs)])),
        dict(desk.rows(Guarantee, Guarantee.id, Guarantee.number, where=[among(Guarantee.id, guarantees)])),
    )


def _late(desk: Desk, kind: type[Matter], keys: Sequence[int] | None = None) -> Select[Any]:
    """All of a kind, or those of these that are late, held until the commit."""
    query = desk.select(kind).where(kind.due_on < desk.today)
    if kind is Check:
        live = desk.select(Guarantee, Guarantee.id).where(*LIVE)
        query = query.where(Check.state == CheckState.DUE, Check.guarantee_id.in_(live))
    else:
        query = query.where(EarlyWarning.state != WarningState.CLOSED)
    if keys is None:
        return query
    held = query.where(kind.id.in_(keys)).order_by(kind.id).with_for_update(of=kind)
    return held.execution_options(populate_existing=True)


def _told(desk: Desk, keys: Sequence[int]) -> set[tuple[int, date, Rung]]:
    """Who knows of these already, in one statement: what nobody sees to stays late for months."""
    e = WatchEscalation
    rows = desk.session.execute(desk.select(e, e.matter_id, e.due_on, e.rung).where(among(e.matter_id, keys)))
    return {(matter, due_on, rung) for matter, due_on, rung in rows}


def _untold(desk: Desk, one: Any, told: set[tuple[int, date, Rung]]) -> list[Rung]:
    unaware = [rung for rung in Rung if (one.id, one.due_on, rung) not in told]
    due = reached(limits.ladder(desk.today), one.due_on, desk.today, desk.calendar) if unaware else ()
    return [rung for rung in unaware if rung in due]


def _tell(desk: Desk, one: Matter, rung: Rung, user: int | None, number: str) -> None:
    """The helper is whoever handles the need; the other rungs are posts, and a post nobody holds is its role's."""
    desk.add(
        WatchEscalation(matter_id=one.id, need_id=one.need_id, firm_id=one.firm_id, due_on=one.due_on, rung=rung,
                        told_on=desk.today, user_id=user)
    )  # fmt: skip
    act = Act.ESCALATE_CHECK if isinstance(one, Check) else Act.ESCALATE_WARNING
    desk.note(act, one, rung=rung, due=one.due_on, user=user)
    to = {"user": user} if user else {"role": posts.FALLBACK[rung].value}
    desk.later("notice", f"{act}:{one.id}:{one.due_on}:{rung}", to=to, code=act.value, subject=one.id, number=number)
