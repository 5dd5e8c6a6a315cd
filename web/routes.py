"""Every route and who may call it. A route without a row here, or a row without a route, and the service does not start.

`python -m web.routes` writes docs/permissions.md from this table and from the rules of each act.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from financing.access import RULES, Role
from financing.acts import Act
from financing.wording import name
from web.doors import (
    ADMIN,
    AUDITOR,
    BANK,
    BANK_ADMIN,
    BANKER,
    CHAIR,
    COMMITTEE,
    EVERYONE,
    FIRM,
    FUND,
    LEADER,
    OFFICER,
    SIGNATORY,
    SIGNED_IN,
    VISITOR,
    Roles,
    acts,
)  # fmt: skip
from web.routes_after import AFTER
from web.routes_help import HELP
from web.routes_personal import PERSONAL
from web.routes_signing import SIGNING

#: One line per route or per group of acts; keep each slice together.
ROUTES: dict[str, Roles] = {
    # the house
    **dict.fromkeys(("static", "static/head"), EVERYONE),
    **dict.fromkeys(("health", "front", "outcomes", "check", "prices", "help", "help.of"), EVERYONE),
    **dict.fromkeys(("precheck", "precheck.answer", "paper_form"), EVERYONE),
    "precheck.carry": VISITOR,
    "home": SIGNED_IN,
    "search": OFFICER | LEADER | AUDITOR | BANKER,
    # people
    **dict.fromkeys(("notices", "ways"), SIGNED_IN),
    "stop": EVERYONE,
    **dict.fromkeys(("deliveries", "running"), ADMIN),
    **acts(Act.SET_NOTICES, Act.ADD_ADDRESS, Act.CONFIRM_ADDRESS, Act.DROP_ADDRESS, Act.SEND_AGAIN),
    Act.STOP_NOTICES: EVERYONE,
    # settings by date
    **dict.fromkeys(("settings", "setting.show", "calendar"), ADMIN | CHAIR | LEADER | AUDITOR),
    **dict.fromkeys(("calendar.form", "calendar.preview", "calendar.import"), ADMIN),
    **acts(Act.PROPOSE_SETTING, Act.ADOPT_SETTING, Act.TURN_DOWN_SETTING, Act.SET_CALENDAR),
    Act.SEE_NOTICES: SIGNED_IN,
    # firms, banks, the guarantor
    "firm.register.form": VISITOR,
    **dict.fromkeys(("apply.resume", "apply.all", "apply", "apply.keep", "behalf.object.form"), SIGNATORY),
    "firm.mine": FIRM,
    "firm.edit.form": FIRM | OFFICER,
    "firm.facts.form": OFFICER,
    "firms": OFFICER | AUDITOR,
    "firm.show": OFFICER | AUDITOR,
    **dict.fromkeys(("banks", "bank.form", "bank.show"), OFFICER),
    **dict.fromkeys(("guarantor", "terms.show"), OFFICER | FUND | COMMITTEE | LEADER | AUDITOR),
    **dict.fromkeys(("terms.form", "limit.form"), OFFICER | FUND),
    **dict.fromkeys(("agreements", "agreement.show"), OFFICER | FUND | COMMITTEE | LEADER | AUDITOR | BANK),
    "agreement.form": OFFICER | FUND,
    **acts(Act.PROPOSE_AGREEMENT, Act.ADOPT_AGREEMENT, Act.TURN_DOWN_AGREEMENT),
    "products.mine": BANK,
    **dict.fromkeys(("product.form", "product.withdraw.form"), OFFICER | BANK_ADMIN),
    **dict.fromkeys(("rights", "right.form"), BANK_ADMIN),
    **dict.fromkeys(("appetite", "appetite.count"), BANK),
    "appetites": OFFICER,
    **dict.fromkeys(("teasers", "consent.ask.form"), BANKER),
    **acts(Act.SET_APPETITE, Act.ASK_CONSENT),
    **acts(Act.GIVE_RIGHT, Act.WITHDRAW_PRODUCT),
    **acts(Act.REGISTER_FIRM, Act.OPEN_ACCOUNT, Act.INVITE_FIRM, Act.TYPE_FIRM),
    **dict.fromkeys(("typing", "behalf.form"), OFFICER),
    **acts(Act.TYPE_NEED, Act.CONFIRM_BEHALF, Act.OBJECT_BEHALF),
    Act.ADD_PRODUCT: OFFICER | BANK_ADMIN,
    Act.ADD_BANK: OFFICER,
    "relations": OFFICER | COMMITTEE | AUDITOR,
    "relations.guarantor": OFFICER | FUND | COMMITTEE | LEADER | AUDITOR,
    **dict.fromkeys(("relation.form", "relation.guarantor.form", "relation.guarantor.add"), OFFICER),
    **acts(Act.ADD_RELATION, Act.END_RELATION, Act.REPORT_CASE),
    **acts(Act.PROPOSE_TERMS, Act.PROPOSE_LIMIT, Act.ADOPT_TERMS, Act.TURN_DOWN_TERMS, Act.OPEN_DOCUMENT),
    **acts(Act.CONFIRM_FIRM, Act.EDIT_FIRM, Act.RECORD_FACTS),
    # clocks
    "posts": ADMIN,
    "tolerated": EVERYONE,
    **acts(Act.HALT_STEP, Act.RESUME_STEP, Act.EXPLAIN_STEP, Act.ASK_EXTENSION, Act.AGREE_EXTENSION),
    **acts(Act.TURN_DOWN_EXTENSION, Act.SET_POST, Act.REJECT_PAPER),
    # papers
    "papers.mine": FIRM,
    **dict.fromkeys(("papers.of", "papers.reading", "need.clock"), FIRM | OFFICER | COMMITTEE | AUDITOR),
    **dict.fromkeys(("paper.show", "paper.receipt", "promise.paper"), FIRM | OFFICER | COMMITTEE | AUDITOR),
    "papers.template": SIGNED_IN,
    **acts(Act.ADD_PAPER, Act.OPEN_PAPER),
    # needs and their scores
    "needs.mine": FIRM,
    **dict.fromkeys(("work", "many.show", "many.sheet", "step.form"), OFFICER),
    **dict.fromkeys(("silent", "quality", "finding.show"), OFFICER | AUDITOR),
    **dict.fromkeys(("handovers", "ratings", "calls", "call.show", "overdue"), OFFICER | LEADER | AUDITOR),
    **acts(Act.HANDLE_MANY, Act.KEEP_VIEW, Act.DROP_VIEW, Act.PLAN_STEP, Act.REMIND_FIRM, Act.CONFIRM_LIFE),
    Act.CLOSE_NEED: frozenset({Role.SIGNATORY}),
    **acts(Act.OFFER_CASES, Act.TAKE_CASES, Act.REFUSE_CASES, Act.UNOFFER_CASES, Act.ASSIGN_CASES),
    **acts(Act.SET_DEPUTY, Act.END_DEPUTY, Act.ACCEPT_FINDING),
    **acts(Act.RATE, Act.VERIFY_RATING, Act.RECTIFY, Act.CALL_BACK, Act.MISS_CALL),
    "needs": OFFICER | AUDITOR,
    **dict.fromkeys(
        ("rating.form", "need.form", "need.edit.form", "need.check", "need.group", "need.keep", "typed.keep"), FIRM
    ),
    "need.show": FIRM | OFFICER | COMMITTEE | AUDITOR,
    "need.return.form": OFFICER,
    "pool": OFFICER,
    "credit.show": FIRM | OFFICER | COMMITTEE | AUDITOR,
    "flag.show": OFFICER | COMMITTEE | AUDITOR,
    **acts(Act.DRAFT_NEED, Act.EDIT_NEED, Act.SUBMIT_NEED, Act.WITHDRAW_NEED),
    **acts(Act.RETURN_NEED, Act.ACCEPT_NEED, Act.ASSESS_NEED, Act.LOOK_AT_FLAG),
    # scorecards
    **dict.fromkeys(("cards", "card.show", "card.file"), EVERYONE),
    "card.draft.form": RULES[Act.DRAFT_CARD].roles,
    **dict.fromkeys(("laboratory", "laboratory.paper"), OFFICER | COMMITTEE | AUDITOR),
    **acts(Act.DRAFT_CARD, Act.PROPOSE_CARD, Act.DROP_CARD, Act.ADOPT_CARD, Act.RECALL_CARD, Act.WITHDRAW_CARD),
    # due diligence
    **dict.fromkeys(("survey.form", "survey.photo"), OFFICER),
    "survey.show": OFFICER | COMMITTEE | AUDITOR,
    **acts(Act.RECORD_SURVEY, Act.REVIEW_SURVEY),
    # guarantee cases and the committee
    **dict.fromkeys(("case.conditions", "condition.page"), FIRM | OFFICER | COMMITTEE | AUDITOR),
    **acts(Act.SHOW_PROOF, Act.ACCEPT_PROOF, Act.TURN_DOWN_PROOF),
    "interests.mine": RULES[Act.DECLARE_INTERESTS].roles,
    "interests": OFFICER | CHAIR | AUDITOR,
    **acts(Act.DECLARE_INTERESTS, Act.OPEN_INTERESTS, Act.REMIND_INTERESTS),
    "experts": OFFICER | CHAIR,
    "meeting.lots": OFFICER | COMMITTEE | AUDITOR,
    **acts(Act.ENTER_EXPERT, Act.END_EXPERT, Act.DRAW_EXPERTS),
    **dict.fromkeys(("case.fee_note", "case.securities", "security.page"), FIRM | OFFICER | COMMITTEE | AUDITOR),
    "securities": OFFICER | AUDITOR,
    **acts(Act.ASK_SECURITY, Act.FORGO_SECURITY, Act.WAIVE_SECURITY),
    **acts(Act.GIVE_SECURITY, Act.REGISTER_SECURITY, Act.RELEASE_SECURITY),
    "cases": OFFICER | AUDITOR,
    **dict.fromkeys(("delegated", "delegation.show"), OFFICER | COMMITTEE | AUDITOR),
    "delegate.form": OFFICER,
    "meeting.room": COMMITTEE,
    **acts(Act.DELEGATE_CASE, Act.DECIDE_SMALL, Act.REFER_CASE, Act.CALL_IN),
    "case.open.form": OFFICER,
    "case.show": OFFICER | COMMITTEE | AUDITOR,
    "meetings": OFFICER | COMMITTEE | LEADER | AUDITOR,
    "meeting.call.form": OFFICER | CHAIR,
    "meeting.show": OFFICER | COMMITTEE | AUDITOR,
    **acts(Act.OPEN_CASE, Act.REFUSE_NEED, Act.TABLE_CASE, Act.DECLARE_TIE, Act.CAST_VOTE, Act.SEAL_CASE),
    **acts(Act.DEFER_CASE, Act.JUMP_CASE, Act.CLOSE_ROUND, Act.IMPOSE_TIE),
    **acts(Act.CALL_MEETING, Act.OPEN_MEETING, Act.CLOSE_MEETING, Act.PRINT_RESOLUTION),
    # figures and the journal
    **dict.fromkeys(
        ("figures", "figures.list", "first_loans", "statistics", "statistics.sheet"), LEADER | OFFICER | AUDITOR
    ),
    **dict.fromkeys(("statistics.correct.form", Act.ISSUE_STATISTICS), OFFICER),
    "loans": FIRM | OFFICER | AUDITOR,
    **acts(Act.STATE_LOANS, Act.VERIFY_LOANS, Act.SET_TARGET),
    "scoreboard": LEADER | OFFICER | AUDITOR | BANK,
    **dict.fromkeys(("scoreboard.bank", "scoreboard.cases"), LEADER | OFFICER | AUDITOR | BANK),
    **acts(Act.COMMENT_SCORE),
    **dict.fromkeys(("journal", "journal.check", "journal.checkpoints", Act.READ_JOURNAL), AUDITOR),
    **dict.fromkeys(("judging", "judging.answer"), OFFICER | COMMITTEE),
    # matching, consents, dossiers
    **dict.fromkeys(("matching", "matching.show", "round.compare"), OFFICER),
    "round.show": OFFICER | AUDITOR,
    **acts(Act.CHOOSE_ROUND),
    **dict.fromkeys(("matches", "consents.mine"), FIRM),
    "consent.form": RULES[Act.GRANT_CONSENT].roles,
    **dict.fromkeys(("inbox", "inbox.bundle", "session.dossiers"), BANKER),
    "dossier.archive": FIRM | OFFICER | AUDITOR,
    **acts(Act.PROPOSE_MATCH, Act.SEND_DOSSIER, Act.PASS_ON, Act.GRANT_CONSENT, Act.WITHDRAW_CONSENT),
    **acts(Act.OPEN_DOSSIER, Act.PRINT_DOSSIER),
    # offers
    **dict.fromkeys(("offer.form", "offer.check", "decline.form", "drawdowns", "drawdown.form"), BANKER),
    **dict.fromkeys(("offers.mine", "offer.show"), FIRM),
    **acts(Act.CLAIM_NEED, Act.REPORT_DRAWDOWN, Act.MAKE_OFFER, Act.DECLINE_NEED, Act.ACCEPT_OFFER),
    "contest.form": FIRM,
    "contests": OFFICER | BANKER | AUDITOR,
    "contest.show": FIRM | OFFICER | BANKER | AUDITOR,
    **acts(Act.CONTEST, Act.REVIEW_CONTEST),
    "items": BANKER,
    "item.show": FIRM,
    **acts(Act.ASK_ITEM, Act.ANSWER_ITEM, Act.DROP_ITEM, Act.OPEN_ITEM),
    **dict.fromkeys(("releases", "release.form", "release.return.form"), BANKER),
    **acts(Act.RELEASE_OFFER, Act.ASK_RELEASE, Act.RETURN_RELEASE),
    # the lists of the national mechanism
    "lists": OFFICER,
    **acts(Act.TAKE_LIST, Act.GIVE_LIST),
    # workbooks taken in for the zone, and products by a bank
    **dict.fromkeys(("imports", "import.show", "import.report"), OFFICER | BANK | AUDITOR),
    "import.template": OFFICER | BANK,
    **acts(Act.BEGIN_IMPORT, Act.CONFIRM_IMPORT, Act.STOP_IMPORT, Act.RESUME_IMPORT),
    # banks' own systems: by key, never by cookie
    **dict.fromkeys(
        ("api.dossiers", "api.dossier", "api.dossier.pdf", "api.products", "api.offers", "api.document"), BANKER
    ),
    **dict.fromkeys(("api.claim", "api.ask", "api.decline", "api.offer", "api.drawdown"), BANKER),
    **dict.fromkeys(("keys", "keys.document"), BANK),
    "key.form": BANK_ADMIN,
    **acts(Act.GIVE_KEY, Act.TAKE_KEY, Act.REVOKE_KEY),
    # letters and guarantees in force
    **dict.fromkeys(("guarantees", "guarantee.show"), FIRM | BANKER | OFFICER | COMMITTEE | AUDITOR),
    "letters": FIRM | BANKER | OFFICER | COMMITTEE | AUDITOR,
    "letter.form": OFFICER,
    "entry.show": OFFICER | COMMITTEE | AUDITOR,
    "check.answer": EVERYONE,
    **acts(Act.PREPARE_LETTER, Act.DROP_LETTER, Act.ISSUE_LETTER, Act.RECORD_REPAYMENT, Act.RELEASE_LETTER),
    **acts(Act.PROPOSE_ENTRY, Act.CONFIRM_ENTRY, Act.TURN_DOWN_ENTRY, Act.WRITE_LETTER, Act.WRITE_MINUTES),
    Act.PRINT_LETTER: FIRM | BANKER | OFFICER | FUND | COMMITTEE | AUDITOR | LEADER,
    # the register, the monthly return
    **dict.fromkeys(("register", "register.sheet", "return.show", "return.sheet"), OFFICER | LEADER | AUDITOR),
    "return.form": OFFICER,
    **acts(Act.TYPE_FIGURES, Act.CONFIRM_FIGURES, Act.TURN_DOWN_FIGURES, Act.PRINT_RETURN),
    # forum sessions
    **dict.fromkeys(("sessions", "session.form", "session.pack", "session.mend.form"), OFFICER),
    "sessions.mine": FIRM | BANKER,
    "session.show": FIRM | BANKER | OFFICER,
    **dict.fromkeys(("session.guests", "session.answers", "session.bundle"), OFFICER),
    **dict.fromkeys(("session.board", "session.live"), FIRM | BANKER | OFFICER),
    **dict.fromkeys(("guest.show", "guest.calendar"), FIRM | BANKER),
    "talk.show": BANKER,
    **dict.fromkeys(("commitments", "commitment.show"), BANKER | OFFICER),
    **acts(Act.INVITE_GUESTS, Act.ANSWER_INVITE, Act.CHECK_IN, Act.START_CLOCK, Act.STOP_CLOCK, Act.NEXT_ROUND),
    **acts(Act.RECORD_INTENT, Act.TYPE_ANSWER, Act.REPORT_OUTCOME, Act.ASK_REVERSAL, Act.CONFIRM_REVERSAL),
    "reversal.form": BANKER,
    **acts(Act.PLAN_SESSION, Act.SEAT_SESSION, Act.MEND_SESSION, Act.OPEN_SESSION, Act.CLOSE_SESSION),
    **AFTER,
    **HELP,
    **PERSONAL,
    **SIGNING,
}

#: Where each role begins after signing in; until that page exists, the account page.
HOME: Mapping[Role, str] = {
    **dict.fromkeys(FIRM, "needs.mine"),
    Role.OFFICER: "work",
    **dict.fromkeys(COMMITTEE, "meetings"),
    Role.BANKER: "inbox",
    Role.BANK_ADMIN: "products.mine",
    Role.FUND: "bridge",
    Role.LEADER: "figures",
    Role.AUDITOR: "journal",
    Role.ADMIN: "people.list",
}


def home(role: Role) -> str:
    """The name of the route where this role begins."""
    wanted = HOME.get(role, "account")
    return wanted if wanted in ROUTES else "account"


class RoutesDiffer(RuntimeError):
    """The table and the routes disagree, so it is not certain who may call what."""


def check(routes: Iterable[str]) -> None:
    """Hold table and routes to each other, both ways."""
    found = set(routes)
    if without_row := sorted(found - set(ROUTES)):
        raise RoutesDiffer(f"web/routes.py 缺少这些路由的权限 | no row for: {', '.join(without_row)}")
    if without_route := sorted(set(ROUTES) - found):
        raise RoutesDiffer(f"web/routes.py 多出没有路由的行 | no route for: {', '.join(without_route)}")


def permissions() -> str:
    """docs/permissions.md: who may call which route, and what each act asks further."""
    roles = [role for role in Role if role is not Role.SYSTEM]
    lines = [
        "# 权限表 Permissions",
        "",
        "由 `python -m web.routes` 生成，请勿手改。Generated; do not edit.",
        "",
        "## 路由 Routes",
        "",
        "| route | " + " | ".join(name(role) for role in roles) + " |",
        "|---|" + ":-:|" * len(roles),
        *(f"| `{route}` | " + " | ".join("●" if role in allowed else "" for role in roles) + " |"
          for route, allowed in sorted(ROUTES.items())),
        "",
        "## 事项 Acts",
        "",
        "| act | 名称 | who |",
        "|---|---|---|",
        *(f"| `{act}` | {name(act)} | {who.says} |" for act, who in RULES.items()),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    Path("docs/permissions.md").write_text(permissions(), encoding="utf-8")
