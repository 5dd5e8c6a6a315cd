"""Engines that outlive a test: what SQLAlchemy has put together once it says again, to another database.

Most of the time that a test takes goes into statements compiled for the first time. A statement is kept by the engine that said it;
so an engine is lent to one test after the other, each time to a place of its own and with no connection left from before.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event, make_url

from financing.db import Database
from financing.engines import engine_for

#: Engines that nobody uses at the moment, by kind of database and by whether they write.
_idle: dict[tuple[str, bool], list[Engine]] = {}


@contextmanager
def lent(url: str) -> Iterator[Database]:
    """A database as the product opens it; its engines have learned, and know nothing of what they were lent to before."""
    database = Database(url)
    name = database.writer.dialect.name
    used = {writes: _engine(url, (name, writes)) for writes in (True, False)}
    database.writer = used[True]
    database.reads_by(used[False])
    try:
        yield database
    finally:
        database.close()
        for writes, engine in used.items():
            engine.dispose()
            _idle[name, writes].append(engine)


def _engine(url: str, kind: tuple[str, bool]) -> Engine:
    idle = _idle.setdefault(kind, [])
    if not idle:
        return _movable(engine_for(url, writes=kind[1]))
    engine = idle.pop()
    engine.url = make_url(url)
    return engine


def _movable(engine: Engine) -> Engine:
    @event.listens_for(engine, "do_connect")
    def there(dialect: Any, _record: Any, place: list[Any], facts: dict[str, Any]) -> None:
        """The place that the engine's address names now, not the one it was made with."""
        place[:], named = dialect.create_connect_args(engine.url)
        facts.update(named)

    return engine
