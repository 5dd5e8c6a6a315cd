"""What the rules of early warning look at, read for any number of guarantees in a fixed number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select

from financing.acts import Act
from financing.desk import BEIJING, Desk
from financing.guarantees.security_model import CounterGuarantee
from financing.guarantees.security_rules import SecurityState
from financing.journal import Entry
from financing.letters.model import Guarantee
from financing.offers import drawdowns
from financing.offers.drawdown_model import Drawdown
from financing.parties.model import Firm, Relation
from financing.parties.rules import RelationKind
from financing.watch.lent import LENT_OF, Lent, lent
from financing.watch.model import OutsideFact, Visit
from financing.watch.rules import Item, Outside, Seen
from financing.watch.warning_rules import Changed, Facts, Reported, Sign

#: Facts on a firm's file that warn by being so.
FLAGS = ("tax_arrears", "wage_dispute")
LISTED = "dishonest_records"
LED_BY = "representative"
#: What is read of each: hundreds of them every night, and none is changed.
OF_GUARANTEE = (
    *LENT_OF, Guarantee.firm_id, Guarantee.case_id, Guarantee.issued_on, Guarantee.starts,
)  # fmt: skip
_O = OutsideFact
OF_OUTSIDE = (_O.id, _O.firm_id, _O.kind, _O.on, _O.at, _O.value, _O.origin, _O.text, _O.until, _O.security_id)
OF_RELATION = (Relation.id, Relation.firm_id, Relation.kind, Relation.since, Relation.until)
OF_VISIT = (Visit.id, Visit.guarantee_id, Visit.visited_on, Visit.found)


def gather(desk: Desk, *where: ColumnElement[bool]) -> dict[int, tuple[Any, Facts]]:
    """What is known today of each guarantee that fits, with some of its columns."""
    guarantees = desk.rows(Guarantee, *OF_GUARANTEE, where=where, by=Guarantee.id)
    keys = desk.select(Guarantee, Guarantee.id).where(*where)
    firms = desk.select(Guarantee, Guarantee.firm_id).where(*where)
    read = _Read(desk, guarantees, keys, firms)
    return {one.id: (one, read.of(one)) for one in guarantees}


class _Read:
    """Everything of all of them, by guarantee or by firm."""

    def __init__(self, desk: Desk, guarantees: Sequence[Any], keys: Select[Any], firms: Select[Any]) -> None:
        """Ask each table once."""
        self.today = desk.today
        self.lent = lent(desk, guarantees, desk.today)
        self.stated = dict(desk.rows(Firm, Firm.id, Firm.stated, where=[Firm.id.in_(firms)]))
        self.outside = _by_firm(
            desk.rows(OutsideFact, *OF_OUTSIDE, where=[OutsideFact.firm_id.in_(firms)], by=OutsideFact.on)
        )
        self.relations = _by_firm(
            desk.rows(Relation, *OF_RELATION, where=[Relation.firm_id.in_(firms)], by=Relation.id)
        )
        self.led = _led(desk, firms)
        self.worse = _worse(desk, desk.select(Guarantee, Guarantee.offer_id).where(Guarantee.id.in_(keys)))
        self.visits = {
            one.guarantee_id: one
            for one in desk.rows(Visit, *OF_VISIT, where=[Visit.guarantee_id.in_(keys)], by=Visit.at)
        }
        self.registered = _registered(desk, desk.select(Guarantee, Guarantee.case_id).where(Guarantee.id.in_(keys)))

    def of(self, guarantee: Any) -> Facts:
        told, stated = self.outside.get(guarantee.firm_id, []), self.stated[guarantee.firm_id]
        loan: Lent = self.lent[guarantee.id]
        return Facts(
            today=self.today, past_due=loan.past_due, overdue=loan.overdue, overdue_since=loan.since,
            outside=_newest(told), power=_power(told), flags=_flags(stated), list_checked=_checked(guarantee, stated, told),
            changes=self._changes(guarantee, told), registrations=self._registrations(guarantee, told),
            worse=tuple(self.worse.get(guarantee.offer_id, ())), visit=_visit(self.visits.get(guarantee.id)),
        )  # fmt: skip

    def _changes(self, guarantee: Any, told: Sequence[Any]) -> tuple[Changed, ...]:
        """Who owns or leads the firm otherwise than on the day of the letter."""
        since = guarantee.issued_on or guarantee.starts
        moved = [_moved(one, since) for one in self.relations.get(guarantee.firm_id, ())]
        said = [Changed("outside", one.on, f"outside:{one.id}") for one in told if one.kind is Outside.OWNER]
        led = [Changed(LED_BY, on, f"led:{seq}") for seq, on in self.led.get(guarantee.firm_id, ())]
        return tuple(one for one in (*moved, *said, *led) if one is not None and one.on > since)

    def _registrations(self, guarantee: Any, told: Sequence[Any]) -> tuple[Reported, ...]:
        """The last known end of each register entry of the case."""
        own = self.registered.get(guarantee.case_id, {})
        ends = {one.security_id: one for one in told if one.security_id in own}
        return tuple(_reported(one, own[key]) for key, one in ends.items() if key is not None)


def _by_firm(rows: Sequence[Any]) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.firm_id].append(row)
    return found


def _reported(one: Any, security: str = "") -> Reported:
    return Reported(one.id, one.on, one.value, one.origin.value, one.text, one.until, security)


def _newest(told: Sequence[Any]) -> dict[Outside, Reported]:
    """The last of each kind, by its day and then by when it was written down."""
    return {one.kind: _reported(one) for one in sorted(told, key=lambda row: (row.on, row.at))}


def _power(told: Sequence[Any]) -> dict[date, int]:
    rows = [one for one in told if one.kind is Outside.POWER]
    return {one.on.replace(day=1): one.value for one in sorted(rows, key=lambda row: row.at)}


def _flags(stated: Mapping[str, Any]) -> dict[str, date]:
    kept = {name: stated[name] for name in FLAGS if name in stated}
    return {name: date.fromisoformat(fact["as_of"]) for name, fact in kept.items() if fact["value"] is True}


def _checked(guarantee: Any, stated: Mapping[str, Any], told: Sequence[Any]) -> date:
    """The last day on which somebody looked into the list; at the latest that of the letter."""
    days: list[date] = [one.on for one in told if one.kind is Outside.DISHONEST]
    if LISTED in stated:
        days.append(date.fromisoformat(stated[LISTED]["as_of"]))
    days.append(guarantee.issued_on or guarantee.starts)
    return max(days)


def _visit(visit: Any) -> tuple[str, date, tuple[Item, ...]] | None:
    if visit is None:
        return None
    bad = tuple(Item(one["item"]) for one in visit.found if one["seen"] == Seen.BAD.value)
    return str(visit.id), visit.visited_on, bad


def _moved(one: Any, since: date) -> Changed | None:
    """A controller or shareholder who came or went after a day."""
    if one.kind not in {RelationKind.CONTROLLER, RelationKind.SHAREHOLDER}:
        return None
    if one.until is not None and one.until > since:
        return Changed(f"{one.kind.value}_gone", one.until, f"gone:{one.id}")
    return Changed(f"{one.kind.value}_new", one.since, f"new:{one.id}") if one.since > since else None


def _led(desk: Desk, firms: Select[Any]) -> dict[int, list[tuple[int, date]]]:
    """When the legal representative on a firm's file became another, by the lines of the journal."""
    lines = desk.select(Entry, Entry.seq, Entry.firm_id, Entry.at, Entry.body)
    found: dict[int, list[tuple[int, date]]] = defaultdict(list)
    for seq, firm, at, body in desk.session.execute(lines.where(Entry.act == Act.EDIT_FIRM, Entry.firm_id.in_(firms))):
        if LED_BY in body["facts"].get("fields", ()):
            found[firm].append((seq, at.astimezone(BEIJING).date()))
    return found


def _worse(desk: Desk, offers: Select[Any]) -> dict[int, list[tuple[str, dict[str, Any]]]]:
    found: dict[int, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    for one in drawdowns.counting(desk, Drawdown.offer_id.in_(offers), Drawdown.worse):
        evidence: dict[str, Any] = {Sign.PAID: one.paid_on.isoformat(), Sign.RATE: one.rate.ppm}
        evidence |= {Sign.OFFERED_RATE: one.offered_rate.ppm, **({Sign.ADDED: one.added} if one.added else {})}
        found[one.offer_id].append((str(one.id), evidence))
    return found


def _registered(desk: Desk, cases: Select[Any]) -> dict[int, dict[int, str]]:
    """The counter-guarantees of each case that stand in a register: what each is about."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    live = (CounterGuarantee.case_id.in_(cases), CounterGuarantee.state == SecurityState.REGISTERED)
    for one in desk.all(CounterGuarantee, *live):
        found[one.case_id][one.id] = one.about
    return found
