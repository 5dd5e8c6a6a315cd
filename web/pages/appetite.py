"""A bank's appetite for a period: declared by its own people, with how many needs may fit while it is filled in."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller
from litestar.params import FromQuery
from pydantic import Field

from financing.acts import Act
from financing.desk import Desk
from financing.matching import appetite, appetite_views
from financing.matching.appetite_rules import Limits, Period, periods
from financing.money import Fen
from financing.parties.model import Bank
from scoring.sizes import WORDS, Size
from web import forms
from web.fields import Wan, Whole, Yes
from web.forms import Form
from web.industries import sections
from web.page import Answer, Page, get, post

MOST_NEEDS = 999
Letter = Annotated[str, Field(pattern="^[A-T]$")]
OneSize = Annotated[str, Field(pattern="^(large|medium|small|micro)$")]


class AppetiteForm(Form):
    period: Annotated[str, Field(pattern=r"^(month|quarter):\d{4}-\d{2}-01$")]
    sections: tuple[Letter, ...] = ()
    barred: tuple[Letter, ...] = ()
    sizes: tuple[OneSize, ...] = ()
    least: Wan | None = None
    most: Wan | None = None
    shortest: Annotated[int, Whole(1, 360, "个月")] | None = None
    longest: Annotated[int, Whole(1, 360, "个月")] | None = None
    grade: Annotated[str, Field(pattern="^(AAA|AA|A|BBB|BB|B|C)$")] = "C"
    guaranteed_only: Yes = False
    volume: Wan | None = None
    needs: Annotated[int, Whole(0, MOST_NEEDS, "笔")] | None = None

    @property
    def limits(self) -> Limits:
        return Limits(
            self.sections, self.barred, self.sizes, self.least.fen if self.least else None,
            self.most.fen if self.most else None, self.shortest, self.longest, self.grade, self.guaranteed_only,
        )  # fmt: skip


class AppetitePages(Controller):
    @get("/appetite", name="appetite")
    def show(self, request: Page, period: FromQuery[str] = "") -> Answer:
        with request.desk(write=False) as desk:
            chosen = _period(desk, _typed(request) or period)
            now = appetite.of_period(desk, request.actor.bank_id or 0, chosen)
            counted = appetite.fitting(desk, appetite.limits(now) if now else Limits())
            return _page(request, desk, chosen, request.sheet(AppetiteForm, now, period=chosen.key), counted)

    @post("/appetite/count", name="appetite.count", page=show)
    def count(self, request: Page) -> Answer:
        form = request.read(AppetiteForm)
        with request.desk(write=False) as desk:
            sheet = forms.Sheet(AppetiteForm, request.lang, forms.typed(request.fields))
            return _page(request, desk, _period(desk, form.period), sheet, appetite.fitting(desk, form.limits))

    @post("/appetite", name=Act.SET_APPETITE, page=show)
    def declare(self, request: Page) -> Answer:
        form = request.read(AppetiteForm)
        with request.desk() as desk:
            bank, chosen = desk.get(Bank, request.actor.bank_id or 0), _period(desk, form.period)
            appetite.declare(desk, bank, chosen, form.limits, volume=form.volume, number=form.needs)
            return request.go("appetite", period=chosen.key)


class AppetiteBoard(Controller):
    @get("/appetites", name="appetites")
    def board(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            found = appetite_views.board(desk)
        return request.show("matching/appetites.html", board=found, trades=dict(sections()), fen=Fen)


def _typed(request: Page) -> str:
    """The period of a form that was not accepted, so that the page shown again is the one that was looked at."""
    return next((value for name, value in request.fields if name == "period" and isinstance(value, str)), "")


def _period(desk: Desk, key: str) -> Period:
    """The period an address names, this month for anything that cannot be declared for."""
    open_ones = periods(desk.today)
    return next((one for one in open_ones if one.key == key), open_ones[0])


def _page(request: Page, desk: Desk, chosen: Period, sheet: forms.Sheet, counted: appetite.Fitting) -> Answer:
    bank = desk.get(Bank, request.actor.bank_id or 0)
    in_force = appetite.in_force(desk, desk.today).get(bank.id)
    kept = appetite.of_period(desk, bank.id, chosen)
    return request.show(
        "matching/appetite.html",
        bank=bank,
        periods=periods(desk.today),
        chosen=chosen,
        kept=kept,
        left=appetite.left(desk, kept).number if kept else None,
        in_force=in_force,
        form=sheet,
        counted=counted,
        sections=sections(),
        sizes=[(size.value, WORDS[size][request.lang == "en"]) for size in Size if size is not Size.UNDETERMINED],
        act=Act,
    )
