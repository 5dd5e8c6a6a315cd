"""An auditor's kit (审计包), checked with the standard library alone.

The journal is held against its checkpoints, and against the journal the votes and the ledger of guarantees; then the parts of payments and
recoveries, the totals, and at last that every file is the one that was signed. Members: journal.jsonl, checkpoints.jsonl, keys.json, resolutions.jsonl, votes.csv, ledger.csv, splits.csv, totals.csv, manifest.json.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from financing.checkpoint_check import code, compare, digest, hashed_by, key_number, read, sealed, standing
from financing.journal_check import canonical, hashed, walk
from financing.signature_check import BY, signed

Rows = list[dict[str, str]]
#: Acts on a guarantee that write a line of its ledger, and which line.
MOVES = {
    "letter.issue": "issued", "letter.repay": "repaid", "loan.repay": "repaid", "repayment.take_back": "restored",
    "letter.release": "released", "letter.compensate": "compensated", "letter.recover": "recovered", "letter.write_off": "lost",
}  # fmt: skip
SEALS = ("case.seal", "case.decide_small")
#: What a line of the ledger does to the balance that is guaranteed.
SIGN = {"issued": 1, "restored": 1, "repaid": -1, "released": -1, "compensated": -1}
BY_TWO_PEOPLE = frozenset({"compensated", "recovered", "lost", "restored"})
PPM = 1_000_000


class Contradicted(ValueError):
    """The first thing that does not agree with the rest: where, and what is wrong there."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")
        self.where = where
        self.why = why


@dataclass
class Deeds:
    """What the journal says of seals and of the ledger, noted as it is walked."""

    lines: int = 0
    sealed: dict[str, tuple[str, str]] = field(default_factory=dict)  # number of a resolution -> digest, act
    moved: Counter[tuple[str, str, int]] = field(default_factory=Counter)  # guarantee, kind of line, fen

    def noting(self, walked: Iterable[tuple[dict[str, Any], str]]) -> Iterator[tuple[dict[str, Any], str]]:
        for body, link in walked:
            self.lines += 1
            self._note(body, body.get("facts", {}))
            yield body, link

    def _note(self, body: Mapping[str, Any], facts: Mapping[str, Any]) -> None:
        act = body.get("act")
        if act in SEALS:
            self.sealed[facts["number"]] = (facts["digest"], str(act))
        elif act in MOVES and body["kind"] == "Guarantee":
            bound = facts.get("form") != "recommendation"  # a letter that recommends binds nobody
            self.moved[str(body["subject"]), MOVES[act], facts["amount"]["fen"] if bound else 0] += 1


def kit(bag: zipfile.ZipFile) -> list[str]:
    """What was checked and how much of it, a sentence each; Broken, Doubted or Contradicted at the first thing that does not hold."""
    keys = {key_number(bytes.fromhex(key)): bytes.fromhex(key) for key in json.loads(bag.read("keys.json"))}
    found = read(_lines(bag, "checkpoints.jsonl"), keys)
    held, lost = standing(found)
    deeds = Deeds()
    noted = deeds.noting(walk(_lines(bag, "journal.jsonl")))
    covered = compare(noted, held)
    rest = sum(1 for _ in noted)
    gone = sum(one["to"] - one["from"] + 1 for one in lost)
    ledger = _rows(bag, "ledger.csv")
    said = [
        f"日志 {deeds.lines} 条，链完整，{rest} 条在最近的检查点之后 | journal: {deeds.lines} records, the chain holds, {rest} after the last checkpoint",
        f"检查点 {len(found)} 个，签名由 {BY} 核对，其下 {covered} 条一致 | {len(found)} checkpoints over {covered} records, signatures by {BY}",
        *([f"恢复时公开记载的缺失 {gone} 条 | {gone} records lost in a restore, on record"] if gone else []),
        votes(_lines(bag, "resolutions.jsonl"), _rows(bag, "votes.csv"), deeds.sealed),
        books(ledger, deeds.moved),
        splits(_rows(bag, "splits.csv"), ledger),
        totals(bag, ledger),
    ]
    manifest = _signed(bag, keys)
    head = f"{code(digest(found[-1]))}" if found else "—"
    return [*said, f"{manifest} 个文件与签名的清单一致 | {manifest} files are those that were signed; {head}"]


