"""What runs inside a limited child: bind the limits first, then answer question after question."""

from __future__ import annotations

import ctypes.util
import json
import math
import os
import sys
import tempfile
from importlib import import_module
from resource import (
    RLIMIT_AS,
    RLIMIT_CORE,
    RLIMIT_CPU,
    RLIMIT_FSIZE,
    RLIMIT_NOFILE,
    RUSAGE_SELF,
    getrlimit,
    getrusage,
    setrlimit,
)
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable

OPEN_FILES = 64
HEAD = 9  # one letter for the kind, eight bytes for the length


def write(stream: BinaryIO, kind: bytes, body: bytes) -> None:
    """Send one frame: kind (one letter), length (eight bytes), body."""
    stream.write(kind + len(body).to_bytes(HEAD - 1, "big"))
    stream.write(body)
    stream.flush()


def read(stream: BinaryIO, most: int) -> tuple[bytes, bytes]:
    """The next frame as (kind, body); EOFError when the other side is gone, ValueError above `most` bytes."""
    head = stream.read(HEAD)
    if len(head) < HEAD:
        raise EOFError
    length = int.from_bytes(head[1:], "big")
    if length > most:
        raise ValueError(length)
    body = stream.read(length)
    if len(body) < length:
        raise EOFError
    return head[:1], body


def bind(memory: int, cpu_seconds: int, file_size: int, questions: int) -> None:
    """Take on the limits for good; the soft limit on processor time is moved on for each question."""
    for what, limit in (
        (RLIMIT_AS, memory),
        (RLIMIT_FSIZE, file_size),
        (RLIMIT_NOFILE, OPEN_FILES),
        (RLIMIT_CORE, 0),
    ):
        setrlimit(what, (limit, limit))
    setrlimit(RLIMIT_CPU, (cpu_seconds, cpu_seconds * (questions + 1)))


def wind(cpu_seconds: int) -> None:
    """Grant the next question its own processor seconds, as far as the whole life allows."""
    used = getrusage(RUSAGE_SELF)
    hard = getrlimit(RLIMIT_CPU)[1]
    setrlimit(RLIMIT_CPU, (min(math.ceil(used.ru_utime + used.ru_stime) + cpu_seconds, hard), hard))


def answer(work: Callable[[bytes], bytes], payload: bytes) -> tuple[bytes, bytes]:
    """One answer as a frame; a refusal (it has a code and facts) goes out as JSON, never as code."""
    try:
        return b"A", work(payload)
    except MemoryError:
        return b"M", b""
    except BaseException as problem:  # noqa: BLE001 (a blocked fetch is a BaseException; all must reach the parent)
        code, facts = getattr(problem, "code", None), getattr(problem, "facts", None)
        if isinstance(code, str) and isinstance(facts, dict):
            return b"R", json.dumps({"code": code, "facts": facts}, default=str).encode()
        return b"E", type(problem).__name__.encode()


def nowhere(name: str) -> str | None:  # noqa: ARG001  as it is asked
    """Where a library lies is the loader's matter, which knows it by its full name; to look further starts a compiler, time and again."""
    return None


def main(module: str, memory: int, cpu_seconds: int, file_size: int, questions: int) -> None:
    """Serve until the parent closes the pipe. Anything printed by a library goes to standard error."""
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    bind(memory, cpu_seconds, file_size, questions)
    tempfile.tempdir = os.getcwd()  # noqa: PTH109 (no pathlib before the limits hold anything heavy)
    ctypes.util.find_library = nowhere
    work = import_module(module).work
    while True:
        try:
            payload = read(sys.stdin.buffer, memory)[1]
        except EOFError:
            return
        wind(cpu_seconds)
        write(replies, *answer(work, payload))


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
