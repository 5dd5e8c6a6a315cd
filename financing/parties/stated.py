"""Facts about a firm that no workbook carries (申报与核验事实): the firm states a few, an officer records the others with their source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from financing.acts import Act
from financing.desk import Desk
from financing.parties import permits
from financing.parties.model import Firm
from financing.parties.permit_rules import CREDIT_FACTS
from financing.parties.rules import COMPUTED
from financing.refusals import NotAFact, OutOfRange
from scoring.facts import FACTS, SOFT, Fact, Kind, Source
from scoring.sheet import UnknownValue, Value, held

#: What the firm may state of itself, and what an officer records from a register, a document or a visit.
DECLARED = tuple(f.name for f in FACTS.values() if f.source is Source.DECLARED and f.name not in COMPUTED)
RECORDED = tuple(f.name for f in FACTS.values() if f.source is not Source.DECLARED and f.name not in COMPUTED)


@dataclass(frozen=True, slots=True)
class Known:
    """One fact as known: its value, where it comes from, and of which day it is."""

    value: Value
    source: Source
    as_of: date

    def as_json(self) -> dict[str, Any]:
        """Plain JSON without a float."""
        return {"value": self.plain(self.value), "source": self.source.value, "as_of": self.as_of.isoformat()}

    @staticmethod
    def plain(value: object) -> object:
        """A value as JSON keeps it."""
        return str(value) if isinstance(value, Decimal) else value

    @classmethod
    def from_json(cls, fact: Fact, plain: Mapping[str, Any]) -> Known:
        """The very fact that `as_json` wrote."""
        value = plain["value"]
        read = Decimal(value) if fact.kind is Kind.NUMBER and isinstance(value, str) else value
        return cls(read, Source(plain["source"]), date.fromisoformat(plain["as_of"]))


def declare(desk: Desk, firm: Firm, facts: Mapping[str, object]) -> None:
    """The firm states what only it can know, and its soft assets; None takes a statement back.

    What an officer has recorded with the same value stays as it was recorded.
    """
    known = stated(firm)
    fresh = {name: value for name, value in facts.items() if value != (known[name].value if name in known else None)}
    desk.take(Act.EDIT_FIRM, firm, fields=sorted(fresh))
    _keep(firm, fresh, (*DECLARED, *SOFT), desk.today, Source.DECLARED)


def record(
    desk: Desk, firm: Firm, facts: Mapping[str, object], *, as_of: date, on_site: frozenset[str] = frozenset()
) -> None:
    """An officer records what a register, a document or a visit shows, of that day; None takes an entry back.

    `on_site` names the facts that were seen on the spot, wherever they usually come from. PermitFirst for what rests on a credit
    report and the firm has not agreed to.
    """
    if as_of > desk.today:
        raise OutOfRange(field="as_of", least=firm.founded_on, most=desk.today)
    said = {name for name, value in facts.items() if value is not None}
    permits.require(desk, firm.id, {item for name, item in CREDIT_FACTS.items() if name in said})
    desk.note(Act.RECORD_FACTS, firm, fields=sorted(facts), as_of=as_of)
    _keep(firm, facts, RECORDED, as_of, on_site=on_site)


def stated(firm: Firm) -> dict[str, Known]:
    """Everything stated or recorded, by the name of the fact."""
    return {name: Known.from_json(FACTS[name], plain) for name, plain in firm.stated.items()}


def _keep(
    firm: Firm,
    facts: Mapping[str, object],
    allowed: tuple[str, ...],
    as_of: date,
    source: Source | None = None,
    on_site: frozenset[str] = frozenset(),
) -> None:
    kept = dict(firm.stated)
    for name, value in facts.items():
        if name not in allowed:
            raise NotAFact(fact=name, given="")
        kept.pop(name, None)
        if value is not None:
            seen = Source.SITE if name in on_site else FACTS[name].source
            kept[name] = Known(_read(name, value), source or seen, as_of).as_json()
    firm.stated = kept


def _read(name: str, value: object) -> Value:
    fact = FACTS[name]
    try:
        read = held(fact, value)
    except UnknownValue:
        raise NotAFact(fact=fact.term, given=str(value)[:40]) from None
    if isinstance(read, int) and not isinstance(read, bool) and not -(10**15) <= read <= 10**15:
        raise NotAFact(fact=fact.term, given=str(value)[:40])
    return read
