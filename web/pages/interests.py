"""Pages of declared interests: a member's own form, the office's list of who is due, and what somebody declared."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller
from litestar.params import FromPath
from pydantic import Field

from financing.acts import Act
from financing.guarantees import interest_views, interests
from financing.guarantees.committee_model import InterestDeclaration
from financing.guarantees.interest_rules import FIELDS, Interest, read
from financing.parameters import figure
from web.fields import Text
from web.forms import Form
from web.page import Answer, Page, get, post

Box = Annotated[str, Text(2_000, lines=True)]


class DeclareForm(Form):
    """One box for each ground, a firm a line; the names are those of interest_rules.FIELDS."""

    for_year: Annotated[int, Field(ge=2000, le=2200)]
    shareholdings: Box | None = None
    offices: Box | None = None
    relatives: Box | None = None
    employers: Box | None = None
    banks_known: Box | None = None
    nothing: bool = False
    own_mark: Annotated[str, Text(6)] | None = None

    def lines(self) -> list[Interest]:
        return [line for ground, box in FIELDS.items() for line in read(ground, getattr(self, box) or "")]


class InterestPages(Controller):
    @get("/interests", name="interests.mine")
    def mine(self, request: Page) -> Answer:
        with request.desk() as desk:
            own, kept = interest_views.own(desk), figure("employer_years", desk.today)
        form = request.sheet(DeclareForm, for_year=own.years[0] if own.due else own.years[-1])
        return request.show("interests/mine.html", own=own, form=form, kept=kept, act=Act)

    @post("/interests", name=Act.DECLARE_INTERESTS, page=mine)
    def declare(self, request: Page) -> Answer:
        form = request.read(DeclareForm)
        with request.desk() as desk:
            interests.declare(
                desk, year=form.for_year, lines=form.lines(), nothing=form.nothing, mark=(form.own_mark or "").upper()
            )
            return request.go("interests.mine")

    @get("/interests/committee", name="interests")
    def register(self, request: Page) -> Answer:
        with request.desk() as desk:
            found, year = interest_views.register(desk), desk.today.year
        return request.show("interests/list.html", found=found, year=year, act=Act, form=request.sheet(Form))

    @post("/interests/committee/remind", name=Act.REMIND_INTERESTS, page=register)
    def remind(self, request: Page) -> Answer:
        request.read(Form)
        with request.desk() as desk:
            interests.remind(desk)
            return request.go("interests")

    @get("/interests/{key:int}", name=Act.OPEN_INTERESTS)
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=True, claim=False) as desk:
            declaration = desk.get(InterestDeclaration, key)
            interests.opened(desk, declaration)
            name, shown = interest_views.of_member(desk, declaration)
        return request.show("interests/show.html", person=name, year=declaration.year, shown=shown)
