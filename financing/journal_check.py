"""Check an exported journal with nothing but the Python standard library: `python journal_check.py EXPORT.jsonl`.

An export is one JSON object a line, {"body": {...}, "link": "hex"}, then {"head": {"seq": n, "link": "hex"}}.
leaf = SHA-256(0x00 ‖ canonical body); link = SHA-256(0x01 ‖ former link ‖ leaf); the first former link is 32 zero bytes.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any

START = b"\0" * 32


class Broken(ValueError):
    """The first place at which the chain does not hold: sequence number and what is wrong there."""

    def __init__(self, seq: int, why: str) -> None:
        super().__init__(f"{seq}: {why}")
        self.seq = seq
        self.why = why


def canonical(body: Mapping[str, Any]) -> bytes:
    """The one way to write a record as bytes: sorted keys, no spaces, UTF-8."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def link_after(former: bytes, body: Mapping[str, Any]) -> bytes:
    leaf = hashlib.sha256(b"\x00" + canonical(body)).digest()
    return hashlib.sha256(b"\x01" + former + leaf).digest()


def check(lines: Iterable[str], *, start: bytes = START, first: int = 1) -> tuple[int, str]:
    """Walk every link; the last number and link in hex, or Broken at the first fault."""
    former, seq, headed = start, first - 1, False
    for text in lines:
        record = _parsed(text, seq + 1)
        if headed:
            raise Broken(seq + 1, "行在链尾之后 | a line after the head")
        if "head" in record:
            headed = True
            if record["head"] != {"seq": seq, "link": former.hex()}:
                raise Broken(seq + 1, "链尾不符，末尾有缺失 | the head does not match: the tail is missing")
            continue
        former, seq = _next(record, former, seq), seq + 1
    if not headed:
        raise Broken(seq + 1, "缺少链尾 | the head is missing")
    return seq, former.hex()


def _parsed(text: str, seq: int) -> dict[str, Any]:
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        raise Broken(seq, "不是有效的记录 | not a record") from None
    if not isinstance(record, dict) or not (set(record) == {"head"} or set(record) == {"body", "link"}):
        raise Broken(seq, "不是有效的记录 | not a record")
    return record


def _next(record: dict[str, Any], former: bytes, seq: int) -> bytes:
    body = record["body"]
    if not isinstance(body, dict) or body.get("seq") != seq + 1:
        raise Broken(seq + 1, "编号不连续 | the numbers have a gap")
    link = link_after(former, body)
    if link.hex() != record["link"]:
        raise Broken(seq + 1, "内容被改动 | the content was changed")
    return link


def main() -> int:
    """0 when the whole chain holds, 1 at the first fault, 2 on wrong use."""
    if len(sys.argv) != 2:
        sys.stderr.write("用法 | usage: python journal_check.py EXPORT.jsonl\n")
        return 2
    try:
        with open(sys.argv[1], encoding="utf-8") as file:  # noqa: PTH123  the standard library's plainest door
            seq, link = check(file)
    except (Broken, OSError, UnicodeDecodeError) as fault:
        sys.stderr.write(f"✗ {fault}\n")
        return 1
    sys.stdout.write(f"✓ {seq} 条，链完整 | {seq} records, the chain holds; {link}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
