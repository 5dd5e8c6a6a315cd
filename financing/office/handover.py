"""Cases that pass from one officer to another (移交): offered with a note, taken by the receiver or settled by a leader, told to the firm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from financing.access import Actor, Role, require
from financing.acts import Act
from financing.clocks import posts
from financing.clocks.rules import Rung
from financing.desk import Desk
from financing.guarantees import interests, recusal
from financing.guarantees.interest_rules import derive
from financing.journal import Private
from financing.needs.model import Need
from financing.needs.rules import OPEN
from financing.office.model import Deputy, HandOver
from financing.office.rules import Cause
from financing.office_refusals import DeputyTaken, NoReceiver, NothingToMove, NotYours, ReceiverTied
from financing.parties.identity import passage
from financing.people.model import User
from financing.refusals import OutOfRange


@dataclass(frozen=True, slots=True)
class Section:
    """The section of the office and who heads it (科室负责人), by the posts of the ladder; nobody: its leaders see to it."""

    head_id: int | None


def heads(desk: Desk) -> int | None:
    """Who heads the section today."""
    return posts.holder(desk, Rung.SECTION, desk.today)


def officers(desk: Desk) -> list[tuple[int, str]]:
    """Every officer in service, by name: colleagues know each other."""
    query = select(User.id, User.name).where(User.role == Role.OFFICER, User.active).order_by(User.name)
    return [(key, name) for key, name in desk.session.execute(query)]


def offer(desk: Desk, needs: Sequence[Need], to: int, *, cause: Cause, note: str) -> HandOver:
    """Offer some of one's own needs, or some that nobody has, to a colleague.

    NothingToMove, NotYours, NoReceiver; ReceiverTied when the colleague has declared a tie to a firm among them.
    """
    receiver = _receiver(desk, to)
    open_ones = [need for need in needs if need.state in OPEN]
    if not open_ones:
        raise NothingToMove
    for need in open_ones:
        if need.officer_id not in (None, desk.actor.id):
            raise NotYours(number=need.number)
        if tied(desk, need, to):
            raise ReceiverTied(who=receiver.name, number=need.number)
    return _offered(desk, desk.actor, receiver, open_ones, cause, note)


def offer_all(desk: Desk, to: int, *, cause: Cause, note: str) -> HandOver:
    """Offer every open need of one's own, as they stand when the colleague takes them; NothingToMove, NoReceiver."""
    receiver = _receiver(desk, to)
    if not _of(desk, desk.actor.id):
        raise NothingToMove
    return _offered(desk, desk.actor, receiver, None, cause, note)


def assign(desk: Desk, giver: int, to: int, *, cause: Cause, note: str) -> HandOver:
    """A leader or the head of the section gives every open need of one officer to another at once; NothingToMove, NoReceiver."""
    require(desk.actor, Act.ASSIGN_CASES, Section(head := heads(desk)))
    receiver = _receiver(desk, to, but=giver)
    former = desk.session.get_one(User, giver)
    if not _of(desk, giver):
        raise NothingToMove
    made = _put(desk, Actor(former.id, former.role, name=former.name), receiver, None, cause, note)
    made.head_id = head  # type: ignore[misc]  # not kept: who heads the section is known by its day
    desk.take(
        Act.ASSIGN_CASES, made, giver=giver, receiver=to, note=Private(made.note), moved=_move(desk, made, receiver)
    )
    _settle(desk, made)
    _tell(desk, Act.ASSIGN_CASES, made, "receiver", user=to)
    _tell(desk, Act.ASSIGN_CASES, made, "giver", user=giver)
    return made


def accept(desk: Desk, made: HandOver) -> None:
    """Take what was offered: from here on the needs are one's own; those one is tied to, or that have ended, stay."""
    desk.session.refresh(made, with_for_update=True)
    receiver = desk.session.get_one(User, made.to_id)
    desk.take(Act.TAKE_CASES, made, moved=_move(desk, made, receiver))
    _settle(desk, made)
    _tell(desk, Act.TAKE_CASES, made, "giver", user=made.asked_by)


def refuse(desk: Desk, made: HandOver, why: str) -> None:
    """Say no to what was offered, with the reason."""
    why = passage(why, "take_answer", 300)
    desk.take(Act.REFUSE_CASES, made, why=Private(why))
    made.answer = why
    _settle(desk, made)
    _tell(desk, Act.REFUSE_CASES, made, "giver", user=made.asked_by)


def take_back(desk: Desk, made: HandOver) -> None:
    """Whoever offered takes the offer back before it is answered."""
    desk.take(Act.UNOFFER_CASES, made)
    _settle(desk, made)


def tied(desk: Desk, need: Need, user: int) -> bool:
    """Whether somebody has declared an interest in the firm of a need, its group or those around it (F12, F99)."""
    person, declared = interests.standing(desk, user)
    return bool(derive(person, declared, recusal.parties(desk, need), interests.employed_since(desk)))


