"""Meetings of the rhythm and issues of the bulletin in the populated zone, each in the state that its pages are asked in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from financing.access import SYSTEM, Role
from financing.bulletins import service as bulletins
from financing.bulletins.model import Bulletin
from financing.bulletins.rules import Section, Topic
from financing.cadence import service as dispatches
from financing.cadence.model import Dispatch
from financing.figures.spans import Span
from financing.figures.statistics import subject
from tests.makers import NOW, a_user, at, writing

SECTION = Section(Topic.POLICY, "惠企政策", "设备补贴开始申报。")


def rhythm(zone: Any) -> dict[tuple[str, str], int]:
    """One meeting that is convened and one whose minutes wait; issues that are drafted, put forward and out; the ids by kind."""
    with writing(zone.database) as session:
        other = a_user(session, Role.OFFICER).actor
    made = {}
    for kind, span in (("dispatch", Span.MONTH), ("minuted", Span.QUARTER)):
        until = date(2026, 10, 31) if span is Span.MONTH else date(2026, 9, 30)
        with at(zone.database, SYSTEM) as desk:
            dispatches.convene(desk, subject(span, until))
            made[kind] = desk.find(Dispatch, Dispatch.span == span).id
    with at(zone.database, other) as desk:
        dispatches.write_minutes(desk, desk.get(Dispatch, made["minuted"]), "逐项过了一遍。")
        for kind in ("leaflet", "forward", "issue"):
            one = bulletins.begin(desk, "停水通知")
            bulletins.write(desk, one, 1, SECTION)
            made[kind] = one.id
            if kind != "leaflet":
                bulletins.propose(desk, one, None)
    with at(zone.database, zone.users[Role.LEADER].actor, NOW - timedelta(hours=1)) as desk:
        bulletins.publish(desk, desk.get(Bulletin, made["issue"]))
    return {(kind, "ours"): key for kind, key in made.items()}
