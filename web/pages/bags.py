"""A bank's dossiers in one archive: what waits in its inbox, or what it talks about at a session."""

from __future__ import annotations

from collections.abc import Iterator

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing.desk import Desk
from financing.forums.model import BankTable, ForumSession
from financing.matching import views
from financing.matching.model import Dossier, Match
from financing.refusals import NotFound
from web.bundle import Wanted, answer, for_bank, of_table
from web.page import Answer, Page, get
from web.pages.dossiers import MOST, OPEN


class BagPages(Controller):
    @get("/inbox/dossiers", name="inbox.bundle")
    def waiting(self, request: Page, part: FromQuery[int] = 1) -> Answer:
        part = max(1, part)
        with request.desk(write=True) as desk:
            bag = for_bank(request, desk, f"inbox-{desk.today}-{part:02d}", _waiting(desk, part))
        return answer(request, bag)

    @get("/sessions/{key:int}/dossiers", name="session.dossiers")
    def of_session(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=True) as desk:
            session = desk.get(ForumSession, key)
            table = desk.find(BankTable, BankTable.session_id == key, BankTable.bank_id == desk.actor.bank_id)
            if table is None:
                raise NotFound(kind=ForumSession.__name__)
            bag = for_bank(request, desk, f"{session.number}-{table.place:02d}", of_table(desk, table))
        return answer(request, bag)


def _waiting(desk: Desk, part: int) -> Iterator[Wanted]:
    """What the bank has to answer, soonest first."""
    found = views.inbox(desk, OPEN, page=part, size=MOST)
    if found.page != part:
        return  # a part beyond the last one is empty, not the last one again
    for n, row in enumerate(found.rows, 1 + MOST * (part - 1)):
        yield Wanted(f"{n:03d}-{row.number}.pdf", desk.get(Dossier, row.dossier_id), desk.get(Match, row.id))
