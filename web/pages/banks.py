"""Banks and their branches, the product shelf, and who at a bank may offer how much."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from litestar import Controller
from litestar.params import FromPath, FromQuery
from pydantic import Field

from financing.access import require
from financing.acts import Act
from financing.desk import Desk
from financing.needs.rules import Purpose
from financing.parties import rights, service, shelf, shelf_views
from financing.parties.model import Bank, Product
from financing.parties.rules import BankKind, Shelved
from financing.people.model import User
from scoring.sizes import WORDS, Size
from web.fields import Day, Percent, Phone, Text, Wan, Whole, Yes
from web.forms import Form
from web.industries import sections
from web.page import Answer, Page, get, post

KEPT = (Shelved.OFFERED, Shelved.TO_COME)
Letter = Annotated[str, Field(pattern="^[A-T]$")]
OneSize = Annotated[str, Field(pattern="^(large|medium|small|micro)$")]
Key = Annotated[int, Field(ge=1, le=2**53)]


class BankForm(Form):
    name: Annotated[str, Text(120)]
    kind: BankKind
    parent: Key | None = None
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
    sizes: tuple[OneSize, ...] = ()
    sections: tuple[Letter, ...] = ()
    barred: tuple[Letter, ...] = ()
    replaces: Key | None = None

    def terms(self) -> dict[str, Any]:
        """The product's columns; lists as plain codes."""
        plain = {key: getattr(self, key) for key in ProductForm.model_fields if key not in {"version", "replaces"}}
        return {
            key: [str(code) for code in value] if isinstance(value, tuple) else value for key, value in plain.items()
        }


class WithdrawForm(Form):
    why: Annotated[str, Text(200)]


class RightForm(Form):
    most: Wan | None = None
    heads: Yes = False


class BankPages(Controller):
    @get("/banks", name="banks")
    def banks(self, request: Page) -> Answer:
        with request.desk() as desk:
            banks, guarantor = shelf_views.banks(desk), service.the_guarantor(desk)
        return request.show("parties/banks.html", banks=banks, guarantor=guarantor, act=Act)

    @get("/banks/add", name="bank.form")
    def bank_form(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            parents = [(bank.id, bank.name) for bank in desk.all(Bank, by=Bank.name)]
        return request.show("parties/bank_form.html", form=request.sheet(BankForm), parents=parents, act=Act)

    @post("/banks/add", name=Act.ADD_BANK, page=bank_form)
    def add_bank(self, request: Page) -> Answer:
        form = request.read(BankForm)
        with request.desk() as desk:
            parent = desk.get(Bank, form.parent) if form.parent else None
            bank = shelf.add_bank(desk, name=form.name, kind=form.kind, phone=form.phone or "", parent=parent)
            return request.go("bank.show", key=bank.id)

    @get("/banks/{key:int}", name="bank.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            return _shelf(request, desk, desk.get(Bank, key))

    @get("/products", name="products.mine")
    def mine(self, request: Page) -> Answer:
        with request.desk() as desk:
            return _shelf(request, desk, desk.get(Bank, request.actor.bank_id or 0))


class ProductPages(Controller):
    @get("/banks/{key:int}/products/add", name="product.form")
    def product_form(self, request: Page, key: FromPath[int], after: FromQuery[int] = 0) -> Answer:
        with request.desk(write=False) as desk:
            bank, today = desk.get(Bank, key), desk.today
            require(desk.actor, Act.ADD_PRODUCT, bank)
            former = desk.find(Product, Product.id == after, Product.bank_id == key)
        sizes = [(size.value, WORDS[size][request.lang == "en"]) for size in Size if size is not Size.UNDETERMINED]
        form = request.sheet(ProductForm, former, **_given(former, today))
        return request.show(
            "parties/product_form.html", bank=bank, form=form, former=former, sizes=sizes, sections=sections(), act=Act
        )

    @post("/banks/{key:int}/products/add", name=Act.ADD_PRODUCT, page=product_form)
    def add_product(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(ProductForm)
        with request.desk() as desk:
            bank = desk.get(Bank, key)
            former = desk.find(Product, Product.id == form.replaces, Product.bank_id == key) if form.replaces else None
            shelf.add_product(desk, bank, replaces=former, **form.terms())
            return request.go("products.mine") if request.actor.bank_id else request.go("bank.show", key=key)

    @get("/products/{key:int}/withdraw", name="product.withdraw.form")
    def withdraw_form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            product = desk.get(Product, key)
            require(desk.actor, Act.WITHDRAW_PRODUCT, product)
            bank = desk.get(Bank, product.bank_id)
        form = request.sheet(WithdrawForm)
        return request.show("parties/product_withdraw.html", product=product, bank=bank, form=form, act=Act)

    @post("/products/{key:int}/withdraw", name=Act.WITHDRAW_PRODUCT, page=withdraw_form)
    def withdraw(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(WithdrawForm)
        with request.desk() as desk:
            product = desk.get(Product, key)
            shelf.withdraw_product(desk, product, why=form.why)
            own = request.actor.bank_id
            return request.go("products.mine") if own else request.go("bank.show", key=product.bank_id)


class RightPages(Controller):
    @get("/rights", name="rights")
    def rights(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            holders = rights.holders(desk)
        return request.show("parties/rights.html", holders=holders, act=Act)

    @get("/rights/{key:int}", name="right.form")
    def right_form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            person = desk.get(User, key)
            now = rights.of(desk, person.id)
        form = request.sheet(RightForm, now)
        return request.show("parties/right_form.html", person=person, form=form, now=now, act=Act)

    @post("/rights/{key:int}", name=Act.GIVE_RIGHT, page=right_form)
    def give(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(RightForm)
        with request.desk() as desk:
            rights.give(desk, desk.get(User, key), most=form.most, heads=form.heads)
            return request.go("rights")


def _shelf(request: Page, desk: Desk, bank: Bank) -> Answer:
    rows, (parent, branches) = shelf_views.products(desk, bank), shelf_views.branches(desk, bank)
    now = [row for row in rows if row.standing in KEPT]
    before = [row for row in rows if row.standing not in KEPT]
    return request.show(
        "parties/shelf.html",
        bank=bank,
        now=now,
        before=before,
        parent=parent,
        branches=branches,
        act=Act,
        purpose=Purpose,
    )


def _given(former: Product | None, today: date) -> dict[str, object]:
    """What a new product begins with; one that replaces another begins with the other's terms."""
    year = {"valid_from": today, "valid_until": date(today.year + 1, 12, 31)}
    if former is None:
        return year | {"grade": "BBB", "guaranteed_only": True}
    return year | {"replaces": former.id}
