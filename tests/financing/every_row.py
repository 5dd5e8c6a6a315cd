"""A row in every table: values of every type, of the kind that is easily lost, and what a constraint asks for beyond the type."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Enum, LargeBinary, insert

from financing import journal
from financing.access import SYSTEM
from financing.acts import Act
from financing.db import Database, FenColumn, Instant, RateColumn
from financing.diligence.rules import SurveyState
from financing.guarantees.change_rules import ChangeState
from financing.guarantees.delegation_rules import DelegationState
from financing.guarantees.rules import ConditionState, Pot
from financing.guarantees.security_rules import SecurityState
from financing.models import metadata
from financing.money import Fen, Rate
from financing.parties.model import Bank
from financing.parties.rules import BankKind, RelationKind
from tests.makers import NOW, TODAY, at, writing

JOURNAL = {"journal", "journal_head", "subject_key"}


def plain_value(column: Column[Any]) -> Any:
    """Some value of the column's type, of the kind that is easily lost on the way."""
    kinds = {
        FenColumn: Fen(-12_345_678_901),
        RateColumn: Rate(34_500),
        Instant: datetime(2026, 11, 23, 1, 2, 3, 4, tzinfo=UTC),
    }
    if type(column.type) in kinds:
        return kinds[type(column.type)]
    match column.type:
        case JSON():
            return {"中文": [1, None, True, "\u2028"], "a": {"b": 2**52 + 1}}
        case Enum():
            return next(iter(column.type.enum_class))
        case LargeBinary():
            return b"\x00\xff\n"
        case Boolean():
            return True
    return {int: 1, str: "铜材“一”\n\t'\\ ", date: date(2024, 2, 29)}[column.type.python_type]


def fill(database: Database) -> None:
    """A row in every table; the journal gets its lines from acts."""
    with writing(database) as session:
        for table in metadata.sorted_tables:
            if table.name not in JOURNAL:
                told = COUNTED.get(table.name, {})
                values = told | {c.name: plain_value(c) for c in table.columns if c.name not in told}
                session.execute(insert(table).values(values))
                if table.name == "account":  # where two people are wanted
                    session.execute(insert(table).values(values | {"id": 2, "login": "second", "identity": None}))
    with at(database, SYSTEM) as desk:
        for name in ("甲", "乙", "丙"):
            bank = desk.add(Bank(name=name, kind=BankKind.CITY))
            desk.note(Act.ADD_BANK, bank, name=journal.Private(name), on=date(2026, 11, 23), limit=Fen.wan(3))


