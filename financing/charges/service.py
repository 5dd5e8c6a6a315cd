"""What officers do about the list of charges (涉企收费清单): put a charge on it, give it a new standard, take it off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from financing.acts import Act
from financing.calendar import DAY
from financing.charge_refusals import ChargeEnded, ChargeStands
from financing.charges.model import Charge
from financing.charges.rules import Nature, Setting
from financing.desk import Desk
from financing.journal import Private
from financing.parties.identity import line, passage
from financing.refusals import OutOfRange

#: Bases are older than the platform; nothing is announced further ahead.
FIRST, AHEAD = date(1949, 10, 1), timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Terms:
    """A charge as it is published: whose, by which law, the standard, what is charged here, from when, where it is told."""

    item: str
    authority: str
    nature: Nature
    basis: str
    setting: Setting
    standard: str
    lower: str
    unit: str
    since: date
    source: str
    example: bool = False


def list_charge(desk: Desk, said: Terms) -> Charge:
    """Put a charge on the public list (列入收费清单); the same item of the same authority ends the day before. ChargeStands."""
    if not FIRST <= said.since <= desk.today + AHEAD:
        raise OutOfRange(field="since", least=FIRST, most=desk.today + AHEAD)
    item, authority = line(said.item, "charge_item", 100), line(said.authority, "charge_authority", 100)
    former = standing(desk, item, authority)
    if former is not None:
        if former.since >= said.since:
            raise ChargeStands(field="since", item=item, since=former.since)
        _end(desk, former, said.since - DAY, "new")
        desk.session.flush()
    made = desk.add(
        Charge(
            item=item, authority=authority, nature=said.nature, basis=line(said.basis, "basis", 300), setting=said.setting,
            standard=line(said.standard, "standard", 200), lower=line(said.lower, "lower", 200), unit=line(said.unit, "unit", 40),
            since=said.since, source=line(said.source, "source", 300), example=said.example, listed_at=desk.now,
            listed_by=desk.actor.id, lister=desk.actor.name,
        )
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.LIST_CHARGE, made, since=said.since, said=Private(f"{item} {authority} {made.standard} {made.lower}"))
    return made


def standing(desk: Desk, item: str, authority: str) -> Charge | None:
    """The charge without a last day, under lock."""
    wanted = desk.select(Charge).where(Charge.item == item, Charge.authority == authority, Charge.until.is_(None))
    found: Charge | None = desk.session.scalar(wanted.with_for_update())
    return found


def end(desk: Desk, charge: Charge, until: date, why: str) -> None:
    """Take a charge off the list after its last day (移出收费清单); it stays in the history. ChargeEnded, OutOfRange."""
    desk.session.refresh(charge, with_for_update=True)
    if charge.until is not None:
        raise ChargeEnded(until=charge.until)
    if not charge.since <= until <= desk.today + AHEAD:
        raise OutOfRange(field="last_day", least=charge.since, most=desk.today + AHEAD)
    why = passage(why, "reason", 300)
    desk.note(Act.END_CHARGE, charge, until=until, why=Private(why))
    _end(desk, charge, until, why)


def _end(desk: Desk, charge: Charge, until: date, why: str) -> None:
    charge.until, charge.why, charge.ended_by = until, why, desk.actor.id
