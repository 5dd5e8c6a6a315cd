"""Two server processes against one, on one PostgreSQL: the same readers ask both in turn, without a pause; the ratio of pages a second.

Background work is apart, as in a big zone, so that pages alone are measured. Every page asked for is another one (list pages by number, of several
people), for a page given again would cost nothing on either side. The asking process (`load_cpu`) and the database need cores of their own: `ceiling` is
how many times as much the machine has as one server process keeps busy with them, beyond which no number of processes comes. The machine has to be
idle otherwise; the bar is 1.7. YUANRONG_BENCH_FIRMS=300 makes a smaller zone.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.served import Installation

HERE = Path(__file__).parents[1]
sys.path.insert(0, str(HERE))
CLIENTS, ROUNDS, BAR = 24, 3, 1.7
SECONDS = float(os.environ.get("YUANRONG_BENCH_SECONDS", "8"))
LISTS = ("/needs?page={}", "/firms?page={}", "/cases?page={}")


def busy() -> float:
    """Seconds that all cores together have worked since the machine started."""
    user, nice, system, _idle, _waiting, *others = (
        Path("/proc/stat").read_text(encoding="ascii").split("\n")[0].split()[1:]
    )
    return sum(map(int, (user, nice, system, *others[:2]))) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(folder: Path, url: str, workers: int) -> Iterator[Installation]:
    """A site of so many processes, background work apart."""
    from tests.served import Installation

    folder.mkdir()
    site = Installation(folder, url, LOG_LEVEL="ERROR", WORKERS=workers, WORK_APART=True)
    try:
        site.start()
        yield site
    finally:
        site.stop()


def main() -> None:
    from bench.page import asked, filled, tell
    from tests.postgres import running

    firms = int(os.environ.get("YUANRONG_BENCH_FIRMS", "2000"))
    with ExitStack() as up:
        folder = Path(up.enter_context(tempfile.TemporaryDirectory()))
        server = up.enter_context(running())
        url = server.url(server.clone())
        tokens = filled(url, firms)["officer"]
        last = max(2, min(200, firms // 40))
        pages = [[one.format(number), sid] for number in range(1, last) for one in LISTS for sid in tokens]
        sites = {workers: up.enter_context(served(folder / str(workers), url, workers)) for workers in (1, 2)}
        for site in sites.values():
            asked(site.port, {"lists": pages}, clients=CLIENTS, pause=0, seconds=2)  # templates and statements
        rates: dict[int, list[float]] = {1: [], 2: []}
        load, worked = 0.0, []
        for _ in range(ROUNDS):
            for workers, site in sites.items():
                before = busy()
                found = asked(site.port, {"lists": pages}, clients=CLIENTS, pause=0, seconds=SECONDS)
                worked += [(busy() - before) / SECONDS] if workers == 1 else []
                rates[workers].append(len(found["pages"]["lists"]) / SECONDS)
                load = max(load, found["cpu"])
        one, two = median(rates[1]), median(rates[2])
        tell(
            "web.scale.2",
            two / one,
            "ratio",
            bar=BAR,
            one=round(one, 1),
            two=round(two, 1),
            ceiling=round((os.cpu_count() or 1) / median(worked), 2),
            clients=CLIENTS,
            load_cpu=load,
            firms=firms,
        )


if __name__ == "__main__":
    main()
