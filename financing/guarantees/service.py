"""What people do with guarantee cases: open, put on an agenda, vote, seal, drop."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from financing import parameters
from financing.access import require
from financing.acts import Act
from financing.case_refusals import (
    Eligible,
    NoFacts,
    NoGuarantor,
    NoQuorum,
    NotEligible,
    NotSeated,
    NotSurveyed,
    RoundOpen,
    ScoreOlder,
)
from financing.clocks import promises
from financing.clocks import service as clocks
from financing.clocks.rules import Step
from financing.credit import views as credit
from financing.credit.model import Assessment
from financing.desk import Desk
from financing.diligence import affording
from financing.diligence import service as diligence
from financing.guarantees import agenda, conditions, gates, limits, record, related, rounds, tally
from financing.guarantees.delegation_model import Delegation
from financing.guarantees.delegation_rules import DelegationState
from financing.guarantees.interests import hold as hold_people
from financing.guarantees.interests import need_declared
from financing.guarantees.model import Ballot, GuaranteeCase, Meeting, Resolution
from financing.guarantees.pricing import of_need as priced_need
from financing.guarantees.recusal import need_untied
from financing.guarantees.rules import (
    IN_FAVOUR,
    OURS,
    CaseState,
    Count,
    Gate,
    MeetingState,
    Round,
    Vote,
    exposure,
    failed,
)
from financing.guarantees.sessions import entitled, hold, in_session, in_state
from financing.journal import Private
from financing.journal_check import canonical
from financing.money import Fen
from financing.needs.model import Need
from financing.numbers import Series, take_number
from financing.parties.identity import passage
from financing.parties.model import Firm, Guarantor


def examine(desk: Desk, need: Need) -> tuple[Assessment, Guarantor, tuple[Gate, ...]]:
    """The latest score, the guarantor and every gate of a need; NoGuarantor or NoFacts when one is missing."""
    guarantor = desk.find(Guarantor)
    if guarantor is None:
        raise NoGuarantor
    assessment = credit.latest(desk, need)
    if assessment is None:
        raise NoFacts
    firm = desk.get(Firm, need.firm_id)
    return assessment, guarantor, gates.checked(desk, need, firm, assessment, guarantor)


def open_case(desk: Desk, need: Need, *, opinion: str) -> GuaranteeCase:
    """Open the case of a scored need on the guarantor's terms; NotEligible names every gate that failed."""
    desk.session.refresh(need, with_for_update=True)  # of two officers at once the second finds the case opened
    need.flow.following(need.state, Act.OPEN_CASE)
    promises.require_supplied(desk, need.id, Step.OPENING)
    survey = diligence.complete(desk, need.id)
    opinion = passage(opinion, "opinion")
    assessment, guarantor, checked = examine(desk, need)
    if missed := failed(checked):
        raise NotEligible(gates=missed)
    cost = priced_need(desk, need, guarantor, assessment.grade)
    case = desk.add(
        GuaranteeCase(
            number=take_number(desk.session, Series.CASE, desk.today.year),
            need_id=need.id,
            firm_id=need.firm_id,
            assessment_id=assessment.id,
            guarantor_id=guarantor.id,
            officer_id=desk.actor.id,
            officer_name=desk.actor.name,
            line=need.amount,
            months=need.months,
            support=cost.support,
            share=cost.share,
            fee=cost.fee,
            price=cost.stored(),
            opened_on=desk.today,
            gates=record.gates(checked),
            survey_id=survey.id if survey else None,
            affordability=affording.sealed(desk, need, survey) if survey else {},
            opinion=opinion,
        )
    )
    desk.note(Act.OPEN_CASE, case, need=need.id, line=case.line, assessment=assessment.id, opinion=Private(opinion))
    desk.follow(Act.OPEN_CASE, need, case=case.id)
    clocks.stop(desk, need)  # the committee's day is the meeting
    return case


