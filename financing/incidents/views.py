"""What people see of incidents: the list, and one with whom it concerns."""

from __future__ import annotations

from dataclasses import dataclass

from financing.acts import Act
from financing.desk import Desk
from financing.incidents import service
from financing.incidents.model import Incident, IncidentParty


@dataclass(frozen=True, slots=True)
class Shown:
    """One incident as the person at the desk sees it: whom it concerns, and how many firms and persons that are."""

    incident: Incident
    parties: list[IncidentParty]
    firms: int
    people: int
    waiting: int  # on the list, and not told yet
    acts: tuple[Act, ...]


def newest(desk: Desk, most: int) -> list[Incident]:
    """The newest first."""
    return desk.all(Incident, by=Incident.found_at.desc())[:most]


def one(desk: Desk, incident: Incident) -> Shown:
    """One incident; a firm finds itself alone on the list."""
    parties = service.parties(desk, incident)
    concerned = [each for each in parties if each.left_at is None]
    return Shown(
        incident, parties, sum(each.firm_id is not None for each in concerned), sum(each.user_id is not None for each in concerned),
        sum(each.told_at is None for each in concerned), desk.acts(incident),
    )  # fmt: skip
