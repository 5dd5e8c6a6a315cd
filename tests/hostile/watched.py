"""The parser of workbooks under watch: reads as ever, then answers what was opened and called while it read, and how large it grew."""

from __future__ import annotations

import json
import resource
import sys
from importlib import import_module

from financing.refusals import Refusal
from reports.parse import work as parse
from tests.audited import SEEN, watch

#: What the parser loads when it first needs it.
import_module("encodings.gb18030")


def work(payload: bytes) -> bytes:
    """Bytes after a line of JSON, as the parser itself takes them."""
    watch()
    try:
        ended = f"read {len(parse(payload))}"
    except Refusal as refused:
        ended = refused.code
    except Exception as fault:  # noqa: BLE001  a child that dies of a file is what the parent is made for
        ended = type(fault).__name__
    opened = [
        event
        for event in SEEN[1:]
        if not event.startswith(f"open {sys.prefix}") and not event.startswith(f"open {sys.base_prefix}")
    ]
    return json.dumps(
        {"ended": ended, "opened": opened, "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10}
    ).encode()
