"""Separate consents (单独同意): one item read and agreed to at a time, taken back from the page that shows them all."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing import wording
from financing.acts import Act
from financing.desk import Desk
from financing.papers.model import Paper
from financing.papers.rules import PaperKind
from financing.parties import permit_rules, permits
from financing.parties.model import Firm
from financing.parties.permit_model import Permit
from financing.parties.permit_rules import Item, Whose
from financing.parties.permit_text import Handler
from financing.permit_words import PERMIT_ABOUT
from financing.refusals import NotFound
from financing.settings import Settings
from financing.signed_text import Text
from web.fields import Text as Words
from web.fields import Whole, one_of
from web.forms import Form
from web.page import Answer, Page, get, post
from web.strictness import wants_factor


class PermitForm(Form):
    item: Item
    mark: Annotated[str, Words(4)]
    whose: Whose | None = None
    person: Annotated[str, Words(40)] = ""
    scan: Annotated[int | None, Whole(1, 2**53)] = None


class EndForm(Form):
    why: Annotated[str, Words(300, lines=True)] = ""


class PermitPages(Controller):
    @get("/permits/new", name="permit.form")
    def form(
        self, request: Page, item: FromQuery[str] = "", mark: FromQuery[str] = "", whose: FromQuery[str] = "",
        person: FromQuery[str] = "", scan: FromQuery[int] = 0,
    ) -> Answer:  # fmt: skip
        wanted = one_of(Item, request.said("item") or item) or Item.SENSITIVE
        with request.desk(write=False) as desk:
            firm = _firm(desk)
            scans = desk.all(Paper, Paper.firm_id == firm.id, Paper.kind == PaperKind.SIGNED, by=Paper.added_at.desc())
            signed = next((one for one in scans if one.id == scan), None)
            asked = permits.Asked(wanted, mark, one_of(Whose, whose), person, signed)
            text = _text(request, desk, firm, asked) if _ready(asked) else None
            strict = wants_factor(request, desk.today, Act.GIVE_PERMIT)
        sheet = request.sheet(PermitForm, item=wanted, mark=mark, whose=asked.whose, person=person, scan=scan or None)
        return request.show(
            "permits/form.html", item=wanted, about=PERMIT_ABOUT[wanted], text=text, asked=asked, form=sheet, wants_factor=strict,
            scans=[(one.id, one.name) for one in scans], of_person=wanted is Item.PERSON_CREDIT, act=Act,
        )  # fmt: skip

    @post("/permits/new", name=Act.GIVE_PERMIT, page=form)
    def give(self, request: Page) -> Answer:
        form = request.read(PermitForm)
        with request.desk() as desk:
            firm = _firm(desk)
            scan = desk.get(Paper, form.scan) if form.scan else None
            asked = permits.Asked(form.item, form.mark, form.whose, form.person, scan)
            permits.give(desk, firm, asked, _text(request, desk, firm, asked))
            return request.go("consents.mine")

    @post("/permits/{key:int}/withdraw", name=Act.END_PERMIT)
    def withdraw(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(EndForm)
        with request.desk() as desk:
            permits.withdraw(desk, desk.get(Permit, key, lock=True), form.why)
            return request.go("consents.mine")


def handler(settings: Settings) -> Handler:
    """Who handles what firms agree to, as the texts name it."""
    return Handler(settings.zone_name, settings.zone_office, settings.zone_phone)


def _text(request: Page, desk: Desk, firm: Firm, asked: permits.Asked) -> Text:
    """The words are Chinese whatever the page speaks: they are what is signed."""
    whose = wording.name(asked.whose) if asked.whose else ""
    capacity = wording.name(permits.capacity_of(desk, firm))
    return permits.draft(desk, firm, asked, handler=handler(request.app.state.settings), whose=whose, capacity=capacity)


def _ready(asked: permits.Asked) -> bool:
    """Whether enough is known to fill in the text."""
    named = asked.item is not Item.PERSON_CREDIT or bool(
        asked.scan and asked.whose and (asked.person.strip() or asked.whose is Whose.REPRESENTATIVE)
    )
    return named and bool(permit_rules.mark_of(asked.mark))


def _firm(desk: Desk) -> Firm:
    if desk.actor.firm_id is None:
        raise NotFound(kind="Firm")
    return desk.get(Firm, desk.actor.firm_id)
