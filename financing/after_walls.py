"""What no change may do to what happens after the signature (保后): tables that only grow, and rows that stay once they are decided."""

from __future__ import annotations


def _differ(columns: tuple[str, ...]) -> str:
    return " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in columns)


#: What was recorded of a change of a loan, and what was proposed of its class: only the answer may be added.
EXTENDED = (
    "loan_id", "firm_id", "bank_id", "kind", "on", "rate", "until", "was_until", "why", "recorded_at", "recorded_by", "recorder",
)  # fmt: skip
CLASSED = ("loan_id", "firm_id", "bank_id", "before", "to", "reason", "proposed_at", "proposed_by", "proposer")
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
    # reserves, and what they cover
    # the bridge fund
    # conduct of banks
}
#: Table -> what ends every change of a row; no row is ever removed.
AFTER_DECIDED: dict[str, str] = {
    # loans and repayments
    "loan_change": f"OLD.state IN ('recorded', 'agreed', 'refused') OR {_differ(EXTENDED)}",
    "loan_class": f"OLD.decided_by IS NOT NULL OR {_differ(CLASSED)}",
    # watch and warnings
    # compensation and recovery
    # reserves, and what they cover
    # the bridge fund
    # conduct of banks
}
