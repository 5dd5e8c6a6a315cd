"""What no change may do to what happens after the signature (保后): tables that only grow, and rows that stay once they are decided."""

from __future__ import annotations

from financing.fixed_rows import differ


def _differ(columns: tuple[str, ...]) -> str:
    return " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in columns)


#: What was recorded of a change of a loan, and what was proposed of its class: only the answer may be added.
EXTENDED = (
    "loan_id", "firm_id", "bank_id", "kind", "on", "rate", "until", "was_until", "why", "recorded_at", "recorded_by", "recorder",
)  # fmt: skip
CLASSED = ("loan_id", "firm_id", "bank_id", "before", "to", "reason", "proposed_at", "proposed_by", "proposer")
#: A claim stays as it was lodged; a decision as it was put forward, with whoever put it forward; a part as it fell to its party.
LODGED = (
    "number", "guarantee_id", "case_id", "need_id", "firm_id", "bank_id", "agreement_id", "principal", "interest",
    "days_past_due", "recorded", "share", "most", "claimed", "payee", "why", "lodged_on", "lodged_at", "lodged_by", "lodger",
    "grace_days",
)  # fmt: skip
PAUSED = (
    "claim_id",
    "guarantee_id",
    "case_id",
    "firm_id",
    "bank_id",
    "reason",
    "wanted",
    "by_name",
    "since",
    "due_before",
)
PUT_FORWARD = (
    "claim_id", "guarantee_id", "case_id", "firm_id", "bank_id", "number", "final", "outcome", "claimed", "amount", "reason",
    "opinion", "proposed_at", "proposed_by", "proposer",
)  # fmt: skip
PARTED = (
    "entry_id", "claim_id", "guarantee_id", "case_id", "firm_id", "bank_id", "agreement_id", "party", "name", "share", "amount",
    "since",
)  # fmt: skip
SHARED = (
    "entry_id", "recovery_id", "guarantee_id", "case_id", "firm_id", "party", "name", "share", "amount", "for_costs", "since",
)  # fmt: skip
RECOVERING = (
    "number", "guarantee_id", "case_id", "firm_id", "bank_id", "entry_id", "paid_on", "opened_on", "opened_at",
)  # fmt: skip
STOPPED = ("bank_id", "rate", "line", "compensated", "ended", "since", "at")

#: What was put forward as the reserves of a time: only the decision may be added.
RESERVED = (
    "until", "basis", "proposed_at", "proposed_by", "proposer",
    *(f"{reserve}_{part}" for reserve in ("compensation", "unearned", "general") for part in ("opening", "added", "back", "used")),
)  # fmt: skip
#: Table -> its unique keys: rows are written once.
AFTER_ONCE: dict[str, tuple[str, ...]] = {
    # loans and repayments
    "loan": ("id", "offer_id"),
    "loan_plan": ("id",),
    "loan_repayment": ("id",),
    "renewal_call": ("id",),
    "renewal_choice": ("id",),
    # watch and warnings
    # compensation and recovery
    **dict.fromkeys(("compensation_item", "compensation_promise", "compensation_cut", "compensation_answer"), ("id",)),
    "recovery_step": ("id",),
    # reserves, and what they cover
    # the bridge fund
    # conduct of banks
    "reporter": ("id", "once", "code"),
    "conduct_evidence": ("id",),
    "conduct_note": ("id", "once"),
    "forbidden_try": ("id",),
}
#: Table -> what ends every change of a row; no row is ever removed.
AFTER_DECIDED: dict[str, str] = {
    # loans and repayments
    "loan_change": f"OLD.state IN ('recorded', 'agreed', 'refused') OR {_differ(EXTENDED)}",
    "loan_class": f"OLD.decided_by IS NOT NULL OR {_differ(CLASSED)}",
    # watch and warnings
    # compensation and recovery
    "compensation_claim": f"OLD.state IN ('paid', 'refused', 'withdrawn') OR {differ(LODGED)}",
    "compensation_pause": f"OLD.until IS NOT NULL OR {differ(PAUSED)}",
    "compensation_decision": f"OLD.decided_by IS NOT NULL OR {differ(PUT_FORWARD)}",
    "compensation_part": f"OLD.state IN ('borne', 'received') OR {differ(PARTED)}",
    "recovery_case": f"OLD.state = 'closed' OR {differ(RECOVERING)}",
    "recovery_share": f"OLD.state IN ('kept', 'paid') OR {differ(SHARED)}",
    "bank_stop": f"OLD.state = 'lifted' OR {differ(STOPPED)}",
    # reserves, and what they cover
    "reserve_posting": f"OLD.decided_by IS NOT NULL OR {_differ(RESERVED)}",
    # the bridge fund
    # conduct of banks
    "handler_post": "OLD.decided_by IS NOT NULL",
    "conduct_letter": "OLD.answer IS NOT NULL",
    "payout_check": "OLD.seen_on IS NOT NULL OR NEW.drawdown_id <> OLD.drawdown_id"
    " OR (OLD.answer IS NOT NULL AND OLD.answer IS DISTINCT FROM NEW.answer)",
    "conduct_case": "OLD.state = 'closed' AND (NEW.state <> OLD.state OR NEW.outcome IS DISTINCT FROM OLD.outcome"
    " OR NEW.closed_on IS DISTINCT FROM OLD.closed_on) OR NEW.number <> OLD.number OR NEW.practice <> OLD.practice"
    " OR NEW.source <> OLD.source OR NEW.against_id <> OLD.against_id OR NEW.report_id IS DISTINCT FROM OLD.report_id"
    " OR NEW.received_on <> OLD.received_on OR NEW.begin_by <> OLD.begin_by OR NEW.answer_by <> OLD.answer_by",
}
