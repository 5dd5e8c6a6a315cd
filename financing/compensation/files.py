"""The file of a claim (代偿材料): it assembles itself from the day of issue, from the journal's own facts and what the bank puts in.

What was found is told to the bank and to the guarantor alike. It is read without the reader's sights: of a resolution or a
condition only the day and the number are told, never what it says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from financing.access import require
from financing.acts import Act
from financing.claim_refusals import NotForBank, NotIssued
from financing.compensation import grounds
from financing.compensation.grounds import By, Item, Listed
from financing.compensation.model import CompensationItem
from financing.desk import BEIJING, Desk
from financing.guarantees import documents
from financing.guarantees.documents import Filed
from financing.guarantees.model import Condition, Resolution
from financing.guarantees.rules import ConditionState
from financing.guarantees.security_model import CounterGuarantee
from financing.guarantees.security_rules import REGISTRABLE, SecurityKind, SecurityState
from financing.letters.model import Guarantee
from financing.letters.paper_model import IssuedPaper
from financing.letters.rules import ISSUED, GuaranteeState, LetterKind
from financing.offers import drawdowns
from financing.offers.drawdown_model import Drawdown
from financing.parties.identity import line
from financing.refusals import OutOfRange


@dataclass(frozen=True, slots=True)
class Trace:
    """Where an item was found: the day, who, a few words, and the document where one was put in."""

    day: date | None
    who: str = ""
    note: str = ""
    document_id: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One item of the file: whose turn it is while it is missing, whether it may be promised."""

    item: Listed
    traces: tuple[Trace, ...]

    @property
    def found(self) -> bool:
        return bool(self.traces)


@dataclass(frozen=True, slots=True)
class File:
    """The file of one guarantee: “9 of 12”."""

    guarantee_id: int
    source: str
    lines: tuple[Line, ...]

    @property
    def found(self) -> int:
        return sum(one.found for one in self.lines)

    @property
    def missing(self) -> tuple[Listed, ...]:
        return tuple(one.item for one in self.lines if not one.found)

    @property
    def whole(self) -> int:
        return len(self.lines)


Facts = Mapping[int, list[Any]]
Reader = Callable[[Guarantee, "Book"], tuple[Trace, ...]]


@dataclass(frozen=True, slots=True)
class Book:
    """Everything the files of some guarantees are read from, each kind by the guarantee or the case it is about."""

    today: date
    items: Facts
    papers: Facts
    drawn: Facts
    resolutions: Facts
    conditions: Facts
    securities: Facts


def put(desk: Desk, guarantee: Guarantee, item: Item, *, dated: date, note: str, filed: Filed) -> CompensationItem:
    """Put a paper into the file (补充代偿材料), from the day of issue on; a later one stands beside the earlier.

    NotIssued before, NotForBank for an item that the bank does not bring, OutOfRange for a day to come.
    """
    require(desk.actor, Act.FILE_ITEM, guarantee)
    if guarantee.state not in ISSUED:
        raise NotIssued
    listed = next((one for one in grounds.checklist(desk.today).items if one.key is item), None)
    if listed is None or listed.by is By.PLATFORM or (desk.actor.bank_id is not None and listed.by is not By.BANK):
        raise NotForBank(item=item)
    if dated > desk.today:
        raise OutOfRange(field="dated", least=None, most=desk.today)
    document = documents.add(desk, filed, subject_id=guarantee.id, firm_id=guarantee.firm_id)
    desk.session.flush()
    made = desk.add(
        CompensationItem(
            guarantee_id=guarantee.id, case_id=guarantee.case_id, firm_id=guarantee.firm_id, bank_id=guarantee.bank_id, key=item.value,
            document_id=document.id, dated=dated, note=line(note, "note", 200) if note.strip() else "", by=desk.actor.id,
            by_name=desk.actor.name, at=desk.now,
        )
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.FILE_ITEM, made, guarantee=guarantee.number, item=item, dated=dated, sha256=filed.sha256)
    return made


def one(desk: Desk, guarantee: Guarantee) -> File:
    """The file of one guarantee as of today."""
    return several(desk, [guarantee])[guarantee.id]


def several(desk: Desk, guarantees: Sequence[Guarantee]) -> dict[int, File]:
    """The files of some guarantees, in a fixed number of statements."""
    listed, book = grounds.checklist(desk.today), _book(desk, guarantees)
    return {
        g.id: File(g.id, listed.source, tuple(Line(item, _READ[item.key](g, book)) for item in listed.items))
        for g in guarantees
    }


