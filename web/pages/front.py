"""The front page (首页) and the way from it to each role's desk."""

from __future__ import annotations

from litestar import Controller

from financing.figures.outcomes import outcomes
from financing.words import _
from web.page import Answer, Page, get
from web.routes import ROUTES, home

REGISTER = "firm.register.form"  # the page where a firm enters itself
OUTCOMES = {
    "firms": _("已登记企业（家）"),
    "needs": _("收到需求（笔）"),
    "guaranteed": _("通过评审（笔）"),
    "settled": _("选定银行（笔）"),
}


class FrontPages(Controller):
    @get("/", name="front")
    def show(self, request: Page) -> Answer:
        register = REGISTER if REGISTER in ROUTES else ""
        found = outcomes(request.app.state.database, request.now)
        return request.show("front/show.html", register=register, outcomes=found, labels=OUTCOMES)

    @get("/home", name="home")
    def home(self, request: Page) -> Answer:
        return request.go(home(request.actor.role))
