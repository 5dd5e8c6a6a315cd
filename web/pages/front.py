"""The front page (首页) and the way from it to each role's desk."""

from __future__ import annotations

from litestar import Controller

from financing.figures.outcomes import outcomes
from web.page import Answer, Page, get
from web.routes import ROUTES, home

REGISTER = "firm.register.form"  # the page where a firm enters itself


class FrontPages(Controller):
    @get("/", name="front")
    def show(self, request: Page) -> Answer:
        register = REGISTER if REGISTER in ROUTES else ""
        return request.show(
            "front/show.html", register=register, outcomes=outcomes(request.app.state.database, request.now)
        )

    @get("/home", name="home")
    def home(self, request: Page) -> Answer:
        return request.go(home(request.actor.role))
