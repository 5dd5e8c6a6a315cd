"""Dossiers on paper: how many a second on two cores, what one costs beside plain WeasyPrint, how large it is.

The peer lays out the same HTML by a bare `write_pdf`, the style sheet inside it and the whole faces installed. Processor
seconds are compared paper by paper in turn, so that a busy machine does both the same harm.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable, Iterable
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


def plain(job: Job) -> bytes:
    """The peer: nothing kept from one paper to the next."""
    from weasyprint import HTML

    from reports.layout import PRINT, desk

    style = (PRINT / "print.css").read_text("utf-8")
    html = job.html.replace("</head>", f"<style>{style}</style></head>")
    for family in ("Sans", "Serif"):
        html = html.replace(f'"Noto {family} CJK SC Common", ', "").replace(f"Noto {family} CJK SC Common, ", "")
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


def main() -> None:
    made = jobs()
    ours(made[0]), plain(made[0])
    pairs = [(processor(lambda: ours(job)), processor(lambda: plain(job))) for job in made[: PAPERS // 2]]  # noqa: B023
    mine, peer = (median(costs) for costs in zip(*pairs, strict=True))
    page = {"peer": "plain write_pdf", "peer_value": round(peer, 3), "ratio": round(peer / mine, 2)}
    tell("dossier.cpu.seconds", mine, "s", **page)
    tell("dossier.ratio_plain", peer / mine, "×")
    tell("dossier.kib", median(len(ours(job)) for job in made) / 1024, "KiB")
    tell("dossier.html.cpu.seconds", processor(jobs) / PAPERS, "s")
    rounds = [(per_second(2), per_second(1)) for _ in range(ROUNDS)]
    two, one = (max(speeds) for speeds in zip(*rounds, strict=True))
    tell("dossier.per_second", two, "1/s", peer="one process", peer_value=round(one, 3), ratio=round(two / one, 2))
    tell("dossier.pool.ratio", two / one, "×")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    main()
