"""Pages of firms, banks and the guarantor: registration, the firm's file, the officer's lists and shelves."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Controller
from litestar.params import FromPath, FromQuery
from pydantic import create_model

from financing import masks
from financing.acts import Act
from financing.needs import behalf
from financing.papers import proofs
from financing.parties import known, permits, service, stated, views
from financing.parties.model import Firm
from financing.parties.rules import FirmState
from financing.people import service as people
from financing.people.rules import INVITED_FOR
from scoring.facts import FACTS, SOFT
from web.fact_fields import choices, fact_field, standing, typed
from web.fields import CreditCode, Day, IndustryCode, Phone, Text, Wan, Whole, Yes, one_of
from web.forms import Form
from web.industries import suggestions
from web.page import Answer, Page, get, post
from web.places import address

#: What a firm states of itself in its own form.
OWN = ("owner_years", *SOFT)


class FirmFields(Form):
    """What a firm says of itself; asked once, used everywhere (F01)."""

    name: Annotated[str, Text(120)]
    industry: IndustryCode
    park: Annotated[str, Text(60)]
    address: Annotated[str, Text(120)]
    founded_on: Day
    representative: Annotated[str, Text(60)]
    contact: Annotated[str, Text(60)]
    phone: Phone
    employees: Annotated[int | None, Whole(0, 1_000_000, "人")] = None
    revenue: Wan | None = None
    assets: Wan | None = None

    def of_firm(self) -> dict[str, Any]:
        return {key: getattr(self, key) for key in FirmFields.model_fields if key != "version"}


class WithCode(Form):
    code: CreditCode


class RegisterForm(FirmFields, WithCode):
    """Everything a firm says of itself when it registers."""


class EditFields(FirmFields):
    owner_years: Annotated[int | None, Whole(0, 80, "年")] = None


EditForm: type[EditFields] = create_model(
    "EditForm", __base__=EditFields, **{name: fact_field(FACTS[name]) for name in SOFT}
)  # type: ignore[call-overload]  # the fields are known only from the list of facts


class WhyForm(Form):
    why: Annotated[str, Text(300, lines=True)]


class FactsFields(Form):
    as_of: Day
    again: Yes = False


FactsForm: type[FactsFields] = create_model(
    "FactsForm", __base__=FactsFields, **{name: fact_field(FACTS[name]) for name in stated.RECORDED}
)  # type: ignore[call-overload]  # the fields are known only from the list of facts


class FirmPages(Controller):
    @get("/firm", name="firm.mine")
    def mine(self, request: Page) -> Answer:
        with request.desk() as desk:
            firm = desk.get(Firm, request.actor.firm_id or 0)
            file, on_paper = views.file(desk, firm), behalf.of_firm(desk, firm.id)
            agreed = permits.table(desk, firm.id)
        return request.show(
            "parties/firm.html",
            file=file,
            form=request.sheet(Form),
            unclaimed=False,
            answers=known.answers(firm, request.actor),
            on_paper=on_paper,
            agreed=agreed,
            act=Act,
        )

    @get("/firms", name="firms")
    def firms(
        self, request: Page, q: FromQuery[str] = "", status: FromQuery[str] = "", page: FromQuery[int] = 1
    ) -> Answer:
        state = one_of(FirmState, status)
        with request.desk() as desk:
            found = views.firms(desk, min(page, 100_000), words=q[:60], state=state)
        return request.show("parties/firms.html", found=found, q=q[:60], state=state, states=FirmState)

    @get("/firms/{key:int}", name="firm.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            firm = desk.get(Firm, key)
            file, unclaimed = views.file(desk, firm), not people.has_account(desk, key)
            on_paper, agreed = behalf.of_firm(desk, key), permits.table(desk, key)
        return request.show(
            "parties/firm.html",
            file=file,
            form=request.sheet(Form),
            unclaimed=unclaimed,
            answers=known.answers(firm, request.actor),
            on_paper=on_paper,
            agreed=agreed,
            act=Act,
        )

    @get("/firms/{key:int}/contact", name="contact.form")
    def contact_form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            firm = desk.get(Firm, key)
        phone, form = masks.phone_for(request.actor, firm.phone), request.sheet(WhyForm)
        return request.show("parties/contact.html", firm=firm, phone=phone, form=form, shown=False, act=Act)

    @post("/firms/{key:int}/contact", name=Act.SHOW_CONTACT, page=contact_form)
    def show_contact(self, request: Page, key: FromPath[int]) -> Answer:
        """The number is on this answer alone: the same form again is another look, and another line of the journal."""
        form = request.read(WhyForm)
        with request.desk(claim=False) as desk:
            firm = desk.get(Firm, key)
            phone = service.show_contact(desk, firm, form.why)
        return request.show("parties/contact.html", firm=firm, phone=phone, form=None, shown=True, act=Act)

    @post("/firms/{key:int}/confirm", name=Act.CONFIRM_FIRM, page=show)
    def confirm(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            service.confirm(desk, desk.get(Firm, key))
            return request.go("firm.show", key=key)

    @post("/firms/{key:int}/invite", name=Act.INVITE_FIRM, page=show)
    def invite(self, request: Page, key: FromPath[int]) -> Answer:
        """The code is shown on the answer alone, so the same form again makes a new one and ends this one."""
        with request.desk(claim=False) as desk:
            firm = desk.get(Firm, key, lock=True)  # of two officers at once the later one's code counts
            code = people.invite_firm(desk, firm.id, firm.contact)
        link = request.app.state.settings.site + address(request.app, "join", code=code)
        return request.show("parties/invited.html", link=link, firm=firm, days=INVITED_FOR.days)

    @get("/firms/{key:int}/edit", name="firm.edit.form")
    def edit_form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            firm = desk.get(Firm, key)
            told = {name: fact for name, fact in stated.stated(firm).items() if name in OWN}
            locked = firm.confirmed and not desk.may(Act.CONFIRM_FIRM, firm)
        form = request.sheet(EditForm, firm, **{name: standing(FACTS[name], fact.value) for name, fact in told.items()})
        soft = [(FACTS[name], told.get(name)) for name in SOFT]
        return request.show(
            "parties/edit.html", firm=firm, form=form, industries=suggestions(), locked=locked, soft=soft, act=Act
        )

    @post("/firms/{key:int}/edit", name=Act.EDIT_FIRM, page=edit_form)
    def edit(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(EditForm)
        with request.desk() as desk:
            firm = desk.get(Firm, key, version=form.version)
            service.edit(desk, firm, **form.of_firm())
            if firm.firm_id == desk.actor.firm_id:
                proofs.state(desk, firm, {name: typed(FACTS[name], getattr(form, name)) for name in OWN})
                return request.go("firm.mine")
            return request.go("firm.show", key=key)

    @get("/firms/{key:int}/facts", name="firm.facts.form")
    def facts_form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            firm = desk.get(Firm, key)
            file, today = views.file(desk, firm), desk.today
        there = {one.fact.name: standing(one.fact, one.known.value) for one in file.recorded if one.known}
        form = request.sheet(FactsForm, firm, as_of=today, **there)
        options = choices(stated.RECORDED, request.lang)
        return request.show("parties/facts.html", file=file, form=form, options=options, act=Act)

    @post("/firms/{key:int}/facts", name=Act.RECORD_FACTS, page=facts_form)
    def record(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(FactsForm)
        with request.desk() as desk:
            firm = desk.get(Firm, key, version=form.version)
            there = stated.stated(firm)
            told = {name: typed(FACTS[name], getattr(form, name)) for name in stated.RECORDED}
            looked_up = {
                name: value
                for name, value in told.items()
                if value != (there[name].value if name in there else None) or (form.again and value is not None)
            }
            stated.record(desk, firm, looked_up, as_of=form.as_of)
            return request.go("firm.show", key=key)
