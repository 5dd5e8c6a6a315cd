"""Tables that are seen by what they are, not by whose matter they belong to."""

from __future__ import annotations

#: Settings by date, and those that wait for a second person.
SETTINGS = ("setting_entry", "setting_proposal")
#: What is everybody's own, whatever their role.
OWN = frozenset({"notice", "notice_address", "notice_habit", "unfinished", "bulletin_subscription", "passkey"})
