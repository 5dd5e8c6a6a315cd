"""The gate before a workbook (上传检查): cheap checks on the bytes alone, before any parser sees them."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from itertools import pairwise
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from financing.file_refusals import (
    NotAWorkbook,
    WorkbookBomb,
    WorkbookEmpty,
    WorkbookEncrypted,
    WorkbookExternal,
    WorkbookMacro,
    WorkbookTooLarge,
    WorkbookUnreadable,
)

MIB = 2**20
SLICE = 2**16
ZIP = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ARCHIVES = (ZIP, b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\x00")
END = struct.Struct("<4s4H2LH")
LOCAL = struct.Struct("<4s5H3L2H")
MACRO_SUFFIXES = {".xlsm", ".xltm", ".xlam"}
MACRO_PARTS = re.compile(r"(^|/)vbaproject|^xl/(macrosheets|dialogsheets)/", re.IGNORECASE)
EXTERNAL_PARTS = re.compile(
    r"(^|/)(externallinks|embeddings|activex|querytables|webextensions)/|^xl/connections\.xml$", re.IGNORECASE
)
DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
STEPPING_OUT = re.compile(r"^[/\\]|^[A-Za-z]:|\\|(^|/)\.\.(/|$)|[\x00-\x1f]")
XML_SUFFIXES = {".xml", ".rels", ".vml"}


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a workbook may be (上传限额); the defaults admit 160,000 invoices in one book.

    bytes: the file; members, unpacked (bytes), ratio: its zip parts; cells: all sheets; rows, columns: a sheet; cell: characters.
    """

    bytes: int = 20 * MIB
    members: int = 2_000
    unpacked: int = 100 * MIB
    ratio: int = 100
    cells: int = 2_500_000
    rows: int = 100_001
    columns: int = 64
    cell: int = 2_000


class Format(StrEnum):
    """What the bytes are."""

    XLSX = "xlsx"
    CSV = "csv"


def check(content: bytes, name: str, limits: Limits) -> Format:
    """Tell what an upload is, or refuse it by name: size, extension, first bytes, then every part of the zip."""
    fit(len(content), limits)
    if not content:
        raise WorkbookEmpty
    suffix = PurePosixPath(name).suffix.lower() or ".xlsx"
    if suffix in MACRO_SUFFIXES:
        raise WorkbookMacro(part=suffix)
    if suffix not in {".xlsx", ".csv"}:
        raise NotAWorkbook(found=suffix)
    if suffix == ".csv":
        return _text(content)
    if content.startswith(COMPOUND):
        raise WorkbookEncrypted if "EncryptedPackage".encode("utf-16le") in content else NotAWorkbook(found=".xls")
    if not content.startswith(ZIP):
        raise NotAWorkbook(found=content[:4].hex())
    _scan(content, limits)
    return Format.XLSX


