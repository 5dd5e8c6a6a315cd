"""The groups of roles that routes are opened to."""

from __future__ import annotations

from financing.access import BANK, COMMITTEE, EVERYONE, FIRM, RULES, Role
from financing.acts import Act

__all__ = [
    "ADMIN",
    "AUDITOR",
    "BANK",
    "BANKER",
    "BANK_ADMIN",
    "CHAIR",
    "COMMITTEE",
    "EVERYONE",
    "FIRM",
    "FUND",
    "LEADER",
    "OFFICER",
    "SIGNATORY",
    "SIGNED_IN",
    "VISITOR",
    "Roles",
    "acts",
]

Roles = frozenset[Role]
SIGNED_IN = EVERYONE - {Role.VISITOR, Role.SYSTEM}
VISITOR, OFFICER, CHAIR = frozenset({Role.VISITOR}), frozenset({Role.OFFICER}), frozenset({Role.CHAIR})
SIGNATORY = frozenset({Role.SIGNATORY})
BANK_ADMIN = frozenset({Role.BANK_ADMIN})
BANKER, FUND, LEADER, AUDITOR, ADMIN = (
    frozenset({Role.BANKER}),
    frozenset({Role.FUND}),
    frozenset({Role.LEADER}),
    frozenset({Role.AUDITOR}),
    frozenset({Role.ADMIN}),
)


def acts(*these: Act) -> dict[str, Roles]:
    """Routes that do one act each, open to exactly the roles that can ever pass the act's own rule."""
    return {act: RULES[act].roles for act in these}
