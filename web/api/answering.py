"""What a bank's system does: claim, decline, offer, report a payment; the acts of the pages, each once for its Idempotency-Key."""

from __future__ import annotations

from litestar import Controller
from litestar.params import FromPath

from financing.desk import Desk
from financing.matching.model import Dossier, Match
from financing.money import Fen, Rate
from financing.offers import asks, claims, drawdowns, service
from financing.offers.model import Offer
from web.api.bodies import AskBody, ClaimBody, DeclineBody, DrawdownBody, OfferBody
from web.api.call import Call, post
from web.api.reading import match_of
from web.api.shapes import Answered, Asked, Claimed, PaidOut
from web.offer_form import pricing_of
from web.page import Answer


class AnswerCalls(Controller):
    path = "/api/v1"
    request_class = Call

    @post("/dossiers/{key:int}/claim", name="api.claim", body=ClaimBody, answer=Claimed)
    def claim(self, request: Call, key: FromPath[int]) -> Answer:
        """Say that the bank is at work on this need."""
        request.read_body(ClaimBody)
        with request.desk() as desk:
            claim = claims.claim(desk, _match(desk, key))
            return request.gives(Claimed(dossier=key, until=claim.until))

    @post("/dossiers/{key:int}/decline", name="api.decline", body=DeclineBody, answer=Answered)
    def decline(self, request: Call, key: FromPath[int]) -> Answer:
        """Say no, with a reason, what it rests on and what would change it."""
        body = request.read_body(DeclineBody)
        with request.desk() as desk:
            match = _match(desk, key)
            service.decline(desk, match, code=body.reason, rests_on=body.rests_on, would_change=body.would_change)
            return request.gives(Answered(dossier=key, state=match.state, offer=None, effective_cost_ppm=None))

    @post("/dossiers/{key:int}/offer", name="api.offer", body=OfferBody, answer=Answered)
    def offer(self, request: Call, key: FromPath[int]) -> Answer:
        """Make an offer under seal, or change the bank's own while it is sealed."""
        form = request.read_body(OfferBody).form()
        with request.desk() as desk:
            match, pricing = _match(desk, key), pricing_of(desk, form)
            made = service.offer(desk, match, form.terms(pricing), form.promise(pricing), deposit=form.deposit)
            desk.session.flush()
            cost = made.effective_cost.ppm
            return request.gives(Answered(dossier=key, state=match.state, offer=made.id, effective_cost_ppm=cost))

    @post("/dossiers/{key:int}/asks", name="api.ask", body=AskBody, answer=Asked)
    def ask(self, request: Call, key: FromPath[int]) -> Answer:
        """Ask the firm for one item that is not on file."""
        body = request.read_body(AskBody)
        with request.desk() as desk:
            asked = asks.ask(desk, _match(desk, key), body.item, body.note or "")
            return request.gives(Asked(ask=asked.id, item=asked.item, answer_by=asked.due_on))

    @post("/offers/{key:int}/drawdowns", name="api.drawdown", body=DrawdownBody, answer=PaidOut)
    def drawdown(self, request: Call, key: FromPath[int]) -> Answer:
        """Report one payment out of an accepted offer."""
        body = request.read_body(DrawdownBody)
        with request.desk() as desk:
            offer = desk.get(Offer, key)
            paid = drawdowns.report(
                desk,
                offer,
                paid_on=body.paid_on,
                amount=Fen(body.amount_fen),
                rate=Rate(body.rate_ppm),
                added=body.added or "",
            )
            desk.session.flush()
            left = offer.amount.fen - paid.before.fen - paid.amount.fen
            return request.gives(
                PaidOut(offer=key, number=paid.number, paid_fen=paid.amount.fen, left_fen=left, worse=paid.worse)
            )


def _match(desk: Desk, key: int) -> Match:
    return match_of(desk, desk.get(Dossier, key))
