"""Where a notice leads (通知指向): the page of what it is about, by its act or the first word of it."""

from __future__ import annotations

from financing.access import FIRM, Actor
from financing.acts import Act
from web.routes import ROUTES

#: Words of acts whose notices are about a need.
NEEDS = (
    "need", "match", "consent", "dossier", "offer", "claim", "life", "behalf", "drawdown", "reversal", "step", "case", "promise",
)  # fmt: skip
#: The page by the act, or by its first word; what has none leads to where one begins.
LEADS: dict[str, str] = {
    **dict.fromkeys(NEEDS, "need.show"),
    "meeting": "meeting.show",
    "session": "session.show",
    "commitment": "commitments",
    "firm": "firm.show",
    "card": "laboratory",
    "terms": "terms.show",
    "agreement": "agreement.show",
    "survey": "survey.show",
    "condition": "case.conditions",
    **dict.fromkeys(("letter", "entry"), "guarantee.show"),
    Act.WRITE_LETTER: "letters",
    **dict.fromkeys(("loan", "repayment", "renewal"), "loan.show"),
    **dict.fromkeys((Act.DECIDE_SMALL, Act.REFER_CASE, Act.CALL_IN), "delegation.show"),
    Act.REPORT_CASE: "case.show",
    "interest": "interests.mine",
    Act.DERIVE_TIE: "meeting.show",  # the case itself is closed to who is tied
    "compensation": "compensation.show",
    "recovery": "recovery.show",
    "review": "review.show",
    "reserves": "reserves",
    "breaker": "breakers",
    "return": "return.show",
    "alarm": "register",
    "bridge": "bridge.show",
    **dict.fromkeys((Act.PROPOSE_MOVE, Act.ASK_RENEWAL), "bridge"),
    "item": "matches",
    **dict.fromkeys((Act.HALT_STEP, Act.RESUME_STEP, Act.EXPLAIN_STEP, Act.RECOUNT_STEP, "extension"), "need.clock"),
    **dict.fromkeys((Act.REJECT_PAPER, Act.REMIND_PAPER), "papers.of"),
    "contest": "contest.show",
    "conduct": "conduct.show",
    Act.ASK_BANK: "conduct.letter",
    Act.ASK_CHECK: "payout.show",
    "handler": "handlers",
    "release": "releases",
    Act.RELEASE_OFFER: "releases",
    "setting": "settings",
    "calendar": "calendar",
    "check": "check.show",
    "warning": "warning.show",
    **dict.fromkeys(("handover", "deputy"), "handovers"),
    Act.TAKE_CASES: "need.show",
    **dict.fromkeys(("calls", "rating"), "calls"),
    "event": "event.show",
    "inspection": "inspection.show",
    "objection": "objection.show",
    "erasure": "erasure.show",
    "permit": "firm.show",
    "incident": "incident.show",
    "unannounced": "unannounced",
    "policy": "policy.claim",
    **dict.fromkeys((Act.PROPOSE_POLICY, Act.ESCALATE_POLICY), "policy.show"),
    **dict.fromkeys((Act.ASK_POLICY, Act.ANSWER_POLICY), "policies.questions"),
    Act.TELL_WINDOW: "policies.mine",
    "request": "request.show",
    "appointment": "appointment.show",
    "task": "task.show",
    "goal": "goal.show",
    **dict.fromkeys(("pairing", "visit"), "helping"),
    "yearly": "yearly",
    "dispatch": "dispatch.show",
    "bulletin": "bulletin.show",
    "emergency": "emergency.show",
    **dict.fromkeys(("people", "factor", "passkey", "password", "identity"), "account"),
}
#: Where a firm reads what the office has another page for.
FIRMS = {
    "firm.show": "firm.mine",
    "helping": "helping.mine",
    "policies.questions": "policies",
    "yearly": "helping.mine",
}


def lead(actor: Actor, act: Act) -> str:
    """The name of the route; `home` where the page is not this person's to open."""
    route = LEADS.get(act) or LEADS.get(act.split(".")[0], "home")
    if actor.role in FIRM:
        route = FIRMS.get(route, route)
    if act is Act.ESCALATE_STEP and actor.role not in ROUTES[route]:
        route = "overdue"  # leaders see that a need is late and who has it, not the need itself
    return route if actor.role in ROUTES[route] else "home"
