"""The yearly survey (年初调查摸底, F119): it opens by itself, reminds, and what firms answer becomes goals and requests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from financing import parameters
from financing.access import require
from financing.acts import Act
from financing.desk import Desk
from financing.helping import requests
from financing.helping.model import Goal
from financing.helping.pairing import standing
from financing.helping.rules import GoalSource, Topic
from financing.helping.survey_model import SurveyAnswer, SurveyReminder, YearlySurvey
from financing.helping.survey_rules import Wish, asked, opens
from financing.helping_refusals import SurveyAnswered, SurveyOver, WishUnexplained
from financing.journal import Private
from financing.parties.identity import passage
from financing.parties.model import Firm
from financing.parties.rules import FirmState

#: Working days after the opening at which a firm is told, by mark.
MARKS = (None, "yearly_first_days", "yearly_second_days")


@dataclass(frozen=True, slots=True)
class Said:
    """What a firm says to one question."""

    topic: Topic
    wish: Wish
    text: str


def of_year(desk: Desk, year: int) -> YearlySurvey | None:
    return desk.find(YearlySurvey, YearlySurvey.year == year)


def due(desk: Desk) -> list[int]:
    """The year whose survey is to be opened: from its day in January to the end of the last month in which it opens by itself."""
    day, latest = (parameters.figure(key, desk.today).value for key in ("yearly_opens_day", "yearly_latest_month"))
    begins = opens(desk.today.year, day, desk.calendar.next_open)
    here = begins <= desk.today and desk.today.month <= latest
    return [desk.today.year] if here and of_year(desk, desk.today.year) is None else []


def open_(desk: Desk, year: int) -> int:
    """Open the survey of a year (开始年度调查), once; by the platform in January, by an officer later. The number opened."""
    require(desk.actor, Act.OPEN_YEARLY, None)
    if of_year(desk, year) is not None:
        return 0
    days = parameters.figure("yearly_days", desk.today).value
    made = desk.add(
        YearlySurvey(
            year=year, opened_on=desk.today, opened_at=desk.now, due_on=desk.calendar.after(desk.today, days).day
        )
    )
    desk.session.flush()
    desk.note(Act.OPEN_YEARLY, made, year=year, due=made.due_on)
    return 1


def waiting(desk: Desk) -> list[int]:
    """The marks of this year's survey that have been reached and of which a firm has still to be told."""
    survey = of_year(desk, desk.today.year)
    if survey is None or desk.today > survey.due_on:
        return []
    reached = [mark for mark in range(len(MARKS)) if desk.today >= _day(desk, survey, mark)]
    return [mark for mark in reached if _untold(desk, survey, mark)]


def remind(desk: Desk, mark: int) -> int:
    """Tell every firm that was there at the opening and has not answered, once for each mark; how many."""
    survey = of_year(desk, desk.today.year)
    firms = _untold(desk, survey, mark) if survey else []
    if survey is None or not firms:
        return 0
    for firm in firms:
        desk.add(SurveyReminder(survey_id=survey.id, firm_id=firm, mark=mark, told_on=desk.today))
        desk.later("notice", f"{Act.REMIND_YEARLY}:{survey.id}:{firm}:{mark}", to={"firm": firm}, code=Act.REMIND_YEARLY.value,
                   subject=survey.id, number="")  # fmt: skip
    desk.note(Act.REMIND_YEARLY, survey, mark=mark, firms=len(firms))
    return len(firms)


def answer(desk: Desk, survey: YearlySurvey, firm: Firm, said: Sequence[Said]) -> SurveyAnswer:
    """A firm's answers (答复调查), by itself until the last day or typed by the office until the year ends.

    What it wants to reach becomes a goal of the year, what it needs now a request. SurveyAnswered, SurveyOver.
    """
    require(desk.actor, Act.ANSWER_YEARLY, firm)
    on_paper = desk.actor.firm_id is None
    if desk.today > (date(survey.year, 12, 31) if on_paper else survey.due_on):
        raise SurveyOver
    if desk.find(SurveyAnswer, SurveyAnswer.survey_id == survey.id, SurveyAnswer.firm_id == firm.id):
        raise SurveyAnswered
    told = [_told(one) for one in said]
    made = desk.add(
        SurveyAnswer(survey_id=survey.id, firm_id=firm.id, on_paper=on_paper, at=desk.now, by=desk.actor.id, by_name=desk.actor.name,
                     answers=[{"topic": one.topic.value, "wish": one.wish.value, "text": one.text} for one in told])
    )  # fmt: skip
    desk.session.flush()
    wishes = {wish.value: sum(one.wish is wish for one in told) for wish in Wish}
    desk.note(
        Act.ANSWER_YEARLY, made, on_paper=on_paper, wishes=wishes, text=Private("\n".join(one.text for one in told))
    )
    _follow_up(desk, survey, firm, made, told)
    return made


def _told(one: Said) -> Said:
    """What is wished for in words; WishUnexplained without any."""
    if one.wish is Wish.FINE:
        return Said(one.topic, one.wish, "")
    if not one.text.strip():
        raise WishUnexplained(field=f"{one.topic}_text")
    return Said(one.topic, one.wish, passage(one.text, f"{one.topic}_text"))


def _follow_up(desk: Desk, survey: YearlySurvey, firm: Firm, made: SurveyAnswer, told: Sequence[Said]) -> None:
    by = standing(desk, firm.id)
    for one in told:
        title = one.text.splitlines()[0][:80] if one.text else ""
        if one.wish is Wish.HELP:
            requests.raise_(desk, firm, one.topic, title, one.text, source_id=made.id, act=Act.ANSWER_YEARLY)
        elif one.wish is Wish.GOAL:
            desk.add(
                Goal(firm_id=firm.id, year=survey.year, topic=one.topic, title=title, owner_id=by.helper_id if by else None,
                     owner=by.helper if by else "", due_on=date(survey.year, 12, 31), source=GoalSource.SURVEY,
                     answer_id=made.id, set_at=desk.now, set_by=desk.actor.id)
            )  # fmt: skip


def questions(survey: YearlySurvey) -> tuple[Topic, ...]:
    """What is asked, in order."""
    return tuple(one.topic for one in asked(survey.year).questions)


def _day(desk: Desk, survey: YearlySurvey, mark: int) -> date:
    key = MARKS[mark]
    if key is None:
        return survey.opened_on
    return desk.calendar.after(survey.opened_on, parameters.figure(key, survey.opened_on).value).day


def _untold(desk: Desk, survey: YearlySurvey, mark: int) -> list[int]:
    """Confirmed firms that were there when it opened, have not answered and were not told of this mark."""
    answered = select(SurveyAnswer.firm_id).where(SurveyAnswer.survey_id == survey.id)
    known = select(SurveyReminder.firm_id).where(SurveyReminder.survey_id == survey.id, SurveyReminder.mark == mark)
    firms = desk.select(Firm, Firm.id).where(
        Firm.state == FirmState.CONFIRMED, Firm.registered_at <= survey.opened_at, Firm.id.not_in(answered), Firm.id.not_in(known)
    )  # fmt: skip
    return list(desk.session.scalars(firms.order_by(Firm.id)))