def votes(lines: Iterable[str], ballots: Rows, journal: Mapping[str, tuple[str, str]]) -> str:
    """Each resolution is the one the journal sealed, nobody who stepped aside voted, and the count says what was decided."""
    listed: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for row in ballots:
        listed[row["resolution"]].append((row["user"], row["round"], row["vote"], row["void"], row["at"]))
    numbers = set()
    for text in lines:
        one = json.loads(text)
        record, number = one["record"], one["number"]
        if hashlib.sha256(canonical(record)).hexdigest() != one["digest"] or record["number"] != number:
            raise Contradicted(number, "内容与摘要不符 | the record is not that of its digest")
        if journal.get(number, ("", ""))[0] != one["digest"]:
            raise Contradicted(number, "与日志封存的摘要不符 | the journal sealed another record")
        own = [(str(b["user"]), b["round"], b["vote"], str(int(b["void"])), b["at"]) for b in record["ballots"]]
        if sorted(own) != sorted(listed.pop(number, [])):
            raise Contradicted(number, "表决明细与决议不符 | the votes are not those of the record")
        _counted(number, record)
        numbers.add(number)
    missing = {number for number, (_, act) in journal.items() if act == SEALS[0]} - numbers
    if missing or listed:
        raise Contradicted(min([*missing, *listed]), "决议缺失 | the resolution is missing")
    return f"决议 {len(numbers)} 份，表决 {len(ballots)} 票，回避、法定人数、多数逐份重算 | {len(numbers)} resolutions, {len(ballots)} votes counted anew"


def _counted(number: str, record: Mapping[str, Any]) -> None:
    tied = {tie["user"] for tie in record["ties"]}
    valid = [b for b in record["ballots"] if b["round"] == "final" and not b["void"]]
    if any(b["user"] in tied for b in record["ballots"] if not b["void"]):
        raise Contradicted(number, "回避的委员投了票 | a member who stepped aside voted")
    seats = {seat["user"] for seat in record["seats"] if seat["votes"]} - tied
    cast = Counter(b["vote"] for b in valid if b["user"] in seats)
    total, count = sum(cast.values()), record["count"]
    if len({b["user"] for b in valid}) != len(valid) or total != len(valid):
        raise Contradicted(number, "有人投了两票或不在席 | somebody voted twice or had no seat")
    if (count["seats"], count["cast"], {v: n for v, n in count["votes"].items() if n}) != (
        len(seats),
        total,
        dict(cast),
    ):
        raise Contradicted(number, "计票不符 | the count is another")
    if record["outcome"] != _outcome(len(seats), total, cast, count["quorum"], count["majority"]):
        raise Contradicted(number, "结果与表决不符 | the votes say something else")


def _outcome(seats: int, total: int, cast: Mapping[str, int], quorum: list[int], majority: list[int]) -> str:
    if not seats or total * quorum[1] < seats * quorum[0]:
        return "no quorum"
    outright, conditional = cast.get("for", 0), cast.get("conditional", 0)
    if outright * majority[1] >= total * majority[0]:
        return "approved"
    return "conditional" if (outright + conditional) * majority[1] >= total * majority[0] else "rejected"


def books(ledger: Rows, moved: Mapping[tuple[str, str, int], int]) -> str:
    """Every line of the ledger has its line in the journal and the other way round; two people where two are asked; no balance below nothing."""
    balance: Counter[str] = Counter()
    left = Counter(moved)
    for row in sorted(ledger, key=lambda one: (one["at"], -SIGN.get(one["kind"], 0))):
        kind, fen, guarantee = row["kind"], _fen(row), row["guarantee"]
        left[guarantee, kind, fen] -= 1
        if left[guarantee, kind, fen] < 0:
            raise Contradicted(f"{row['number']} {row['entry']}", "台账与日志不符 | the journal knows no such line")
        if kind in BY_TWO_PEOPLE and row["confirmed_by"] in {"", row["by"]}:
            raise Contradicted(f"{row['number']} {row['entry']}", "没有两人确认 | not confirmed by a second person")
        balance[guarantee] += SIGN.get(kind, 0) * fen
        if balance[guarantee] < 0:
            raise Contradicted(f"{row['number']} {row['entry']}", "在保余额为负 | the balance falls below nothing")
    if gone := next((key for key, count in left.items() if count), None):
        raise Contradicted(gone[0], "日志中的一笔不在台账里 | a line of the journal is not in the ledger")
    return f"台账 {len(ledger)} 笔，与日志逐笔一致，在保余额 {sum(balance.values())} 分 | {len(ledger)} ledger lines agree with the journal, {sum(balance.values())} fen guaranteed"


