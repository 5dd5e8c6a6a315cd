"""The file of keys (密钥文件): one key a line, `purpose-suite:hex`, the newest of each kind last; readable by its owner alone.

`mark-…` keys make marks that are looked up, `seal-…` keys seal cells. A line without a word before it is of the suite `international`: the
first of them marks, the others seal. Keys are added at their kind's end and taken away when nothing lies under them any more.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from financing.ciphers import INTERNATIONAL, SUITES, Suite
from financing.conduct_refusals import KeysAway
from financing.settings import write_first

NUMBER, MARKING = 4, 32
Purpose = Literal["mark", "seal"]


@dataclass(frozen=True, slots=True)
class Key:
    """One key: what it is for, by which suite, its bytes."""

    purpose: Purpose
    suite: Suite
    secret: bytes

    @property
    def number(self) -> bytes:
        """Four bytes by which it is named in every cell."""
        return self.suite.hash(b"number\n" + self.secret)[:NUMBER]

    @property
    def line(self) -> str:
        return f"{self.purpose}-{self.suite.name}:{self.secret.hex()}"


class KeyRing:
    """The keys of one file, read anew each time: a key added by another process counts at once."""

    def __init__(self, path: Path, suite: Suite) -> None:
        self.path, self.suite = path, suite

    def all(self) -> list[Key]:
        if not self.path.exists():
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            first = [new_key("mark", self.suite), new_key("seal", self.suite)]
            write_first(self.path, "".join(f"{key.line}\n" for key in first))
        return _parsed(self.path.read_text(encoding="ascii").split())

    def sealing(self) -> list[Key]:
        """The keys that seal, of every suite; the one in use is last."""
        found = [key for key in self.all() if key.purpose == "seal"]
        return sorted(found, key=lambda key: key.suite is self.suite)

    def marking(self) -> list[Key]:
        """The keys of marks; the one in use is last, whatever the suite: marks are compared, so they change when made anew alone."""
        return [key for key in self.all() if key.purpose == "mark"]

    def newest(self) -> Key:
        """The key that seals from now on; made where the suite of the settings has none yet."""
        last = self.sealing()[-1]
        return last if last.suite is self.suite else self.grow()

    def numbered(self, suite: Suite, number: bytes) -> Key:
        for key in self.sealing():
            if key.suite is suite and key.number == number:
                return key
        raise KeysAway(number=number.hex())

    def grow(self, purpose: Purpose = "seal") -> Key:
        """A new key of a purpose, from now on."""
        new = new_key(purpose, self.suite)
        with self._changing() as keys:
            keys.append(new)
        return new

    def drop(self, number: str) -> None:
        """Take a key away; the caller knows that nothing lies under it."""
        with self._changing() as keys:
            keys[:] = [key for key in keys if key.number.hex() != number]

    @contextmanager
    def _changing(self) -> Iterator[list[Key]]:
        """One at a time, and the file appears under its name only when it is whole."""
        self.all()
        with _held(self.path):
            keys = self.all()
            yield keys
            part = self.path.with_name(f"{self.path.name}.{secrets.token_hex(8)}")
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
                file.write("".join(f"{key.line}\n" for key in keys))
                file.flush()
                os.fsync(file.fileno())
            part.replace(self.path)


def new_key(purpose: Purpose, suite: Suite) -> Key:
    return Key(purpose, suite, secrets.token_bytes(MARKING if purpose == "mark" else suite.size))


def _parsed(lines: list[str]) -> list[Key]:
    found: list[Key] = []
    for line in lines:
        word, _, value = line.rpartition(":")
        purpose, _, name = word.partition("-")
        first = not word and not any(key.purpose == "mark" for key in found)
        kind: Purpose = "mark" if purpose == "mark" or first else "seal"
        found.append(Key(kind, SUITES[name] if name else INTERNATIONAL, bytes.fromhex(value)))
    return found


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """The folder is locked while its key file changes; nothing is left behind in it."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
