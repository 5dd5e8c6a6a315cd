"""Readings in an emergency of the populated zone: ours is open, another administrator's of a stranger's firm was only asked for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from financing.access import Role
from financing.emergencies.model import Emergency
from financing.emergencies.rules import EmergencyState
from tests.makers import NOW, writing


def emergencies(zone: Any) -> dict[tuple[str, str], int]:
    """One of each; the ids by kind and side."""
    told = {"why": "核对导入", "proposed_at": NOW, "proposer": "系统管理员"}
    begun = {"decided_by": 1, "decided_at": NOW, "opened_at": NOW, "until": NOW + timedelta(hours=1)}
    with writing(zone.database) as session:
        ours = Emergency(number="JJ2026-0001", firm_id=zone.firm.id, firm=zone.firm.name, state=EmergencyState.OPEN,
                         proposed_by=zone.users[Role.ADMIN].id, **told, **begun)  # fmt: skip
        theirs = Emergency(
            number="JJ2026-0002", firm_id=zone.stranger.id, firm=zone.stranger.name, proposed_by=2, **told
        )
        session.add_all((ours, theirs))
        session.flush()
        return {("emergency", "ours"): ours.id, ("emergency", "others"): theirs.id}
