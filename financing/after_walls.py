"""What no change may do to what happens after the signature (保后): tables that only grow, and rows that stay once they are decided."""

from __future__ import annotations

from financing.fixed_rows import differ

#: What was recorded of a change of a loan, and what was proposed of its class: only the answer may be added.
EXTENDED = (
    "loan_id", "firm_id", "bank_id", "kind", "on", "rate", "until", "was_until", "why", "recorded_at", "recorded_by", "recorder",
)  # fmt: skip
CLASSED = ("loan_id", "firm_id", "bank_id", "before", "to", "reason", "proposed_at", "proposed_by", "proposer")
BACKED = ("repayment_id", "loan_id", "firm_id", "bank_id", "why", "document_id", "asked_at", "asked_by", "asker")
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
REVIEWED = (
    "number", "entry_id", "claim_id", "guarantee_id", "case_id", "need_id", "firm_id", "bank_id", "amount", "paid_on", "opened_on", "due_on",
)  # fmt: skip
#: Once decided, only what was done about it may be added.
LEARNED = (
    "lesson",
    "change",
    "changed",
    "change_by",
    "reason",
    "proposed_at",
    "proposed_by",
    "proposer",
    "decided_at",
    "decided_by",
    "decider",
)
STOPPED = ("bank_id", "rate", "line", "compensated", "ended", "since", "at")

#: A check keeps what it was planned for; its day moves only to an earlier one, and once over it stays as it is.
_PLANNED = ("guarantee_id", "need_id", "firm_id", "bank_id", "number", "since", "planned_on")
#: A warning keeps what was found and when it has to be dealt with; once closed it stays closed.
_FOUND = (
    "subject_id", "guarantee_id", "need_id", "firm_id", "bank_id", "rule", "level", "worsens", "mark", "evidence", "source",
    "found_on", "due_on",
)  # fmt: skip


#: What money was put forward, what a bank promised, and what a firm asked the fund for: none of it changes.
_MOVED = ("pool_id", "use_id", "cause", "amount", "on", "document_id", "reason", "proposed_at", "proposed_by")
_PROMISED = (
    "use_id", "bank_id", "number", "amount", "rate", "months", "planned_on", "account", "account_name", "digest", "made_at", "made_by",
)  # fmt: skip
_ASKED = (
    "number", "firm_id", "bank_id", "loan_id", "contract", "loan_use", "borrower", "owed", "matures", "asked", "kind_cap",
    "two_bound", "days_ahead", "ahead_least", "why", "late_reason", "entered_at", "entered_by",
)  # fmt: skip
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
    "watch_visit": ("id", "check_id"),
    **dict.fromkeys(("outside_fact", "watch_escalation"), ("id",)),
    # compensation and recovery
    **dict.fromkeys(("compensation_item", "compensation_promise", "compensation_cut", "compensation_answer"), ("id",)),
    "recovery_step": ("id",),
    # reserves, and what they cover
    # the bridge fund
    "bridge_posting": ("id", "move_id"),
    **dict.fromkeys(("bridge_release", "bridge_renewal"), ("id", "use_id")),
    **dict.fromkeys(("bridge_alert", "bridge_breach"), ("id",)),
    # conduct of banks
    "reporter": ("id", "once", "code"),
    "conduct_evidence": ("id",),
    "conduct_note": ("id", "once"),
    "forbidden_try": ("id",),
}
#: Table -> what ends every change of a row; no row is ever removed.
AFTER_DECIDED: dict[str, str] = {
    # loans and repayments
    "loan_change": f"OLD.state IN ('recorded', 'agreed', 'refused') OR {differ(EXTENDED)}",
    "loan_class": f"OLD.decided_by IS NOT NULL OR {differ(CLASSED)}",
    "repayment_reversal": f"OLD.decided_by IS NOT NULL OR {differ(BACKED)}",
    # watch and warnings
    "watch_check": f"OLD.ended_on IS NOT NULL OR NEW.due_on > OLD.due_on OR {differ(_PLANNED)}",
    "warning": f"OLD.closed_on IS NOT NULL OR {differ(_FOUND)}",
    # compensation and recovery
    "compensation_claim": f"OLD.state IN ('paid', 'refused', 'withdrawn') OR {differ(LODGED)}",
    "compensation_pause": f"OLD.until IS NOT NULL OR {differ(PAUSED)}",
    "compensation_decision": f"OLD.decided_by IS NOT NULL OR {differ(PUT_FORWARD)}",
    "compensation_part": f"OLD.state IN ('borne', 'received') OR {differ(PARTED)}",
    "recovery_case": f"OLD.state = 'closed' OR {differ(RECOVERING)}",
    "compensation_review": f"OLD.state = 'done' OR {differ(REVIEWED)} OR (OLD.decided_by IS NOT NULL AND ({differ(LEARNED)}))",
    "recovery_share": f"OLD.state IN ('kept', 'paid') OR {differ(SHARED)}",
    "bank_stop": f"OLD.state = 'lifted' OR {differ(STOPPED)}",
    # reserves, and what they cover
    "reserve_posting": f"OLD.decided_by IS NOT NULL OR {differ(RESERVED)}",
    # the bridge fund
    "bridge_pool": differ(("name", "custodian", "account", "opened_at", "opened_by")),
    "bridge_move": "OLD.decided_by IS NOT NULL OR " + differ(_MOVED),
    "bridge_promise": "OLD.withdrawn_at IS NOT NULL OR " + differ(_PROMISED),
    "bridge_use": "OLD.state IN ('closed', 'refused', 'withdrawn') OR " + differ(_ASKED),
    "bridge_ban": "OLD.lifted_by IS NOT NULL OR " + differ(("bank_id", "use_id", "breach", "since", "at")),
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
