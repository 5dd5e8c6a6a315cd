"""The journal of the big zone: every act of every need and the coming of every firm, in the order of time, chained as the desk chains."""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Any

import numpy as np

from financing.access import VISITOR, Actor, Role
from financing.acts import Act
from financing.journal import ALGORITHM
from web.stage.big.cast import Cast, Plan
from web.stage.big.fates import BATCH, Fate, fates
from web.stage.big.rows import DECIDED, STATES, score_of
from web.stage.big.words import firm

A = Act
#: Moments are whole seconds; behind each the number of the need (or firm) and the step, in one integer that sorts by time.
STEPS, SOURCES = 5, 29
AT_FIRM = {A.REGISTER_FIRM: 30, A.CONFIRM_FIRM: 31}
Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """Who did what to what: a line before it has its number."""

    act: Act
    kind: str
    subject: int
    firm: int
    bank: int | None
    facts: Mapping[str, Any]


def order(plan: Plan) -> np.ndarray[Any, Any]:
    """Every event of the zone, sorted by time."""
    events = [_packed(plan, one["registered_at"], number, AT_FIRM[A.REGISTER_FIRM]) for number, one in _firms(plan)]
    events += [_packed(plan, one["registered_at"] + timedelta(hours=20), number, AT_FIRM[A.CONFIRM_FIRM])
               for number, one in _firms(plan) if number % 200]  # fmt: skip
    for batch in range(-(-plan.needs // BATCH)):
        for fate in fates(batch, plan.firms, plan.needs, plan.now, plan.seed):
            events += [_packed(plan, moment, fate.number, step) for step, (_, moment) in enumerate(fate.acts)]
    return np.sort(np.array(events, dtype=np.int64))


def told(plan: Plan, cast: Cast, event: int) -> tuple[datetime, Actor, list[Told]]:
    """What the journal says of one event: when, by whom, and a line for each thing it touches."""
    step, number = event & (1 << STEPS) - 1, event >> STEPS & (1 << SOURCES) - 1
    moment = _begin(plan) + timedelta(seconds=event >> STEPS + SOURCES)
    if step in AT_FIRM.values():
        act = A.REGISTER_FIRM if step == AT_FIRM[A.REGISTER_FIRM] else A.CONFIRM_FIRM
        key = plan.key("firm", number)
        facts = {"state": "confirmed"} if act is A.CONFIRM_FIRM else {}
        return moment, cast.officer if act is A.CONFIRM_FIRM else VISITOR, [Told(act, "Firm", key, key, None, facts)]
    fate = _batch(plan, number // BATCH)[number % BATCH]
    act = fate.acts[step][0]
    return moment, _actor(plan, cast, fate, act), list(_lines(plan, cast, fate, act))


def body(actor: Actor, moment: datetime, line: Told, seq: int) -> Body:
    """The record of one line, as `journal.append` writes it."""
    return {
        "at": moment.astimezone(UTC).isoformat(timespec="microseconds"), "actor": actor.id, "role": actor.role.value,
        "of_firm": actor.firm_id, "of_bank": actor.bank_id, "session": "", "address": "", "request": "", "act": line.act.value,
        "kind": line.kind, "subject": line.subject, "firm": line.firm, "bank": line.bank, "decision": "allow",
        "algorithm": ALGORITHM, "facts": dict(line.facts), "seq": seq,
    }  # fmt: skip


def firm_key(plan: Plan, number: int) -> bytes:
    """The key of one made-up firm's commitments."""
    return sha256(f"{plan.seed}:{number}".encode()).digest()


def _firms(plan: Plan) -> Iterator[tuple[int, dict[str, Any]]]:
    for number in range(plan.firms):
        one = firm(number, plan.today, plan.seed)
        yield number, one


def _begin(plan: Plan) -> datetime:
    return plan.start - timedelta(days=60)


def _packed(plan: Plan, moment: datetime, number: int, step: int) -> int:
    return int((moment - _begin(plan)).total_seconds()) << STEPS + SOURCES | number << STEPS | step


@lru_cache(maxsize=60)
def _batch(plan: Plan, batch: int) -> list[Fate]:
    return list(fates(batch, plan.firms, plan.needs, plan.now, plan.seed))


def _actor(plan: Plan, cast: Cast, fate: Fate, act: Act) -> Actor:
    if act in {A.MAKE_OFFER, A.DECLINE_NEED, A.REPORT_DRAWDOWN}:
        return cast.bankers[cast.banks[fate.bank % len(cast.banks)]]
    if act in DECIDED:
        return cast.chair
    if act in {A.DRAFT_NEED, A.SUBMIT_NEED, A.WITHDRAW_NEED, A.GRANT_CONSENT, A.ACCEPT_OFFER}:
        return Actor(plan.key("clerk", fate.firm), Role.SIGNATORY, plan.key("firm", fate.firm))
    return cast.officer


def _lines(plan: Plan, cast: Cast, fate: Fate, act: Act) -> Iterator[Told]:
    """The thing acted upon first, then what follows for the need."""
    firm_id = plan.key("firm", fate.firm)
    for kind, state in _touched(fate, act):
        bank = cast.banks[fate.bank % len(cast.banks)] if kind in {"Match", "Offer"} else None
        facts = _facts(plan, fate, act) if kind == "Need" else {}
        name = "case" if kind == "GuaranteeCase" else kind.lower()
        yield Told(act, kind, plan.key(name, fate.number), firm_id, bank, facts | ({"state": state} if state else {}))


def _touched(fate: Fate, act: Act) -> Iterator[tuple[str, str]]:
    if act is A.OPEN_CASE:
        yield "GuaranteeCase", ""
    if act in DECIDED:
        yield "GuaranteeCase", DECIDED[act].value
    if act is A.MAKE_OFFER:
        yield "Offer", ""
    if act is A.ACCEPT_OFFER:
        yield "Offer", "accepted"
    if act is A.REPORT_DRAWDOWN:
        yield "Offer", ""
    match = {A.PROPOSE_MATCH: "", A.GRANT_CONSENT: "consented", A.SEND_DOSSIER: "sent", A.MAKE_OFFER: "offered",
             A.DECLINE_NEED: "declined", A.ACCEPT_OFFER: "chosen"}  # fmt: skip
    if act in match:
        yield "Match", match[act]
    if act in STATES:
        yield "Need", "" if act is A.DRAFT_NEED else STATES[act].value
    if act is A.WITHDRAW_NEED and fate.at(A.OPEN_CASE):
        yield "GuaranteeCase", "dropped"


def _facts(plan: Plan, fate: Fate, act: Act) -> dict[str, Any]:
    asked = {"amount": {"fen": fate.amount}, "months": fate.months}
    if act is A.DRAFT_NEED:
        return asked | {"purpose": fate.purpose.value}
    if act is A.SUBMIT_NEED:
        return asked
    if act is A.RETURN_NEED:
        said = hmac.new(firm_key(plan, fate.firm), "请补充近三个月纳税申报表。".encode(), sha256).hexdigest()
        return {"reason": {"committed": said}}
    if act is A.ASSESS_NEED:
        sheet = score_of(plan, fate).sheet
        return {
            "card": sheet.card,
            "since": sheet.since.isoformat(),
            "digest": sheet.digest,
            "total": sheet.total,
            "grade": sheet.grade,
        }
    return {}
