"""Who may see what of the time after the signature (保后): role by role, table by table; what is not named is not there."""

from __future__ import annotations

from collections.abc import Mapping

from financing.paper_sights import Sight
from financing.roles import Role

Seen = Mapping[Role, Mapping[str, Sight]]

LOANS: Seen = {}

WATCH: Seen = {}

COMPENSATION: Seen = {}

RESERVES: Seen = {}

BRIDGE: Seen = {}

CONDUCT: Seen = {}

SLICES = (LOANS, WATCH, COMPENSATION, RESERVES, BRIDGE, CONDUCT)
#: All slices together.
AFTER_SEEN: Mapping[Role, dict[str, Sight]] = {
    role: {table: sight for each in SLICES for table, sight in each.get(role, {}).items()} for role in Role
}
