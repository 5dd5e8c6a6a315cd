"""The register of guarantees, its policy ratios and the monthly return: pages, papers, workbooks, and figures typed by two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, TypeVar

from litestar import Controller
from litestar.params import FromPath, FromQuery
from pydantic import Field, create_model

from financing import unmoved
from financing.acts import Act
from financing.desk import Desk
from financing.figures import stands
from financing.money import Fen
from financing.register import service, totals, views
from financing.register.lines import LINES, OUTSIDE, TYPED, Unit, month_end
from financing.register.model import ReturnFigures
from financing.register.policy import Alarm
from financing.reserves import yearly
from reports import register as shown
from reports.sheets import book_bytes
from reports.typesetting import fine
from web.fields import Text, Wan, Whole, Yes
from web.forms import Form
from web.page import Answer, Page, get, post

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MONTH = r"^20[0-9]{2}-(0[1-9]|1[0-2])$"
PEOPLE = Annotated[int, Whole(0, 10_000_000, "户")], Annotated[int, Whole(0, 1_000_000, "人")]

T = TypeVar("T")


class MonthForm(Form):
    month: Annotated[str, Field(pattern=MONTH)]
    nothing_outside: Yes = False


def _field(key: str) -> tuple[Any, None]:
    unit = LINES[key].unit
    kind: Any = Wan if unit is Unit.WAN else PEOPLE[unit is Unit.PEOPLE]
    return (kind | None, None)


#: One field for every line that people type, under the line's own name.
FiguresForm = create_model("FiguresForm", __base__=MonthForm, **{key: _field(key) for key in TYPED})  # type: ignore[call-overload]  # the fields are known only from the lines


class AnswerForm(Form):
    reason: Annotated[str, Text(500, lines=True)]


class RegisterPages(Controller):
    @get("/ledger", name="register", unmoved=True)
    def register(self, request: Page, on: FromQuery[str] = "", page: FromQuery[int] = 1) -> Answer:
        with request.desk(write=False) as desk:
            day = _day(desk, on)
            question = _kept(desk, ("how the ledger stands", day), lambda: totals.question(desk, day))
        found = _totals(request, day, question)  # it may write, so nothing is being read meanwhile
        with request.desk(write=False) as desk:
            asked = "register", day, page, found.count
            rows, ringing = _kept(
                desk, asked, lambda: (totals.rows(desk, day, page, found.count), views.ringing(desk, day))
            )
            today, month = desk.today, _last_month(desk)
        return request.show(
            "register/show.html",
            found=found,
            rows=rows,
            ringing=ringing,
            named=request.actor.role in views.NAMED,
            on=day,
            today=today,
            month=month,
            ratios=shown.ratio_lines(found.ratios, request.lang),
            two=lambda amount: fine(amount.fen),
            size=lambda key: shown.size(key, request.lang),
            picture=shown.outstanding_chart(found.course, request.lang),
            red=[one for one in found.ratios if one.alarm is Alarm.RED],
        )

    @get("/ledger/sheet", name="register.sheet")
    def sheet(self, request: Page, on: FromQuery[str] = "") -> Answer:
        with request.desk(write=True, claim=False) as desk:
            day = _day(desk, on)
            found = views.standing(desk, day)
            service.exported(desk, f"register {day.isoformat()}", rows=len(found.register.rows))
        sheet = shown.register_sheet(found.register.rows, day, named=found.named, lang=request.lang)
        return request.download(book_bytes([sheet]), f"{sheet.title}.xlsx", MEDIA)

    @get("/returns", name="return.show")
    def show(self, request: Page, month: FromQuery[str] = "") -> Answer:
        with request.desk() as desk:
            found = views.monthly(desk, _month(desk, month))
            acts = desk.acts(found.waiting) if found.waiting else ()
            may_type = desk.may(Act.TYPE_FIGURES, None)
        return request.show(
            "register/return.html",
            found=found,
            lines=shown.return_lines(found, request.lang),
            notes=shown.notes(request.lang),
            acts=acts,
            may_type=may_type,
            waiting=_typed(found.waiting, request.lang),
            form=request.sheet(AnswerForm),
            act=Act,
        )

    @get("/returns/paper", name=Act.PRINT_RETURN)
    def paper(self, request: Page, month: FromQuery[str] = "") -> Answer:
        with request.desk(write=True, claim=False) as desk:
            found = views.monthly(desk, _month(desk, month))
            company = service.exported(desk, f"return {found.month:%Y-%m} pdf")
        view = shown.ReturnView(
            zone=request.app.state.settings.zone_name,
            company=company,
            month=found.month,
            lines=shown.return_lines(found, request.lang),
            notes=shown.notes(request.lang),
            missing=len(found.missing),
            typed_by=found.typed.proposer if found.typed else "",
            confirmed_by=found.typed.decider if found.typed else "",
        )
        return request.paper(shown.return_paper(view, request.lang), f"YB{found.month:%Y-%m}")

    @get("/returns/sheet", name="return.sheet")
    def return_sheet(self, request: Page, month: FromQuery[str] = "") -> Answer:
        with request.desk(write=True, claim=False) as desk:
            found = views.monthly(desk, _month(desk, month))
            service.exported(desk, f"return {found.month:%Y-%m} xlsx")
        content = book_bytes(shown.return_sheets(found, request.lang))
        return request.download(content, f"YB{found.month:%Y-%m}.xlsx", MEDIA)

    @get("/returns/type", name="return.form")
    def form(self, request: Page, month: FromQuery[str] = "") -> Answer:
        with request.desk() as desk:
            found = views.monthly(desk, _month(desk, month))
            kept = yearly.suggested(desk, found.month)
        known = found.typed.figures if found.typed else kept
        form = request.sheet(
            FiguresForm, None, month=f"{found.month:%Y-%m}", **{key: _value(key, known[key]) for key in known}
        )
        company = [key for key in TYPED if key not in OUTSIDE]
        outside = [key for key in TYPED if key in OUTSIDE]
        return request.show("register/type.html", form=form, company=company, outside=outside, numbers=LINES, act=Act)

    @post("/returns/type", name=Act.TYPE_FIGURES, page=form)
    def type(self, request: Page) -> Answer:
        form = request.read(FiguresForm)
        figures = {key: _plain(value) for key in TYPED if (value := getattr(form, key)) is not None}
        month = date.fromisoformat(f"{form.month}-01")
        with request.desk() as desk:
            service.type_figures(desk, month, figures, nothing_outside=form.nothing_outside)
            return request.go("return.show", month=form.month)

    @post("/returns/figures/{key:int}/confirm", name=Act.CONFIRM_FIGURES, page=show)
    def confirm(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(Form)
        with request.desk() as desk:
            typed = desk.get(ReturnFigures, key, version=form.version)
            service.confirm(desk, typed)
            return request.go("return.show", month=f"{typed.month:%Y-%m}")

    @post("/returns/figures/{key:int}/turn-down", name=Act.TURN_DOWN_FIGURES, page=show)
    def turn_down(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(AnswerForm)
        with request.desk() as desk:
            typed = desk.get(ReturnFigures, key)
            service.turn_down(desk, typed, form.reason)
            return request.go("return.show", month=f"{typed.month:%Y-%m}")


def _kept(desk: Desk, question: tuple[object, ...], make: Callable[[], T]) -> T:
    """The same for everybody of one role until somebody acts: the register has no line that is one reader's own; a file is read."""
    return make() if desk.whole else unmoved.kept(desk, (question, desk.actor.role, desk.today), make)


