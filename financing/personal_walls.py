"""What no change may do to objections, requests to erase, and what is on record of personal data."""

from __future__ import annotations

from financing.fixed_rows import differ

OBJECTED = ("number", "firm_id", "kind", "item", "made_at", "made_by", "due_on")
ASKED = ("number", "firm_id", "user_id", "asked_at", "asked_by", "due_on")
AGREED = (
    "number", "firm_id", "item", "whose", "person", "mark", "scan_id", "text_version", "text_hash", "given_at", "given_by", "giver",
    "capacity", "valid_until",
)  # fmt: skip
FOUND = ("number", "found_at", "report_by", "tell_by", "due_on", "recorded_at", "recorded_by", "recorder")
WORDED = ("title", "kinds", "began_at", "ended_at", "cause", "harm", "measures", "can_do", "reach_us")
PARTY = ("incident_id", "firm_id", "user_id", "party", "added_at", "added_by")
PERSONAL_ONCE: dict[str, tuple[str, ...]] = {"expired": ("id",), "impact": ("id", "number")}
PERSONAL_DECIDED: dict[str, str] = {
    "objection": f"OLD.state <> 'open' OR {differ((*OBJECTED, 'held', 'why'))}",
    "erasure": f"OLD.state <> 'asked' OR {differ(ASKED)}",
    #: It ends once, and stays as it was signed.
    "permit": f"OLD.ended_at IS NOT NULL OR {differ(AGREED)}",
    #: What people were told stays as they were told it; a closed one stays whole.
    "incident": f"OLD.state = 'closed' OR {differ(FOUND)} OR (OLD.told_at IS NOT NULL AND ({differ(WORDED)}))",
    "incident_party": f"OLD.told_at IS NOT NULL OR OLD.left_at IS NOT NULL OR {differ(PARTY)}",
}
