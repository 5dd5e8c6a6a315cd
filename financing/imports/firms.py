"""Firms of a workbook beside those on file, and put there by two statements whatever their number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import JSON, ColumnElement, Table, delete, func, insert, literal, select, type_coerce, update
from sqlalchemy import cast as as_type

from financing import finding
from financing.db import Base, new_id
from financing.desk import Desk
from financing.finding import Spelled, Word
from financing.import_refusals import ChangedSince
from financing.imports import odd
from financing.imports.compared import Compared, Row, plain
from financing.imports.model import Import, ImportRow
from financing.imports.rules import Fate
from financing.parties.model import Firm
from financing.parties.rules import FirmState
from scoring.sizes import size

TOLD = (
    "code", "name", "industry", "park", "address", "founded_on", "representative", "contact", "phone", "employees", "revenue",
    "assets", "size", "likeness",
)  # fmt: skip


def compare(desk: Desk, _job: Import, rows: Sequence[Row]) -> Compared:
    """By credit code; an empty cell leaves what is on file."""
    columns = (Firm.id, Firm.version, Firm.registered_at, *(getattr(Firm, name) for name in TOLD))
    found = desk.session.execute(desk.select(Firm, *columns).where(Firm.code.in_([row["code"] for row in rows])))
    known: dict[str, Mapping[str, Any]] = {one["code"]: {**one} for one in found.mappings()}
    compared, after = Compared(), list[tuple[Row, Mapping[str, Any]]]()
    for row in rows:
        told = {name: row[name] for name in TOLD if row.get(name) is not None}
        if (there := known.get(row["code"])) is not None:
            told |= _size(desk, told, there)
            compared.beside(row, row["code"], told, there)
        else:
            compared.put(row, row["code"], Fate.ADDED, told, subject=new_id())
        after.append((row, {**(there or {}), **told}))
    compared.words = _words(compared.staged)
    moving = compared.moving
    compared.odd.extend(odd.of_firms(desk, [one for one in after if one[0]["row"] in moving]))
    return compared


def land(desk: Desk, job: Import) -> None:
    """Every staged row; ChangedSince when a firm was changed or registered after the comparison."""
    rows, firms = _table(ImportRow), _table(Firm)
    ours = rows.c.job_id == job.id
    moved = _count(rows, firms, firms.c.id == rows.c.subject_id, ours, firms.c.version != rows.c.subject_version)
    met = _count(rows, firms, firms.c.code == rows.c.key, ours, rows.c.fate == Fate.ADDED)
    if desk.session.scalar(moved) or desk.session.scalar(met):
        raise ChangedSince
    if job.added:
        desk.session.execute(_added(desk, firms, rows, ours))
    if job.changed:
        desk.session.execute(_changed(desk, firms, rows, ours))
        _respell(desk, job)


def _words(staged: Sequence[Row]) -> dict[int, list[Spelled]]:
    """The words by which new firms will be found, kept batch by batch with their rows: until there is such a firm they lead to nothing."""
    new = [(row["subject_id"], row["told"]) for row in staged if row["fate"] is Fate.ADDED]
    return {key: finding.words(told["name"], told["code"], told["phone"]) for key, told in new}


def forget(desk: Desk, job: Import) -> None:
    """Take back the words of firms that are not on file, before they are compared anew."""
    new = desk.select(ImportRow, ImportRow.subject_id).where(ImportRow.job_id == job.id, ImportRow.fate == Fate.ADDED)
    desk.session.execute(delete(Word).where(Word.kind == Firm.__tablename__, Word.subject_id.in_(new)))


def _respell(desk: Desk, job: Import) -> None:
    """The words of firms whose name or telephone has changed."""
    changed = desk.select(ImportRow, ImportRow.subject_id, ImportRow.told)
    rows = desk.session.execute(changed.where(ImportRow.job_id == job.id, ImportRow.fate == Fate.CHANGED))
    keys = [key for key, told in rows if told.keys() & {"name", "phone"}]
    for start in range(0, len(keys), 500):
        some = keys[start : start + 500]
        desk.session.execute(delete(Word).where(Word.kind == Firm.__tablename__, Word.subject_id.in_(some)))
        columns = (Firm.id, Firm.name, Firm.code, Firm.phone)
        firms = desk.session.execute(desk.select(Firm, *columns).where(Firm.id.in_(some)))
        finding.keep(desk.session.connection(), Firm.__tablename__, {key: finding.words(*said) for key, *said in firms})


def _size(desk: Desk, told: Row, there: Mapping[str, Any]) -> Row:
    """The class by what the row says and, where it says nothing, by what is on file."""
    of = {name: told.get(name, plain(there[name])) for name in ("industry", "employees", "revenue", "assets")}
    found = size(
        of["industry"], desk.today, employees=of["employees"], revenue_fen=of["revenue"], assets_fen=of["assets"]
    )
    return {"size": found.value}


def _count(rows: Table, firms: Table, same: Any, *where: Any) -> Any:
    return select(func.count()).select_from(rows.join(firms, same)).where(*where)


def _added(desk: Desk, firms: Table, rows: Table, ours: ColumnElement[bool]) -> Any:
    """What a row tells, and what a firm is that has just been registered: an officer confirms it as any other."""
    fresh = {"version": 1, "registered_at": desk.now, "state": FirmState.REGISTERED, "stated": {}}
    known = [literal(value, firms.c[name].type) for name, value in fresh.items()]
    told = [_told(desk, rows, firms.c[name]) for name in TOLD]
    source = select(rows.c.subject_id, *known, *told).where(ours, rows.c.fate == Fate.ADDED)
    return insert(firms).from_select(["id", *fresh, *TOLD], source)


def _changed(desk: Desk, firms: Table, rows: Table, ours: ColumnElement[bool]) -> Any:
    new = {name: func.coalesce(_told(desk, rows, firms.c[name]), firms.c[name]) for name in TOLD if name != "code"}
    same = (rows.c.subject_id == firms.c.id) & ours & (rows.c.fate == Fate.CHANGED)
    return update(firms).values(**new, version=firms.c.version + 1).where(same)


def _told(desk: Desk, rows: Table, column: Any) -> ColumnElement[Any]:
    """A column as a staged row tells it, in the type in which the database keeps it."""
    if desk.session.get_bind().dialect.name == "sqlite":
        return type_coerce(func.json_extract(rows.c.told, f"$.{column.name}"), column.type)
    if isinstance(column.type, JSON):
        return rows.c.told[column.name]
    return as_type(func.jsonb_extract_path_text(rows.c.told, column.name), column.type)


def _table(kind: type[Base]) -> Table:
    return cast("Table", kind.__table__)
