"""Separate consents (单独同意): given item by item by the firm's signatory, taken back on the same page, asked wherever they are needed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from financing import parameters
from financing.acts import Act
from financing.desk import Desk
from financing.journal import Private
from financing.numbers import Series, take_number
from financing.parties import permit_rules, permit_text
from financing.parties.identity import line, passage
from financing.parties.model import Firm
from financing.parties.permit_model import Permit
from financing.parties.permit_rules import CREDIT_FACTS, Capacity, End, Item, PermitState, Whose
from financing.parties.permit_text import Handler, Slots
from financing.permit_refusals import MarkWrong, PermitFirst, PermitOver, SignedFirst
from financing.signed_text import Text

#: A paper on which a person has signed by hand; the value of its kind.
SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be agreed to; of a person's credit report whose it is, and the paper they signed."""

    item: Item
    mark: str  # last four signs of the identity number, as typed
    whose: Whose | None = None
    person: str = ""
    scan: Any = None  # a Paper; papers stand above this room


@dataclass(frozen=True, slots=True)
class Row:
    """One item as a firm finds it: how it stands, and the consent that counts or counted last."""

    item: Item
    state: PermitState
    permit: Permit | None
    left: int = 0  # days


def draft(desk: Desk, firm: Firm, asked: Asked, *, handler: Handler, whose: str, capacity: str) -> Text:
    """The words the firm is asked to agree to, every blank filled in; `whose` and `capacity` in words. MarkWrong."""
    mark = permit_rules.mark_of(asked.mark)
    if not mark:
        raise MarkWrong(field="mark")
    slots = Slots(
        firm=firm.name, code=firm.code, representative=firm.representative, person=_person(firm, asked), mark=mark, whose=whose,
        signer=desk.actor.name, capacity=capacity, zone=handler.zone, office=handler.office, phone=handler.phone, days=_days(desk),
    )  # fmt: skip
    return permit_text.text(asked.item, slots)


def give(desk: Desk, firm: Firm, asked: Asked, words: Text) -> Permit:
    """Agree to one item in the words that were shown; a newer one takes the place of the former. MarkWrong, SignedFirst."""
    firm = desk.get(Firm, firm.id, lock=True)
    mark, scan = permit_rules.mark_of(asked.mark), _signed(firm, asked)
    if not mark:
        raise MarkWrong(field="mark")
    person = _person(firm, asked)
    for former in _standing(desk, firm.id, asked.item, person):
        _end(desk, former, End.REPLACED)
    desk.session.flush()
    permit = desk.add(
        Permit(
            number=take_number(desk.session, Series.PERMIT, desk.today.year), firm_id=firm.id, item=asked.item,
            whose=asked.whose if asked.item is Item.PERSON_CREDIT else None, person=person, mark=mark,
            scan_id=scan.id if scan else None, text_version=words.version, text_hash=words.sha256, given_at=desk.now,
            given_by=desk.actor.id, giver=desk.actor.name, capacity=capacity_of(desk, firm),
            valid_until=desk.now + timedelta(days=_days(desk)),
        )
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.GIVE_PERMIT, permit, number=permit.number, item=permit.item, text=permit.text_hash)
    _tell(desk, permit, Act.GIVE_PERMIT)
    return permit


def withdraw(desk: Desk, permit: Permit, why: str = "") -> None:
    """Take it back: what it allowed is over at once, and facts that rest on the report are no longer counted. PermitOver."""
    firm = desk.get(Firm, permit.firm_id, lock=True)
    if permit.ended_at is not None:
        raise PermitOver(number=permit.number)
    permit.why = passage(why, "why") if why.strip() else ""
    _end(desk, permit, End.WITHDRAWN)
    desk.session.flush()
    gone = [] if holds(desk, firm.id, permit.item) else _no_longer_counted(firm, permit.item)
    desk.note(Act.END_PERMIT, permit, number=permit.number, item=permit.item, why=Private(permit.why), facts=gone)
    _tell(desk, permit, Act.END_PERMIT)


