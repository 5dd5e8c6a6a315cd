"""What lies on the work list (待办事项): one small query for each thing that waits for an officer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Date, Select, cast, exists, literal
from sqlalchemy.orm import aliased

from financing.contests.model import Contest
from financing.contests.rules import ContestState
from financing.credit.model import RaisedFlag
from financing.desk import Desk
from financing.diligence.model import Survey
from financing.diligence.rules import SurveyState
from financing.guarantees.delegation_model import Delegation
from financing.guarantees.delegation_rules import DelegationState
from financing.guarantees.model import Condition, GuaranteeCase
from financing.guarantees.rules import CaseState, ConditionState
from financing.hygiene.model import PlannedStep
from financing.hygiene.views import idling
from financing.letters.model import Guarantee
from financing.letters.rules import GuaranteeState
from financing.money import Fen
from financing.needs.model import Need
from financing.needs.rules import OPEN, NeedState
from financing.needs.views import LIMITS
from financing.offers.ask_model import ItemAsk
from financing.offers.ask_rules import AskState
from financing.offers.reversal_model import Reversal
from financing.offers.rules import ReversalState
from financing.office.after_duties import after_the_signature
from financing.office.cadence_duties import of_cadence
from financing.office.help_duties import of_events, of_inspections
from financing.office.helping_duties import of_helping
from financing.office.model import HandOver
from financing.office.part import LATE, PLANNED, Part, about
from financing.office.personal_duties import of_personal
from financing.office.policy_duties import of_policies
from financing.office.rules import Duty, HandState
from financing.parameters import figure
from financing.parties import names
from financing.parties.model import Firm
from financing.parties.rules import FirmState
from financing.ratings.model import CallBack
from financing.ratings.rules import CallReason, CallState
from financing.register.figure_rules import FiguresState
from financing.register.model import ReturnFigures
from financing.reserves.model import ReservePosting
from financing.reserves.rules import PostingState

#: The step that each state of a need waits for an officer to take.
NEEDS = {
    NeedState.SUBMITTED: Duty.ACCEPT,
    NeedState.ACCEPTED: Duty.SCORE,
    NeedState.SCORED: Duty.OPEN_CASE,
    NeedState.APPROVED: Duty.MATCH,
    NeedState.CONDITIONAL: Duty.MATCH,
}
#: Where a visit need not wait for the score, nor the score for the visit.
WHILE_VISITED = (NeedState.ACCEPTED, NeedState.SCORED)
CALLS = {CallState.VERIFY: Duty.VERIFY_RATING, CallState.RECTIFY: Duty.RECTIFY, CallState.CALL: Duty.CALL_BACK}


def parts(desk: Desk) -> Iterator[Part]:
    """Every part of the work list of the person at the desk."""
    yield from _of_needs(desk)
    yield from _of_cases(desk)
    yield from _of_second_people(desk)
    yield from _of_banks(desk)
    yield from _of_the_house(desk)
    yield from _of_calls(desk)
    yield from after_the_signature(desk)
    yield from of_events(desk)
    yield from of_helping(desk)
    yield from of_policies(desk)
    yield from of_cadence(desk)
    yield from of_inspections(desk)
    yield from of_personal(desk)


def _of_needs(desk: Desk) -> Iterator[Part]:
    for state, duty in NEEDS.items():
        whole = figure(LIMITS[state], desk.today).value if state in LIMITS else LATE
        query = _needs(desk, Need.state == state)
        yield Part(duty, query, Need.id, due=Need.due_on, whole=whole, officer=Need.officer_id, need=Need.id)
    unseen = _needs(desk, Need.state.in_(WHILE_VISITED), ~exists().where(Survey.need_id == Need.id))
    days = figure("survey_visit_days", desk.today).value
    yield Part(Duty.VISIT, unseen, Need.id, due=Need.due_on, whole=days, officer=Need.officer_id, need=Need.id)
    due = literal(desk.today, Date)
    yield Part(Duty.IDLE, _needs(desk, idling(desk)), Need.id, due=due, officer=Need.officer_id, need=Need.id)
    later = aliased(PlannedStep)
    newest = ~exists().where(later.need_id == PlannedStep.need_id, later.set_at > PlannedStep.set_at)
    steps = about(desk, PlannedStep, newest, Need.state.in_(OPEN))
    yield Part(
        Duty.PLANNED, steps, Need.id, due=PlannedStep.due_on, whole=PLANNED, officer=Need.officer_id, need=Need.id
    )


def _needs(desk: Desk, *where: Any) -> Select[Any]:
    return desk.select(Need, Need.id).where(*where).with_only_columns()


def _of_cases(desk: Desk) -> Iterator[Part]:
    whole = figure("deferral_days", desk.today).value
    put_off = about(desk, GuaranteeCase, GuaranteeCase.state == CaseState.DEFERRED)
    yield Part(
        Duty.TABLE, put_off, GuaranteeCase.id, number=GuaranteeCase.number, due=GuaranteeCase.return_by, whole=whole,
        officer=Need.officer_id,
    )  # fmt: skip
    repaid = about(desk, Guarantee, Guarantee.state == GuaranteeState.IN_FORCE, Guarantee.balance == Fen(0))
    yield Part(Duty.RELEASE, repaid, Guarantee.id, number=Guarantee.number, officer=Need.officer_id)
    flags = about(desk, RaisedFlag, RaisedFlag.looked_at.is_(None), RaisedFlag.gone_at.is_(None), Need.state.in_(OPEN))
    yield Part(Duty.LOOK_AT_FLAG, flags, RaisedFlag.id, officer=Need.officer_id)


def _of_second_people(desk: Desk) -> Iterator[Part]:
    """What another officer has begun: anybody but that officer."""
    me = desk.actor.id
    small = about(desk, Delegation, Delegation.state == DelegationState.PROPOSED, Delegation.proposed_by != me,
                   Delegation.officer_id != me)  # fmt: skip
    yield Part(Duty.DECIDE_SMALL, small, Delegation.id, who=Delegation.proposer)
    later = aliased(Survey)
    newest = ~exists().where(later.need_id == Survey.need_id, later.at > Survey.at)
    visits = about(desk, Survey, Survey.state == SurveyState.VISITED, Survey.officer_id != me, newest)
    yield Part(Duty.SURVEY, visits, Survey.id, who=Survey.officer_name)
    proofs = about(desk, Condition, Condition.state == ConditionState.SHOWN, Condition.shown_by != me)
    yield Part(Duty.CHECK_PROOF, proofs, Condition.case_id)


def _of_banks(desk: Desk) -> Iterator[Part]:
    late = about(desk, ItemAsk, ItemAsk.state == AskState.OPEN, ItemAsk.due_on < desk.today)
    whole = figure("ask_answer_days", desk.today).value
    yield Part(Duty.ITEM_LATE, late, Need.id, due=ItemAsk.due_on, whole=whole, officer=Need.officer_id, need=Need.id)
    taken_back = desk.select(Reversal, Reversal.id).where(Reversal.state == ReversalState.ASKED).with_only_columns()
    whose = names.of_firm(Reversal.firm_id)
    yield Part(Duty.CONFIRM_REVERSAL, taken_back, Reversal.id, number=literal(""), firm=whose, who=Reversal.asker)
    looks = about(desk, Contest, Contest.state == ContestState.OPEN, Contest.bank_id.is_(None))
    whole = figure("contest_answer_days", desk.today).value
    yield Part(Duty.CONTEST, looks, Contest.id, due=Contest.due_on, whole=whole, who=literal(""))


def _of_the_house(desk: Desk) -> Iterator[Part]:
    me = desk.actor.id
    new = desk.select(Firm, Firm.id).where(Firm.state == FirmState.REGISTERED).with_only_columns()
    yield Part(Duty.CONFIRM_FIRM, new, Firm.id, number=literal(""), firm=Firm.name, who=literal(""))
    typed = desk.select(ReturnFigures, ReturnFigures.id)
    typed = typed.where(ReturnFigures.state == FiguresState.PROPOSED, ReturnFigures.proposed_by != me)
    yield Part(
        Duty.FIGURES, typed.with_only_columns(), ReturnFigures.id, number=literal(""), firm=literal(""),
        who=ReturnFigures.proposer,
    )  # fmt: skip
    kept = desk.select(ReservePosting, ReservePosting.id)
    kept = kept.where(ReservePosting.state == PostingState.PROPOSED, ReservePosting.proposed_by != me)
    yield Part(
        Duty.RESERVES, kept.with_only_columns(), ReservePosting.id, number=literal(""), firm=literal(""),
        who=ReservePosting.proposer,
    )  # fmt: skip
    offered = desk.select(HandOver, HandOver.id).where(HandOver.state == HandState.OFFERED, HandOver.to_id == me)
    yield Part(
        Duty.TAKE_CASES, offered.with_only_columns(), HandOver.id, number=literal(""), firm=HandOver.from_name,
        officer=HandOver.to_id, who=HandOver.to_name,
    )  # fmt: skip


def _of_calls(desk: Desk) -> Iterator[Part]:
    """Calls of the zone, for whoever did not handle the matter: nobody's in particular."""
    bad = figure("bad_rating_days", desk.today).value
    drawn = figure("call_back_days", desk.today).value
    for state, duty in CALLS.items():
        for reason, whole in ((CallReason.BAD, bad), (CallReason.DRAWN, drawn)):
            if state is not CallState.CALL and reason is CallReason.DRAWN:
                continue
            query = desk.select(CallBack, CallBack.id).where(CallBack.state == state, CallBack.reason == reason)
            yield Part(
                duty, query.with_only_columns(), CallBack.id, number=CallBack.number, firm=names.of_firm(CallBack.firm_id),
                due=cast(CallBack.due_on, Date), whole=whole, who=literal(""),
            )  # fmt: skip
