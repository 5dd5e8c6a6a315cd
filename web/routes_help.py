"""Routes of helping firms (帮扶), and who may call them."""

from __future__ import annotations

from financing.acts import Act
from web.doors import AUDITOR, EVERYONE, FIRM, LEADER, OFFICER, SIGNATORY, SIGNED_IN, Roles, acts

POLICIES: dict[str, Roles] = {
    **dict.fromkeys(("policies", "policy.show", "policies.publicity"), EVERYONE),
    "policies.mine": FIRM,
    "claim.form": SIGNATORY,
    **dict.fromkeys(
        ("policies.ledger", "policies.workbook", "policies.claims", "clause.show"), OFFICER | LEADER | AUDITOR
    ),
    "policy.claim": FIRM | OFFICER | LEADER | AUDITOR,
    **dict.fromkeys(
        ("policies.examples", "policy.take", "policy.form", "policy.edit.form", "clause.form", "policies.questions"),
        OFFICER,
    ),
    **acts(
        Act.ENTER_POLICY, Act.EDIT_POLICY, Act.WRITE_CLAUSE, Act.PROPOSE_POLICY, Act.ADOPT_POLICY, Act.TURN_DOWN_POLICY
    ),
    **acts(Act.REPEAL_POLICY, Act.PROPOSE_CLAUSE, Act.ADOPT_CLAUSE, Act.TURN_DOWN_CLAUSE, Act.STATE_POLICY_FACTS),
    **acts(
        Act.NOTIFY_CLAIM, Act.APPLY_CLAIM, Act.WITHDRAW_CLAIM, Act.REVIEW_CLAIM, Act.REFUSE_CLAIM, Act.PUBLICISE_CLAIM
    ),
    **acts(
        Act.ASK_PAYMENT, Act.PAY_CLAIM, Act.RETURN_PAYMENT, Act.ASK_POLICY, Act.ANSWER_POLICY, Act.PRINT_POCKET_BOOK
    ),
}

HELPING: dict[str, Roles] = {
    **dict.fromkeys(("tasks", "task.show"), FIRM | OFFICER | LEADER | AUDITOR),
    **acts(Act.SET_TASK, Act.PROVE_TASK, Act.ACCEPT_TASK, Act.RETURN_TASK, Act.DROP_TASK),
    "helping.mine": FIRM,
    **dict.fromkeys(("helping", "helping.firm", "helpers", "requests", "yearly"), OFFICER | LEADER | AUDITOR),
    **dict.fromkeys(("helping.scores", "helping.score"), OFFICER | LEADER | AUDITOR),
    "helper.form": OFFICER | LEADER,
    "request.form": FIRM,
    **dict.fromkeys(
        ("goal.show", "request.show", "appointments", "appointment.show"), FIRM | OFFICER | LEADER | AUDITOR
    ),
    "yearly.form": FIRM | OFFICER,
    **acts(
        Act.SET_HELPER,
        Act.PAIR_FIRM,
        Act.PLAN_HELP_VISIT,
        Act.DROP_HELP_VISIT,
        Act.RECORD_HELP_VISIT,
        Act.SET_GOAL,
        Act.NOTE_GOAL,
        Act.REACH_GOAL,
        Act.DROP_GOAL,
    ),
    **acts(
        Act.RAISE_REQUEST,
        Act.SIGN_REQUEST,
        Act.ANSWER_REQUEST,
        Act.REOPEN_REQUEST,
        Act.CLOSE_REQUEST,
        Act.WITHDRAW_REQUEST,
    ),
    **acts(Act.ADD_HELP_WORD, Act.PUBLISH_SLOT, Act.WITHDRAW_SLOT, Act.BOOK_SLOT, Act.ACCEPT_APPOINTMENT),
    **acts(Act.REFER_APPOINTMENT, Act.SHIFT_APPOINTMENT, Act.CANCEL_APPOINTMENT, Act.HOLD_APPOINTMENT),
    **acts(Act.MISS_BY_FIRM, Act.MISS_BY_LEADER, Act.ANSWER_YEARLY),
    Act.OPEN_YEARLY: OFFICER,
}

CADENCE: dict[str, Roles] = {
    **dict.fromkeys(
        ("dispatches", "dispatch.show", "dispatch.screen", "dispatch.paper", "dispatch.sheet"),
        OFFICER | LEADER | AUDITOR,
    ),
    **dict.fromkeys(("bulletins", "bulletin.show", "bulletin.paper", "subscription.stop.form"), EVERYONE),
    "subscription": SIGNED_IN,
    "bulletin.form": OFFICER,
    "bulletin.deliveries": OFFICER | AUDITOR,
    Act.DRAFT_BULLETIN: OFFICER,
    **acts(Act.EDIT_BULLETIN, Act.PROPOSE_BULLETIN, Act.PUBLISH_BULLETIN, Act.RETURN_BULLETIN, Act.DROP_BULLETIN),
    Act.SUBSCRIBE: SIGNED_IN,
    Act.STOP_BULLETINS: EVERYONE,
    **acts(Act.DECIDE_ITEM, Act.MINUTE_DISPATCH, Act.CLOSE_DISPATCH, Act.RETURN_DISPATCH, Act.JOIN_DISPATCH),
}

EVENTS: dict[str, Roles] = {
    **dict.fromkeys(("events", "event.show", "event.calendar"), EVERYONE),
    "event.figures": OFFICER | LEADER | AUDITOR,
    "event.places": OFFICER | AUDITOR,
    **dict.fromkeys(("event.form", "event.move.form"), OFFICER),
    **dict.fromkeys(("inspections", "inspection.show", "unannounced"), FIRM | OFFICER | LEADER | AUDITOR),
    "inspection.figures": OFFICER | LEADER | AUDITOR,
    "inspection.form": OFFICER,
    **acts(
        Act.BOOK_INSPECTION, Act.JOIN_INSPECTION, Act.APPROVE_INSPECTION, Act.REFUSE_INSPECTION, Act.CANCEL_INSPECTION
    ),
    **acts(Act.RECORD_INSPECTION, Act.SAY_UNANNOUNCED, Act.ANSWER_UNANNOUNCED, Act.LIST_CHARGE, Act.END_CHARGE),
    **dict.fromkeys(("charges", "charge.show"), EVERYONE),
    "charge.form": OFFICER,
    **acts(Act.PLAN_EVENT, Act.MOVE_EVENT, Act.CANCEL_EVENT, Act.SIGN_UP, Act.LEAVE_EVENT),
    **acts(Act.TICK_CAME, Act.TICK_MISSED, Act.HOLD_EVENT, Act.RATE_EVENT),
}

HELP: dict[str, Roles] = {**POLICIES, **HELPING, **CADENCE, **EVENTS}
