"""Both lists of the national mechanism exchanged with the county (清单交换, F97): taken in whole or not at all, given out with answers.

What the platform itself knows goes before what a file says: needs that were handed in are on the first list, dossiers that were sent
are on the second, and what became of them is read from offers and declines. An offer under seal is no answer yet (I-21).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from financing import parameters
from financing.acts import Act
from financing.desk import BEIJING, Desk
from financing.lists.model import ListFile, ListRow
from financing.lists.rules import Answer, ListKind, ListStatus, Row
from financing.matching.model import Match
from financing.matching.rules import MatchState
from financing.money import Fen
from financing.needs.model import Need
from financing.offers.model import Decline, Offer
from financing.parties.model import Bank, Firm

#: Where the firm itself has ended the matter, no bank owes an answer any more.
OVER = (MatchState.WITHDRAWN, MatchState.PASSED_OVER)


@dataclass(frozen=True, slots=True)
class Clash:
    """A row that says something else than what is on file under the same key; `column` is the key of the first difference."""

    row: Row
    column: str
    on_file: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking a file in did."""

    file: ListFile
    again: bool


def days(desk: Desk) -> parameters.Figure:
    """How long a bank has from the recommendation."""
    return parameters.figure("bank_answer_days", desk.today)


def clashes(desk: Desk, rows: Sequence[Row]) -> list[Clash]:
    """The rows that contradict what is on file; a file with one of them is refused whole."""
    known = _known(desk)
    return [clash for row in rows if (there := known.get(row.key)) and (clash := _clash(row, there.row))]


def take(desk: Desk, rows: Sequence[Row], *, name: str, sha256: str) -> Taken:
    """Put every row on file that is not there, and every answer that is new; the same file again does nothing."""
    earlier = desk.find(ListFile, ListFile.sha256 == sha256)
    if earlier is not None:
        return Taken(earlier, again=True)
    known = _known(desk)
    added = [row for row in rows if row.key not in known]
    answered = [row for row in rows if row.answer and row.key in known and known[row.key].status is None]
    file = desk.add(
        ListFile(name=name, sha256=sha256, rows=len(rows), added=len(added), answered=len(answered), at=desk.now,
                 by=desk.actor.id, by_name=desk.actor.name)
    )  # fmt: skip
    desk.session.flush()
    for row in added:
        _put(desk, file, row)
    for row in answered:
        if row.answer:
            known[row.key].answer(row.answer)
    desk.note(Act.TAKE_LIST, file, sha256=sha256, rows=len(rows), added=len(added), answered=len(answered))
    return Taken(file, again=False)


def given(desk: Desk, kind: ListKind) -> list[Row]:
    """A list as it stands: the platform's own rows and those taken in, each matter once, the latest first."""
    own = _applied(desk) if kind is ListKind.APPLIED else _recommended(desk)
    taken = {row.key: row for row in (kept.row for kept in desk.all(ListRow, ListRow.kind == kind))}
    known = {(row.code, row.bank): row.answer for row in own if row.answer}
    ours = [row if row.answer else replace(row, answer=_told(taken.get(row.key))) for row in own]
    there = {row.key for row in own}
    theirs = [_with_answer(row, known) for key, row in taken.items() if key not in there]
    both = [*ours, *theirs]
    return sorted(both, key=lambda row: (-row.day.toordinal(), row.bank, row.code))


def exported(desk: Desk, kind: ListKind, count: int) -> None:
    """On record before the list leaves."""
    desk.note(Act.GIVE_LIST, Lists(), list=kind, count=count)


@dataclass(frozen=True, slots=True)
class Lists:
    """Both lists together, as something that leaves."""

    id: int = 0


def _put(desk: Desk, file: ListFile, row: Row) -> None:
    made = desk.add(
        ListRow(file_id=file.id, kind=row.kind, code=row.code, name=row.name, day=row.day, amount=row.amount, months=row.months,
                purpose=row.purpose, bank=row.bank)
    )  # fmt: skip
    if row.answer:
        made.answer(row.answer)


def _known(desk: Desk) -> dict[tuple[object, ...], ListRow]:
    return {row.row.key: row for row in desk.all(ListRow)}


def _clash(row: Row, there: Row) -> Clash | None:
    for column in ("name", "amount", "months", "purpose"):
        if getattr(row, column) != getattr(there, column):
            return Clash(row, column, str(getattr(there, column)))
    if row.answer and there.answer and row.answer != there.answer:
        return Clash(row, "status", there.answer.status.value)
    return None


def _told(row: Row | None) -> Answer | None:
    return row.answer if row else None


def _with_answer(row: Row, known: dict[tuple[str, str], Answer]) -> Row:
    """A row from a file takes the answer the platform knows of the same firm and bank, where the file has none."""
    found = known.get((row.code, row.bank))
    return replace(row, answer=found) if row.answer is None and found and found.on >= row.day else row


def _applied(desk: Desk) -> list[Row]:
    """Every need that was handed in."""
    query = desk.select(Need).join(Firm, Firm.id == Need.firm_id).where(Need.submitted_on.is_not(None))
    rows = desk.session.execute(query.add_columns(Firm.code, Firm.name))
    return [
        Row(ListKind.APPLIED, code, name, need.submitted_on, need.amount, need.months, need.use)
        for need, code, name in rows
    ]


def _recommended(desk: Desk) -> list[Row]:
    """Every dossier that was sent, with the bank's answer."""
    query = desk.select(Match).join(Need, Need.id == Match.need_id).join(Firm, Firm.id == Match.firm_id)
    query = query.join(Bank, Bank.id == Match.bank_id).where(Match.sent_on.is_not(None))
    rows = desk.session.execute(query.add_columns(Need, Firm.code, Firm.name, Bank.name))
    offers = {offer.match_id: offer for offer in desk.all(Offer)}
    declines = {decline.match_id: decline for decline in desk.all(Decline)}
    told = ((row, _answer(offers.get(row[0].id), declines.get(row[0].id))) for row in rows)
    return [
        Row(ListKind.RECOMMENDED, code, name, match.sent_on, need.amount, need.months, need.use, bank, answer)
        for (match, need, code, name, bank), answer in told
        if answer or match.state not in OVER
    ]


def _answer(offer: Offer | None, decline: Decline | None) -> Answer | None:
    if offer is not None:
        return Answer(ListStatus.GRANTED, offer.made_at.astimezone(BEIJING).date(), Fen(offer.amount.fen))
    if decline is not None:
        return Answer(ListStatus.DECLINED, decline.at.astimezone(BEIJING).date(), None, decline.code.value)
    return None
