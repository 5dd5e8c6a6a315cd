"""Passwords that others have lost (泄露的密码): a file of the operator's with their SHA-1 marks in order, asked by halving and never read whole.

The form is that of the public collections: forty signs in capitals, perhaps a colon and a count, one to a line, sorted. Nothing of a password leaves
this machine, and its mark is kept nowhere.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import IO

SIGNS = 40


def known(collection: str | Path, password: str) -> bool:
    """Whether a password is in the collection; without one, none is."""
    if not collection:
        return False
    mark = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with Path(collection).open("rb") as lines:
        return _found(lines, mark)


def _found(lines: IO[bytes], mark: bytes) -> bool:
    """Halve the bytes until one line is left in which the mark could stand."""
    low, high = 0, lines.seek(0, os.SEEK_END)
    while low < high:
        middle = (low + high) // 2
        line = _line_from(lines, middle)
        if line and line[:SIGNS].upper() < mark:
            low = middle + 1
        else:
            high = middle
    return _line_from(lines, low)[:SIGNS].upper() == mark


def _line_from(lines: IO[bytes], place: int) -> bytes:
    """The first whole line that begins at a place or after it."""
    lines.seek(max(place - 1, 0))
    if place:
        lines.readline()
    return lines.readline()
