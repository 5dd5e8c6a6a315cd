"""Requests to erase (删除申请): asked by the firm or the person, refused at once where something has to be kept, carried out by the office."""

from __future__ import annotations

from sqlalchemy import select

from financing import parameters
from financing.access import require
from financing.acts import Act
from financing.desk import Desk
from financing.numbers import Series, take_number
from financing.parties.model import Firm
from financing.people import service as people
from financing.people.model import User
from financing.personal import erasing, holds
from financing.personal.model import Erasure
from financing.personal.rules import ErasureState, Hold
from financing.personal_refusals import AskedAlready, NothingHeld, StillHeld
from financing.roles import FIRM, Role


def ask_firm(desk: Desk, firm: Firm) -> Erasure:
    """The firm asks for everything to be erased (申请删除); what has to be kept refuses it at once, and says until when."""
    desk.session.refresh(firm, with_for_update=True)
    return _asked(desk, firm.id, None, holds.of_firm(desk, firm.id))


def ask_person(desk: Desk) -> Erasure:
    """Whoever is at the desk asks for their own account to be erased."""
    return _asked(desk, desk.actor.firm_id, desk.actor.id, of_person(desk))


def of_person(desk: Desk) -> list[holds.Held]:
    """What stands against erasing the account at the desk: a post it has, or that it is the last signatory of a firm that is held."""
    me = people.me(desk)
    if me.role not in FIRM or me.firm_id is None:
        return [(Hold.POST, None)]
    others = select(User.id).where(
        User.firm_id == me.firm_id, User.role == Role.SIGNATORY, User.active, User.id != me.id
    )
    last = me.role is Role.SIGNATORY and desk.session.scalar(others.limit(1)) is None
    return holds.of_firm(desk, me.firm_id) if last else []


def carry_out(desk: Desk, asked: Erasure) -> None:
    """Erase it; files are taken away once this is committed. StillHeld when something has to be kept by now."""
    found = _holds(desk, asked)
    if found:
        raise StillHeld(why=found[0][0], until=holds.until(found))
    require(desk.actor, Act.ERASE, asked)
    gone = _gone(desk, asked)
    with desk.session.no_autoflush:  # state and figures are one change of the row
        desk.take(Act.ERASE, asked, cells=gone.cells, rows=gone.rows, files=gone.files)
        asked.done_at, asked.done_by, asked.doer = desk.now, desk.actor.id, desk.actor.name
        asked.cells, asked.rows, asked.files, asked.left = gone.cells, gone.rows, gone.files, sorted(gone.left)


def _gone(desk: Desk, asked: Erasure) -> erasing.Gone:
    if asked.user_id is not None:
        return erasing.person(desk, desk.session.get_one(User, asked.user_id))
    return erasing.firm(desk, desk.session.get_one(Firm, asked.firm_id))


def hold(desk: Desk, asked: Erasure) -> None:
    """Something has to be kept by now: the request is refused with its reasons. NothingHeld when nothing stands against it."""
    found = _holds(desk, asked)
    if not found:
        raise NothingHeld
    desk.take(Act.HOLD_ERASURE, asked, holds=[why for why, _ in found])
    asked.holds, asked.free_on = _plain(found), holds.until(found)
    _tell(desk, asked, Act.HOLD_ERASURE, user=asked.asked_by)


def withdraw(desk: Desk, asked: Erasure) -> None:
    """Whoever asked takes it back."""
    desk.take(Act.WITHDRAW_ERASURE, asked)


def _asked(desk: Desk, firm_id: int | None, user_id: int | None, found: list[holds.Held]) -> Erasure:
    same = (Erasure.firm_id == firm_id, Erasure.user_id == user_id, Erasure.state == ErasureState.ASKED)
    if (former := desk.find(Erasure, *same)) is not None:
        raise AskedAlready(number=former.number)
    days = parameters.figure("personal_erasure_days", desk.today).value
    asked = desk.add(
        Erasure(
            number=take_number(desk.session, Series.ERASURE, desk.today.year), firm_id=firm_id, user_id=user_id, asked_at=desk.now,
            asked_by=desk.actor.id, due_on=desk.calendar.after(desk.today, days).day, holds=_plain(found), free_on=holds.until(found),
            state=ErasureState.HELD if found else ErasureState.ASKED,
        )
    )  # fmt: skip
    desk.session.flush()
    act = Act.ASK_LEAVING if user_id else Act.ASK_ERASURE
    desk.note(act, asked, holds=[why for why, _ in found])
    if not found:
        _tell(desk, asked, act, role="officer")
    return asked


def _holds(desk: Desk, asked: Erasure) -> list[holds.Held]:
    if asked.user_id is None:
        return holds.of_firm(desk, asked.firm_id or 0)
    user = desk.session.get_one(User, asked.user_id)
    return [(Hold.POST, None)] if user.role not in FIRM else []


def _plain(found: list[holds.Held]) -> list[list[str]]:
    return [[why.value, day.isoformat() if day else ""] for why, day in found]


def _tell(desk: Desk, asked: Erasure, act: Act, **to: object) -> None:
    desk.later("notice", f"{act.value}:{asked.id}", to=to, code=act.value, subject=asked.id, number=asked.number)
