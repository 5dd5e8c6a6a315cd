"""The front page (首页) and the way from it to each role's desk."""

from __future__ import annotations

from functools import partial

from litestar import Controller

from financing.figures.outcomes import outcomes, public, shares_of
from financing.figures.rules import Volume
from financing.wording import name
from financing.words import _
from reports.figures import percent, unit_of
from web.page import Answer, Page, get
from web.routes import ROUTES, home

REGISTER = "firm.register.form"  # the page where a firm enters itself
#: What the front page shows of all that is published.
TILES = {
    Volume.REGISTERED: _("已登记企业（家）"),
    Volume.NEEDS: _("收到需求（笔）"),
    Volume.SUPPORTED: _("同意担保（笔）"),
    Volume.PAID: _("放款（笔）"),
}


class FrontPages(Controller):
    @get("/", name="front")
    def show(self, request: Page) -> Answer:
        register = REGISTER if REGISTER in ROUTES else ""
        found = [one for one in outcomes(request.app.state.database, request.now) if one.volume in TILES]
        return request.show("front/show.html", register=register, outcomes=found, labels=TILES)

    @get("/outcomes", name="outcomes")
    def outcomes(self, request: Page) -> Answer:
        found = public(request.app.state.database, request.now)
        shares = [(name(volume, request.lang), percent(*parts)) for volume, parts in shares_of(found.totals).items()]
        return request.show("front/outcomes.html", found=found, shares=shares, unit=partial(unit_of, lang=request.lang))

    @get("/home", name="home")
    def home(self, request: Page) -> Answer:
        return request.go(home(request.actor.role))
