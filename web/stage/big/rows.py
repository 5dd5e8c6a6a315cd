"""One need of the big zone as rows: the need, its score, its case, what went to a bank and what came back."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any

from financing.acts import Act
from financing.calendar import published
from financing.credit.model import Assessment
from financing.guarantees.model import GuaranteeCase, Resolution
from financing.guarantees.rules import CaseState, Round
from financing.journal_check import canonical
from financing.money import Fen, Rate
from financing.needs.model import Need
from financing.needs.rules import NeedState, Security
from financing.needs.views import LIMITS
from financing.parameters import figure
from financing.parties.rules import Support
from web.stage.big.cast import BEIJING, Cast, Plan
from web.stage.big.fates import Fate
from web.stage.big.scores import Score, scores

S, A = NeedState, Act
STATES = {
    A.DRAFT_NEED: S.DRAFT, A.SUBMIT_NEED: S.SUBMITTED, A.RETURN_NEED: S.RETURNED, A.ACCEPT_NEED: S.ACCEPTED,
    A.ASSESS_NEED: S.SCORED, A.REFUSE_NEED: S.INELIGIBLE, A.OPEN_CASE: S.COMMITTEE, A.APPROVE_CASE: S.APPROVED,
    A.CONDITION_CASE: S.CONDITIONAL, A.REJECT_CASE: S.REJECTED, A.SEND_DOSSIER: S.LISTED, A.MAKE_OFFER: S.OFFERED,
    A.ACCEPT_OFFER: S.SETTLED, A.WITHDRAW_NEED: S.WITHDRAWN,
}  # fmt: skip
DECIDED = {
    A.APPROVE_CASE: CaseState.APPROVED,
    A.CONDITION_CASE: CaseState.CONDITIONAL,
    A.REJECT_CASE: CaseState.REJECTED,
}
USES = ("采购原材料", "支付货款，备货旺季订单", "购置生产设备", "产线技术改造", "补充流动资金")
#: Days for which the sheets of old, passed needs are kept in full; the rest of them only keeps the result.
KEPT_IN_FULL = timedelta(days=150)
Rows = defaultdict[Any, list[dict[str, Any]]]


def day(moment: datetime) -> date:
    return moment.astimezone(BEIJING).date()


def state_after(fate: Fate) -> NeedState:
    """Where the last act that moves the need has left it."""
    return next(STATES[act] for act, _ in reversed(fate.acts) if act in STATES)


def score_of(plan: Plan, fate: Fate) -> Score:
    """A refused need has a score below the line, every other one above it."""
    known = scores(plan.today)
    passed = fate.at(A.REFUSE_NEED) is None
    fitting = [one for one in known if one.sheet.qualified is passed] or list(known)
    return fitting[fate.pattern % len(fitting)]


def write_need(plan: Plan, cast: Cast, fate: Fate, rows: Rows) -> None:
    """The rows of the zone's own side: need, score, case and resolution."""
    _need(plan, cast, fate, rows)
    if moment := fate.at(A.ASSESS_NEED):
        _assessment(plan, cast, fate, moment, rows)
    if moment := fate.at(A.OPEN_CASE):
        _case(plan, cast, fate, moment, rows)


def _need(plan: Plan, cast: Cast, fate: Fate, rows: Rows) -> None:
    state, drafted, sent = state_after(fate), fate.acts[0][1], fate.at(A.SUBMIT_NEED)
    accepted = fate.at(A.ACCEPT_NEED) is not None
    due = None
    if state in {S.SUBMITTED, S.ACCEPTED, S.SCORED}:
        last = day(fate.acts[-1][1])
        due = published().after(last, figure(LIMITS[state], last).value)
    rows[Need].append({
        "id": plan.key("need", fate.number), "version": len(fate.acts), "number": plan.running("XQ", fate.number),
        "firm_id": plan.key("firm", fate.firm), "amount": Fen(fate.amount), "months": fate.months, "purpose": fate.purpose,
        "use": USES[fate.pattern % len(USES)], "latest": day(drafted) + timedelta(days=120), "drafted_on": day(drafted),
        "wish": Rate.percent("3.8"), "security": list(Security)[fate.pattern % len(Security)], "no_broker": True, "state": state,
        "submitted_on": day(sent) if sent else None, "due_on": due.day if due else None,
        "provisional": due.provisional if due else False, "officer_id": cast.officer.id if accepted else None,
        "officer_name": cast.officer.name if accepted else "",
        "missed": ["score"] if state is S.INELIGIBLE else [], "reason": "请补充近三个月纳税申报表。" if state is S.RETURNED else "",
    })  # fmt: skip


