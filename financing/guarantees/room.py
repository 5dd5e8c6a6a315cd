"""What stands on the wall of the room while the committee sits (会场屏幕): the case at hand, turnout, and no vote before its time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from financing.desk import Desk
from financing.guarantees import agenda, views
from financing.guarantees.agenda_rules import Queued
from financing.guarantees.model import GuaranteeCase, Meeting
from financing.guarantees.rules import CaseState, Round
from financing.guarantees.views import CaseRow, Pack
from financing.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Room:
    """One sitting as the account at the projector may see it; `aside` is the number of a case it is tied to."""

    id: int
    number: str
    place: str
    case: Pack | None
    aside: str
    at: int  # which of the agenda it is, from 1; 0 for none
    of: int
    chosen: bool  # looked back at, not the case at hand
    next: tuple[CaseRow, ...]
    decided: tuple[CaseRow, ...]


def room(desk: Desk, meeting: Meeting, chosen: int | None = None) -> Room:
    """The case at hand, or one of the same agenda that is looked back at; a tied account gets nothing but its number."""
    every = agenda.tabled(desk, meeting.id)
    key = at_hand(desk, meeting) if chosen is None else _of_the_agenda(every, chosen)
    number = next((one.number for one in every if one.case_id == key), "")
    case = desk.find(GuaranteeCase, GuaranteeCase.id == key) if key else None
    rows = views.on_agenda(desk, meeting)
    return Room(
        id=meeting.id,
        number=meeting.number,
        place=meeting.place,
        case=views.pack(desk, case) if case else None,
        aside="" if case else number,
        at=next((place for place, one in enumerate(every, 1) if one.case_id == key), 0),
        of=len(every),
        chosen=chosen is not None,
        next=tuple(row for row in rows if row.state is CaseState.ON_AGENDA and row.id != key),
        decided=tuple(row for row in rows if row.state is not CaseState.ON_AGENDA),
    )


def at_hand(desk: Desk, meeting: Meeting) -> int | None:
    """The case the committee is at: the one last taken ahead that has no result, else the first without one."""
    waiting = [one.case_id for one in agenda.tabled(desk, meeting.id, GuaranteeCase.state == CaseState.ON_AGENDA)]
    ahead = [one.case_id for one in agenda.jumps(desk, meeting.id) if one.case_id in waiting]
    return next(iter([*reversed(ahead), *waiting]), None)


def counted(record: Mapping[str, Any], which: str) -> list[dict[str, Any]]:
    """The ballots of one round that counted in a sealed record; one of the time of a single round has final ones alone."""
    return [one for one in record["ballots"] if not one["void"] and one.get("round", Round.FINAL.value) == which]


def _of_the_agenda(every: tuple[Queued, ...], chosen: int) -> int:
    if all(one.case_id != chosen for one in every):
        raise NotFound(kind=GuaranteeCase.__name__)
    return chosen
