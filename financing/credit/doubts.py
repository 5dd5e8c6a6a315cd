"""What is on file about a firm and cannot all be true (资料存疑, F82): asked on import, with every score and every night."""

from __future__ import annotations

from collections.abc import Mapping

from financing.desk import Desk
from financing.parties.model import Firm
from financing.parties.stated import Known
from scoring.facts import FACTS
from scoring.flags import Evidence, Flag, raised
from scoring.quality import Doubt, doubts

DOUBT = "doubt"


def of(desk: Desk, firm: Firm, known: Mapping[str, Known]) -> tuple[Doubt, ...]:
    """Every rule that these facts, the firm's code and its day of founding break."""
    values, origins = {}, {}
    for name, fact in known.items():
        values[name], origins[name] = fact.value, (fact.source, fact.as_of)
    return doubts(values, code=firm.code, founded=firm.founded_on, dated=origins, on=desk.today)


def as_flags(desk: Desk, firm: Firm, known: Mapping[str, Known]) -> list[Flag]:
    """The same for a person to look at, with the figures in question."""
    return [
        raised(DOUBT, desk.today, _figures(doubt, known), says=doubt.says, english=doubt.english)
        for doubt in of(desk, firm, known)
    ]


def _figures(doubt: Doubt, known: Mapping[str, Known]) -> list[Evidence]:
    return [Evidence(f"{FACTS[name].term} {FACTS[name].shown(known[name].value)}", 1) for name in doubt.facts]
