"""Small cases that two officers decide (授权审批, F41): put forward, decided by another, called in by a member, or in force.

Two officers decide only in favour. Whatever they do not agree on is the committee's: nobody is turned away without it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from financing import desk as desks
from financing import parameters
from financing.access import require
from financing.acts import Act
from financing.credit.rules import months_after
from financing.desk import Desk
from financing.guarantees import limits, record, recusal, service, set_back
from financing.guarantees.delegation_model import Delegation
from financing.guarantees.delegation_rules import DelegationState, may_call_in, small
from financing.guarantees.model import Ballot, GuaranteeCase, Resolution, Seat
from financing.guarantees.rules import CaseState, Count, Round, Scope, Vote
from financing.guarantees.sessions import hold
from financing.guarantees.tally import Sitting
from financing.journal import Private
from financing.money import Fen
from financing.needs.model import Need
from financing.numbers import Series, take_number
from financing.parties.identity import passage
from financing.parties.model import Firm, Guarantor
from financing.refusals import WrongState
from financing.sitting_refusals import CommitteesOwn, NotFinal, NotSmall, TooLateToCall, TwoOfficers

#: What later rooms ask before two officers may decide; one yes and the case is the committee's.
COMMITTEES: list[Callable[[Desk, GuaranteeCase], bool]] = []
#: Both officers have to agree: the whole of them is the quorum and the majority.
BOTH = (1, 1)


def propose(desk: Desk, case: GuaranteeCase, opinion: str) -> Delegation:
    """Put a small case forward to another officer; NotSmall above the amount, CommitteesOwn when the committee has it already, Tied."""
    require(desk.actor, Act.DELEGATE_CASE, case)
    hold(desk, case)
    recusal.need_impartial(desk, case)
    _delegable(desk, case)
    opinion = passage(opinion, "opinion")
    desk.take(Act.DELEGATE_CASE, case, line=case.line, opinion=Private(opinion))
    return desk.add(
        Delegation(
            case_id=case.id,
            need_id=case.need_id,
            firm_id=case.firm_id,
            officer_id=case.officer_id,
            proposed_by=desk.actor.id,
            proposer=desk.actor.name,
            proposed_at=desk.now,
            proposal=opinion,
        )
    )


def decide(desk: Desk, one: Delegation, opinion: str) -> None:
    """The second officer agrees: same gates, same limits, same sealed record; members are told and may call it in."""
    case = desk.get(GuaranteeCase, one.case_id)
    limits.held(desk, case)  # before the case: the one order of all locks
    _second(desk, one, case, Act.DECIDE_SMALL)
    recusal.need_impartial(desk, case)
    service.surveyed(desk, case)
    service.examine_anew(desk, case)
    _fits(desk, case)
    opinion = passage(opinion, "opinion")
    _seal(desk, one, case, limits.reserve(desk, case), opinion)
    desk.take(Act.DECIDE_SMALL, one, case=case.id, line=case.line, number=one.number, digest=one.digest)
    desk.follow(Act.DECIDE_SMALL, case)
    for role in ("member", "chair"):
        _tell(desk, Act.DECIDE_SMALL, one, {"role": role})


def refer(desk: Desk, one: Delegation, opinion: str) -> None:
    """The second officer would rather have the committee decide."""
    case = desk.get(GuaranteeCase, one.case_id)
    _second(desk, one, case, Act.REFER_CASE)
    one.opinion = passage(opinion, "opinion")
    one.decided_by, one.decider, one.decided_at = desk.actor.id, desk.actor.name, desk.now
    desk.take(Act.REFER_CASE, one, case=case.id, opinion=Private(one.opinion))
    _tell(desk, Act.REFER_CASE, one, {"user": one.proposed_by})


def call_in(desk: Desk, one: Delegation, reason: str) -> None:
    """A member takes the case to the committee: the decision is off and its room is free. TooLateToCall once it is in force."""
    require(desk.actor, Act.CALL_IN, one)
    case = desk.session.get_one(GuaranteeCase, one.case_id)  # a member sees the decision, not yet the case
    limits.held(desk, case)
    _hold(desk, one, case)
    if one.call_in_until is None or not may_call_in(desk.today, one.call_in_until):
        raise TooLateToCall(until=one.call_in_until)
    reason = passage(reason, "reason")
    desk.take(Act.CALL_IN, one, case=case.id, reason=Private(reason))
    one.called_by, one.caller, one.called_at, one.reason = desk.actor.id, desk.actor.name, desk.now, reason
    desk.follow(Act.CALL_IN, case)
    limits.release(desk, case)
    for whom in {one.proposed_by, one.decided_by}:
        _tell(desk, Act.CALL_IN, one, {"user": whom})


def take_effect(desk: Desk, key: int) -> int:
    """The days of calling in are over: the decision is a resolution, and the need follows. 0 while it may still be called in."""
    one = desk.get(Delegation, key)
    case = desk.get(GuaranteeCase, one.case_id)
    _hold(desk, one, case)
    if one.state is not DelegationState.DECIDED or one.call_in_until is None:
        return 0
    if may_call_in(desk.today, one.call_in_until):
        return 0
    desk.take(Act.CONFIRM_SMALL, one, case=case.id)
    desk.follow(Act.CONFIRM_SMALL, case)
    desk.follow(Act.CONFIRM_SMALL, desk.get(Need, one.need_id), case=case.id)
    _resolved(desk, one)
    for whom in ({"firm": one.firm_id}, {"user": one.officer_id}):
        _tell(desk, Act.CONFIRM_SMALL, one, whom)
    return 1


def due(desk: Desk) -> list[int]:
    """Decisions whose days of calling in are over, for the daily run."""
    decided = (Delegation.state == DelegationState.DECIDED, Delegation.call_in_until < desk.today)
    return [one.id for one in desk.all(Delegation, *decided, by=Delegation.id)]


def require_final(desk: Desk, case: GuaranteeCase) -> None:
    """NotFinal while members may still call a decision in; whoever issues a guarantee asks here, beside conditions.require_met."""
    if case.state is CaseState.DELEGATED:
        one = desk.session.query(Delegation).filter_by(case_id=case.id).one()
        raise NotFinal(until=one.call_in_until)


def void(desk: Desk) -> None:
    """The file of a decision that is not in force yet was changed: it is off, its room is free, and the case is scored anew."""
    for line in tuple(desk.lines):
        if set_back.touches_the_score(line):
            for case in set_back.cases_of(desk, line, CaseState.DELEGATED):
                _void(desk, case, line.act)


def _void(desk: Desk, case: GuaranteeCase, act: Act) -> None:
    one = desk.session.query(Delegation).filter_by(case_id=case.id).one()
    limits.held(desk, case)
    _hold(desk, one, case)
    if case.state is CaseState.DELEGATED:
        limits.release(desk, case)
        case.set_back_for, case.set_back_at = act, desk.now
        desk.follow(act, one, case=case.id)
        desk.follow(act, case)


def _delegable(desk: Desk, case: GuaranteeCase) -> None:
    """The way of two officers is open to a case that has never been before the committee, and once."""
    if case.state is not CaseState.IN_REVIEW:
        raise WrongState(state=case.state, act=Act.DELEGATE_CASE)
    been = desk.session.query(Delegation).filter_by(case_id=case.id).first()
    if been is not None or case.meeting_id is not None or case.report_by is not None:
        raise CommitteesOwn
    if any(question(desk, case) for question in COMMITTEES):
        raise CommitteesOwn
    _fits(desk, case)


def _fits(desk: Desk, case: GuaranteeCase) -> None:
    most, borne = amount(desk), _borne(desk, case)
    if not small(case.line, borne, most):
        raise NotSmall(line=case.line, borne=borne, most=most)


def amount(desk: Desk) -> Fen:
    """Up to this line two officers decide; nothing where the zone leaves every case to the committee."""
    return Fen.wan(_figure(desk, "delegated_amount"))


def _borne(desk: Desk, case: GuaranteeCase) -> Fen:
    """What the guarantor has promised for the firm already, and for its group."""
    guarantor = desk.session.get_one(Guarantor, case.guarantor_id)
    rooms = limits.rooms(desk, guarantor, desk.session.get_one(Firm, case.firm_id), Fen(0))
    return max((room.taken for room in rooms if room.scope in (Scope.FIRM, Scope.GROUP)), default=Fen(0))


def _second(desk: Desk, one: Delegation, case: GuaranteeCase, act: Act) -> None:
    _hold(desk, one, case)
    one.flow.after(one.state, act)
    if case.state is not CaseState.IN_REVIEW:
        raise WrongState(state=case.state, act=act)
    if desk.actor.id in (one.proposed_by, one.officer_id):
        raise TwoOfficers(name=one.proposer)
    require(desk.actor, act, one)


def _hold(desk: Desk, one: Delegation, case: GuaranteeCase) -> None:
    hold(desk, case)
    desk.session.refresh(one, with_for_update=True)


def _seal(desk: Desk, one: Delegation, case: GuaranteeCase, rooms: tuple[limits.Room, ...], opinion: str) -> None:
    """The record of a decision of two: both as if they sat, and nobody else. The row is written whole."""
    number = take_number(desk.session, Series.RESOLUTION, desk.today.year)
    until = months_after(desk.today, _figure(desk, "resolution_months"))
    last = desk.calendar.after(desk.today, _figure(desk, "call_in_days")).day
    guarantor = desk.session.get_one(Guarantor, case.guarantor_id)
    count = Count(2, 2, {Vote.FOR: 2}, BOTH, BOTH)
    sealing = record.Sealing(desk.get(Need, case.need_id), guarantor, None, _both(desk, one, opinion), count, rooms)
    content = record.written(desk, case, sealing, number, until)
    content |= {"outcome": CaseState.APPROVED.value, "call_in_until": last.isoformat()}
    one.decided_by, one.decider, one.decided_at, one.opinion = desk.actor.id, desk.actor.name, desk.now, opinion
    one.number, one.record, one.digest = number, content, record.digest(content)
    one.until, one.call_in_until = until, last


def _both(desk: Desk, one: Delegation, opinion: str) -> Sitting:
    """Never on the desk, so never written: the shape in which the record knows who agreed."""
    first = (one.proposed_by, one.proposer, one.proposal, one.proposed_at)
    people = (first, (desk.actor.id, desk.actor.name, opinion, desk.now))
    return Sitting(
        tuple(Seat(meeting_id=0, user_id=user, name=name) for user, name, _, _ in people),
        (),
        tuple(
            Ballot(
                case_id=one.case_id, meeting_id=0, user_id=user, vote=Vote.FOR, opinion=said, at=when, round=Round.FINAL
            )
            for user, _, said, when in people
        ),
    )


def _resolved(desk: Desk, one: Delegation) -> None:
    assert one.number and one.decided_at and one.decided_by  # noqa: S101  the CHECK of the table says so
    desk.add(
        Resolution(
            number=one.number,
            case_id=one.case_id,
            meeting_id=None,
            need_id=one.need_id,
            firm_id=one.firm_id,
            outcome=CaseState.APPROVED,
            record=one.record,
            digest=one.digest,
            sealed_at=one.decided_at,
            sealed_by=one.decided_by,
            until=one.until,
        )
    )


def _tell(desk: Desk, act: Act, one: Delegation, to: Mapping[str, object]) -> None:
    number = desk.session.get_one(Need, one.need_id).number
    lead = one.need_id if act is Act.CONFIRM_SMALL else one.id
    told = {"to": to, "code": act.value, "subject": lead, "number": number}
    desk.later("notice", f"{act}:{one.id}:{next(iter(to.values()))}", **told)


def _figure(desk: Desk, key: str) -> int:
    return parameters.figure(key, desk.today).value


desks.CONSEQUENCES.append(void)
