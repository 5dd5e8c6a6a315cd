"""Money that is not back in time (逾期): each alert once, whatever days the platform stood still; on the day of recall the bank is suspended (F54)."""

from __future__ import annotations

from datetime import date, timedelta

from financing.acts import Act
from financing.bridge import bans, bounds, uses
from financing.bridge.model import BridgeUse
from financing.bridge.promise_model import BridgeAlert
from financing.bridge.rules import Breach, UseState
from financing.desk import Desk
from financing.parameters import figure


def overdue(desk: Desk) -> list[int]:
    """Uses whose money should be back, by id."""
    late = (BridgeUse.state == UseState.OUT, BridgeUse.due_on < desk.today)
    return [use.id for use in desk.all(BridgeUse, *late, by=BridgeUse.due_on)]


def look_at(desk: Desk, key: int) -> int:
    """Send every alert that has fallen due and was not sent; on the day of recall put the breach on record. How many were sent."""
    use = desk.get(BridgeUse, key)
    uses.hold(desk, use)
    if use.state is not UseState.OUT or use.due_on is None:
        return 0
    past = (desk.today - use.due_on).days
    sent = {alert.level for alert in desk.all(BridgeAlert, BridgeAlert.use_id == key)}
    due = [level for level in bounds.levels(desk.today) if level <= past and level not in sent]
    for level in due:
        _send(desk, use, use.due_on + timedelta(days=level), level)
    recall = figure("bridge_recall_days", desk.today).value
    if past >= recall:
        facts = {"due_on": use.due_on.isoformat(), "left": use.left.fen, "days": recall}
        bans.found(desk, use, Breach.NOT_RENEWED, facts)
    return len(due)


def _send(desk: Desk, use: BridgeUse, fell: date, level: int) -> None:
    desk.add(
        BridgeAlert(use_id=use.id, firm_id=use.firm_id, bank_id=use.bank_id, level=level, fell_on=fell, at=desk.now)
    )
    desk.take(Act.ALERT_BRIDGE, use, level=level)
    uses.tell(desk, use, Act.ALERT_BRIDGE, *_told(desk, use, level), once=str(level))


def _told(desk: Desk, use: BridgeUse, level: int) -> list[dict[str, object]]:
    """The firm, its bank and the fund manager first; the officer from the second level; leaders from the recall; the chair at the alarm."""
    steps = bounds.levels(desk.today)
    place = steps.index(level) if level in steps else 0
    first: list[dict[str, object]] = [{"firm": use.firm_id}, {"bank": use.bank_id}, {"role": "fund"}]
    return first + [{"role": role} for role in ("officer", "leader", "chair")[:place]]
