"""The database: base class, column types, engines for SQLite and PostgreSQL with their settings asserted."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from random import Random, SystemRandom
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    ColumnElement,
    Date,
    DateTime,
    Dialect,
    Engine,
    Enum,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    cast,
    event,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import (
    DeclarativeBase,
    InstrumentedAttribute,
    Mapped,
    MappedAsDataclass,
    declared_attr,
    mapped_column,
)
from sqlalchemy.types import TypeEngine

from financing.engines import LOCKED, engine_for, unhurried
from financing.money import Fen, Rate
from financing.sealing import Ring
from financing.turns import FairLock

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class FenColumn(TypeDecorator[Fen]):
    """Whole fen as BIGINT; a float never gets here."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Fen | None, dialect: Dialect) -> int | None:
        return None if value is None else value.fen

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Fen | None:
        return None if value is None else Fen(value)


def fen_sum(column: ColumnElement[Fen] | InstrumentedAttribute[Fen]) -> ColumnElement[Fen]:
    """The sum of a column of money, nothing for no rows; PostgreSQL alone would answer with a decimal."""
    return cast(func.coalesce(func.sum(column), 0), FenColumn())


class RateColumn(TypeDecorator[Rate]):
    """Whole parts per million."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Rate | None, dialect: Dialect) -> int | None:
        return None if value is None else value.ppm

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Rate | None:
        return None if value is None else Rate(value)


class Instant(TypeDecorator[datetime]):
    """An aware moment: TIMESTAMPTZ, or text in UTC whose order is the order of time."""

    impl = String(32)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        kind: TypeEngine[Any] = String(32) if dialect.name == "sqlite" else DateTime(timezone=True)
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None or dialect.name != "sqlite":
            return value
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(UTC)


#: STRICT tables of SQLite know five words; every type of ours maps to one of them.
STRICT_WORDS: dict[type[TypeEngine[Any]], str] = {
    **dict.fromkeys((String, Text, Enum, Date, JSON), "TEXT"),
    **dict.fromkeys((BigInteger, Boolean), "INTEGER"),
    LargeBinary: "BLOB",
}
for _kind, _word in STRICT_WORDS.items():
    compiles(_kind, "sqlite")(partial(lambda _element, _compiler, word, **_kw: word, word=_word))


@event.listens_for(Table, "after_parent_attach")
def _strict(table: Table, _parent: Any) -> None:
    """Without STRICT an INTEGER column of SQLite stores 1.5 and 'abc'."""
    table.dialect_options["sqlite"]["strict"] = True


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """Every table; the entity is the table, there is no second copy of it."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {
        int: BigInteger,
        str: Text,
        Fen: FenColumn,
        Rate: RateColumn,
        date: Date,
        datetime: Instant,
        bytes: LargeBinary,
        enum.Enum: Enum(enum.Enum, native_enum=False, length=40, values_callable=lambda kind: [m.value for m in kind]),
        dict[str, Any]: JSON().with_variant(JSONB(), "postgresql"),
        list[Any]: JSON().with_variant(JSONB(), "postgresql"),
    }


_ids: Random = SystemRandom()


def new_id() -> int:
    """An identifier that nobody can guess or count (I-19), exact in JavaScript too."""
    return _ids.getrandbits(52) | 1 << 52


@contextmanager
def repeatable_ids() -> Iterator[None]:
    """The same identifiers each time, for a rehearsal on a throw-away database and for nothing else."""
    global _ids  # noqa: PLW0603  the one source of this process
    former, _ids = _ids, Random(1)  # noqa: S311  nothing of a rehearsal is ever reached from outside
    try:
        yield
    finally:
        _ids = former


class Thing(Base):
    """What people act upon: an opaque id, known before the row is written, and a version (I-18)."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default_factory=new_id, kw_only=True)
    version: Mapped[int] = mapped_column(init=False, default=None)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805  a declared attribute is a class method
        return {"version_id_col": cls.__table__.c.version}


class Database:
    """Two engines on one database: writers begin at once with the lock, readers see a stable picture.

    `single` reads by single statements: on PostgreSQL these need no transaction and save its two ways to the server.
    """

    def __init__(self, url: str, ring: Ring | None = None) -> None:
        self.url, self.ring, self.leaked = url, ring, ""  # keys of sealed fields; a file of leaked passwords
        self.replica: Any = None  # financing.replica.Replica, where the settings name one
        self.writer = engine_for(url)
        self.reads_by(engine_for(url, writes=False))
        self._turn = FairLock() if self.writer.dialect.name == "sqlite" else None

    def reads_by(self, reader: Engine) -> None:
        """Reads go through this engine; so do single statements, for they take their connections from the same pool."""
        self.reader = reader
        alone = reader.execution_options(isolation_level="AUTOCOMMIT")
        self.single = reader if reader.dialect.name == "sqlite" else alone

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One writer at a time on SQLite, in the order they came; where another process holds the file, who waits behind is told so too."""
        if self._turn is None:
            yield
            return
        self._turn.acquire()
        try:
            yield
        except OperationalError as error:
            if LOCKED in str(error.orig):
                self._turn.send_away()
            raise
        finally:
            self._turn.release()

    def learn(self, *, many: bool = False) -> None:
        """Let the database count how its rows lie, so that it chooses the right index; `many`: a great number of them has just come in.

        SQLite never counts by itself; PostgreSQL does, only not at once. Outside of any transaction.
        """
        if self.writer.dialect.name == "postgresql" and not many:
            return
        with self.turn(), self.writer.connect() as connection:
            raw: Any = connection.connection.driver_connection
            if connection.dialect.name == "postgresql":
                raw.autocommit = True
                unhurried(connection)
                raw.execute("VACUUM ANALYZE")
                connection.invalidate()  # its settings go with it
                return
            # 1000 rows looked at of each index: a moment even in a big zone; afterwards as before, for opening the file anew costs more
            for word in ("PRAGMA analysis_limit = 1000", "ANALYZE", "PRAGMA analysis_limit = 0"):
                raw.execute(word)

    def close(self) -> None:
        self.writer.dispose()
        self.reader.dispose()


class UnsafeDatabase(RuntimeError):
    """The database would lose what it acknowledged; the service does not start on it."""


def assert_safe(engine: Engine) -> dict[str, str]:
    """The settings that durability rests on, read back; UnsafeDatabase when one is wrong (C-25)."""
    asked = (
        {"synchronous": ("2", "3"), "foreign_keys": ("1",), "trusted_schema": ("0",)}
        if engine.dialect.name == "sqlite"
        else {
            "fsync": ("on",),
            "synchronous_commit": ("on", "remote_apply", "remote_write"),
            "full_page_writes": ("on",),
        }
    )
    word = "PRAGMA" if engine.dialect.name == "sqlite" else "SHOW"
    with engine.connect() as connection:
        found = {name: str(connection.exec_driver_sql(f"{word} {name}").scalar()) for name in asked}
    if wrong := {name: value for name, value in found.items() if value not in asked[name]}:
        raise UnsafeDatabase(f"数据库设置不安全，拒绝启动 | unsafe database settings, not starting: {wrong}")
    return found
