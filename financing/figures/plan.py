"""Targets of a period (计划目标): dated entries with who and why; the newest counts, none is ever changed."""

from __future__ import annotations

from datetime import date
from typing import Any

from financing.access import require
from financing.acts import Act
from financing.desk import Desk
from financing.figures.model import PlanTarget
from financing.figures.rules import Volume
from financing.figures.spans import Span, started
from financing.parties.identity import passage

#: Planned by money; everything else by number.
BY_MONEY = frozenset({Volume.SUPPORTED, Volume.OFFERED, Volume.CHOSEN, Volume.PAID})


def set_target(desk: Desk, volume: Volume, span: Span, until: date, value: int, why: str) -> PlanTarget:
    """Enter what is planned for the period that ends on a day: firms or needs, or fen (`BY_MONEY`)."""
    require(desk.actor, Act.SET_TARGET, None)
    made = desk.add(
        PlanTarget(
            volume=volume, since=started(span, until), until=until, value=value, why=passage(why, "why"), at=desk.now,
            by=desk.actor.id, by_name=desk.actor.name,
        )
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.SET_TARGET, made, volume=volume, since=made.since, until=until, value=value)
    return made


def all_targets(desk: Desk) -> list[PlanTarget]:
    """Every entry, the newest first."""
    return desk.all(PlanTarget, by=PlanTarget.at.desc())[:200]


def of_period(desk: Desk, since: date, until: date) -> dict[str, list[Any]]:
    """Value, reason and name of the newest entry of each volume for exactly this period."""
    found: dict[str, list[Any]] = {}
    for one in desk.all(PlanTarget, PlanTarget.since == since, PlanTarget.until == until, by=PlanTarget.at):
        found[one.volume.value] = [one.value, one.why, one.by_name]
    return found
