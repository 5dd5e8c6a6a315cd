"""Needs handed in through the product's own server: form, one-time token, journal, clock, promised papers and messages, each durable when answered.

Thirty-two people on open connections hand in one need after the other without a pause. Afterwards the database is asked: every answer
has its line in the journal and its clock, none twice. SQLite is one process; PostgreSQL has four.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode

HERE = Path(__file__).parents[1]
sys.path.insert(0, str(HERE))

from bench.live import signed_in, tell  # noqa: E402  after the folder is known
from bench.page import on_each  # noqa: E402

CLIENTS, EACH, WORKERS = 32, int(os.environ.get("YUANRONG_BENCH_EACH", "25")), {"sqlite": 1, "postgresql": 4}


def laid_out(url: str) -> dict[str, list[int]]:
    """So many firms with a paper on file, each with drafts ready to be handed in, by the sign-in of their signatory."""
    from financing.access import Role
    from financing.db import Database
    from tests.makers import a_firm, a_need, a_paper, a_user, writing

    now, found = datetime.now(UTC), {}
    with closing(Database(url)) as database, writing(database) as session:
        for client in range(CLIENTS):
            firm = a_firm(session)
            a_paper(session, firm)
            sid = signed_in(session, a_user(session, Role.SIGNATORY, firm_id=firm.id), now)
            numbers = range(client * EACH, (client + 1) * EACH)
            found[sid] = [a_need(session, firm, number=f"XQ2026-{5_000 + n}", no_broker=True).id for n in numbers]
    return found


class Browser:
    """One person on one open connection."""

    def __init__(self, port: int, sid: str) -> None:
        self.port, self.sid, self.csrf = port, sid, ""
        self.took: list[float] = []

    async def open(self) -> None:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)

    async def asks(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        body = urlencode(form or {}).encode()
        head = [f"{method} {path} HTTP/1.1", f"host: 127.0.0.1:{self.port}", f"cookie: sid={self.sid}"]
        if form:
            head += ["content-type: application/x-www-form-urlencoded", f"content-length: {len(body)}",
                     f"origin: http://127.0.0.1:{self.port}", "sec-fetch-site: same-origin"]  # fmt: skip
        self.writer.write("\r\n".join([*head, "", ""]).encode() + body)
        said = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = re.search(r"content-length: (\d+)", said, re.IGNORECASE)
        text = await self.reader.readexactly(int(length[1])) if length else b""
        return int(said.split()[1]), text.decode(errors="replace")

    async def hands_in(self, needs: list[int]) -> None:
        for number, need in enumerate(needs):
            form = {"csrf": self.csrf, "once": f"{self.sid[:20]}{number:04d}", "promises": "yes"}
            start = time.perf_counter()
            status, text = await self.asks("POST", f"/needs/{need}/submit", form)
            self.took.append(time.perf_counter() - start)
            if status != 303:
                raise SystemExit(f"{status}: {re.sub('<[^>]+>', ' ', text)[:2000]}")


async def everybody(port: int, drafts: dict[str, list[int]]) -> tuple[float, list[float]]:
    """Submits a second, and how long each took."""
    people = [Browser(port, sid) for sid in drafts]
    for one in people:
        await one.open()
        _status, page = await one.asks("GET", f"/needs/{drafts[one.sid][0]}/check")
        one.csrf = re.findall(r'name="csrf" value="([^"]*)"', page)[0]
    start = time.perf_counter()
    await asyncio.gather(*(one.hands_in(drafts[one.sid]) for one in people))
    took = [second for one in people for second in one.took]
    return len(took) / (time.perf_counter() - start), took


def kept(url: str) -> list[int]:
    """Lines of the journal, needs they are about, clocks that run."""
    from sqlalchemy import text

    from financing.db import Database

    counts = (
        "SELECT count(*) FROM journal WHERE act = 'need.submit'",
        "SELECT count(DISTINCT subject_id) FROM journal WHERE act = 'need.submit'",
        "SELECT count(*) FROM need WHERE state = 'submitted' AND due_on IS NOT NULL",
    )
    with closing(Database(url)) as database, database.reader.connect() as connection:
        return [connection.execute(text(one)).scalar_one() for one in counts]


def measured(folder: Path, url: str, database: str) -> None:
    from financing.migrations import upgrade
    from tests.served import Installation

    upgrade(url)
    drafts = laid_out(url)
    site = Installation(folder, url, LOG_LEVEL="ERROR", WORKERS=WORKERS[database])
    site.start()
    try:
        rate, took = asyncio.run(everybody(site.port, drafts))
    finally:
        site.stop()
    if kept(url) != [len(took)] * 3:
        raise ValueError(f"{len(took)} answered, kept {kept(url)}")
    p95 = round(1_000 * quantiles(took, n=20)[-1], 1)
    tell(
        "write.submit.per_second", rate, "submits/s", database=database, clients=CLIENTS, submits=len(took), p95_ms=p95
    )


if __name__ == "__main__":
    on_each(measured)