def fit(size: int, limits: Limits) -> None:
    """Refuse a file by its size alone."""
    if size > limits.bytes:
        raise WorkbookTooLarge(what="mib", most=limits.bytes // MIB, found=-(-size // MIB))


def _text(content: bytes) -> Format:
    if content.startswith((*ARCHIVES, COMPOUND)) or b"\0" in content:
        raise NotAWorkbook(found="binary")
    return Format.CSV


def _scan(content: bytes, limits: Limits) -> None:
    """Every part of the zip: its name, its place, its true size, its text."""
    parts = _parts(content, limits)
    names = {part.filename for part in parts}
    if len(names) < len(parts):
        raise WorkbookUnreadable(why="duplicate_part")
    for part in parts:
        _name(part)
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        raise NotAWorkbook(found="zip")
    unpacked = cells = 0
    for part in parts:
        for chunk in _inflate(content, part, limits):
            unpacked += len(chunk)
            cells += chunk.count(b"<c") if part.filename.startswith("xl/worksheets/") else 0
            if unpacked > limits.unpacked:
                raise WorkbookBomb(why="unpacked", part=part.filename)
            if cells > limits.cells:
                raise WorkbookBomb(why="cells", part=part.filename)


def _parts(content: bytes, limits: Limits) -> list[ZipInfo]:
    """The directory of the zip, once it is certain that every reader must find the same one."""
    at = content.rfind(b"PK\x05\x06")
    if at < 0 or at + END.size > len(content):
        raise WorkbookUnreadable(why="zip")
    _, disk, other, here, count, size, start, comment = END.unpack_from(content, at)
    if count > limits.members or size > limits.members * 512:
        raise WorkbookBomb(why="members")
    alone = disk == other == 0 and here == count and content[max(at - 20, 0) :][:4] != b"PK\x06\x07"
    if not alone or start + size != at or at + END.size + comment != len(content):
        raise WorkbookUnreadable(why="zip")
    try:
        with ZipFile(BytesIO(content)) as package:
            parts = sorted(package.infolist(), key=lambda part: part.header_offset)
    except (BadZipFile, NotImplementedError, ValueError, struct.error) as problem:
        raise WorkbookUnreadable(why="zip") from problem
    _apart(parts, start)
    return parts


def _apart(parts: list[ZipInfo], end: int) -> None:
    """Parts that overlap are one body counted many times."""
    edges = [part.header_offset for part in parts] + [end]
    for part, (start, following) in zip(parts, pairwise(edges), strict=True):
        if start + LOCAL.size + part.compress_size > following:
            raise WorkbookBomb(why="overlap", part=part.filename)


def _name(part: ZipInfo) -> None:
    name = part.orig_filename
    if part.flag_bits & 0x1:
        raise WorkbookEncrypted
    if STEPPING_OUT.search(name):
        raise WorkbookUnreadable(why="part_name")
    if MACRO_PARTS.search(name):
        raise WorkbookMacro(part=name)
    if EXTERNAL_PARTS.search(name):
        raise WorkbookExternal(part=name)
    if part.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise WorkbookUnreadable(why="compression")


def _inflate(content: bytes, part: ZipInfo, limits: Limits) -> Iterator[bytes]:
    """The part's bytes, looked at and counted as they come; a size that lies is refused."""
    total, tail = 0, b""
    most = max(MIB, limits.ratio * part.compress_size)
    for chunk in _chunks(_packed(content, part), stored=part.compress_type == ZIP_STORED):
        if not total:
            _first(chunk, part.filename)
        total += len(chunk)
        if total > most:
            raise WorkbookBomb(why="ratio", part=part.filename)
        _look(tail + chunk, part.filename)
        tail = chunk[-16:]
        yield chunk
    if total != part.file_size:
        raise WorkbookBomb(why="lying_size", part=part.filename)


def _packed(content: bytes, part: ZipInfo) -> memoryview:
    """The packed bytes, found by the local header, which must agree with the directory about the name."""
    signature, *_, name, extra = LOCAL.unpack_from(content, part.header_offset)
    start = part.header_offset + LOCAL.size
    said = part.orig_filename.encode("utf-8" if part.flag_bits & 0x800 else "cp437")
    if signature != ZIP or content[start : start + name] != said:
        raise WorkbookUnreadable(why="zip")
    start += name + extra
    return memoryview(content)[start : start + part.compress_size]


def _chunks(packed: memoryview, *, stored: bool) -> Iterator[bytes]:
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    for at in range(0, len(packed), SLICE):
        rest = bytes(packed[at : at + SLICE])
        if stored:
            yield rest
            continue
        try:
            while rest:
                yield inflate.decompress(rest, MIB)
                rest = inflate.unconsumed_tail
        except zlib.error as problem:
            raise WorkbookUnreadable(why="zip") from problem


def _first(chunk: bytes, name: str) -> None:
    if chunk.startswith(ARCHIVES):
        raise WorkbookBomb(why="nested", part=name)
    if chunk.startswith(COMPOUND):
        raise WorkbookExternal(part=name)


def _look(text: bytes, name: str) -> None:
    """A declaration has no place in a workbook; a NUL means an encoding that would hide one."""
    if b"!" in text and DECLARATION.search(text):
        raise WorkbookUnreadable(why="declaration")
    if PurePosixPath(name).suffix.lower() in XML_SUFFIXES and b"\0" in text:
        raise WorkbookUnreadable(why="encoding")
    if name == "[Content_Types].xml" and b"macroEnabled" in text:
        raise WorkbookMacro(part=name)
