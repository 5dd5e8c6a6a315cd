"""Charges (涉企收费清单): the public list with search and day, the history of each, and what officers do about it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing.acts import Act
from financing.charges import service, views
from financing.charges.model import Charge
from financing.charges.rules import Nature, Setting
from financing.charges.service import Terms
from web.fields import Day, Text, Yes, one_of
from web.forms import Form
from web.page import Answer, Page, get, post


class ChargeForm(Form):
    charge_item: Annotated[str, Text(100)]
    charge_authority: Annotated[str, Text(100)]
    nature: Nature
    setting: Setting
    basis: Annotated[str, Text(300)]
    standard: Annotated[str, Text(200)]
    lower: Annotated[str, Text(200)]
    unit: Annotated[str, Text(40)]
    since: Day
    source: Annotated[str, Text(300)]
    example: Yes = False


class EndForm(Form):
    last_day: Day
    reason: Annotated[str, Text(300, lines=True)]


class ChargePages(Controller):
    @get("/charges", name="charges")
    def every(
        self,
        request: Page,
        on: FromQuery[str] = "",
        q: FromQuery[str] = "",
        nature: FromQuery[str] = "",
        page: FromQuery[int] = 1,
    ) -> Answer:
        chosen, asked = one_of(Nature, nature), q.strip()[:60]
        with request.desk(write=False) as desk:
            day = _day(on, desk.today)
            found = views.shown(desk, day, asked, chosen, page)
        return request.show(
            "charges/list.html", found=found, on=day, asked=asked, chosen=chosen, natures=list(Nature), act=Act
        )

    @get("/charges/new", name="charge.form")
    def form(self, request: Page, like: FromQuery[int] = 0) -> Answer:
        with request.desk(write=False) as desk:
            known = desk.find(Charge, Charge.id == like) if like else None
            given = _given(known) | {"since": desk.today}
        return request.show("charges/form.html", form=request.sheet(ChargeForm, **given), act=Act)

    @post("/charges/new", name=Act.LIST_CHARGE, page=form)
    def add(self, request: Page) -> Answer:
        form = request.read(ChargeForm)
        said = Terms(
            form.charge_item, form.charge_authority, form.nature, form.basis, form.setting, form.standard, form.lower, form.unit,
            form.since, form.source, form.example,
        )  # fmt: skip
        with request.desk() as desk:
            return request.go("charge.show", key=service.list_charge(desk, said).id)

    @get("/charges/{key:int}", name="charge.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            charge = desk.get(Charge, key)
            former, today = views.history(desk, charge), desk.today
            may_end = charge.until is None and desk.may(Act.END_CHARGE, charge)
        form = request.sheet(EndForm, last_day=today)
        return request.show("charges/show.html", charge=charge, former=former, may_end=may_end, form=form, act=Act)

    @post("/charges/{key:int}/end", name=Act.END_CHARGE, page=show)
    def end(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(EndForm)
        with request.desk() as desk:
            service.end(desk, desk.get(Charge, key), form.last_day, form.reason)
            return request.go("charge.show", key=key)


def _day(text: str, today: date) -> date:
    """The day that an address names, today otherwise."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return today


def _given(known: Charge | None) -> dict[str, object]:
    """What stands in the form of a new standard for a charge that is on the list."""
    if known is None:
        return {}
    same = ("nature", "setting", "basis", "standard", "lower", "unit", "source")
    return {"charge_item": known.item, "charge_authority": known.authority} | {
        name: getattr(known, name) for name in same
    }
