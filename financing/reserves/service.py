"""What is done about reserves (准备金计提): one person puts them forward as worked out, another confirms or turns down."""

from __future__ import annotations

from datetime import date
from typing import Any

from financing.access import require
from financing.acts import Act
from financing.case_refusals import SamePerson
from financing.desk import Desk
from financing.parties.identity import passage
from financing.refusals import OutOfRange
from financing.register.lines import month_end
from financing.reserve_refusals import ReservesMoved, ReservesOpen, ReturnMissing
from financing.reserves import yearly
from financing.reserves.model import ReservePosting, columns
from financing.reserves.rules import PostingState

DECEMBER = 12


def propose(desk: Desk, month: date) -> ReservePosting:
    """Put the reserves of the year until a month's end forward, as they are worked out (提出计提).

    OutOfRange for a month that is not over, ReservesOpen where one stands, ReturnMissing for a December without its confirmed return.
    """
    require(desk.actor, Act.PROPOSE_RESERVES, None)
    until = month_end(month)
    if until > desk.today:
        raise OutOfRange(field="month", least=None, most=desk.today.replace(day=1) - date.resolution)
    if desk.find(ReservePosting, ReservePosting.until == until, ReservePosting.state != PostingState.TURNED_DOWN):
        raise ReservesOpen(until=until)
    found = yearly.year(desk, until)
    if until.month == DECEMBER and not (found.basis.fee_typed and found.basis.profit is not None):
        raise ReturnMissing(month=until)
    kept: dict[str, Any] = dict(columns(found.lines))
    made = desk.add(
        ReservePosting(
            until=until, basis=plain(found), **kept,
            proposed_at=desk.now, proposed_by=desk.actor.id, proposer=desk.actor.name,
        )
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.PROPOSE_RESERVES, made, until=until, **plain(found))
    told = {"to": {"role": "chair"}, "code": Act.PROPOSE_RESERVES.value, "subject": made.id, "number": f"{until:%Y-%m}"}
    desk.later("notice", f"{Act.PROPOSE_RESERVES}:{made.id}", **told)
    return made


def confirm(desk: Desk, posting: ReservePosting) -> None:
    """Another person confirms (确认计提): from now on they count. SamePerson; ReservesMoved when what they follow from has changed."""
    _authorised(desk, Act.CONFIRM_RESERVES, posting)
    now = yearly.year(desk, posting.until)
    if columns(now.lines) != columns(posting.lines) or plain(now) != posting.basis:
        raise ReservesMoved(until=posting.until)
    _decide(desk, Act.CONFIRM_RESERVES, posting)


def turn_down(desk: Desk, posting: ReservePosting, answer: str) -> None:
    """Another person turns them down with a reason (退回计提); they can be put forward anew."""
    _authorised(desk, Act.TURN_DOWN_RESERVES, posting)
    _decide(desk, Act.TURN_DOWN_RESERVES, posting, passage(answer, "reason"))


def plain(found: yearly.Year) -> dict[str, Any]:
    """What the reserves follow from, as it is stored: fen, and rates in ppm."""
    basis, rates = found.basis, found.rates
    return {
        "fee_income": basis.fee_income.fen, "fee_typed": basis.fee_typed, "liability": basis.liability.fen,
        "losses": basis.losses.fen, "profit": basis.profit.fen if basis.profit is not None else None,
        "unearned": rates.unearned.ppm, "compensation": rates.compensation.ppm, "most": rates.most.ppm, "general": rates.general.ppm,
    }  # fmt: skip


def _authorised(desk: Desk, act: Act, posting: ReservePosting) -> None:
    if desk.actor.id == posting.proposed_by:
        raise SamePerson(act=act)
    require(desk.actor, act, posting)
    desk.session.refresh(posting, with_for_update=True)


def _decide(desk: Desk, act: Act, posting: ReservePosting, answer: str = "") -> None:
    """Written in one go, for no wall lets a second decision through; whoever put it forward hears of it."""
    desk.take(act, posting, until=posting.until)
    posting.decided_at, posting.decided_by, posting.decider = desk.now, desk.actor.id, desk.actor.name
    posting.answer = answer
    told = {
        "to": {"user": posting.proposed_by},
        "code": act.value,
        "subject": posting.id,
        "number": f"{posting.until:%Y-%m}",
    }
    desk.later("notice", f"{act}:{posting.id}", **told)
