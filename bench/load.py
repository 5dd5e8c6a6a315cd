"""A busy day on two cores: two hundred people of every role, each opening a page or sending a form every few seconds, for ten minutes.

Firms look around, write needs and hand them in; officers look through lists and accept what was handed in; bank officers read dossiers (each reading a line
of the journal) and ask for papers; members, leaders, auditors and visitors read. A page is timed from the request to its last byte; a write from the button
to the answer. An answer other than the one expected is an error. The process that asks shares the two cores (`load_cpu`).
The zone is the demo zone, whole, with three hundred firms more. YUANRONG_BENCH_SECONDS, YUANRONG_BENCH_FIRMS and YUANRONG_BENCH_ON make it smaller. Bars: page 300 ms, write 500 ms at the 95th percentile, no error.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import secrets
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import quote

HERE = Path(__file__).parents[1]
sys.path.insert(0, str(HERE))

from bench.live import signed_in, tell  # noqa: E402  after the folder is known
from bench.page import on_each  # noqa: E402
from bench.write import Browser  # noqa: E402

SECONDS, FIRMS = (
    float(os.environ.get("YUANRONG_BENCH_SECONDS", "600")),
    int(os.environ.get("YUANRONG_BENCH_FIRMS", "300")),
)
PAUSE = 6.0  # seconds on average between two steps of one person
PEOPLE = {"signatory": 90, "clerk": 20, "banker": 40, "officer": 25, "member": 8, "leader": 5, "auditor": 4, "": 8}
DRAFTS = 40  # each signatory has so many needs that are ready to be handed in
READ = {
    "signatory": ("/", "/my-needs", "/papers", "/policies", "/notices", "/offers", "/consents", "/firm"),
    "clerk": ("/", "/my-needs", "/papers", "/policies", "/notices"),
    "banker": ("/inbox", "/search?q=科技", "/notices", "/my-sessions"),
    "officer": ("/work", "/needs", "/needs?page=20", "/needs?q=科技", "/firms", "/cases", "/matching", "/search?q=瑞源", "/guarantees"),
    "member": ("/meetings", "/guarantees", "/notices"),
    "leader": ("/figures", "/meetings"),
    "auditor": ("/journal", "/journal?act=need.submit", "/guarantees"),
    "": ("/", "/sign-in"),
}  # fmt: skip
NEED = {
    "amount": "80",
    "months": "12",
    "purpose": "working_capital",
    "use": "采购铜材",
    "security": "none",
    "no_broker": "true",
}


@dataclass
class Found:
    """What everybody measured, in milliseconds, and every answer that was not the one expected."""

    pages: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    kinds: dict[str, list[float]] = field(default_factory=dict)
    wrong: Counter[str] = field(default_factory=Counter)


def everybody_of(url: str) -> dict[str, list[tuple[str, list[int]]]]:
    """Two hundred people signed in, by role, with the drafts that are theirs to hand in."""
    from sqlalchemy import select

    from financing.access import Role
    from financing.db import Database
    from financing.parties.model import Bank, Firm
    from tests.makers import a_firm, a_need, a_paper, a_user, writing

    now, found = datetime.now(UTC), {"": [("", [])] * PEOPLE[""]}
    with closing(Database(url)) as database, writing(database) as session:
        firms = [*session.scalars(select(Firm).order_by(Firm.id)), *(a_firm(session) for _ in range(FIRMS))]
        for place, firm in enumerate(firms[-FIRMS:]):
            for turn in range(3):
                a_need(session, firm, number=f"XQ2025-{5_000 + 3 * place + turn}", no_broker=True)
        banks = session.scalars(select(Bank).order_by(Bank.id)).all()
        for role in filter(None, PEOPLE):
            for number in range(PEOPLE[role]):
                firm, bank = firms[number % len(firms)], banks[number % len(banks)]
                owner = {
                    "banker": {"bank_id": bank.id},
                    "signatory": {"firm_id": firm.id},
                    "clerk": {"firm_id": firm.id},
                }.get(role, {})
                user, drafts = a_user(session, Role(role), **owner), []
                if role == "signatory":
                    a_paper(session, firm)
                    drafts = [
                        a_need(session, firm, number=f"XQ-L{number}-{n}", no_broker=True).id for n in range(DRAFTS)
                    ]
                found.setdefault(role, []).append((signed_in(session, user, now), drafts))
    return found


class Person(Browser):
    """One person of a role on one open connection, who reads and now and then writes."""

    def __init__(self, port: int, role: str, sid: str, drafts: list[int], found: Found) -> None:
        super().__init__(port, sid)
        self.role, self.drafts, self.found, self.links = role, drafts, found, list[str]()

    async def lives(self, until: float) -> None:
        await self.open()
        await asyncio.sleep(random.random() * PAUSE)
        while time.perf_counter() < until:
            await random.choices(
                (self.reads, self.follows, WRITES.get(self.role, Person.reads).__get__(self)), (5, 3, 2)
            )[0]()
            await asyncio.sleep(random.expovariate(1 / PAUSE))
        self.writer.close()

    async def reads(self) -> None:
        text = await self.page(random.choice(READ[self.role]))
        main = text.partition("<main")[2]
        self.links = re.findall(r'href="(/(?:needs|cases|dossiers|firms|policies|meetings)/\d+)"', main)[:20]

    async def follows(self) -> None:
        """Something of the list that is on the screen."""
        await (self.page(random.choice(self.links)) if self.links else self.reads())

    async def page(self, path: str, expected: tuple[int, ...] = (200, 303)) -> str:
        return await self._timed(self.found.pages, expected, "GET", path)

    async def sends(self, path: str, page: str, fields: dict[str, str], expected: tuple[int, ...] = (303,)) -> str:
        """The form as it stands on the page, filled in."""
        csrf = re.search(r'name="csrf" value="([^"]*)"', page)
        if csrf is None:
            return page  # somebody else was quicker: no button
        form = {"csrf": csrf[1], "once": secrets.token_urlsafe(18)} | fields
        return await self._timed(self.found.writes, expected, "POST", path, form)

    async def _timed(
        self, took: list[float], expected: tuple[int, ...], method: str, path: str, form: dict[str, str] | None = None
    ) -> str:
        start = time.perf_counter()
        try:
            status, text = await self.asks(method, quote(path, safe="/?=&."), form)
        except (
            asyncio.IncompleteReadError,
            ConnectionError,
        ):  # a line that was silent for long is closed: a browser opens another one
            await self.open()
            status, text = await self.asks(method, quote(path, safe="/?=&."), form)
        spent = 1_000 * (time.perf_counter() - start)
        took.append(spent)
        kind = re.sub(r"\d{4,}", "{key}", path)
        self.found.kinds.setdefault(kind, []).append(spent)
        if status not in expected:
            self.found.wrong[f"{self.role} {kind} {status}"] += 1
        return text

    # --- what they write -------------------------------------------------------------------------------------------
    async def hands_in(self) -> None:
        """A need that was ready, or a new one typed in."""
        if self.drafts and random.random() < 0.5:
            need = self.drafts.pop()
            page = await self.page(f"/needs/{need}/check")
            await self.sends(f"/needs/{need}/submit", page, {"promises": "yes"})
        else:
            await self.drafts_one()

    async def drafts_one(self) -> None:
        page = await self.page("/needs/new")
        latest = re.search(r'min="(\d{4}-\d\d-\d\d)"', page)
        await self.sends("/needs/new", page, NEED | {"latest": latest[1] if latest else "2027-11-30"})

    async def accepts(self) -> None:
        """The first but a few of those that wait; a colleague may have been quicker, which is an answer too."""
        listed = await self.page("/needs?status=submitted")
        waiting = re.findall(r'href="(/needs/\d+)"', listed.partition("<main")[2])
        if waiting:
            path = random.choice(waiting)
            page = await self.page(path)
            if f'{path}/accept"' in page:
                await self.sends(f"{path}/accept", page, {}, (303, 409, 422))

    async def asks_for_more(self) -> None:
        """A dossier of one's own bank is read again: the line in the journal is written before its first byte."""
        inbox = await self.page("/inbox")
        dossiers = re.findall(r'href="(/dossiers/\d+)"', inbox)
        if dossiers:
            await self._timed(self.found.writes, (200,), "GET", random.choice(dossiers))


