"""Notices (通知): what somebody should know, newest first, each with the way to its page."""

from __future__ import annotations

from litestar import Controller

from financing.acts import Act
from financing.notices import parcels, service
from financing.notices.model import Notice
from web.leads import lead
from web.page import Answer, Page, address, get, post
from web.places import keyed

MOST = 50


class NoticePages(Controller):
    @get("/notices", name="notices")
    def show(self, request: Page) -> Answer:
        with request.desk() as desk:
            found, troubled = service.mine(desk, MOST), parcels.troubled(desk)
            if request.wanted:
                found = service.mine(desk, request.rows(MOST))
        places = [(one, _place(request, one)) for one in found]
        return request.show("notices/list.html", notices=places, troubled=troubled, act=Act)

    @post("/notices/seen", name=Act.SEE_NOTICES)
    def seen(self, request: Page) -> Answer:
        with request.desk() as desk:
            service.mark_seen(desk)
            return request.go("notices")


def _place(request: Page, notice: Notice) -> str:
    """The page of the matter as far as this person may open it, otherwise where they begin."""
    route = lead(request.actor, notice.act)
    return address(request.app, route, **({"key": notice.subject_id} if keyed(request.app, route) else {}))
