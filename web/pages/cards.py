"""Pages of scorecards: the shelf for everybody, and the laboratory where a draft is tried, proposed and adopted."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing.acts import Act
from financing.credit import adoption, card_views, register
from financing.credit.card_views import TrialView
from financing.credit.model import CardVersion
from financing.credit.rules import CardName
from reports.laboratory import LaboratoryView, laboratory
from scoring.replay import Effect
from web.card_words import Words
from web.fields import Text, Upload, Whole, one_of
from web.forms import Form
from web.page import Answer, Page, get, post

TOML = "application/toml"
MOST_LINES = 100
"""Firms listed on the page; the paper lists all."""
Votes = Annotated[int, Whole(0, 99, "票")]


class DraftForm(Form):
    card: CardName
    file: Upload


class VoteForm(Form):
    in_favour: Votes
    opposed: Votes
    abstained: Votes


class RecallForm(Form):
    reason: Annotated[str, Text(200)]


class CardPages(Controller):
    @get("/cards", name="cards")
    def cards(self, request: Page) -> Answer:
        with request.desk() as desk:
            shelves = card_views.shelves(desk)
        return request.show("credit/cards.html", shelves=shelves, act=Act)

    @get("/cards/new", name="card.draft.form")
    def draft_form(self, request: Page, card: FromQuery[str] = "") -> Answer:
        with request.desk() as desk:
            current = {name: register.in_force(desk, name, desk.today) for name in CardName}
        form = request.sheet(DraftForm, card=one_of(CardName, card))
        return request.show("credit/draft.html", form=form, current=current, act=Act)

    @post("/cards", name=Act.DRAFT_CARD, page=draft_form, upload=True)
    def draft(self, request: Page) -> Answer:
        form = request.read(DraftForm)
        raw = form.file.file.read(register.MOST_BYTES + 1)
        with request.desk() as desk:
            version = adoption.draft(desk, form.card, raw, form.file.filename or "")
            return request.go("laboratory", key=version.id)

    @get("/cards/{key:str}", name="card.show")
    def show(self, request: Page, key: FromPath[str]) -> Answer:
        with request.desk() as desk:
            card = card_views.card(desk, key)
        return request.show("credit/card.html", card=card, words=Words(request.lang))

    @get("/cards/{key:str}/file", name="card.file")
    def file(self, request: Page, key: FromPath[str]) -> Answer:
        with request.desk() as desk:
            card, raw = card_views.file(desk, key)
        return request.download(raw, f"{card.name}-{card.since}.toml", TOML)

    @get("/laboratory/{key:int}", name="laboratory")
    def laboratory(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            trial = card_views.trial(desk, desk.get(CardVersion, key))
        told = _told(request, trial)
        return request.show(
            "credit/laboratory.html", trial=trial, v=told, pictures=told.pictures(request.lang), act=Act, effect=Effect,
            vote=request.sheet(VoteForm), recall=request.sheet(RecallForm), most=MOST_LINES,
        )  # fmt: skip

    @get("/laboratory/{key:int}/paper", name="laboratory.paper")
    def paper(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            trial = card_views.trial(desk, desk.get(CardVersion, key))
        job = laboratory(_told(request, trial), request.lang)
        return request.paper(job, f"{trial.new.name}-{trial.new.since}")

    @post("/laboratory/{key:int}/propose", name=Act.PROPOSE_CARD, page=laboratory)
    def propose(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        with request.desk() as desk:
            adoption.propose(desk, desk.get(CardVersion, key))
            return request.go("laboratory", key=key)

    @post("/laboratory/{key:int}/adopt", name=Act.ADOPT_CARD, page=laboratory)
    def adopt(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(VoteForm)
        with request.desk() as desk:
            adoption.adopt(
                desk,
                desk.get(CardVersion, key),
                in_favour=form.in_favour,
                opposed=form.opposed,
                abstained=form.abstained,
            )
            return request.go("laboratory", key=key)

    @post("/laboratory/{key:int}/drop", name=Act.DROP_CARD, page=laboratory)
    def drop(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        with request.desk() as desk:
            adoption.drop(desk, desk.get(CardVersion, key))
            return request.go("laboratory", key=key)

    @post("/laboratory/{key:int}/recall", name=Act.RECALL_CARD, page=laboratory)
    def recall(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(RecallForm)
        with request.desk() as desk:
            adoption.recall(desk, desk.get(CardVersion, key), form.reason)
            return request.go("laboratory", key=key)

    @post("/laboratory/{key:int}/withdraw", name=Act.WITHDRAW_CARD, page=laboratory)
    def withdraw(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        with request.desk() as desk:
            adoption.withdraw(desk, desk.get(CardVersion, key))
            return request.go("laboratory", key=key)


def _told(request: Page, trial: TrialView) -> LaboratoryView:
    return Words(request.lang).told(trial, request.app.state.settings.zone_name)
