"""Files that leave piece by piece (边查边发): before each piece the reader's leave is asked for again, and once it has ended nothing follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from litestar.response import Stream

from web.log import log
from web.page import Answer, Page, attachment

#: Bytes between two looks at the consent.
CHUNK = 16 * 1024


class LeaveEnded(Exception):
    """Leave to read has ended while the file was on its way: the connection is cut, and the reader has no whole file."""


def guarded(pieces: Iterable[bytes], still: Callable[[], bool]) -> Iterator[bytes]:
    """The pieces in chunks, each only while `still` says yes; LeaveEnded at the first that may not leave."""
    for piece in pieces:
        for start in range(0, len(piece), CHUNK):
            if not still():
                raise LeaveEnded
            yield piece[start : start + CHUNK]


def streamed(request: Page, chunks: Iterator[bytes], name: str, media: str, length: int | None = None) -> Answer:
    """A file to keep, sent as it comes; `length` in bytes where it is known, so that a short file is known to be short."""
    headers = {**attachment(name), "x-accel-buffering": "no"}  # a proxy must not hold what we may still have to stop
    if length is not None:
        headers["content-length"] = str(length)
    return Stream(_told(request, chunks), media_type=media, status_code=200, headers=headers)


def _told(request: Page, chunks: Iterator[bytes]) -> Iterator[bytes]:
    try:
        yield from chunks
    except LeaveEnded:
        log.warning("download.cut", request=request.clue.request, path=request.url.path[:200])
        raise
