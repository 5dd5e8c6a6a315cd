"""Cut the installed Noto faces to common characters (常用字), so that papers are laid out faster and stay small.

Run once at set-up: `python -m reports.fonts`. A rare character is taken from the whole face; without the cut faces every
paper still prints, only slower and larger.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped] # the library carries no types
from fontTools.ttLib import TTCollection, TTFont  # type: ignore[import-untyped] # the library carries no types

from reports.faces import FACES, FOLDER

INSTALLED = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")
#: Signs of our papers beyond GB 2312, which has some seven thousand characters.
SIGNS = "–—‘’“”…·•×÷±≤≥≠✓✗√□■←↑→↓│┆￥¥€°％‰①②③④⑤⑥⑦⑧⑨⑩"


def common() -> list[int]:
    """The code points of GB 2312, ASCII and Latin-1, and the signs of our papers."""
    pairs = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    chinese = (pair.decode("gb2312", errors="ignore") for pair in pairs)
    return sorted(
        {ord(sign) for sign in [*map(chr, (*range(32, 127), *range(160, 256))), *filter(None, chinese), *SIGNS]}
    )


def cut(collection: Path, family: str, characters: Iterable[int]) -> bytes:
    """One family of a collection with these characters alone, without hints and features; the same bytes every time."""
    options = Options(hinting=False, desubroutinize=True, layout_features=[], notdef_outline=True)
    options.drop_tables += ["BASE", "DSIG", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    with TTCollection(collection, lazy=True) as faces:
        face = next(font for font in faces if font["name"].getDebugName(1) == family)
        subsetter.subset(face)
        return _saved(face)


def _saved(face: TTFont) -> bytes:
    sink = BytesIO()
    face.recalcTimestamp = False
    face.save(sink)
    return sink.getvalue()


def found(collection: str, folders: Iterable[Path] = INSTALLED) -> Path | None:
    """Where a collection is installed; None when it is not."""
    return next((path for folder in folders for path in sorted(folder.rglob(collection))), None)


def main() -> int:
    """Cut every face; 1 when one is not installed."""
    FOLDER.mkdir(exist_ok=True)
    characters = common()
    for face in FACES:
        if (collection := found(face.collection)) is None:
            sys.stderr.write(f"没有安装字体 {face.collection}，文件照样能打印，只是慢一些、大一些。\n")
            sys.stderr.write(f"{face.collection} is not installed; papers still print, only slower and larger.\n")
            return 1
        (FOLDER / face.name).write_bytes(cut(collection, face.whole, characters))
    return 0


if __name__ == "__main__":
    sys.exit(main())
