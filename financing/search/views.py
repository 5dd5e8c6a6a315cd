"""One question over firms and matters (查找, F109): by name, pinyin, initials, credit code, number or the end of a telephone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, literal, null, or_, select, type_coerce, union_all

from financing import finding
from financing.access import Role
from financing.db import Thing
from financing.desk import Desk
from financing.forums.model import ForumSession
from financing.forums.rules import SessionState
from financing.guarantees.model import GuaranteeCase, Meeting
from financing.guarantees.rules import CaseState, MeetingState
from financing.letters.model import Guarantee
from financing.letters.rules import GuaranteeState
from financing.matching.model import Dossier
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.numbers import Series, meant
from financing.parties import names
from financing.parties.model import Bank, Firm
from financing.parties.rules import FirmState

#: Answers of one kind on the page; who wants more adds a word or opens the list.
SHOWN = 10
#: Firms whose matters are looked for.
NEAREST = 20


class Kind(StrEnum):
    """What can be found, in the order of the page."""

    FIRM = "firm"
    NEED = "need"
    CASE = "guarantee_case"
    GUARANTEE = "guarantee"
    DOSSIER = "dossier"
    MEETING = "meeting"
    SESSION = "forum_session"
    BANK = "bank"


STATES: dict[Kind, type[StrEnum]] = {
    Kind.FIRM: FirmState, Kind.NEED: NeedState, Kind.CASE: CaseState, Kind.GUARANTEE: GuaranteeState,
    Kind.MEETING: MeetingState, Kind.SESSION: SessionState,
}  # fmt: skip
#: Matters that are known by a number and by their firm.
OF_FIRMS: dict[Kind, tuple[Any, Series]] = {
    Kind.NEED: (Need, Series.NEED),
    Kind.CASE: (GuaranteeCase, Series.CASE),
    Kind.GUARANTEE: (Guarantee, Series.GUARANTEE),
    Kind.DOSSIER: (Dossier, Series.DOSSIER),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: its number or code, its name, and where it stands."""

    kind: Kind
    id: int
    number: str
    name: str
    state: StrEnum | None


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found of one kind; with `more` not everything."""

    kind: Kind
    rows: tuple[Hit, ...]
    more: bool


def search(desk: Desk, typed: str) -> tuple[Hits, ...]:
    """What the person at the desk may see of what was asked for, by two statements; nothing for an empty question."""
    if not typed.strip():
        return ()
    ranked = finding.found(
        desk.session, (Firm, Bank, ForumSession), typed, phones=desk.actor.role is Role.OFFICER, most=NEAREST
    )
    rows = [_hit(*row) for row in desk.session.execute(union_all(*_asked(desk, typed, ranked)))]
    place = {(kind, key): at for kind, ids in ranked.items() for at, key in enumerate(ids)}
    numbers = {number for series in Series for number in meant(series, typed, desk.today.year)[:1]}
    rows.sort(key=lambda hit: (list(Kind).index(hit.kind), hit.number not in numbers, place.get((hit.kind, hit.id), 0)))
    grouped = [(kind, tuple(hits)) for kind, hits in groupby(rows, key=lambda hit: hit.kind)]
    return tuple(Hits(kind, hits[:SHOWN], len(hits) > SHOWN) for kind, hits in grouped)


def _asked(desk: Desk, typed: str, ranked: dict[str, list[int]]) -> Iterator[Select[Any]]:
    """One query for each kind of which there may be something, all with the same five columns."""
    year, firms = desk.today.year, ranked["firm"]
    yield _named(desk, Kind.FIRM, Firm, (Firm.code, Firm.name, Firm.state), Firm.id.in_(firms[: SHOWN + 1]))
    for kind, (table, series) in OF_FIRMS.items():
        numbers = meant(series, typed, year)
        if numbers or firms:
            state = table.state if kind in STATES else null()
            asked = (
                [table.number.in_(numbers)] if numbers else []
            )  # no OR without need: it would keep an index from answering
            where = or_(*asked, *([_of_firms(desk, table, typed, firms)] if firms else []))
            yield _named(desk, kind, table, (table.number, names.of_firm(table.firm_id), state), where)
    if numbers := meant(Series.MEETING, typed, year):
        columns = (Meeting.number, Meeting.place, Meeting.state)
        yield _named(desk, Kind.MEETING, Meeting, columns, Meeting.number.in_([*numbers, typed.strip().upper()]))
    if (numbers := meant(Series.SESSION, typed, year)) or ranked["forum_session"]:
        s, told = ForumSession, [*numbers, typed.strip().upper()]  # older ones are numbered with two digits
        held = or_(s.id.in_(ranked["forum_session"]), s.number.in_(told))
        yield _named(desk, Kind.SESSION, s, (s.number, s.title, s.state), held)
    if ranked["bank"]:
        yield _named(desk, Kind.BANK, Bank, (literal(""), Bank.name, null()), Bank.id.in_(ranked["bank"]))


def _of_firms(desk: Desk, table: Any, typed: str, nearest: Sequence[int]) -> ColumnElement[bool]:
    """Matters of the nearest firms; a bank sees so few firms that its own may be none of the nearest."""
    of_bank = desk.actor.bank_id is not None
    found: ColumnElement[bool] = table.firm_id.in_(finding.anyhow(Firm, typed) if of_bank else nearest)
    return found


def _named(desk: Desk, kind: Kind, table: type[Thing], columns: Sequence[Any], where: Any) -> Select[Any]:
    number, name, state = columns
    own = (table.id, number.label("number"), name.label("name"), type_coerce(state, Text).label("state"))
    order = number.desc() if kind in OF_FIRMS else number
    inner = desk.select(table, *own).where(where).order_by(order).limit(SHOWN + 1).subquery()
    return select(literal(kind.value).label("kind"), *inner.c)


def _hit(kind: str, key: int, number: str, name: str, state: str | None) -> Hit:
    this = Kind(kind)
    return Hit(this, key, number, name, STATES[this](state) if state else None)
