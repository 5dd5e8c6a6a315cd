"""The guides (使用指南): one's own, and everybody else's, because how the work is done is no secret."""

from __future__ import annotations

from litestar import Controller
from litestar.params import FromPath

from financing.refusals import NotFound
from web.guide import PICTURES, READERS, guides
from web.page import Answer, Page, get


class HelpPages(Controller):
    @get("/help", name="help")
    def own(self, request: Page) -> Answer:
        return _shown(request, READERS[request.actor.role])

    @get("/help/{key:str}", name="help.of")
    def of(self, request: Page, key: FromPath[str]) -> Answer:
        return _shown(request, key)


def _shown(request: Page, key: str) -> Answer:
    if key not in guides():
        raise NotFound(kind="guide")
    taken = {path.stem for path in PICTURES.glob("*.webp")}
    return request.show("help/show.html", guide=guides()[key], every=guides().values(), taken=taken)