def refuse(desk: Desk, need: Need) -> tuple[Gate, ...]:
    """End a scored need that misses a gate, telling the firm which (不予立项); the gates it missed. Eligible when it misses none."""
    require(desk.actor, Act.REFUSE_NEED, need)
    _, _, checked = examine(desk, need)
    if not (missed := tuple(gate for gate in checked if not gate.passed and gate.key not in OURS)):
        raise Eligible
    desk.take(Act.REFUSE_NEED, need, gates=tuple(gate.key for gate in missed))
    need.missed = [gate.key.value for gate in missed]
    clocks.stop(desk, need)
    told = {"to": {"firm": need.firm_id}, "code": Act.REFUSE_NEED.value, "subject": need.id, "number": need.number}
    desk.later("notice", f"refused:{need.id}", **told)
    return missed


def table(desk: Desk, case: GuaranteeCase, meeting: Meeting) -> None:
    """Put a case on the agenda of a meeting that has been called; its members may read it from now on (上会).

    A case that a changed file set back is examined anew, and may return to the sitting it came from.
    """
    returns = case.set_back_at is not None and meeting.id == case.meeting_id and meeting.state is MeetingState.OPEN
    if not returns:
        in_state(meeting, MeetingState.CALLED, Act.TABLE_CASE)
    require(desk.actor, Act.TABLE_CASE, case)
    hold_people(desk)
    surveyed(desk, case)
    if case.set_back_at is not None:
        _scored_since(desk, case, case.set_back_at)
    case.meeting_id, case.chair_aside, case.round = meeting.id, False, Round.FIRST
    desk.take(Act.TABLE_CASE, case, meeting=meeting.id)
    clocks.stop(desk, desk.get(Need, case.need_id))
    case.chair_aside = tally.sitting(desk, case).chair_tied


def _scored_since(desk: Desk, case: GuaranteeCase, changed_at: datetime) -> None:
    """Rest the case on the score made after the change; ScoreOlder without one."""
    latest = credit.latest(desk, desk.get(Need, case.need_id))
    if latest is None or latest.assessed_at < changed_at:
        raise ScoreOlder
    examine_anew(desk, case)
    case.set_back_at = None


def examine_anew(desk: Desk, case: GuaranteeCase) -> None:
    """Rest the case on the latest score and on its gates as they are now; NotEligible when it misses one."""
    assessment, _, checked = examine(desk, desk.get(Need, case.need_id))
    if missed := failed(checked):
        raise NotEligible(gates=missed)
    case.assessment_id, case.gates = assessment.id, record.gates(checked)


def cast(desk: Desk, case: GuaranteeCase, vote: Vote, opinion: str) -> None:
    """Record one member's vote in the present round; voting again replaces it. The journal holds a commitment."""
    hold(desk, case)
    meeting = in_session(desk, case, Act.CAST_VOTE)
    entitled(desk, case)
    need_untied(desk, case)
    need_declared(desk)
    opinion = passage(opinion, "opinion")
    desk.take(Act.CAST_VOTE, case, round=case.round, ballot=_committed(desk, case, vote, opinion))
    mine = (Ballot.user_id == desk.actor.id, Ballot.void.is_(False))
    here = (Ballot.case_id == case.id, Ballot.meeting_id == meeting.id, Ballot.round == case.round)
    if (ballot := desk.find(Ballot, *here, *mine)) is None:
        desk.add(
            Ballot(
                case_id=case.id,
                meeting_id=meeting.id,
                user_id=desk.actor.id,
                round=case.round,
                vote=vote,
                opinion=opinion,
                at=desk.now,
            )
        )
    else:
        ballot.vote, ballot.opinion, ballot.at = vote, opinion, desk.now
    rounds.close_when_all_have_voted(desk, case, Act.CAST_VOTE)


def count(desk: Desk, case: GuaranteeCase) -> Count:
    """The count as it stands; nobody is shown more of it than the turnout before sealing."""
    return tally.counted(desk, tally.sitting(desk, case), case.round)


