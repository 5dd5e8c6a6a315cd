"""What people see of recusals: who steps aside from a case and why, whom the chair should look at, one's own at a meeting."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from financing.access import COMMITTEE, Role
from financing.desk import Desk
from financing.guarantees import interests, recusal, tally
from financing.guarantees.interest_rules import Evidence, Party
from financing.guarantees.model import GuaranteeCase, Meeting, Tie
from financing.guarantees.rules import CaseState


@dataclass(frozen=True, slots=True)
class Aside:
    """One member who steps aside: derived with its evidence, or said by themselves or by the chair (`imposed_by`)."""

    name: str
    evidence: tuple[Evidence, ...]
    reason: str
    imposed_by: str


@dataclass(frozen=True, slots=True)
class Recusals:
    """Of one case: who is aside, namesakes for the chair and the office, and whether the reader still owes a declaration."""

    aside: tuple[Aside, ...]
    namesakes: tuple[tuple[str, Party], ...]
    due: bool


def of_case(desk: Desk, case: GuaranteeCase) -> Recusals:
    """The recusals of a case as whoever sees the case may see them: only chair, office and auditors read what others wrote."""
    sat = tally.sitting(desk, case)
    reads = desk.actor.role is not Role.MEMBER
    aside = tuple(
        Aside(
            sat.names[tie.user_id], _evidence(tie), tie.reason if reads else "", sat.names.get(tie.imposed_by or 0, "")
        )
        for tie in sat.ties
        if tie.user_id in sat.names
    )
    looks = case.state is CaseState.ON_AGENDA and desk.actor.role in {Role.CHAIR, Role.OFFICER}
    sits = desk.actor.role in COMMITTEE and case.state is CaseState.ON_AGENDA
    return Recusals(
        aside, recusal.hints(desk, case) if looks else (), sits and not interests.declared(desk, desk.actor.id)
    )


def own(desk: Desk, meeting: Meeting) -> tuple[tuple[Evidence, ...], ...]:
    """Why the reader steps aside by evidence from cases of a meeting, which themselves are closed to them, number and all."""
    here = select(GuaranteeCase.id).where(GuaranteeCase.meeting_id == meeting.id)
    mine = desk.all(Tie, Tie.user_id == desk.actor.id, Tie.case_id.in_(here), by=Tie.at)
    return tuple(_evidence(tie) for tie in mine if tie.evidence)


def _evidence(tie: Tie) -> tuple[Evidence, ...]:
    return tuple(map(Evidence.from_json, tie.evidence))
