"""A score held against outcomes (评分检验): two files in, figures and charts out, nothing kept."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller
from litestar.datastructures import UploadFile

from reports.gate import Limits
from reports.judging import judging, view
from reports.outcomes import Matched, matched
from reports.plain_table import Tables, of_book
from scoring.judge import judge
from web.fields import Text, Upload, Yes
from web.forms import Form
from web.page import Answer, Page, get, post

MOST_FIRMS = 20_000
"""Larger tables are for the command line: intervals of so many firms take seconds."""

LIMITS = Limits(rows=MOST_FIRMS + 10, columns=512)


class JudgingForm(Form):
    scores: Upload
    outcomes: Upload
    outcome: Annotated[str, Text(60)]
    score: Annotated[str | None, Text(60)] = None
    printed: Yes = False


class JudgingPages(Controller):
    @get("/judging", name="judging")
    def show(self, request: Page) -> Answer:
        form = request.sheet(JudgingForm, outcome="是否违约")
        return request.show("judging/show.html", form=form, report=None, most=MOST_FIRMS, mib=_mib(request))

    @post("/judging", name="judging.answer", page=show, upload=True)
    def answer(self, request: Page) -> Answer:
        form = request.read(JudgingForm)
        found = _matched(form)
        report = view(found, judge(found.score, found.scores, found.bad, found.baselines), request.lang)
        if form.printed:
            return request.paper(judging(report, request.app.state.settings.zone_name, request.lang), "judging")
        sheet = request.sheet(JudgingForm, outcome=form.outcome, score=form.score)
        return request.show("judging/show.html", form=sheet, report=report, most=MOST_FIRMS, mib=_mib(request))


def _matched(form: JudgingForm) -> Matched:
    return matched(_tables(form.scores), _tables(form.outcomes), form.outcome, score=form.score or "")


def _tables(file: UploadFile) -> Tables:
    return of_book(file.file.read(), file.filename or "", LIMITS)


def _mib(request: Page) -> int:
    mib: int = request.app.state.settings.upload_mib
    return mib
