"""A workbook for an import, read in a limited child: its rows, or what is wrong cell by cell."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from financing.file_refusals import WorkbookBomb, WorkbookUnreadable
from financing.imports.rules import ImportKind
from reports.child import PARSING, ChildFailed, once
from reports.gate import Limits, check
from reports.intake_findings import Finding, Gravity


@dataclass(frozen=True, slots=True)
class Read:
    """Rows by column key, values as the database writes them (fen, ppm, days as text), and what was wrong."""

    total: int
    errors: int
    findings: Sequence[dict[str, Any]]
    lines: Sequence[bytes] = field(repr=False)

    def batch(self, start: int, size: int) -> list[dict[str, Any]]:
        """Some rows in the order of the file."""
        return [json.loads(line) for line in islice(self.lines, start, start + size)]


def read(kind: ImportKind, content: bytes, name: str, *, today: date, limits: Limits) -> Read:
    """Check and read an upload; raises what `reports.sheets.read_book` raises, SheetMissing and ColumnMissing."""
    order = {"format": check(content, name, limits), "name": Path(name).stem, "kind": kind, "today": today.isoformat()}
    payload = json.dumps(order | asdict(limits)).encode() + b"\n" + content
    try:
        answer = once("reports.import_child", payload, PARSING)
    except ChildFailed as failure:
        if failure.reason == "crash":
            raise WorkbookUnreadable(why="content") from failure
        raise WorkbookBomb(why=failure.reason) from failure
    told, *lines = answer.split(b"\n")
    return Read(**json.loads(told), lines=lines)


def findings(stored: Sequence[dict[str, Any]]) -> Iterator[Finding]:
    """What an import keeps of its faults, as the report tells them."""
    for one in stored:
        yield Finding(
            one["sheet"],
            one["row"],
            one["column"],
            one["value"],
            one["code"],
            Gravity(one.get("gravity", Gravity.ERROR)),
            1,
            one["more"],
        )
