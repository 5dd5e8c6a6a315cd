"""Files under lock (加密文件): a backup that is of no use to who finds it, written as a stream and read at any place.

`YRB1`, one byte for the kind of lock (0 key file, 1 passphrase, and 16 more for the suite `national`), 16 bytes of salt, 8 by which a wrong key is told from a spoilt file; then chunks of 64 KiB, each sealed with the suite's AEAD
(`ciphers`) and 16 bytes longer. The key of the file is HKDF (RFC 5869) by the suite's hash of the key file's 32 bytes, or scrypt (RFC 7914) of the passphrase, under
the salt; the nonce is the chunk's number and whether it is the last, the head is authenticated with each. So no chunk can be changed, moved,
left out or taken from another file, and the file cannot end early.
"""

from __future__ import annotations

import hashlib
import io
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol, cast

from cryptography.exceptions import InvalidTag
from typing_extensions import override

from financing.ciphers import INTERNATIONAL, SUITES, Suite
from financing.proof_refusals import WrongLock
from financing.settings import write_first

MAGIC = b"YRB1"
SALT, PROOF, TAG, CHUNK = 16, 8, 16, 64 * 1024
HEAD = len(MAGIC) + 1 + SALT + PROOF
#: 128 MiB and half a second a try.
SCRYPT = {"n": 2**17, "r": 8, "p": 1, "maxmem": 256 * 2**20}


class Spoilt(ValueError):
    """A chunk is not what was written."""


class Lock(Protocol):
    """What a file is locked with."""

    @property
    def kind(self) -> int: ...

    @property
    def suite(self) -> Suite: ...

    def key(self, salt: bytes, suite: Suite) -> bytes: ...


@dataclass(frozen=True)
class KeyFile:
    """A file with 32 random bytes, made at first use, readable by its owner alone: kept apart from the backups it opens."""

    path: Path
    suite: Suite = INTERNATIONAL
    kind: int = 0

    def key(self, salt: bytes, suite: Suite) -> bytes:
        if not self.path.exists():
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_first(self.path, secrets.token_hex(32) + "\n")
        own = bytes.fromhex(self.path.read_text(encoding="ascii"))
        return suite.derived(own, salt, b"yuanrong backup")


@dataclass(frozen=True)
class Passphrase:
    """What somebody remembers."""

    words: str
    suite: Suite = INTERNATIONAL
    kind: int = 1

    def key(self, salt: bytes, suite: Suite) -> bytes:
        return hashlib.scrypt(self.words.encode(), salt=salt, dklen=suite.size, **SCRYPT)


class Locking:
    """What is written to it comes out locked; the last chunk is written when it is closed, so an unfinished file never opens."""

    def __init__(self, out: IO[bytes], lock: Lock) -> None:
        salt = secrets.token_bytes(SALT)
        key = lock.key(salt, lock.suite)
        self.head = MAGIC + bytes([lock.kind + lock.suite.lock]) + salt + _proof(key, lock.suite)
        self.out, self.cipher = out, lock.suite.aead(key)
        self.waiting, self.number = bytearray(), 0
        out.write(self.head)

    def write(self, data: bytes) -> int:
        self.waiting += data
        while len(self.waiting) > CHUNK:
            self._put(bytes(self.waiting[:CHUNK]), last=False)
            del self.waiting[:CHUNK]
        return len(data)

    def flush(self) -> None:
        """Whole chunks alone leave."""

    def close(self) -> None:
        self._put(bytes(self.waiting), last=True)
        self.out.flush()
        os.fsync(self.out.fileno())

    def _put(self, data: bytes, *, last: bool) -> None:
        self.out.write(self.cipher.encrypt(_nonce(self.number, last=last), data, self.head))
        self.number += 1


class Unlocking(io.RawIOBase):
    """The plain content, read at any place; each chunk is proved as it is read. WrongLock for another key, Spoilt for a changed chunk."""

    def __init__(self, file: IO[bytes], lock: Lock) -> None:
        self.file = file
        size = file.seek(0, os.SEEK_END) - HEAD
        self.count = max(1, -(-size // (CHUNK + TAG)))
        self.size, self.place = size - self.count * TAG, 0
        file.seek(0)
        self.head = file.read(HEAD)
        if len(self.head) < HEAD or self.size < 0:
            raise Spoilt("head")
        suite = _suite(self.head)
        key = lock.key(self.head[-SALT - PROOF : -PROOF], suite)
        if lock.kind != kind(self.head) or _proof(key, suite) != self.head[-PROOF:]:
            raise WrongLock
        self.cipher, self.held = suite.aead(key), (-1, b"")

    @override
    def readable(self) -> bool:
        return True

    @override
    def seekable(self) -> bool:
        return True

    @override
    def tell(self) -> int:
        return self.place

    @override
    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self.place, os.SEEK_END: self.size}[whence]
        if base + offset < 0:
            raise ValueError("before the beginning")
        self.place = base + offset
        return self.place

    @override
    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # any buffer; a buffered reader gives a view
        if self.place >= self.size:
            return 0
        number, within = divmod(self.place, CHUNK)
        part = self._chunk(number)[within : within + len(buffer)]
        buffer[: len(part)] = part
        self.place += len(part)
        return len(part)

    def _chunk(self, number: int) -> bytes:
        if self.held[0] != number:
            self.file.seek(HEAD + number * (CHUNK + TAG))
            sealed = self.file.read(CHUNK + TAG)
            try:
                plain = self.cipher.decrypt(_nonce(number, last=number == self.count - 1), sealed, self.head)
            except (InvalidTag, ValueError):
                raise Spoilt(f"chunk {number}") from None
            self.held = (number, plain)
        return self.held[1]


@contextmanager
def locked(part: Path, lock: Lock | None) -> Iterator[IO[bytes]]:
    """Where the zip is written to: as it is, or locked on its way; what is not finished is never closed as whole."""
    with part.open("wb") as file:
        if lock is None:
            yield file
            return
        locking = Locking(file, lock)
        yield cast("IO[bytes]", locking)
        locking.close()


@contextmanager
def unlocked(source: Path, lock: Lock | None) -> Iterator[IO[bytes]]:
    """The zip as it was written, whether it is locked or plain."""
    with source.open("rb") as file:
        if kind(file.read(HEAD)) is None:
            yield file
            return
        if lock is None:
            raise WrongLock
        yield io.BufferedReader(Unlocking(file, lock), CHUNK)


def kind(head: bytes) -> int | None:
    """How a file is locked, by its first bytes; None when it is not."""
    return head[len(MAGIC)] & 15 if head.startswith(MAGIC) and len(head) > len(MAGIC) else None


def _suite(head: bytes) -> Suite:
    found = next((suite for suite in SUITES.values() if suite.lock == head[len(MAGIC)] & 0xF0), None)
    if found is None:
        raise WrongLock
    return found


def _proof(key: bytes, suite: Suite) -> bytes:
    return suite.hash(b"yuanrong backup key\n" + key)[:PROOF]


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
