"""What became of each dossier that went to a bank; read for what it adds up to, never handed to a bank or leader as it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, true

from financing.acts import Act
from financing.desk import Desk
from financing.figures.bank_rules import Sent
from financing.figures.tracks import in_beijing
from financing.journal import Entry
from financing.matching.model import Match
from financing.offers import drawdowns
from financing.offers.ask_model import ClockPause, ItemAsk
from financing.offers.ask_rules import due
from financing.offers.claim_model import Silence
from financing.offers.drawdown_model import Drawdown
from financing.offers.model import Decline, Offer, Opening


def sent_between(desk: Desk, since: date, until: date, bank_id: int | None = None) -> dict[int, list[Sent]]:
    """Every dossier sent between two days, by bank, or those of one bank: read for what it adds up to, handed out only as numbers.

    One whose offer is still under seal is left out until it opens, for every reader alike (I-21).
    """
    here = Match.sent_on.between(since, until) & (true() if bank_id is None else Match.bank_id == bank_id)
    answered, found = _first_answers(desk, here), defaultdict[int, list[Sent]](list)
    asked, still = _asks(desk, here)
    silent, paid = set(desk.session.scalars(_of(Silence, here, Silence.match_id))), _paid(desk, here)
    columns = (Match.id, Match.need_id, Match.firm_id, Match.bank_id, Match.sent_on, Match.due_on, Match.state)
    query = select(*columns, Offer.effective_cost).outerjoin(Offer, Offer.match_id == Match.id)
    query = query.outerjoin(Opening, Opening.id == Offer.opening_id).where(
        or_(Offer.id.is_(None), Opening.opened_at.is_not(None))
    )
    for row in desk.session.execute(query.where(here)):
        one = _fate(desk, row, answered.get(row.id), paid, silent=row.id in silent)
        due_on = due(one.due_on, still.get(row.id), desk.today)
        found[row.bank_id].append(replace(one, due_on=due_on, asked=asked.get(row.id, ())))
    return found


def _of(kind: Any, here: ColumnElement[bool], *columns: Any) -> Select[Any]:
    """What is on record about the dossiers of a period."""
    return select(*columns).select_from(Match).join(kind, kind.match_id == Match.id).where(here)


def _asks(desk: Desk, here: ColumnElement[bool]) -> tuple[dict[int, tuple[bool, ...]], dict[int, date]]:
    """By match: for every item asked for whether it was asked before, and since when the bank's clock stands still."""
    asked: dict[int, tuple[bool, ...]] = {}
    for key, again in desk.session.execute(_of(ItemAsk, here, ItemAsk.match_id, ItemAsk.again)):
        asked[key] = (*asked.get(key, ()), again)
    running = _of(ClockPause, here, ClockPause.match_id, ClockPause.since).where(ClockPause.until.is_(None))
    return asked, {row.match_id: row.since for row in desk.session.execute(running)}


def _fate(desk: Desk, match: Any, first: date | None, paid: Mapping[int, bool], *, silent: bool) -> Sent:
    """What became of one dossier that was sent."""
    return Sent(
        match_id=match.id,
        need_id=match.need_id,
        firm_id=match.firm_id,
        bank_id=match.bank_id,
        sent_on=match.sent_on or date.max,
        due_on=match.due_on or date.max,
        state=match.state,
        answered_on=first,
        waited=None if first is None or match.sent_on is None else desk.calendar.left(match.sent_on, first),
        cost=match.effective_cost,
        silent=silent,
        paid=match.id in paid,
        worse=paid.get(match.id, False),
    )


def _paid(desk: Desk, here: ColumnElement[bool]) -> dict[int, bool]:
    """The matches under which money has gone out, and whether any of it came dearer than offered."""
    found: dict[int, bool] = {}
    query = _of(Offer, here, Offer.match_id, Drawdown.worse).join(Drawdown, Drawdown.offer_id == Offer.id)
    query = query.where(Drawdown.id.not_in(drawdowns.gone()))
    for key, worse in desk.session.execute(query):
        found[key] = found.get(key, False) or worse
    return found


def _first_answers(desk: Desk, here: ColumnElement[bool]) -> dict[int, date]:
    """The day of the first answer to each match: an offer made anew does not make the first one later."""
    offers = select(Match.id, func.min(Entry.at)).join(Entry, Entry.subject_id == Match.id)
    rows = [
        *desk.session.execute(offers.where(here, Entry.act == Act.MAKE_OFFER).group_by(Match.id)),
        *desk.session.execute(_of(Decline, here, Decline.match_id, Decline.at)),
    ]
    return {key: in_beijing(at) for key, at in sorted(rows, key=lambda row: row[1], reverse=True)}
