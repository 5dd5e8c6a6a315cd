"""Who may do what in helping firms (帮扶): policies, helpers, cadence, bulletins, events, inspections, charges."""

from __future__ import annotations

from collections.abc import Mapping

from financing.acts import Act
from financing.roles import FIRM, Who, officer, own_firm, role

firms = role("any firm", *FIRM)

#: Policies: clauses, matches, what was applied for and paid.
POLICIES: Mapping[Act, Who] = {}

#: Helpers: assignments, plans, surveys, requests, appointments, tasks.
HELPING: Mapping[Act, Who] = {}

#: Cadence: dispatch meetings, bulletins and who takes them.
CADENCE: Mapping[Act, Who] = {}

#: Events, inspections and visits, charges.
EVENTS: Mapping[Act, Who] = {
    **dict.fromkeys((Act.PLAN_EVENT, Act.MOVE_EVENT, Act.CANCEL_EVENT, Act.HOLD_EVENT), officer),
    **dict.fromkeys((Act.TICK_CAME, Act.TICK_MISSED), officer),
    **dict.fromkeys((Act.SIGN_UP, Act.LEAVE_EVENT, Act.RATE_EVENT), own_firm),
    Act.MOVE_UP: firms,  # what one firm's leaving brings about for the next
}

HELP: Mapping[Act, Who] = {**POLICIES, **HELPING, **CADENCE, **EVENTS}
