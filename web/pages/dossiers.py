"""Dossiers: the bank's inbox, and reading or downloading one; every reading is on record before anything leaves."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing.access import BANK, FIRM
from financing.acts import Act
from financing.desk import Desk
from financing.letters.model import Guarantee
from financing.matching import checking, viewing, views
from financing.matching.model import Dossier, Match
from financing.matching.rules import MatchState, Part, open_to_bank
from financing.matching.service import effective
from financing.offers import asks, releases
from financing.offers import views as offers
from financing.offers.ask_model import ItemAsk
from financing.offers.claim_model import Claim
from financing.parties import permits, rights
from financing.personal import views as personal
from financing.refusals import NotFound
from reports import dossier as paper
from web.page import Answer, Page, get
from web.places import address
from web.score_words import item_word
from web.streaming import guarded, streamed

PAGE = 20
#: Dossiers in one archive: a minute of printing; what is beyond comes in the next part.
MOST = 60
OPEN = (MatchState.SENT, MatchState.OFFERED)
ANSWERED = (MatchState.CHOSEN, MatchState.DECLINED, MatchState.PASSED_OVER)


class DossierPages(Controller):
    @get("/inbox", name="inbox", unmoved=True)
    def inbox(self, request: Page, answered: FromQuery[str] = "", page: FromQuery[int] = 1) -> Answer:
        with request.desk() as desk:
            found = views.inbox(desk, ANSWERED if answered else OPEN, page=page, size=PAGE)
            pauses = asks.pauses(desk, *(row.id for row in found.rows))
        return request.show(
            "matching/inbox.html", found=found, pauses=pauses, answered=bool(answered), parts=-(-found.total // MOST),
            act=Act,
        )  # fmt: skip

    @get("/dossiers/{key:int}", name=Act.OPEN_DOSSIER)
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=True) as desk:
            dossier = desk.get(Dossier, key)
            content = viewing.open_dossier(desk, dossier)
            facts = _beside(desk, dossier) | {
                "disputed": personal.disputed(desk, dossier.firm_id), "agreed": permits.table(desk, dossier.firm_id),
            }  # fmt: skip
        return request.show("matching/dossier.html", dossier=dossier, s=content, act=Act, **facts)

    @get("/dossiers/{key:int}/pdf", name=Act.PRINT_DOSSIER)
    def pdf(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=True) as desk:
            dossier = desk.get(Dossier, key)
            copy = viewing.copy(desk, dossier)
            disputed = personal.disputed(desk, dossier.firm_id)
        content = request.press(paper.dossier(copy.snapshot, stamp(request, copy, disputed), request.lang))
        if not readable(request, key):
            raise NotFound(
                kind=Dossier.__name__
            )  # pressing takes seconds: leave that has ended meanwhile lets nothing out
        chunks = guarded([content], partial(readable, request, key))
        return streamed(request, chunks, f"{dossier.number}.pdf", "application/pdf", len(content))

    @get("/dossiers/{key:int}/archive", name="dossier.archive")
    def archive(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=True) as desk:
            dossier = desk.get(Dossier, key)
            whole = viewing.archive(desk, dossier)
        return request.paper(paper.dossier(whole, lang=request.lang), f"{dossier.number}-archive")


def readable(request: Page, key: int) -> bool:
    """Whether this reader may read the dossier at this very moment."""
    with request.desk(write=False) as desk:
        return desk.find(Dossier, Dossier.id == key) is not None


def _beside(desk: Desk, dossier: Dossier) -> dict[str, Any]:
    """What stands beside the content: for a bank its match, its answer and, where consented, whom to call."""
    if desk.actor.role not in BANK:
        return {
            "line": None,
            "offer": None,
            "claim": None,
            "asked": 0,
            "pause": None,
            "contact": desk.actor.role in FIRM,
            "acts": (),
            "heads": False,
            "asked_release": None,
            "beyond": False,
            "backed_by": None,
        }
    match = desk.all(Match, Match.need_id == dossier.need_id)[0]
    consent, offer = effective(desk, match), offers.of_match(desk, match.id)
    return {
        "line": views.received(desk, match.id),
        "offer": offer,
        "backed_by": desk.find(Guarantee, Guarantee.offer_id == offer.id) if offer else None,
        "claim": desk.find(Claim, Claim.match_id == match.id),
        "asked": len(desk.all(ItemAsk, ItemAsk.match_id == match.id)),
        "pause": asks.pause(desk, match.id),
        "contact": consent is not None and open_to_bank(consent.scope, Part.CONTACT),
        "acts": desk.acts(match),
        "heads": rights.heads(desk),
        "asked_release": releases.last(desk, match),
        "beyond": releases.may_ask(desk, match),
    }


def stamp(request: Page, copy: viewing.Copy, disputed: Iterable[str] = ()) -> paper.Copy:
    """The copy as the paper names it, with what the firm objects to now; the code is the beginning of its own digest and number."""
    site = request.app.state.settings.site + address(request.app, "check")
    code = checking.code(copy.snapshot.number, copy.number, copy.snapshot.digest())
    return paper.Copy(
        copy.bank,
        copy.officer,
        copy.at,
        copy.number,
        code,
        site,
        tuple(item_word(item, request.lang) for item in sorted(disputed)),
    )
