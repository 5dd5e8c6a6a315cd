"""Notices (通知): what somebody should know, newest first, each with the way to its page."""

from __future__ import annotations

from litestar import Controller

from financing.access import FIRM, Actor
from financing.acts import Act
from financing.notices import parcels, service
from financing.notices.model import Notice
from web.page import Answer, Page, address, get, post
from web.routes import ROUTES

MOST = 50
#: Where a notice leads, by its act or the first word of it; all others lead to the need.
LEADS: dict[str, str] = {
    "meeting": "meeting.show",
    "session": "session.show",
    "commitment": "commitments",
    "firm": "firm.show",
    "card": "laboratory",
    "terms": "terms.show",
    "survey": "survey.show",
    "condition": "case.conditions",
    "letter": "guarantee.show",
    "entry": "guarantee.show",
    Act.WRITE_LETTER: "letters",
    **dict.fromkeys((Act.DECIDE_SMALL, Act.REFER_CASE, Act.CALL_IN), "delegation.show"),
    "interest": "interests.mine",
    Act.DERIVE_TIE: "meeting.show",  # the case itself is closed to who is tied
    "compensation": "compensation.show",
    "recovery": "recovery.show",
    "review": "review.show",
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
    "setting": "settings",
    "calendar": "calendar",
    "check": "check.show",
    "warning": "warning.show",
    "handover": "handovers",
    "deputy": "handovers",
    **dict.fromkeys(("calls", "rating"), "calls"),
    "event": "event.show",
    "inspection": "inspection.show",
    "unannounced": "unannounced",
    Act.RELEASE_OFFER: "releases",
    "dispatch": "dispatch.show",
    "emergency": "emergency.show",
    "bulletin": "bulletin.show",
    **dict.fromkeys(("people", "factor", "passkey", "password"), "account"),
}


class NoticePages(Controller):
    @get("/notices", name="notices")
    def show(self, request: Page) -> Answer:
        with request.desk() as desk:
            found, troubled = service.mine(desk, MOST), parcels.troubled(desk)
            if request.wanted:
                found = service.mine(desk, request.rows(MOST))
        places = [(one, _place(request, one)) for one in found]
        return request.show("notices/list.html", notices=places, troubled=troubled, act=Act)

    @post("/notices/seen", name=Act.SEE_NOTICES)
    def seen(self, request: Page) -> Answer:
        with request.desk() as desk:
            service.mark_seen(desk)
            return request.go("notices")


def _place(request: Page, notice: Notice) -> str:
    """The page of the matter as far as this person may open it, otherwise where they begin."""
    route = _route(request.actor, notice.act)
    takes_key = route not in {
        "account",
        "home",
        "bridge",
        "firm.mine",
        "letters",
        "return.show",
        "register",
        "settings",
        "calendar",
        "breakers",
    }
    takes_key = takes_key and route not in {
        "interests.mine",
        "commitments",
        "releases",
        "handovers",
        "calls",
        "overdue",
        "handlers",
    }
    return address(request.app, route, **({"key": notice.subject_id} if takes_key else {}))


def _route(actor: Actor, act: Act) -> str:
    route = LEADS.get(act) or LEADS.get(act.split(".")[0], "need.show")
    if actor.role in FIRM:
        route = {"firm.show": "firm.mine", "handovers": "need.show"}.get(route, route)
    if route == "need.show" and act is Act.ESCALATE_STEP and actor.role not in ROUTES[route]:
        route = "overdue"  # leaders see that a need is late and who has it, not the need itself
    return route if actor.role in ROUTES[route] else "home"
