"""What a person should look at before a need goes on (人工复核提示, F95): found with each score, without effect on any."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl
from sqlalchemy import ColumnElement, func, or_

from financing.acts import Act
from financing.case_refusals import LookedAt
from financing.credit import books, doubts
from financing.credit.model import RaisedFlag
from financing.desk import Desk
from financing.journal import Private
from financing.money import Fen
from financing.needs.model import Need
from financing.papers.model import Invoice
from financing.papers.rules import Side
from financing.parties.model import Firm
from financing.parties.stated import Known
from scoring.dated import table
from scoring.flags import Flag, flags
from scoring.flags_across import alike, cycles

MOST = 50
"""Firms compared with one another at once: more that share a phone or stand behind each other tell nothing new."""


@dataclass(frozen=True, slots=True)
class FlagView:
    """A flag as people see it; `looked_at` None while nobody has said what came of it, `gone_at` once a later score has lost it."""

    id: int
    need_id: int
    firm_id: int
    flag: Flag
    raised_at: datetime
    gone_at: datetime | None
    looked_at: datetime | None
    looked_by: str
    reason: str
    may_look: bool

    @property
    def evidence(self) -> tuple[tuple[str, int, Fen | None], ...]:
        """What to look at: what it is, how many rows, what sum."""
        return tuple((one.what, one.count, None if one.fen is None else Fen(one.fen)) for one in self.flag.evidence)


def note(desk: Desk, need: Need, known: Mapping[str, Known]) -> None:
    """Keep what is odd now; what was found before stays with its answer, what is no longer found is marked as gone."""
    firm = desk.get(Firm, need.firm_id)
    _settle(desk, need, [*_found(desk, firm, need), *doubts.as_flags(desk, firm, known)], RaisedFlag.need_id == need.id)


def doubt(desk: Desk, need: Need, known: Mapping[str, Known]) -> int:
    """Look again for facts that cannot all be true, as they stand on file now; how many doubts are new."""
    found = doubts.as_flags(desk, desk.get(Firm, need.firm_id), known)
    return _settle(desk, need, found, RaisedFlag.need_id == need.id, RaisedFlag.code == doubts.DOUBT)


def _settle(desk: Desk, need: Need, flags: Iterable[Flag], *these: ColumnElement[bool]) -> int:
    found = {flag.digest: flag for flag in flags}
    for kept in desk.all(RaisedFlag, *these):
        kept.gone_at = None if found.pop(kept.digest, None) else kept.gone_at or desk.now
    for digest, flag in found.items():
        row = RaisedFlag(
            need_id=need.id,
            firm_id=need.firm_id,
            code=flag.code,
            digest=digest,
            flag=flag.as_json(),
            raised_at=desk.now,
        )
        desk.add(row)
    return len(found)


def look(desk: Desk, flag: RaisedFlag, reason: str) -> None:
    """Say what came of looking at a flag; once, by name, for the committee and the auditor to read."""
    if flag.looked_at:
        raise LookedAt(flag=flag.id)
    desk.note(Act.LOOK_AT_FLAG, flag, code=flag.code, digest=flag.digest, reason=Private(reason))
    flag.looked_at, flag.looked_by, flag.reason = desk.now, desk.actor.name, reason


def of(desk: Desk, need_id: int) -> tuple[FlagView, ...]:
    """The flags of a need that the person at the desk may see, unanswered ones first; none for firms and banks."""
    rows = desk.all(RaisedFlag, RaisedFlag.need_id == need_id, by=RaisedFlag.raised_at.desc())
    return tuple(
        sorted((view(desk, row) for row in rows), key=lambda one: (bool(one.looked_at or one.gone_at), one.flag.code))
    )


def view(desk: Desk, row: RaisedFlag) -> FlagView:
    may_look = row.looked_at is None and desk.may(Act.LOOK_AT_FLAG, row)
    flag = Flag.from_json(row.flag)
    return FlagView(
        row.id,
        row.need_id,
        row.firm_id,
        flag,
        row.raised_at,
        row.gone_at,
        row.looked_at,
        row.looked_by,
        row.reason,
        may_look,
    )


def _found(desk: Desk, firm: Firm, need: Need) -> list[Flag]:
    through, invoices = books.covered_until(desk, firm), books.invoice_frame(desk, firm)
    found = list(alike(firm.code, _said(desk, firm, need), desk.today))
    if through is not None and not invoices.is_empty():
        declared = {year: stated.get("revenue") or 0 for year, stated in books.statements(desk, firm).items()}
        found += flags(invoices, through, declared, desk.today)
        found += [told for code, told in cycles(_sales(desk, firm, through), desk.today).items() if code == _name(firm)]
    return found


def _name(firm: Firm) -> str:
    return f"{firm.name}（{firm.code}）"


def _said(desk: Desk, firm: Firm, need: Need) -> dict[str, dict[str, str]]:
    """What the firm and those that may resemble it say of themselves; the firm itself goes by its code."""
    near = desk.select(Firm).where(or_(Firm.phone == firm.phone, Firm.address == firm.address), Firm.id != firm.id)
    said = {
        _name(other): {"phone": other.phone, "address": other.address}
        for other in desk.session.scalars(near.limit(MOST))
    }
    same = desk.select(Need, Need.firm_id).where(Need.use == need.use, Need.firm_id != firm.id).distinct().limit(MOST)
    for other in desk.all(Firm, Firm.id.in_(same)):
        said.setdefault(_name(other), {})["text"] = need.use
    return said | {firm.code: {"phone": firm.phone, "address": firm.address, "text": need.use}}


def _sales(desk: Desk, firm: Firm, through: date) -> pl.DataFrame:
    """Sales between firms of the zone over the last twelve months, as far as they lead on from this firm."""
    names, rows, ahead = {firm.id: _name(firm)}, [], {firm.id}
    for _ in range(table("flags", desk.today)["cycle"]["longest"]):
        links = _links(desk, ahead, through)
        buyers = {buyer for _, buyer, _, _ in links} - names.keys()
        names |= {buyer.id: _name(buyer) for buyer in desk.all(Firm, Firm.id.in_(buyers))}
        rows += links
        ahead = buyers
    plain = [(names[seller], names[buyer], count, fen) for seller, buyer, count, fen in rows]
    return pl.DataFrame(
        plain, {"firm": pl.String, "counterparty": pl.String, "count": pl.Int64, "amount_fen": pl.Int64}, orient="row"
    )


def _links(desk: Desk, sellers: set[int], through: date) -> list[tuple[int, int, int, int]]:
    """Seller, buyer, invoices and their sum (fen) where the buyer is a firm of the zone; doubles count once."""
    own = (Invoice.firm_id, Invoice.number, Invoice.counterparty, Invoice.day, Invoice.amount_fen)
    year = (Invoice.day > through.replace(year=through.year - 1, day=min(through.day, 28)), Invoice.day <= through)
    sales = desk.select(Invoice, *own).where(
        Invoice.firm_id.in_(sorted(sellers)[:MOST]), Invoice.side == Side.SALES, Invoice.void.is_(False), *year
    ).distinct().subquery()  # fmt: skip
    pairs = desk.select(Firm, Firm.id).join(sales, sales.c.counterparty == Firm.code).add_columns(
        sales.c.firm_id, func.count(), func.sum(sales.c.amount_fen)
    ).group_by(Firm.id, sales.c.firm_id)  # fmt: skip
    return [(seller, buyer, count, int(fen)) for buyer, seller, count, fen in desk.session.execute(pairs)]
