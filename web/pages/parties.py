"""Pages of firms, banks and the guarantor: registration, the firm's file, the officer's lists and shelves."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial
from typing import Annotated, Any

from litestar import Controller
from litestar.params import FromPath, FromQuery
from pydantic import Field, create_model

from financing.access import Role
from financing.acts import Act
from financing.money import Fen, Rate
from financing.needs.rules import Purpose
from financing.parties import service, stated, views
from financing.parties.model import Bank, Firm
from financing.parties.rules import HIGHEST_FEE, BankKind, FirmState, GuarantorKind
from financing.people import service as people
from scoring.facts import FACTS, Fact, Kind
from scoring.sizes import WORDS, Size
from web.cookies import session_cookie
from web.fields import CreditCode, Day, IndustryCode, Password, Percent, Phone, Text, Wan, Whole, Yes, one_of
from web.forms import Form
from web.industries import sections, suggestions
from web.page import Answer, Page, get, post


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


class RegisterForm(FirmFields):
    code: CreditCode
    login: Annotated[str, Field(pattern=r"^[a-zA-Z0-9][a-zA-Z0-9._@-]{2,63}$")]
    password: Password


class EditForm(FirmFields):
    owner_years: Annotated[int | None, Whole(0, 80, "年")] = None


def _field(fact: Fact) -> tuple[Any, None]:
    """The input that a fact of its kind needs; empty means not known."""
    kinds: dict[Kind, Any] = {
        Kind.NUMBER: Annotated[Decimal, Field(ge=-1_000_000, le=1_000_000, decimal_places=6)],
        Kind.COUNT: Annotated[int, Whole(0, 1_000_000)],
        Kind.MONEY: Wan,
    }
    return (kinds.get(fact.kind, Annotated[str, Text(20)]) | None, None)


class FactsFields(Form):
    as_of: Day


FactsForm: type[FactsFields] = create_model(
    "FactsForm", __base__=FactsFields, **{name: _field(FACTS[name]) for name in stated.RECORDED}
)  # type: ignore[call-overload]  # the fields are known only from the list of facts


class BankForm(Form):
    name: Annotated[str, Text(120)]
    kind: BankKind
    phone: Phone | None = None


class ProductForm(Form):
    name: Annotated[str, Text(120)]
    least: Wan
    most: Wan
    shortest: Annotated[int, Whole(1, 360, "个月")]
    longest: Annotated[int, Whole(1, 360, "个月")]
    spread: Percent
    valid_from: Day
    valid_until: Day
    grade: Annotated[str, Field(pattern="^(AAA|AA|A|BBB|BB|B|C)$")] = "C"
    guaranteed_only: Yes = False
    purposes: tuple[Purpose, ...] = ()
    sizes: tuple[Annotated[str, Field(pattern="^(large|medium|small|micro)$")], ...] = ()
    sections: tuple[Annotated[str, Field(pattern="^[A-T]$")], ...] = ()

    def terms(self) -> dict[str, Any]:
        """The product's columns; lists as plain codes."""
        plain = {key: getattr(self, key) for key in ProductForm.model_fields if key != "version"}
        return {
            key: [str(code) for code in value] if isinstance(value, tuple) else value for key, value in plain.items()
        }


class GuarantorForm(Form):
    name: Annotated[str, Text(120)]
    kind: GuarantorKind
    net_assets: Wan
    share: Percent
    fee: Percent
    licence: Annotated[str, Text(60)] | None = None
    licence_until: Day | None = None


