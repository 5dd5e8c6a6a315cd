"""The populated zone in PostgreSQL too, for faults that databases have differently."""

from __future__ import annotations

from contextlib import closing

import pytest

from financing.db import Database
from tests.postgres import Postgres
from tests.web.filled_zone import FilledPostgres
from tests.web.populated import Populated


@pytest.fixture(scope="session")
def filled_postgres(
    postgres: Postgres, migrated_database: str, tmp_path_factory: pytest.TempPathFactory
) -> FilledPostgres:
    folder, name = tmp_path_factory.mktemp("filled"), postgres.clone(migrated_database)
    with closing(Database(postgres.url(name))) as database:
        zone = Populated(database, folder / "var" / "uploads")
    return FilledPostgres(zone, folder / "var", postgres, name)