def splits(parts: Rows, ledger: Rows) -> str:
    """The parts of a payment or a recovery come to it to the fen; a part of a payment is within a fen of its share."""
    whole = {row["entry"]: row for row in ledger}
    sums: Counter[str] = Counter()
    for row in parts:
        entry = whole.get(row["entry"])
        if entry is None or (row["of"], entry["kind"]) not in {("payment", "compensated"), ("recovery", "recovered")}:
            raise Contradicted(row["entry"], "份额没有对应的一笔 | a part of no such line")
        sums[row["entry"]] += _fen(row)
        if row["of"] == "payment" and abs(_fen(row) * PPM - _fen(entry) * int(row["ppm"])) >= PPM:
            raise Contradicted(row["entry"], "与分担比例不符 | not within a fen of its share")
    for key, total in sums.items():
        if total != (wanted := _fen(whole[key])):
            raise Contradicted(key, f"份额合计 {total} 分，应为 {wanted} 分 | the parts come to another sum")
    return f"代偿与追偿的份额 {len(parts)} 项，{len(sums)} 笔逐笔分毫不差 | {len(parts)} parts of {len(sums)} payments and recoveries, to the fen"


def totals(bag: zipfile.ZipFile, ledger: Rows) -> str:
    """The totals as they were given out are those of the files."""
    given = {(row["file"], row["key"]): (int(row["count"]), int(row["fen"])) for row in _rows(bag, "totals.csv")}
    found = totalled(ledger, _rows(bag, "splits.csv"), _rows(bag, "votes.csv"))
    if given != found:
        wrong = min(key for key in given.keys() | found.keys() if given.get(key) != found.get(key))
        raise Contradicted(" ".join(wrong), f"合计 {given.get(wrong)}，重算 {found.get(wrong)} | another total")
    return f"合计 {len(given)} 行，逐行重算一致 | {len(given)} totals added up again"


def totalled(ledger: Rows, parts: Rows, ballots: Rows) -> dict[tuple[str, str], tuple[int, int]]:
    """By file and kind: how many, and how much in fen."""
    found: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for name, key, fen in (
        *(("ledger", row["kind"], _fen(row)) for row in ledger),
        *(("splits", f"{row['of']} {row['party']}", _fen(row)) for row in parts),
        *(("votes", row["vote"], 0) for row in ballots),
    ):
        found[name, key][0] += 1
        found[name, key][1] += fen
    return {key: (count, fen) for key, (count, fen) in found.items()}


def _signed(bag: zipfile.ZipFile, keys: Mapping[str, bytes]) -> int:
    text = bag.read("manifest.json")
    record = json.loads(text)
    said = record["kit"]
    if canonical({"kit": said, "signature": bytes.fromhex(record["signature"]).hex()}) != text:
        raise Contradicted("manifest.json", "文件被改动 | the file was changed")
    public = keys.get(said["key"], b"")
    if not signed(public, sealed("kit", said), bytes.fromhex(record["signature"])):
        raise Contradicted("manifest.json", "签名不符 | the signature does not hold")
    files = said["files"]
    if sorted(bag.namelist()) != sorted([*files, "manifest.json"]):
        raise Contradicted("manifest.json", "文件增减 | a file too many or too few")
    for name, wanted in files.items():
        with bag.open(name) as file:
            if hashed(hashed_by(said), file.read()).hex() != wanted:
                raise Contradicted(name, "文件被改动 | the file was changed")
    return len(files)


def _lines(bag: zipfile.ZipFile, name: str) -> Iterator[str]:
    with bag.open(name) as file:
        for line in io.TextIOWrapper(file, encoding="utf-8", newline="\n"):
            yield line.rstrip("\n")


def _rows(bag: zipfile.ZipFile, name: str) -> Rows:
    return list(csv.DictReader(io.StringIO(bag.read(name).decode("utf-8-sig")), strict=True))


def _fen(row: Mapping[str, str]) -> int:
    return int(row["fen"])