class FirmPages(Controller):
    @get("/register", name="firm.register.form")
    def register_form(self, request: Page) -> Answer:
        form = request.sheet(RegisterForm)
        return request.show("parties/register.html", form=form, industries=suggestions(), act=Act)

    @post("/register", name=Act.REGISTER_FIRM, page=register_form)
    def register(self, request: Page) -> Answer:
        form = request.read(RegisterForm)
        with request.desk() as desk:
            firm = service.register(desk, code=form.code, **form.of_firm())
            people.enrol(desk, Role.SIGNATORY, form.contact, form.login, form.password, firm_id=firm.id)
            answer = request.go("needs.mine")
        desks = partial(request.desk, claim=False)
        token = people.sign_in(desks, form.login, form.password, request.clue.address)
        answer.set_cookie(session_cookie(request.app.state.settings, token))
        return answer

    @get("/firm", name="firm.mine")
    def mine(self, request: Page) -> Answer:
        with request.desk() as desk:
            file = views.file(desk, desk.get(Firm, request.actor.firm_id or 0))
        return request.show("parties/firm.html", file=file, form=request.sheet(Form), act=Act)

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
            file = views.file(desk, desk.get(Firm, key))
        return request.show("parties/firm.html", file=file, form=request.sheet(Form), act=Act)

    @post("/firms/{key:int}/confirm", name=Act.CONFIRM_FIRM, page=show)
    def confirm(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            service.confirm(desk, desk.get(Firm, key))
            return request.go("firm.show", key=key)

    @get("/firms/{key:int}/edit", name="firm.edit.form")
    def edit_form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            firm = desk.get(Firm, key)
            known = stated.stated(firm).get("owner_years")
            locked = firm.confirmed and not desk.may(Act.CONFIRM_FIRM, firm)
        form = request.sheet(EditForm, firm, owner_years=known.value if known else None)
        return request.show("parties/edit.html", firm=firm, form=form, industries=suggestions(), locked=locked, act=Act)

    @post("/firms/{key:int}/edit", name=Act.EDIT_FIRM, page=edit_form)
    def edit(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(EditForm)
        with request.desk() as desk:
            firm = desk.get(Firm, key, version=form.version)
            service.edit(desk, firm, **form.of_firm())
            if firm.firm_id == desk.actor.firm_id:
                stated.declare(desk, firm, {"owner_years": form.owner_years})
                return request.go("firm.mine")
            return request.go("firm.show", key=key)

    @get("/firms/{key:int}/facts", name="firm.facts.form")
    def facts_form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            firm = desk.get(Firm, key)
            file, today = views.file(desk, firm), desk.today
        standing = {one.fact.name: _standing(one.fact, one.known.value) for one in file.recorded if one.known}
        form = request.sheet(FactsForm, firm, as_of=today, **standing)
        options = {
            name: [(code, words[request.lang == "en"]) for code, words in FACTS[name].choices.items()]
            for name in stated.RECORDED
        }
        return request.show("parties/facts.html", file=file, form=form, options=options, act=Act)

    @post("/firms/{key:int}/facts", name=Act.RECORD_FACTS, page=facts_form)
    def record(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(FactsForm)
        with request.desk() as desk:
            firm = desk.get(Firm, key, version=form.version)
            known = stated.stated(firm)
            typed = {name: _typed(FACTS[name], getattr(form, name)) for name in stated.RECORDED}
            changed = {
                name: value for name, value in typed.items() if value != (known[name].value if name in known else None)
            }
            stated.record(desk, firm, changed, as_of=form.as_of)
            return request.go("firm.show", key=key)


class BankPages(Controller):
    @get("/banks", name="banks")
    def banks(self, request: Page) -> Answer:
        with request.desk() as desk:
            banks, guarantor = views.banks(desk), service.the_guarantor(desk)
        return request.show("parties/banks.html", banks=banks, guarantor=guarantor, act=Act)

    @get("/banks/add", name="bank.form")
    def bank_form(self, request: Page) -> Answer:
        return request.show("parties/bank_form.html", form=request.sheet(BankForm), act=Act)

    @post("/banks/add", name=Act.ADD_BANK, page=bank_form)
    def add_bank(self, request: Page) -> Answer:
        form = request.read(BankForm)
        with request.desk() as desk:
            bank = service.add_bank(desk, name=form.name, kind=form.kind, phone=form.phone or "")
            return request.go("bank.show", key=bank.id)

    @get("/banks/{key:int}", name="bank.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            bank = desk.get(Bank, key)
            shelf, today = views.products(desk, bank), desk.today
        return request.show("parties/shelf.html", bank=bank, shelf=shelf, today=today, act=Act)

    @get("/products", name="products.mine")
    def mine(self, request: Page) -> Answer:
        with request.desk() as desk:
            bank = desk.get(Bank, request.actor.bank_id or 0)
            shelf, today = views.products(desk, bank), desk.today
        return request.show("parties/shelf.html", bank=bank, shelf=shelf, today=today, act=Act)

    @get("/banks/{key:int}/products/add", name="product.form")
    def product_form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            bank, today = desk.get(Bank, key), desk.today
        given = {
            "grade": "BBB",
            "valid_from": today,
            "valid_until": date(today.year + 1, 12, 31),
            "guaranteed_only": True,
        }
        sizes = [(size.value, WORDS[size][request.lang == "en"]) for size in Size if size is not Size.UNDETERMINED]
        form = request.sheet(ProductForm, **given)
        return request.show(
            "parties/product_form.html", bank=bank, form=form, sizes=sizes, sections=sections(), act=Act
        )

    @post("/banks/{key:int}/products/add", name=Act.ADD_PRODUCT, page=product_form)
    def add_product(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ProductForm)
        with request.desk() as desk:
            service.add_product(desk, desk.get(Bank, key), **form.terms())
            return request.go("products.mine") if request.actor.bank_id else request.go("bank.show", key=key)

    @get("/guarantor", name="guarantor.form")
    def guarantor_form(self, request: Page) -> Answer:
        with request.desk() as desk:
            guarantor = service.the_guarantor(desk)
        form = request.sheet(GuarantorForm, guarantor)
        return request.show("parties/guarantor.html", form=form, guarantor=guarantor, highest=HIGHEST_FEE, act=Act)

    @post("/guarantor", name=Act.SET_GUARANTOR, page=guarantor_form)
    def set_guarantor(self, request: Page) -> Answer:
        form = request.read(GuarantorForm)
        with request.desk() as desk:
            service.set_guarantor(
                desk, name=form.name, kind=form.kind, net_assets=form.net_assets, share=form.share, fee=form.fee,
                licence=form.licence or "", licence_until=form.licence_until,
            )  # fmt: skip
            return request.go("banks")


def _standing(fact: Fact, value: object) -> object:
    """A known value as it stands in the input."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return Fen(value) if fact.kind is Kind.MONEY and isinstance(value, int) else value


def _typed(fact: Fact, value: object) -> object:
    """What was typed as a value of the fact."""
    if fact.kind is Kind.FLAG and isinstance(value, str):
        return {"yes": True, "no": False}.get(value, value)
    if isinstance(value, (Fen, Rate)):
        return value.fen if isinstance(value, Fen) else value.ppm
    return value
