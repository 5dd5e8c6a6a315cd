"""Pages of what other parties bear of payments (各方分担): all parts, and one that is claimed and received."""

from __future__ import annotations

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing.acts import Act
from financing.compensation import paying, views
from financing.compensation.model import CompensationPart
from financing.compensation.rules import PartState
from financing.guarantees.change_rules import DocumentKind
from web.filing import filing
from web.forms import Form
from web.page import Answer, Page, get, post
from web.pages.compensation import ProofForm


class PartPages(Controller):
    """What other parties bear of payments."""

    @get("/compensation-parts", name="compensation.parts")
    def list(self, request: Page, only: FromQuery[PartState | None] = None, page: FromQuery[int] = 1) -> Answer:
        with request.desk(write=False) as desk:
            found = views.parts(desk, only, min(page, 100_000))
        return request.show("compensation/parts.html", found=found, only=only, states=PartState, act=Act)

    @get("/compensation-parts/{key:int}", name="compensation.part")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            part = desk.get(CompensationPart, key)
            acts, today = desk.acts(part), desk.today
        own = part.asked_by == request.actor.id
        sheet = request.sheet(ProofForm, on=today)
        return request.show("compensation/part.html", part=part, acts=acts, own=own, form=sheet, act=Act)

    @post("/compensation-parts/{key:int}/ask", name=Act.ASK_PART, page=show)
    def ask(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        with request.desk() as desk:
            paying.ask(desk, desk.get(CompensationPart, key))
            return request.go("compensation.part", key=key)

    @post("/compensation-parts/{key:int}/receive", name=Act.RECEIVE_PART, page=show, upload=True)
    def receive(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ProofForm)
        with filing(request.app.state.settings, {DocumentKind.PROOF: form.proof}) as filed, request.desk() as desk:
            paying.receive(desk, desk.get(CompensationPart, key), on=form.on, filed=filed[0])
            return request.go("compensation.part", key=key)
