"""What no change may do to letters, papers, agreements on losses and to what firms were asked for: the conditions of their walls."""

from __future__ import annotations

from financing.office_walls import OFFICE_FIXED


def differ(columns: tuple[str, ...]) -> str:
    return " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in columns)


#: What a letter says: once it is issued none of it changes.
LETTERED = (
    "number", "case_id", "need_id", "firm_id", "bank_id", "offer_id", "guarantor_id", "resolution_id", "form", "type", "amount",
    "offered", "line", "asked", "share", "fee", "starts", "prepared_by", "prepared_at", "issued_on", "issued_by",
)  # fmt: skip
#: A letter that is issued keeps its words and is never a draft again; one that is dropped stays as it is. Its days only ever move
#: forward, with the guarantor's written consent to an extension of the loan (民法典第695条).
LETTER = f"""OLD.state = 'dropped' OR (OLD.state <> 'prepared' AND ({differ(LETTERED)} OR NEW.matures < OLD.matures
  OR NEW.until < OLD.until OR NEW.state IN ('prepared', 'dropped')))
  OR (OLD.state = 'released' AND NEW.state <> 'released')"""
#: An issued paper never changes; it is superseded once.
PAPERED = (
    "number",
    "kind",
    "subject_id",
    "case_id",
    "firm_id",
    "bank_id",
    "record",
    "digest",
    "code",
    "checkpoint",
    "issued_at",
    "issued_by",
)
PAPER = f"OLD.superseded_at IS NOT NULL OR {differ(PAPERED)}"
AGREED = (
    "number", "bank_id", "guarantor_share", "bank_share", "reguarantor_share", "fund_share", "treasury_share", "other_share", "other_name",
    "valid_from", "valid_until", "trigger_days", "grace_days", "deposit", "single_cap", "stop_rate", "business", "reason",
    "document_id", "proposed_at", "proposed_by", "proposer",
)  # fmt: skip
#: No agreement is edited: until it is decided only the decision may be written, and then nothing.
AGREEMENT_FIXED = f"OLD.decided_by IS NOT NULL OR {differ(AGREED)}"
#: What a firm was asked for stays as it was asked, and what is over stays over.
ASKED_FIXED = f"OLD.state IN ('released', 'waived') OR {differ(('case_id', 'need_id', 'firm_id', 'number', 'kind', 'about', 'value', 'asked_at', 'asked_by', 'asker'))}"
#: A product keeps its terms; it is taken off the shelf once.
SHELVED = (
    "bank_id", "name", "least", "most", "shortest", "longest", "spread", "valid_from", "valid_until", "sections", "barred",
    "sizes", "purposes", "grade", "guaranteed_only", "put_at", "replaces_id",
)  # fmt: skip
PRODUCT_FIXED = f"OLD.withdrawn_at IS NOT NULL OR {differ(SHELVED)}"
#: A key keeps what it was given for; once taken it is that key and no other, once revoked it stays so.
KEYED = ("bank_id", "user_id", "name", "scopes", "until", "given_at", "given_by")
KEY_FIXED = f"""OLD.revoked_at IS NOT NULL OR {differ(KEYED)}
  OR (OLD.taken_at IS NOT NULL AND ({differ(("prefix", "digest", "taken_at"))}))"""
#: What was asked to be taken back, by whom and why; once confirmed it stays so.
REVERSED = ("drawdown_id", "outcome_id", "firm_id", "bank_id", "why", "asked_at", "asked_by", "asker")
REVERSAL_FIXED = f"OLD.confirmed_by IS NOT NULL OR {differ(REVERSED)}"
#: A row of a list keeps what it says; the bank's answer is written once.
LISTED = ("file_id", "kind", "code", "name", "day", "amount", "months", "purpose", "bank")
#: A proposed setting keeps what was proposed; it is decided once.
PROPOSED = ("key", "value", "before", "since", "why", "source", "confidence", "proposed_at", "proposed_by", "proposer")
#: A clock that has stopped stays as it stopped; a running one keeps its beginning and never moves its day to an earlier one.
CLOCKED = ("need_id", "firm_id", "step", "started_on", "days")
CLOCK_FIXED = f"OLD.stopped_on IS NOT NULL OR NEW.due_on < OLD.due_on OR {differ(CLOCKED)}"
#: A standstill ends once, an extension is decided once, a promise is kept or broken once.
HALTED = ("clock_id", "need_id", "firm_id", "reason", "evidence", "by_name", "since", "due_before")
EXTENDED = ("clock_id", "need_id", "firm_id", "days", "why", "proposed_by", "proposer", "proposed_at")
OWED = ("need_id", "firm_id", "kind", "form", "step", "promised_at", "promised_by")
FIXED_ROWS = {
    "setting_proposal": f"OLD.decided_by IS NOT NULL OR {differ(PROPOSED)}",
    "clock": CLOCK_FIXED,
    "clock_halt": f"OLD.until IS NOT NULL OR {differ(HALTED)}",
    "clock_extension": f"OLD.decided_by IS NOT NULL OR {differ(EXTENDED)}",
    "owed_paper": f"OLD.ended_on IS NOT NULL OR {differ(OWED)}",
    "list_row": f"OLD.status IS NOT NULL OR {differ(LISTED)}",
    "reversal": REVERSAL_FIXED,
    "api_key": KEY_FIXED,
    "product": PRODUCT_FIXED,
    "sharing_agreement": AGREEMENT_FIXED,
    "counter_guarantee": ASKED_FIXED,
    **{table: f"{end} OR {differ(columns)}" for table, (end, columns) in OFFICE_FIXED.items()},
}
#: Beside the id, what no two rows of them share: replacing a row would be changing it.
UNIQUE = {
    "reversal": ("id", "drawdown_id", "outcome_id"),
    "sharing_agreement": ("id", "number"),
    "api_key": ("id", "digest"),
}
