"""Where checkpoints leave the database for: the key that signs them, and the folder that holds what was signed."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from financing.checkpoint_check import Doubted, key_number
from financing.ciphers import INTERNATIONAL, Signing, Suite
from financing.journal_check import canonical
from financing.settings import write_first

#: No line is as long by far: acts there are, and digests of a tree, make three kilobytes.
TAIL = 2**20


class Signer:
    """The key that signs: made at first use, readable by its owner alone, in no database and no backup."""

    def __init__(self, path: Path, suite: Suite = INTERNATIONAL) -> None:
        self.path, self.suite = path, suite

    def sign(self, message: bytes) -> str:
        """The signature, in hex."""
        return self._key().sign(message).hex()

    @property
    def public(self) -> bytes:
        """What everybody may know: 32 bytes, or 64 of SM2."""
        return self._key().public

    @property
    def number(self) -> str:
        return key_number(self.public)

    def _key(self) -> Signing:
        if not self.path.exists():
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_first(self.path, self.suite.new_private().hex() + "\n")
        return self.suite.signing(bytes.fromhex(self.path.read_text(encoding="ascii")))


class Folder:
    """The second place: one line of JSON a checkpoint, in order, and the public keys beside them."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def file(self) -> Path:
        return self.path / "checkpoints.jsonl"

    def lines(self) -> list[str]:
        """What stands there, whole lines alone: one that was cut off by a loss of power is written again."""
        if not self.file.exists():
            return []
        text = self.file.read_text(encoding="utf-8")
        return text[: text.rfind("\n") + 1].splitlines()

    def newest(self) -> dict[str, Any] | None:
        """The last whole line as it says itself, unchecked; the file is long, so it is read from its end."""
        if not self.file.exists():
            return None
        with self.file.open("rb") as file:
            return _last(file)[1]

    @property
    def reached(self) -> int:
        """The number of the last checkpoint there."""
        last = self.newest()
        return int(last["checkpoint"]["number"]) if last else 0

    def keys(self) -> dict[str, bytes]:
        """Public keys by their number."""
        found = (bytes.fromhex(path.read_text(encoding="ascii")) for path in sorted(self.path.glob("*.pub")))
        return {key_number(public): public for public in found}

    def publish(self, public: bytes) -> Path:
        """Put a public key beside what it signed."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.path / f"{key_number(public)}.pub"
        if not path.exists():
            write_first(path, public.hex() + "\n")
        return path

    def append(self, records: Sequence[Mapping[str, Any]]) -> int:
        """Write those that are not there yet, each with one call and synced; how many. Processes that write at once take turns."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(self.file, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            whole, last = _last(file)
            number = last["checkpoint"]["number"] if last else 0
            new = [one for one in records if one["checkpoint"]["number"] > number]
            if new:
                file.truncate(whole)
                file.seek(whole)
                file.write(b"".join(canonical(one) + b"\n" for one in new))
                file.flush()
                os.fsync(file.fileno())
        return len(new)


def _last(file: IO[bytes]) -> tuple[int, dict[str, Any] | None]:
    """How long the file is as far as its lines are whole, and what the last of them says; Doubted when that is no checkpoint."""
    size = file.seek(0, os.SEEK_END)
    begins = max(0, size - TAIL)
    file.seek(begins)
    tail = file.read()
    whole = tail[: tail.rfind(b"\n") + 1]
    text = whole.rstrip(b"\n").rpartition(b"\n")[2]
    if not text:
        return begins + len(whole), None
    try:
        record = json.loads(text)
        int(record["checkpoint"]["number"])
    except (ValueError, KeyError, TypeError):
        raise Doubted(0, "末行不是有效的检查点 | the last line is not a checkpoint") from None
    return begins + len(whole), record
