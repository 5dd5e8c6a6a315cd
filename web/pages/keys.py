"""Keys of a bank's own system: what there is, setting one up, taking it once, ending it at once."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller
from litestar.params import FromPath
from pydantic import Field

from financing.access import Role
from financing.acts import Act
from financing.people import keys
from financing.people.key_model import ApiKey
from financing.people.key_rules import KeyScope
from financing.people.model import User
from web.api.document import document
from web.fields import Text, Whole
from web.forms import Form
from web.page import Answer, Page, get, post


class KeyForm(Form):
    person: Annotated[int, Field(ge=1, le=2**53)]
    name: Annotated[str, Text(40)]
    scopes: Annotated[tuple[KeyScope, ...], Field(min_length=1)]
    days: Annotated[int, Whole(1, 3_660, "日")]


class KeyPages(Controller):
    @get("/keys", name="keys")
    def mine(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            return request.show(
                "parties/keys.html", keys=keys.of_bank(desk), scopes=tuple(KeyScope), form=request.sheet(Form), act=Act
            )

    @get("/keys/give", name="key.form")
    def form(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            found = desk.all(User, User.role == Role.BANKER, User.active, by=User.name)
            days = keys.usual_days(desk)
        people = [(one.id, one.name) for one in found]
        form = request.sheet(KeyForm, days=days.value, scopes=tuple(KeyScope))
        return request.show("parties/key_form.html", form=form, people=people, usual=days, act=Act)

    @post("/keys/give", name=Act.GIVE_KEY, page=form)
    def give(self, request: Page) -> Answer:
        form = request.read(KeyForm)
        with request.desk() as desk:
            officer = desk.get(User, form.person)
            keys.give(desk, officer, name=form.name, scopes=form.scopes, days=form.days)
            return request.go("keys")

    @post("/keys/{key:int}/take", name=Act.TAKE_KEY, page=mine)
    def take(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            taken = desk.get(ApiKey, key)
            secret = keys.take(desk, taken)
        return request.show("parties/key_taken.html", secret=secret, taken=taken)

    @post("/keys/{key:int}/revoke", name=Act.REVOKE_KEY, page=mine)
    def revoke(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            keys.revoke(desk, desk.get(ApiKey, key))
            return request.go("keys")

    @get("/keys/description", name="keys.document")
    def description(self, request: Page) -> Answer:
        return document(request.app)
