"""What a bank got of one need of the big zone and what it answered, as rows; and the guarantee that came of it."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from financing.acts import Act
from financing.guarantees.model import Movement
from financing.guarantees.rules import Pot
from financing.letters.model import Guarantee, GuaranteeEntry
from financing.letters.rules import EntryKind, GuaranteeState, GuaranteeType
from financing.matching.model import Consent, Dossier, Match
from financing.matching.rules import Consented, MatchState, Part
from financing.money import Fen, Rate
from financing.offers.model import Decline, Offer, Opening
from financing.offers.rules import DeclineCode, OfferState, RateBase
from financing.parties.rules import Support
from scoring.repayment import Repayment
from web.stage.big.cast import Cast, Plan
from web.stage.big.fates import Fate
from web.stage.big.rows import Rows, day, score_of
from web.stage.big.words import firm

A = Act
MATCHED = (
    (A.ACCEPT_OFFER, MatchState.CHOSEN), (A.DECLINE_NEED, MatchState.DECLINED), (A.WITHDRAW_NEED, MatchState.WITHDRAWN),
    (A.MAKE_OFFER, MatchState.OFFERED), (A.SEND_DOSSIER, MatchState.SENT), (A.GRANT_CONSENT, MatchState.CONSENTED),
    (A.PROPOSE_MATCH, MatchState.PROPOSED),
)  # fmt: skip
SNAPSHOT = "{}"
ANSWER_WITHIN, OPEN_AFTER = timedelta(days=14), timedelta(hours=18)
#: A decision in favour that nobody used is void after half a year, and its room free again.
HELD = timedelta(days=180)


def rate_of(fate: Fate) -> int:
    """The yearly rate of its offer, in ppm."""
    return 32_000 + 40 * (fate.pattern % 400)


def write_answers(plan: Plan, cast: Cast, fate: Fate, rows: Rows) -> None:
    """The way to one bank and back, as far as the need has come."""
    own = {"need_id": plan.key("need", fate.number), "firm_id": plan.key("firm", fate.firm)}
    here = own | {"bank_id": cast.banks[fate.bank % len(cast.banks)]}
    if proposed := fate.at(A.PROPOSE_MATCH):
        _match(plan, cast, fate, proposed, here, rows)
    if granted := fate.at(A.GRANT_CONSENT):
        _consent(plan, fate, granted, here, rows)
    if sent := fate.at(A.SEND_DOSSIER):
        _dossier(plan, fate, sent, own, rows)
    if made := fate.at(A.MAKE_OFFER):
        _offer(plan, cast, fate, made, own, here, rows)
    if declined := fate.at(A.DECLINE_NEED):
        rows[Decline].append(here | {
            "id": plan.key("decline", fate.number), "version": 1, "match_id": plan.key("match", fate.number),
            "code": list(DeclineCode)[fate.pattern % 8], "rests_on": "industry", "would_change": "下季度再议。", "at": declined,
            "by": cast.bankers[here["bank_id"]].id, "ground": None,
        })  # fmt: skip
    _room(plan, cast, fate, own["firm_id"], rows)


def _match(plan: Plan, cast: Cast, fate: Fate, proposed: datetime, here: dict[str, int], rows: Rows) -> None:
    sent = fate.at(A.SEND_DOSSIER)
    rows[Match].append(here | {
        "id": plan.key("match", fate.number), "version": 1, "product_id": cast.products[here["bank_id"]],
        "fit": 40 + fate.pattern % 60, "reasons": [], "proposed_on": day(proposed), "sent_on": day(sent) if sent else None,
        "due_on": day(sent + ANSWER_WITHIN) if sent else None, "teaser": {},
        "state": next(state for act, state in MATCHED if fate.at(act)),
    })  # fmt: skip


def _consent(plan: Plan, fate: Fate, granted: datetime, here: dict[str, int], rows: Rows) -> None:
    text = "2026-11"
    rows[Consent].append(here | {
        "id": plan.key("consent", fate.number), "version": 1, "number": plan.running("SQ", fate.number),
        "scope": [part.value for part in Part], "purpose": Consented.FINANCING, "text_version": text,
        "text_hash": hashlib.sha256(text.encode()).hexdigest(), "granted_by": plan.key("clerk", fate.firm),
        "valid_from": granted, "valid_until": granted + timedelta(days=180), "withdrawn_at": fate.at(A.WITHDRAW_NEED),
    })  # fmt: skip


def _dossier(plan: Plan, fate: Fate, sent: datetime, own: dict[str, int], rows: Rows) -> None:
    known = firm(fate.firm, plan.today, plan.seed)
    rows[Dossier].append(own | {
        "id": plan.key("dossier", fate.number), "version": 1, "number": plan.running("DA", fate.number), "snapshot": SNAPSHOT,
        "digest": hashlib.sha256(SNAPSHOT.encode()).hexdigest(), "frozen_at": sent, "firm_name": known["name"],
        "amount": Fen(fate.amount), "line": Fen(fate.amount), "months": fate.months, "purpose": fate.purpose,
        "grade": score_of(plan, fate).sheet.grade, "contact": known["contact"], "phone": known["phone"],
    })  # fmt: skip


def _offer(
    plan: Plan, cast: Cast, fate: Fate, made: datetime, own: dict[str, int], here: dict[str, int], rows: Rows
) -> None:
    """Sealed, as the walls ask; what has been opened and accepted since is said afterwards, of the whole batch at once."""
    rate = rate_of(fate)
    rows[Opening].append(own | {
        "id": plan.key("opening", fate.number), "version": 1, "until": made + OPEN_AFTER, "opened_at": None,
    })  # fmt: skip
    rows[Offer].append(here | {
        "id": plan.key("offer", fate.number), "version": 1, "match_id": plan.key("match", fate.number), "amount": Fen(fate.amount),
        "months": fate.months, "rate": Rate(rate), "repayment": list(Repayment)[fate.pattern % 3], "guarantee_fee": cast.guarantor.fee,
        "fees": Fen(0), "conditions": "按季报送报表。", "valid_until": day(made) + timedelta(days=45), "simple_cost": Rate(rate + 8_000),
        "nominal_cost": Rate(rate + 8_400), "effective_cost": Rate(rate + 9_300), "made_at": made,
        "made_by": cast.bankers[here["bank_id"]].id, "opening_id": plan.key("opening", fate.number), "base": RateBase.FIXED,
        "points": None, "lpr": None, "drawdown_on": day(made) + timedelta(days=20), "secured_by": "园区担保公司保证。",
        "prepayment": "可随时提前还款，不收违约金。", "charges": [], "deposit": Fen(0), "state": OfferState.MADE, "lettered": False,
    })  # fmt: skip


def _room(plan: Plan, cast: Cast, fate: Fate, firm_id: int, rows: Rows) -> None:
    """The room of the facility that the case takes up, and the guarantee in force, from the decision to the release."""
    decided, taken = fate.at(A.APPROVE_CASE, A.CONDITION_CASE), fate.at(A.ACCEPT_OFFER)
    if not decided:
        return
    moves = [(Pot.FREE, Pot.RESERVED, decided)]
    issued = taken + timedelta(days=3) if taken and fate.pattern % 5 < 3 else None
    if issued and issued < plan.now:
        moves += _guarantee(plan, cast, fate, issued, firm_id, rows)
    else:
        given_up = fate.at(A.WITHDRAW_NEED) or decided + HELD
        moves += [(Pot.RESERVED, Pot.FREE, given_up)] if given_up < plan.now else []
    for place, (source, target, moment) in enumerate(moves):
        rows[Movement].append({
            "id": plan.key(f"movement{place}", fate.number), "version": 1, "limit_id": cast.facility,
            "case_id": plan.key("case", fate.number), "firm_id": firm_id, "source": source, "target": target,
            "amount": Fen(fate.amount), "at": moment, "by": cast.chair.id,
        })  # fmt: skip


def _guarantee(
    plan: Plan, cast: Cast, fate: Fate, issued: datetime, firm_id: int, rows: Rows
) -> list[tuple[Pot, Pot, datetime]]:
    matures = issued + timedelta(days=30 * fate.months)
    over = matures < plan.now
    bank, amount = cast.banks[fate.bank % len(cast.banks)], Fen(fate.amount)
    own = {"case_id": plan.key("case", fate.number), "firm_id": firm_id, "bank_id": bank}
    rows[Guarantee].append(own | {
        "id": plan.key("guarantee", fate.number), "version": 1, "number": plan.running("BH", fate.number),
        "need_id": plan.key("need", fate.number), "offer_id": plan.key("offer", fate.number), "guarantor_id": cast.guarantor.id,
        "resolution_id": plan.key("resolution", fate.number), "form": Support.LETTER, "type": GuaranteeType.JOINT, "amount": amount,
        "offered": amount, "line": amount, "asked": amount, "share": cast.guarantor.share, "fee": cast.guarantor.fee,
        "starts": day(issued), "matures": day(matures), "until": day(matures + HELD), "prepared_at": issued - timedelta(days=1),
        "prepared_by": cast.officer.id, "preparer": cast.officer.name, "issued_on": day(issued), "issued_by": cast.chair.id,
        "issuer": cast.chair.name, "released_on": day(matures) if over else None, "chair_aside": False,
        "balance": Fen(0) if over else amount, "unrecovered": Fen(0),
        "state": GuaranteeState.RELEASED if over else GuaranteeState.IN_FORCE,
    })  # fmt: skip
    entries = [(EntryKind.ISSUED, issued, amount)]
    entries += [(EntryKind.REPAID, matures, amount), (EntryKind.RELEASED, matures, Fen(0))] if over else []
    for place, (kind, moment, sum_) in enumerate(entries):
        rows[GuaranteeEntry].append(own | _entry(plan, cast, fate, place, kind, moment, sum_))
    return [(Pot.RESERVED, Pot.USED, issued), *([(Pot.USED, Pot.FREE, matures)] if over else [])]


def _entry(
    plan: Plan, cast: Cast, fate: Fate, place: int, kind: EntryKind, moment: datetime, amount: Fen
) -> dict[str, Any]:
    confirmed = None if kind in {EntryKind.ISSUED, EntryKind.REPAID, EntryKind.RELEASED} else cast.chair.id
    return {
        "id": plan.key(f"entry{place}", fate.number), "version": 1, "guarantee_id": plan.key("guarantee", fate.number),
        "kind": kind, "on": day(moment), "amount": amount, "by": cast.officer.id, "at": moment, "document_id": plan.key("document", 0) if kind is EntryKind.RELEASED else None,
        "confirmed_by": confirmed,
    }  # fmt: skip
