"""Routes of helping firms (帮扶), and who may call them."""

from __future__ import annotations

from web.doors import Roles

POLICIES: dict[str, Roles] = {}

HELPING: dict[str, Roles] = {}

CADENCE: dict[str, Roles] = {}

EVENTS: dict[str, Roles] = {}

HELP: dict[str, Roles] = {**POLICIES, **HELPING, **CADENCE, **EVENTS}
