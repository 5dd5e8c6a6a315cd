"""The words of letters (函件文本): one dated file per kind and edition, never edited; what was said is proved by its hash.

The first line is the title. A line `| name | value` is a row of the table, `[word] line` stands only where that word applies,
every other line is a paragraph. Free text never changes a clause: only the blanks are filled in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from financing.letters.rules import LetterKind

FOLDER = Path(__file__).parent / "texts"


def written(
    kind: LetterKind, blanks: Mapping[str, object], words: Collection[str] = (), edition: str = ""
) -> dict[str, Any]:
    """A letter in full as plain values: title, rows, paragraphs, and the hash of the text it was written from."""
    edition = edition or newest(kind)
    blank = (FOLDER / f"{kind}-{edition}.txt").read_text(encoding="utf-8")
    title, *lines = blank.strip().splitlines()
    kept = [line for whole in lines if (line := _applies(whole, words)) is not None]
    said = [(line, _filled(line, blanks)) for line in kept]
    rows = [[part.strip() for part in line[1:].split("|", 1)] for _, line in said if line.startswith("|")]
    return {
        "title": title,
        "edition": edition,
        "text_sha256": hashlib.sha256(blank.encode()).hexdigest(),
        "rows": rows,
        "before": [line for _, line in said[: _first_row(kept)]],
        "after": [line for _, line in said[_first_row(kept) :] if not line.startswith("|")],
    }


def newest(kind: LetterKind) -> str:
    """The edition in use: the last on file."""
    return max(file.stem.removeprefix(f"{kind}-") for file in FOLDER.glob(f"{kind}-*.txt"))


def _applies(line: str, words: Collection[str]) -> str | None:
    if not line.startswith("["):
        return line
    word, _, rest = line[1:].partition("] ")
    return rest if word in words else None


def _filled(line: str, blanks: Mapping[str, object]) -> str:
    """A value never opens another blank or row: it goes in as it is, on one line."""
    return line.format_map({name: " ".join(str(value).split()) for name, value in blanks.items()})


def _first_row(lines: list[str]) -> int:
    return next((n for n, line in enumerate(lines) if line.startswith("|")), len(lines))
