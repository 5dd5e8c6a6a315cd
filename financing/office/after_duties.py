"""The parts of the work list that come after the signature (保后): claims, loans, watch and the bridge fund."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import BigInteger, cast, exists, literal

from financing.bridge.model import BridgeMove, BridgeUse
from financing.bridge.rules import MoveState, UseState
from financing.compensation.model import CompensationClaim, CompensationPart
from financing.compensation.recovery_model import RecoveryCase, RecoveryShare
from financing.compensation.recovery_rules import RecoveryState, ShareState
from financing.compensation.review_model import CompensationReview
from financing.compensation.review_rules import ReviewState
from financing.compensation.rules import ClaimState, PartState
from financing.conduct.model import ConductCase
from financing.conduct.rules import OPEN, ConductState
from financing.desk import Desk
from financing.letters.model import Guarantee
from financing.loans.change_model import ClassChange, LoanChange, RenewalCall, RenewalChoice
from financing.loans.change_rules import BackState, ClassState, LoanChangeState
from financing.loans.model import Loan
from financing.loans.reversal_model import RepaymentReversal
from financing.needs.model import Need
from financing.office.part import AHEAD, PLANNED, Part, about
from financing.office.rules import Duty
from financing.parameters import figure
from financing.parties import names
from financing.parties.model import Firm
from financing.watch.lent import LIVE
from financing.watch.model import Check, EarlyWarning
from financing.watch.rules import DEAL_WITHIN, CheckState, WarningState

CLAIMS = {Duty.EXAMINE_CLAIM: (ClaimState.EXAMINING, ClaimState.OBJECTED), Duty.PAY_CLAIM: (ClaimState.PAYABLE,)}


def after_the_signature(desk: Desk) -> Iterator[Part]:
    """Claims and recoveries, loans, checks and warnings, the bridge fund, conduct of banks."""
    yield from _of_claims(desk)
    yield from _of_loans(desk)
    yield from _of_watch(desk)
    yield from _of_the_fund(desk)
    yield from _of_conduct(desk)


def _of_conduct(desk: Desk) -> Iterator[Part]:
    """Reports for whoever sits on a seat, by number and day alone: no bank, no practice, no word of what is in them (I-26)."""
    case, none, me = ConductCase, literal(""), desk.actor
    rows: dict[str, Any] = {
        "number": case.number,
        "firm": none,
        "officer": cast(literal(me.id), BigInteger),
        "who": literal(me.name),
    }
    days = {name: figure(f"conduct_{name}_days", desk.today).value for name in ("begin", "answer")}
    new = desk.select(case, case.id).where(case.state == ConductState.RECEIVED).with_only_columns()
    yield Part(Duty.LOOK_INTO, new, case.id, due=case.begin_by, whole=days["begin"], **rows)
    going = desk.select(case, case.id).where(case.state.in_(OPEN - {ConductState.RECEIVED})).with_only_columns()
    yield Part(Duty.ANSWER_REPORT, going, case.id, due=case.answer_by, whole=days["answer"], **rows)


def _of_the_fund(desk: Desk) -> Iterator[Part]:
    """Bridges that wait for the office's signature, by the day the old loan must be repaid, and money to be confirmed."""
    me = desk.actor.id
    asked = desk.select(BridgeUse, BridgeUse.id).join(Firm, Firm.id == BridgeUse.firm_id)
    asked = asked.where(BridgeUse.state == UseState.PROMISED, BridgeUse.office_by.is_(None), BridgeUse.entered_by != me)
    number, last = BridgeUse.number, BridgeUse.matures
    yield Part(
        Duty.SIGN_BRIDGE,
        asked.with_only_columns(),
        BridgeUse.id,
        number=number,
        firm=Firm.name,
        due=last,
        who=BridgeUse.enterer,
    )
    moves = desk.select(BridgeMove, BridgeMove.id)
    moves = moves.where(BridgeMove.state == MoveState.PROPOSED, BridgeMove.proposed_by != me).with_only_columns()
    none = literal("")
    yield Part(Duty.CONFIRM_MOVE, moves, BridgeMove.id, number=none, firm=none, who=BridgeMove.proposer)


def _of_claims(desk: Desk) -> Iterator[Part]:
    """Claims of banks that wait for an officer, with the day by which they are paid, and parts that nobody has asked for."""
    whole = figure("compensation_grace_days", desk.today).value
    for duty, states in CLAIMS.items():
        waits = about(desk, CompensationClaim, CompensationClaim.state.in_(states))
        yield Part(
            duty, waits, CompensationClaim.id, number=CompensationClaim.number, due=CompensationClaim.due_on, whole=whole,
            officer=Need.officer_id,
        )  # fmt: skip
    owed = desk.select(CompensationPart, CompensationPart.id).join(Firm, Firm.id == CompensationPart.firm_id)
    owed = owed.where(CompensationPart.state == PartState.OWED).with_only_columns()
    yield Part(Duty.ASK_PART, owed, CompensationPart.id, number=literal(""), firm=Firm.name, who=literal(""))
    yield from _of_recoveries(desk)
    yield from _of_reviews(desk)


