"""What lies on a bank's table (会务档案袋): the session's pack and a numbered copy of every dossier it talks about, in one archive."""

from __future__ import annotations

import io
import zipfile

from financing.desk import Desk
from financing.forums.model import BankTable, ForumSession, Talk
from financing.matching import viewing
from financing.matching.model import Dossier, Match
from financing.matching.service import effective
from financing.refusals import NotFound
from reports import dossier as paper
from reports.pdf import Job
from reports.session import session as pack
from web.page import Page
from web.pages.dossiers import stamp
from web.session_pack import programme_of


def jobs(request: Page, desk: Desk, session: ForumSession, place: int) -> dict[str, Job]:
    """The papers by their names in the archive; every copy is on record for its firm before it is printed (I-11)."""
    table = desk.find(BankTable, BankTable.session_id == session.id, BankTable.place == place)
    if table is None:
        raise NotFound(kind=BankTable.__name__)
    settings = request.app.state.settings
    view = programme_of(desk, session, settings.zone_name, site=settings.site)
    found = {f"{session.number}.pdf": pack(view, request.lang)}
    for talk in desk.all(Talk, Talk.session_id == session.id, Talk.bank_id == table.bank_id, by=Talk.round):
        match = desk.get(Match, talk.match_id)
        dossier = desk.find(Dossier, Dossier.need_id == match.need_id)
        if dossier is not None and effective(desk, match) is not None:
            copy = viewing.copy_for(desk, dossier, match)
            job = paper.dossier(copy.snapshot, stamp(request, copy), request.lang)
            found[f"{talk.round:02d}-{dossier.number}.pdf"] = job
    return found


def archive(request: Page, papers: dict[str, Job]) -> bytes:
    """The papers printed one after the other, as one file."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as bag:
        for name, job in papers.items():
            bag.writestr(name, request.press(job))
    return whole.getvalue()
