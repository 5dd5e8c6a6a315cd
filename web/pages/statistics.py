"""Periodic statistics: what was issued, as paper and workbook; targets with who and why; corrections."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from litestar import Controller
from litestar.params import FromPath
from pydantic import Field

from financing.acts import Act
from financing.desk import Desk
from financing.figures import plan, statistics, views
from financing.figures.rules import Volume
from financing.figures.spans import DAY, Span, ended
from financing.letters.paper_model import IssuedPaper
from financing.letters.rules import LetterKind
from financing.refusals import NotFound, OutOfRange
from financing.wording import translate
from financing.words import _
from reports.figures import unit_of
from reports.sheets import book_bytes
from reports.statistics import statistic_sheets, titled
from reports.typesetting import wan
from web.fields import Text, Whole
from web.forms import Form
from web.page import Answer, Page, get, post

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TargetForm(Form):
    volume: Volume
    span: Span
    month: Annotated[str, Field(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]
    value: Annotated[int, Whole(0, 100_000_000, "笔、家或万元")]
    why: Annotated[str, Text(300, lines=True)]


class CorrectionForm(Form):
    why: Annotated[str, Text(300, lines=True)]


class StatisticsPages(Controller):
    path = "/statistics"

    @get("/", name="statistics")
    def show(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            views.admit(desk)
            found = desk.all(IssuedPaper, IssuedPaper.kind == LetterKind.STATISTICS, by=IssuedPaper.issued_at.desc())[
                :100
            ]
            targets = plan.all_targets(desk)
            may = {act for act in (Act.SET_TARGET, Act.ISSUE_STATISTICS) if desk.may(act, None)}
        rows = [(one, titled(one.record, request.lang)) for one in found]
        planned = [(one, _value(one.volume, one.value, request.lang)) for one in targets]
        return request.show(
            "figures/statistics.html", rows=rows, planned=planned, may=may, act=Act, form=request.sheet(TargetForm)
        )

    @post("/targets", name=Act.SET_TARGET, page=show)
    def set_target(self, request: Page) -> Answer:
        form = request.read(TargetForm)
        year, month = map(int, form.month.split("-"))
        until = date(year + month // 12, month % 12 + 1, 1) - DAY
        if not ended(form.span, until):
            raise OutOfRange(field="month", least=None, most=None)
        value = form.value * 1_000_000 if form.volume in plan.BY_MONEY else form.value
        with request.desk() as desk:
            plan.set_target(desk, form.volume, form.span, until, value, form.why)
            return request.go("statistics")

    @get("/{key:int}/correct", name="statistics.correct.form")
    def correct_form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            paper = _paper(desk, key)
        return request.show(
            "figures/correct.html", paper=paper, title=titled(paper.record, request.lang), act=Act,
            form=request.sheet(CorrectionForm),
        )  # fmt: skip

    @post("/{key:int}/correct", name=Act.ISSUE_STATISTICS, page=correct_form)
    def correct(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(CorrectionForm)
        with request.desk() as desk:
            statistics.correct(desk, _paper(desk, key), form.why)
            return request.go("statistics")

    @get("/{key:int}/sheet", name="statistics.sheet")
    def sheet(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            paper = _paper(desk, key)
        content = book_bytes(statistic_sheets(paper.record, request.lang))
        return request.download(content, f"{paper.number}.xlsx", MEDIA)


def _paper(desk: Desk, key: int) -> IssuedPaper:
    views.admit(desk)
    paper = desk.get(IssuedPaper, key)
    if paper.kind is not LetterKind.STATISTICS:
        raise NotFound(kind="IssuedPaper")
    return paper


def _value(volume: Volume, value: int, lang: str) -> str:
    if volume in plan.BY_MONEY:
        return translate(lang)(_("{amount} 万元")).format(amount=wan(value))
    return f"{value:,} {unit_of(volume, lang)}"
