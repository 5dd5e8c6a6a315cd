"""Dossiers on paper: how many a second on two cores, what one costs beside plain WeasyPrint, how large it is.

The peer lays out the same HTML by a bare `write_pdf`, the style sheet inside it and the whole faces installed. Processor
seconds are compared paper by paper in turn, so that a busy machine does both the same harm. Chromium is a warm one that
prints the same HTML; its seconds are those of all its processes.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from financing.matching.snapshot import Snapshot
    from reports.pdf import Job

PAPERS = 24
ROUNDS = 3
SIDES = ("customers", "suppliers")
SWEEPS = gc.get_threshold()


def tell(figure: str, value: float, unit: str, **peer: object) -> None:
    print(json.dumps({"figure": figure, "value": round(value, 3), "unit": unit, **peer}))


def snapshots() -> Iterable[Snapshot]:
    """Firms known by their invoices and firms with statements in turn, no two alike."""
    from tests.reports.samples import BY_INVOICES, DOSSIER, changed

    for number in range(PAPERS):
        sample = (BY_INVOICES, DOSSIER)[number % 2]
        months = tuple(changed(month, sales=month.sales + number) for month in sample.business.months)
        sides = {
            side: tuple(changed(one, name=f"{one.name}{number}") for one in getattr(sample.business, side))
            for side in SIDES
        }
        yield changed(sample, number=f"DA2026-{number:04d}", business=changed(sample.business, months=months, **sides))


def jobs() -> list[Job]:
    """The printing jobs with their charts drawn anew, as a day at the office makes them."""
    from reports.charts import picture
    from reports.dossier import dossier

    picture.cache_clear()
    return [dossier(snapshot) for snapshot in snapshots()]


def processor(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def alone(job: Job) -> str:
    """The same HTML with its style sheet inside it and the whole faces."""
    from reports.layout import PRINT

    style = (PRINT / "print.css").read_text("utf-8")
    html = job.html.replace("</head>", f"<style>{style}</style></head>")
    for family in ("Sans", "Serif"):
        html = html.replace(f'"Noto {family} CJK SC Common", ', "").replace(f"Noto {family} CJK SC Common, ", "")
    return html


def plain(job: Job) -> bytes:
    """The peer: nothing kept from one paper to the next."""
    from weasyprint import HTML

    from reports.layout import desk

    html = alone(job)
    kept = gc.get_threshold()
    gc.set_threshold(*SWEEPS)  # as Python has it: sweeping seldom is our doing
    paper: bytes = HTML(string=html, url_fetcher=desk()[0]).write_pdf()
    gc.set_threshold(*kept)
    return paper


def ours(job: Job) -> bytes:
    from reports.layout import render

    return render(job.html, identifier=job.identifier, archive=job.archive, attachments=job.attachments)


def per_second(workers: int) -> float:
    """From snapshots to papers on a warm press, charts and pages included."""
    from reports.pdf import Press

    with Press(workers) as press:
        list(press.print(jobs()[: 2 * workers]))
        start = time.perf_counter()
        list(press.print(jobs()))
        return PAPERS / (time.perf_counter() - start)


@contextmanager
def chromium() -> Iterator[Callable[[Job], float]]:
    """A warm Chromium; processor seconds of all its processes for one paper."""
    from playwright.sync_api import sync_playwright

    from tests.browser import chromium_path

    with sync_playwright() as play:
        arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
        with play.chromium.launch(executable_path=chromium_path(), args=arguments) as browser:
            page = browser.new_page()

            def costs(job: Job) -> float:
                before = burnt()
                page.set_content(alone(job))
                page.pdf(format="A4")
                return burnt() - before

            yield costs


def burnt() -> float:
    """Processor seconds so far of every browser process below this one."""
    below, found = {os.getpid()}, 0.0
    for number, name, told in sorted(running()):
        if int(told[1]) in below:
            below.add(number)
            found += sum(map(int, told[11:13])) if name.startswith(b"chrom") else 0
    return found / os.sysconf("SC_CLK_TCK")


def running() -> Iterator[tuple[int, bytes, list[bytes]]]:
    """Number, name and figures of every process; one that ends while it is read is left out."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            head, _, tail = path.read_bytes().rpartition(b")")
            yield int(head.split()[0]), head.partition(b"(")[2], tail.split()


def main() -> None:
    made = jobs()
    ours(made[0]), plain(made[0])
    pairs = [(processor(lambda: ours(job)), processor(lambda: plain(job))) for job in made[: PAPERS // 2]]  # noqa: B023
    mine, peer = (median(costs) for costs in zip(*pairs, strict=True))
    page = {"peer": "plain write_pdf", "peer_value": round(peer, 3), "ratio": round(peer / mine, 2)}
    tell("dossier.cpu.seconds", mine, "s", **page)
    tell("dossier.ratio_plain", peer / mine, "×")
    with chromium() as browser:
        browser(made[0])
        rival = median(browser(job) for job in made[: PAPERS // 2])
    tell("dossier.ratio_chromium", mine / rival, "×", peer="warm Chromium, CPU", peer_value=round(rival, 3))
    tell("dossier.kib", median(len(ours(job)) for job in made) / 1024, "KiB")
    tell("dossier.html.cpu.seconds", processor(jobs) / PAPERS, "s")
    rounds = [(per_second(2), per_second(1)) for _ in range(ROUNDS)]
    two, one = (max(speeds) for speeds in zip(*rounds, strict=True))
    tell("dossier.per_second", two, "1/s", peer="one process", peer_value=round(one, 3), ratio=round(two / one, 2))
    tell("dossier.pool.ratio", two / one, "×")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    main()
