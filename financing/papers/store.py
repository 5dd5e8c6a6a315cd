"""Where the bytes of papers lie (材料库): random names, readable by the service alone, compared with their digest when read."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from financing.file_refusals import PaperDamaged
from financing.papers.pictures import bared

NAME = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes in the store: their random 256-bit name, size in bytes and sha256."""

    stored: str
    size: int
    sha256: str


class Stored(Protocol):
    """A row that points into the store: a firm's paper, a document of the zone's side."""

    @property
    def name(self) -> str: ...
    @property
    def stored(self) -> str: ...
    @property
    def sha256(self) -> str: ...


@contextmanager
def keeping(folder: Path, content: bytes) -> Iterator[Kept]:
    """Write the bytes before the transaction of the block; when that fails they are taken away again.

    Of a picture what is to be seen (`pictures.bared`): PictureBroken, PictureTooLarge.
    """
    content = bared(content)
    kept = Kept(secrets.token_hex(32), len(content), hashlib.sha256(content).hexdigest())
    _write(_place(folder, kept.stored), content)
    try:
        yield kept
    except BaseException:
        forget(folder, kept.stored)
        raise


def keep_quietly(folder: Path, content: bytes) -> str:
    """Write sealed bytes under a random name; their file tells no time. The name."""
    stored = secrets.token_hex(32)
    _write(_place(folder, stored), content)
    os.utime(_place(folder, stored), (0, 0))
    return stored


def read(folder: Path, paper: Stored) -> bytes:
    """The bytes as they were handed in; PaperDamaged when they are not."""
    try:
        content = _place(folder, paper.stored).read_bytes()
    except FileNotFoundError:
        raise PaperDamaged(name=paper.name) from None
    if hashlib.sha256(content).hexdigest() != paper.sha256:
        raise PaperDamaged(name=paper.name)
    return content


def forget(folder: Path, stored: str) -> None:
    """Take bytes away that no paper points to."""
    _place(folder, stored).unlink(missing_ok=True)


def _place(folder: Path, stored: str) -> Path:
    """All in one folder, as backups take them; a name that is not ours leads nowhere."""
    if not NAME.fullmatch(stored):
        raise PaperDamaged(name="")
    return folder / stored


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
