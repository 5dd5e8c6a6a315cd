"""A PostgreSQL one of whose disks is small: a file system of its own in memory, which nobody but the server sees and which ends with it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.postgres import Postgres, quick_folder

MIB = 2**20


class SmallDisk:
    """So many MiB at a place, in a mount namespace of its own that a child holds open."""

    def __init__(self, place: Path, mib: int) -> None:
        place.mkdir()
        apart = (
            ["unshare", "--mount"]
            if os.geteuid() == 0
            else ["unshare", "--user", "--map-current-user", "--keep-caps", "--mount"]
        )
        mounts = f'mount -t tmpfs -o size={mib}m,mode=0777 tmpfs "$0" && echo ready && exec cat'
        self.holder = subprocess.Popen(
            [*apart, "sh", "-c", mounts, str(place)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.holder.stdout.readline() == "ready\n", "no file system of its own can be mounted here"
        self.place = Path(f"/proc/{self.holder.pid}/root{place}")

    @property
    def enter(self) -> list[str]:
        """The words before a command that is to see this disk."""
        whose = [] if os.geteuid() == 0 else ["--user", "--preserve-credentials"]
        return ["nsenter", f"--target={self.holder.pid}", "--mount", *whose, "--"]

    def fill(self) -> None:
        """Until there is not a byte left."""
        left = shutil.disk_usage(self.place).free
        with (self.place / "ballast").open("ab", buffering=0) as ballast:
            while left and (written := _put(ballast.fileno(), min(left, MIB))):
                left -= written

    def free(self) -> None:
        (self.place / "ballast").unlink()

    def close(self) -> None:
        self.holder.communicate()


def _put(file: int, size: int) -> int:
    try:
        return os.write(file, bytes(size))
    except OSError:  # the last page is spent
        return 0


class Cramped(Postgres):
    """Its new databases lie on the small disk; what it writes ahead lies elsewhere, as an operator would have it."""

    where = " TABLESPACE small"

    def __init__(self, folder: Path, mib: int) -> None:
        self.disk = SmallDisk(folder / "small", mib)
        super().__init__(folder)
        inside = self.disk.place / "space"
        inside.mkdir()
        if self.owner:
            os.chown(inside, self.owner["user"], self.owner["group"])
        self.execute(f"CREATE TABLESPACE small LOCATION '{folder / 'small' / 'space'}'")

    @property
    def _begun_as(self) -> dict[str, Any]:
        """The way into the namespace needs its own rights; the last word before the server gives them up."""
        return {}

    @property
    def _command(self) -> list[str]:
        if not self.owner:
            return [*self.disk.enter, *super()._command]
        who = f"--reuid={self.owner['user']}", f"--regid={self.owner['group']}", "--clear-groups"
        return [*self.disk.enter, "setpriv", *who, *super()._command[1:]]


@contextmanager
def cramped(mib: int) -> Iterator[Cramped]:
    """For as long as the block lasts, and nothing of it afterwards."""
    folder = quick_folder()
    server = Cramped(folder, mib)
    try:
        yield server
    finally:
        server.stop()
        server.disk.close()
        shutil.rmtree(folder)
