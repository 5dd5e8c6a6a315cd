"""Says which sentences of the product still lack an English translation, and fails if there are any."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

CATALOGUE = Path("financing/locale/en/LC_MESSAGES/yuanrong.po")


def extracted() -> Catalog:
    """Every sentence marked for translation in code and templates."""
    pybabel = [sys.executable, "-m", "babel.messages.frontend", "--quiet"]
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "found.pot"
        subprocess.run(
            [*pybabel, "extract", "-F", "setup/babel.cfg", "-o", str(found), "financing", "reports", "web"], check=True
        )
        return read(found)


def read(path: Path) -> Catalog:
    with path.open("rb") as lines:
        return read_po(lines, abort_invalid=True)


def faults(found: Catalog, translated: Catalog) -> list[str]:
    """One line for each sentence that is missing, empty, uncertain, broken or no longer used."""
    lines = [
        f"不再使用 | no longer used: {message.id!r}" for message in translated if message.id and message.id not in found
    ]
    for message in filter(lambda message: message.id, found):
        english = translated.get(message.id, message.context)
        if english is None or not english.string:
            lines.append(f"没有译文 | not translated: {message.id!r}")
        elif english.fuzzy:
            lines.append(f"译文待定 | translation uncertain: {message.id!r}")
        else:
            lines.extend(f"译文有误 | {error}: {message.id!r}" for error in english.check())
    return lines


def main() -> None:
    lines = faults(extracted(), read(CATALOGUE) if CATALOGUE.exists() else Catalog())
    print("\n".join(lines), end="\n" if lines else "")
    if lines:
        sys.exit(f"{len(lines)} 条。补齐后运行 make words | {len(lines)} to do; then run make words")


if __name__ == "__main__":
    main()
