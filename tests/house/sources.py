"""The product's own files, read and parsed once."""

from __future__ import annotations

import ast
import gc
import subprocess
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

HOUSE = Path(__file__).parents[2]
PACKAGES = ("scoring", "financing", "reports", "web")
#: Written by alembic and frozen since: history is not rewritten for taste.
HISTORY = "financing/migrations/versions/"


@cache
def tracked() -> tuple[str, ...]:
    """Every file of the product, also one that is not committed yet; in an archive without git, every file there is."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    said = subprocess.run(asked, cwd=HOUSE, capture_output=True, text=True, check=False)
    names = said.stdout.splitlines() if said.returncode == 0 else _walked()
    return tuple(sorted(name for name in names if (HOUSE / name).is_file()))


def _walked() -> list[str]:
    skipped = {".git", ".venv", ".tools", "node_modules", "vendor", "var", "build", "dist", "__pycache__"}
    files = (path.relative_to(HOUSE) for path in HOUSE.rglob("*") if path.is_file())
    return [str(path) for path in files if not skipped & set(path.parts)]


def code(*packages: str) -> list[str]:
    """The Python files of the packages."""
    wanted = tuple(f"{package}/" for package in packages or PACKAGES)
    return [
        name for name in tracked() if name.startswith(wanted) and name.endswith(".py") and not name.startswith(HISTORY)
    ]


def templates() -> list[str]:
    return [
        name for name in tracked() if "/templates/" in name and name.endswith(".html") and not name.startswith("tests/")
    ]


@cache
def text(name: str) -> str:
    return (HOUSE / name).read_text(encoding="utf-8")


@cache
def tree(name: str) -> ast.Module:
    """A file as its parts; the collector waits meanwhile, or this Python may lose count of how deep it is (gh-106905)."""
    gc.disable()
    try:
        return ast.parse(text(name))
    finally:
        gc.enable()


@cache
def walked(name: str) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree(name)))


def nodes(name: str, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
    return (node for node in walked(name) if isinstance(node, kinds))


@cache
def called(node: ast.Call) -> str:
    """What is called, as it is written: `select`, `session.execute`."""
    return ast.unparse(node.func)


def every(names: Iterable[str]) -> Callable[[Callable[[str], None]], Callable[[], None]]:
    """A check of each of these files as one test that tells all the files at fault.

    A test of its own for every rule and file would be thousands of a millisecond each, and handing them out takes longer than they do.
    """

    def of_each(check: Callable[[str], None]) -> Callable[[], None]:
        def test() -> None:
            found = {name: fault for name in names if (fault := _fault(check, name))}
            assert not found, "\n".join(f"{name}: {fault}" for name, fault in found.items())

        test.__name__, test.__doc__ = check.__name__, check.__doc__
        return test

    return of_each


def _fault(check: Callable[[str], None], name: str) -> str:
    try:
        check(name)
    except AssertionError as error:
        return str(error) or "not so"
    return ""