def seal(desk: Desk, case: GuaranteeCase) -> Resolution:
    """Seal what the count says, never anything else; NoQuorum while too few have voted, LimitReached when there is no room."""
    require(desk.actor, Act.SEAL_CASE, case)
    guarantor = desk.session.get_one(Guarantor, case.guarantor_id)
    standing = limits.held(desk, case)  # before the case: the one order of all locks
    hold(desk, case)
    meeting = in_session(desk, case, Act.SEAL_CASE)
    sat = tally.sitting(desk, case)
    counts = tally.counted(desk, sat)
    if desk.actor.id not in sat.eligible:
        raise NotSeated
    agenda.require_turn(desk, case)
    if case.round is Round.FIRST:
        raise RoundOpen(seats=counts.seats, cast=len(sat.valid(Round.FIRST)))
    if (decision := counts.decision) is None:
        raise NoQuorum(seats=counts.seats, cast=counts.cast)
    desk.take(decision, case, line=case.line, seats=counts.seats, cast=counts.cast)
    taken = case.state in IN_FAVOUR
    rooms = limits.reserve(desk, case) if taken else standing
    if taken:
        related.owe_report(desk, case)
    need = desk.get(Need, case.need_id)
    desk.follow(decision, need, case=case.id)
    rounds.next_has_its_turn(desk, meeting)
    return _sealed(desk, case, record.Sealing(need, guarantor, meeting, sat, counts, rooms))


def drop(desk: Desk, need: Need, act: Act = Act.WITHDRAW_NEED) -> None:
    """The need has ended at this desk by this act: its case ends, and what was reserved for it is free again."""
    case = desk.find(GuaranteeCase, GuaranteeCase.need_id == need.id)
    if case is None or case.state in {CaseState.REJECTED, CaseState.DROPPED}:
        return
    held = (*IN_FAVOUR, CaseState.DELEGATED)
    released = exposure(case.line, case.support) if case.state in held else Fen(0)
    if released:
        limits.release(desk, case)
    desk.follow(act, case, released=released)
    one = desk.session.scalar(select(Delegation).where(Delegation.case_id == case.id))
    if one is not None and one.state in (DelegationState.PROPOSED, DelegationState.DECIDED):
        desk.follow(act, one)


def surveyed(desk: Desk, case: GuaranteeCase) -> None:
    """A case of before the rule is tabled only after it, too: with the survey made since."""
    if case.survey_id is not None:
        return
    if (survey := diligence.complete(desk, case.need_id)) is not None:
        case.survey_id = survey.id
        case.affordability = affording.sealed(desk, desk.get(Need, case.need_id), survey)
    elif parameters.figure("two_officers_survey", desk.today).value:
        raise NotSurveyed


def _sealed(desk: Desk, case: GuaranteeCase, sealing: record.Sealing) -> Resolution:
    """Write the resolution with its digest, and tell the firm and the officers."""
    number = take_number(desk.session, Series.RESOLUTION, desk.today.year)
    until = record.valid_until(desk, case)
    content = record.written(desk, case, sealing, number, until)
    resolution = desk.add(
        Resolution(
            number=number,
            case_id=case.id,
            meeting_id=case.meeting_id,
            need_id=case.need_id,
            firm_id=case.firm_id,
            outcome=case.state,
            record=content,
            digest=record.digest(content),
            sealed_at=desk.now,
            sealed_by=desk.actor.id,
            until=until,
        )
    )
    conditions.write(desk, case, content["conditions"])
    desk.note(Act.SEAL_CASE, case, resolution=resolution.id, number=number, digest=resolution.digest)
    for whom in ({"firm": case.firm_id}, {"user": case.officer_id}):
        told = {"to": whom, "code": Act.SEAL_CASE.value, "subject": case.need_id, "number": sealing.need.number}
        desk.later("notice", f"sealed:{resolution.id}:{next(iter(whom))}", **told)
    return resolution


def _committed(desk: Desk, case: GuaranteeCase, vote: Vote, opinion: str) -> Private:
    """The ballot in the one form in which it can be proved later: member and moment make equal votes look unlike."""
    said = {
        "case": case.id,
        "member": desk.actor.id,
        "round": case.round.value,
        "vote": vote.value,
        "opinion": opinion,
        "at": desk.now.isoformat(),
    }
    return Private(canonical(said).decode())
