"""The page behind the search box: everything one may see that goes by a name, a code or a number."""

from __future__ import annotations

from litestar import Controller
from litestar.params import FromQuery

from financing.acts import Act
from financing.numbers import TYPED
from financing.search import views
from financing.search.views import Hits, Kind
from financing.words import _
from web.page import Answer, Page, get
from web.routes import ROUTES

#: What each kind is called, the pages on which one of it is shown (the first that is open to the reader), and its list.
PLACES: dict[Kind, tuple[str, tuple[str, ...], str]] = {
    Kind.FIRM: (_("企业"), ("firm.show",), "firms"),
    Kind.NEED: (_("需求"), ("need.show",), "needs"),
    Kind.CASE: (_("担保项目"), ("case.show",), "cases"),
    Kind.GUARANTEE: (_("在保与函件"), ("guarantee.show",), "guarantees"),
    Kind.DOSSIER: (_("档案"), (Act.OPEN_DOSSIER,), "inbox"),
    Kind.MEETING: (_("评审会"), ("meeting.show",), "meetings"),
    Kind.SESSION: (_("对接会"), ("session.show",), "sessions"),
    Kind.BANK: (_("银行"), ("bank.show", "scoreboard.bank"), "banks"),
}
LONGEST = 60
#: Lists that take words as the search box does.
ASKABLE = {"firms", "needs"}


class SearchPages(Controller):
    @get("/search", name="search", unmoved=True)
    def show(self, request: Page, q: FromQuery[str] = "") -> Answer:
        typed = q[:LONGEST]
        with request.desk() as desk:
            found = views.search(desk, typed)
        groups = [(hits, PLACES[hits.kind][0], *_ways(request, hits)) for hits in found]
        only = [(hits.rows[0], page) for hits, _label, page, _list in groups if len(hits.rows) == 1]
        if len(groups) == 1 and only and only[0][1] and TYPED.fullmatch(typed.strip().upper()):
            return request.go(only[0][1], key=only[0][0].id)
        return request.show("search/show.html", q=typed, groups=groups, askable=ASKABLE)


def _ways(request: Page, hits: Hits) -> tuple[str, str]:
    """The page of one such thing and the list of all, each empty where it is not open to the reader."""
    role = request.actor.role
    _label, pages, every = PLACES[hits.kind]
    return next((one for one in pages if role in ROUTES[one]), ""), every if role in ROUTES[every] else ""
