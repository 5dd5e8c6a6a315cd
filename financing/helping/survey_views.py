"""What the office sees of the yearly survey: who has answered, what firms said, topic by topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select

from financing.desk import Desk
from financing.helping.rules import Topic
from financing.helping.survey_model import SurveyAnswer, YearlySurvey
from financing.helping.survey_rules import Question, Wish, asked
from financing.helping.surveys import of_year
from financing.listed import Listed, listed
from financing.parties.model import Firm
from financing.parties.rules import FirmState


@dataclass(frozen=True, slots=True)
class Answered:
    """One firm of the list; `answer` None while it has not answered."""

    id: int
    name: str
    answer: SurveyAnswer | None

    @property
    def said(self) -> list[tuple[Topic, Wish, str]]:
        """What it said beside "nothing"."""
        told = self.answer.answers if self.answer else []
        return [(Topic(one["topic"]), Wish(one["wish"]), one["text"]) for one in told if one["wish"] != Wish.FINE]


@dataclass(frozen=True, slots=True)
class Yearly:
    survey: YearlySurvey | None
    year: int
    questions: tuple[Question, ...]
    counts: Mapping[Topic, Counter[Wish]]
    answered: int
    firms: Listed[Answered]


def yearly(desk: Desk, year: int, page: int = 1) -> Yearly:
    """The survey of a year: how many answered, what they wish, firm by firm, those that are missing first."""
    survey = of_year(desk, year)
    answers = desk.all(SurveyAnswer, SurveyAnswer.survey_id == (survey.id if survey else 0))
    counts: dict[Topic, Counter[Wish]] = {one.topic: Counter() for one in asked(year).questions}
    for answer in answers:
        for one in answer.answers:
            counts.setdefault(Topic(one["topic"]), Counter())[Wish(one["wish"])] += 1
    return Yearly(survey, year, asked(year).questions, counts, len(answers), _firms(desk, survey, page))


def own(desk: Desk, survey: YearlySurvey, firm_id: int) -> SurveyAnswer | None:
    """What one firm has answered."""
    return desk.find(SurveyAnswer, SurveyAnswer.survey_id == survey.id, SurveyAnswer.firm_id == firm_id)


def _firms(desk: Desk, survey: YearlySurvey | None, page: int) -> Listed[Answered]:
    joined = and_(SurveyAnswer.firm_id == Firm.id, SurveyAnswer.survey_id == (survey.id if survey else 0))
    query: Any = select(Firm.id, Firm.name, SurveyAnswer).outerjoin(SurveyAnswer, joined)
    query = query.where(Firm.state == FirmState.CONFIRMED).order_by(SurveyAnswer.id.is_not(None), Firm.name, Firm.id)
    return listed(desk, query, page, Answered)
