"""I-16: every state, every act and every kind of person at the guarantee desk; only what stands in a table kept by hand happens."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from financing.access import Role
from financing.acts import Act
from financing.bridge.rules import BAN_FLOW, MOVE_FLOW, BanState, MoveState, UseState
from financing.bridge.rules import FLOW as BRIDGE_FLOW
from financing.bulletins.rules import FLOW as BULLETIN_FLOW
from financing.bulletins.rules import BulletinState
from financing.cadence.rules import FLOW as DISPATCH_FLOW
from financing.cadence.rules import DispatchState
from financing.compensation.recovery_rules import RECOVERY_FLOW, SHARE_FLOW, RecoveryState, ShareState
from financing.compensation.review_rules import REVIEW_FLOW, ReviewState
from financing.compensation.rules import (
    DECISION_FLOW,
    PART_FLOW,
    STOP_FLOW,
    ClaimState,
    DecisionState,
    PartState,
    StopState,
)
from financing.compensation.rules import FLOW as CLAIM_FLOW
from financing.desk import Desk
from financing.emergencies.rules import FLOW as EMERGENCY_FLOW
from financing.emergencies.rules import EmergencyState
from financing.events.rules import EVENT_FLOW, PLACE_FLOW, EventState, PlaceState
from financing.guarantees.change_rules import CHANGE_FLOW, ChangeState
from financing.guarantees.delegation_rules import DELEGATION_FLOW, DelegationState
from financing.guarantees.rules import CONDITION_FLOW, FLOW, MEETING_FLOW, CaseState, ConditionState, MeetingState
from financing.helping.appointment_rules import APPOINTMENT_FLOW, AppointmentState
from financing.helping.rules import GOAL_FLOW, PLAN_FLOW, REQUEST_FLOW, GoalState, PlanState, RequestState
from financing.incidents.rules import FLOW as INCIDENT_FLOW
from financing.incidents.rules import IncidentState
from financing.inspections.rules import FLOW as INSPECTION_FLOW
from financing.inspections.rules import WORD_FLOW, InspectionState, WordState
from financing.letters.rules import FLOW as LETTER_FLOW
from financing.letters.rules import PROPOSAL_FLOW, GuaranteeState, ProposalState
from financing.loans.change_rules import BACK_FLOW, BackState, ClassState, LoanChangeState
from financing.loans.change_rules import CHANGE_FLOW as LOAN_CHANGE_FLOW
from financing.loans.change_rules import CLASS_FLOW as LOAN_CLASS_FLOW
from financing.personal.rules import ERASURE_FLOW, OBJECTION_FLOW, ErasureState, ObjectionState
from financing.policies.rules import CLAIM_FLOW as SUBSIDY_FLOW
from financing.policies.rules import (
    CLAUSE_FLOW,
    POLICY_FLOW,
    QUESTION_FLOW,
    ClauseState,
    PolicyState,
    QuestionState,
)
from financing.policies.rules import ClaimState as SubsidyState
from financing.refusals import NotAllowed, WrongState
from financing.reserves.rules import POSTING_FLOW, PostingState
from financing.watch.rules import CHECK_FLOW, WARNING_FLOW, CheckState, WarningState
from tests.financing.test_access import LETTERS, MATRIX, OWN, actor
from tests.makers import NOW

#: What leads where, as the committee's rules of procedure say it; never taken from the product's own tables.
CASE = {
    ("in_review", "case.table"): "on_agenda",
    ("deferred", "case.table"): "on_agenda",
    ("on_agenda", "case.recuse"): "on_agenda",
    ("on_agenda", "case.derive_tie"): "on_agenda",
    ("on_agenda", "case.set_aside"): "on_agenda",
    ("on_agenda", "case.jump"): "on_agenda",
    ("in_review", "case.delegate"): "in_review",
    ("in_review", "case.decide_small"): "delegated",
    ("delegated", "case.call_in"): "in_review",
    ("delegated", "case.take_effect"): "approved",
    ("on_agenda", "case.vote"): "on_agenda",
    ("on_agenda", "case.discuss"): "on_agenda",
    ("on_agenda", "case.approve"): "approved",
    ("on_agenda", "case.condition"): "conditional",
    ("on_agenda", "case.reject"): "rejected",
    ("on_agenda", "case.defer"): "deferred",
    **{
        (state, act): "in_review"
        for act in ("need.assess", "firm.record", "firm.edit", "paper.add")
        for state in ("on_agenda", "delegated")
    },
    **{
        (state, act): "dropped"
        for act in ("need.withdraw", "need.close")
        for state in ("in_review", "on_agenda", "deferred", "delegated", "approved", "conditional")
    },
}
MEETING = {("called", "meeting.open"): "open", ("open", "meeting.close"): "closed"}
CHECK = {("due", "check.visit"): "done", ("due", "check.end"): "ended"}
WARNING = {
    ("open", "warning.close"): "closed",
    ("open", "warning.ask"): "closing",
    ("closing", "warning.confirm"): "closed",
    ("closing", "warning.return"): "open",
}
CONDITION = {
    ("owed", "condition.show"): "shown",
    ("shown", "condition.show"): "shown",
    ("shown", "condition.accept"): "met",
    ("shown", "condition.turn_down"): "owed",
}
CHANGE = {("proposed", "terms.adopt"): "adopted", ("proposed", "terms.turn_down"): "turned_down"}
LETTER = {
    ("prepared", "letter.issue"): "in_force",
    ("prepared", "letter.drop"): "dropped",
    ("in_force", "letter.repay"): "in_force",
    ("compensated", "letter.repay"): "compensated",
    ("in_force", "loan.repay"): "in_force",
    ("compensated", "loan.repay"): "compensated",
    ("in_force", "repayment.take_back"): "in_force",
    ("compensated", "repayment.take_back"): "compensated",
    ("in_force", "loan.agree_extension"): "in_force",
    ("compensated", "loan.agree_extension"): "compensated",
    ("in_force", "letter.release"): "released",
    ("compensated", "letter.release"): "released",
    ("in_force", "letter.compensate"): "compensated",
    ("compensated", "letter.compensate"): "compensated",
    **{(state, act): state for state in ("compensated", "released") for act in ("letter.recover", "letter.write_off")},
    **{(state, "entry.propose"): state for state in ("in_force", "compensated", "released")},
}
ENTRY = {("proposed", "entry.confirm"): "confirmed", ("proposed", "entry.turn_down"): "turned_down"}
DELEGATION = {
    ("proposed", "case.decide_small"): "decided",
    ("proposed", "case.refer"): "referred",
    ("decided", "case.call_in"): "called_in",
    ("decided", "case.take_effect"): "in_force",
    **{("decided", act): "void" for act in ("need.assess", "firm.record", "firm.edit", "paper.add")},  # a changed file
    **{(state, act): "void" for act in ("need.withdraw", "need.close") for state in ("proposed", "decided")},
}
LOAN_CHANGE = {
    ("asked", "loan.propose_consent"): "proposed",
    ("asked", "loan.refuse_extension"): "refused",
    ("proposed", "loan.agree_extension"): "agreed",
    ("proposed", "loan.refuse_extension"): "refused",
}
RESERVES = {("proposed", "reserves.confirm"): "confirmed", ("proposed", "reserves.turn_down"): "turned_down"}
REPAYMENT_BACK = {("asked", "repayment.take_back"): "taken_back", ("asked", "repayment.keep"): "kept"}
LOAN_CLASS = {("proposed", "loan_class.confirm"): "confirmed", ("proposed", "loan_class.turn_down"): "turned_down"}
COMPENSATION = {
    ("examining", "compensation.halt"): "waiting",
    ("waiting", "compensation.resume"): "examining",
    **{(state, "compensation.withdraw"): "withdrawn" for state in ("examining", "waiting", "payable")},
    ("examining", "compensation.propose"): "proposed",
    ("proposed", "compensation.return"): "examining",
    ("proposed", "compensation.grant"): "payable",
    ("proposed", "compensation.reduce"): "reduced",
    ("proposed", "compensation.refuse"): "denied",
    **{("reduced", act): "payable" for act in ("compensation.accept", "compensation.lapse")},
    **{("denied", act): "refused" for act in ("compensation.accept", "compensation.lapse")},
    **{(state, "compensation.object"): "objected" for state in ("reduced", "denied")},
    ("objected", "compensation.propose"): "final",
    ("final", "compensation.return"): "objected",
    ("final", "compensation.grant"): "payable",
    ("final", "compensation.reduce"): "payable",
    ("final", "compensation.refuse"): "refused",
    ("payable", "compensation.pay"): "paying",
    ("paying", "entry.turn_down"): "payable",
    ("paying", "letter.compensate"): "paid",
}
COMPENSATION_DECISION = {
    ("proposed", "compensation.return"): "returned",
    **{("proposed", f"compensation.{act}"): "decided" for act in ("grant", "reduce", "refuse")},
}
PART = {("owed", "part.ask"): "asked", ("asked", "part.receive"): "received"}
BANK_STOP = {
    ("standing", "breaker.ask"): "asked",
    ("asked", "breaker.keep"): "standing",
    ("asked", "breaker.lift"): "lifted",
}
RECOVERY = {
    ("open", "recovery.record"): "open",
    ("open", "recovery.take"): "open",
    ("open", "recovery.close"): "closed",
}
REVIEW = {
    ("open", "review.propose"): "proposed",
    ("proposed", "review.return"): "open",
    ("proposed", "review.change_nothing"): "done",
    ("proposed", "review.change"): "decided",
    ("decided", "review.finish"): "done",
}
SHARE = {("owed", "share.order"): "ordered", ("ordered", "share.pay"): "paid", ("ordered", "share.return"): "owed"}
BRIDGE = {
    ("applied", "bridge.promise"): "promised",
    **{(state, "bridge.take_back"): "applied" for state in ("promised", "approved")},
    **{(state, "bridge.deposit"): state for state in ("promised", "approved")},
    ("promised", "bridge.sign"): "promised",
    ("promised", "bridge.approve"): "approved",
    **{(state, "bridge.refuse"): "refused" for state in ("applied", "promised")},
    **{(state, "bridge.withdraw"): "withdrawn" for state in ("applied", "promised", "approved")},
    ("approved", "bridge.release"): "out",
    **{(state, act): state for state in ("out", "returned") for act in ("bridge.renewed", "bridge.breach")},
    **{
        ("out", act): "out"
        for act in ("bridge.report_return", "bridge.return_part", "bridge.propose_loss", "bridge.alert")
    },
    ("out", "bridge.return"): "returned",
    ("returned", "bridge.report_fee"): "returned",
    ("returned", "bridge.settle"): "closed",
    ("out", "bridge.lose"): "lost",
    **{("lost", act): "lost" for act in ("bridge.propose_recovery", "bridge.recover")},
}
BRIDGE_MOVE = {("proposed", "bridge.confirm_move"): "confirmed", ("proposed", "bridge.turn_down_move"): "turned_down"}
BRIDGE_BAN = {
    ("suspended", "bridge.ask_lift"): "lift_asked",
    ("lift_asked", "bridge.lift"): "lifted",
    ("lift_asked", "bridge.keep"): "suspended",
}
INSPECTION = {
    ("asked", "inspection.approve"): "booked",
    ("asked", "inspection.refuse"): "refused",
    **{(state, "inspection.join"): state for state in ("asked", "booked")},
    **{(state, "inspection.cancel"): "cancelled" for state in ("asked", "booked")},
    ("booked", "inspection.record"): "done",
}
WORD = {("said", "unannounced.answer"): "answered"}
EVENT = {("open", "event.move"): "open", ("open", "event.hold"): "held", ("open", "event.cancel"): "cancelled"}
EVENT_PLACE = {
    ("waiting", "event.move_up"): "placed",
    **{(state, "event.leave"): "left" for state in ("placed", "waiting")},
    **{(state, "event.came"): "came" for state in ("placed", "missed")},
    **{(state, "event.missed"): "missed" for state in ("placed", "came")},
    ("placed", "event.hold"): "missed",
    ("waiting", "event.hold"): "lapsed",
    **{(state, "event.cancel"): "lapsed" for state in ("placed", "waiting")},
    ("came", "event.rate"): "came",
}
DISPATCH = {
    ("convened", "dispatch.decide"): "convened",
    ("convened", "dispatch.minute"): "minuted",
    ("convened", "dispatch.join"): "joined",
    ("minuted", "dispatch.close"): "closed",
    ("minuted", "dispatch.return"): "convened",
}
INCIDENT = {
    **{("open", f"incident.{act}"): "open" for act in ("edit", "draw", "leave_out", "report")},
    ("open", "incident.tell"): "told",
    ("told", "incident.draw"): "open",
    ("told", "incident.report"): "told",
    ("open", "incident.close"): "closed",
    ("told", "incident.close"): "closed",
}
EMERGENCY = {
    ("asked", "emergency.open"): "open",
    ("asked", "emergency.turn_down"): "turned_down",
    ("asked", "emergency.withdraw"): "withdrawn",
    ("open", "emergency.end"): "ended",
}
BULLETIN = {
    ("draft", "bulletin.edit"): "draft",
    ("draft", "bulletin.propose"): "proposed",
    ("draft", "bulletin.drop"): "dropped",
    ("proposed", "bulletin.publish"): "published",
    ("proposed", "bulletin.return"): "draft",
}
TURN = ("raised", "signed", "answered", "reopened", "final")
REQUEST = {
    ("raised", "request.sign"): "signed",
    ("signed", "request.answer"): "answered",
    ("answered", "request.close"): "closed",
    ("answered", "request.reopen"): "reopened",
    ("reopened", "request.answer"): "final",
    ("final", "request.close"): "closed",
    **{(state, "request.withdraw"): "withdrawn" for state in ("raised", "signed")},
    **{(state, "request.add"): state for state in TURN},
}
PLAN = {("planned", "pairing.visit"): "kept", ("planned", "visit.drop"): "dropped"}
GOAL = {("open", "goal.note"): "open", ("open", "goal.reach"): "reached", ("open", "goal.drop"): "dropped"}
APPOINTMENT = {
    ("asked", "appointment.accept"): "accepted",
    ("asked", "appointment.refer"): "referred",
    **{(state, "appointment.cancel"): "cancelled" for state in ("asked", "accepted")},
    **{(state, "appointment.shift"): "accepted" for state in ("asked", "accepted")},
    ("accepted", "appointment.hold"): "held",
    ("accepted", "appointment.miss_firm"): "firm_missed",
    ("accepted", "appointment.miss_leader"): "leader_missed",
    ("held", "task.set"): "held",
}
POLICY = {
    ("draft", "policy.propose"): "proposed",
    ("proposed", "policy.adopt"): "in_force",
    ("proposed", "policy.turn_down"): "draft",
    ("in_force", "policy.repeal"): "repealed",
    ("in_force", "policy.expire"): "expired",
}
CLAUSE = {
    ("draft", "policy.adopt"): "in_force",
    ("draft", "policy.propose_clause"): "proposed",
    ("proposed", "policy.adopt_clause"): "in_force",
    ("proposed", "policy.turn_down_clause"): "draft",
    ("in_force", "policy.adopt_clause"): "replaced",
}
CLAIM = {
    ("notified", "policy.apply"): "applied",
    **{(state, "policy.withdraw"): "withdrawn" for state in ("notified", "applied")},
    **{(state, "policy.review"): "reviewed" for state in ("notified", "applied")},
    **{(state, "policy.refuse"): "refused" for state in ("applied", "reviewed", "publicised")},
    ("reviewed", "policy.publicise"): "publicised",
    ("publicised", "policy.ask_payment"): "paying",
    ("paying", "policy.pay"): "paid",
    ("paying", "policy.return_payment"): "publicised",
}
#: What is done with another thing and only has its consequence here: nobody takes it of this one, whatever their role.
FOLLOWS = {
    "case": {
        *("need.assess", "firm.record", "firm.edit", "paper.add", "need.withdraw", "need.close"),
        *("case.decide_small", "case.call_in", "case.take_effect"),
    },
    "delegation": {"need.assess", "firm.record", "firm.edit", "paper.add", "need.withdraw", "need.close"},
    "letter": {"loan.agree_extension"},
    "compensation": {
        *("compensation.return", "compensation.grant", "compensation.reduce", "compensation.refuse"),
        *("entry.turn_down", "letter.compensate"),
    },
    "event place": {"event.hold", "event.cancel"},
    "visit plan": {"pairing.visit"},
    "policy clause": {"policy.adopt"},
}
#: The edition in force only follows when the next one is adopted.
FOLLOWS_HERE = {("policy clause", "in_force", "policy.adopt_clause")}
FLOWS = {
    "objection": (
        OBJECTION_FLOW,
        ObjectionState,
        {
            ("open", "objection.uphold"): "upheld",
            ("open", "objection.refuse"): "refused",
            ("open", "objection.withdraw"): "withdrawn",
        },
    ),
    "erasure": (
        ERASURE_FLOW,
        ErasureState,
        {
            ("asked", "erasure.carry_out"): "erased",
            ("asked", "erasure.hold"): "held",
            ("asked", "erasure.withdraw"): "withdrawn",
        },
    ),
    "inspection": (INSPECTION_FLOW, InspectionState, INSPECTION),
    "unannounced word": (WORD_FLOW, WordState, WORD),
    "request": (REQUEST_FLOW, RequestState, REQUEST),
    "visit plan": (PLAN_FLOW, PlanState, PLAN),
    "goal": (GOAL_FLOW, GoalState, GOAL),
    "appointment": (APPOINTMENT_FLOW, AppointmentState, APPOINTMENT),
    "event": (EVENT_FLOW, EventState, EVENT),
    "event place": (PLACE_FLOW, PlaceState, EVENT_PLACE),
    "dispatch": (DISPATCH_FLOW, DispatchState, DISPATCH),
    "bulletin": (BULLETIN_FLOW, BulletinState, BULLETIN),
    "emergency": (EMERGENCY_FLOW, EmergencyState, EMERGENCY),
    "incident": (INCIDENT_FLOW, IncidentState, INCIDENT),
    "policy": (POLICY_FLOW, PolicyState, POLICY),
    "policy clause": (CLAUSE_FLOW, ClauseState, CLAUSE),
    "policy claim": (SUBSIDY_FLOW, SubsidyState, CLAIM),
    "policy question": (QUESTION_FLOW, QuestionState, {("asked", "policy.answer"): "published"}),
    "recovery": (RECOVERY_FLOW, RecoveryState, RECOVERY),
    "compensation_review": (REVIEW_FLOW, ReviewState, REVIEW),
    "recovery_share": (SHARE_FLOW, ShareState, SHARE),
    "compensation": (CLAIM_FLOW, ClaimState, COMPENSATION),
    "compensation_decision": (DECISION_FLOW, DecisionState, COMPENSATION_DECISION),
    "compensation_part": (PART_FLOW, PartState, PART),
    "bank_stop": (STOP_FLOW, StopState, BANK_STOP),
    "bridge": (BRIDGE_FLOW, UseState, BRIDGE),
    "bridge move": (MOVE_FLOW, MoveState, BRIDGE_MOVE),
    "bridge ban": (BAN_FLOW, BanState, BRIDGE_BAN),
    "case": (FLOW, CaseState, CASE),
    "meeting": (MEETING_FLOW, MeetingState, MEETING),
    "check": (CHECK_FLOW, CheckState, CHECK),
    "warning": (WARNING_FLOW, WarningState, WARNING),
    "condition": (CONDITION_FLOW, ConditionState, CONDITION),
    "delegation": (DELEGATION_FLOW, DelegationState, DELEGATION),
    "change": (CHANGE_FLOW, ChangeState, CHANGE),
    "letter": (LETTER_FLOW, GuaranteeState, LETTER),
    "entry": (PROPOSAL_FLOW, ProposalState, ENTRY),
    "loan change": (LOAN_CHANGE_FLOW, LoanChangeState, LOAN_CHANGE),
    "reserves": (POSTING_FLOW, PostingState, RESERVES),
    "repayment taken back": (BACK_FLOW, BackState, REPAYMENT_BACK),
    "loan class": (LOAN_CLASS_FLOW, ClassState, LOAN_CLASS),
}


class Nowhere:
    """A session on no database, whose clock nobody watches."""

    def get_bind(self):
        return self


NOWHERE = Nowhere()


def outcome(flow, state, act, letter):
    """The state the matter is in afterwards, or the code of the refusal; nothing is written beside a refusal."""
    matter = SimpleNamespace(**vars(OWN), id=1, flow=flow, state=state)
    desk = Desk(NOWHERE, actor(letter, firm_id=1, bank_id=1), NOW)
    try:
        desk.take(act, matter)
    except (NotAllowed, WrongState) as refusal:
        assert (matter.state, desk.lines) == (state, [])
        return refusal.code
    assert [line.act for line in desk.lines] == [act]
    return matter.state.value


@pytest.mark.parametrize("name", FLOWS)
def test_I16_of_all_states_acts_and_roles_exactly_the_listed_steps_are_taken(name):
    flow, states, listed = FLOWS[name]
    follows = {step for step in listed if step[1] in FOLLOWS.get(name, ()) or (name, *step) in FOLLOWS_HERE}
    assert {(state.value, act.value): then.value for (state, act), then in flow.moves.items()} == listed
    assert {(state.value, act.value) for state, act in flow.follows} == follows
    taken = {step: then for step, then in listed.items() if step not in follows}
    wrong = [
        (state.value, act.value, role.value, found)
        for state in states
        for act in Act
        for letter, role in LETTERS.items()
        if (found := outcome(flow, state, act, letter))
        != (taken.get((state.value, act.value), "wrong_state") if letter in MATRIX[act.value][0] else "not_allowed")
    ]
    assert wrong == []


@pytest.mark.parametrize("name", FLOWS)
def test_I16_every_listed_step_can_be_taken_by_somebody(name):
    by_itself = {
        "case.take_effect",
        "case.derive_tie",
        "compensation.lapse",
        "check.end",
        "bridge.alert",
        "policy.expire",
        "emergency.withdraw",
    }  # by the calendar alone, by what is declared or registered, and by whoever asked (tests/financing/test_emergencies)
    steps = [step for step in FLOWS[name][2] if step[1] not in by_itself]
    assert [step for step in steps if not set(MATRIX[step[1]][0]) - {"Y"}] == []
    assert {Role(role) for role in LETTERS.values()} == set(Role)
