"""Pictures as they are kept (照片): what is needed to see them and nothing else.

Where, when and with what a picture was taken, and whatever hangs on behind it, stays with whoever took it; nothing is decoded or packed anew, so
not a point of the picture changes.

Layouts: ITU-T T.81 annex B (JPEG), CIPA DC-008 (how a camera was held), W3C PNG, third edition.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from financing.file_refusals import PictureBroken, PictureTooLarge

#: More than any telephone takes; a page that shows one point of colour for each would fill the memory of a desk computer.
MOST_PIXELS = 120_000_000

JPEG, PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
#: Tables, frames and scans; APP0 (JFIF) and APP14 (Adobe) say how its colours are meant. Of APP2 the profile of colours alone is kept.
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
SEEN = FRAMES | {0xC4, 0xCC, 0xDA, 0xDB, 0xDC, 0xDD, 0xE0, 0xEE}
SCAN, END, EXIF, PROFILE = 0xDA, 0xD9, 0xE1, 0xE2
ALONE = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length; within a scan they belong to it
CHUNKS = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs"})  # fmt: skip
ORIENTATION = 0x0112


def bared(content: bytes) -> bytes:
    """The same picture alone; what is no picture comes back as it is. PictureBroken, PictureTooLarge."""
    try:
        if content.startswith(JPEG):
            return b"".join(_jpeg(content))
        return b"".join(_png(content)) if content.startswith(PNG) else content
    except (struct.error, IndexError):
        raise PictureBroken from None


def _jpeg(content: bytes) -> list[bytes]:
    head, body, turned, framed = [JPEG], list[bytes](), 1, False
    for marker, part in _segments(content):
        if marker in FRAMES:
            _bounded(*struct.unpack(">HH", part[5:9]))
            framed = True
        if marker == EXIF and part[4:10] == b"Exif\0\0":
            turned = _orientation(part[10:])
        elif marker == 0xE0 and not body:
            head.append(part)
        elif marker in SEEN | ALONE | {END, 0} or (marker == PROFILE and part[4:16] == b"ICC_PROFILE\0"):
            body.append(part)
    if not framed:
        raise PictureBroken
    return [*head, *_held(turned), *body]


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and bytes of each part, the data of a scan as marker 0, to the end of the picture or of the file: one cut short is still seen."""
    at = len(JPEG)
    while at < len(content):
        if content[at] != 0xFF:
            raise PictureBroken
        marker = content[at + 1]
        if marker == 0xFF:  # filling
            at += 1
            continue
        size = 2 if marker in ALONE or marker == END else 2 + int(struct.unpack_from(">H", content, at + 2)[0])
        if at + size > len(content) or (size < 4 and marker not in ALONE and marker != END):
            raise PictureBroken
        yield marker, content[at : at + size]
        at += size
        if marker == END:
            return
        if marker == SCAN:
            end = _scanned(content, at)
            yield 0, content[at:end]
            at = end


def _scanned(content: bytes, at: int) -> int:
    """Where the data of a scan end: at the next marker that is not of the data."""
    while (found := content.find(b"\xff", at)) >= 0 and found + 1 < len(content):
        if content[found + 1] and content[found + 1] not in ALONE and content[found + 1] != 0xFF:
            return found
        at = found + (1 if content[found + 1] == 0xFF else 2)
    return len(content)


def _orientation(tiff: bytes) -> int:
    """How the camera was held, 1 to 8; 1 where it does not say so in a way that can be read."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None:
        return 1
    try:
        start = struct.unpack_from(f"{order}I", tiff, 4)[0]
        for place in range(struct.unpack_from(f"{order}H", tiff, start)[0]):
            tag, kind, count, value = struct.unpack_from(f"{order}HHIH", tiff, start + 2 + 12 * place)
            if (tag, kind, count) == (ORIENTATION, 3, 1):
                return int(value) if 1 <= value <= 8 else 1
    except struct.error:
        return 1
    return 1


def _held(turned: int) -> list[bytes]:
    """The one thing that a viewer needs to know: which side is up."""
    if turned == 1:
        return []
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, ORIENTATION, 3, 1, turned, 0, 0)
    return [b"\xff\xe1" + struct.pack(">H", 8 + len(tiff)) + b"Exif\0\0" + tiff]


def _png(content: bytes) -> Iterator[bytes]:
    at = len(PNG)
    _bounded(*struct.unpack_from(">II", content, at + 8))
    yield PNG
    while True:
        size, kind = struct.unpack_from(">I4s", content, at)
        end = at + 12 + size
        if end > len(content):
            raise PictureBroken
        if kind in CHUNKS:
            yield content[at:end]
        if kind == b"IEND":
            return
        at = end


def _bounded(height: int, width: int) -> None:
    if height * width > MOST_PIXELS:
        raise PictureTooLarge(most=MOST_PIXELS // 1_000_000)
