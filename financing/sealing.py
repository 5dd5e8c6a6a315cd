"""Sealed cells (字段加密): what not even a copy of the database tells, under keys that lie outside of it (I-26).

A cell is one byte for the suite (`ciphers`), four for its key's number, a random nonce, and what the suite's AEAD makes of the content.
The name of its table and column and the number of its row are authenticated with it, so a cell moved elsewhere no longer opens. Texts are
filled up to whole blocks, so that their length says little. The key file (`key_file`) is never in a backup.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import Dialect, LargeBinary, TypeDecorator
from sqlalchemy.orm import Session

from financing.ciphers import BY_MARK, INTERNATIONAL, TAG, Suite
from financing.conduct_refusals import KeysAway, SealBroken
from financing.key_file import NUMBER, Key, KeyRing

NONCE, BLOCK = 12, 512
SHORTEST = 1 + NUMBER + NONCE + TAG


class SealedColumn(TypeDecorator[bytes]):
    """Bytes that were sealed; anything else is refused before it reaches the database."""

    impl = LargeBinary
    cache_ok = True

    @property
    def python_type(self) -> type[bytes]:
        return bytes  # a backup asks, to know how its lines are read

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        if value is not None and (value[:1] not in BY_MARK or len(value) < SHORTEST):
            raise TypeError("a sealed column takes sealed cells alone")
        return value


class Ring:
    """What seals and opens cells, with the keys of one file and by the suite of the settings."""

    def __init__(self, path: Path, suite: Suite = INTERNATIONAL) -> None:
        self.path, self.suite = path, suite
        self.keys = KeyRing(path, suite)

    def seal(self, place: str, row: int, content: bytes) -> bytes:
        """A cell for `table.column` and the number of its row, under the newest key."""
        key, nonce = self.keys.newest(), secrets.token_bytes(NONCE)
        head = self.suite.mark + key.number + nonce
        return head + self.suite.aead(key.secret).encrypt(nonce, content, _bound(head, place, row))

    def open(self, place: str, row: int, cell: bytes) -> bytes:
        """What was sealed. KeysAway without its key; SealBroken when it was changed, or moved from another place."""
        suite = BY_MARK.get(cell[:1])
        if suite is None:
            raise SealBroken(place=place)
        key = self.keys.numbered(suite, cell[1 : 1 + NUMBER])
        head = cell[: 1 + NUMBER + NONCE]
        try:
            return suite.aead(key.secret).decrypt(head[1 + NUMBER :], cell[len(head) :], _bound(head, place, row))
        except InvalidTag:
            raise SealBroken(place=place) from None

    def write(self, place: str, row: int, facts: Mapping[str, object], block: int = BLOCK) -> bytes:
        """Plain facts as one cell of whole blocks."""
        text = json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()
        return self.seal(place, row, text + b" " * (-len(text) % block))

    def read(self, place: str, row: int, cell: bytes) -> dict[str, Any]:
        """The facts of a cell."""
        facts: dict[str, Any] = json.loads(self.open(place, row, cell))
        return facts

    def mark(self, what: str) -> str:
        """A keyed mark of something under the newest key: equal for equal things, and telling nothing of them without the key file."""
        return _mark(self.keys.marking()[-1], what)

    def marks(self, what: str) -> list[str]:
        """The marks of something under every key there is: to be looked for, whenever it was written."""
        return [_mark(key, what) for key in self.keys.marking()]

    def derived(self, what: str) -> bytes:
        """A secret of 32 bytes that this key file alone makes of something; it changes with the key of marks."""
        return bytes.fromhex(self.mark(what))

    def rotate(self) -> str:
        """A new key from now on; its number."""
        return self.keys.grow().number.hex()

    def numbers(self) -> list[str]:
        """The numbers of the keys that seal, the newest last."""
        return [key.number.hex() for key in self.keys.sealing()]


def ring(session: Session) -> Ring:
    """The keys this session works with; KeysAway where none were given."""
    found = session.info.get("ring")
    if not isinstance(found, Ring):
        raise KeysAway(number="—")
    return found


def suite_of(session: Session) -> Suite:
    """What this session hashes with."""
    found = session.info.get("ring")
    return found.suite if isinstance(found, Ring) else INTERNATIONAL


def number_of(cell: bytes) -> str:
    """The number of the key a cell was sealed under."""
    return cell[1 : 1 + NUMBER].hex()


def _mark(key: Key, what: str) -> str:
    return key.suite.mac(key.secret, what.encode()).hex()


def _bound(head: bytes, place: str, row: int) -> bytes:
    return head + f"{place}\n{row}".encode()
