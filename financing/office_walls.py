"""What no change may do to the office's own records: the columns that stay, table by table, for their walls."""

from __future__ import annotations

#: A hand-over keeps what was offered; once it is answered nothing of it changes.
HANDED = (
    "from_id",
    "from_name",
    "to_id",
    "to_name",
    "whole",
    "needs",
    "cause",
    "note",
    "asked_at",
    "asked_by",
    "asker",
)
#: A question whether a need still stands is answered once.
LIFE_ASKED = ("need_id", "firm_id", "last_sign", "asked_on", "asked_at", "closes_on")
#: A call keeps what it is about; once made it stays as it was heard.
CALLED = (
    "number", "need_id", "request_id", "inspection_id", "firm_id", "officer_id", "reason", "month", "rating_id", "opened_on", "due_on",
)  # fmt: skip
#: A reading in an emergency stays as it was asked for; once opened its time is never longer, once over nothing of it changes.
EMERGENCY = ("number", "firm_id", "firm", "why", "proposed_at", "proposed_by", "proposer")
#: Table -> what ends it, and the columns that never change.
OFFICE_FIXED = {
    "hand_over": ("OLD.answered_at IS NOT NULL", HANDED),
    "life_ask": ("OLD.answer IS NOT NULL", LIFE_ASKED),
    "call_back": ("OLD.called_at IS NOT NULL", CALLED),
    "emergency": (
        "OLD.ended_at IS NOT NULL OR (OLD.until IS NOT NULL AND NEW.until IS DISTINCT FROM OLD.until)",
        EMERGENCY,
    ),
}
#: Tables that only grow, each with its unique keys.
OFFICE_ONCE = {
    "rating": ("id", "need_id"),
    "call_draw": ("id", "month"),
    "planned_step": ("id",),
    "bulk_run": ("id",),
    "emergency_look": ("id",),
}
