"""What no change may do to objections, requests to erase, and what is on record of personal data."""

from __future__ import annotations

from financing.fixed_rows import differ

OBJECTED = ("number", "firm_id", "kind", "item", "made_at", "made_by", "due_on")
ASKED = ("number", "firm_id", "user_id", "asked_at", "asked_by", "due_on")
PERSONAL_ONCE: dict[str, tuple[str, ...]] = {"expired": ("id",), "impact": ("id", "number")}
PERSONAL_DECIDED: dict[str, str] = {
    "objection": f"OLD.state <> 'open' OR {differ((*OBJECTED, 'held', 'why'))}",
    "erasure": f"OLD.state <> 'asked' OR {differ(ASKED)}",
}