def _book(desk: Desk, guarantees: Sequence[Guarantee]) -> Book:
    keys, cases = [g.id for g in guarantees], [g.case_id for g in guarantees]
    papers = (LetterKind.LETTER, LetterKind.RISK_SHARING, LetterKind.RECOMMENDATION)

    def rows(kind: Any, where: Any, *more: Any, of: str) -> Facts:
        return _by(desk.session.scalars(select(kind).where(where, *more).order_by(kind.id)), of)

    return Book(
        today=desk.today,
        items=rows(CompensationItem, CompensationItem.guarantee_id.in_(keys), of="guarantee_id"),
        papers=rows(IssuedPaper, IssuedPaper.subject_id.in_(keys), IssuedPaper.kind.in_(papers), of="subject_id"),
        drawn=rows(
            Drawdown, Drawdown.offer_id.in_([g.offer_id for g in guarantees]), Drawdown.id.not_in(drawdowns.gone()), of="offer_id"
        ),
        resolutions=rows(Resolution, Resolution.id.in_([g.resolution_id for g in guarantees]), of="id"),
        conditions=rows(Condition, Condition.case_id.in_(cases), of="case_id"),
        securities=rows(CounterGuarantee, CounterGuarantee.case_id.in_(cases), of="case_id"),
    )  # fmt: skip


def _by(rows: Iterable[Any], of: str) -> Facts:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, of)].append(row)
    return found


def _put_in(item: Item) -> Reader:
    """Papers that the bank or the office has put in under one item, the latest first."""

    def read(guarantee: Guarantee, book: Book) -> tuple[Trace, ...]:
        mine = [one for one in book.items.get(guarantee.id, ()) if one.key == item]
        mine.sort(key=lambda one: one.at, reverse=True)
        return tuple(Trace(one.dated, one.by_name, one.note, one.document_id) for one in mine)

    return read


def _resolution(guarantee: Guarantee, book: Book) -> tuple[Trace, ...]:
    found = book.resolutions.get(guarantee.resolution_id, ())
    return tuple(Trace(one.sealed_at.astimezone(BEIJING).date(), note=one.number) for one in found)


def _letter(guarantee: Guarantee, book: Book) -> tuple[Trace, ...]:
    found = book.papers.get(guarantee.id, ())
    traces = tuple(Trace(one.issued_at.astimezone(BEIJING).date(), one.issuer, one.number) for one in found)
    return traces or (Trace(guarantee.issued_on, guarantee.issuer, guarantee.number),)


def _drawdown(guarantee: Guarantee, book: Book) -> tuple[Trace, ...]:
    """Pay-outs as the bank reported them, and the slips it put in."""
    told = tuple(Trace(one.paid_on, note=_yuan(one)) for one in book.drawn.get(guarantee.offer_id, ()))
    return told + _put_in(Item.DRAWDOWN)(guarantee, book)


def _conditions(guarantee: Guarantee, book: Book) -> tuple[Trace, ...]:
    """Every condition of the decision is met, or there was none."""
    asked = book.conditions.get(guarantee.case_id, ())
    if any(one.state is not ConditionState.MET for one in asked):
        return _put_in(Item.CONDITIONS)(guarantee, book)
    met = [one.met_at.astimezone(BEIJING).date() for one in asked if one.met_at]
    return (Trace(max(met, default=guarantee.issued_on), note=f"{len(met)}/{len(asked)}"),)


def _security(guarantee: Guarantee, book: Book) -> tuple[Trace, ...]:
    """What the firm was asked for is given, and registered where it can be; nothing asked is nothing missing."""
    asked = book.securities.get(guarantee.case_id, ())
    live = [one for one in asked if one.kind is not SecurityKind.NOTHING and one.state is not SecurityState.WAIVED]
    if any(not _complete(one) for one in live):
        return _put_in(Item.SECURITY)(guarantee, book)
    days = [one.registered_on or one.given_on for one in live]
    return (Trace(max((day for day in days if day), default=guarantee.issued_on), note=f"{len(live)}/{len(live)}"),)


def _complete(one: CounterGuarantee) -> bool:
    done = {SecurityState.REGISTERED, SecurityState.RELEASED}
    return one.state in (done if one.kind in REGISTRABLE else done | {SecurityState.GIVEN})


def _period(guarantee: Guarantee, book: Book) -> tuple[Trace, ...]:
    """The guarantee binds and its period is not over."""
    binds = guarantee.state in (GuaranteeState.IN_FORCE, GuaranteeState.COMPENSATED)
    return (Trace(guarantee.until),) if binds and book.today <= guarantee.until else ()


def _yuan(one: Drawdown) -> str:
    return f"{one.amount.fen // 100:,}.{one.amount.fen % 100:02d} 元"


_READ: dict[Item, Reader] = {
    **{item: _put_in(item) for item in Item},
    Item.RESOLUTION: _resolution,
    Item.LETTER: _letter,
    Item.DRAWDOWN: _drawdown,
    Item.CONDITIONS: _conditions,
    Item.SECURITY: _security,
    Item.PERIOD: _period,
}
