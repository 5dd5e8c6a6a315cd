"""What a stranger may be given, told apart by what it is and checked whole: an export, an excerpt, a proof, an auditor's kit."""

from __future__ import annotations

import csv
import json
import sys
import zipfile
import zlib
from pathlib import Path
from typing import IO

from financing.checkpoint_check import Doubted
from financing.journal_check import Broken, chain_told
from financing.kit_check import Contradicted, kit
from financing.proof_check import proved, told
from financing.signature_check import BY

#: What reading a kit raises, depending on which byte of it is wrong.
SPOILT = (
    zipfile.BadZipFile, zlib.error, csv.Error, EOFError, NotImplementedError, RuntimeError, ValueError, LookupError, TypeError,
    AttributeError, RecursionError, OSError,
)  # fmt: skip


def audit() -> int:
    """0 when everything holds, 1 at the first contradiction, 2 on wrong use."""
    if len(sys.argv) != 2:
        sys.stderr.write("用法 | usage: python check.py 审计包.zip | 日志.jsonl | 证明.json\n")
        return 2
    try:
        for line in looked_through(Path(sys.argv[1])):
            sys.stdout.write(f"✓ {line}\n")
    except (Broken, Doubted, Contradicted, OSError, UnicodeDecodeError) as fault:
        sys.stderr.write(f"✗ {fault}\n")
        return 1
    return 0


def looked_through(path: Path) -> list[str]:
    """What holds of a file, a sentence each; Broken, Doubted or Contradicted at the first thing that does not."""
    with path.open("rb") as file:
        if zipfile.is_zipfile(file):
            return kit_told(file)
    text = path.read_text(encoding="utf-8")
    first = text.split("\n", 1)[0]
    return [chain_told(text.splitlines())] if first.startswith('{"') else _proof(text)


def kit_told(file: IO[bytes]) -> list[str]:
    """An auditor's kit, whatever was done to it."""
    try:
        with zipfile.ZipFile(file) as bag:
            return kit(bag)
    except (Broken, Doubted, Contradicted):
        raise
    except SPOILT as fault:
        raise Contradicted("kit", f"不是有效的审计包 | not an auditor's kit: {type(fault).__name__} {fault}") from None


def _proof(text: str) -> list[str]:
    try:
        proof = json.loads(text)
    except ValueError:
        raise Doubted(0, "不是有效的证明 | not a proof") from None
    return [told(*proved(proof)), f"签名由 {BY} 核对 | signature checked by {BY}"]
