"""A module for the child that does, on request, everything a parser or a layout must not do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from resource import RLIMIT_CORE, RLIMIT_FSIZE, RLIMIT_NOFILE, getrlimit

from financing.refusals import Refusal


class Soiled(Refusal):
    code = "soiled"


def work(payload: bytes) -> bytes:
    deed, _, more = payload.partition(b":")
    return DEEDS[deed.decode()](more)


def refuse(more: bytes) -> bytes:
    raise Soiled(sheet="进项", row=7)


def burn(more: bytes) -> bytes:
    while True:
        pass


def burn_a_while(more: bytes) -> bytes:
    until = time.process_time() + float(more)
    while time.process_time() < until:
        pass
    return b"done"


def swell(more: bytes) -> bytes:
    return b"x" * len(bytearray(3 << 30))


def grow_natively(more: bytes) -> bytes:
    sys.stderr.write("memory allocation of 999 bytes failed\n")
    sys.stderr.flush()
    os.abort()


def flood_the_disk(more: bytes) -> bytes:
    with Path("big").open("wb") as file:
        while True:
            file.write(bytes(1 << 20))


def leave_a_grandchild(more: bytes) -> bytes:
    grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], stdout=sys.stderr)
    Path(more.decode()).write_text(str(grandchild.pid))
    time.sleep(600)
    return b""


DEEDS = {
    "echo": lambda more: more,
    "refuse": refuse,
    "burn": burn,
    "burn_a_while": burn_a_while,
    "swell": swell,
    "grow_natively": grow_natively,
    "flood_the_disk": flood_the_disk,
    "leave_a_grandchild": leave_a_grandchild,
    "die": lambda more: os.kill(os.getpid(), signal.SIGSEGV),
    "print": lambda more: (sys.stdout.write("noise\n"), more)[1],
    "raise": lambda more: 1 // 0,
    "exit": lambda more: sys.exit(3),
    "sleep": lambda more: (time.sleep(600), b"")[1],
    "who": lambda more: str(os.getpid()).encode(),
    "environment": lambda more: repr(dict(os.environ)).encode(),
    "folder": lambda more: str(Path.cwd()).encode(),
    "open_files": lambda more: " ".join(sorted(p.name for p in Path("/proc/self/fd").iterdir())).encode(),
    "limits": lambda more: repr([getrlimit(w)[1] for w in (RLIMIT_CORE, RLIMIT_FSIZE, RLIMIT_NOFILE)]).encode(),
}