#: Looks sealed, which is all that a table knows of it.
CELL = b"\xa1" + bytes(40)
#: Where a constraint asks for more than a value of the type.
COUNTED: dict[str, dict[str, Any]] = {
    "account": {"second_factor": CELL},
    "invitation": {"confirmed_by": 2},
    "help_pairing": {"deputy_id": 2},
    "help_goal": {"state": "reached"},
    "help_visit_plan": {"state": "kept"},
    "help_slot": {"minutes": 30},
    "help_request": {"state": "closed"},
    "policy": {"state": "repealed", "confidence": "A", "proposed_by": 1, "decided_by": 2},
    "policy_clause": {"granted": Fen(1), "budget": Fen(10), "proposed_by": 1, "decided_by": 2},
    "policy_claim": {
        **dict.fromkeys(("entitled", "applied", "granted", "paid"), Fen(1)),
        "state": "paid",
        "asked_by": 1,
        "confirmed_by": 2,
    },
    "policy_line": {"entry": "paid", "amount": Fen(1), "by": 1, "confirmed_by": 2},
    "policy_question": {"state": "published"},
    "compensation_claim": {
        **dict.fromkeys(("claimed", "most", "principal", "approved"), Fen(1)),
        **dict.fromkeys(("interest", "cut", "repaid"), Fen(0)),
        "share": Rate(1),
        "state": "paid",
        "paused_on": None,
    },
    "compensation_decision": {
        "outcome": "grant",
        "reason": None,
        "state": "decided",
        "decided_by": 2,
        "claimed": Fen(1),
        "amount": Fen(1),
    },
    "compensation_cut": {"loss": Fen(1), "amount": Fen(1)},
    "compensation_part": {
        "party": "fund",
        "state": "received",
        "asked_by": 1,
        "received_by": 2,
        "share": Rate(1),
        "amount": Fen(1),
    },
    "bank_stop": {
        "state": "lifted",
        "proposed_by": 1,
        "decided_by": 2,
        "rate": Rate(1),
        "line": Rate(1),
        "compensated": Fen(1),
        "ended": Fen(1),
    },
    **{table: {"told": CELL} for table in ("reporter", "conduct_evidence", "conduct_note")},
    "payout_check": {"answer": CELL, "amount": Fen(1)},
    "handler_post": {"state": "adopted", "proposed_by": 1, "decided_by": 2},
    "conduct_case": {"source": "bridge", "report_id": None, "state": "received", "outcome": None, "closed_on": None},
    "recovery_case": {"state": "closed"},
    "compensation_review": {
        "state": "done",
        "change": "nothing",
        "change_by": None,
        "changed": "",
        "amount": Fen(1),
        "proposed_by": 1,
        "decided_by": 2,
    },
    "recovery_step": {"cost": Fen(1)},
    "recovery_share": {
        "party": "fund",
        "state": "paid",
        "for_costs": False,
        "ordered_by": 1,
        "paid_by": 2,
        "share": Rate(1),
        "amount": Fen(1),
    },
    "firm": {"code": "91360000MA35ABCD0L"},
    "outside_fact": {"security_id": None, "until": None},
    "watch_check": {"ended_on": None},
    "watch_visit": {"second_id": 2},
    "warning": {"closed_on": None, "decided_by": None},
    "setting_entry": {"kind": "figure", "confirmed_by": 2},
    "setting_proposal": {"state": "adopted", "decided_by": 2},
    "emergency": {
        "state": "ended",
        "proposed_by": 1,
        "decided_by": 2,
        "opened_at": NOW,
        "until": NOW + timedelta(hours=1),
        "ended_at": NOW,
    },
    "permit": {"item": "person_credit", "ended": "withdrawn", "valid_until": NOW + timedelta(days=1), "given_at": NOW},
    "incident": {"state": "closed", "began_at": NOW, "ended_at": NOW, "found_at": NOW},
    "incident_party": {"user_id": None, "told_at": None},
    "notice_address": {"medium": "email", "robot": None, "sealed": CELL, "secret": ""},
    "notice_parcel": {"fate": "sent"},
    "exposure_limit": {"cap": Fen(9), "used": Fen(1), "reserved": Fen(2)},
    "inspection": {
        "kind": "inspection",
        "urgent": None,
        "state": "done",
        "found": "fine",
        "mend_by": None,
        "decided_by": 2,
        "recorded_by": 1,
    },
    "inspection_party": {"kind": "inspection", "urgent": None},
    "objection": {"state": "withdrawn", "answered_by": None},
    "erasure": {"state": "withdrawn", "done_at": None},
    "impact": {"review_on": date(2027, 1, 1), "assessed_on": date(2026, 1, 1)},
    "unannounced_word": {"inspection_id": None, "state": "answered"},
    "event": {
        **dict.fromkeys(("places", "most", "taken"), 1),
        "ends": datetime(2026, 11, 24, tzinfo=UTC),
        "audience": "all",
        "branch": "",
        "closed_at": None,
    },
    "bridge_pool": {"capital": Fen(1), "free": Fen(1), **dict.fromkeys(("reserved", "in_use", "lost", "fees"), Fen(0))},
    "bridge_use": {
        **dict.fromkeys(("amount", "asked", "owed", "kind_cap", "two_bound", "returned", "fee", "deposit"), Fen(1)),
        "loan_use": "working_capital",
        "state": "closed",
        "fund_by": 2,
        "office_by": 3,
        "leader_by": 4,
        "entered_by": 1,
    },
    "bridge_promise": {"standing": True, "withdrawn_at": None, "amount": Fen(2_000_000), "rate": Rate(1), "months": 1},
    "bridge_release": {
        "standing": True,
        "first_days": 1,
        "first": Rate(1),
        "later": Rate(1),
        "promised": Fen(2_000_000),
        "share": Rate(1),
        **dict.fromkeys(("amount", "deposit", "owed", "two_bound"), Fen(1)),
        "fund_by": 1,
        "office_by": 2,
        "leader_by": 3,
    },
    "bridge_move": {
        "cause": "paid_in",
        "amount": Fen(1),
        "proposed_by": 1,
        "decided_by": 2,
        "state": "confirmed",
        "use_id": None,
    },
    "bridge_posting": {
        "cause": "paid_in",
        "source": "owner",
        "target": "free",
        "amount": Fen(1),
        "by": 1,
        "confirmed_by": 2,
    },
    "bridge_ban": {"asked_by": 1, "lifted_by": 2, "state": "lifted"},
    "bridge_renewal": {"amount": Fen(1), "rate": Rate(1)},
    "bridge_alert": {"level": 1},
    "limit_movement": {"target": Pot.USED, "amount": Fen(1)},
    "guarantee_case": {"line": Fen(1)},
    "track": {"amount": Fen(1)},
    "public_figure": {"count": 5, "firms": 5, "amount": Fen(1)},
    "relation": {"kind": RelationKind.SHAREHOLDER, "other_id": None},
    "survey": {"state": SurveyState.REVIEWED, "second_id": 2},
    "case_condition": {"state": ConditionState.MET, "met_by": 2},
    "delegation": {"state": DelegationState.IN_FORCE, "decided_by": 2, "called_by": None},
    "terms_change": {"state": ChangeState.ADOPTED, "decided_by": 2},
    "loan": {
        "amount": Fen(1),
        "offered": Fen(1),
        "line": Fen(1),
        "asked": Fen(1),
        "rate": Rate(1),
        "surcharge": Rate(1),
        "interest_day": 1,
        "every": 1,
        "starts": date(2026, 11, 22),
        "matures": date(2026, 11, 23),
    },
    "loan_repayment": {"principal": Fen(1), "interest": Fen(1), "penalty": Fen(1), "repaid": Fen(0), "drawn": Fen(1)},
    "loan_change": {"kind": "rate", "until": None, "guarantee_until": None, "decided_by": 2, "state": "refused"},
    "loan_class": {"decided_by": 2, "state": "confirmed"},
    "repayment_reversal": {"decided_by": None, "decided_at": None, "state": "asked", "restored": Fen(0)},
    "guarantee": {
        **dict.fromkeys(("amount", "offered", "line", "asked", "balance"), Fen(1)),
        "unrecovered": Fen(0),
        "starts": TODAY,
        "matures": TODAY + timedelta(days=1),
        "until": TODAY + timedelta(days=1),
        "state": "in_force",
        "issued_by": 2,
    },
    "guarantee_entry": {"amount": Fen(1), "confirmed_by": 2},
    "entry_proposal": {"kind": "lost", "amount": Fen(1), "state": "confirmed", "decided_by": 2},
    "sharing_agreement": {
        "guarantor_share": Rate(400_000),
        "bank_share": Rate(200_000),
        "reguarantor_share": Rate(200_000),
        "fund_share": Rate(200_000),
        "treasury_share": Rate(0),
        "other_share": Rate(0),
        "other_name": "",
        "state": ChangeState.ADOPTED,
        "decided_by": 2,
    },
    "counter_guarantee": {"state": SecurityState.REGISTERED, "why": "", "value": Fen(3)},
    "help_task": {"state": "done", "done_by": 2},
    "dispatch": {"state": "closed", "proposed_by": 1, "decided_by": 2, "joined_id": None},
    "bulletin": {"span": "month", "state": "published", "proposed_by": 1, "decided_by": 2},
    "reserve_posting": {"state": "confirmed", "decided_by": 2}
    | {
        f"{reserve}_{part}": Fen(1)
        for reserve in ("compensation", "unearned", "general")
        for part in ("opening", "added", "back", "used")
    },
    "return_figure": {"state": "confirmed", "decided_by": 2},
    "card_version": {
        "state": "adopted",
        "since": date(2026, 12, 3),
        "proposed_by": 1,
        "adopted_by": 2,
        "adopted_on": date(2026, 11, 23),
    },
    "need": {"amount": Fen(1)},
    "clock_extension": {"state": "agreed", "proposed_by": 1, "decided_by": 2},
    "owed_paper": {"state": "supplied"},
    "life_ask": {"asked_on": TODAY, "closes_on": TODAY + timedelta(days=10), "last_sign": TODAY, "answer": "still"},
    "hand_over": {"from_id": 1, "to_id": 2, "state": "taken"},
    "deputy": {"deputy_id": 2, "since": TODAY, "until": TODAY},
    "quality_finding": {"accepted_by": 2},
    "call_back": {"reason": "drawn", "rating_id": None, "request_id": None, "inspection_id": None, "state": "called"},
    "guest": {"reply": "coming", "firm_id": None, "power": Fen(1)},
    "intent": {"said": "intends", "amount": Fen(1)},
    "outcome": {"stage": "contract", "amount": Fen(1)},
    "product": {"least": Fen(1), "most": Fen(1), "withdrawn_at": None},
    "score_comment": {"since": TODAY, "until": TODAY},
    "list_row": {"kind": "applied", "bank": "", "amount": Fen(1), "status": None, "answered_on": None},
    "api_key": {
        "given_at": NOW,
        "until": NOW + timedelta(days=1),
        "digest": None,
        "taken_at": None,
        "revoked_at": None,
        "revoked_by": None,
    },
    "offer_release": {"most": Fen(1)},
    "appetite": {"starts": TODAY - timedelta(days=1), "ends": TODAY, "volume": Fen(1), "needs": 1},
    "offer_right": {"most": Fen(1)},
    "consent": {"valid_from": NOW - timedelta(days=1), "valid_until": NOW},
    "contest": {"kind": "decline", "state": "decided"},
    "release_request": {"amount": Fen(1), "state": "returned"},
    "behalf": {"state": "objected"},
    "item_ask": {"state": "answered", "figure": None},
    "clock_pause": {"due_before": TODAY, "due_after": TODAY, "since": TODAY, "until": TODAY},
    "reversal": {"outcome_id": None, "state": "confirmed", "confirmed_by": 2},
    "drawdown": {"amount": Fen(1), "before": Fen(0), "offered": Fen(1)},
    "offer_opening": {"until": NOW + timedelta(days=1), "opened_at": None},
    "offer": {"amount": Fen(1), "fees": Fen(0), "deposit": Fen(0)},
}
