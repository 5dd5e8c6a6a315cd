"""F-40: no pattern of ours runs away on a long text, whatever stands in it; a hang ends this test with the pattern's name."""

from __future__ import annotations

import importlib
import os
import pkgutil
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

import financing
import reports
import scoring
import web

#: Characters: a field of ours holds twenty thousand at most. A pattern that looks at each twice for each is let pass, one that doubles is not.
LONG = 20_000 if "YUANRONG_ROUNDS" in os.environ else 4_000
#: Seconds for one pattern on one text; one that runs away would take years.
MOST = 20
PIECES = (
    "a",
    "0",
    " ",
    "-",
    ".",
    "中",
    "a-",
    "1,",
    "0.",
    "a@",
    "%2",
    "<a",
    "(",
    "\\",
    "\n",
    "\t ",
    "_a",
    "：",
    "第",
    "〔",
    "００",
    "a1",
    "://",
    "=",
    '"a',
)
#: Never imported as a part of anything: they do something at once.
SELVES = {"web.__main__"}


def patterns() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    """Every pattern that some module keeps under a name."""
    for package in (financing, reports, scoring, web):
        for module in modules(package):
            for name, value in vars(module).items():
                if isinstance(value, re.Pattern):
                    yield f"{module.__name__}.{name}", value


def modules(package: ModuleType) -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if found.name not in SELVES and ".versions." not in found.name and not found.name.endswith(".env"):
            yield importlib.import_module(found.name)


@contextmanager
def within(seconds: int, what: str) -> Iterator[None]:
    def late(*_: object) -> None:
        raise AssertionError(f"{what} runs away")

    former = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, former)


def test_F40_no_pattern_runs_away_on_a_long_text():
    found = dict(patterns())
    assert len(found) > 30
    for name, pattern in {str(pattern.pattern): (name, pattern) for name, pattern in found.items()}.values():
        for piece in PIECES:
            for end in ("", "!", "\0"):
                text = (piece * LONG)[:LONG] + end
                with within(MOST, f"{name} on {piece!r}"):
                    said = text.encode() if isinstance(pattern.pattern, bytes) else text
                    pattern.search(said)
                    pattern.fullmatch(said)