def _assessment(plan: Plan, cast: Cast, fate: Fate, moment: datetime, rows: Rows) -> None:
    score = score_of(plan, fate)
    full = moment > plan.now - KEPT_IN_FULL or not score.sheet.qualified
    rows[Assessment].append({
        "id": plan.key("assessment", fate.number), "version": 1, "need_id": plan.key("need", fate.number),
        "firm_id": plan.key("firm", fate.firm), "card": score.sheet.card, "since": score.sheet.since, "digest": score.sheet.digest,
        "facts": score.facts_text if full else "{}", "sheet": score.sheet_text if full else "{}", "total": score.sheet.total,
        "grade": score.sheet.grade, "ceiling": Fen(score.sheet.ceiling_fen), "qualified": score.sheet.qualified,
        "insufficient": score.sheet.insufficient, "vetoed": score.sheet.vetoed, "assessed_at": moment,
        "assessed_by": cast.officer.id,
    })  # fmt: skip


def _case(plan: Plan, cast: Cast, fate: Fate, moment: datetime, rows: Rows) -> None:
    act = next((act for act in DECIDED if fate.at(act)), None)
    decided = fate.at(act) if act else None
    given_up = fate.at(A.WITHDRAW_NEED) is not None
    state = CaseState.DROPPED if given_up else DECIDED[act] if act else CaseState.IN_REVIEW
    meeting = plan.key("meeting", week(plan, decided)) if decided else None
    key, number = plan.key("case", fate.number), plan.running("DB", fate.number)
    rows[GuaranteeCase].append({
        "id": key, "version": len(fate.acts), "number": number, "need_id": plan.key("need", fate.number),
        "firm_id": plan.key("firm", fate.firm), "assessment_id": plan.key("assessment", fate.number),
        "guarantor_id": cast.guarantor.id, "officer_id": cast.officer.id, "officer_name": cast.officer.name,
        "line": Fen(fate.amount), "months": fate.months, "support": Support.LETTER, "share": cast.guarantor.share,
        "fee": cast.guarantor.fee, "opened_on": day(moment), "gates": [], "opinion": "经营稳定，订单充足，同意提请评审。",
        "meeting_id": meeting, "survey_id": None, "affordability": {}, "price": {}, "chair_aside": False, "report_by": None,
        "reported_on": None, "round": Round.FINAL if decided else Round.FIRST, "set_back_for": None, "set_back_at": None,
        "return_by": None, "state": state,
    })  # fmt: skip
    if act and decided:
        record = {
            "edition": 3,
            "number": plan.running("JY", fate.number),
            "outcome": DECIDED[act].value,
            "case": {"number": number},
        }
        rows[Resolution].append({
            "id": plan.key("resolution", fate.number), "version": 1, "number": record["number"], "case_id": key,
            "meeting_id": meeting, "need_id": plan.key("need", fate.number), "firm_id": plan.key("firm", fate.firm),
            "outcome": DECIDED[act], "record": record, "digest": hashlib.sha256(canonical(record)).hexdigest(),
            "sealed_at": decided, "sealed_by": cast.chair.id,
            "until": None if act is A.REJECT_CASE else day(decided) + timedelta(days=180),
        })  # fmt: skip


def week(plan: Plan, moment: datetime) -> int:
    """Which meeting decides: one a week."""
    return (moment - plan.start).days // 7
