"""The rehearsal on the real workbook: import into the database, the whole command with its memory.

Takes the workbook's path, or looks for it beside the checkout; prints nothing where it is absent. Memory is the highest sum
of proportional set sizes over the command and its children, looked at every 50 ms.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

REAL = Path(__file__).parents[2] / "shared/data/cumcm2020c/附件1_61家有信贷记录企业.xlsx"
GIB = 1 << 20  # KiB


def tell(figure: str, value: float, unit: str, **peer: object) -> None:
    print(json.dumps({"figure": figure, "value": round(value, 3), "unit": unit, **peer}))


@contextmanager
def stage_at(path: Path, folder: str) -> Iterator[tuple[object, object, date]]:
    """A fresh database with its cast, and the workbook read."""
    from financing.db import Database
    from financing.migrations import upgrade
    from reports.intake import read_invoices
    from reports.sheets import read_book
    from web.stage.cast import engage
    from web.stage.rehearsal import ZONE, stage_day
    from web.stage.road import Stage, at

    url = f"sqlite:///{folder}/{time.monotonic_ns()}.db"
    upgrade(url)
    with closing(Database(url)) as database:
        read = read_invoices(read_book(path), until=date(2026, 1, 1))
        day = stage_day(read)
        stage = Stage(database, engage(database, at(read.last_day), day), ZONE, at(day, 16))
        yield stage, read, day


def imported(path: Path, folder: str) -> float:
    """Seconds from the file to rows in the database."""
    from web.stage.codes import stage_code
    from web.stage.road import at

    with stage_at(path, folder) as (stage, read, _):
        actors = {
            firm: stage.enter(at(read.last_day), stage_code(n), firm, firm) for n, firm in enumerate(read.firms["firm"])
        }
        start = time.perf_counter()
        again(path)
        for (firm,), frame in read.invoices.partition_by("firm", as_dict=True).items():
            stage.keep_invoices(at(read.last_day), actors[firm], "发票明细.xlsx", frame)
        return time.perf_counter() - start


def again(path: Path) -> None:
    from reports.intake import read_invoices
    from reports.sheets import read_book

    read_invoices(read_book(path), until=date(2026, 1, 1))


def bare(path: Path) -> float:
    import fastexcel

    start = time.perf_counter()
    reader = fastexcel.read_excel(path)
    for name in reader.sheet_names:
        reader.load_sheet(name).to_polars()
    return time.perf_counter() - start


def whole(path: Path, folder: str) -> tuple[float, float]:
    """Seconds and GiB of the command as a person runs it."""
    command = [sys.executable, "-m", "web.command", "rehearse", str(path), "--out", f"{folder}/out"]
    start, highest = time.perf_counter(), 0
    with subprocess.Popen(
        command, cwd=Path(__file__).parents[1], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as run:
        while run.poll() is None:
            highest = max(highest, sum(map(held, family(run.pid))))
            time.sleep(0.05)
    if run.returncode:
        sys.exit(f"rehearse ended with {run.returncode}")
    return time.perf_counter() - start, highest / GIB


def family(pid: int) -> list[int]:
    """A process and all its descendants."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(inner for child in children for inner in family(int(child)))]


def held(pid: int) -> int:
    """KiB that the process holds, shared pages divided among those who share them."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def main(path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        bare(path)
        mine, peer = min(imported(path, folder) for _ in range(3)), min(bare(path) for _ in range(3))
        tell(
            "import.workbook.seconds",
            mine,
            "s",
            peer="fastexcel bare",
            peer_value=round(peer, 3),
            ratio=round(mine / peer, 2),
        )
        seconds, gib = whole(path, folder)
        tell("rehearse.seconds", seconds, "s")
        tell("rehearse.gib", gib, "GiB")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    place = Path(sys.argv[1]) if len(sys.argv) > 1 else REAL
    if place.exists():
        main(place)
