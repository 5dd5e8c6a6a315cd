"""Pages of the yearly survey: a firm's answers, or the office typing them from paper; who has answered and what they wish."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any

from litestar import Controller
from litestar.params import FromPath, FromQuery
from pydantic import Field, create_model

from financing import wording
from financing.acts import Act
from financing.helping import people, survey_views, surveys
from financing.helping.rules import Topic
from financing.helping.survey_model import YearlySurvey
from financing.helping.survey_rules import Wish, asked
from financing.helping.surveys import Said
from financing.helping_refusals import SurveyOver
from web.fields import Text
from web.forms import Form
from web.page import Answer, Page, get, post


class YearlyFields(Form):
    """The fields follow from the questions of the year."""


@cache
def yearly_form(topics: tuple[Topic, ...], lang: str) -> type[YearlyFields]:
    """A wish and words for each question, called as its topic."""
    fields: dict[str, Any] = {}
    for topic in topics:
        called = wording.name(topic, lang)
        fields[f"{topic}_wish"] = (Annotated[Wish, Field(title=called)], ...)
        fields[f"{topic}_text"] = (Annotated[str, Text(500, lines=True), Field(title=called)], "")
    made: type[YearlyFields] = create_model(f"YearlyForm_{lang}", __base__=YearlyFields, **fields)
    return made


class YearlyPages(Controller):
    @get("/yearly", name="yearly")
    def listed(self, request: Page, year: FromQuery[int] = 0, page: FromQuery[int] = 1) -> Answer:
        with request.desk(write=False) as desk:
            today = desk.today
            found = survey_views.yearly(desk, year if 2000 < year <= today.year else today.year, min(page, 10_000))
        return request.show(
            "helping/yearly.html", found=found, wishes=Wish, today=today, act=Act, form=request.sheet(Form)
        )

    @post("/yearly", name=Act.OPEN_YEARLY, page=listed)
    def open_(self, request: Page) -> Answer:
        request.read(Form)
        with request.desk() as desk:
            surveys.open_(desk, desk.today.year)
            return request.go("yearly")

    @get("/yearly/firms/{key:int}", name="yearly.form")
    def form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            firm, survey, today = people.firm(desk, key), surveys.of_year(desk, desk.today.year), desk.today
            answer = survey_views.own(desk, survey, key) if survey else None
        sheet = request.sheet(
            yearly_form(_topics(survey), request.lang), **{f"{topic}_wish": Wish.FINE for topic in _topics(survey)}
        )
        return request.show(
            "helping/yearly_form.html", firm=firm, survey=survey, questions=asked(today.year).questions, answer=answer, form=sheet,
            act=Act,
        )  # fmt: skip

    @post("/yearly/firms/{key:int}", name=Act.ANSWER_YEARLY, page=form)
    def answer(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            people.firm(desk, key)
            survey = surveys.of_year(desk, desk.today.year)
        if survey is None:
            raise SurveyOver
        told = request.read(yearly_form(_topics(survey), request.lang)).model_dump()
        said = [Said(topic, told[f"{topic}_wish"], told[f"{topic}_text"]) for topic in _topics(survey)]
        with request.desk() as desk:
            surveys.answer(desk, desk.get(YearlySurvey, survey.id), people.firm(desk, key), said)
            return request.go("helping.mine") if request.actor.firm_id else request.go("helping.firm", key=key)


def _topics(survey: YearlySurvey | None) -> tuple[Topic, ...]:
    return surveys.questions(survey) if survey else ()
