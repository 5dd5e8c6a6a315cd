"""What people see of reviews: all with what was decided, and one with the rules, the votes, the warnings, the days and the sums (F112).

It tells the committee and leaders what they may not open by itself: that there were warnings and checks, and on which days; what an officer
noted at a visit, or how one member voted, stays where it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from financing.acts import Act
from financing.compensation.model import CompensationClaim, CompensationPart
from financing.compensation.recovery_model import RecoveryShare, RecoveryStep
from financing.compensation.review_model import CompensationReview
from financing.compensation.review_rules import Change, Cost, Event, Happened, ReviewState, in_order
from financing.credit.model import Assessment, RaisedFlag
from financing.db import fen_sum
from financing.desk import BEIJING, Desk
from financing.diligence.model import Survey
from financing.guarantees.model import GuaranteeCase, Resolution
from financing.guarantees.rules import Vote
from financing.guarantees.sharing import Party
from financing.letters.model import Guarantee, GuaranteeEntry
from financing.letters.rules import EntryKind
from financing.listed import Listed, listed
from financing.money import Fen
from financing.offers.drawdown_model import Drawdown
from financing.offers.drawdowns import gone
from financing.parties import names
from financing.parties.model import Bank, Firm
from financing.watch.model import Check, EarlyWarning, Visit
from financing.watch.rules import CheckState
from financing.watch.warning_rules import every_rule
from scoring.flags import Flag

#: Items of the score that lost most, told as where to look.
WEAKEST = 5
LEDGER = {
    EntryKind.COMPENSATED: Happened.COMPENSATED,
    EntryKind.RECOVERED: Happened.RECOVERED,
    EntryKind.LOST: Happened.LOST,
}


@dataclass(frozen=True, slots=True)
class Row:
    id: int
    number: str
    firm: str
    bank: str
    amount: Fen
    paid_on: date
    due_on: date
    change: Change | None
    changed: str
    change_by: date | None
    state: ReviewState


@dataclass(frozen=True, slots=True)
class Shown:
    """One review with everything it links."""

    review: CompensationReview
    guarantee: Guarantee
    case: GuaranteeCase
    firm: str
    bank: str
    claim: CompensationClaim | None
    score: Assessment
    weakest: tuple[tuple[str, str, int, int], ...]  # in Chinese, in English, points, most
    flags: int
    votes: tuple[tuple[Vote, int], ...]
    resolution: str
    asked: tuple[str, ...]  # conditions of the members, in their words
    events: tuple[Event, ...]
    cost: Cost
    acts: tuple[Act, ...]


def reviews(desk: Desk, *, done: bool = False, page: int = 1) -> Listed[Row]:
    """Reviews in sight: those that wait, the first due in front; those that are over, the newest in front."""
    r = CompensationReview
    query = desk.select(
        r, r.id, r.number, names.of_firm(r.firm_id), names.of_bank(r.bank_id), r.amount, r.paid_on, r.due_on, r.change, r.changed,
        r.change_by, r.state,
    )  # fmt: skip
    query = query.where((r.state == ReviewState.DONE) if done else (r.state != ReviewState.DONE))
    order = (r.decided_at.desc(), r.number.desc()) if done else (r.due_on, r.number)
    return listed(desk, query.order_by(*order), page, Row)


def shown(desk: Desk, review: CompensationReview) -> Shown:
    """One review as of today."""
    of = desk.session
    guarantee, case = of.get_one(Guarantee, review.guarantee_id), of.get_one(GuaranteeCase, review.case_id)
    score, sealed = of.get_one(Assessment, case.assessment_id), of.get_one(Resolution, guarantee.resolution_id)
    events = in_order(_events(desk, guarantee, score, sealed))
    return Shown(
        review, guarantee, case, of.get_one(Firm, review.firm_id).name, of.get_one(Bank, review.bank_id).name,
        of.get(CompensationClaim, review.claim_id) if review.claim_id else None, score, tuple(_weakest(score)),
        sum(one.kind is Happened.FLAGGED for one in events), _votes(sealed), sealed.number,
        tuple(one["says"] for one in sealed.record.get("conditions", ())), events, cost(desk, guarantee), desk.acts(review),
    )  # fmt: skip


def cost(desk: Desk, guarantee: Guarantee) -> Cost:
    """What was paid, came back and was lost under a guarantee, and the guarantor's own part of it."""
    g = guarantee.id
    sums = select(GuaranteeEntry.kind, fen_sum(GuaranteeEntry.amount)).where(GuaranteeEntry.guarantee_id == g)
    by = dict(desk.session.execute(sums.group_by(GuaranteeEntry.kind)).all())
    borne = (CompensationPart.guarantee_id == g, CompensationPart.party == Party.GUARANTOR)
    kept = (RecoveryShare.guarantee_id == g, RecoveryShare.party == Party.GUARANTOR)
    return Cost(
        paid=by.get(EntryKind.COMPENSATED, Fen(0)), recovered=by.get(EntryKind.RECOVERED, Fen(0)), lost=by.get(EntryKind.LOST, Fen(0)),
        costs=_sum(desk, RecoveryStep.cost, RecoveryStep.guarantee_id == g), borne=_sum(desk, CompensationPart.amount, *borne),
        kept=_sum(desk, RecoveryShare.amount, *kept),
    )  # fmt: skip