def items(desk: Desk, firm_id: int) -> frozenset[Item]:
    """What the firm agrees to now, whoever asks."""
    given = (
        Permit.firm_id == firm_id,
        Permit.ended_at.is_(None),
        Permit.given_at <= desk.now,
        Permit.valid_until > desk.now,
    )
    return frozenset(desk.session.scalars(select(Permit.item).where(*given)))


def holds(desk: Desk, firm_id: int, item: Item) -> bool:
    """Whether the firm agrees to this item now."""
    return item in items(desk, firm_id)


def require(desk: Desk, firm_id: int, wanted: Iterable[Item]) -> None:
    """PermitFirst for the first item that the firm has not agreed to."""
    missing = sorted(set(wanted) - items(desk, firm_id), key=list(Item).index)
    if missing:
        raise PermitFirst(item=missing[0])


def table(desk: Desk, firm_id: int) -> list[Row]:
    """Every item in its order: those in force or over by time, of a person's report one for each; else how it ended last."""
    found = desk.all(Permit, Permit.firm_id == firm_id, by=Permit.given_at.desc())
    return [row for item in Item for row in _rows(desk, item, [one for one in found if one.item is item])]


def capacity_of(desk: Desk, firm: Firm) -> Capacity:
    """The representative signs as such; anybody else whom the firm made its signatory was authorised by it."""
    return Capacity.REPRESENTATIVE if desk.actor.name == firm.representative else Capacity.AUTHORISED


def _rows(desk: Desk, item: Item, found: list[Permit]) -> list[Row]:
    standing = [one for one in found if one.ended is None]
    shown = standing or [one for one in found if one.ended is End.WITHDRAWN][:1]
    rows = [Row(item, permit_rules.state(one.ended, one.valid_until, desk.now), one, _left(desk, one)) for one in shown]
    return rows or [Row(item, PermitState.NOT_GIVEN, None)]


def _left(desk: Desk, permit: Permit) -> int:
    return max((permit.valid_until - desk.now).days, 0)


def _days(desk: Desk) -> int:
    return parameters.figure("permit_days", desk.today).value


def _person(firm: Firm, asked: Asked) -> str:
    """Who it is about: the representative, unless it is about another person's report."""
    own = asked.item is not Item.PERSON_CREDIT or asked.whose is Whose.REPRESENTATIVE
    return firm.representative if own else line(asked.person, "person", 40)


def _signed(firm: Firm, asked: Asked) -> Any:
    """A person's own report is agreed to by that person's hand, and the paper is on file."""
    if asked.item is not Item.PERSON_CREDIT:
        return None
    scan = asked.scan
    if scan is None or scan.kind != SIGNED or scan.firm_id != firm.id or asked.whose is None:
        raise SignedFirst(field="scan")
    return scan


def _standing(desk: Desk, firm_id: int, item: Item, person: str) -> list[Permit]:
    same = (Permit.firm_id == firm_id, Permit.item == item, Permit.ended_at.is_(None))
    return [one for one in desk.all(Permit, *same) if item is not Item.PERSON_CREDIT or one.person == person]


def _end(desk: Desk, permit: Permit, end: End) -> None:
    permit.ended_at, permit.ended_by, permit.ended = desk.now, desk.actor.id, end


def _no_longer_counted(firm: Firm, item: Item) -> list[str]:
    gone = sorted(name for name, wanted in CREDIT_FACTS.items() if wanted is item and name in firm.stated)
    firm.stated = {name: known for name, known in firm.stated.items() if name not in gone}
    return gone


def _tell(desk: Desk, permit: Permit, act: Act) -> None:
    once = f"{act.value}:{permit.id}"
    desk.later("notice", once, to={"role": "officer"}, code=act.value, subject=permit.firm_id, number=permit.number)
