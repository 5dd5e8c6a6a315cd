"""Pages of scores: scoring a need, the sheet line by line, and what a person should look at beside it."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing import unmoved, wording
from financing.acts import Act
from financing.credit import flags, pool, service, views
from financing.credit.model import Assessment, RaisedFlag
from financing.needs.model import Need
from financing.personal import views as personal
from web.fields import Text
from web.forms import Form
from web.page import Answer, Page, get, post
from web.pages.needs import NeedPages


class LookForm(Form):
    found: Annotated[str, Text(500, lines=True)]


class CreditPages(Controller):
    @post("/needs/{key:int}/assess", name=Act.ASSESS_NEED, page=NeedPages.show)
    def assess(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            found = service.assess(desk, desk.get(Need, key))
            return request.go("credit.show", key=found.id)

    @get("/pool", name="pool", unmoved=True)
    def pool(self, request: Page, page: FromQuery[int] = 1) -> Answer:
        page = min(page, 10_000)
        with request.desk(write=False) as desk:
            question = "pool", desk.actor.role, desk.today, page
            found = unmoved.kept(desk, question, lambda: pool.firms(desk, page))
        return request.show("credit/pool.html", found=found, act=Act)

    @get("/scores/{key:int}", name="credit.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            found = desk.get(Assessment, key)
            score, disputed = views.one(desk, found), personal.disputed(desk, found.firm_id)
        words = {key: block.says if request.lang == "zh" else block.english for key, block in score.blocks.items()}
        how = {fact: wording.name(supply, request.lang) for fact, supply in score.missing}
        return request.show("credit/show.html", score=score, blocks=words, how=how, disputed=disputed, act=Act)

    @get("/flags/{key:int}", name="flag.show")
    def flag(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            found = flags.view(desk, desk.get(RaisedFlag, key))
        return request.show("credit/flag.html", found=found, form=request.sheet(LookForm), act=Act)

    @post("/flags/{key:int}/look", name=Act.LOOK_AT_FLAG, page=flag)
    def look(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(LookForm)
        with request.desk() as desk:
            flags.look(desk, desk.get(RaisedFlag, key), form.found)
            return request.go("flag.show", key=key)