def set_deputy(desk: Desk, user: int, deputy: int, since: date, until: date, note: str) -> Deputy:
    """Somebody stands in for an officer between two days, both included; OutOfRange, NoReceiver, DeputyTaken."""
    if not desk.today <= until or not since <= until:
        raise OutOfRange(field="absent_until", least=max(since, desk.today))
    absent, stands_in = desk.session.get_one(User, user), _receiver(desk, deputy, but=user)
    if absent.role is not Role.OFFICER:
        raise NoReceiver
    if any(one.since <= until and since <= one.until for one in deputies(desk, user)):
        raise DeputyTaken
    made = desk.add(
        Deputy(
            user_id=user, name=absent.name, deputy_id=deputy, deputy=stands_in.name, since=since, until=until,
            note=passage(note, "hand_note", 300), set_at=desk.now, set_by=desk.actor.id,
        )
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.SET_DEPUTY, made, absent=user, deputy=deputy, since=since, until=until)
    for whom in {user, deputy} - {desk.actor.id}:
        desk.later(
            "notice",
            f"deputy:{made.id}:{whom}",
            to={"user": whom},
            code=Act.SET_DEPUTY.value,
            subject=made.id,
            number="",
        )
    return made


def end_deputy(desk: Desk, deputy: Deputy) -> None:
    """The absent one is back before the last day."""
    desk.note(Act.END_DEPUTY, deputy)
    deputy.ended_at = desk.now


def deputies(desk: Desk, user: int) -> list[Deputy]:
    """Who stands in for an officer now or later."""
    return desk.all(Deputy, Deputy.user_id == user, Deputy.ended_at.is_(None), Deputy.until >= desk.today)


def stands_in_for(desk: Desk) -> list[int]:
    """The absent colleagues of the person at the desk today."""
    here = (Deputy.deputy_id == desk.actor.id, Deputy.ended_at.is_(None), Deputy.since <= desk.today)
    return list(desk.session.scalars(desk.select(Deputy, Deputy.user_id).where(*here, Deputy.until >= desk.today)))


def _receiver(desk: Desk, to: int, but: int | None = None) -> User:
    user = desk.session.get(User, to)
    giver = desk.actor.id if but is None else but
    if user is None or not user.active or user.role is not Role.OFFICER or to == giver:
        raise NoReceiver
    return user


def _offered(
    desk: Desk, giver: Actor, receiver: User, needs: Iterable[Need] | None, cause: Cause, note: str
) -> HandOver:
    made = _put(desk, giver, receiver, needs, cause, note)
    desk.note(
        Act.OFFER_CASES, made, receiver=made.to_id, whole=made.whole, count=len(made.needs), note=Private(made.note)
    )
    _tell(desk, Act.OFFER_CASES, made, "receiver", user=made.to_id)
    return made


def _put(desk: Desk, giver: Actor, receiver: User, needs: Iterable[Need] | None, cause: Cause, note: str) -> HandOver:
    made = desk.add(
        HandOver(
            from_id=giver.id, from_name=giver.name, to_id=receiver.id, to_name=receiver.name, whole=needs is None,
            needs=[need.id for need in needs or ()], cause=cause, note=passage(note, "hand_note", 300), asked_at=desk.now,
            asked_by=desk.actor.id, asker=desk.actor.name,
        )
    )  # fmt: skip
    desk.session.flush()
    return made


def _of(desk: Desk, user: int | None) -> list[int]:
    """The open needs of an officer."""
    query = select(Need.id).where(Need.officer_id == user, Need.state.in_(OPEN)).order_by(Need.number)
    return list(desk.session.scalars(query))


def _move(desk: Desk, made: HandOver, receiver: User) -> list[str]:
    """Give each need its new officer, where it is still the giver's to give; the numbers of those that moved."""
    moved, left = [], []
    for key in _of(desk, made.from_id) if made.whole else made.needs:
        need = desk.session.get_one(Need, key, with_for_update=True)
        if need.state not in OPEN or need.officer_id not in (None, made.from_id) or tied(desk, need, receiver.id):
            left.append(need.number)
            continue
        need.officer_id, need.officer_name = receiver.id, receiver.name
        moved.append(need.number)
        _tell_firm(desk, need, made)
    made.moved, made.left = moved, left
    return moved


def _settle(desk: Desk, made: HandOver) -> None:
    made.answered_at, made.answered_by = desk.now, desk.actor.id


def _tell_firm(desk: Desk, need: Need, made: HandOver) -> None:
    once = f"{Act.TAKE_CASES.value}:{made.id}:{need.id}"
    told = {"code": Act.TAKE_CASES.value, "subject": need.id, "number": need.number}
    desk.later("notice", once, to={"firm": need.firm_id}, **told)


def _tell(desk: Desk, act: Act, made: HandOver, which: str, **to: object) -> None:
    desk.later("notice", f"{act.value}:{made.id}:{which}", to=to, code=act.value, subject=made.id, number="")
