"""100,000 firms from a workbook to the database, on SQLite: the gate, the limited child, the dry run in turns, and the one stroke of the yes.

Seconds in all and seconds for which the writer's lock was held at the longest, while another person's page is asked for all the time;
its slowest answer stands beside. Nothing installed does the same, there is no peer.
"""

from __future__ import annotations

import json
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


def a_book(rows: int) -> bytes:
    """A workbook as the template asks, every firm another one."""
    import xlsxwriter
    from stdnum.cn import uscc

    from reports.import_kinds import FIRMS

    sink = BytesIO()
    book = xlsxwriter.Workbook(sink, {"in_memory": True, "strings_to_numbers": False})
    page = book.add_worksheet(FIRMS.sheet)
    for at, one in enumerate(FIRMS.fields):
        page.write_string(0, at, one.head)
    for row in range(1, rows + 1):
        body = f"91361100{row:09d}"
        told = (
            body + uscc.calc_check_digit(body), f"示范铜材第{row}有限公司", "3340", "高新园区", f"工业大道 {row} 号",
            date(2015, 3, 1), "张明", "李芳", "13800000000", row % 900, row % 9_000, 1_200.5,
        )  # fmt: skip
        for at, value in enumerate(told):
            if isinstance(value, int | float):
                page.write_number(row, at, value)
            else:
                page.write_string(row, at, str(value))
    book.close()
    return sink.getvalue()


class Watched:
    """The fair lock, timed: how long each turn was."""

    def __init__(self, database: Any) -> None:
        self.turns: list[float] = []
        self._turn = database.turn
        database.turn = self.turn

    @contextmanager
    def turn(self) -> Iterator[None]:
        with self._turn():
            start = time.perf_counter()
            yield
            self.turns.append(time.perf_counter() - start)


def asking(database: Any, stop: threading.Event, took: list[float]) -> None:
    """Another person: reads the list of firms and writes a line, again and again."""
    from financing import desk
    from financing.access import SYSTEM, Actor, Role
    from financing.acts import Act
    from financing.parties import views

    officer = Actor(7, Role.OFFICER, name="李")
    while not stop.wait(0.05):
        start = time.perf_counter()
        with desk.opened(database, officer, NOW, write=False) as here:
            views.firms(here)
        with desk.opened(database, SYSTEM, NOW) as here:
            here.note(Act.FILL_DEMO, officer)
        took.append(time.perf_counter() - start)


def brought_in(database: Any, folder: Path, content: bytes) -> tuple[float, float]:
    """Seconds until all rows were checked, and until they were on file."""
    from financing import desk
    from financing.access import Actor, Role
    from financing.imports import service
    from financing.imports.model import Import
    from financing.imports.rules import ImportKind, ImportState
    from financing.papers import store
    from reports.gate import Limits
    from web.importing import Importer

    officer, uploads = Actor(1, Role.OFFICER, name="王"), folder / "uploads"
    start = time.perf_counter()
    with store.keeping(uploads, content) as kept, desk.opened(database, officer, NOW) as here:
        file = {"name": "企业.xlsx", "size": kept.size, "sha256": kept.sha256, "stored": kept.stored}
        job = service.begin(here, ImportKind.FIRMS, **file)
    Importer(database, uploads, Limits(), lambda: NOW).run()
    checked = time.perf_counter() - start
    with desk.opened(database, officer, NOW) as here:
        service.confirm(here, here.get(Import, job.id))
    whole = time.perf_counter() - start
    with desk.opened(database, officer, NOW, write=False) as here:
        done = here.get(Import, job.id)
        assert (done.state, done.added) == (ImportState.DONE, ROWS), (done.state, done.why, done.why_facts)
    return checked, whole


def main() -> None:
    from financing.db import Database
    from financing.migrations import upgrade

    content = a_book(ROWS)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/zone.db"
        upgrade(url)
        with closing(Database(url)) as database:
            lock, stop, took = Watched(database), threading.Event(), list[float]()
            other = threading.Thread(target=asking, args=(database, stop, took))
            other.start()
            try:
                checked, whole = brought_in(database, Path(folder), content)
            finally:
                stop.set()
                other.join()
    size = f"{len(content) / 2**20:.1f} MiB"
    for figure, value in (
        ("import.firms.100k.seconds", whole), ("import.firms.100k.checked", checked), ("import.firms.100k.locked", max(lock.turns)),
        ("import.firms.100k.others", max(took)),
    ):  # fmt: skip
        print(json.dumps({"figure": figure, "value": round(value, 3), "unit": "s", "rows": ROWS, "file": size}))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    main()
