"""A page with every part on it, and forms of every kind; it exists in tests only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from jinja2 import ChoiceLoader, FileSystemLoader
from litestar import Controller, Litestar
from litestar.params import FromPath

from financing.access import EVERYONE, Role
from financing.acts import Act
from financing.case_refusals import LimitReached
from financing.guarantees.rules import Vote
from financing.money import Fen
from financing.needs.rules import NeedState, Purpose, Security
from financing.parties.model import Bank
from financing.parties.rules import BankKind
from financing.refusals import NotAllowed
from scoring.card import card
from scoring.score import sheet
from web import routes
from web.app import handlers
from web.fields import CreditCode, Day, Percent, Phone, Text, Upload, Wan, Whole, Yes
from web.forms import Form
from web.page import Answer, Page, get, post


class KitchenForm(Form):
    amount: Wan
    months: Annotated[int, Whole(1, 36, "个月")]
    purpose: Purpose
    use: Annotated[str, Text(20, lines=True)]
    latest: Day
    code: CreditCode
    phone: Phone | None = None
    wish: Percent | None = None
    security: tuple[Security, ...] = ()
    no_broker: Yes = False


class BankForm(Form):
    name: Annotated[str, Text(60)]
    phone: Annotated[str, Text(20)] = ""


class UploadForm(Form):
    file: Upload


@dataclass
class Matter:
    id: int = 7
    acts: tuple[Act, ...] = (Act.DISABLE_USER, Act.SIGN_OUT)


@dataclass
class Step:
    label: str
    state: str
    day: date | None = None
    whose: str = ""
    left: int = 0
    due: date | None = None
    whole: int | None = None
    url: str = ""


@dataclass
class Limit:
    label: str
    cap: Fen
    used: Fen
    reserved: Fen


@dataclass
class Fall:
    label: str
    count: int
    sum: Fen
    days: int | None
    url: str = ""


@dataclass
class Row:
    name: str
    amount: Fen
    state: NeedState
    left: int
    due: date


FACTS: dict[str, Any] = {"net_margin": None}
SCENE: dict[str, Any] = {
    "matter": Matter(),
    "states": [*NeedState, *Vote],
    "steps": [
        Step("提交", "done", date(2026, 11, 2)),
        Step("受理", "done", date(2026, 11, 4)),
        Step("评分", "now", whose="经开区经办", left=2, due=date(2026, 11, 26), whole=5),
        Step("评审", "later"), Step("授权", "later"), Step("报价", "later"),
    ],
    "limits": [(Limit("担保总额度", Fen.wan(50_000), Fen.wan(21_000), Fen.wan(4_000)), Fen.wan(500)),
               (Limit("单户额度", Fen.wan(1_000), Fen.wan(600), Fen.wan(100)), Fen.wan(500))],
    "falls": [Fall("提交", 120, Fen.wan(36_000), None), Fall("受理", 96, Fen.wan(30_100), 2), Fall("上会", 60, Fen.wan(20_000), 9),
              Fall("放款", 31, Fen.wan(9_800), 41)],
    "rows": [Row("示范铜材有限公司", Fen.wan("120.5"), NeedState.SUBMITTED, 3, date(2026, 11, 26)),
             Row("一家名字非常长的精密机械与新材料联合研究制造股份有限公司", Fen.wan(3_000), NeedState.RETURNED, -1, date(2026, 11, 20))],
}  # fmt: skip


def the_sheet() -> Any:
    return sheet(card("credit", date(2026, 11, 23)), {})


class KitchenPages(Controller):
    path = "/kitchen"

    @get("/", name="kitchen")
    def show(self, request: Page) -> Answer:
        return request.show("kitchen.html", form=request.sheet(KitchenForm), sheet=the_sheet(), **SCENE)

    @post("/", name="kitchen.cook", page=show)
    def cook(self, request: Page) -> Answer:
        form = request.read(KitchenForm)
        with request.desk() as desk:
            if form.months == 36:
                raise LimitReached(scope="x", asked=form.amount, free=Fen(0))
            if form.months == 35:
                raise NotAllowed
            desk.add(Bank(name=form.use, kind=BankKind.CITY))
            return request.go("kitchen")

    @get("/bank/{key:int}", name="kitchen.bank")
    def bank_form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            return request.show("kitchen_bank.html", form=request.sheet(BankForm, desk.get(Bank, key)))

    @post("/bank/{key:int}", name="kitchen.bank.save", page=bank_form)
    def save(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(BankForm)
        with request.desk() as desk:
            bank = desk.get(Bank, key, version=form.version)
            bank.name, bank.phone = form.name, form.phone
            return request.go("kitchen.bank", key=key)

    @get("/upload", name="kitchen.upload.form")
    def upload_form(self, request: Page) -> Answer:
        return request.show("kitchen_upload.html", form=request.sheet(UploadForm))

    @post("/upload", name="kitchen.upload", page=upload_form, upload=True)
    def upload(self, request: Page) -> Answer:
        form = request.read(UploadForm)
        with request.desk():
            content = form.file.file.read()
        return request.download(content, f"回执 {form.file.filename}\r\n", "application/octet-stream")

    @get("/break", name="kitchen.break")
    def break_it(self, request: Page) -> Answer:
        raise ZeroDivisionError("the secret of the kitchen")


ROWS = {
    **dict.fromkeys(("kitchen", "kitchen.cook", "kitchen.break", "kitchen.upload", "kitchen.upload.form"), EVERYONE),
    **dict.fromkeys(("kitchen.bank", "kitchen.bank.save"), frozenset({Role.OFFICER, Role.SIGNATORY})),
}


def open_kitchen(app: Litestar) -> None:
    """Add the kitchen to an application, for as long as the table of routes holds its rows."""
    routes.ROUTES.update(ROWS)
    if any(str(handler.name) in ROWS for handler in handlers(app)):
        return
    for environment in app.state.environments.values():
        environment.loader = ChoiceLoader([environment.loader, FileSystemLoader(Path(__file__).parent)])
    app.register(KitchenPages)
