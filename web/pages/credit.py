"""Pages of scores: scoring a need, and the sheet line by line."""

from __future__ import annotations

from litestar import Controller
from litestar.params import FromPath

from financing import wording
from financing.acts import Act
from financing.credit import service, views
from financing.credit.model import Assessment
from financing.needs.model import Need
from web.page import Answer, Page, get, post
from web.pages.needs import NeedPages


class CreditPages(Controller):
    @post("/needs/{key:int}/assess", name=Act.ASSESS_NEED, page=NeedPages.show)
    def assess(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            found = service.assess(desk, desk.get(Need, key))
            return request.go("credit.show", key=found.id)

    @get("/scores/{key:int}", name="credit.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            score = views.one(desk, desk.get(Assessment, key))
        words = {key: block.says if request.lang == "zh" else block.english for key, block in score.blocks.items()}
        how = {fact: wording.name(supply, request.lang) for fact, supply in score.missing}
        return request.show("credit/show.html", score=score, blocks=words, how=how, act=Act)
