"""First loans (首贷户): a firm counts once in its life, when its first money from a bank goes out here, and only if it is on record that it had none before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Boolean as Truth
from sqlalchemy import ColumnElement, Select, false, func, select, type_coerce
from sqlalchemy.orm import Session

from financing.access import require
from financing.acts import Act
from financing.desk import Desk
from financing.figures.funnel import narrowed
from financing.figures.model import LoanStatement
from financing.figures.rules import Asked, LoanSource
from financing.journal import Private
from financing.listed import Listed, listed
from financing.offers.drawdown_model import Drawdown
from financing.offers.drawdowns import gone
from financing.parties.identity import passage
from financing.parties.model import Firm
from financing.refusals import OutOfRange


@dataclass(frozen=True, slots=True)
class Count:
    """Firms whose first money went out in a period, and those of them that had no loan before."""

    count: int
    of: int


def state(desk: Desk, firm: Firm, *, earlier: bool, note: str = "") -> LoanStatement:
    """The firm says itself whether it ever had a bank loan (企业声明); a newer word stands before an older one."""
    return _write(desk, Act.STATE_LOANS, firm, LoanSource.FIRM, desk.today, earlier=earlier, note=note)


def verify(desk: Desk, firm: Firm, *, earlier: bool, source: LoanSource, seen_on: date, note: str) -> LoanStatement:
    """An officer says what a source shows (核验): from now on it stands before the firm's own word. OutOfRange for a day to come."""
    if seen_on > desk.today:
        raise OutOfRange(field="seen_on", least=None, most=desk.today)
    return _write(desk, Act.VERIFY_LOANS, firm, source, seen_on, earlier=earlier, note=passage(note, "note"))


def standing(desk: Desk, firm_id: int) -> LoanStatement | None:
    """What counts of everything said of a firm: the newest that was verified, else the firm's newest word."""
    heard = said(desk, firm_id)
    return next((one for one in heard if one.source is not LoanSource.FIRM), heard[0] if heard else None)


def said(desk: Desk, firm_id: int) -> list[LoanStatement]:
    """Everything that was ever said of a firm, the newest first."""
    order = (LoanStatement.at.desc(), LoanStatement.id.desc())
    return list(
        desk.session.scalars(desk.select(LoanStatement).where(LoanStatement.firm_id == firm_id).order_by(*order))
    )


def counting(session: Session, since: date, until: date, *where: ColumnElement[bool]) -> Count:
    """First money in a period, and of how many of these firms it is on record that it was their first loan."""
    begun = _begun().subquery()
    here = select(func.count()).select_from(begun).join(Firm, Firm.id == begun.c.firm_id)
    here = here.where(begun.c.day.between(since, until), *where)
    none = session.scalar(here.where(had_none(Firm.id))) or 0
    return Count(none, session.scalar(here) or 0)


def of_firms(asked: Asked) -> list[ColumnElement[bool]]:
    """The firms a question is about; the amount of a need says nothing about a firm."""
    return narrowed(asked, Firm.park, func.substr(Firm.industry, 1, 2), Firm.size)


def had_none(firm_id: Any) -> ColumnElement[bool]:
    """Whether it is on record that a firm had no earlier loan: what was verified stands before the firm's own word."""
    earlier = LoanStatement.earlier
    found = func.coalesce(_newest(firm_id, earlier, verified=True), _newest(firm_id, earlier, verified=False))
    return type_coerce(found, Truth()).is_(false())


@dataclass(frozen=True, slots=True)
class Borrower:
    """A firm that was paid for the first time in a period: the day, what is on record of earlier loans (none: nothing is), and who said so."""

    firm_id: int | None
    name: str
    paid_on: date
    earlier: bool | None
    source: LoanSource | None
    said_by: str
    seen_on: date | None


def borrowers(desk: Desk, asked: Asked, page: int, *, only: bool, named: bool) -> Listed[Borrower]:
    """Everybody paid for the first time in a period, the latest first; `only` first loans: their number is the number of the page of figures."""
    begun = _begun().subquery()
    said = func.coalesce(
        _newest(Firm.id, LoanStatement.id, verified=True), _newest(Firm.id, LoanStatement.id, verified=False)
    )
    columns = (
        Firm.id,
        Firm.name,
        begun.c.day,
        LoanStatement.earlier,
        LoanStatement.source,
        LoanStatement.by_name,
        LoanStatement.seen_on,
    )
    query = (
        select(*columns)
        .select_from(begun)
        .join(Firm, Firm.id == begun.c.firm_id)
        .outerjoin(LoanStatement, LoanStatement.id == said)
    )
    query = query.where(begun.c.day.between(asked.since, asked.until), *of_firms(asked))
    query = query.where(LoanStatement.earlier.is_(false())) if only else query

    def borrower(key: int, name: str, *rest: Any) -> Borrower:
        return Borrower(key if named else None, name if named else "", *rest)

    return listed(desk, query.order_by(begun.c.day.desc(), Firm.id), page, borrower)


def _begun() -> Select[int, date]:
    counts = select(Drawdown.firm_id, func.min(Drawdown.paid_on).label("day")).where(Drawdown.id.not_in(gone()))
    return counts.group_by(Drawdown.firm_id)


def _newest(firm_id: Any, column: Any, *, verified: bool) -> Any:
    own = LoanStatement.source == LoanSource.FIRM
    said = (
        select(column)
        .where(LoanStatement.firm_id == firm_id, ~own if verified else own)
        .correlate_except(LoanStatement)
    )
    return said.order_by(LoanStatement.at.desc(), LoanStatement.id.desc()).limit(1).scalar_subquery()


def _write(
    desk: Desk, act: Act, firm: Firm, source: LoanSource, seen_on: date, *, earlier: bool, note: str
) -> LoanStatement:
    require(desk.actor, act, firm)
    desk.note(act, firm, earlier=earlier, source=source, seen_on=seen_on, note=Private(note))
    return desk.add(
        LoanStatement(firm_id=firm.id, source=source, earlier=earlier, seen_on=seen_on, note=note, at=desk.now,
                      by=desk.actor.id, by_name=desk.actor.name)
    )  # fmt: skip
