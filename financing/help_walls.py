"""What no change may do to what is kept of helping firms (帮扶): tables that only grow, and rows that stay once they are decided."""

from __future__ import annotations

from financing.fixed_rows import differ
from financing.personal_walls import PERSONAL_DECIDED, PERSONAL_ONCE

#: What was announced of an event beside its time and place, and what a firm signed up with: none of it changes.
EVENT_PLANNED = (
    "number",
    "title",
    "kind",
    "about",
    "host",
    "places",
    "most",
    "audience",
    "branch",
    "officer_id",
    "planned_at",
)
BOOKED = ("number", "firm_id", "kind", "urgent", "day", "why", "booked_by", "booker", "booked_at")
TAKES_PART = (
    "inspection_id",
    "firm_id",
    "authority",
    "topic",
    "basis",
    "lead",
    "kind",
    "urgent",
    "year",
    "by",
    "name",
    "at",
)
SAID = ("firm_id", "inspection_id", "grievance", "authority", "day", "says", "said_at", "said_by", "due_on")
CHARGED = (
    "item", "authority", "nature", "basis", "setting", "standard", "lower", "unit", "since", "source", "example", "listed_at",
    "listed_by", "lister",
)  # fmt: skip
SIGNED_UP = ("event_id", "firm_id", "names", "people", "phone", "turn", "at", "by")
#: What a policy and a clause say once they are in force; a clause may only end earlier and count what was granted.
_SAID = ("number", "title", "doc_no", "level", "issuer", "department", "issued_on", "since", "until", "source", "confidence",
         "summary", "example", "proposed_by", "decided_by")  # fmt: skip
_WRITTEN = ("policy_id", "place", "edition", "title", "says", "benefit", "route", "papers", "terms", "exclusive", "per_loan",
            "since", "pay_days", "budget", "proposed_by", "decided_by")  # fmt: skip
#: What a claim is about, and what was granted and paid: none of it changes.
_CLAIMED = (
    "number",
    "firm_id",
    "policy_id",
    "clause_id",
    "firm",
    "title",
    "exclusive",
    "subject",
    "year",
    "entitled",
    "opened_by",
)
#: Table -> its unique keys: rows are written once.
POLICIES_ONCE: dict[str, tuple[str, ...]] = {"policy_line": ("id",), "policy_alert": ("id",)}
#: Table -> what ends every change of a row; no row is ever removed.
POLICIES_DECIDED: dict[str, str] = {
    "policy": f"OLD.state IN ('expired', 'repealed') OR (OLD.state = 'in_force' AND ({differ(_SAID)}))",
    "policy_clause": f"OLD.state IN ('in_force', 'replaced') AND ({differ(_WRITTEN)} OR NEW.state IN ('draft', 'proposed'))",
    "policy_claim": f"OLD.state IN ('paid', 'refused', 'withdrawn') OR {differ(_CLAIMED)}"
    " OR (OLD.granted IS NOT NULL AND OLD.granted IS DISTINCT FROM NEW.granted)",
    "policy_question": "OLD.state = 'published'",
}

#: What somebody was given to do stays as it was given.
TASKED = (
    "number",
    "title",
    "source",
    "source_id",
    "firm_id",
    "owner_id",
    "owner",
    "due_on",
    "set_at",
    "set_by",
    "setter",
)
#: A firm's helpers stay as they were named; a goal, a request and an appointment as they were asked for.
PAIRED = (
    "firm_id", "leader_id", "leader", "helper_id", "helper", "deputy_id", "deputy", "team", "reasons", "note", "since", "at", "by",
    "by_name",
)  # fmt: skip
AIMED = ("firm_id", "year", "topic", "title", "due_on", "source", "answer_id", "set_at", "set_by")
VISITS = ("firm_id", "day", "purpose", "anyway", "planned_at", "by", "by_name")
ASKED = ("number", "firm_id", "topic", "title", "says", "raised_at", "raised_by", "raiser", "sign_by", "source_id")
MEETS = (
    "number", "firm_id", "leader_id", "leader", "topic", "matter", "asked_at", "asked_by", "asker", "answer_by", "hold_by",
)  # fmt: skip
HELPING_ONCE: dict[str, tuple[str, ...]] = dict.fromkeys(
    ("help_escalation", "help_goal_note", "help_visit", "help_word", "help_rating", "help_survey", "help_survey_answer",
     "help_survey_reminder"), ("id",)
)  # fmt: skip
HELPING_DECIDED: dict[str, str] = {
    "help_task": f"OLD.state IN ('done', 'dropped') OR {differ(TASKED)}",
    "help_pairing": f"OLD.until IS NOT NULL OR {differ(PAIRED)}",
    "help_goal": f"OLD.state <> 'open' OR {differ(AIMED)}",
    "help_visit_plan": f"OLD.state <> 'planned' OR {differ(VISITS)}",
    "help_request": f"OLD.state IN ('closed', 'withdrawn') OR {differ(ASKED)}",
    "help_appointment": f"(OLD.ended_at IS NOT NULL AND OLD.state <> 'referred') OR {differ(MEETS)}",
}

#: What a meeting was convened on.
_CONVENED = (
    "number",
    "span",
    "since",
    "until",
    "held_on",
    "provisional",
    "convened_on",
    "convened_at",
    "close_by",
    "record",
    "digest",
)
CADENCE_ONCE: dict[str, tuple[str, ...]] = {
    "dispatch_decision": ("id", "task_id"),
    "bulletin_delivery": ("id", "parcel_id"),
}
#: What an issue is stays; what it says stands still from the moment it was put forward, and for good once it is out.
CADENCE_DECIDED: dict[str, str] = {
    "dispatch": f"OLD.state IN ('closed', 'joined') OR {differ(_CONVENED)}",
    "bulletin": f"OLD.state IN ('published', 'dropped') OR {differ(('number', 'span', 'until', 'drafted_at', 'publish_by'))}"
    f" OR (OLD.state = 'proposed' AND ({differ(('title', 'sections', 'wanted_at', 'proposed_by'))}))",
}

EVENTS_ONCE: dict[str, tuple[str, ...]] = {"event_rating": ("id", "place_id")}
EVENTS_DECIDED: dict[str, str] = {
    "event": f"OLD.state <> 'open' OR {differ(EVENT_PLANNED)}",
    "inspection": f"OLD.state IN ('done', 'refused', 'cancelled') OR {differ(BOOKED)}",
    "inspection_party": f"NOT OLD.counts OR {differ(TAKES_PART)}",
    "unannounced_word": f"OLD.answered_by IS NOT NULL OR {differ(SAID)}",
    "charge": f"OLD.until IS NOT NULL OR {differ(CHARGED)}",
    "event_place": f"OLD.state IN ('left', 'lapsed') OR {differ(SIGNED_UP)}",
}

HELP_ONCE = POLICIES_ONCE | HELPING_ONCE | CADENCE_ONCE | EVENTS_ONCE | PERSONAL_ONCE
HELP_DECIDED = POLICIES_DECIDED | HELPING_DECIDED | CADENCE_DECIDED | EVENTS_DECIDED | PERSONAL_DECIDED
