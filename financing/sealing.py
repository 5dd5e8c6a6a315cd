"""Sealed cells (字段加密): what not even a copy of the database tells, under keys that lie outside of it (I-26).

A cell is sealed with AES-256-GCM (NIST SP 800-38D) under a random nonce. The name of its table and column and the number of its row are
authenticated with it, so a cell moved elsewhere no longer opens. Texts are filled up to whole blocks, so that their length says little.
The key file is made at first use, is never in a backup, and grows by a key at each rotation; an old key opens what was sealed under it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Dialect, LargeBinary, TypeDecorator
from sqlalchemy.orm import Session

from financing.conduct_refusals import KeysAway, SealBroken
from financing.settings import write_first

#: First byte of every cell: which cipher, and that these bytes are a cell at all.
MARK = b"\xa1"
NUMBER, NONCE, TAG, BLOCK = 4, 12, 16, 512
SHORTEST = len(MARK) + NUMBER + NONCE + TAG


class SealedColumn(TypeDecorator[bytes]):
    """Bytes that were sealed; anything else is refused before it reaches the database."""

    impl = LargeBinary
    cache_ok = True

    @property
    def python_type(self) -> type[bytes]:
        return bytes  # a backup asks, to know how its lines are read

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        if value is not None and (value[:1] != MARK or len(value) < SHORTEST):
            raise TypeError("a sealed column takes sealed cells alone")
        return value


class Ring:
    """The keys in one file: one for marks that are looked up, then those that seal, the newest last."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def seal(self, place: str, row: int, content: bytes) -> bytes:
        """A cell for `table.column` and the number of its row, under the newest key."""
        number, key = list(self._sealing().items())[-1]
        nonce = secrets.token_bytes(NONCE)
        head = MARK + number + nonce
        return head + AESGCM(key).encrypt(nonce, content, _bound(head, place, row))

    def open(self, place: str, row: int, cell: bytes) -> bytes:
        """What was sealed. KeysAway without its key; SealBroken when it was changed, or moved from another place."""
        number, nonce = cell[1 : 1 + NUMBER], cell[1 + NUMBER : 1 + NUMBER + NONCE]
        head, key = MARK + number + nonce, self._sealing().get(number)
        if key is None:
            raise KeysAway(number=number.hex())
        try:
            return AESGCM(key).decrypt(nonce, cell[len(head) :], _bound(head, place, row))
        except InvalidTag:
            raise SealBroken(place=place) from None

    def write(self, place: str, row: int, facts: Mapping[str, object]) -> bytes:
        """Plain facts as one cell of whole blocks."""
        text = json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()
        return self.seal(place, row, text + b" " * (-len(text) % BLOCK))

    def read(self, place: str, row: int, cell: bytes) -> dict[str, Any]:
        """The facts of a cell."""
        facts: dict[str, Any] = json.loads(self.open(place, row, cell))
        return facts

    def mark(self, what: str) -> str:
        """A keyed mark of something: equal for equal things, and telling nothing of them without the key file."""
        return hmac.new(self._lines()[0], what.encode(), hashlib.sha256).hexdigest()

    def rotate(self) -> str:
        """A new key from now on; its number. The file appears under its name only when it is whole."""
        lines, new = self._lines(), secrets.token_bytes(32)
        part = self.path.with_name(f"{self.path.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write("\n".join(key.hex() for key in [*lines, new]) + "\n")
            file.flush()
            os.fsync(file.fileno())
        part.replace(self.path)
        return _number(new).hex()

    def numbers(self) -> list[str]:
        """The numbers of the keys that seal, the newest last."""
        return [number.hex() for number in self._sealing()]

    def _sealing(self) -> dict[bytes, bytes]:
        return {_number(key): key for key in self._lines()[1:]}

    def _lines(self) -> list[bytes]:
        """Read anew each time: a key added by another process counts at once."""
        if not self.path.exists():
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_first(self.path, f"{secrets.token_hex(32)}\n{secrets.token_hex(32)}\n")
        return [bytes.fromhex(line) for line in self.path.read_text(encoding="ascii").split()]


def ring(session: Session) -> Ring:
    """The keys this session works with; KeysAway where none were given."""
    found = session.info.get("ring")
    if not isinstance(found, Ring):
        raise KeysAway(number="—")
    return found


def number_of(cell: bytes) -> str:
    """The number of the key a cell was sealed under."""
    return cell[1 : 1 + NUMBER].hex()


def _number(key: bytes) -> bytes:
    return hashlib.sha256(b"number\n" + key).digest()[:NUMBER]


def _bound(head: bytes, place: str, row: int) -> bytes:
    return head + f"{place}\n{row}".encode()
