"""Processes that begin with the product loaded: forked from one that has read it once, for reading it takes longer than most of what they do.

A child is the product's own command in a process, a session and an environment of its own; nothing in it is replaced. What a start
costs in earnest is measured by `make bench`, and the command itself is tried by tests/web/commands.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import pkgutil
import runpy
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

PIECE = 1 << 20  # bytes of one question: an environment is smaller
LOOKS_AGAIN = 0.01  # seconds between looks whether a child has ended


class Nursery:
    """The process that forks: one question at a time, `{"argv", "env", "cwd"}` for a child, `{"pid"}` for how it ended."""

    def __init__(self) -> None:
        self.line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-m", __name__, str(theirs.fileno())]
        alone = os.environ | {"OPENBLAS_NUM_THREADS": "1"}  # only a process of one thread is forked as it is
        self.process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, env=alone)
        theirs.close()
        self.turn = threading.Lock()

    def asks(self, question: Mapping[str, Any], files: Sequence[int] = ()) -> Any:
        with self.turn:
            socket.send_fds(self.line, [json.dumps(question).encode()], files)
            return json.loads(self.line.recv(PIECE))

    def close(self) -> None:
        self.line.close()
        self.process.wait()


@cache
def nursery() -> Nursery:
    """The one of this process; it ends with it."""
    made = Nursery()
    atexit.register(made.close)
    return made


class Child:
    """A process that the nursery has started; it may be told and waited for as one's own."""

    def __init__(self, argv: Sequence[str], env: Mapping[str, str], cwd: Path, said: int) -> None:
        """`argv` is a module and its words; what it says goes to the file `said`."""
        question = {"argv": list(argv), "env": dict(env), "cwd": str(cwd)}
        self.pid: int = nursery().asks(question, [said])
        self.returncode: int | None = None

    def poll(self) -> int | None:
        if self.returncode is None:
            self.returncode = nursery().asks({"pid": self.pid})
        return self.returncode

    def wait(self, timeout: float = 60) -> int:
        until = time.monotonic() + timeout
        while (ended := self.poll()) is None:
            if time.monotonic() > until:
                raise subprocess.TimeoutExpired("child", timeout)
            time.sleep(LOOKS_AGAIN)
        return ended

    def send_signal(self, number: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)


def _loaded() -> None:
    """Everything that a server or a command reads when it starts, and every template compiled."""
    for package in ("web.commands", "web.pages"):
        for found in pkgutil.iter_modules(importlib.import_module(package).__path__):
            importlib.import_module(f"{package}.{found.name}")
    importlib.import_module("web.asgi")
    render = importlib.import_module("web.render")
    made = render.environment("zh")
    for name in made.list_templates():
        made.get_template(name)
    gc.collect()
    gc.freeze()


def _child(question: Mapping[str, Any], said: int) -> None:
    """Become the process that was asked for, to its end."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for stream in (1, 2):
        os.dup2(said, stream)
    os.closerange(3, 1024)
    os.environ.clear()
    os.environ.update(question["env"])
    os.chdir(question["cwd"])
    code = 0
    try:
        module, *words = question["argv"]
        sys.argv = [module, *words]
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException:  # noqa: BLE001  it is told as an interpreter tells it
        code = 1
        sys.excepthook(*sys.exc_info())
    threading._shutdown()
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(code)


def _answers(line: socket.socket) -> None:
    """Fork and tell, until nobody asks any more."""
    while True:
        said, files, *_ = socket.recv_fds(line, PIECE, 1)
        if not said:
            return
        question = json.loads(said)
        if "pid" in question:
            found, status = os.waitpid(question["pid"], os.WNOHANG)
            answer = os.waitstatus_to_exitcode(status) if found else None
        elif not (answer := os.fork()):
            line.close()
            _child(question, files[0])
        with suppress(IndexError):
            os.close(files[0])
        line.send(json.dumps(answer).encode())


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it says when it ends
    with socket.socket(fileno=int(sys.argv[1])) as place:
        _loaded()
        _answers(place)
