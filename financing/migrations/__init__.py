"""The database's history: bring it up to date, ask where it stands, and prove that tables and history agree."""

from __future__ import annotations

import re
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine

from financing.db import engine_for
from financing.models import metadata
from financing.walls import put_up

HERE = Path(__file__).parent
#: What stands between the parts of a table: line breaks, and commas outside of brackets, for a column added later has no line.
PARTS = re.compile(r",(?![^()]*\))|\n|\(\s*\n|\n\)")


def upgrade(url: str) -> None:
    """Apply every migration that is missing, each in one transaction with its walls."""
    engine = engine_for(url)
    try:
        with engine.begin() as connection:
            command.upgrade(_config(connection), "head")
            put_up(connection)
    finally:
        engine.dispose()


def standing(engine: Engine) -> tuple[str | None, str]:
    """The revision of the database and the newest one there is."""
    with engine.connect() as connection:
        now = MigrationContext.configure(connection).get_current_revision()
    return now, newest()


def newest() -> str:
    """The newest revision this program knows."""
    return ScriptDirectory(str(HERE)).get_current_head() or ""


def revise(engine: Engine, message: str) -> None:
    """Write the migration that leads from the newest one to the tables as they are in the code."""
    with engine.begin() as connection:
        command.upgrade(_config(connection), "head")
        command.revision(_config(connection), message=message, autogenerate=True)


def drift() -> dict[str, tuple[set[str], set[str]]]:
    """Tables that the code and the history disagree on: lines only in the history, lines only in the code."""
    by_history, by_code = create_engine("sqlite://"), create_engine("sqlite://")
    with by_history.begin() as old, by_code.begin() as new:
        command.upgrade(_config(old), "head")
        metadata.create_all(new)
        history, code = _tables(old), _tables(new)
    names = history.keys() | code.keys()
    pairs = {name: (history.get(name, set()), code.get(name, set())) for name in names}
    return {name: (was - now, now - was) for name, (was, now) in pairs.items() if was != now}


def _tables(connection: Connection) -> dict[str, set[str]]:
    """Every table and index as the set of its parts, so that only the content counts, not the order."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type <> 'trigger'")
    return {name: {part.strip() for part in PARTS.split(sql)} - {""} for name, sql in rows if name != "alembic_version"}


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.attributes["connection"] = connection
    return config
