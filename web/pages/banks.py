"""Pages of banks, their products and the guarantor."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from litestar import Controller
from litestar.params import FromPath
from pydantic import Field

from financing.access import require
from financing.acts import Act
from financing.needs.rules import Purpose
from financing.parties import service, views
from financing.parties.model import Bank
from financing.parties.rules import BankKind
from scoring.sizes import WORDS, Size
from web.fields import Day, Percent, Phone, Text, Wan, Whole, Yes
from web.forms import Form
from web.industries import sections
from web.page import Answer, Page, get, post


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
            require(desk.actor, Act.ADD_PRODUCT, bank)
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
