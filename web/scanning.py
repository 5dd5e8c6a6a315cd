"""Uploads looked at for malware (病毒扫描) before any page takes them, where the operator runs a scanner that speaks as clamd does.

Each file goes over the scanner's own socket in pieces (INSTREAM) and nothing of it is written for it. Where the scanner is set and does not answer, nothing is taken in.
"""

from __future__ import annotations

import socket
import struct
from typing import Any

from litestar.datastructures import UploadFile

from financing.file_refusals import FileInfected, ScannerAway
from web.log import log

PATIENCE, PIECE, MOST_SAID = 20.0, 64 * 1024, 1_024


def look(request: Any) -> None:
    """FileInfected for the first file with something in it; ScannerAway when nobody can tell."""
    scanner = request.app.state.settings.scanner
    for name, value in (
        () if request.refusal or not scanner else request.fields
    ):  # a form shown again was looked at before
        if isinstance(value, UploadFile) and value.filename:
            value.file.seek(0)
            said = _asked(scanner, value.file)
            value.file.seek(0)
            if not said.endswith(b" OK"):
                log.warning("upload.infected", request=request.clue.request, actor=request.actor.id)
                raise FileInfected(field=name)


def _asked(scanner: str, file: Any) -> bytes:
    """What the scanner says of the bytes: `stream: OK`, or what it found."""
    try:
        with _line(scanner) as line:
            line.settimeout(PATIENCE)
            line.connect(_place(scanner))
            line.sendall(b"zINSTREAM\0")
            while piece := file.read(PIECE):
                line.sendall(struct.pack("!L", len(piece)) + piece)
            line.sendall(struct.pack("!L", 0))
            said = b""
            while b"\0" not in said and len(said) < MOST_SAID and (more := line.recv(MOST_SAID)):
                said += more
    except OSError as fault:
        log.error("scanner.away", why=type(fault).__name__)
        raise ScannerAway from fault
    told = said.rstrip(b"\0")
    if not told.endswith((b" OK", b" FOUND")):
        log.error("scanner.away", why=told[:80].decode("ascii", "replace"))
        raise ScannerAway
    return told


def _line(scanner: str) -> socket.socket:
    """A socket file, or host:port of this machine."""
    family = (
        socket.AF_UNIX if scanner.startswith("/") else socket.AF_INET6 if scanner.startswith("[") else socket.AF_INET
    )
    return socket.socket(family, socket.SOCK_STREAM)


def _place(scanner: str) -> str | tuple[str, int]:
    host, _, port = scanner.rpartition(":")
    return scanner if scanner.startswith("/") else (host.strip("[]"), int(port))
