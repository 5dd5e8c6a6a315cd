"""The scoreboard of banks (银行成绩单), worked out each time from dossiers, answers and the journal; nothing is stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select

from financing.access import BANK, Role
from financing.acts import Act
from financing.desk import Desk
from financing.figures.bank_rules import Measure, Score, Sent, counted, middle, score, struck
from financing.figures.rules import LEAST_FIRMS
from financing.figures.tracks import in_beijing
from financing.figures.views import NAMED, READERS
from financing.journal import Entry
from financing.matching.model import Dossier, Match
from financing.matching.rules import MatchState
from financing.money import Rate
from financing.offers.model import Decline, Offer, Opening
from financing.parties.model import Bank
from financing.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Line:
    """One bank with its numbers; `received` is how many dossiers went to it."""

    bank_id: int
    name: str
    received: int
    scores: Mapping[Measure, Score]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One bank's scoreboard beside the median of the others, which is None while too few of them have a number."""

    line: Line
    others: Mapping[Measure, object]


@dataclass(frozen=True, slots=True)
class Case:
    """One dossier behind a number; its file and firm only for those who may know them."""

    dossier_id: int | None
    number: str
    firm: str
    sent_on: date
    due_on: date
    answered_on: date | None
    state: MatchState
    struck: bool


@dataclass(frozen=True, slots=True)
class Cases:
    """The dossiers behind one number; `unnamed` more are no longer this bank's to read."""

    shown: tuple[Case, ...]
    unnamed: int


def board(desk: Desk, since: date, until: date) -> list[Line]:
    """Every bank that was sent a dossier between two days, both included; NotFound for whoever reads no figures."""
    if desk.actor.role not in READERS:
        raise NotFound(kind="figures")
    return _lines(desk, since, until)


def sheet(desk: Desk, bank_id: int, since: date, until: date) -> Sheet:
    """One bank's numbers; a bank has its own alone."""
    _admit(desk, bank_id)
    lines = {line.bank_id: line for line in _lines(desk, since, until)}
    others = [line for line in lines.values() if line.bank_id != bank_id]
    own = lines.get(bank_id) or _line(desk, bank_id, _names(desk, [bank_id])[bank_id], [])
    return Sheet(own, {measure: _middle(others, measure) for measure in Measure})


def behind(desk: Desk, bank_id: int, measure: Measure, since: date, until: date) -> Cases | None:
    """The cases of one number, the latest first; None for a leader where so few firms stand behind it."""
    _admit(desk, bank_id)
    cases = counted(measure, _sent(desk, since, until).get(bank_id, []), desk.today)
    if desk.actor.role is Role.LEADER and len({one.firm_id for one in cases}) < LEAST_FIRMS:
        return None
    files = _files(desk, {one.need_id for one in cases})
    latest = sorted(cases, key=lambda one: (one.sent_on, one.match_id), reverse=True)
    shown = tuple(_case(measure, one, files.get(one.need_id)) for one in latest if one.need_id in files)
    return Cases(shown, len(cases) - len(shown))


def _admit(desk: Desk, bank_id: int) -> None:
    own = desk.actor.role in BANK and desk.actor.bank_id == bank_id
    if not own and desk.actor.role not in READERS:
        raise NotFound(kind="figures")
    if desk.session.get(Bank, bank_id) is None:
        raise NotFound(kind="Bank")


def _middle(others: Sequence[Line], measure: Measure) -> object:
    return middle([value for line in others if (value := line.scores[measure].value) is not None])


def _lines(desk: Desk, since: date, until: date) -> list[Line]:
    sent = _sent(desk, since, until)
    names = _names(desk, sent)
    return sorted((_line(desk, key, names[key], rows) for key, rows in sent.items()), key=lambda line: line.name)


def _names(desk: Desk, banks: Iterable[int]) -> dict[int, str]:
    rows = desk.session.execute(select(Bank.id, Bank.name).where(Bank.id.in_(banks)))
    return {row.id: row.name for row in rows}


def _line(desk: Desk, bank_id: int, name: str, rows: Sequence[Sent]) -> Line:
    return Line(bank_id, name, len(rows), {measure: score(measure, rows, desk.today) for measure in Measure})


def _sent(desk: Desk, since: date, until: date) -> dict[int, list[Sent]]:
    """Every dossier sent between two days, by bank: read for what it adds up to, handed out only as numbers.

    One whose offer is still under seal is left out until it opens, for every reader alike (I-21).
    """
    answered, found = _first_answers(desk), defaultdict[int, list[Sent]](list)
    query = select(Match, Offer.effective_cost).outerjoin(Offer, Offer.match_id == Match.id)
    query = query.outerjoin(Opening, Opening.id == Offer.opening_id).where(
        or_(Offer.id.is_(None), Opening.opened_at.is_not(None))
    )
    for match, cost in desk.session.execute(query.where(Match.sent_on.between(since, until))):
        found[match.bank_id].append(_fate(desk, match, answered.get(match.id), cost))
    return found


def _fate(desk: Desk, match: Match, first: date | None, cost: Rate | None) -> Sent:
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
        cost=cost,
    )


def _first_answers(desk: Desk) -> dict[int, date]:
    """The day of the first answer to each match: an offer made anew does not make the first one later."""
    offers = select(Match.id, func.min(Entry.at)).join(Entry, Entry.subject_id == Match.id)
    rows = [
        *desk.session.execute(offers.where(Entry.act == Act.MAKE_OFFER).group_by(Match.id)),
        *desk.session.execute(select(Decline.match_id, Decline.at)),
    ]
    return {key: in_beijing(at) for key, at in sorted(rows, key=lambda row: row[1], reverse=True)}


def _files(desk: Desk, needs: set[int]) -> dict[int, Dossier | None]:
    """The dossiers this reader may open, by need; a leader has their numbers alone."""
    if desk.actor.role not in NAMED | BANK:
        return dict.fromkeys(needs)
    return {one.need_id: one for one in desk.all(Dossier, Dossier.need_id.in_(needs))}


def _case(measure: Measure, one: Sent, file: Dossier | None) -> Case:
    return Case(
        file.id if file else None,
        file.number if file else "",
        file.firm_name if file else "",
        one.sent_on,
        one.due_on,
        one.answered_on,
        one.state,
        struck(measure, one),
    )
