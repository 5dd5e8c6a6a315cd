"""What a stranger may be given, told apart by what it is and checked whole: an export, an excerpt, a proof, an auditor's kit."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from financing.checkpoint_check import Doubted
from financing.journal_check import Broken, chain_told
from financing.proof_check import proved, told
from financing.signature_check import BY


def audit() -> int:
    """0 when everything holds, 1 at the first contradiction, 2 on wrong use."""
    if len(sys.argv) != 2:
        sys.stderr.write("用法 | usage: python check.py 审计包.zip | 日志.jsonl | 证明.json\n")
        return 2
    try:
        for line in looked_through(Path(sys.argv[1])):
            sys.stdout.write(f"✓ {line}\n")
    except (Broken, Doubted, OSError, UnicodeDecodeError) as fault:
        sys.stderr.write(f"✗ {fault}\n")
        return 1
    return 0


def looked_through(path: Path) -> list[str]:
    """What holds of a file, a sentence each; Broken or Doubted at the first thing that does not."""
    text = path.read_text(encoding="utf-8")
    if '"record"' in text[:2_000_000] and '"path"' in text:
        return _proof(text)
    return [chain_told(text.splitlines())]


def _proof(text: str) -> list[str]:
    try:
        proof = json.loads(text)
    except ValueError:
        raise Doubted(0, "不是有效的证明 | not a proof") from None
    return [told(*proved(proof)), f"签名由 {BY} 核对 | signature checked by {BY}"]
