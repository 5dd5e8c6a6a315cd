"""What a bank may know of needs proposed to it before the firm consents, and its asking for that consent."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller
from litestar.params import FromPath

from financing.acts import Act
from financing.matching import teasers
from financing.parties.shelf_views import trade
from scoring.sizes import WORDS
from web.fields import Text
from web.forms import Form
from web.page import Answer, Page, get, post


class AskForm(Form):
    why: Annotated[str, Text(200, lines=True)]


class TeaserPages(Controller):
    @get("/teasers", name="teasers")
    def listed(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            rows, least = teasers.proposed(desk), teasers.least(desk)
        return request.show("matching/teasers.html", rows=rows, least=least, trade=trade, sizes=WORDS, act=Act)

    @get("/teasers/{key:int}", name="consent.ask.form")
    def ask_form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            row = teasers.one(desk, key)
        form = request.sheet(AskForm)
        return request.show("matching/teaser.html", row=row, form=form, trade=trade, sizes=WORDS, act=Act)

    @post("/teasers/{key:int}", name=Act.ASK_CONSENT, page=ask_form)
    def ask(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(AskForm)
        with request.desk() as desk:
            teasers.ask(desk, key, why=form.why)
            return request.go("teasers")
