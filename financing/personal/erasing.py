"""Erasing (删除): what is held of a firm and of its people becomes a mark or goes, and with its key every commitment in the journal.

The rows stay, with who acted by number, when and how much: the chain, the ledgers and every control total still check. Columns are found
by the register; words in a record that a wall holds whole are left, and the tables are named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Column, Table, delete, select, update
from sqlalchemy.exc import DBAPIError

from financing import finding
from financing.db import Base
from financing.desk import Desk
from financing.erasing_walls import ERASED
from financing.journal import SubjectKey
from financing.papers.model import Invoice, Paper, StatementLine
from financing.parties.model import Firm
from financing.people.model import LoginSession, Passkey, User
from financing.people.unfinished_model import Unfinished
from financing.personal import register
from financing.personal.rules import Held

#: Kinds of which every word goes, and the one of which only the names of the firm's own people go.
WHOLE = (Held.CONTACT, Held.TAKING_PART, Held.RELATED, Held.MONEY_ACCOUNT, Held.PAPER, Held.WORDS, Held.BUSINESS)
NAMED = Held.HANDLER
#: What the zone's side found and sealed of a firm stays as it is, but for whom to call.
SEALED = frozenset({"assessment", "resolution", "dossier", "issued_paper", "guarantee_case", "delegation", "journal"})


#: A firm or an account, by its number.
Whom = tuple[Literal["firm", "account"], int]


@dataclass(slots=True)
class Gone:
    """What was erased: values overwritten, rows removed, files to take away (`left_files`), and tables in which a wall held words."""

    cells: int = 0
    rows: int = 0
    files: int = 0
    left: set[str] = field(default_factory=set)


def firm(desk: Desk, one: Firm) -> Gone:
    """Erase everything of a firm that is a person's or the firm's own secret; its code and name are public and stay."""
    gone = Gone()
    people = list(desk.session.scalars(select(User).where(User.firm_id == one.id)))
    names = {user.name for user in people} - {ERASED}
    desk.session.flush()
    for held, tables in register.by_kind().items():
        for table, columns in tables.items():
            if table not in SEALED or held is Held.CONTACT:
                _overwrite(desk, gone, table, columns, one.id, names if held is NAMED else None, whole=held in WHOLE)
    gone.files = len(desk.session.scalars(select(Paper.id).where(Paper.firm_id == one.id, Paper.stored != "")).all())
    for kind in (Invoice, StatementLine):
        gone.rows += _remove(desk, kind, kind.firm_id == one.id)
    for user in people:
        _person(desk, user, gone)
    _forget_words(desk, one)
    gone.rows += _remove(desk, SubjectKey, SubjectKey.firm_id == one.id)
    desk.session.expire_all()
    return gone


def person(desk: Desk, user: User) -> Gone:
    """Erase one account: who it was, how they signed in, where notices went, what they had begun; what they signed stays signed."""
    gone = Gone()
    _person(desk, user, gone)
    return gone


def _person(desk: Desk, user: User, gone: Gone) -> None:
    user.login, user.name, user.password_hash = f"erased-{user.id}", ERASED, ""
    user.second_factor, user.identity, user.recovery, user.active = None, None, "", False
    gone.cells += 5
    for kind in (LoginSession, Passkey, Unfinished):
        gone.rows += _remove(desk, kind, kind.user_id == user.id)
    addresses = Base.metadata.tables["notice_address"]
    values = {"target": ERASED, "secret": "", "sealed": None, "ended_at": desk.now}
    done: Any = desk.session.execute(update(addresses).where(addresses.c.user_id == user.id).values(values))
    gone.cells += done.rowcount
    desk.session.flush()


def _overwrite(
    desk: Desk, gone: Gone, name: str, columns: list[str], firm_id: int, names: Collection[str] | None, *, whole: bool
) -> None:
    table = Base.metadata.tables[name]
    owner = table.c.id if name == "firm" else table.c.get("firm_id")
    if owner is None or not (whole or names):
        return
    keys = list(table.primary_key.columns)
    wanted = [table.c[column] for column in columns]
    for row in desk.session.execute(select(*keys, *wanted).where(owner == firm_id)).all():
        new = dict(_marks(wanted, row[len(keys) :], names))
        if new:
            where = [key == value for key, value in zip(keys, row, strict=False)]
            _write(desk, gone, table, where, new)


def _marks(columns: list[Column[Any]], values: Any, names: Collection[str] | None) -> Iterator[tuple[str, Any]]:
    """What stands in each place from now on, where anything stood."""
    for column, value in zip(columns, values, strict=True):
        mark: Any = ERASED if isinstance(value, str) else type(value)() if isinstance(value, dict | list) else None
        theirs = names is None or (isinstance(value, str) and value in names)
        if value and theirs and mark is not None and value != mark:
            yield column.name, mark


def _write(desk: Desk, gone: Gone, table: Table, where: list[Any], new: dict[str, Any]) -> None:
    """One row; what a wall holds stays as it is, and its table is told."""
    try:
        with desk.session.begin_nested():
            desk.session.execute(update(table).where(*where).values(new))
    except DBAPIError as refused:
        if not any(word in str(refused.orig) for word in ("wall", "permission denied")):
            raise
        gone.left.add(table.name)
    else:
        gone.cells += len(new)


def erased(desk: Desk) -> set[Whom]:
    """Who is erased in the database as it is now."""
    firms = desk.session.scalars(select(Firm.id).where(Firm.representative == ERASED))
    users = desk.session.scalars(select(User.id).where(User.name == ERASED))
    return {("firm", key) for key in firms} | {("account", key) for key in users}


def left_files(desk: Desk) -> list[str]:
    """Files of papers that were erased and that still lie in the store."""
    erased = (Paper.name == ERASED, Paper.stored != "")
    return list(desk.session.scalars(select(Paper.stored).where(*erased)))


def files_gone(desk: Desk, files: Collection[str]) -> int:
    """They were taken away, and no row points to them from here on; how many."""
    done: Any = desk.session.execute(update(Paper).where(Paper.stored.in_(files)).values(stored=""))
    return int(done.rowcount)


def _remove(desk: Desk, kind: Any, where: Any) -> int:
    done: Any = desk.session.execute(delete(kind).where(where))
    return int(done.rowcount)


def _forget_words(desk: Desk, one: Firm) -> None:
    """It is found by its name and its code, and no longer by a telephone."""
    words = finding.Word
    desk.session.execute(delete(words).where(words.kind == "firm", words.subject_id == one.id))
    finding.keep(desk.session.connection(), "firm", {one.id: finding.words(one.name, one.code)})