WRITES: dict[str, Callable[[Person], Awaitable[None]]] = {
    "signatory": Person.hands_in, "clerk": Person.drafts_one, "officer": Person.accepts, "banker": Person.asks_for_more,
}  # fmt: skip


async def crowd(port: int, people: dict[str, list[tuple[str, list[int]]]], seconds: float) -> Found:
    found, until = Found(), time.perf_counter() + seconds
    everybody = [Person(port, role, sid, list(drafts), found) for role, some in people.items() for sid, drafts in some]
    await asyncio.gather(*(one.lives(until) for one in everybody))
    return found


def measured(folder: Path, url: str, database: str) -> None:
    from tests.served import Installation

    site = Installation(folder, url, LOG_LEVEL="ERROR", WORKERS=2 if database == "postgresql" else 1)
    site.runs("migrate")
    site.runs("demo")
    people = everybody_of(url)
    site.start()
    try:
        asyncio.run(
            crowd(site.port, {role: [(sid, []) for sid, _ in some] for role, some in people.items()}, 10)
        )  # the first ones compile templates
        start, cpu = time.perf_counter(), time.process_time()
        found = asyncio.run(crowd(site.port, people, SECONDS))
        share = (time.process_time() - cpu) / (time.perf_counter() - start)
    finally:
        site.stop()
    said(
        found,
        database=database,
        people=sum(PEOPLE.values()),
        seconds=SECONDS,
        pause_s=PAUSE,
        firms=FIRMS,
        load_cpu=round(share, 2),
    )


def said(found: Found, **about: Any) -> None:
    slow = sorted(
        ((round(quantiles(took, n=20)[-1]), kind) for kind, took in found.kinds.items() if len(took) > 20), reverse=True
    )[:4]
    for name, took, bar in (("page", found.pages, 300), ("write", found.writes, 500)):
        tell(f"load.{name}.p95_ms", quantiles(took, n=20)[-1], "ms", bar=bar, median_ms=round(median(took), 1), worst_ms=round(max(took)),
             count=len(took), **about)  # fmt: skip
    tell(
        "load.errors",
        sum(found.wrong.values()),
        "answers",
        bar=0,
        which=dict(found.wrong.most_common(5)),
        slowest=slow,
        database=about["database"],
    )


if __name__ == "__main__":
    on_each(measured)
