"""Offers: the bank's answer with its costs worked out first, its coded decline, and the firm's choice."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller
from litestar.params import FromPath

from financing.acts import Act
from financing.desk import Desk
from financing.matching import views as matching
from financing.matching.model import Dossier, Match
from financing.matching.rules import Part, open_to_bank
from financing.matching.service import effective
from financing.matching.snapshot import Guarantee
from financing.matching.viewing import content
from financing.matching.views import Received
from financing.money import Fen, Rate
from financing.needs.model import Need
from financing.needs.rules import LONGEST_MONTHS
from financing.offers import service, views
from financing.offers.costs import Terms, instalments
from financing.offers.model import Offer
from financing.offers.rules import OFFERED, DeclineCode
from financing.parties.model import Bank
from financing.refusals import NotFound
from scoring.repayment import Repayment
from web import forms
from web.fields import Among, Day, Percent, Text, Wan, Whole, Yuan
from web.forms import Form
from web.page import Answer, Page, get, post

SETTLING = ("listed", "offered", "settled")


class OfferForm(Form):
    amount: Wan
    months: Annotated[int, Whole(1, LONGEST_MONTHS, "个月")]
    rate: Percent
    repayment: Annotated[Repayment, Among(OFFERED)]
    guarantee_fee: Percent = Rate(0)
    fees: Yuan = Fen(0)
    deposit: Yuan = Fen(0)
    conditions: Annotated[str, Text(500, lines=True)] = ""
    valid_until: Day

    @property
    def terms(self) -> Terms:
        return Terms(self.amount, self.months, self.rate, self.repayment, self.guarantee_fee, self.fees)


class DeclineForm(Form):
    reason: DeclineCode
    rests_on: Annotated[str, Text(200)]
    would_change: Annotated[str, Text(300, lines=True)]


class OfferPages(Controller):
    @get("/matches/{key:int}/offer", name="offer.form")
    def offer_form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            line, given = _line(desk, key), _proposal(desk, desk.get(Match, key))
        return request.show("offers/form.html", line=line, form=request.sheet(OfferForm, **given), cost=None, act=Act)

    @post("/matches/{key:int}/offer/check", name="offer.check", page=offer_form)
    def check(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(OfferForm)
        with request.desk(write=False) as desk:
            line, match = _line(desk, key), desk.get(Match, key)
            cost = service.checked(desk, match, form.terms, valid_until=form.valid_until, deposit=form.deposit)
        sheet = forms.Sheet(OfferForm, request.lang, forms.typed(request.fields))
        return request.show("offers/form.html", line=line, form=sheet, cost=cost, asked=form, act=Act)

    @post("/matches/{key:int}/offer", name=Act.MAKE_OFFER, page=offer_form)
    def offer(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(OfferForm)
        with request.desk() as desk:
            match = desk.get(Match, key)
            service.offer(
                desk, match, form.terms, conditions=form.conditions, valid_until=form.valid_until, deposit=form.deposit
            )
            return request.go("inbox")

    @get("/matches/{key:int}/decline", name="decline.form")
    def decline_form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            line = _line(desk, key)
        return request.show("offers/decline.html", line=line, form=request.sheet(DeclineForm), act=Act)

    @post("/matches/{key:int}/decline", name=Act.DECLINE_NEED, page=decline_form)
    def decline(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(DeclineForm)
        with request.desk() as desk:
            match = desk.get(Match, key)
            service.decline(desk, match, code=form.reason, rests_on=form.rests_on, would_change=form.would_change)
            return request.go("inbox")


class ChoicePages(Controller):
    @get("/offers", name="offers.mine")
    def mine(self, request: Page) -> Answer:
        with request.desk() as desk:
            needs = desk.all(Need, Need.state.in_(SETTLING), by=Need.submitted_on.desc())[:10]
            keys = [need.id for need in needs]
            offers, declines = views.side_by_side(desk, *keys), views.declines(desk, *keys)
        return request.show("offers/mine.html", needs=needs, offers=offers, declines=declines, act=Act)

    @get("/offers/{key:int}", name="offer.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            offer = desk.get(Offer, key)
            need, bank = desk.get(Need, offer.need_id), desk.get(Bank, offer.bank_id)
            acts = desk.acts(offer)
            shown, plan = views.one(desk, offer, bank.name), list(enumerate(instalments(views.terms(offer)), 1))
        form = request.sheet(Form)
        return request.show("offers/show.html", offer=shown, need=need, plan=plan, acts=acts, form=form, act=Act)

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


def _proposal(desk: Desk, match: Match) -> dict[str, object]:
    """What the need asks for, to begin with."""
    dossier = desk.all(Dossier, Dossier.need_id == match.need_id)[0]
    consent, backing = effective(desk, match), content(dossier).guarantee
    known = consent is not None and open_to_bank(consent.scope, Part.GUARANTEE) and isinstance(backing, Guarantee)
    fee = Rate(backing.fee) if known and isinstance(backing, Guarantee) else Rate(0)
    asked = {"amount": min(dossier.amount, dossier.line), "months": dossier.months, "guarantee_fee": fee}
    return asked | {"fees": "0", "deposit": "0"}
