"""The parts of the work list that come from the rhythm (调度与简报): meetings to be held, bulletins to be published."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import literal

from financing.bulletins.model import Bulletin
from financing.bulletins.rules import BulletinState
from financing.cadence.model import Dispatch
from financing.cadence.rules import DispatchState
from financing.desk import Desk
from financing.office.part import Part
from financing.office.rules import Duty
from financing.parameters import figure


def of_cadence(desk: Desk) -> Iterator[Part]:
    """All of them."""
    yield from _of_meetings(desk)
    yield from _of_bulletins(desk)


def _of_meetings(desk: Desk) -> Iterator[Part]:
    """Meetings that are not minuted, and minutes that somebody else wrote."""
    none, whole = literal(""), figure("dispatch_close_days", desk.today).value
    query = desk.select(Dispatch, Dispatch.id).with_only_columns()
    facts: dict[str, Any] = {"number": Dispatch.number, "firm": none, "due": Dispatch.close_by, "whole": whole}
    yield Part(
        Duty.HOLD_DISPATCH, query.where(Dispatch.state == DispatchState.CONVENED), Dispatch.id, who=none, **facts
    )
    written = (Dispatch.state == DispatchState.MINUTED, Dispatch.proposed_by != desk.actor.id)
    yield Part(Duty.CLOSE_DISPATCH, query.where(*written), Dispatch.id, who=Dispatch.proposer, **facts)


def _of_bulletins(desk: Desk) -> Iterator[Part]:
    """Drafts, and what somebody else has put forward."""
    none, whole = literal(""), figure("bulletin_publish_days", desk.today).value
    query = desk.select(Bulletin, Bulletin.id).with_only_columns()
    facts: dict[str, Any] = {"number": Bulletin.number, "firm": none, "due": Bulletin.publish_by, "whole": whole}
    yield Part(Duty.EDIT_BULLETIN, query.where(Bulletin.state == BulletinState.DRAFT), Bulletin.id, who=none, **facts)
    waits = (Bulletin.state == BulletinState.PROPOSED, Bulletin.proposed_by != desk.actor.id)
    yield Part(Duty.PUBLISH_BULLETIN, query.where(*waits), Bulletin.id, who=Bulletin.proposer, **facts)
