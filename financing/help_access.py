"""Who may do what in helping firms (帮扶): policies, helpers, cadence, bulletins, events, inspections, charges."""

from __future__ import annotations

from collections.abc import Mapping

from financing.acts import Act
from financing.roles import (
    EVERYONE,
    FIRM,
    Role,
    Who,
    anyone,
    its_holder,
    leader,
    not_its_proposer,
    officer,
    own_firm,
    role,
    signatory,
    signed_in,
    system,
)

firms = role("any firm", *FIRM)
#: Whoever works for the zone.
zones = officer | leader
its_owner = Who(
    "who has it to do", frozenset({Role.OFFICER, Role.LEADER}), lambda a, s: a.id == getattr(s, "owner_id", None)
)
not_its_owner = Who("another person than who has it to do", EVERYONE, lambda a, s: a.id != getattr(s, "owner_id", None))

not_its_asker = Who("not the one who asked for it", EVERYONE, lambda a, s: a.id != s.asked_by)

#: Policies: clauses, matches, what was applied for and paid.
POLICIES: Mapping[Act, Who] = {
    **dict.fromkeys(
        (Act.ENTER_POLICY, Act.EDIT_POLICY, Act.WRITE_CLAUSE, Act.PROPOSE_POLICY, Act.PROPOSE_CLAUSE), officer
    ),
    **dict.fromkeys((Act.ADOPT_POLICY, Act.TURN_DOWN_POLICY), officer & not_its_proposer),
    **dict.fromkeys((Act.ADOPT_CLAUSE, Act.TURN_DOWN_CLAUSE), officer & not_its_proposer),
    **dict.fromkeys((Act.REPEAL_POLICY, Act.ANSWER_POLICY, Act.NOTIFY_CLAIM, Act.PRINT_POCKET_BOOK), officer),
    **dict.fromkeys((Act.EXPIRE_POLICY, Act.TELL_WINDOW, Act.ESCALATE_POLICY), system),
    **dict.fromkeys((Act.STATE_POLICY_FACTS, Act.ASK_POLICY), own_firm),
    **dict.fromkeys((Act.APPLY_CLAIM, Act.WITHDRAW_CLAIM), own_firm & signatory),
    **dict.fromkeys((Act.REVIEW_CLAIM, Act.REFUSE_CLAIM, Act.PUBLICISE_CLAIM, Act.ASK_PAYMENT), officer),
    **dict.fromkeys((Act.PAY_CLAIM, Act.RETURN_PAYMENT), officer & not_its_asker),
}

#: Helpers: assignments, plans, surveys, requests, appointments, tasks.
HELPING: Mapping[Act, Who] = {
    Act.SET_TASK: zones,
    Act.PROVE_TASK: zones & its_owner,
    **dict.fromkeys((Act.ACCEPT_TASK, Act.RETURN_TASK), zones & not_its_owner),
    Act.DROP_TASK: zones,
    Act.ESCALATE_TASK: system,
    Act.SET_HELPER: leader | (officer & its_holder),
    **dict.fromkeys((Act.PAIR_FIRM, Act.PLAN_HELP_VISIT, Act.DROP_HELP_VISIT, Act.RECORD_HELP_VISIT), zones),
    **dict.fromkeys((Act.SET_GOAL, Act.NOTE_GOAL, Act.REACH_GOAL, Act.DROP_GOAL), zones),
    Act.ADD_HELP_WORD: own_firm | zones,
    **dict.fromkeys((Act.SIGN_REQUEST, Act.ANSWER_REQUEST), zones),
    **dict.fromkeys((Act.RAISE_REQUEST, Act.REOPEN_REQUEST, Act.CLOSE_REQUEST, Act.WITHDRAW_REQUEST), own_firm),
    **dict.fromkeys((Act.ESCALATE_REQUEST, Act.REMIND_REQUEST), system),
    **dict.fromkeys((Act.PUBLISH_SLOT, Act.WITHDRAW_SLOT), zones),
    Act.BOOK_SLOT: own_firm,
    **dict.fromkeys((Act.ACCEPT_APPOINTMENT, Act.REFER_APPOINTMENT, Act.SHIFT_APPOINTMENT), zones),
    Act.CANCEL_APPOINTMENT: own_firm | zones,
    **dict.fromkeys((Act.HOLD_APPOINTMENT, Act.MISS_BY_FIRM, Act.MISS_BY_LEADER), zones),
    Act.ESCALATE_APPOINTMENT: system,
    Act.OPEN_YEARLY: officer | system,
    Act.REMIND_YEARLY: system,
    Act.ANSWER_YEARLY: own_firm | officer,
}

#: Cadence: dispatch meetings, bulletins and who takes them.
CADENCE: Mapping[Act, Who] = {
    Act.CONVENE_DISPATCH: system,
    **dict.fromkeys((Act.DECIDE_ITEM, Act.MINUTE_DISPATCH, Act.JOIN_DISPATCH), zones),
    **dict.fromkeys((Act.CLOSE_DISPATCH, Act.RETURN_DISPATCH), zones & not_its_proposer),
    Act.DRAFT_BULLETIN: officer | system,
    **dict.fromkeys((Act.EDIT_BULLETIN, Act.PROPOSE_BULLETIN, Act.DROP_BULLETIN), officer),
    **dict.fromkeys((Act.PUBLISH_BULLETIN, Act.RETURN_BULLETIN), zones & not_its_proposer),
    Act.SEND_BULLETIN: system,
    Act.SUBSCRIBE: signed_in,
    Act.STOP_BULLETINS: anyone,
}

#: Events, inspections and visits, charges.
EVENTS: Mapping[Act, Who] = {
    **dict.fromkeys((Act.PLAN_EVENT, Act.MOVE_EVENT, Act.CANCEL_EVENT, Act.HOLD_EVENT), officer),
    **dict.fromkeys((Act.TICK_CAME, Act.TICK_MISSED), officer),
    **dict.fromkeys((Act.SIGN_UP, Act.LEAVE_EVENT, Act.RATE_EVENT), own_firm),
    **dict.fromkeys((Act.BOOK_INSPECTION, Act.JOIN_INSPECTION, Act.CANCEL_INSPECTION, Act.RECORD_INSPECTION), officer),
    **dict.fromkeys((Act.APPROVE_INSPECTION, Act.REFUSE_INSPECTION), leader),
    Act.SAY_UNANNOUNCED: own_firm,
    Act.ANSWER_UNANNOUNCED: officer | leader,
    **dict.fromkeys((Act.LIST_CHARGE, Act.END_CHARGE), officer),
    Act.MOVE_UP: firms,  # what one firm's leaving brings about for the next
}

HELP: Mapping[Act, Who] = {**POLICIES, **HELPING, **CADENCE, **EVENTS}
