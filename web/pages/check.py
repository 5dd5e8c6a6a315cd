"""Is the paper in my hand the one that was issued, and does it still hold (文件核验, F84)? Open to everybody who holds one."""

from __future__ import annotations

import hashlib
from typing import Annotated

from litestar import Controller
from litestar.params import FromQuery

from financing.access import SYSTEM
from financing.desk import opened
from financing.letters import checking
from financing.matching.checking import genuine
from financing.people import tries
from web.fields import Text, Upload
from web.forms import Form
from web.page import Answer, Page, get, post

LONGEST = 60


class CheckForm(Form):
    code: Annotated[str, Text(LONGEST)]
    digest: Annotated[str, Text(64)] | None = None
    file: Upload | None = None


class CheckPages(Controller):
    @get("/check", name="check")
    def show(self, request: Page, code: FromQuery[str] = "") -> Answer:
        return _answer(request, code[:LONGEST])

    @post("/check", name="check.answer", page=show, upload=True)
    def answer(self, request: Page) -> Answer:
        form = request.read(CheckForm)
        sha256 = hashlib.sha256(form.file.file.read()).hexdigest() if form.file else ""
        return _answer(request, form.code, form.digest or "", sha256)


def _answer(request: Page, code: str, digest: str = "", sha256: str = "") -> Answer:
    """One answer for wrong, unknown and badly typed codes, and only so many questions from one address."""
    copy = paper = None
    if code:
        with opened(request.app.state.database, SYSTEM, request.now) as desk:
            tries.ask(desk, request.clue.address)
            copy, paper = genuine(desk, code), checking.standing(desk, code, digest, sha256)
    form = request.sheet(CheckForm, code=code, digest=digest or None)
    return request.show("front/check.html", code=code, found=copy, paper=paper, form=form)
