"""Needs nobody hears of: the firm's one-tap answer, and the office's list."""

from __future__ import annotations

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing import parameters
from financing.acts import Act
from financing.hygiene import service, views
from financing.needs.model import Need
from web.page import Answer, Page, get, post
from web.pages.needs import NeedPages

FIGURES = ("life_silent_days", "life_answer_days", "idle_days")


class HygienePages(Controller):
    @post("/needs/{key:int}/still", name=Act.CONFIRM_LIFE, page=NeedPages.show)
    def still(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            service.still(desk, desk.get(Need, key))
            return request.go("need.show", key=key)

    @post("/needs/{key:int}/no-longer", name=Act.CLOSE_NEED, page=NeedPages.show)
    def no_longer(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            service.no_longer(desk, desk.get(Need, key))
            return request.go("need.show", key=key)

    @get("/silent", name="silent")
    def silent(self, request: Page, page: FromQuery[int] = 1) -> Answer:
        with request.desk(write=False) as desk:
            idle, asked = views.idle(desk), views.asked(desk, min(page, 10_000))
            figures = [parameters.figure(key, desk.today) for key in FIGURES]
        return request.show("office/silent.html", idle=idle, asked=asked, figures=figures)
