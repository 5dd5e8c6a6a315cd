"""Signed checkpoints of the journal (检查点), checked with the standard library alone.

A line of a folder of checkpoints is {"checkpoint": {...}, "signature": "hex"}. What is signed is `sealed` of the checkpoint:
number, seq and link of the last line, when, how many lines of each act since the line `since`, the root of the tree over those lines,
the root over all lines, that tree's peaks, the digest of the former checkpoint, the number of the key, and
with which algorithm it was signed and hashed (none: Ed25519 and SHA-256). `lost` is set where the platform went on
from an older backup: lines from … to … that earlier checkpoints knew were given up, openly. Its short code is read out on the telephone.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from financing.journal_check import SHA256, canonical, hashed, leaf
from financing.signature_check import signed
from financing.tree_check import grown, root, root_of

#: Crockford's letters: without I, L, O and U, which are heard or read as something else.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
HEARD = str.maketrans({"I": "1", "L": "1", "O": "0", "-": None, " ": None})
CODE_BITS = 80
FIELDS = frozenset({"number", "seq", "link", "at", "since", "counts", "root", "all", "peaks", "former", "key", "lost"})
#: What a checkpoint may be signed and hashed with, and how many bytes its public key has.
ALGORITHMS = {"ed25519-sha256": 32, "sm2-sm3": 64}


class Doubted(ValueError):
    """A checkpoint that does not hold: its number and what is wrong with it."""

    def __init__(self, number: int, why: str) -> None:
        super().__init__(f"检查点 {number} | checkpoint {number}: {why}")
        self.number = number
        self.why = why


def sealed(purpose: str, said: Mapping[str, Any]) -> bytes:
    """The bytes that are signed: one purpose is never taken for another."""
    return f"yuanrong {purpose}\n".encode() + canonical(said)


def digest(said: Mapping[str, Any]) -> str:
    return hashed(hashed_by(said), sealed("checkpoint", said)).hex()


def hashed_by(said: Mapping[str, Any]) -> str:
    """The digest of a checkpoint, of its tree and of its roots."""
    return str(said.get("algorithm", "ed25519-sha256")).rpartition("-")[2]


def code(digest_hex: str) -> str:
    """Sixteen signs in groups of four that stand for a digest."""
    value = int(digest_hex, 16) >> 256 - CODE_BITS
    signs = "".join(LETTERS[value >> shift & 31] for shift in range(CODE_BITS - 5, -1, -5))
    return "-".join(signs[at : at + 4] for at in range(0, len(signs), 4))


def heard(text: str) -> str:
    """A code as somebody typed or heard it, the way it is written; what is no code comes back as it is."""
    signs = text.upper().translate(HEARD)
    return "-".join(signs[at : at + 4] for at in range(0, len(signs), 4))


def begins(said: str) -> str:
    """The twenty hex digits with which the digest behind a code begins; nothing for what is no code."""
    signs = said.replace("-", "")
    if 5 * len(signs) != CODE_BITS or not set(signs) <= set(LETTERS):
        return ""
    value = 0
    for sign in signs:
        value = value << 5 | LETTERS.index(sign)
    return f"{value:0{CODE_BITS // 4}x}"


def key_number(public: bytes) -> str:
    """Eight digits by which a public key is named in every checkpoint it signed."""
    by = "sm3" if len(public) == ALGORITHMS["sm2-sm3"] else SHA256
    return hashed(by, b"checkpoint key\n" + public).hex()[:8]


def read(lines: Iterable[str], keys: Mapping[str, bytes]) -> list[dict[str, Any]]:
    """Every checkpoint of a folder, each signed and after its former one; Doubted at the first that is not."""
    found: list[dict[str, Any]] = []
    former = ""
    for number, text in enumerate(lines, 1):
        said = checked(number, text, keys)
        if said["number"] != number or said["former"] != former:
            raise Doubted(number, "不接前一个检查点 | does not follow the former one")
        found.append(said)
        former = digest(said)
    return found


def standing(found: Iterable[Mapping[str, Any]]) -> tuple[list[Mapping[str, Any]], list[Mapping[str, int]]]:
    """The checkpoints that the journal must still hold to, and the stretches of lines that were given up openly."""
    held: list[Mapping[str, Any]] = []
    lost: list[Mapping[str, int]] = []
    for one in found:
        if one["lost"]:
            lost.append(one["lost"])
            while held and held[-1]["seq"] > one["since"]:
                held.pop()
        if (held[-1]["seq"] if held else 0) != one["since"] or one["seq"] < one["since"]:
            raise Doubted(one["number"], "不从前一个检查点起算 | does not count from the former one")
        held.append(one)
    return held, lost


def compare(lines: Iterable[tuple[Mapping[str, Any], str]], held: Iterable[Mapping[str, Any]]) -> int:
    """Hold a chain of (body, link) that was walked already against the checkpoints; how many lines they cover.

    Doubted, with the stretch of lines, at the first checkpoint that the lines do not lead to.
    """
    rest, seq = iter(lines), 0
    held = list(held)
    trees: dict[str, list[bytes]] = {hashed_by(one): [] for one in held}
    for one in held:
        leaves, counts, link = list[bytes](), Counter[str](), ""
        while seq + len(leaves) < one["seq"] and (line := next(rest, None)):
            leaves.append(leaf(line[0]))
            counts[str(line[0].get("act"))] += 1
            link = line[1]
        reached = seq + len(leaves)
        if reached < one["seq"]:
            raise Doubted(one["number"], _missing(reached, one["seq"]))
        trees = {by: grown(peaks, seq, leaves, by)[0] for by, peaks in trees.items()}
        seq = reached
        _same(one, leaves, counts, link, trees[hashed_by(one)])
    return seq


def _same(
    one: Mapping[str, Any], leaves: list[bytes], counts: Mapping[str, int], link: str, peaks: list[bytes]
) -> None:
    told = (one["root"], one["all"], one["counts"], one["peaks"])
    by = hashed_by(one)
    found = (root_of(leaves, by).hex(), root(peaks, by).hex(), dict(counts), [peak.hex() for peak in peaks])
    if told != found or (leaves and one["link"] != link):
        first, last = one["since"] + 1, one["seq"]
        raise Doubted(
            one["number"],
            f"第 {first} 至 {last} 条与检查点不符 | lines {first} to {last} are not those of the checkpoint",
        )


def _missing(reached: int, wanted: int) -> str:
    count = wanted - reached
    return f"缺第 {reached + 1} 至 {wanted} 条，共 {count} 条 | lines {reached + 1} to {wanted} are missing, {count} in all"


def checked(number: int, text: str, keys: Mapping[str, bytes]) -> dict[str, Any]:
    """What one line of the folder says, once its signature holds; Doubted otherwise."""
    try:
        record = json.loads(text)
        said, signature = record["checkpoint"], bytes.fromhex(record["signature"])
        whole = frozenset(record) == {"checkpoint", "signature"} and frozenset(said) in {FIELDS, FIELDS | {"algorithm"}}
        size = ALGORITHMS[said.get("algorithm", "ed25519-sha256")]
        plain = all(type(said[name]) is int for name in ("number", "seq", "since")) and isinstance(said["counts"], dict)
        message = sealed("checkpoint", said)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Doubted(number, "不是有效的检查点 | not a checkpoint") from None
    if not whole or not plain or record["signature"] != signature.hex():
        raise Doubted(number, "不是有效的检查点 | not a checkpoint")
    public = keys.get(str(said["key"]))
    if public is None or len(public) != size or key_number(public) != said["key"]:
        raise Doubted(number, f"没有公钥 {said['key']} | the public key is not at hand")
    if not signed(public, message, signature):
        raise Doubted(number, "签名不符 | the signature does not hold")
    return dict(said)
