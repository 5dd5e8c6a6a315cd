"""The database's history: bring it up to date, ask where it stands, and prove that tables and history agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, inspect, text

from financing.engines import engine_for
from financing.models import metadata
from financing.row_walls import let_in
from financing.walls_aside import aside

if TYPE_CHECKING:
    from alembic.config import Config

HERE = Path(__file__).parent
#: Which revision another one follows.
FOLLOWS = re.compile(r"^down_revision = ['\"](\w+)['\"]", re.MULTILINE)
#: What stands between the parts of a table: line breaks, and commas outside of brackets, for a column added later has no line.
PARTS = re.compile(r",(?![^()]*\))|\n|\(\s*\n|\n\)")


def upgrade(url: str) -> None:
    """Apply every migration that is missing and put up the walls, in one transaction; Dangling undoes all of it."""
    with at_rest(url) as connection:
        bring_up(connection)


@contextmanager
def at_rest(url: str) -> Iterator[Connection]:
    """One transaction in which a table may be gone for a moment under the rows that rest on it."""
    engine = engine_for(url)
    try:
        with engine.connect() as connection:
            _rest_keys(connection)
            with connection.begin():
                let_in(connection)  # the owner of the tables is held by walls of rows too
                yield connection
    finally:
        engine.dispose()


def bring_up(connection: Connection) -> None:
    """The same on a connection at rest."""
    from alembic import command

    with aside(connection):
        command.upgrade(_config(connection), "head")
    if connection.dialect.name == "sqlite" and (found := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
        raise Dangling(f"升级后有 {len(found)} 行指向不存在的记录，已全部撤回 | rows point to nothing: {found[:5]}")


class Dangling(RuntimeError):
    """A migration would leave rows that point to rows which are gone; the database stays as it was."""


def _rest_keys(connection: Connection) -> None:
    """SQLite builds a table anew to change it: for that moment other rows rest on a table that is not there.

    Both settings hold for one connection, and only when set outside of a transaction (sqlite.org/lang_altertable.html, section 7).
    """
    if connection.dialect.name == "sqlite":
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("PRAGMA legacy_alter_table = ON")


def standing(engine: Engine) -> tuple[str | None, str]:
    """The revision of the database and the newest one there is."""
    with engine.connect() as connection:
        known = inspect(connection).has_table("alembic_version")
        now = connection.scalar(text("SELECT version_num FROM alembic_version")) if known else None
    return now, newest()


def newest() -> str:
    """The newest revision this program knows, the one that no other follows; read from the files, so that a start need not load Alembic."""
    files = list(HERE.glob("versions/[0-9]*.py"))
    followed = {found[1] for file in files if (found := FOLLOWS.search(file.read_text(encoding="utf-8")))}
    return max({file.name.partition("_")[0] for file in files} - followed, default="")


def revise(engine: Engine, message: str) -> None:
    """Write the migration that leads from the newest one to the tables as they are in the code."""
    from alembic import command

    with engine.begin() as connection:
        command.upgrade(_config(connection), "head")
        command.revision(_config(connection), message=message, autogenerate=True)


def drift() -> dict[str, tuple[set[str], set[str]]]:
    """Tables that the code and the history disagree on: lines only in the history, lines only in the code."""
    from alembic import command

    by_history, by_code = create_engine("sqlite://"), create_engine("sqlite://")
    with by_history.begin() as old, by_code.begin() as new:
        command.upgrade(_config(old), "head")
        metadata.create_all(new)
        history, code = _tables(old), _tables(new)
    names = history.keys() | code.keys()
    pairs = {name: (history.get(name, set()), code.get(name, set())) for name in names}
    return {name: (was - now, now - was) for name, (was, now) in pairs.items() if was != now}


def _tables(connection: Connection) -> dict[str, set[str]]:
    """Every table and index as the set of its parts: only the content counts, not the order nor the quotes of a rename."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type <> 'trigger'")
    return {
        name: {part.strip() for part in PARTS.split(sql.replace('"', ""))} - {""}
        for name, sql in rows
        if name != "alembic_version"
    }


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.attributes["connection"] = connection
    return config
