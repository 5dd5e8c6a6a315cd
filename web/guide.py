"""The guides (使用指南): what each kind of person does here, step by step, with pictures of the pages themselves.

The words stand in `guides/*.toml`, Chinese and English side by side; the pictures in `static/guides/` are taken of the demo zone
by tests/journeys/test_guides.py, which also says when a page no longer looks as it is shown (`make guides`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from financing.access import BANK, COMMITTEE, FIRM, Role

FOLDER = Path(__file__).parent / "guides"
PICTURES = Path(__file__).parent / "static" / "guides"
#: Whose guide each role reads.
READERS: Mapping[Role, str] = {
    Role.VISITOR: "firm",
    **dict.fromkeys(FIRM, "firm"),
    **dict.fromkeys(BANK, "bank"),
    **dict.fromkeys(COMMITTEE, "committee"),
    Role.OFFICER: "officer",
    Role.FUND: "leader",
    Role.LEADER: "leader",
    Role.AUDITOR: "auditor",
    Role.ADMIN: "admin",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as it is shown: its route, the page before it whose link leads there, who looks, and on what.

    `follow` is a CSS selector of the link to press on the page; empty: the page itself.
    """

    name: str
    route: str
    login: str
    follow: str = ""
    phone: bool = False

    @property
    def file(self) -> str:
        return f"guides/{self.name}.webp"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: its head and paragraphs by language, and the picture of the page, if there is one."""

    head: Mapping[str, str]
    says: Mapping[str, tuple[str, ...]]
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class Guide:
    key: str
    title: Mapping[str, str]
    steps: tuple[Step, ...]


@cache
def guides() -> Mapping[str, Guide]:
    """Every guide by its key, in the order of their files' own numbers."""
    read = [_read(path) for path in sorted(FOLDER.glob("*.toml"))]
    return {guide.key: guide for guide in sorted(read, key=lambda guide: list(READERS.values()).index(guide.key))}


def _read(path: Path) -> Guide:
    plain = tomllib.loads(path.read_text(encoding="utf-8"))
    return Guide(path.stem, {"zh": plain["zh"], "en": plain["en"]}, tuple(map(_step, plain["step"])))


def _step(plain: dict[str, Any]) -> Step:
    pair = {"zh": plain["zh"], "en": plain["en"]}
    return Step(
        head={lang: said["head"] for lang, said in pair.items()},
        says={lang: tuple(said["says"].strip().split("\n\n")) for lang, said in pair.items()},
        picture=Picture(**plain["picture"]) if "picture" in plain else None,
    )
