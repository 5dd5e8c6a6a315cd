"""Offers: the bank's answer with its costs worked out first, its coded decline, and the firm's choice."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from litestar import Controller
from litestar.params import FromPath

from financing.access import FIRM
from financing.acts import Act
from financing.desk import Desk
from financing.matching import views as matching
from financing.matching.model import Dossier, Match
from financing.matching.rules import Part, open_to_bank
from financing.matching.service import effective
from financing.matching.snapshot import Guarantee
from financing.matching.viewing import content
from financing.matching.views import Received
from financing.money import Rate
from financing.needs.model import Need
from financing.offers import asks, claims, releases, service, views
from financing.offers.forbidden import forbidden
from financing.offers.grounds import grounds
from financing.offers.model import Offer, Opening
from financing.offers.rules import Charge, DeclineCode, RateBase
from financing.parameters import figure
from financing.parties.model import Bank
from financing.policies import views as policies
from financing.refusals import NotFound
from scoring.dated import series
from web import forms
from web.comparison import weighed
from web.fields import Text
from web.forms import Form
from web.offer_form import TERMS, USUAL, OfferForm, as_typed, pricing_of
from web.page import Answer, Page, get, post

SETTLING = ("listed", "offered", "settled")


class DeclineForm(Form):
    reason: DeclineCode
    rests_on: Annotated[str, Text(40)]
    would_change: Annotated[str, Text(300, lines=True)]


class OfferPages(Controller):
    @get("/matches/{key:int}/offer", name="offer.form")
    def offer_form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            beside, given = _beside(desk, key), _proposal(desk, desk.get(Match, key))
        return request.show("offers/form.html", form=request.sheet(OfferForm, **given), cost=None, **beside)

    @post("/matches/{key:int}/offer/check", name="offer.check", page=offer_form)
    def check(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(OfferForm)
        with request.desk(write=False) as desk:
            beside, match, pricing = _beside(desk, key), desk.get(Match, key), pricing_of(desk, form)
            terms = form.terms(pricing)
            cost = service.checked(desk, match, terms, form.promise(pricing), deposit=form.deposit)
        sheet = forms.Sheet(OfferForm, request.lang, forms.typed(request.fields))
        return request.show("offers/form.html", form=sheet, cost=cost, terms=terms, **beside)

    @post("/matches/{key:int}/offer", name=Act.MAKE_OFFER, page=offer_form)
    def offer(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(OfferForm)
        with request.desk() as desk:
            match, pricing = desk.get(Match, key), pricing_of(desk, form)
            service.offer(desk, match, form.terms(pricing), form.promise(pricing), deposit=form.deposit)
            return request.go("inbox")

    @get("/matches/{key:int}/decline", name="decline.form")
    def decline_form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            line, held = _line(desk, key), grounds(desk, desk.get(Match, key))
        return request.show("offers/decline.html", line=line, grounds=held, form=request.sheet(DeclineForm), act=Act)

    @post("/matches/{key:int}/decline", name=Act.DECLINE_NEED, page=decline_form)
    def decline(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(DeclineForm)
        with request.desk() as desk:
            match = desk.get(Match, key)
            service.decline(desk, match, code=form.reason, rests_on=form.rests_on, would_change=form.would_change)
            return request.go("inbox")

    @post("/matches/{key:int}/claim", name=Act.CLAIM_NEED)
    def claim(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            claims.claim(desk, desk.get(Match, key))
            return request.go("inbox")


class ChoicePages(Controller):
    @get("/offers", name="offers.mine")
    def mine(self, request: Page) -> Answer:
        with request.desk() as desk:
            needs = desk.all(Need, Need.state.in_(SETTLING), by=Need.submitted_on.desc())[:10]
            keys = [need.id for need in needs]
            offers, declines = views.side_by_side(desk, *keys), views.declines(desk, *keys)
            seals, days = views.seals(desk, *keys), figure("bank_answer_days", desk.today).value
        return request.show(
            "offers/mine.html",
            needs=needs,
            offers=offers,
            declines=declines,
            seals=seals,
            days=days,
            weighed=weighed(offers, request.lang),
            act=Act,
        )

    @get("/offers/{key:int}", name="offer.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            offer = desk.get(Offer, key)
            need, bank = desk.get(Need, offer.need_id), desk.get(Bank, offer.bank_id)
            acts = desk.acts(offer)
            shown, terms = views.one(desk, offer, bank.name), views.terms(offer)
            subsidies = policies.of_need(desk, need, offer.amount, offer.months) if request.actor.role in FIRM else None
        plan = list(zip(range(1, offer.months + 1), shown.cost.plan, terms.extras[1:], strict=True))
        form = request.sheet(Form)
        return request.show(
            "offers/show.html", offer=shown, terms=terms, need=need, plan=plan, acts=acts, form=form, subsidies=subsidies, act=Act
        )  # fmt: skip

    @post("/offers/{key:int}/accept", name=Act.ACCEPT_OFFER, page=show)
    def accept(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            offer = desk.get(Offer, key)
            service.accept(desk, offer)
            return request.go("matches", key=offer.need_id)


def _line(desk: Desk, key: int) -> Received:
    """What the bank is answering."""
    found = matching.received(desk, key)
    if found is None:
        raise NotFound(kind="Match")
    return found


def _beside(desk: Desk, key: int) -> dict[str, Any]:
    """What stands beside the form: the need, the deadline of all offers, the LPR of today, what may not be asked."""
    line, lpr = _line(desk, key), series("lpr")
    match = desk.get(Match, key)
    return {
        "line": line,
        "pause": asks.pause(desk, key),
        "asked_release": releases.last(desk, match),
        "beyond": releases.may_ask(desk, match),
        "opening": desk.find(Opening, Opening.need_id == match.need_id, Opening.opened_at.is_(None)),
        "lpr": {base: Rate(lpr.on(desk.today)[term]) for base, term in TERMS.items()},
        "lpr_known": lpr.confirmed(desk.today),
        "lpr_source": lpr.source,
        "lpr_until": lpr.confirmed_until,
        "charges": tuple(Charge),
        "rules": forbidden(desk.today),
        "act": Act,
    }


def _proposal(desk: Desk, match: Match) -> dict[str, object]:
    """What stands in the bank's own offer while it may be changed, else what the need asks for."""
    own = desk.find(Offer, Offer.match_id == match.id)
    if own:
        return as_typed(own)
    dossier = desk.all(Dossier, Dossier.need_id == match.need_id)[0]
    consent, backing = effective(desk, match), content(dossier).guarantee
    known = consent is not None and open_to_bank(consent.scope, Part.GUARANTEE) and isinstance(backing, Guarantee)
    fee = Rate(backing.fee) if known and isinstance(backing, Guarantee) else Rate(0)
    asked = {"amount": min(dossier.amount, dossier.line), "months": dossier.months, "guarantee_fee": fee}
    usual = {f"{column}_{charge.value}": word for charge in Charge for column, word in USUAL.items()}
    stands = desk.today + timedelta(days=figure("offer_valid_days", desk.today).value)
    backed = f"由{backing.guarantor}提供保证" if known and isinstance(backing, Guarantee) else ""
    return usual | asked | {"deposit": "0", "base": RateBase.FIXED, "valid_until": stands, "secured_by": backed}
