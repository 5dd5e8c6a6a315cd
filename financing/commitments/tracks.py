"""Intents with all that counts of them (意向进程): four statements of columns for one intent or for all of a large zone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select

from financing.commitments.model import Outcome
from financing.commitments.rules import Course, Report, Stage, with_payouts
from financing.desk import Desk
from financing.forums.day_model import Intent
from financing.forums.model import ForumSession
from financing.money import Fen
from financing.offers import drawdowns
from financing.offers.drawdown_model import Drawdown
from financing.offers.model import Offer
from financing.offers.reversal_model import Reversal
from financing.offers.rules import OfferState, ReversalState


@dataclass(frozen=True, slots=True)
class Track:
    """One intent: where and between whom, its course, the offer that was chosen after the talk, and when anything was last reported."""

    id: int
    session_id: int
    session: str
    match_id: int
    need_id: int
    firm_id: int
    bank_id: int
    round: int
    course: Course
    loan_id: int | None
    told: datetime | None


@dataclass(frozen=True, slots=True)
class _Told:
    """One report as it counts, and when it was made."""

    report: Report
    at: datetime


def tracks(desk: Desk, *where: Any) -> list[Track]:
    """The intents that fit, as far as they are in sight: the bank's reports, and the pay-outs of the offer chosen after the same talk."""
    i, s = Intent, ForumSession
    columns = (i.id, i.session_id, s.number, i.match_id, i.need_id, i.firm_id, i.bank_id, i.round, i.amount, s.day)
    rows = desk.session.execute(desk.select(i, *columns).join(s, s.id == i.session_id).where(*where)).all()
    typed, lent = _typed(desk, *where), _lent(desk, *where)
    paid = _paid(desk, *where) if lent else {}
    return [_track(row, typed.get(row.id, []), lent.get(row.match_id), paid) for row in rows]


def gone(desk: Desk) -> Select[Any]:
    """Reports that were taken back."""
    confirmed = Reversal.state == ReversalState.CONFIRMED
    return desk.select(Reversal, Reversal.outcome_id).where(confirmed, Reversal.outcome_id.is_not(None))


def _track(row: Any, typed: list[_Told], offer: tuple[int, Fen] | None, paid: dict[int, list[_Told]]) -> Track:
    loan, lent = offer or (None, Fen(0))
    payouts = paid.get(loan, []) if loan else []
    counting = [one.report for one in payouts if one.report.on >= row.day]
    course = Course(row.day, row.amount or Fen(0), with_payouts([one.report for one in typed], counting, lent))
    told = max((one.at for one in (*typed, *payouts)), default=None)
    who = row.match_id, row.need_id, row.firm_id, row.bank_id
    return Track(row.id, row.session_id, row.number, *who, row.round, course, loan, told)


def _typed(desk: Desk, *where: Any) -> dict[int, list[_Told]]:
    """What banks reported, by intent, in the order of its days."""
    o, here = Outcome, desk.select(Intent, Intent.id).where(*where)
    query = desk.select(o, o.intent_id, o.stage, o.on, o.amount, o.reported_at)
    found: defaultdict[int, list[_Told]] = defaultdict(list)
    counting = query.where(o.intent_id.in_(here), o.id.not_in(gone(desk))).order_by(o.on)
    for intent, stage, on, amount, at in desk.session.execute(counting):
        found[intent].append(_Told(Report(stage, on, amount), at))
    return found


def _lent(desk: Desk, *where: Any) -> dict[int, tuple[int, Fen]]:
    """The offers that firms chose, and their sums, by match."""
    query = desk.select(Offer, Offer.match_id, Offer.id, Offer.amount).where(_chosen(desk, *where))
    return {match: (key, amount) for match, key, amount in desk.session.execute(query)}


def _paid(desk: Desk, *where: Any) -> dict[int, list[_Told]]:
    """The pay-outs that count, by offer, in the order of their days."""
    d, chosen = Drawdown, desk.select(Offer, Offer.id).where(_chosen(desk, *where))
    query = desk.select(d, d.offer_id, d.paid_on, d.amount, d.at)
    found: defaultdict[int, list[_Told]] = defaultdict(list)
    counting = query.where(d.offer_id.in_(chosen), d.id.not_in(drawdowns.gone())).order_by(d.paid_on)
    for offer, on, amount, at in desk.session.execute(counting):
        found[offer].append(_Told(Report(Stage.PAID, on, amount), at))
    return found


def _chosen(desk: Desk, *where: Any) -> Any:
    here = desk.select(Intent, Intent.match_id).where(*where)
    return (Offer.state == OfferState.ACCEPTED) & Offer.match_id.in_(here)
