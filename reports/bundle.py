"""Papers for one reader in one archive (档案袋): each paper as it is pressed, an index, and the digests of all of them.

The archive is written piece by piece and never held whole. Its bytes depend on the papers alone: every entry has the same time.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from financing.words import _
from reports.sheets_out import Column, Kind, Sheet, book_bytes
from reports.typesetting import SOURCE, words

MADE = (2026, 1, 1, 0, 0, 0)
UNIX = 3
READABLE = 0o644 << 16
INDEX, DIGESTS = "index.xlsx", "SHA256SUMS"
STREAM = re.compile(rb"/Type /ObjStm.*?stream\r?\n", re.DOTALL)
LEAVES = re.compile(rb"/Type /Pages[^>]*?/Count (\d+)|/Count (\d+)[^>]*?/Type /Pages")


class LeftOut(StrEnum):
    """Why a paper is named in the index and not in the archive."""

    ENDED = "ended"  # the firm's consent was withdrawn or ran out before the paper left
    NOT_PRINTED = "not_printed"


WHY = {
    LeftOut.ENDED: _("未放入：企业的授权已撤回或到期"),
    LeftOut.NOT_PRINTED: _("未放入：排版没有完成，请单独下载"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the index; amount in fen. A paper that was left out is told by the number of its dossier alone."""

    number: str
    left_out: LeftOut | None = None
    file: str = ""
    firm: str = ""
    amount: int | None = None
    months: int | None = None
    purpose: str = ""
    grade: str = ""
    copy: int | None = None
    pages: int | None = None
    digest: str = ""


class Archive:
    """A ZIP given out as it grows: what `add` and `close` return, one after the other, is the file."""

    def __init__(self) -> None:
        self._sink = _Sink()
        self._zip = ZipFile(self._sink, "w", ZIP_STORED)
        self._digests: list[str] = []

    def add(self, name: str, content: bytes) -> bytes:
        """The next entry."""
        self._digests.append(f"{sha256(content).hexdigest()}  {name}\n")
        return self._written(name, content)

    def close(self) -> bytes:
        """The digests as `sha256sum --check` reads them, and the end of the file."""
        last = self._written(DIGESTS, "".join(self._digests).encode())
        self._zip.close()
        return last + self._sink.drained()

    def _written(self, name: str, content: bytes) -> bytes:
        entry = ZipInfo(name, MADE)
        entry.create_system, entry.external_attr = UNIX, READABLE
        self._zip.writestr(entry, content)
        return self._sink.drained()


class _Sink(BytesIO):
    """Gives away what was written so far and still knows how far the whole file has come."""

    gone = 0

    def tell(self) -> int:
        return self.gone + super().tell()

    def seek(self, offset: int, whence: int = 0) -> int:
        return self.gone + super().seek(offset - self.gone, whence)

    def drained(self) -> bytes:
        given = self.getvalue()
        self.gone += len(given)
        super().seek(0)
        self.truncate(0)
        return given


def index(entries: Sequence[Entry], title: str, lang: str = SOURCE) -> bytes:
    """The index as a workbook: what is inside, and what was left out and why."""
    say = words(lang)
    columns = [
        Column(say(_("文件"))), Column(say(_("档案"))), Column(say(_("企业"))), Column(say(_("金额")), Kind.WAN, say(_("万元"))),
        Column(say(_("期限")), Kind.WHOLE, say(_("月"))), Column(say(_("用途"))), Column(say(_("信用等级"))),
        Column(say(_("份号")), Kind.WHOLE), Column(say(_("页数")), Kind.WHOLE), Column("SHA-256"), Column(say(_("说明"))),
    ]  # fmt: skip
    rows = [
        (e.file, e.number, e.firm, e.amount, e.months, e.purpose, e.grade, e.copy, e.pages, e.digest,
         say(WHY[e.left_out]) if e.left_out else "")
        for e in entries
    ]  # fmt: skip
    return book_bytes([Sheet(title, columns, rows, say(_("每份档案都有贵行的水印和份号，企业能看到每一次下载。")))])


def pages(pdf: bytes) -> int:
    """How many pages one of our own papers has, read from its page tree."""
    found = STREAM.search(pdf)
    held = zlib.decompressobj().decompress(pdf[found.end() :]) if found else pdf
    counted = LEAVES.search(held)
    return int(counted[1] or counted[2]) if counted else 0
