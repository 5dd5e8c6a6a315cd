"""How far each need has come, from the journal; read for what it adds up to, never handed to a leader as it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from financing.desk import BEIJING, Desk
from financing.figures.rules import REACHED, Step
from financing.journal import Entry
from financing.money import Fen
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.offers.model import Decline
from financing.parties.model import Firm


@dataclass(frozen=True, slots=True)
class Track:
    """One need with the day on which it reached each step."""

    need_id: int
    firm_id: int
    number: str
    amount: Fen
    state: NeedState
    registered: date
    reached: Mapping[Step, date]

    def day(self, step: Step) -> date | None:
        return self.registered if step is Step.REGISTERED else self.reached.get(step)


def tracks(desk: Desk, since: date, until: date) -> list[Track]:
    """Needs first handed in between two days, both included, in the order of their numbers."""
    reached = _reached(desk)
    columns = (Need.id, Need.firm_id, Need.number, Need.amount, Need.state, Firm.registered_at)
    rows = desk.session.execute(select(*columns).join(Firm, Firm.id == Need.firm_id).order_by(Need.number))
    return [
        Track(need_id, firm_id, number, amount, state, in_beijing(registered), reached[need_id])
        for need_id, firm_id, number, amount, state, registered in rows
        if since <= reached[need_id].get(Step.SUBMITTED, date.min) <= until
    ]


def in_beijing(moment: datetime) -> date:
    return moment.astimezone(BEIJING).date()


def _reached(desk: Desk) -> dict[int, dict[Step, date]]:
    """For each need the first day of each step."""
    reached: dict[int, dict[Step, date]] = defaultdict(dict)
    for need_id, step, moment in _moments(desk):
        reached[need_id][step] = min(in_beijing(moment), reached[need_id].get(step, date.max))
    return reached


def _moments(desk: Desk) -> Iterator[tuple[int, Step, datetime]]:
    """The first time of every act that brings a need on its way, and of the first decline, which moves no need."""
    acts = {act for these in REACHED.values() for act in these}
    joined = select(Entry.subject_id, Entry.act, func.min(Entry.at)).join(Need, Need.id == Entry.subject_id)
    for need_id, act, moment in desk.session.execute(
        joined.where(Entry.act.in_(acts)).group_by(Entry.subject_id, Entry.act)
    ):
        yield from ((need_id, step, moment) for step, these in REACHED.items() if act in these)
    declined = select(Decline.need_id, func.min(Decline.at)).group_by(Decline.need_id)
    yield from ((need_id, Step.ANSWERED, moment) for need_id, moment in desk.session.execute(declined))
