"""What a bank's system reads: dossiers under consent, its own shelf and its own offers; each call leaves one journal line first."""

from __future__ import annotations

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing.acts import Act
from financing.desk import Desk
from financing.matching import appetite, viewing, views
from financing.matching.model import Appetite, Dossier, Match
from financing.matching.rules import Part, open_to_bank
from financing.matching.service import effective
from financing.matching.views import Received
from financing.offers import drawdowns, grounds
from financing.offers import views as offers
from financing.parties import shelf_views
from financing.parties.model import Bank
from financing.parties.shelf_views import ProductRow
from financing.people import keys
from financing.people.key_rules import KeyScope
from financing.personal import views as personal
from financing.refusals import NotFound
from reports import dossier as paper
from web.api.call import Call, get
from web.api.document import document
from web.api.shapes import (
    AppetiteLine,
    Contact,
    DossierLine,
    Dossiers,
    DossierWhole,
    GroundLine,
    OfferLine,
    Offers,
    ProductLine,
    Shelf,
)
from web.page import Answer
from web.pages.dossiers import stamp

MOST = 100


class ReadCalls(Controller):
    path = "/api/v1"
    request_class = Call

    @get("/dossiers", name="api.dossiers", scope=KeyScope.READ, answer=Dossiers)
    def dossiers(self, request: Call, limit: FromQuery[int] = 20, cursor: FromQuery[str] = "") -> Answer:
        """The dossiers this bank may read now, in the order in which they were sent."""
        with request.desk(write=True) as desk:
            rows, after = views.received_after(desk, cursor, _size(limit))
            keys.used(desk, route="dossiers", count=len(rows))
            return request.gives(Dossiers(dossiers=[_line(row) for row in rows], next=after))

    @get("/dossiers/{key:int}", name="api.dossier", scope=KeyScope.READ, answer=DossierWhole)
    def dossier(self, request: Call, key: FromPath[int]) -> Answer:
        """One dossier as far as the firm's consent reaches."""
        with request.desk(write=True) as desk:
            dossier = desk.get(Dossier, key)
            content = viewing.open_dossier(desk, dossier)
            match = match_of(desk, dossier)
            consent = effective(desk, match)
            scope = consent.scope if consent else []
            held = [GroundLine.model_validate(each) for each in grounds.grounds(desk, match)]
            call = Contact(name=dossier.contact, phone=dossier.phone) if open_to_bank(scope, Part.CONTACT) else None
            whole = DossierWhole(
                dossier=dossier.id, number=dossier.number, state=match.state, digest=content.digest(),
                consent=content.consent.number, scope=[part for part in Part if open_to_bank(scope, part)], contact=call,
                grounds=held, snapshot=content.model_dump(mode="json"),
            )  # fmt: skip
        return request.gives(whole)

    @get("/dossiers/{key:int}/pdf", name="api.dossier.pdf", scope=KeyScope.READ)
    def pdf(self, request: Call, key: FromPath[int]) -> Answer:
        """The next numbered copy as a PDF, naming bank, officer and key on every page."""
        with request.desk(write=True) as desk:
            dossier = desk.get(Dossier, key)
            copy, disputed = viewing.copy(desk, dossier), personal.disputed(desk, dossier.firm_id)
        answer = request.paper(
            paper.dossier(copy.snapshot, stamp(request, copy, disputed), request.lang), dossier.number
        )
        with request.desk(write=False) as desk:
            desk.get(Dossier, key)  # leave that ended while the paper was pressed lets nothing out
        return answer

    @get("/products", name="api.products", scope=None, answer=Shelf)
    def products(self, request: Call) -> Answer:
        """The bank's own shelf and what it has declared to look for today."""
        with request.desk(write=True) as desk:
            bank = desk.get(Bank, desk.actor.bank_id or 0)
            rows = shelf_views.products(desk, bank)
            wanted = appetite.in_force(desk, desk.today).get(bank.id)
            keys.used(desk, route="products", count=len(rows))
        return request.gives(Shelf(products=list(map(_product, rows)), appetite=_appetite(wanted) if wanted else None))

    @get("/offers", name="api.offers", scope=KeyScope.ANSWER, answer=Offers)
    def offers(self, request: Call, limit: FromQuery[int] = 20, cursor: FromQuery[str] = "") -> Answer:
        """The bank's own offers, sealed ones too, the earliest first, with what has been paid out."""
        with request.desk(write=True) as desk:
            rows, after = offers.own_after(desk, cursor, _size(limit))
            lines = [_offer(desk, row) for row in rows]
            keys.used(desk, route="offers", count=len(rows))
        return request.gives(Offers(offers=lines, next=after))

    @get("/openapi.json", name="api.document", scope=None)
    def description(self, request: Call) -> Answer:
        """This description."""
        return document(request.app)


def _size(limit: int) -> int:
    return min(max(1, limit), MOST)


def match_of(desk: Desk, dossier: Dossier) -> Match:
    """The bank's own way to this dossier; to whom it is not open it does not exist."""
    found = desk.find(Match, Match.need_id == dossier.need_id)
    if found is None:
        raise NotFound(kind=Act.OPEN_DOSSIER)
    return found


def _line(row: Received) -> DossierLine:
    return DossierLine(
        dossier=row.dossier_id, number=row.number, firm=row.firm, purpose=row.purpose, amount_fen=row.amount.fen,
        months=row.months, grade=row.grade, state=row.state, sent_on=row.sent_on, answer_by=row.due_on,
        working_days_left=row.left,
    )  # fmt: skip


def _product(row: ProductRow) -> ProductLine:
    return ProductLine(
        product=row.id, name=row.name, standing=row.standing, least_fen=row.least.fen, most_fen=row.most.fen,
        shortest_months=row.shortest, longest_months=row.longest, spread_ppm=row.spread.ppm, grade=row.grade,
        guaranteed_only=row.guaranteed_only, valid_from=row.valid_from, valid_until=row.valid_until,
    )  # fmt: skip


def _appetite(row: Appetite) -> AppetiteLine:
    least, most, volume = (None if amount is None else amount.fen for amount in (row.least, row.most, row.volume))
    return AppetiteLine(
        period=row.kind, starts=row.starts, ends=row.ends, version=row.number, sections=row.sections, barred=row.barred,
        sizes=row.sizes, least_fen=least, most_fen=most, shortest_months=row.shortest, longest_months=row.longest,
        grade=row.grade, guaranteed_only=row.guaranteed_only, volume_fen=volume, needs=row.needs,
    )  # fmt: skip


def _offer(desk: Desk, row: offers.OwnOffer) -> OfferLine:
    paid = drawdowns.loan(desk, row.offer).paid
    return OfferLine(
        offer=row.offer.id, state=row.offer.state, sealed=row.sealed, amount_fen=row.offer.amount.fen,
        months=row.offer.months, rate_ppm=row.offer.rate.ppm, made_at=row.offer.made_at, valid_until=row.offer.valid_until,
        paid_fen=paid.fen,
    )  # fmt: skip
