"""What the zone already knows of a firm, and from where (来源): shown with its source, never asked for again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from financing import masks
from financing.access import Actor
from financing.desk import BEIJING
from financing.parties.model import Firm
from financing.parties.rules import Origin

#: The answers of a registration, in the order of the form.
ASKED = (
    "code", "name", "representative", "industry", "founded_on", "park", "address", "employees", "revenue", "assets", "contact", "phone",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer on file: its field, its value, where it comes from and since when."""

    field: str
    value: Any
    origin: Origin
    on: date


def marked(fields: Iterable[str], origin: Origin, on: date) -> dict[str, Any]:
    """The marks for fields that come from one place."""
    return {name: {"origin": origin.value, "on": on.isoformat()} for name in fields}


def answers(firm: Firm, reader: Actor) -> tuple[Answer, ...]:
    """Everything on file of the registration; a field without a mark is the firm's own word of the day it registered."""
    found = (_answer(firm, name) for name in ASKED if getattr(firm, name) not in {None, ""})
    return tuple(
        replace(one, value=masks.phone_for(reader, firm.phone)) if one.field == "phone" else one for one in found
    )


def _answer(firm: Firm, name: str) -> Answer:
    mark = firm.origins.get(name)
    if mark is None:
        return Answer(name, getattr(firm, name), Origin.DECLARED, firm.registered_at.astimezone(BEIJING).date())
    return Answer(name, getattr(firm, name), Origin(mark["origin"]), date.fromisoformat(mark["on"]))
