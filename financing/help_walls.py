"""What no change may do to what is kept of helping firms (帮扶): tables that only grow, and rows that stay once they are decided."""

from __future__ import annotations

#: Table -> its unique keys: rows are written once.
POLICIES_ONCE: dict[str, tuple[str, ...]] = {}
#: Table -> what ends every change of a row; no row is ever removed.
POLICIES_DECIDED: dict[str, str] = {}

HELPING_ONCE: dict[str, tuple[str, ...]] = {}
HELPING_DECIDED: dict[str, str] = {}

CADENCE_ONCE: dict[str, tuple[str, ...]] = {}
CADENCE_DECIDED: dict[str, str] = {}

EVENTS_ONCE: dict[str, tuple[str, ...]] = {}
EVENTS_DECIDED: dict[str, str] = {}

HELP_ONCE = POLICIES_ONCE | HELPING_ONCE | CADENCE_ONCE | EVENTS_ONCE
HELP_DECIDED = POLICIES_DECIDED | HELPING_DECIDED | CADENCE_DECIDED | EVENTS_DECIDED
