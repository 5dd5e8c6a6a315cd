"""How far a need of the big zone has come, as the figures keep it, and the pay-out of its loan."""

from __future__ import annotations

from datetime import datetime

from financing.acts import Act
from financing.figures.model import Track
from financing.figures.rules import REACHED, Step
from financing.money import Fen, Rate
from financing.offers.drawdown_model import Drawdown
from web.stage.big.answers import rate_of
from web.stage.big.cast import Cast, Plan
from web.stage.big.fates import Fate
from web.stage.big.rows import Rows, day
from web.stage.big.words import firm


def write_track(plan: Plan, cast: Cast, fate: Fate, rows: Rows) -> None:
    """One row for a need that was handed in, and its pay-out."""
    paid = fate.at(Act.REPORT_DRAWDOWN)
    if paid:
        _drawdown(plan, cast, fate, paid, rows)
    reached = {step: _first(fate, step) for step in REACHED}
    if reached[Step.SUBMITTED] is None:
        return
    known = firm(fate.firm, plan.today, plan.seed)
    rows[Track].append({
        "need_id": plan.key("need", fate.number), "firm_id": known["id"], "amount": Fen(fate.amount), "park": known["park"],
        "division": known["industry"][:2], "size": known["size"], "registered": day(known["registered_at"]).toordinal(),
        **{step.value: number for step, number in reached.items()},
    })  # fmt: skip


def _first(fate: Fate, step: Step) -> int | None:
    moments = [moment for act, moment in fate.acts if act in REACHED[step]]
    return day(min(moments)).toordinal() if moments else None


def _drawdown(plan: Plan, cast: Cast, fate: Fate, paid: datetime, rows: Rows) -> None:
    bank, rate = cast.banks[fate.bank % len(cast.banks)], Rate(rate_of(fate))
    rows[Drawdown].append({
        "id": plan.key("drawdown", fate.number), "version": 1, "offer_id": plan.key("offer", fate.number),
        "need_id": plan.key("need", fate.number), "firm_id": plan.key("firm", fate.firm), "bank_id": bank, "number": 1,
        "paid_on": day(paid), "amount": Fen(fate.amount), "before": Fen(0), "offered": Fen(fate.amount), "rate": rate,
        "offered_rate": rate, "added": "", "worse": False, "by": cast.bankers[bank].id, "at": paid,
    })  # fmt: skip
