"""The yearly survey: opens in January by itself, reminds twice, and what firms answer becomes goals and requests."""

from __future__ import annotations

from datetime import date

import pytest

from financing.helping import pairing, survey_views, surveys
from financing.helping.model import Goal
from financing.helping.pairing import Chosen
from financing.helping.request_model import HelpRequest
from financing.helping.rules import Topic
from financing.helping.survey_model import SurveyReminder, YearlySurvey
from financing.helping.survey_rules import Wish, asked, sheets
from financing.helping.surveys import Said
from financing.helping_refusals import SurveyAnswered, SurveyOver, WishUnexplained
from financing.parties.rules import FirmState
from tests.makers import a_firm, writing

OPENS = date(2027, 1, 5)  # a Tuesday; weekends alone are off in January 2027 as far as is known, beside new year's day


def answers(*told: Said) -> list[Said]:
    given = {one.topic: one for one in told}
    return [given.get(one.topic, Said(one.topic, Wish.FINE, "")) for one in asked(2027).questions]


def answer(zone, *told, who=None, day=OPENS):
    with zone.at(who or zone.signatory, day) as desk:
        return surveys.answer(desk, surveys.of_year(desk, 2027), zone.firm, answers(*told))


def test_it_opens_once_on_its_day_and_not_in_a_later_season(zone):
    zone.runs(date(2027, 1, 4))
    assert zone.read(YearlySurvey) == []
    zone.runs(OPENS)
    zone.runs(date(2027, 1, 6))
    assert [one.year for one in zone.read(YearlySurvey)] == [2027]
    zone.runs(date(2028, 4, 3))
    assert len(zone.read(YearlySurvey)) == 1
    with zone.at(zone.officer, date(2028, 4, 3)) as desk:  # an officer may
        assert (surveys.open_(desk, 2028), surveys.open_(desk, 2028)) == (1, 0)


def test_after_a_downtime_it_opens_late_and_reminds_each_mark_once(zone):
    zone.runs(date(2027, 2, 1))
    zone.runs(date(2027, 2, 26))
    zone.runs(date(2027, 2, 26))
    assert sorted((one.firm_id, one.mark) for one in zone.read(SurveyReminder)) == [
        (zone.firm.id, mark) for mark in range(3)
    ]
    assert zone.notices("yearly.remind") == [{"firm": zone.firm.id}] * 3


def test_only_confirmed_firms_that_were_there_are_told_and_nobody_who_has_answered(zone):
    with writing(zone.database) as session:
        a_firm(session, state=FirmState.REGISTERED)
    zone.runs(OPENS)
    with writing(zone.database) as session:
        late = a_firm(session)
        late.registered_at = zone.read(YearlySurvey)[0].opened_at.replace(year=2027, month=1, day=6)
    answer(zone)
    zone.runs(date(2027, 1, 28))
    assert [(one.firm_id, one.mark) for one in zone.read(SurveyReminder)] == [(zone.firm.id, 0)]


def test_answers_become_goals_of_the_helper_and_requests_with_a_clock(zone):
    with zone.at(zone.leader) as desk:
        pairing.pair(desk, zone.firm, Chosen(zone.leader.id, zone.officer.id, zone.second.id))
    zone.runs(OPENS)
    answer(
        zone, Said(Topic.LABOUR, Wish.GOAL, "招二十名熟练工\n三月以前"), Said(Topic.ENERGY, Wish.HELP, "变压器容量不足")
    )
    (goal,), (request,) = zone.read(Goal), zone.read(HelpRequest)
    assert (goal.title, goal.owner, goal.year, goal.due_on) == ("招二十名熟练工", "周经办", 2027, date(2027, 12, 31))
    assert (request.topic, request.title, request.helper) == (Topic.ENERGY, "变压器容量不足", "周经办")
    with zone.at(zone.leader) as desk:
        assert pairing.problems(desk, zone.firm.id) == {Topic.LABOUR: 1, Topic.ENERGY: 1}
        found = survey_views.yearly(desk, 2027)
    assert (found.answered, found.counts[Topic.ENERGY][Wish.HELP], found.counts[Topic.LAND][Wish.FINE]) == (1, 1, 1)


def test_a_firm_answers_once_and_says_what_it_is(zone):
    zone.runs(OPENS)
    with pytest.raises(WishUnexplained):
        answer(zone, Said(Topic.LAND, Wish.GOAL, " "))
    answer(zone)
    with pytest.raises(SurveyAnswered):
        answer(zone)


def test_after_the_last_day_only_the_office_types_what_came_on_paper(zone):
    zone.runs(OPENS)
    late = date(2027, 2, 20)
    with pytest.raises(SurveyOver):
        answer(zone, day=late)
    assert answer(zone, who=zone.officer, day=late).on_paper


def test_of_each_topic_one_question_is_asked_in_both_languages():
    for sheet in sheets():
        topics = [one.topic for one in sheet.questions]
        assert len(set(topics)) == len(topics)
        assert all(one.says and one.english.isascii() for one in sheet.questions)
    assert asked(1999) == sheets()[0]
