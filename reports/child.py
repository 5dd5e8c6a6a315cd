"""Limited child processes: layout and parsers may hang, swell or be attacked, and the parent must not notice."""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from subprocess import PIPE, Popen
from threading import BoundedSemaphore, Event, Lock, Timer
from typing import BinaryIO, Self, cast

from financing.refusals import Busy, Refusal
from reports.inside import read, write

AT_ONCE = 2
QUEUE = 50
#: Seconds that a question waits for its turn.
PATIENCE = 10.0
MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """What one question may cost; a child is replaced after `questions` of them."""

    memory_mib: int
    cpu_seconds: int
    wall_seconds: float
    file_mib: int
    questions: int = 100


PRINTING = Limits(memory_mib=1536, cpu_seconds=20, wall_seconds=15, file_mib=30)
#: For whoever waits at a command line: a paper costs seconds of the processor, and a busy machine takes many to give them.
UNHURRIED = replace(PRINTING, wall_seconds=180)
PARSING = Limits(memory_mib=1024, cpu_seconds=20, wall_seconds=30, file_mib=30)


class ChildFailed(Refusal):
    """The child gave no answer; `reason` is "time", "memory" or "crash", and so is the end of the code."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason=reason, detail=detail)
        self.code = f"child_{reason}"
        self.reason = reason


class Gate:
    """A few may work at once, some may wait for a while, the rest are told to come back."""

    def __init__(self, at_once: int, queue: int, patience: float = PATIENCE) -> None:
        self._places = BoundedSemaphore(at_once)
        self._lock = Lock()
        self._free = at_once + queue
        self._patience = patience

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold a working place for the length of the block; Busy when the queue is full or no place comes free in time."""
        self._count(-1)
        try:
            if not self._places.acquire(timeout=self._patience):
                raise Busy
            try:
                yield
            finally:
                self._places.release()
        finally:
            self._count(+1)

    def _count(self, change: int) -> None:
        with self._lock:
            if self._free + change < 0:
                raise Busy
            self._free += change


GATE = Gate(AT_ONCE, QUEUE)


class Child:
    """A warm process that answers `module.work(payload)` under limits; killed and replaced when it breaks one.

    One question at a time: a child belongs to one thread.
    """

    def __init__(self, module: str, limits: Limits) -> None:
        self.module = module
        self.limits = limits
        self._process: Popen[bytes] | None = None
        self._answered = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ask(self, payload: bytes) -> bytes:
        """The answer; raises the child's own Refusal, ChildFailed, or Busy when it is not its turn in time."""
        with GATE.place():
            process = self._warm()
            kind, body = self._exchange(process, payload)
        if kind == b"R":
            raise refusal(body)
        if kind != b"A":
            self.close()
            raise ChildFailed("memory" if kind == b"M" else "crash", body.decode(errors="replace")[:100])
        return body

    def close(self) -> None:
        """End the process with all it started and remove its folder."""
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(BrokenPipeError):
                cast("BinaryIO", stream).close()
        self._process.wait()
        self._process = None
        self._folder.cleanup()

    def _warm(self) -> Popen[bytes]:
        if self._process and (self._answered >= self.limits.questions or self._process.poll() is not None):
            self.close()
        if self._process is None:
            self._process = self._start()
            self._answered = 0
        self._answered += 1
        return self._process

    def _start(self) -> Popen[bytes]:
        limits = self.limits
        numbers = (limits.memory_mib * MIB, limits.cpu_seconds, limits.file_mib * MIB, limits.questions)
        self._folder = tempfile.TemporaryDirectory(prefix="yuanrong-child-")
        with Path(self._folder.name, "errors").open("wb") as errors:
            return Popen(
                [sys.executable, "-I", "-m", "reports.inside", self.module, *map(str, numbers)],
                stdin=PIPE,
                stdout=PIPE,
                stderr=errors,
                cwd=self._folder.name,
                env={"LANG": "C.UTF-8"},
                start_new_session=True,
                close_fds=True,
            )

    def _exchange(self, process: Popen[bytes], payload: bytes) -> tuple[bytes, bytes]:
        """One question under the wall clock: at the deadline the group is killed, and so the pipes end."""
        late = Event()
        timer = Timer(self.limits.wall_seconds, _stop, (process, late))
        timer.start()
        try:
            write(cast("BinaryIO", process.stdin), b"Q", payload)
            return read(cast("BinaryIO", process.stdout), self.limits.memory_mib * MIB)
        except (EOFError, OSError, ValueError):
            raise self._failure(process, late) from None
        finally:
            timer.cancel()
            timer.join()

    def _failure(self, process: Popen[bytes], late: Event) -> ChildFailed:
        """Why the pipe ended: our kill, the processor limit, memory refused to native code, or a crash."""
        os.killpg(process.pid, signal.SIGKILL)  # not yet waited for, so the number is still its own
        signalled = -process.wait()
        said = Path(self._folder.name, "errors").read_bytes()[-4096:]
        self.close()
        if late.is_set() or signalled == signal.SIGXCPU:
            return ChildFailed("time")
        return ChildFailed("memory" if b"alloc" in said or b"MemoryError" in said else "crash", f"signal {signalled}")


def _stop(process: Popen[bytes], late: Event) -> None:
    late.set()
    os.killpg(process.pid, signal.SIGKILL)


def refusal(body: bytes) -> Refusal:
    """The refusal a child sent as code and facts, as the class of that code."""
    sent = json.loads(body)
    known = {kind.code: kind for kind in _all(Refusal)}
    kind = known.get(sent["code"], Refusal)
    found = kind.__new__(kind)  # a refusal may take its facts by other names
    Refusal.__init__(found, **sent["facts"])
    found.code = sent["code"]
    return found


def _all(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for below in kind.__subclasses__():
        yield below
        yield from _all(below)


def once(module: str, payload: bytes, limits: Limits) -> bytes:
    """Ask one question of a fresh child and end it."""
    with Child(module, limits) as child:
        return child.ask(payload)
