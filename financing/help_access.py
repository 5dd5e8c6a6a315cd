"""Who may do what in helping firms (帮扶): policies, helpers, cadence, bulletins, events, inspections, charges."""

from __future__ import annotations

from collections.abc import Mapping

from financing.acts import Act
from financing.roles import Who

#: Policies: clauses, matches, what was applied for and paid.
POLICIES: Mapping[Act, Who] = {}

#: Helpers: assignments, plans, surveys, requests, appointments, tasks.
HELPING: Mapping[Act, Who] = {}

#: Cadence: dispatch meetings, bulletins and who takes them.
CADENCE: Mapping[Act, Who] = {}

#: Events, inspections and visits, charges.
EVENTS: Mapping[Act, Who] = {}

HELP: Mapping[Act, Who] = {**POLICIES, **HELPING, **CADENCE, **EVENTS}