def _totals(request: Page, day: date, question: str) -> totals.Totals:
    """The totals of a day, worked out once for everybody until the ledger moves."""
    days, database = shown.course_days(day), request.app.state.database
    stand = stands.kept(database, request.now, question, lambda own: totals.plain(totals.totals(own, day, days)))
    return totals.read(stand.body)


def _day(desk: Desk, text: str) -> date:
    """The day asked for; today when it is missing, no day, or still to come."""
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        return desk.today
    return min(asked, desk.today)


def _month(desk: Desk, text: str) -> date:
    """The end of the month asked for; of the last month that is over when it is missing, no month, or still to come."""
    last = _last_month(desk)
    try:
        asked = month_end(date.fromisoformat(f"{text}-01"))
    except ValueError:
        return last
    return min(asked, month_end(desk.today))


def _last_month(desk: Desk) -> date:
    end = month_end(desk.today)
    return end if end == desk.today else desk.today.replace(day=1) - date.resolution


def _plain(value: Fen | int) -> int:
    return value.fen if isinstance(value, Fen) else value


def _value(key: str, value: int) -> Fen | int:
    return Fen(value) if LINES[key].unit is Unit.WAN else value


def _typed(waiting: ReturnFigures | None, lang: str) -> list[tuple[str, str, str]]:
    """Number, name and figure of everything that waits for confirmation, in the order of the form."""
    if waiting is None:
        return []
    return [shown.typed_line(key, waiting.figures[key], lang) for key in TYPED if key in waiting.figures]