def _of_recoveries(desk: Desk) -> Iterator[Part]:
    """The next step of each recovery, with its owner, and parts of what came in that nobody has paid on."""
    steps = desk.select(RecoveryCase, RecoveryCase.id).join(Firm, Firm.id == RecoveryCase.firm_id)
    yield Part(
        Duty.RECOVER, steps.where(RecoveryCase.state == RecoveryState.OPEN).with_only_columns(), RecoveryCase.id,
        number=RecoveryCase.number, due=RecoveryCase.next_on, whole=PLANNED, officer=RecoveryCase.owner_id,
        firm=Firm.name, who=RecoveryCase.owner,
    )  # fmt: skip
    owed = desk.select(RecoveryShare, RecoveryShare.id).join(Firm, Firm.id == RecoveryShare.firm_id)
    owed = owed.where(RecoveryShare.state == ShareState.OWED).with_only_columns()
    yield Part(Duty.PAY_SHARE, owed, RecoveryShare.id, number=literal(""), firm=Firm.name, who=literal(""))


def _of_reviews(desk: Desk) -> Iterator[Part]:
    """Payments to be looked back upon, and what was decided to be changed by a day."""
    r, whole = CompensationReview, figure("review_days", desk.today).value
    for duty, state, due in (
        (Duty.REVIEW, ReviewState.OPEN, r.due_on),
        (Duty.CHANGE_BY, ReviewState.DECIDED, r.change_by),
    ):
        waits = about(desk, r, r.state == state)
        yield Part(duty, waits, r.id, number=r.number, due=due, whole=whole, officer=Need.officer_id)


def _of_loans(desk: Desk) -> Iterator[Part]:
    """Classes that somebody else has put forward, extensions that wait for the guarantor, and loans that mature soon."""
    put = desk.select(ClassChange, ClassChange.id).where(
        ClassChange.state == ClassState.PROPOSED, ClassChange.proposed_by != desk.actor.id
    )
    whose = names.of_firm(ClassChange.firm_id)
    yield Part(
        Duty.LOAN_CLASS,
        put.with_only_columns(),
        ClassChange.id,
        number=literal(""),
        firm=whose,
        who=ClassChange.proposer,
    )
    asked = desk.select(LoanChange, LoanChange.id).where(LoanChange.state == LoanChangeState.ASKED)
    whose = names.of_firm(LoanChange.firm_id)
    yield Part(
        Duty.LOAN_CONSENT,
        asked.with_only_columns(),
        LoanChange.id,
        number=literal(""),
        firm=whose,
        due=LoanChange.was_until,
        who=LoanChange.recorder,
    )
    yield from _of_repayments(desk)
    last = figure("renewal_last_days", desk.today).value
    chosen = exists().where(RenewalChoice.loan_id == RenewalCall.loan_id, RenewalChoice.matures == RenewalCall.matures)
    near = (
        desk.select(RenewalCall, RenewalCall.id)
        .join(Loan, Loan.id == RenewalCall.loan_id)
        .join(Need, Need.id == Loan.need_id)
    )
    near = near.where(RenewalCall.days == last, RenewalCall.matures >= desk.today, ~chosen).with_only_columns()
    yield Part(Duty.MATURING, near, Loan.id, due=RenewalCall.matures, whole=last, officer=Need.officer_id)


def _of_repayments(desk: Desk) -> Iterator[Part]:
    """Repayments that somebody else asks to take back."""
    wrong = desk.select(RepaymentReversal, RepaymentReversal.id).where(
        RepaymentReversal.state == BackState.ASKED, RepaymentReversal.asked_by != desk.actor.id
    )
    whose = names.of_firm(RepaymentReversal.firm_id)
    yield Part(
        Duty.REPAYMENT_BACK, wrong.with_only_columns(), RepaymentReversal.repayment_id, number=literal(""), firm=whose,
        who=RepaymentReversal.asker,
    )  # fmt: skip


def _of_watch(desk: Desk) -> Iterator[Part]:
    """Checks that are due soon, warnings to be dealt with, and red ones that wait for a second person."""
    soon = desk.calendar.after(desk.today, AHEAD).day
    checks = about(desk, Check, Check.state == CheckState.DUE, Check.due_on <= soon, *LIVE)
    checks = checks.join(Guarantee, Guarantee.id == Check.guarantee_id)
    yield Part(
        Duty.CHECK, checks, Check.id, number=Guarantee.number, due=Check.due_on, whole=AHEAD, officer=Need.officer_id
    )
    found = desk.select(EarlyWarning, EarlyWarning.id).outerjoin(Need, Need.id == EarlyWarning.need_id)
    found = found.outerjoin(Guarantee, Guarantee.id == EarlyWarning.guarantee_id).with_only_columns()
    facts: dict[str, Any] = {
        "number": Guarantee.number,
        "firm": names.of_firm(EarlyWarning.firm_id),
        "due": EarlyWarning.due_on,
    }
    for level, key in DEAL_WITHIN.items():
        open_ones, whole = found.where(EarlyWarning.level == level), figure(key, desk.today).value
        waits = open_ones.where(EarlyWarning.state == WarningState.OPEN)
        yield Part(Duty.WARNING, waits, EarlyWarning.id, **facts, whole=whole, officer=Need.officer_id)
    others = found.where(EarlyWarning.state == WarningState.CLOSING, EarlyWarning.proposed_by != desk.actor.id)
    yield Part(Duty.CONFIRM_CLOSING, others, EarlyWarning.id, **facts, who=EarlyWarning.proposer)
