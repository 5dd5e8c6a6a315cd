"""Who may see what of helping firms (帮扶): role by role, table by table; what is not named is not there."""

from __future__ import annotations

from collections.abc import Mapping

from financing.paper_sights import Sight
from financing.roles import Role

Seen = Mapping[Role, Mapping[str, Sight]]

#: Policies: clauses, matches, what was applied for and paid.
POLICIES: Seen = {}

#: Helpers: assignments, plans, surveys, requests, appointments, tasks.
HELPING: Seen = {}

#: Cadence: dispatch meetings, bulletins and who takes them.
CADENCE: Seen = {}

#: Events, inspections and visits, charges.
EVENTS: Seen = {}

SLICES = (POLICIES, HELPING, CADENCE, EVENTS)
#: All slices together.
HELP_SEEN: Mapping[Role, dict[str, Sight]] = {
    role: {table: sight for each in SLICES for table, sight in each.get(role, {}).items()} for role in Role
}
