"""Facts on file looked over every night (资料夜间核对, F82): what cannot all be true is raised for the officer, no score moves."""

from __future__ import annotations

from financing.credit import flags, service
from financing.desk import Desk
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.parties.model import Firm

#: From acceptance until a decision: before, nobody relies on the facts; after, they are sealed.
WATCHED = (NeedState.ACCEPTED, NeedState.SCORED, NeedState.COMMITTEE)


def watched(desk: Desk) -> list[int]:
    """The needs whose facts somebody is about to rely on."""
    return sorted(desk.session.scalars(desk.select(Need, Need.id).where(Need.state.in_(WATCHED))))


def look_over(desk: Desk, key: int) -> int:
    """Raise what cannot all be true among the facts on file now; how many doubts are new."""
    need = desk.get(Need, key, lock=True)
    return flags.doubt(desk, need, service.facts(desk, desk.get(Firm, need.firm_id)))
