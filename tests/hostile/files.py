"""Hostile files drawn by a seed: CSV and workbooks that were bent, papers that are two things at once, and names that lead elsewhere."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from random import Random

from tests.hostile.workbooks import SHEET, package, sheet

HEAD = "日期,对方,金额\n"
#: Beginnings of CSV, before rows that are right: each is a way in which files of real banks and offices come, or a trap.
CSV: tuple[bytes, ...] = (
    (HEAD + "2026-01-01,甲公司,100.00\n").encode("gb18030"), b"\xef\xbb\xbf" + (HEAD + "2026-01-01,甲,1\n").encode(), (HEAD + "甲\n甲,乙,丙,丁,戊\n").encode(),
    (HEAD + '2026-01-01,"' + "甲" * 100_000).encode(), (",".join(f"c{n}" for n in range(100_000)) + "\n").encode(), b"a,b\n1,\0\n", b"\xff\xfe" + (HEAD).encode("utf-16le"),
    b"\x81\x30\x81" * 1_000, b"," * 1_000_000, b"\n" * 1_000_000, b'"' * 99_999, b"a\rb\rc\r" * 1_000, (HEAD + "=cmd|'/c calc'!A0,@SUM(1),+1\n").encode(),
    ("\u202e" + HEAD).encode(), ("a" * 2_001 + "\n").encode(), b"sep=;\na;b\n", b"%PDF-1.7\na,b\n", b"<html><script>alert(1)</script>", b"PK,\x03\x04",
)  # fmt: skip
NAMES: tuple[str, ...] = (
    "../../etc/passwd.pdf", "..\\..\\boot.ini", "/etc/cron.d/x.pdf", "C:\\x.pdf", "a\0b.pdf", "CON.pdf", "nul", "x" * 4_000 + ".pdf", "\u202efdp.exe", "a\u200bb.pdf",
    "\r\nset-cookie: a=b.pdf", "<script>alert(1)</script>.pdf", "' OR 1=1.pdf", "%2e%2e%2fx.pdf", ".", "..", "", " ", "报告.pdf", "a.pdf/b", "\ud800.pdf", "~root", "-rf.pdf",
    "a.pdf; filename=b.exe", "=cmd|'/c calc'!A0.pdf", "长" * 1_500 + ".pdf", "file:///etc/passwd", "a\u2028b.pdf", "．．／x.pdf", "${jndi:ldap://x}.pdf",
)  # fmt: skip


def picture(width: int, height: int, *, packed: bytes = b"") -> bytes:
    """A PNG that says how large it is, whatever lies in it."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", packed or zlib.compress(bytes(100)))
        + chunk(b"IEND", b"")
    )


#: Papers that are not what they seem.
PAPERS: tuple[bytes, ...] = (
    b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj", b"%PDF-1.7\n<</S/Launch/F(cmd.exe)>>", b"%PDF-1.7\n<html><script>alert(1)</script>",
    b"%PDF-1.7\n<</Type/EmbeddedFile>>stream MZ endstream", b"GIF89a/*" + b"<script>*/=1", picture(20_000, 20_000), picture(2**31 - 1, 2**31 - 1), picture(1, 1) + b"<?php x ?>",
    picture(9, 9, packed=zlib.compress(bytes(50_000_000))), b"\xff\xd8\xff\xe0" + b"<script>" * 9, b"\xff\xd8\xff" + bytes(100) + b"\xff\xd9" + package(), b"<svg onload=alert(1)>",
    b"MZ" + bytes(500), b"#!/bin/sh\nrm -rf /", package() + b"%PDF-1.7", b"%PDF-1.7" + package(), b"", b"\0" * 1_000, b"%!PS-Adobe", b"Rar!\x1a\x07\x00", b"\x1f\x8b\x08" + bytes(99),
)  # fmt: skip


def bent(random: Random) -> tuple[str, bytes]:
    """A sound workbook or CSV with something of it changed: bytes before or after packing, parts cut, doubled or swollen."""
    if random.random() < 0.3:
        text = bytearray(random.choice(CSV)[:200_000] + HEAD.encode() * random.randrange(1, 50))
        for _ in range(random.randrange(8)):
            text[random.randrange(len(text))] = random.randrange(256)
        return "a.csv", bytes(text)
    if random.random() < 0.5:  # the XML inside: it passes the gate more often
        text = bytearray(sheet(*(f"<row r='{n}'><c r='A{n}' t='{random.choice(['s', 'n', 'str', 'b', 'e', 'd', 'inlineStr', 'z'])}'><v>"
                                 f"{random.choice(['1', '9' * 400, '-1', '1e999999', 'NaN', '&#0;', '&amp;', '', '😀'])}</v></c></row>"
                                 for n in random.choices(range(2_000), k=random.randrange(1, 40)))).encode())  # fmt: skip
        for _ in range(random.randrange(4)):
            text[random.randrange(60, len(text))] = random.choice(b"<>&/'\"=x\0\xff")
        return "a.xlsx", package({SHEET: bytes(text)})
    content = bytearray(package())
    for _ in range(random.randrange(1, 6)):
        at = random.randrange(len(content))
        match random.randrange(3):
            case 0:
                content[at] = random.randrange(256)
            case 1:
                del content[at : at + random.randrange(1, 200)]
                content = content or bytearray(b"PK\x03\x04")
            case _:
                content[at:at] = content[at : at + random.randrange(1, 200)]
    return "a.xlsx", bytes(content)


def drawn(random: Random, many: int) -> Iterator[tuple[str, bytes]]:
    """All the CSV by name first, then what was bent."""
    yield from (("a.csv", content) for content in CSV[:many])
    for _ in range(many - len(CSV)):
        yield bent(random)
