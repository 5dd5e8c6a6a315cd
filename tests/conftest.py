"""Databases for tests: a new one each, copied from one that was migrated once."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine

from financing import grants
from financing.db import Database
from financing.migrations import upgrade
from financing.people import passwords
from financing.side_walls import SIDE, WITHIN
from tests.engines import lent
from tests.postgres import SERVICE, Postgres, quick_folder, running
from web.collector import settle

if TYPE_CHECKING:
    from tests.web.filled_zone import Filled

# Programs and tests that are compiled once stay compiled, whatever the shell says: each process would do it anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# What an operator has set on this machine is not what the tests are about.
for _setting in [
    name for name in os.environ if name.startswith("YUANRONG_") and name not in {"YUANRONG_ROUNDS", "YUANRONG_SEED"}
]:
    del os.environ[_setting]
# The processes of one run go over a set in the same order, or they would not agree which tests there are; another run draws another.
os.environ.setdefault("PYTHONHASHSEED", str(secrets.randbelow(2**32)))
#: People in tests sign in by their password alone; what is asked beyond it is asked for by name (`second_factor="on"`).
os.environ["YUANRONG_SECOND_FACTOR"] = "off"

# A fixture that makes a database once per test, not once per example, is what our property tests want.
# Every change is held against a few dozen examples, the same ones each time; a campaign draws ten thousand others.
settings.register_profile(
    "gate",
    deadline=None,
    derandomize=True,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
settings.register_profile("campaign", settings.get_profile("gate"), derandomize=False, max_examples=10_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "gate"))


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Whatever a test writes lies in memory too, unless the run is told where: a disk is waited for at every commit."""
    if not config.option.basetemp:  # a worker has been told
        folder = config.option.basetemp = str(quick_folder())
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is made once for the tests of a file is made once: all that share it go to one worker."""
    for item in items:
        kinds = item._fixtureinfo.name2fixturedefs
        shared = [name for name, made in kinds.items() if made[-1].scope == "module"]
        if shared:
            chosen = getattr(item, "callspec", None)
            of = [str(chosen.params[name]) for name in shared if chosen and name in chosen.params]
            item.add_marker(pytest.mark.xdist_group("-".join((str(item.path), *of))))


def pytest_collection_finish() -> None:
    """The tests run as the server does."""
    settle()


#: How passwords are hashed in earnest. Two thousand people sign in during one run, each at the cost of a twentieth of a second:
#: the tests hash as weakly as the algorithm allows, but for the one that looks at this, and servers in processes of their own.
IN_EARNEST = passwords.HASHER
passwords.HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


#: The clock of tests is set by hand and the database's is not: when a consent is in force is left to sights, but where walls are what is tested.
TIMELESS = WITHIN.replace("since <= now() AND now() < until", "since < until")


#: Tests of these rooms run on PostgreSQL as the service does, behind its walls of rows; others lay out what only the owner may.
WALLED = {"matching", "offers", "forums", "needs", "clocks", "bridge", "test_access_matrix.py"}


@pytest.fixture(scope="session")
def quick() -> Iterator[Path]:
    """A folder in memory for everything that one test run writes to databases."""
    folder = quick_folder()
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def migrated_file(quick: Path) -> Path:
    """A SQLite file with every migration applied; tests copy it."""
    path = quick / "migrated.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def filled(migrated_file: Path, quick: Path) -> Filled:
    """The populated zone in a file; tests copy it."""
    from tests.web.filled_zone import Filled

    folder = quick / "filled"
    folder.mkdir()
    return Filled.of(migrated_file, folder)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One server for the whole run of this worker."""
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_database(postgres: Postgres) -> str:
    """A PostgreSQL database with every migration applied; tests clone it."""
    name = postgres.clone()
    upgrade(postgres.url(name))
    postgres.execute(f"CREATE ROLE {SERVICE} LOGIN")
    postgres.execute(
        f"ALTER ROLE {SERVICE} SET {SIDE} = 'platform'"
    )  # where a test lays rows out itself; each desk says otherwise
    with lent(postgres.url(name)) as database, database.writer.begin() as connection:
        grants.give(connection, SERVICE)
        connection.exec_driver_sql(TIMELESS)
    return name


@pytest.fixture
def sqlite_url(migrated_file: Path, quick: Path) -> Iterator[str]:
    """An empty, migrated SQLite file of this test's own."""
    path = quick / f"{os.urandom(8).hex()}.db"
    shutil.copyfile(migrated_file, path)
    yield f"sqlite:///{path}"
    for left in quick.glob(f"{path.name}*"):
        left.unlink()


@pytest.fixture
def postgres_url(postgres: Postgres, migrated_database: str) -> Iterator[str]:
    """An empty, migrated PostgreSQL database of this test's own."""
    name = postgres.clone(migrated_database)
    yield postgres.url(name)
    postgres.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def service_url(postgres_url: str) -> str:
    """The same as the service's account sees it, which owns nothing."""
    return postgres_url.replace("postgres@", f"{SERVICE}@")


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The test runs twice, once on each database; `-k sqlite` runs it on one."""
    kind = "service" if request.param == "postgres" and WALLED & set(request.path.parts) else request.param
    return str(request.getfixturevalue(f"{kind}_url"))


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """The engine that writes, on each database."""
    with lent(database_url) as database:
        yield database.writer


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """What a desk is opened on, on each database."""
    with lent(database_url) as database:
        yield database


@pytest.fixture
def sqlite_database(sqlite_url: str) -> Iterator[Database]:
    """The same on SQLite alone, where the database is not what is tested."""
    with lent(sqlite_url) as database:
        yield database


@pytest.fixture
def sqlite_engine(sqlite_database: Database) -> Engine:
    return sqlite_database.writer