def _events(desk: Desk, guarantee: Guarantee, score: Assessment, sealed: Resolution) -> Iterator[Event]:
    yield Event(_day(score.assessed_at), Happened.SCORED, _plain(f"{score.total} {score.grade}"), key=score.id)
    yield from _before(desk, guarantee)
    yield Event(_day(sealed.sealed_at), Happened.RESOLVED, _plain(sealed.number))
    if guarantee.issued_on is not None:
        yield Event(guarantee.issued_on, Happened.ISSUED, _plain(guarantee.number), guarantee.amount)
    yield from _watched(desk, guarantee)
    yield from _money(desk, guarantee)


def _before(desk: Desk, guarantee: Guarantee) -> Iterator[Event]:
    """What was looked at before the decision."""
    for flag in desk.session.scalars(select(RaisedFlag).where(RaisedFlag.need_id == guarantee.need_id)):
        said = Flag.from_json(flag.flag)
        yield Event(
            _day(flag.raised_at), Happened.FLAGGED, (said.title(), said.title("en")), late=flag.looked_at is None
        )
    for survey in desk.session.scalars(select(Survey).where(Survey.need_id == guarantee.need_id)):
        yield Event(survey.visited_on, Happened.SURVEYED, word=survey.second_advice or survey.advice)


def _watched(desk: Desk, guarantee: Guarantee) -> Iterator[Event]:
    """Checks made, late or not at all, and warnings found and closed."""
    visited = select(Check, Visit.visited_on).outerjoin(Visit, Visit.check_id == Check.id)
    for check, on in desk.session.execute(visited.where(Check.guarantee_id == guarantee.id)):
        if on is not None:
            yield Event(on, Happened.CHECKED, _nth(check.number), key=check.id, late=on > check.due_on)
        elif check.state is CheckState.DUE and check.due_on < desk.today:
            yield Event(check.due_on, Happened.UNCHECKED, _nth(check.number), key=check.id, late=True)
    for one in desk.session.scalars(select(EarlyWarning).where(EarlyWarning.guarantee_id == guarantee.id)):
        rule = every_rule()[one.rule]
        said = (rule.says, rule.english)
        yield Event(one.found_on, Happened.WARNED, said, key=one.id)
        if one.closed_on is not None:
            yield Event(one.closed_on, Happened.SETTLED, said, key=one.id, late=one.closed_on > one.due_on)


def _money(desk: Desk, guarantee: Guarantee) -> Iterator[Event]:
    """Pay-outs, claims, and what the ledger says was paid, came back and was lost."""
    drawn = select(Drawdown).where(Drawdown.offer_id == guarantee.offer_id, Drawdown.id.not_in(gone()))
    for paid in desk.session.scalars(drawn):
        yield Event(paid.paid_on, Happened.PAID_OUT, amount=paid.amount)
    for claim in desk.session.scalars(select(CompensationClaim).where(CompensationClaim.guarantee_id == guarantee.id)):
        yield Event(claim.lodged_on, Happened.CLAIMED, _plain(claim.number), claim.claimed, key=claim.id)
    for entry in desk.session.scalars(select(GuaranteeEntry).where(GuaranteeEntry.guarantee_id == guarantee.id)):
        if entry.kind in LEDGER:
            yield Event(entry.on, LEDGER[entry.kind], amount=entry.amount)


def _weakest(score: Assessment) -> Iterator[tuple[str, str, int, int]]:
    """Where the score lost most, the largest loss first."""
    lines = sorted(score.sheet.get("lines", ()), key=lambda line: line["points"] - line["most"])
    for line in [one for one in lines if one["points"] < one["most"]][:WEAKEST]:
        yield line["says"], line["english"], line["points"], line["most"]


def _votes(sealed: Resolution) -> tuple[tuple[Vote, int], ...]:
    """How many voted which way, as sealed; of a decision of two officers there are none."""
    told = sealed.record.get("count", {}).get("votes", {})
    return tuple((vote, told[vote.value]) for vote in Vote if told.get(vote.value))


def _sum(desk: Desk, column: Any, *where: Any) -> Fen:
    return desk.session.scalar(select(fen_sum(column)).where(*where)) or Fen(0)


def _plain(said: object) -> tuple[str, str]:
    """A number or a sum of points is written alike in both languages."""
    return f"{said}", f"{said}"


def _nth(number: int) -> tuple[str, str]:
    return f"第 {number} 次", f"no. {number}"


def _day(at: datetime) -> date:
    return at.astimezone(BEIJING).date()
