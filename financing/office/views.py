"""What the office's day says of one need (需求页): is it still needed, what comes next, may it be rated."""

from __future__ import annotations

from dataclasses import dataclass

from financing.acts import Act
from financing.desk import Desk
from financing.hygiene import service as hygiene
from financing.hygiene import views as silence
from financing.hygiene.model import LifeAsk, PlannedStep
from financing.hygiene.rules import ENDED, Answer
from financing.needs.model import Need
from financing.needs.rules import OPEN, NeedState
from financing.ratings import service as ratings


@dataclass(frozen=True, slots=True)
class NeedDay:
    """The question to the firm that waits, why the need was ended, the next step, and what may be done."""

    asked: LifeAsk | None
    may_close: bool
    ended_for: Answer | None
    step: PlannedStep | None
    open: bool
    may_rate: bool


def of_need(desk: Desk, need: Need) -> NeedDay:
    """Everything of the office's day about one need, for whoever may see the need."""
    ended = desk.find(LifeAsk, LifeAsk.need_id == need.id, LifeAsk.answer.in_(ENDED))
    return NeedDay(
        hygiene.standing(desk, need.id),
        desk.may(Act.CLOSE_NEED, need),
        ended.answer if ended and need.state is NeedState.CLOSED else None,
        silence.step(desk, need.id),
        need.state in OPEN,
        ratings.may_rate(desk, need),
    )
