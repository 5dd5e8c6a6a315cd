"""What is sealed (决议): everything a decision rested on, as plain values in one canonical form with one digest."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from financing import parameters
from financing.credit.model import Assessment
from financing.credit.rules import months_after
from financing.desk import Desk
from financing.diligence.model import Survey
from financing.guarantees import agenda, deferrals
from financing.guarantees.agenda_model import Jump
from financing.guarantees.agreements import in_force, shares
from financing.guarantees.committee_model import ExpertDraw
from financing.guarantees.experts import draws
from financing.guarantees.limits import Room
from financing.guarantees.model import GuaranteeCase, Meeting
from financing.guarantees.rules import IN_FAVOUR, Count, Gate, Vote
from financing.guarantees.securities import of_case as securities_of
from financing.guarantees.security_model import CounterGuarantee
from financing.guarantees.tally import Sitting
from financing.journal_check import canonical
from financing.money import Fen
from financing.needs.model import Need
from financing.parties.model import Firm, Guarantor

EDITION = 3
#: The figures a decision is made by: of the committee, and of two officers.
RULES = ("quorum_part", "quorum_whole", "majority_part", "majority_whole")
RULES_OF_TWO = ("delegated_amount", "call_in_days")


@dataclass(frozen=True, slots=True)
class Sealing:
    """All that goes into one resolution beside the case itself."""

    need: Need
    guarantor: Guarantor
    meeting: Meeting | None  # none where two officers decide
    sitting: Sitting
    count: Count
    rooms: tuple[Room, ...]  # as they stood before the decision


def written(desk: Desk, case: GuaranteeCase, sealing: Sealing, number: str, until: date | None) -> dict[str, Any]:
    """The record of one decision: whole numbers and text only, money as fen, rates as ppm, moments as ISO text."""
    return {
        "edition": EDITION,
        "number": number,
        "outcome": case.state.value,
        "sealed_at": desk.now.isoformat(timespec="microseconds"),
        "sealed_by": {"user": desk.actor.id, "name": sealing.sitting.names[desk.actor.id]},
        "until": until.isoformat() if until else None,
        "case": _case(case),
        "need": _need(sealing.need),
        "firm": _firm(desk.session.get_one(Firm, case.firm_id)),
        "guarantor": _guarantor(sealing.guarantor),
        "meeting": _meeting(sealing.meeting) if sealing.meeting else None,
        "order": _order(desk, case),
        "lots": [lots(draw) for draw in draws(desk, sealing.meeting)] if sealing.meeting else [],
        "assessment": _assessment(desk.session.get_one(Assessment, case.assessment_id)),
        "price": case.price or None,
        "securities": [_security(one) for one in securities_of(desk, case)],
        "sharing": _sharing(desk, case),
        "gates": case.gates,
        "survey": _survey(desk, case),
        "affordability": case.affordability or None,
        **_sitting(sealing.sitting),
        "count": _count(sealing.count),
        "rules": [_rule(desk, key) for key in (RULES if sealing.meeting else RULES_OF_TWO)],
        "conditions": _conditions(sealing.sitting) if case.state in IN_FAVOUR else [],
        "limits": [_room(room) for room in sealing.rooms],
    }


def digest(record: dict[str, Any]) -> str:
    """The SHA-256 of the canonical record, in hexadecimal."""
    return hashlib.sha256(canonical(record)).hexdigest()


def valid_until(desk: Desk, case: GuaranteeCase) -> date | None:
    """A decision in favour holds for some months; any other needs no end."""
    months = parameters.figure("resolution_months", desk.today).value
    return months_after(desk.today, months) if case.state in IN_FAVOUR else None


def gates(checked: Iterable[Gate]) -> list[dict[str, Any]]:
    """Gates as they are stored with the case and sealed with the decision; amounts as {"fen": n}."""
    return [
        {"key": g.key.value, "passed": g.passed, "found": _said(g.found), "asked": _said(g.asked), "source": g.source}
        for g in checked
    ]


def _said(value: str | int | Fen | None) -> Any:
    return {"fen": value.fen} if isinstance(value, Fen) else value


def _case(case: GuaranteeCase) -> dict[str, Any]:
    return {
        "id": case.id,
        "number": case.number,
        "line": case.line.fen,
        "months": case.months,
        "support": case.support.value,
        "share": case.share.ppm,
        "fee": case.fee.ppm,
        "officer": {"user": case.officer_id, "name": case.officer_name},
        "opinion": case.opinion,
        "opened_on": case.opened_on.isoformat(),
    }


def _security(one: CounterGuarantee) -> dict[str, Any]:
    return {"number": one.number, "kind": one.kind.value, "about": one.about, "value": one.value.fen, "state": one.state.value, "why": one.why}  # fmt: skip


def _sharing(desk: Desk, case: GuaranteeCase) -> dict[str, Any]:
    """Who would bear which part of a loss with any bank, by the agreement in force on the day of the decision."""
    agreement = in_force(desk, None, desk.today)
    parts = {party.value: share.ppm for party, share in shares(desk, case).items()}
    return {"agreement": agreement.number if agreement else None, "shares": parts}


def _need(need: Need) -> dict[str, Any]:
    return {
        "id": need.id,
        "number": need.number,
        "amount": need.amount.fen,
        "months": need.months,
        "purpose": need.purpose.value,
        "use": need.use,
    }


def _firm(firm: Firm) -> dict[str, Any]:
    return {"id": firm.id, "code": firm.code, "name": firm.name, "industry": firm.industry, "size": firm.size}


def _guarantor(guarantor: Guarantor) -> dict[str, Any]:
    until = guarantor.licence_until
    return {
        "id": guarantor.id,
        "name": guarantor.name,
        "kind": guarantor.kind.value,
        "licence": guarantor.licence,
        "licence_until": until.isoformat() if until else None,
        "net_assets": guarantor.net_assets.fen,
    }


def _meeting(meeting: Meeting) -> dict[str, Any]:
    return {"id": meeting.id, "number": meeting.number, "day": meeting.day.isoformat(), "place": meeting.place}


def _order(desk: Desk, case: GuaranteeCase) -> dict[str, Any]:
    """How the case came to be heard when it was: jumps of its sitting, who was passed over, and how often it was put off."""
    need = desk.session.get_one(Need, case.need_id)
    taken = agenda.jumps(desk, case.meeting_id or 0)
    return {
        "submitted_on": need.submitted_on.isoformat() if need.submitted_on else None,
        "taken_ahead": next((_jump(one) for one in taken if one.case_id == case.id), None),
        "passed_over": next((_jump(one) for one in taken if one.case_id is None), None),
        "put_off": [
            {"reason": one.reason, "until": one.until.isoformat(), "by": one.by_name, "at": one.at.isoformat()}
            for one in deferrals.of_case(desk, case)
        ],
    }


def _jump(jump: Jump) -> dict[str, Any]:
    return {"over": jump.over, "reason": jump.reason, "by": jump.by_name, "at": jump.at.isoformat()}


def lots(draw: ExpertDraw) -> dict[str, Any]:
    """Everything that anybody needs to draw the same lots again."""
    return {"number": draw.number, "seed": draw.seed, "pool": draw.pool, "unable": draw.unable, "drawn": draw.drawn,
            "reason": draw.reason, "at": draw.at.isoformat()}  # fmt: skip


def _assessment(score: Assessment) -> dict[str, Any]:
    content = {"facts": score.facts, "sheet": score.sheet}
    return {
        "id": score.id,
        "card": score.card,
        "since": score.since.isoformat(),
        "card_digest": score.digest,
        "title": score.sheet["title"],
        "full_marks": score.sheet["full_marks"],
        "total": score.total,
        "grade": score.grade,
        "ceiling": score.ceiling.fen,
        "digest": digest(content),
    }


def _survey(desk: Desk, case: GuaranteeCase) -> dict[str, Any] | None:
    """Both officers' opinions, with the digest of all that the first one found."""
    survey = desk.session.get(Survey, case.survey_id) if case.survey_id else None
    if survey is None:
        return None
    return {
        "id": survey.id,
        "visited_on": survey.visited_on.isoformat(),
        "first": {"user": survey.officer_id, "name": survey.officer_name, "advice": survey.advice.value, "opinion": survey.opinion},
        "second": {"user": survey.second_id, "name": survey.second_name, "advice": survey.second_advice and survey.second_advice.value,
                   "opinion": survey.second_opinion},
        "digest": digest({"found": survey.found, "photos": survey.photos}),
    }  # fmt: skip


