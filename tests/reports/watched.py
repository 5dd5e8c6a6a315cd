"""The layout under watch: prints, then answers which files and addresses were opened while printing."""

from __future__ import annotations

import json

from reports.layout import work as lay_out
from tests.audited import SEEN, watch


def work(payload: bytes) -> bytes:
    watch()
    try:
        lay_out(payload)
    except BaseException as stopped:  # noqa: BLE001 (a blocked fetch is a BaseException)
        SEEN.append(type(stopped).__name__)
    return json.dumps(SEEN).encode()
