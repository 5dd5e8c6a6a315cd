"""Is the paper in my hand the one that was issued (文件核验)? Open to everybody who holds one."""

from __future__ import annotations

from litestar import Controller
from litestar.params import FromQuery

from financing.access import SYSTEM
from financing.desk import opened
from financing.matching.checking import genuine
from web.page import Answer, Page, get

LONGEST = 60


class CheckPages(Controller):
    @get("/check", name="check")
    def show(self, request: Page, code: FromQuery[str] = "") -> Answer:
        with opened(request.app.state.database, SYSTEM, request.now, write=False) as desk:
            found = genuine(desk, code[:LONGEST]) if code else None
        return request.show("front/check.html", code=code[:LONGEST], found=found)
