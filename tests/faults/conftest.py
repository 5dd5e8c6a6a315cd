"""A zone in which something of everything exists, put together once; each test takes a copy of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from financing.db import Database
from tests.postgres import Postgres
from tests.web.populated import Populated


@dataclass(frozen=True)
class Filled:
    """The populated zone in a file, closed, and what lies beside it: uploads and the keys of sealed fields."""

    zone: Populated
    file: Path
    beside: Path

    def copied(self, folder: Path) -> str:
        """The address of a copy with all that lies beside it where an installation in this folder looks for it."""
        shutil.copytree(self.beside, folder / "var", dirs_exist_ok=True)
        shutil.copyfile(self.file, folder / "zone.db")
        return f"sqlite:///{folder / 'zone.db'}"


class FilledPostgres(Filled):
    """The same in PostgreSQL; a copy is a database of its own, of which `yard_of` takes leave."""

    server: Postgres
    database: str

    def __init__(self, zone: Populated, beside: Path, server: Postgres, database: str) -> None:
        super().__init__(zone, beside / "none", beside)
        object.__setattr__(self, "server", server)
        object.__setattr__(self, "database", database)

    def copied(self, folder: Path) -> str:
        shutil.copytree(self.beside, folder / "var", dirs_exist_ok=True)
        return self.server.url(self.server.clone(self.database))


@pytest.fixture(scope="session")
def filled_postgres(
    postgres: Postgres, migrated_database: str, tmp_path_factory: pytest.TempPathFactory
) -> FilledPostgres:
    folder, name = tmp_path_factory.mktemp("filled"), postgres.clone(migrated_database)
    with closing(Database(postgres.url(name))) as database:
        zone = Populated(database, folder / "var" / "uploads")
    return FilledPostgres(zone, folder / "var", postgres, name)


@pytest.fixture(scope="session")
def filled(migrated_file: Path, quick: Path) -> Iterator[Filled]:
    folder = quick / "filled"
    folder.mkdir()
    file = folder / "zone.db"
    shutil.copyfile(migrated_file, file)
    with closing(Database(f"sqlite:///{file}")) as database:
        zone = Populated(database, folder / "var" / "uploads")
    yield Filled(zone, file, folder / "var")
    shutil.rmtree(folder)
