"""The auditor's pages: search the journal, take it away whole, check its chain."""

from __future__ import annotations

from datetime import date

from litestar import Controller
from litestar.params import FromQuery

from financing import journal_views
from financing.acts import Act
from financing.journal_views import Wanted
from web.page import Answer, Page, get, post

LONGEST, LONGEST_CODE = 20, 40


class JournalPages(Controller):
    path = "/journal"

    @get("/", name="journal", unmoved=True)
    def journal(
        self,
        request: Page,
        act: FromQuery[str] = "",
        number: FromQuery[str] = "",
        since: FromQuery[str] = "",
        until: FromQuery[str] = "",
        page: FromQuery[int] = 1,
    ) -> Answer:
        wanted = Wanted(_act(act), number.strip()[:LONGEST], _day(since), _day(until))
        with request.desk() as desk:
            found = journal_views.search(desk, wanted, page)
            sealed = journal_views.checkpoints(desk, 1)
        return request.show("journal/list.html", found=found, wanted=wanted, sealed=sealed, acts=Act, act=Act)

    @get("/check", name="journal.check")
    def check(self, request: Page) -> Answer:
        with request.desk() as desk:
            verdict = journal_views.verify(desk)
        return request.show("journal/check.html", verdict=verdict, act=Act)

    @get("/checkpoints", name="journal.checkpoints")
    def checkpoints(self, request: Page, code: FromQuery[str] = "") -> Answer:
        asked = code.strip()[:LONGEST_CODE]
        with request.desk(write=False) as desk:
            newest = journal_views.checkpoints(desk)
            told = journal_views.told_by(desk, asked) if asked else None
        return request.show("journal/checkpoints.html", newest=newest, told=told, asked=asked)

    @post("/export", name=Act.READ_JOURNAL)
    def export(self, request: Page) -> Answer:
        with request.desk(claim=False) as desk:
            text = journal_views.taken_out(desk)
            name = f"journal-{desk.today}.jsonl"
        return request.download(text.encode(), name, "application/x-ndjson")


def _act(word: str) -> Act | None:
    return Act(word) if word in set(Act) else None


def _day(text: str) -> date | None:
    """A day from the address; whatever is no day is not asked."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
