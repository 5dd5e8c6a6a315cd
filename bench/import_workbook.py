"""How long the real workbook of 163,914 invoices takes to read and type, beside a bare fastexcel read of the same file.

Takes the workbook's path, or looks for it beside the checkout; prints nothing where it is absent. Best of five rounds,
ours and the peer's in turn; memory is that of a fresh process at its highest.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

REAL = Path(__file__).parents[2] / "shared/data/cumcm2020c/附件1_61家有信贷记录企业.xlsx"
ROUNDS = 5


def bare(path: Path) -> None:
    """The peer: every sheet as fastexcel guesses it, money as floats, nothing checked, no child."""
    import fastexcel

    reader = fastexcel.read_excel(path)
    for name in reader.sheet_names:
        reader.load_sheet(name).to_polars()


def ours(path: Path) -> None:
    """Gate, limited child, exact types, every finding."""
    from reports.intake import read_invoices
    from reports.sheets import read_book

    read_invoices(read_book(path), until=date(2026, 1, 1))


def child(path: Path) -> None:
    """What the limited child does, here."""
    from dataclasses import asdict

    from reports.gate import Limits
    from reports.parse import work

    work(json.dumps({"format": "xlsx", "name": "", **asdict(Limits())}).encode() + b"\n" + path.read_bytes())


def gate(path: Path) -> None:
    from reports.gate import Limits, check

    check(path.read_bytes(), path.name, Limits())


def seconds(work: Callable[[Path], None], path: Path) -> float:
    start = time.perf_counter()
    work(path)
    return time.perf_counter() - start


def memory(which: str, path: Path) -> float:
    """MiB at the highest of a fresh process that does one part of the work."""
    told = subprocess.run([sys.executable, __file__, str(path), which], capture_output=True, text=True, check=True)
    return float(told.stdout)


def main(path: Path) -> None:
    """One JSON object per figure."""
    bare(path)
    ours(path)
    rounds = [(seconds(ours, path), seconds(bare, path), seconds(gate, path)) for _ in range(ROUNDS)]
    mine, peer, check = map(min, zip(*rounds, strict=True))
    here, inside, beside = (memory(which, path) for which in ("ours", "child", "bare"))
    for figure, value, unit, other in (
        ("import.read.seconds", mine, "s", peer),
        ("import.read.mib", here, "MiB", beside),
        ("import.child.mib", inside, "MiB", beside),
    ):
        numbers = {"value": round(value, 3), "unit": unit, "peer": "fastexcel bare", "peer_value": round(other, 3)}
        print(json.dumps({"figure": figure, **numbers, "ratio": round(value / other, 2)}))
    print(json.dumps({"figure": "import.gate.seconds", "value": round(check, 3), "unit": "s"}))


def highest(which: str, path: Path) -> None:
    {"ours": ours, "child": child, "bare": bare}[which](path)
    status = Path("/proc/self/status").read_text()
    print(int(status.split("VmHWM:")[1].split()[0]) / 1024)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    place = Path(sys.argv[1]) if len(sys.argv) > 1 else REAL
    if len(sys.argv) > 2:
        highest(sys.argv[2], place)
    elif place.exists():
        main(place)
