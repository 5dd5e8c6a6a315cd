"""What people see of firms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from financing import finding, masks
from financing.acts import Act
from financing.desk import Desk
from financing.listed import Listed, listed
from financing.money import Fen
from financing.parties.model import Firm
from financing.parties.rules import FirmState
from financing.parties.stated import DECLARED, RECORDED, Known, stated
from scoring.facts import FACTS, Fact
from scoring.industries import path
from scoring.sizes import WORDS, Size


@dataclass(frozen=True, slots=True)
class FirmRow:
    """One firm in the officer's list."""

    id: int
    name: str
    code: str
    park: str
    industry: str
    size: tuple[str, str]
    state: FirmState
    registered_at: datetime


@dataclass(frozen=True, slots=True)
class Twin:
    """Another firm that people would take for this one."""

    id: int
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Stated:
    """One fact that can be stated or recorded, with what is known of it, and whether that is out of date today."""

    fact: Fact
    known: Known | None
    stale: bool


@dataclass(frozen=True, slots=True)
class FirmFile:
    """One firm with what its page shows (一企一档)."""

    id: int
    version: int
    name: str
    code: str
    industry: tuple[str, ...]
    park: str
    address: str
    founded_on: date
    representative: str
    contact: str
    phone: str
    employees: int | None
    revenue: Fen | None
    assets: Fen | None
    size: tuple[str, str]
    state: FirmState
    registered_at: datetime
    declared: tuple[Stated, ...]
    recorded: tuple[Stated, ...]
    twins: tuple[Twin, ...]
    acts: tuple[Act, ...]


def firms(desk: Desk, page: int = 1, *, words: str = "", state: FirmState | None = None) -> Listed[FirmRow]:
    """Firms by words of the name (also in pinyin or initials) or the beginning of the code, the unconfirmed and the newest first."""
    columns = (Firm.id, Firm.name, Firm.code, Firm.park, Firm.industry, Firm.size, Firm.state, Firm.registered_at)
    query = desk.select(Firm, *columns)
    if state is not None:
        query = query.where(Firm.state == state)
    query = query.order_by(Firm.state.desc(), Firm.registered_at.desc(), Firm.id.desc())
    if not words.strip():
        return listed(desk, query, page, _firm_row)
    keys = finding.subjects(desk.session, Firm, words)
    found = listed(desk, query.where(Firm.id.in_(keys[: finding.MOST])), page, _firm_row)
    return replace(found, more=found.more or len(keys) > finding.MOST)


def file(desk: Desk, firm: Firm) -> FirmFile:
    """Everything about one firm; look-alikes are shown to those who may see other firms (I-27)."""
    known = stated(firm)
    return FirmFile(
        id=firm.id, version=firm.version, name=firm.name, code=firm.code, industry=tuple(entry.name for entry in path(firm.industry)),
        park=firm.park, address=firm.address, founded_on=firm.founded_on, representative=firm.representative, contact=firm.contact,
        phone=masks.phone_for(desk.actor, firm.phone), employees=firm.employees, revenue=firm.revenue, assets=firm.assets, size=WORDS[Size(firm.size)],
        state=firm.state, registered_at=firm.registered_at,
        declared=tuple(_stated(desk, name, known.get(name)) for name in DECLARED),
        recorded=tuple(_stated(desk, name, known.get(name)) for name in RECORDED),
        twins=_twins(desk, firm), acts=desk.acts(firm),
    )  # fmt: skip


def _firm_row(
    key: int, name: str, code: str, park: str, industry: str, size: str, state: FirmState, at: datetime
) -> FirmRow:
    return FirmRow(key, name, code, park, path(industry)[:2][-1].name, WORDS[Size(size)], state, at)


def _stated(desk: Desk, name: str, known: Known | None) -> Stated:
    fact = FACTS[name]
    return Stated(fact, known, known is not None and fact.stale(known.as_of, desk.today))


def _twins(desk: Desk, firm: Firm) -> tuple[Twin, ...]:
    if not firm.likeness:
        return ()
    query = desk.select(Firm, Firm.id, Firm.name, Firm.code).where(Firm.likeness == firm.likeness, Firm.id != firm.id)
    return tuple(Twin(*row) for row in desk.session.execute(query.order_by(Firm.registered_at).limit(10)))