def _sitting(sat: Sitting) -> dict[str, Any]:
    names = sat.names
    return {
        "seats": [
            {"user": s.user_id, "name": s.name, "chair": s.chair, "expert": s.expert, "votes": s.votes} for s in sat.seats
        ],
        "ties": [
            {"user": t.user_id, "name": names[t.user_id], "reason": t.reason, "at": t.at.isoformat(),
             "imposed_by": names.get(t.imposed_by or 0), "evidence": t.evidence}
            for t in sat.ties
            if t.user_id in names
        ],
        "ballots": [
            {"user": b.user_id, "name": names[b.user_id], "round": b.round.value, "vote": b.vote.value, "opinion": b.opinion,
             "at": b.at.isoformat(), "void": b.void}
            for b in sat.ballots
        ],
    }  # fmt: skip


def _count(count: Count) -> dict[str, Any]:
    votes = {vote.value: count.votes.get(vote, 0) for vote in Vote}
    return {"seats": count.seats, "cast": count.cast, "votes": votes, "quorum": list(count.present_share),
            "majority": list(count.carried_share)}  # fmt: skip


def _rule(desk: Desk, key: str) -> dict[str, Any]:
    figure = parameters.figure(key, desk.today)
    return {"key": key, "value": figure.value, "source": figure.source, "confidence": figure.confidence}


def _conditions(sat: Sitting) -> list[dict[str, Any]]:
    """What the members who agreed only on conditions asked for, in their own words, each wording once."""
    names, asked = sat.names, defaultdict(list)
    for ballot in sat.valid():
        if ballot.vote is Vote.CONDITIONAL:
            asked[ballot.opinion].append(names[ballot.user_id])
    return [{"says": says, "names": members} for says, members in asked.items()]


def _room(room: Room) -> dict[str, Any]:
    before = {"scope": room.scope.value, "cap": room.cap.fen, "used": room.used.fen, "reserved": room.reserved.fen}
    return before | {"asked": room.asked.fen, "reserved_after": (room.reserved + room.asked).fen}
