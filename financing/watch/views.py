"""What people see of checks and warnings: the lists, one check with what was found, one warning with its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from financing.acts import Act
from financing.desk import Desk
from financing.guarantees.security_model import CounterGuarantee
from financing.guarantees.security_rules import SecurityState
from financing.letters.model import Guarantee
from financing.listed import Listed, listed
from financing.loans.rules import FiveClass
from financing.money import Fen, Rate
from financing.parties import names
from financing.parties.model import Bank, Firm
from financing.watch.model import Check, EarlyWarning, OutsideFact, Visit
from financing.watch.rules import Changing, CheckState, Item, Level, Origin, Seen, WarningState
from financing.watch.warning_rules import Rule, Sign, every_rule


class Which(StrEnum):
    """Which checks or warnings a list shows."""

    OPEN = "open"
    LATE = "late"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class CheckRow:
    id: int
    guarantee: str
    number: int
    firm: str
    bank: str
    risk: FiveClass
    due_on: date
    ended_on: date | None
    state: CheckState
    left: int  # working days


@dataclass(frozen=True, slots=True)
class WarningRow:
    id: int
    guarantee: str | None
    firm: str
    bank: str | None
    rule: str
    level: Level
    found_on: date
    due_on: date
    closed_on: date | None
    state: WarningState
    left: int  # working days

    @property
    def says(self) -> Rule:
        return every_rule()[self.rule]


@dataclass(frozen=True, slots=True)
class CheckShown:
    """One check: whose guarantee it is of, what was found if one may know, and the other checks of that guarantee."""

    check: Check
    guarantee: str
    firm: str
    address: str
    bank: str
    visit: Visit | None
    others: tuple[CheckRow, ...]
    acts: tuple[Act, ...]

    @property
    def looked(self) -> tuple[tuple[Item, Seen, str], ...]:
        """Each thing looked at: how it was found, and the word on it."""
        found = self.visit.found if self.visit else []
        return tuple((Item(one["item"]), Seen(one["seen"]), one["note"]) for one in found)


@dataclass(frozen=True, slots=True)
class WarningShown:
    """One warning with its evidence as (sign, value), typed; `inside` whether who asks may read why it was closed."""

    warning: EarlyWarning
    rule: Rule
    guarantee: str
    firm: str
    bank: str
    evidence: tuple[tuple[Sign, Any], ...]
    acts: tuple[Act, ...]
    inside: bool


@dataclass(frozen=True, slots=True)
class Learned:
    """What is known of a firm from others, the newest first, and the counter-guarantees whose register entry may run out."""

    firm: Firm
    facts: tuple[OutsideFact, ...]
    securities: Mapping[int, str]


def checks(desk: Desk, which: Which, guarantee: int | None = None, page: int = 1) -> Listed[CheckRow]:
    """One page of checks in sight, the next due first; what is done, the newest first."""
    query = _checks(desk).where(*_which_checks(desk, which))
    if guarantee is not None:
        query = _checks(desk).where(Check.guarantee_id == guarantee)
    order = (Check.ended_on.desc(), Check.id) if which is Which.DONE else (Check.due_on, Check.id)
    return listed(desk, query.order_by(*order), page, lambda *row: _check(desk, *row))


def _which_checks(desk: Desk, which: Which) -> tuple[ColumnElement[bool], ...]:
    if which is Which.DONE:
        return (Check.state == CheckState.DONE,)
    return (Check.state == CheckState.DUE, *([Check.due_on < desk.today] if which is Which.LATE else []))


def _checks(desk: Desk) -> Select[Any]:
    named = (_number(Check.guarantee_id), Check.number, names.of_firm(Check.firm_id), names.of_bank(Check.bank_id))
    return desk.select(Check, Check.id, *named, Check.risk, Check.due_on, Check.ended_on, Check.state)


def _check(desk: Desk, *row: Any) -> CheckRow:
    return CheckRow(*(*row, desk.calendar.left(desk.today, row[6])))


def _number(key: Any) -> ColumnElement[str]:
    """The number of a guarantee beside what is about it."""
    return select(Guarantee.number).where(Guarantee.id == key).scalar_subquery()


def check(desk: Desk, one: Check) -> CheckShown:
    """One check as the person at the desk may see it: a visit only within the zone."""
    firm, bank = desk.session.get_one(Firm, one.firm_id), desk.session.get_one(Bank, one.bank_id)
    rows = desk.session.execute(
        _checks(desk).where(Check.guarantee_id == one.guarantee_id).order_by(Check.number.desc())
    )
    return CheckShown(
        one, desk.session.get_one(Guarantee, one.guarantee_id).number, firm.name, firm.address, bank.name,
        desk.find(Visit, Visit.check_id == one.id), tuple(_check(desk, *row) for row in rows), desk.acts(one),
    )  # fmt: skip


def warnings(
    desk: Desk, which: Which, *, rule: str = "", level: Level | None = None, guarantee: int | None = None, page: int = 1
) -> Listed[WarningRow]:
    """One page of warnings in sight, the first to be dealt with in front; closed ones, the newest first."""
    query = _warnings(desk, which, guarantee)
    if rule:
        query = query.where(EarlyWarning.rule == rule)
    if level is not None:
        query = query.where(EarlyWarning.level == level)
    order = EarlyWarning.closed_on.desc() if which is Which.DONE else EarlyWarning.due_on
    found = query.order_by(order, EarlyWarning.id)
    return listed(desk, found, page, lambda *row: WarningRow(*(*row, desk.calendar.left(desk.today, row[7]))))


def _warnings(desk: Desk, which: Which, guarantee: int | None) -> Select[Any]:
    own = (EarlyWarning.rule, EarlyWarning.level, EarlyWarning.found_on, EarlyWarning.due_on, EarlyWarning.closed_on)
    named = (
        _number(EarlyWarning.guarantee_id),
        names.of_firm(EarlyWarning.firm_id),
        names.of_bank(EarlyWarning.bank_id),
    )
    query = desk.select(EarlyWarning, EarlyWarning.id, *named, *own, EarlyWarning.state).where(*_which(desk, which))
    return query if guarantee is None else query.where(EarlyWarning.guarantee_id == guarantee)


def _which(desk: Desk, which: Which) -> tuple[ColumnElement[bool], ...]:
    if which is Which.DONE:
        return (EarlyWarning.state == WarningState.CLOSED,)
    late = [EarlyWarning.due_on < desk.today] if which is Which.LATE else []
    return (EarlyWarning.state != WarningState.CLOSED, *late)


def by_rule(desk: Desk, which: Which) -> dict[str, int]:
    """How many warnings of each rule there are, in the order of the published rules."""
    query = desk.select(EarlyWarning, EarlyWarning.rule, func.count()).where(*_which(desk, which))
    found: dict[str, int] = {rule: count for rule, count in desk.session.execute(query.group_by(EarlyWarning.rule))}  # noqa: C416  rows
    return {key: found[key] for key in every_rule() if key in found}


def warning(desk: Desk, one: EarlyWarning) -> WarningShown:
    """One warning as the person at the desk may see it."""
    behind = desk.session.get(Guarantee, one.guarantee_id) if one.guarantee_id else None
    bank = desk.session.get(Bank, one.bank_id) if one.bank_id else None
    return WarningShown(
        one, every_rule()[one.rule], behind.number if behind else "", desk.session.get_one(Firm, one.firm_id).name,
        bank.name if bank else "", tuple((Sign(key), typed(Sign(key), value)) for key, value in one.evidence.items()),
        desk.acts(one), desk.actor.bank_id is None,
    )  # fmt: skip


def typed(sign: Sign, value: Any) -> Any:
    """A piece of evidence as what it measures, by the end of its name; plain evidence stays as it is."""
    match sign.value.rsplit("_", 1)[-1]:
        case "fen":
            return Fen(value)
        case "ppm":
            return Rate(value)
        case "on":
            return date.fromisoformat(value)
        case "origin":
            return Origin(value)
        case "change":
            return Changing(value)
        case "items":
            return tuple(Item(one) for one in value)
    return value


def learned(desk: Desk, firm: Firm) -> Learned:
    """Everything written down about a firm, and what of it stands in a register."""
    facts = desk.all(OutsideFact, OutsideFact.firm_id == firm.id, by=OutsideFact.on.desc())
    stands = (CounterGuarantee.firm_id == firm.id, CounterGuarantee.state == SecurityState.REGISTERED)
    return Learned(firm, tuple(facts), {one.id: one.about for one in desk.all(CounterGuarantee, *stands)})
