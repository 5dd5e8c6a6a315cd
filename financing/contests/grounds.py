"""What of a need may be contested now (可复议的决定): each decision with its day, who made it, and the items it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from financing import parameters
from financing.acts import Act
from financing.contests.model import Contest
from financing.contests.rules import Contested
from financing.credit import views as credit
from financing.desk import BEIJING, Desk
from financing.guarantees.delegation_model import Delegation
from financing.guarantees.model import Ballot, GuaranteeCase, Resolution
from financing.guarantees.rules import CaseState
from financing.journal import Entry
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.offers.model import Decline

#: While a need stands here its latest score may be looked at again; later the committee has decided on it.
SCORED = (NeedState.SCORED, NeedState.INELIGIBLE, NeedState.COMMITTEE)
WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision that may be contested until a day; `items` are the codes of what it rests on."""

    kind: Contested
    subject_id: int
    bank_id: int | None
    on: date
    until: date
    deciders: tuple[int, ...]
    items: tuple[str, ...]
    code: str  # kind and subject, as a form names it


def open_to(desk: Desk, need: Need) -> list[Decision]:
    """Every decision on this need whose days are not over and which has not been contested yet."""
    known = {(one.kind, one.subject_id) for one in desk.all(Contest, Contest.need_id == need.id)}
    found = (*_scores(desk, need), *_gates(desk, need), *_resolutions(desk, need), *_declines(desk, need))
    return [one for one in found if one.until >= desk.today and (one.kind, one.subject_id) not in known]


def _decision(
    desk: Desk,
    kind: Contested,
    subject: int,
    on: date,
    deciders: set[int],
    items: tuple[str, ...],
    bank: int | None = None,
) -> Decision:
    days = parameters.figure("contest_days", on).value
    who = tuple(sorted(one for one in deciders if one))
    return Decision(kind, subject, bank, on, desk.calendar.after(on, days).day, who, items, f"{kind}.{subject}")


def _scores(desk: Desk, need: Need) -> Iterator[Decision]:
    score = credit.latest(desk, need)
    if score is not None and need.state in SCORED:
        on = score.assessed_at.astimezone(BEIJING).date()
        yield _decision(
            desk,
            Contested.SCORE,
            score.id,
            on,
            {score.assessed_by, need.officer_id or 0},
            (WHOLE, *sorted(score.facts)),
        )


def _gates(desk: Desk, need: Need) -> Iterator[Decision]:
    if need.state is not NeedState.INELIGIBLE:
        return
    line = desk.session.scalars(
        select(Entry).where(Entry.subject_id == need.id, Entry.act == Act.REFUSE_NEED).order_by(Entry.seq.desc())
    ).first()
    if line is not None:
        score = credit.latest(desk, need)
        who = {line.actor_id, need.officer_id or 0, score.assessed_by if score else 0}
        yield _decision(desk, Contested.GATES, need.id, line.at.astimezone(BEIJING).date(), who, tuple(need.missed))


def _resolutions(desk: Desk, need: Need) -> Iterator[Decision]:
    """A no that is sealed: whoever brought it, voted, decided by delegation or sealed it has had their say."""
    where = (Resolution.need_id == need.id, Resolution.outcome == CaseState.REJECTED)
    for sealed in desk.session.scalars(select(Resolution).where(*where)):
        case = desk.session.get_one(GuaranteeCase, sealed.case_id)
        who = {sealed.sealed_by, case.officer_id, need.officer_id or 0}
        who |= set(desk.session.scalars(select(Ballot.user_id).where(Ballot.case_id == case.id)))
        for small in desk.session.scalars(select(Delegation).where(Delegation.case_id == case.id)):
            who |= {small.proposed_by, small.decided_by or 0}
        on = sealed.sealed_at.astimezone(BEIJING).date()
        yield _decision(desk, Contested.COMMITTEE, sealed.id, on, who, (WHOLE,))


def _declines(desk: Desk, need: Need) -> Iterator[Decision]:
    for no in desk.all(Decline, Decline.need_id == need.id, by=Decline.at):
        on = no.at.astimezone(BEIJING).date()
        items = (no.ground.value if no.ground else WHOLE,)
        yield _decision(desk, Contested.DECLINE, no.id, on, {no.by}, items, no.bank_id)
