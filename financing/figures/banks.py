"""The scoreboard of banks (银行成绩单), worked out from dossiers, answers and the journal; the whole board is kept for a while as it stood."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from financing.access import BANK, Role
from financing.db import Database
from financing.desk import Desk
from financing.figures import beside, stands
from financing.figures.bank_rules import Measure, Score, Sent, counted, middle, score, struck
from financing.figures.fates import sent_between
from financing.figures.rules import LEAST_FIRMS
from financing.figures.views import NAMED, READERS
from financing.matching.model import Dossier
from financing.matching.rules import MatchState
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
class Board:
    """Every bank's numbers as of a moment."""

    at: datetime
    lines: tuple[Line, ...]


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


def stood(database: Database, desk: Desk, since: date, until: date) -> Board:
    """The same as it stood a few minutes ago at most, worked out once for everybody; `desk` only reads."""
    if desk.actor.role not in READERS | BANK:
        raise NotFound(kind="figures")
    question = f"banks|{len(Measure)}|{since}|{until}|{desk.today}"  # another program may have kept fewer measures
    stand = stands.kept(database, desk.now, question, lambda own: _plain(_lines(own, since, until)))
    return Board(stand.at, tuple(map(_read, stand.body["lines"])))


def sheet(desk: Desk, bank_id: int, since: date, until: date, board: Iterable[Line] | None = None) -> Sheet:
    """One bank's numbers of now beside the median of the others on the board; a bank has its own alone."""
    _admit(desk, bank_id)
    board = _lines(desk, since, until) if board is None else board
    others = [line for line in board if line.bank_id != bank_id]
    rows = sent_between(desk, since, until, bank_id).get(bank_id, [])
    own = _line(desk, bank_id, _names(desk, [bank_id])[bank_id], rows, beside.scores(desk, since, until)[bank_id])
    return Sheet(own, {measure: _middle(others, measure) for measure in Measure})


def behind(desk: Desk, bank_id: int, measure: Measure, since: date, until: date) -> Cases | None:
    """The cases of one number, the latest first; None for a leader where so few firms stand behind it."""
    _admit(desk, bank_id)
    cases = counted(measure, sent_between(desk, since, until, bank_id).get(bank_id, []), desk.today)
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
    desk.get(Bank, bank_id)


def _middle(others: Sequence[Line], measure: Measure) -> object:
    return middle([value for line in others if (value := line.scores[measure].value) is not None])


def _lines(desk: Desk, since: date, until: date) -> list[Line]:
    sent = sent_between(desk, since, until)
    names, others = _names(desk, sent), beside.scores(desk, since, until)
    lines = (_line(desk, key, names[key], rows, others[key]) for key, rows in sent.items())
    return sorted(lines, key=lambda line: line.name)


def _plain(lines: Iterable[Line]) -> dict[str, Any]:
    """The board as it is kept; a number of days is told from a share by being text."""
    return {
        "lines": [
            [one.bank_id, one.name, one.received, [_kept(score) for score in one.scores.values()]] for one in lines
        ]
    }


def _kept(score: Score) -> list[Any]:
    return [score.measure.value, str(score.value) if isinstance(score.value, Decimal) else score.value, score.of]


def _read(row: list[Any]) -> Line:
    bank_id, name, received, scores = row
    values = {code: Decimal(value) if isinstance(value, str) else value for code, value, _of in scores}
    return Line(
        bank_id, name, received, {Measure(code): Score(Measure(code), values[code], of) for code, _value, of in scores}
    )


def _names(desk: Desk, banks: Iterable[int]) -> dict[int, str]:
    return {bank.id: bank.name for bank in desk.all(Bank, Bank.id.in_(banks))}


def _line(desk: Desk, bank_id: int, name: str, rows: Sequence[Sent], others: Mapping[Measure, Score]) -> Line:
    found = {measure: others.get(measure) or score(measure, rows, desk.today) for measure in Measure}
    return Line(bank_id, name, len(rows), found)


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
