"""A zone in which something of everything exists, for asking every page about it.

Told from the side of one firm (甲), one bank (甲行), one committee member and one chair: `ours` is theirs, `others` belongs to
strangers, `tied` is what the member and the chair have stepped aside from.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from financing.db import Database
from financing.people.passwords import hashed
from tests.web.populated_after_bridge import bridge
from tests.web.populated_after_compensation import compensation
from tests.web.populated_after_conduct import conduct_room
from tests.web.populated_after_loans import lent
from tests.web.populated_after_recovery import recovery
from tests.web.populated_after_watch import watched
from tests.web.populated_cadence import rhythm
from tests.web.populated_emergencies import emergencies
from tests.web.populated_guarantor import AtGuarantor
from tests.web.populated_help_events import events
from tests.web.populated_help_inspections import inspections
from tests.web.populated_helping import helped
from tests.web.populated_office import office_day
from tests.web.populated_people import PASSWORD
from tests.web.populated_personal import personal
from tests.web.populated_policies import policies

__all__ = ["ABSENT", "PASSWORD", "Populated"]
ABSENT = 4503599627370497


class Populated(AtGuarantor):
    """The zone; `thing(kind, whose)` is what names something in its address."""

    def __init__(self, database: Database, uploads: Path) -> None:
        self.database, self.uploads, self.hash = database, uploads, hashed(PASSWORD)
        self.things: dict[tuple[str, str], object] = {
            ("file", "ours"): "theme.css", ("template", "ours"): "invoices", ("step", "ours"): "submitted", ("listkind", "ours"): "applied", ("importkind", "ours"): "products",
            ("guide", "ours"): "officer",
            ("firmgroup", "ours"): "firm", ("needgroup", "ours"): "money", ("questions", "ours"): "need",
        }  # fmt: skip
        self._people()
        self._cards()
        self._meetings()
        self._early()
        self._at_committee()
        self._at_banks()
        self._round()
        self._session()
        self._terms()
        self._agreements()
        self._securities()
        self._letter("ours", self.bank)
        self._letter("others", self.rival)
        self._room(compensation)
        self._room(recovery)
        self._room(watched)
        self._return()
        self._keys()
        self._settings()
        self._statistics()
        self._clocks()
        self._room(office_day)
        self._room(emergencies)
        self._room(rhythm)
        self._room(lent)
        self._room(bridge)
        self._room(events)
        self._room(inspections)
        self._room(policies)
        self._room(personal)
        self._typed()
        self._room(conduct_room)
        self._room(helped)

    def _room(self, room: Callable[[Any], dict[tuple[str, str], Any]]) -> None:
        """What lies in one room; a name that stands for something already would take its place."""
        found = room(self)
        assert not self.things.keys() & found.keys(), self.things.keys() & found.keys()
        self.things |= found

    def thing(self, kind: str, whose: str) -> object:
        return ABSENT if whose == "absent" else self.things[kind, whose]
