"""The layout under watch: prints, then answers which files and addresses were opened while printing."""

from __future__ import annotations

import json
import sys

from reports.layout import work as lay_out

SEEN: list[str] = []
WATCHED = {"open", "socket.connect", "socket.getaddrinfo", "urllib.Request", "subprocess.Popen", "os.exec"}


def note(event: str, arguments: tuple[object, ...]) -> None:
    if event in WATCHED:
        SEEN.append(f"{event} {arguments[0] if event == 'open' else arguments}")


def work(payload: bytes) -> bytes:
    if not SEEN:
        sys.addaudithook(note)
    SEEN.clear()
    SEEN.append("watching")
    try:
        lay_out(payload)
    except BaseException as stopped:  # noqa: BLE001 (a blocked fetch is a BaseException)
        SEEN.append(type(stopped).__name__)
    return json.dumps(SEEN).encode()
