"""A picture that stands for what an officer photographed, drawn from nothing: two grounds and a door, a real PNG."""

from __future__ import annotations

import struct
import zlib

WIDTH, HEIGHT = 320, 200
SKY, WALL, DOOR = b"\xc9\xdc\xee", b"\x9a\xa5\xb1", b"\x3f\x4c\x5c"
PNG = "image/png"


def photo(number: int) -> bytes:
    """The same number gives the same bytes; another one puts the door elsewhere."""
    left = 40 + number * 37 % 200
    rows = bytearray()
    for y in range(HEIGHT):
        ground = SKY if y < 70 else WALL
        door = DOOR if y > 120 else ground
        rows += b"\0" + ground * left + door * 40 + ground * (WIDTH - left - 40)
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _part(b"IHDR", head)
        + _part(b"IDAT", zlib.compress(bytes(rows), 9))
        + _part(b"IEND", b"")
    )


def _part(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
