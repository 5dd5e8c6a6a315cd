"""A zone in which something of everything exists, put together once; whoever tries something on it takes a copy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from copy import copy
from dataclasses import dataclass
from pathlib import Path

from financing.db import Database
from tests.postgres import Postgres
from tests.web.populated import Populated


@dataclass(frozen=True)
class Filled:
    """The populated zone in a file, closed, and what lies beside it: uploads and the keys of sealed fields."""

    zone: Populated
    file: Path
    beside: Path

    @classmethod
    def of(cls, migrated: Path, folder: Path) -> Filled:
        """The zone put together in this folder, on a copy of an empty file."""
        file = shutil.copyfile(migrated, folder / "zone.db")
        with closing(Database(f"sqlite:///{file}")) as database:
            zone = Populated(database, folder / "var" / "uploads")
        return cls(zone, file, folder / "var")

    def copied(self, folder: Path) -> str:
        """The address of a copy with all that lies beside it where an installation in this folder looks for it."""
        shutil.copytree(self.beside, folder / "var", dirs_exist_ok=True)
        shutil.copyfile(self.file, folder / "zone.db")
        return f"sqlite:///{folder / 'zone.db'}"

    @contextmanager
    def opened(self, folder: Path) -> Iterator[Populated]:
        """A copy of the zone as one who tests it in this process has it: its database is open."""
        with closing(Database(self.copied(folder))) as database:
            zone = copy(self.zone)
            zone.database, zone.uploads = database, folder / "var" / "uploads"
            yield zone


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
