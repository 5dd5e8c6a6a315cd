"""Settings by date (设置): what is in force, what comes, every change with who and why; figures by two people, the calendar by its notice."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from litestar import Controller
from litestar.params import FromPath, FromQuery
from pydantic import Field

from financing.acts import Act
from financing.calendar import Kind
from financing.dated import rules, service, views
from financing.dated.model import SettingProposal
from financing.dated.rules import Certainty, DayChange
from financing.desk import Desk
from financing.letters import texts as letter_texts
from financing.matching import consent_text
from financing.parameters import Figure
from financing.refusals import NotFound, Refusal
from financing.setting_refusals import NotHolidays
from financing.words import _
from web import figure_words
from web.fields import Day, Text, Upload, Whole
from web.forms import Form
from web.page import Answer, Page, get, post
from web.steps import steps

#: Texts that come with the product in dated versions, never edited: what is called so, and its versions, the newest first.
TEXTS = {
    _("授权书文本"): sorted((file.stem for file in consent_text.FOLDER.glob("*.txt")), reverse=True),
    _("函件文本"): sorted({file.stem for file in letter_texts.FOLDER.rglob("*.txt")}, reverse=True),
}
#: Characters of an arrangement; a year has some forty lines of thirty.
LONGEST = 20_000


class FigureForm(Form):
    value: Annotated[str, Text(20)]
    since: Day
    why: Annotated[str, Text(500, lines=True)]
    source: Annotated[str, Text(200)]
    confidence: Certainty


class AnswerForm(Form):
    reason: Annotated[str, Text(500, lines=True)]


class DayForm(Form):
    day: Day
    works: Kind
    why: Annotated[str, Text(500, lines=True)]
    source: Annotated[str, Text(200)]


class YearForm(Form):
    year: Annotated[int, Whole(2020, 2100, "年")]
    notice_file: Upload | None = None
    notice_text: Annotated[str, Text(LONGEST, lines=True)] | None = None
    why: Annotated[str, Text(500, lines=True)]
    source: Annotated[str, Text(200)]


class TakenForm(Form):
    """What the preview showed, sent back unchanged."""

    year: Annotated[int, Field(ge=2020, le=2100)]
    notice_text: Annotated[str, Text(LONGEST, lines=True)]
    why: Annotated[str, Text(500, lines=True)]
    source: Annotated[str, Text(200)]


class SettingPages(Controller):
    @get("/settings", name="settings")
    def show(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            found, coming, years = views.settings(desk), views.coming(desk), views.years(desk)
            known = desk.calendar.years
        return request.show(
            "settings/list.html", found=found, coming=coming, years=years, known=known, texts=TEXTS, act=Act, **said(request)
        )  # fmt: skip

    @get("/settings/figures/{key:str}", name="setting.show")
    def figure(self, request: Page, key: FromPath[str]) -> Answer:
        with request.desk(write=False) as desk:
            found, tomorrow, today = _history(desk, key), views.tomorrow(desk), desk.today
        known = found.line.any
        form = request.sheet(FigureForm, value=figure_words.as_typed(known), since=tomorrow, confidence=Certainty.OWN)
        drawn = steps([step.figure for step in found.steps if not step.overruled], today)
        return request.show(
            "settings/figure.html", found=found, known=known, form=form, answer=request.sheet(AnswerForm), tomorrow=tomorrow,
            drawn=drawn, flag=rules.bounds(known) == (0, 1), act=Act, **said(request),
        )  # fmt: skip

    @post("/settings/figures/{key:str}", name=Act.PROPOSE_SETTING, page=figure)
    def propose(self, request: Page, key: FromPath[str]) -> Answer:
        form = request.read(FigureForm)
        with request.desk() as desk:
            value = _typed(service.shipped(key), form.value)
            service.propose(
                desk, key, value=value, since=form.since, why=form.why, source=form.source, confidence=form.confidence
            )
            return request.go("setting.show", key=key)

    @post("/settings/proposals/{key:int}/adopt", name=Act.ADOPT_SETTING)
    def adopt(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(Form)
        with request.desk() as desk:
            proposal = desk.get(SettingProposal, key, version=form.version)
            service.adopt(desk, proposal)
            return request.go("setting.show", key=proposal.key)

    @post("/settings/proposals/{key:int}/turn-down", name=Act.TURN_DOWN_SETTING)
    def turn_down(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(AnswerForm)
        with request.desk() as desk:
            proposal = desk.get(SettingProposal, key)
            service.turn_down(desk, proposal, form.reason)
            return request.go("setting.show", key=proposal.key)


class CalendarPages(Controller):
    @get("/settings/calendar", name="calendar")
    def show(self, request: Page, year: FromQuery[int] = 0) -> Answer:
        with request.desk(write=False) as desk:
            year = year if 2020 <= year <= 2100 else desk.today.year
            found, years, today = views.year(desk, year), views.years(desk), desk.today
        return request.show("settings/calendar.html", found=found, years=years, today=today, act=Act)

    @get("/settings/calendar/change", name="calendar.form")
    def form(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            tomorrow = views.tomorrow(desk)
        day = request.sheet(DayForm, day=tomorrow)
        whole = request.sheet(YearForm, year=tomorrow.year + 1)
        return request.show("settings/days.html", form=day, whole=whole, tomorrow=tomorrow, act=Act)

    @post("/settings/calendar/day", name=Act.SET_CALENDAR, page=form)
    def set_day(self, request: Page) -> Answer:
        form = request.read(DayForm)
        with request.desk() as desk:
            service.set_day(desk, form.day, open=form.works is Kind.WORK, why=form.why, source=form.source)
            return request.go("calendar")

    @post("/settings/calendar/preview", name="calendar.preview", page=form, upload=True)
    def preview(self, request: Page) -> Answer:
        """What an arrangement would change; nothing is kept until it is confirmed."""
        form = request.read(YearForm)
        text = _text(form)
        with request.desk(write=False) as desk:
            changes = service.whole_year(desk, rules.read_days(text), form.year)
        return request.show(
            "settings/preview.html", asked=form, text=text, changes=changes, shown=_shown(changes), act=Act
        )

    @post("/settings/calendar/import", name="calendar.import", page=form)
    def take(self, request: Page) -> Answer:
        form = request.read(TakenForm)
        with request.desk() as desk:
            service.set_year(desk, rules.read_days(form.notice_text), form.year, why=form.why, source=form.source)
            return request.go("calendar")


def said(request: Page) -> dict[str, Any]:
    """How figures are called and shown on these pages."""
    lang = request.lang
    return {
        "figure_name": partial(figure_words.figure_name, lang=lang),
        "figure_value": partial(figure_words.figure_value, lang=lang),
        "unit": partial(figure_words.unit, lang=lang),
    }


def _shown(changes: list[DayChange]) -> dict[str, int]:
    """How many days change, stay, and have begun."""
    begun = sum(one.begun for one in changes)
    changed = sum(not one.begun and one.open != one.before for one in changes)
    return {"changed": changed, "same": len(changes) - begun - changed, "begun": begun}


def _text(form: YearForm) -> str:
    if form.notice_file is None:
        return form.notice_text or ""
    try:
        return form.notice_file.file.read(LONGEST * 4).decode("utf-8-sig")[:LONGEST]
    except UnicodeDecodeError:
        raise NotHolidays(line=1) from None


def _history(desk: Desk, key: str) -> views.FigureHistory:
    try:
        return views.history(desk, key)
    except LookupError:
        raise NotFound(kind="Figure") from None


def _typed(known: Figure, text: str) -> int:
    """The value at its field, or what is wrong with it there."""
    try:
        return figure_words.typed(known, text)
    except Refusal as refusal:
        refusal.facts["field"] = "value"
        raise
