"""Everything the platform holds that is a firm's or a person's own (查阅、复制): each table as far as its owner may see it, row by row."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import select

from financing.acts import Act
from financing.db import Base
from financing.desk import Desk
from financing.journal import Entry
from financing.money import Fen, Rate
from financing.own_sights import OWN
from financing.papers.model import Paper
from financing.parties.model import Firm
from financing.people import service as people
from financing.personal import register
from financing.personal.rules import Held
from financing.sights import SEEN

#: Never handed out, to nobody: what signs people in, and the sealed identity of reporters.
SECRET = frozenset({"password_hash", "second_factor", "recovery", "code_hash", "public_key", "credential", "secret", "sealed", "stored", "challenge"})  # fmt: skip
#: Seen by a firm and still not the firm's own.
COMMON = frozenset({"journal"})


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table as its owner takes it along: its name, the kinds of what stands in it, and its rows as lines of JSON."""

    name: str
    kinds: tuple[Held, ...]
    lines: list[str]


def of_firm(desk: Desk, firm: Firm) -> tuple[list[Sheet], list[Paper]]:
    """What is held of the firm at the desk, table by table, with the papers whose files go along; on record."""
    sheets = [*_sheets(desk, _firms(desk, firm)), _journal(desk, firm)]
    papers = desk.all(Paper, Paper.firm_id == firm.id, Paper.stored != "", by=Paper.added_at)
    desk.note(Act.TAKE_OWN, firm, tables=len(sheets), rows=sum(len(one.lines) for one in sheets), files=len(papers))
    return sheets, papers


def of_person(desk: Desk) -> list[Sheet]:
    """What is held of the person at the desk: the account, its sign-ins, notices, and what was begun; on record."""
    me = people.me(desk)
    tables = {kind.__tablename__: kind for kind in _kinds()}
    asked = [(tables["account"], [tables["account"].id == me.id])]
    asked += [
        (tables[name], [tables[name].user_id == me.id])
        for name in sorted({*OWN, "login_session", "api_key", "kept_view"})
    ]
    sheets = [
        one
        for kind, where in asked
        if (one := _sheet(kind, desk.session.scalars(select(kind).where(*where)))) is not None
    ]
    desk.note(Act.TAKE_ACCOUNT, me, tables=len(sheets), rows=sum(len(one.lines) for one in sheets), files=0)
    return sheets


def _firms(desk: Desk, firm: Firm) -> Iterator[tuple[Any, list[Any]]]:
    """Every table with rows of one firm each, of which the firm may see anything."""
    yield Firm, [Firm.id == firm.id]
    for kind in sorted(_kinds(), key=lambda one: one.__tablename__):
        name = kind.__tablename__
        if name in SEEN[desk.actor.role] and name not in COMMON and hasattr(kind, "firm_id") and kind is not Firm:
            yield kind, [kind.firm_id == firm.id]


def _sheets(desk: Desk, asked: Iterator[tuple[Any, list[Any]]]) -> list[Sheet]:
    return [sheet for kind, where in asked if (sheet := _sheet(kind, desk.all(kind, *where))) is not None]


def _journal(desk: Desk, firm: Firm) -> Sheet:
    """Who did what and when, as far as the firm may read it: with the link of each line, so that it can be held against the chain."""
    found = desk.all(Entry, Entry.firm_id == firm.id, by=Entry.seq)
    return Sheet("journal", (Held.JOURNAL,), [_line({"body": one.body, "link": one.link}) for one in found])


def _sheet(kind: Any, rows: Any) -> Sheet | None:
    lines = [_line(_row(one)) for one in rows]
    if not lines:
        return None
    name = kind.__tablename__
    held = [one for one, tables in register.by_kind().items() if name in tables]
    return Sheet(name, tuple(held), lines)


def _row(one: Any) -> dict[str, Any]:
    return {
        column.name: _plain(getattr(one, _attribute(one, column.name)))
        for column in one.__table__.columns
        if column.name not in SECRET
    }


def _attribute(one: Any, column: str) -> str:
    key: str = one.__mapper__.get_property_by_column(one.__table__.columns[column]).key
    return key


def _plain(value: object) -> Any:
    """As JSON: amounts in fen, rates in ppm, moments with their zone."""
    match value:
        case Fen():
            return value.fen
        case Rate():
            return value.ppm
        case datetime() | date():
            return value.isoformat()
        case Enum():
            return value.value
        case bytes():
            return None
    return value


def _line(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True)


def _kinds() -> list[Any]:
    return [mapper.class_ for mapper in Base.registry.mappers]
