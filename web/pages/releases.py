"""The branch head's leave to offer more on one need than an officer may alone."""

from __future__ import annotations

from litestar import Controller
from litestar.params import FromPath

from financing.acts import Act
from financing.matching import release, views
from financing.matching.model import Match
from financing.refusals import NotFound
from web.fields import Wan
from web.forms import Form
from web.page import Answer, Page, get, post


class ReleaseForm(Form):
    most: Wan


class ReleasePages(Controller):
    @get("/matches/{key:int}/release", name="release.form")
    def release_form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            line, before = views.received(desk, key), release.released(desk, desk.get(Match, key))
        if line is None:
            raise NotFound(kind="Match")
        return request.show("offers/release.html", line=line, before=before, form=request.sheet(ReleaseForm), act=Act)

    @post("/matches/{key:int}/release", name=Act.RELEASE_OFFER, page=release_form)
    def release(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ReleaseForm)
        with request.desk() as desk:
            release.release(desk, desk.get(Match, key), form.most)
            return request.go("inbox")
