"""Check an exported journal with nothing but the Python standard library: `python journal_check.py EXPORT.jsonl`.

An export is one JSON object a line, {"body": {...}, "link": "hex"}, then {"head": {"seq": n, "link": "hex"}}.
leaf = H(0x00 ‖ canonical body); link = H(0x01 ‖ former link ‖ leaf); the first former link is 32 zero bytes. H is what the body names under
"algorithm": SHA-256 or SM3 (GB/T 32905), so a chain may go on with the other one from any line.

An excerpt begins with {"after": {"seq": n, "link": "hex"}}; lines that are not the reader's stand in it as {"sealed": ["leaf", …]} alone, a leaf
of another H than SHA-256 with its name before it. That it belongs to the journal shows at its head: the journal has the same link under the same number.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

START = b"\0" * 32
SHA256 = "sha256"
#: What a line may be hashed with.
DIGESTS = (SHA256, "sm3")
AFTER = frozenset({"after"})
#: What a line may consist of: in a whole export, and in an excerpt after its first line.
WHOLE = (frozenset({"head"}), frozenset({"body", "link"}))
EXCERPT = (*WHOLE, frozenset({"sealed"}))
NO_RECORD = "不是有效的记录 | not a record"


class Broken(ValueError):
    """The first place at which the chain does not hold: sequence number and what is wrong there."""

    def __init__(self, seq: int, why: str) -> None:
        super().__init__(f"{seq}: {why}")
        self.seq = seq
        self.why = why


class Unable(Broken):
    """This Python cannot check: nothing is said of the journal."""

    def __init__(self, algorithm: str) -> None:
        super().__init__(
            0,
            f"本机的 Python 没有 {algorithm.upper()}，无法核对（不表示日志有错），请换用带 OpenSSL 3 的 Python"
            f" | this Python has no {algorithm.upper()} and cannot check; take one with OpenSSL 3",
        )


def canonical(body: Mapping[str, Any]) -> bytes:
    """The one way to write a record as bytes: sorted keys, no spaces, UTF-8."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def hashed(algorithm: str, data: bytes) -> bytes:
    """The digest by a name of DIGESTS; Broken for another name, Unable where this machine does not have it."""
    if algorithm == SHA256:
        return hashlib.sha256(data).digest()
    if algorithm not in DIGESTS:
        raise Broken(0, NO_RECORD)
    try:
        return hashlib.new(algorithm, data).digest()
    except ValueError:
        raise Unable(algorithm) from None


def digest_of(body: Mapping[str, Any]) -> str:
    """What a line says it was hashed with."""
    return str(body.get("algorithm", SHA256))


def leaf(body: Mapping[str, Any]) -> bytes:
    return hashed(digest_of(body), b"\x00" + canonical(body))


def leaf_told(body: Mapping[str, Any]) -> str:
    """A leaf as it stands in an excerpt."""
    algorithm = digest_of(body)
    return leaf(body).hex() if algorithm == SHA256 else f"{algorithm}:{leaf(body).hex()}"


def link_after(former: bytes, body: Mapping[str, Any]) -> bytes:
    return _linked(former, leaf(body), digest_of(body))


def check(lines: Iterable[str], *, start: bytes = START, first: int = 1) -> tuple[int, str]:
    """Walk every link; the last number and link in hex, or Broken at the first fault."""
    seq, link = first - 1, start.hex()
    for body, found in walk(lines, start=start, first=first):
        seq, link = body["seq"], found
    return seq, link


def walk(lines: Iterable[str], *, start: bytes = START, first: int = 1) -> Iterator[tuple[dict[str, Any], str]]:
    """Every record with its link, each checked before it is given out; Broken at the first fault, at the latest at the end."""
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
        yield record["body"], record["link"]
    if not headed:
        raise Broken(seq + 1, "缺少链尾 | the head is missing")


def check_excerpt(lines: Iterable[str]) -> tuple[int, int, str]:
    """Walk every link of an excerpt; how many lines it shows, the last number and link in hex, or Broken at the first fault."""
    rest, shown = iter(lines), 0
    seq, former = _start(next(rest, ""))
    kept: list[str] = []
    for text in rest:
        record = _parsed(text, seq + 1, EXCERPT)
        if "sealed" in record:
            for one in _leaves(record["sealed"], seq + 1):
                former, seq = _linked(former, *one), seq + 1
        elif "head" in record:
            kept.append(text)
            kept.extend(rest)
        else:
            former, seq, shown = _next(record, former, seq), seq + 1, shown + 1
    check(kept, start=former, first=seq + 1)
    return shown, seq, former.hex()


def _start(text: str) -> tuple[int, bytes]:
    after = _parsed(text, 0, (AFTER,))["after"]
    try:
        seq, link = after["seq"], bytes.fromhex(after["link"])
    except (KeyError, TypeError, ValueError):
        raise Broken(0, NO_RECORD) from None
    if type(seq) is not int or seq < 0 or len(link) != len(START):
        raise Broken(0, NO_RECORD)
    return seq, link


def _leaves(sealed: Any, seq: int) -> list[tuple[bytes, str]]:
    try:
        parts = [one.rpartition(":") for one in sealed]
        found = [(bytes.fromhex(value), algorithm or SHA256) for algorithm, _, value in parts]
    except (AttributeError, TypeError, ValueError):
        raise Broken(seq, NO_RECORD) from None
    if not found or any(len(one) != len(START) for one, _ in found):
        raise Broken(seq, NO_RECORD)
    return found


def _linked(former: bytes, of: bytes, algorithm: str) -> bytes:
    return hashed(algorithm, b"\x01" + former + of)


def _parsed(text: str, seq: int, kinds: tuple[frozenset[str], ...] = WHOLE) -> dict[str, Any]:
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        raise Broken(seq, NO_RECORD) from None
    if not isinstance(record, dict) or frozenset(record) not in kinds:
        raise Broken(seq, NO_RECORD)
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
            said = chain_told(file.read().splitlines())
    except (Broken, OSError, UnicodeDecodeError) as fault:
        sys.stderr.write(f"✗ {fault}\n")
        return 1
    sys.stdout.write(f"✓ {said}\n")
    return 0


def chain_told(lines: list[str]) -> str:
    """What holds of an export or an excerpt, in both languages."""
    if lines and lines[0].startswith('{"after"'):
        shown, seq, link = check_excerpt(lines)
        return f"摘录 {shown} 条，链完整，至第 {seq} 条 | an excerpt of {shown} records, the chain holds up to number {seq}; {link}"
    seq, link = check(lines)
    return f"{seq} 条，链完整 | {seq} records, the chain holds; {link}"


if __name__ == "__main__":
    sys.exit(main())
