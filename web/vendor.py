"""Copies what npm installed and the pages need into `static/vendor/`: `python -m web.vendor`."""

from __future__ import annotations

import re
import shutil
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
VENDOR = HERE / "static" / "vendor"

COPIES = {
    "tabler.min.js": "@tabler/core/dist/js/tabler.min.js",
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "htmx.LICENSE": "htmx.org/LICENSE",
    "tabler-icons.LICENSE": "@tabler/icons/LICENSE",
}
STYLE = "@tabler/core/dist/css/tabler.min.css"
ICONS = "@tabler/icons/icons/outline"

PICTURE_IN_STYLE = re.compile(r'url\("data:image/svg\+xml,([^"]*)"\)')
SOURCE_MAP = re.compile(r"\s*(/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=.*)\s*$")
DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
SYMBOL = (
    '<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor"'
    ' stroke-linecap="round" stroke-linejoin="round">{lines}</symbol>'
)
SPRITE = '<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>\n'


def style(css: str, folder: Path) -> str:
    """The style sheet with its built-in pictures as files, because the page policy allows no `data:` address."""

    def to_file(match: re.Match[str]) -> str:
        svg = unquote(match[1])
        name = f"{sha256(svg.encode()).hexdigest()[:12]}.svg"
        (folder / name).write_text(svg, encoding="utf-8")
        return f'url("{folder.name}/{name}")'

    return PICTURE_IN_STYLE.sub(to_file, SOURCE_MAP.sub("\n", css))


def sprite(names: list[str], drawings: Path) -> str:
    """One SVG with a symbol per icon; a page draws `<use href="…/icons.svg#name">` in its own colour and width."""
    return SPRITE.format(symbols="".join(_symbol(name, drawings / f"{name}.svg") for name in names))


def main() -> None:
    """Build the folder anew, so that nothing of an older version stays."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    (VENDOR / "pictures").mkdir(parents=True)
    for name, source in COPIES.items():
        text = (MODULES / source).read_text(encoding="utf-8")
        (VENDOR / name).write_text(SOURCE_MAP.sub("\n", text), encoding="utf-8")
    css = style((MODULES / STYLE).read_text(encoding="utf-8"), VENDOR / "pictures")
    (VENDOR / "tabler.min.css").write_text(css, encoding="utf-8")
    icons = (HERE / "icons.txt").read_text(encoding="utf-8").split()
    (VENDOR / "icons.svg").write_text(sprite(icons, MODULES / ICONS), encoding="utf-8")


def _symbol(name: str, drawing: Path) -> str:
    match = DRAWING.search(drawing.read_text(encoding="utf-8")) if drawing.exists() else None
    if match is None:
        raise SystemExit(f"✗ web/icons.txt: 没有名为 {name} 的图标 · Tabler has no icon of the name {name}")
    return SYMBOL.format(name=name, lines=re.sub(r"\s*\n\s*", "", match[1]))


if __name__ == "__main__":
    main()
