"""What people do about checks: they go there and record what they saw (现场检查), and write down what they learn from others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from financing import parameters
from financing.access import require
from financing.acts import Act
from financing.desk import Desk
from financing.diligence.service import photos
from financing.guarantees.security_model import CounterGuarantee
from financing.guarantees.security_rules import SecurityState
from financing.journal import Private
from financing.letters.model import Guarantee
from financing.loans.rules import FiveClass
from financing.papers.model import Paper
from financing.parties.identity import line, passage
from financing.parties.model import Firm
from financing.people.model import User
from financing.refusals import OutOfRange
from financing.roles import Role
from financing.watch import plan
from financing.watch.model import Check, OutsideFact, Visit
from financing.watch.rules import Item, Origin, Outside, Seen
from financing.watch_refusals import FewPapers, ItemsOwed, NoSecondVisitor, NotItsSecurity

#: How long ago something learned from others may be of.
OLDEST = timedelta(days=5 * 366)
#: No figure learned from others is larger: ten billion yuan in fen, or as many kilowatt-hours.
MOST = 10**12


@dataclass(frozen=True, slots=True)
class Looked:
    """One thing looked at on a visit."""

    item: Item
    seen: Seen
    note: str


@dataclass(frozen=True, slots=True)
class Report:
    """What the visitor brings back; `second` the other visitor's account, `staff` people at work that day."""

    on: date
    place: str
    met: str
    found: Sequence[Looked]
    staff: int | None
    opinion: str
    risk: FiveClass
    second: int | None = None


def record(desk: Desk, check: Check, said: Report) -> Visit:
    """Keep a visit (记录检查) with its photos and papers, once; the next check is dated at the same desk.

    OutOfRange, ItemsOwed, NoSecondVisitor, FewPapers for what is wrong; WrongState when the check is done.
    """
    require(desk.actor, Act.RECORD_VISIT, check)
    desk.session.refresh(check, with_for_update=True)
    if not check.since <= said.on <= desk.today:
        raise OutOfRange(field="visited_on", least=check.since, most=desk.today)
    if said.staff is not None and not 0 <= said.staff <= MOST:
        raise OutOfRange(field="at_work", least=0, most=None)
    found, second, kept = _found(said.found), _second(desk, said.second), _papers(desk, check, said.on)
    check.ended_on = desk.today
    desk.take(Act.RECORD_VISIT, check, number=check.number, visited=said.on, risk=said.risk, papers=len(kept))
    visit = desk.add(
        Visit(
            check_id=check.id, guarantee_id=check.guarantee_id, need_id=check.need_id, firm_id=check.firm_id, bank_id=check.bank_id,
            officer_id=desk.actor.id, officer_name=desk.actor.name, second_id=second.id if second else None,
            second_name=second.name if second else "", visited_on=said.on, place=line(said.place, "place"),
            met=line(said.met, "met"), found=found, staff=said.staff, papers=kept, opinion=passage(said.opinion, "opinion"),
            risk=said.risk, at=desk.now,
        )
    )  # fmt: skip
    desk.session.flush()
    plan.look_at(desk, [check.guarantee_id])
    if second is not None:
        number = desk.session.get_one(Guarantee, check.guarantee_id).number
        desk.later("notice", f"{Act.RECORD_VISIT}:{check.id}", to={"user": second.id}, code=Act.RECORD_VISIT.value,
                   subject=check.id, number=number)  # fmt: skip
    return visit


def _found(found: Sequence[Looked]) -> list[dict[str, str]]:
    """Each thing once, and a word about whatever is not fine."""
    owed = [item for item in Item if sum(one.item is item for one in found) != 1]
    owed += [one.item for one in found if one.seen is not Seen.FINE and not one.note.strip()]
    if owed:
        raise ItemsOwed(items=tuple(owed))
    return [{"item": one.item.value, "seen": one.seen.value, "note": _note(one.note)} for one in found]


def _note(note: str) -> str:
    return line(note, "note", 200) if note.strip() else ""


def _second(desk: Desk, key: int | None) -> User | None:
    """The other visitor, an officer in service; NoSecondVisitor where two are asked for or the name is no good."""
    if key is None:
        if parameters.figure("watch_two_visitors", desk.today).value:
            raise NoSecondVisitor
        return None
    user = desk.session.get(User, key)
    if user is None or user.id == desk.actor.id or user.role is not Role.OFFICER or not user.active:
        raise NoSecondVisitor
    return user


def colleagues(desk: Desk) -> list[User]:
    """Who may have gone along: other officers in service."""
    active = desk.session.query(User).filter(User.role == Role.OFFICER, User.active.is_(True), User.id != desk.actor.id)
    return list(active.order_by(User.name))


def _papers(desk: Desk, check: Check, since: date) -> list[dict[str, object]]:
    """The pictures of the day of the visit and later; FewPapers."""
    taken: list[Paper] = photos(desk, desk.get(Firm, check.firm_id), since)
    if len(taken) < (least := parameters.figure("watch_photos", desk.today).value):
        raise FewPapers(least=least)
    return [{"id": one.id, "name": one.name, "sha256": one.sha256} for one in taken]


@dataclass(frozen=True, slots=True)
class Learned:
    """Something learned of a firm: `value` in the unit of its kind; a register entry names its counter-guarantee and last day."""

    kind: Outside
    on: date
    value: int
    text: str
    origin: Origin
    security: int | None = None
    until: date | None = None


def learn(desk: Desk, firm: Firm, said: Learned) -> OutsideFact:
    """Write down what others say of a firm (登记外部情况), with its day and source; never changed, a newer one stands instead."""
    require(desk.actor, Act.RECORD_OUTSIDE, firm)
    if not desk.today - OLDEST <= said.on <= desk.today:
        raise OutOfRange(field="on", least=desk.today - OLDEST, most=desk.today)
    if not 0 <= said.value <= MOST:
        raise OutOfRange(field="value", least=0, most=MOST)
    registers = said.kind is Outside.REGISTRATION
    if registers:
        _its_own(desk, firm, said)
    fact = desk.add(
        OutsideFact(
            firm_id=firm.id, kind=said.kind, on=said.on, value=said.value, text=passage(said.text, "outside_text", 300),
            origin=said.origin, security_id=said.security if registers else None, until=said.until if registers else None,
            at=desk.now, by=desk.actor.id, by_name=desk.actor.name,
        )
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.RECORD_OUTSIDE, fact, kind=said.kind, on=said.on, value=said.value, text=Private(fact.text))
    return fact


def _its_own(desk: Desk, firm: Firm, said: Learned) -> None:
    stands = (CounterGuarantee.firm_id == firm.id, CounterGuarantee.state == SecurityState.REGISTERED)
    if said.security is None or desk.find(CounterGuarantee, CounterGuarantee.id == said.security, *stands) is None:
        raise NotItsSecurity
    if said.until is None or said.until < said.on:
        raise OutOfRange(field="until", least=said.on, most=None)
