"""How far each need has come: rows kept beside the journal as acts happen; read for what they add up to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, BindParameter, ColumnElement, Select, bindparam, delete, func, select
from sqlalchemy.orm import Session

from financing import desk as desks
from financing.acts import Act
from financing.desk import BEIJING, Desk
from financing.figures.model import Track
from financing.figures.rules import REACHED, STEPS, Step
from financing.journal import Entry, Line
from financing.matching.model import Match
from financing.needs.model import Need
from financing.offers.drawdown_model import Drawdown
from financing.offers.drawdowns import gone
from financing.offers.model import Decline, Offer
from financing.offers.reversal_model import Reversal
from financing.parties.model import Firm

#: Every act of a step but the last, with the steps it brings a need to.
MOVES: dict[Act, tuple[Step, ...]] = {
    act: tuple(step for step in STEPS if act in REACHED[step] and step is not Step.PAID)
    for acts in REACHED.values()
    for act in acts
}
#: Acts that are not about the need itself, with the table of what they are about.
SUBJECT: BindParameter[int] = bindparam("subject", type_=BigInteger)
ELSEWHERE: dict[Act, Select[int]] = {
    Act.DECLINE_NEED: select(Match.need_id).where(Match.id == SUBJECT),
    Act.REPORT_DRAWDOWN: select(Offer.need_id).where(Offer.id == SUBJECT),
    Act.CONFIRM_REVERSAL: select(Drawdown.need_id)
    .join(Reversal, Reversal.drawdown_id == Drawdown.id)
    .where(Reversal.id == SUBJECT),
}
PAYING = frozenset({Act.REPORT_DRAWDOWN, Act.CONFIRM_REVERSAL})


def in_beijing(moment: datetime) -> date:
    return moment.astimezone(BEIJING).date()


def follow(desk: Desk) -> None:
    """Write down what the acts at this desk mean for the needs they are about."""
    for line in desk.lines:
        if (line.act in MOVES or line.act in PAYING) and (need_id := _need(desk, line)):
            _moved(desk, line.act, need_id)


desks.CONSEQUENCES.append(follow)


def rebuild(session: Session) -> int:
    """Every row anew from the journal, the declines and the pay-outs; how many there are.

    For a zone whose journal was written by something else than a desk.
    """
    session.execute(delete(Track))
    facts, made = dict(_facts(session)), {}
    for need_id, act, moment in _told(session):
        number = in_beijing(moment).toordinal()
        if act is Act.SUBMIT_NEED and need_id not in made:
            made[need_id] = Track(**facts[need_id], submitted=number)
        if need_id in made:
            _reach(made[need_id], MOVES[act], number)
    for need_id, first in session.execute(_paid()):
        if need_id in made:
            made[need_id].paid = first.toordinal()
    session.add_all(made.values())
    session.flush()
    return len(made)


def _told(session: Session) -> Iterator[tuple[int, Act, datetime]]:
    """For each need the first time of every act, hand-ins first: a need without one is in no figure."""
    first = select(Entry.subject_id, Entry.act, func.min(Entry.at)).join(Need, Need.id == Entry.subject_id)
    rows = session.execute(first.where(Entry.act.in_(list(MOVES))).group_by(Entry.subject_id, Entry.act)).all()
    yield from sorted(((key, act, at) for key, act, at in rows), key=lambda row: row[1] is not Act.SUBMIT_NEED)
    declined = select(Decline.need_id, func.min(Decline.at)).group_by(Decline.need_id)
    yield from ((key, Act.DECLINE_NEED, at) for key, at in session.execute(declined))


def _need(desk: Desk, line: Line) -> int | None:
    """The need a line is about."""
    if (elsewhere := ELSEWHERE.get(line.act)) is None:
        return line.subject_id
    return desk.session.scalar(elsewhere, {"subject": line.subject_id})


def _moved(desk: Desk, act: Act, need_id: int) -> None:
    track, number = desk.session.get(Track, need_id), desk.today.toordinal()
    if act is Act.SUBMIT_NEED:
        track = _handed_in(desk.session, track, need_id, number)
    if track is None:
        return
    _reach(track, MOVES.get(act, ()), number)
    if act in PAYING:
        _pay(desk.session, track)
    desk.session.flush()


def _handed_in(session: Session, track: Track | None, need_id: int, number: int) -> Track:
    """The row of a need that is handed in, with its amount of now."""
    if track is None:
        track = Track(**dict(_facts(session, Need.id == need_id))[need_id], submitted=number)
        session.add(track)
    else:
        track.amount = session.get_one(Need, need_id).amount
    return track


def _facts(session: Session, *where: ColumnElement[bool]) -> Iterator[tuple[int, dict[str, Any]]]:
    """What a row says of a need and its firm, by need."""
    columns = (
        Need.id,
        Need.firm_id,
        Need.amount,
        Firm.park,
        func.substr(Firm.industry, 1, 2),
        Firm.size,
        Firm.registered_at,
    )
    for row in session.execute(select(*columns).join(Firm, Firm.id == Need.firm_id).where(*where)):
        named = zip(("need_id", "firm_id", "amount", "park", "division", "size"), row[:6], strict=True)
        yield row[0], {**dict(named), "registered": in_beijing(row[6]).toordinal()}


def _reach(track: Track, steps: Iterable[Step], number: int) -> None:
    """The first day of a step stands: whatever brings a need there again comes later."""
    for step in steps:
        if track.day(step) is None or number < (track.day(step) or 0):
            setattr(track, step.value, number)


def _pay(session: Session, track: Track) -> None:
    """The first day of the pay-outs that count now: one that was taken back never was."""
    session.flush()
    row = session.execute(_paid().where(Drawdown.need_id == track.need_id)).one_or_none()
    track.paid = row[1].toordinal() if row else None


def _paid() -> Select[int, date]:
    """Need and first day of the pay-outs that count."""
    counting = select(Drawdown.need_id, func.min(Drawdown.paid_on)).where(Drawdown.id.not_in(gone()))
    return counting.group_by(Drawdown.need_id)
