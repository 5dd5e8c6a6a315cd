"""Matching: the officer's workbench, the firm's banks and consents, and who has read what."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing.acts import Act
from financing.desk import Desk
from financing.matching import onward, service, shelf, views
from financing.matching.model import Dossier, Match
from financing.matching.rules import CONSENT_DAYS, LONGEST_CONSENT, MatchState, Part
from financing.matching.snapshot import Zone
from financing.matching.views import MATCHING
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.offers import asks, drawdowns
from financing.offers import views as offers
from financing.offers.ask_model import ItemAsk
from financing.offers.model import Offer
from financing.papers import views as vault
from financing.parties import permits
from financing.parties.model import Bank, Firm
from financing.permit_words import PERMIT_ABOUT
from financing.settings import Settings
from web.comparison import weighed
from web.fields import Among, Whole
from web.forms import Form
from web.page import Answer, Page, get, post
from web.strictness import wants_factor

PAGE = 20
#: What may be ticked; the basics come with every consent.
CHOSEN = tuple(part for part in Part if part is not Part.BASIC)


class ConsentForm(Form):
    parts: tuple[Annotated[Part, Among(CHOSEN)], ...] = ()
    days: Annotated[int, Whole(1, LONGEST_CONSENT, "天")]


def zone(settings: Settings) -> Zone:
    """The zone as papers name it."""
    return Zone(
        name=settings.zone_name, english=settings.zone_english, office=settings.zone_office, phone=settings.zone_phone
    )


def _questions(desk: Desk, need: int) -> dict[str, Any]:
    """What banks asked the firm of this need for, whose names are whose, and whose clocks stand still."""
    asked = desk.all(ItemAsk, ItemAsk.need_id == need, by=ItemAsk.asked_at.desc())
    matches = desk.all(Match, Match.need_id == need)
    banks = {bank.id: bank.name for bank in desk.all(Bank, Bank.id.in_(match.bank_id for match in matches))}
    return {"asked": asked, "banks": banks, "pauses": asks.pauses(desk, *(match.id for match in matches))}


class MatchingPages(Controller):
    @get("/matching", name="matching")
    def listed(self, request: Page, standing: FromQuery[NeedState | None] = None, page: FromQuery[int] = 1) -> Answer:
        states = (standing,) if standing in MATCHING else MATCHING[:-1]
        with request.desk() as desk:
            found = views.needs(desk, states, page=page, size=PAGE)
        return request.show(
            "matching/list.html",
            found=found,
            standing=standing,
            states=MATCHING,
            at=MatchState,
        )

    @get("/matching/{key:int}", name="matching.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            need = desk.get(Need, key)
            return request.show(
                "matching/show.html",
                need=need,
                firm=desk.get(Firm, need.firm_id),
                ways=views.ways(desk, key),
                excluded=shelf.excluded(desk, need),
                dossier=desk.find(Dossier, Dossier.need_id == key),
                offers=offers.side_by_side(desk, key),
                declines=offers.declines(desk, key),
                seals=offers.seals(desk, key),
                claims=offers.claimed(desk, key),
                loans=drawdowns.loans(desk, Offer.need_id == key),
                **_questions(desk, key),
                seen=views.ledger(desk, key),
                acts=desk.acts(need),
                form=request.sheet(Form),
                act=Act,
                waiting=MatchState.CONSENTED,
            )

    @post("/matching/{key:int}/propose", name=Act.PROPOSE_MATCH, page=show)
    def propose(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            service.propose(desk, desk.get(Need, key))
            return request.go("matching.show", key=key)

    @post("/matching/{key:int}/send", name=Act.SEND_DOSSIER, page=show)
    def send(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            service.send(desk, desk.get(Need, key), zone=zone(request.app.state.settings))
            return request.go("matching.show", key=key)


class ConsentPages(Controller):
    @get("/needs/{key:int}/banks", name="matches")
    def banks(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            need = desk.get(Need, key)
            return request.show(
                "matching/banks.html",
                need=need,
                ways=views.ways(desk, key),
                offers=(found := offers.side_by_side(desk, key)),
                weighed=weighed(found, request.lang),
                declines=offers.declines(desk, key),
                seals=offers.seals(desk, key),
                claims=offers.claimed(desk, key),
                loans=drawdowns.loans(desk, Offer.need_id == key),
                **_questions(desk, key),
                seen=views.ledger(desk, key),
                dossier=desk.find(Dossier, Dossier.need_id == key),
                onward={match.id for match in desk.all(Match, Match.need_id == key) if onward.may_pass_on(desk, match)},
                usual=onward.usual(desk, key),
                form=request.sheet(Form),
                act=Act,
            )

    @get("/matches/{key:int}/consent", name="consent.form")
    def consent_form(
        self, request: Page, key: FromPath[int], parts: FromQuery[list[Part] | None] = None, days: FromQuery[int] = 0
    ) -> Answer:
        asked = tuple(parts or ())
        with request.desk(write=False) as desk:
            match = desk.get(Match, key)
            zone_name = request.app.state.settings.zone_name
            chosen = 1 <= days <= LONGEST_CONSENT
            text = service.draft(desk, match, scope=asked, days=days, zone=zone_name) if chosen else None
            return request.show(
                "matching/consent.html",
                match=match,
                bank=desk.get(Bank, match.bank_id),
                need=desk.get(Need, match.need_id),
                text=text,
                form=request.sheet(ConsentForm, parts=asked, days=days or CONSENT_DAYS),
                parts=asked,
                days=days,
                wants_factor=wants_factor(request, desk.today),
                onward=onward.may_pass_on(desk, match),
                act=Act,
            )

    @post("/matches/{key:int}/consent", name=Act.GRANT_CONSENT, page=consent_form)
    def grant(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ConsentForm)
        with request.desk() as desk:
            match = desk.get(Match, key)
            zone_name = request.app.state.settings.zone_name
            service.grant(desk, match, scope=form.parts, days=form.days, zone=zone_name)
            return request.go("matches", key=match.need_id)

    @post("/matches/{key:int}/pass-on", name=Act.PASS_ON, page=consent_form)
    def pass_on(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ConsentForm)
        with request.desk() as desk:
            match = desk.get(Match, key)
            zone_name = request.app.state.settings.zone_name
            onward.pass_on(desk, match, scope=form.parts, days=form.days, zone=zone_name)
            return request.go("matches", key=match.need_id)

    @post("/matches/{key:int}/withdraw", name=Act.WITHDRAW_CONSENT)
    def withdraw(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            match = desk.get(Match, key)
            service.withdraw(desk, match)
            return request.go("matches", key=match.need_id)

    @get("/consents", name="consents.mine")
    def consents(self, request: Page) -> Answer:
        with request.desk() as desk:
            needs = desk.all(Need, Need.state.in_(MATCHING), by=Need.submitted_on.desc())[: request.rows(PAGE)]
            ways, numbers = views.ways(desk, *(need.id for need in needs)), {need.id: need.number for need in needs}
            seen = views.ledger(desk)
            rows, waits = permits.table(desk, firm := desk.actor.firm_id or 0), vault.waiting(desk, firm)
        return request.show(
            "matching/consents.html",
            ways=ways,
            numbers=numbers,
            seen=seen,
            rows=rows,
            waits=waits,
            about=PERMIT_ABOUT,
            act=Act,
        )
