"""The file of duty done (尽职免责材料) on its way out: a cover, the pieces, the papers, and the digests of all, in one archive."""

from __future__ import annotations

from collections.abc import Iterator

from litestar import Controller
from litestar.params import FromPath

from financing.acts import Act
from financing.compensation import duty
from financing.compensation.duty import DutyFile
from financing.guarantees.model import GuaranteeCase
from financing.matching.model import Dossier
from financing.offers.model import Offer
from financing.papers import store
from reports.bundle import Archive
from reports.duty import cover
from web.forms import Form
from web.page import Answer, Page, post
from web.pages.guarantees import CasePages
from web.streaming import guarded, streamed

COVER = "index.pdf"


class DutyPages(Controller):
    @post("/cases/{key:int}/duty", name=Act.TAKE_CASE_FILE, page=CasePages.show)
    def of_case(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        with request.desk(claim=False) as desk:
            made = duty.of_case(desk, desk.get(GuaranteeCase, key))
        return _sent(request, made)

    @post("/offers/{key:int}/duty", name=Act.TAKE_OFFER_FILE)
    def of_offer(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        with request.desk(claim=False) as desk:
            made = duty.of_offer(desk, desk.get(Offer, key))
        return _sent(request, made)


def _sent(request: Page, made: DutyFile) -> Answer:
    """The archive piece by piece; papers are read once before, so that a damaged one is a refusal and not half a file."""
    settings = request.app.state.settings
    for part in made.parts:
        if part.paper is not None:
            store.read(settings.uploads, part.paper)
    front = request.press(cover(made, settings.zone_name, request.lang))
    pieces = guarded(_pieces(request, made, front), lambda: _readable(request, made))
    return streamed(request, pieces, f"{made.number}-{made.holder.value}.zip", "application/zip")


def _pieces(request: Page, made: DutyFile, front: bytes) -> Iterator[bytes]:
    archive = Archive()
    yield archive.add(COVER, front)
    for part in made.parts:
        content = store.read(request.app.state.settings.uploads, part.paper) if part.paper is not None else part.content
        yield archive.add(part.name, content)
    yield archive.close()


def _readable(request: Page, made: DutyFile) -> bool:
    """Whether everything inside may still leave: a firm's consent that has ended meanwhile cuts the file off (I-10)."""
    if made.dossier_id is None:
        return True
    with request.desk(write=False) as desk:
        return desk.find(Dossier, Dossier.id == made.dossier_id) is not None
