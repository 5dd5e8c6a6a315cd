"""The instant pre-check (快速预检): open to everybody, without an account; what is told is answered and forgotten."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from litestar import Controller
from pydantic import Field

from financing.credit import register
from financing.desk import BEIJING
from financing.form_refusals import CarryUnagreed
from financing.guarantees import precheck
from financing.guarantees.precheck import DebtBand, Found, RedLines, Road, TaxGrade, Told
from financing.guarantees.price import published
from financing.money import Fen
from financing.people import tries
from scoring.card import Card, Veto
from web.committee_words import committee_words
from web.fields import Control, IndustryCode, Wan, Whole, Yes
from web.forms import Form
from web.industries import suggestions
from web.page import Answer, Page, get, post
from web.pages.apply import CARRIED, account_page

OPEN_SHOWN = 5


class PrecheckForm(Form):
    """Six facts that decide most, then those that narrow the answer; every one may be left out."""

    industry: IndustryCode | None = None
    employees: Annotated[int | None, Whole(0, 1_000_000, "人")] = None
    sales: Wan | None = None
    active_months: Annotated[int | None, Whole(0, 36, "个月")] = None
    debt: DebtBand | None = None
    red_lines: RedLines | None = None
    years: Annotated[int | None, Whole(0, 200, "年")] = None
    average: Wan | None = None
    typical: Wan | None = None
    longest_gap: Annotated[int | None, Whole(0, 36, "个月")] = None
    customers: Annotated[int | None, Whole(0, 1_000_000, "户")] = None
    top_share: Annotated[Decimal | None, Field(ge=0, le=100, decimal_places=2), Control("number", "%")] = None
    tax_grade: TaxGrade | None = None
    amount: Wan | None = None

    @property
    def told(self) -> Told:
        return Told(**{key: getattr(self, key) for key in PrecheckForm.model_fields if key != "version"})


class CarryForm(PrecheckForm):
    agreed: Yes = False


class PrecheckPages(Controller):
    @get("/precheck", name="precheck")
    def show(self, request: Page) -> Answer:
        return _page(request)

    @post("/precheck", name="precheck.answer", page=show)
    def answer(self, request: Page) -> Answer:
        with request.desk(claim=False) as desk:
            tries.ask(desk, request.clue.address)
        form = request.read(PrecheckForm)
        return _page(request, form, precheck.check(form.told, _today(request), _cards(request)))

    @post("/precheck/register", name="precheck.carry", page=show)
    def carry(self, request: Page) -> Answer:
        """The first page of the form with what the stranger agrees to carry over; still nothing is kept."""
        told = request.read(CarryForm)
        if not told.agreed:
            raise CarryUnagreed(field="agreed")
        return account_page(request, **{name: getattr(told, name) for name in CARRIED})


def _page(request: Page, form: PrecheckForm | None = None, found: Found | None = None) -> Answer:
    sheet = request.sheet(PrecheckForm, form)
    lines, words = _red_lines(_cards(request)), committee_words(request.lang)
    fees = [_fee(road, form.amount, _today(request)) for road in found.roads] if found and form and form.amount else []
    return request.show(
        "front/precheck.html",
        form=sheet,
        found=found,
        industries=suggestions(),
        lines=lines,
        most=OPEN_SHOWN,
        fees=fees,
        **words,
    )


def _fee(road: Road, amount: Fen, on: date) -> tuple[Fen, Fen] | None:
    """The least and the most that the first year may cost on one road, by the grades that are still possible."""
    grades = [grade for grade, _ in road.interval.card.falling]
    ends = sorted((grades.index(road.interval.best_grade), grades.index(road.interval.worst_grade)))
    return published(on).yearly(grades[ends[0] : ends[1] + 1], amount)


def _today(request: Page) -> date:
    return request.now.astimezone(BEIJING).date()


def _cards(request: Page) -> tuple[Card, ...]:
    """The cards in force today, shipped or adopted."""
    with request.desk(write=False) as desk:
        return tuple(register.in_force(desk, name, desk.today) for name in precheck.CARDS)


def _red_lines(cards: tuple[Card, ...]) -> tuple[Veto, ...]:
    """Every red line of both cards, once."""
    return tuple({veto.key: veto for rules in cards for veto in rules.veto}.values())
